"""The program's mark: the files that ship are what the drawing gives, and its smallest sizes can be made out."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from pupil_desk.basics.places import resource
from pupil_desk.ui.style.mark import SIZES, picture, program_icon

ROOT = Path(__file__).parents[3]


def entries(data: bytes) -> list[tuple[int, bytes]]:
    """The pictures of an .ico file: the width that its directory states, and the bytes."""
    _reserved, kind, count = struct.unpack_from("<HHH", data)
    assert kind == 1
    told = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * place) for place in range(count)]
    return [(entry[0] or 256, data[entry[7] : entry[7] + entry[6]]) for entry in told]


def test_the_icon_of_the_exe_holds_every_size_that_windows_asks_for() -> None:
    held = entries(resource("icons", "pupil-desk.ico").read_bytes())
    assert tuple(size for size, _data in held) == SIZES
    for size, data in held:
        if data.startswith(b"\x89PNG"):
            assert QImage.fromData(data).size() == QSize(size, size)
        else:
            header, width, twice_height, _planes, bits = struct.unpack_from("<IiiHH", data)
            assert (header, width, twice_height, bits) == (40, size, 2 * size, 32)


def test_the_bitmaps_hold_the_drawing() -> None:
    size, data = entries(resource("icons", "pupil-desk.ico").read_bytes())[0]
    drawn = picture(size)
    for y in range(size):
        for x in range(size):
            (argb,) = struct.unpack_from("<I", data, 40 + 4 * ((size - 1 - y) * size + x))
            assert argb == drawn.pixel(x, y)


def test_the_files_are_made_again_as_they_are(tmp_path: Path) -> None:
    told = subprocess.run([sys.executable, str(ROOT / "installers" / "icon.py"), str(tmp_path)], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    for file in tmp_path.iterdir():
        assert file.read_bytes() == resource("icons", file.name).read_bytes(), file.name
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("size", [16, 20, 24, 32])
def test_small_sizes_are_not_smeared(size: int) -> None:
    drawn = picture(size)
    across = [drawn.pixelColor(x, round(size * 11 / 16)).name() for x in range(size)]  # along the top of the desk
    assert set(across) == {"#0b5c6f", "#ffffff"}  # whole pixels of two colours: no grey between them
    assert across.count("#ffffff") >= size * 0.6


def test_the_window_s_icon_is_drawn_at_the_size_asked_for(qapp: QApplication) -> None:
    found = program_icon().pixmap(QSize(20, 20), 1.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    assert found == picture(20)
    assert program_icon().pixmap(QSize(20, 20), 2.0).toImage().size() == QSize(40, 40)
