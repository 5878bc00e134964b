"""The program's mark: the files that ship are what the drawing gives, and its smallest sizes can be made out."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImage, QImageWriter
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


def bitmap_of(data: bytes) -> QImage:
    """The colours of an icon's bitmap; its mask is told by their alpha."""
    _header, width, twice_height, _planes, _bits = struct.unpack_from("<IiiHH", data)
    rows = [data[40 + 4 * width * row : 40 + 4 * width * (row + 1)] for row in reversed(range(twice_height // 2))]
    return QImage(b"".join(rows), width, len(rows), QImage.Format.Format_ARGB32).copy()


def pictures_of(name: str, data: bytes) -> list[QImage]:
    """The pictures of a file of the mark, as they are drawn."""
    if name.endswith(".ico"):
        return [QImage.fromData(held) if held.startswith(b"\x89PNG") else bitmap_of(held) for _size, held in entries(data)]
    return [QImage.fromData(data)]


def unlike(one: QImage, other: QImage) -> int:
    """By how much two pictures differ: the most that any channel of any dot does, of 255; 256 for another size."""
    one, other = (each.convertToFormat(QImage.Format.Format_ARGB32) for each in (one, other))
    if one.size() != other.size() or one.isNull():
        return 256
    return max((abs(a - b) for a, b in zip(one.constBits(), other.constBits(), strict=True)), default=0)


ONE_LEVEL = 1
"""Of 255. Lines and whole dots are drawn with whole numbers, but Qt works out the round corners with floating-point ones, which some
processors round once where others round twice (fused multiply-add): a dot on such an edge may be one level lighter. A move of a line by a
tenth of a dot makes twenty-five."""


def test_the_bitmaps_hold_the_drawing() -> None:
    size, data = entries(resource("icons", "pupil-desk.ico").read_bytes())[0]
    assert unlike(bitmap_of(data), picture(size)) <= ONE_LEVEL


def test_the_files_are_made_again_as_they_are(tmp_path: Path) -> None:
    """What is drawn is the same, not the bytes: how a PNG is packed depends on the zlib of the machine, and that on its processor."""
    told = subprocess.run([sys.executable, str(ROOT / "installers" / "icon.py"), str(tmp_path)], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == ["pupil-desk.ico", "pupil-desk.png", "pupil-desk.svg"]
    assert (tmp_path / "pupil-desk.svg").read_bytes() == resource("icons", "pupil-desk.svg").read_bytes()
    for name in ("pupil-desk.ico", "pupil-desk.png"):
        made, kept = (pictures_of(name, data) for data in ((tmp_path / name).read_bytes(), resource("icons", name).read_bytes()))
        assert [unlike(one, other) <= ONE_LEVEL for one, other in zip(made, kept, strict=True)] == [True] * len(kept), name


def test_another_packing_is_the_same_drawing_and_a_moved_dot_is_not() -> None:
    drawn, packed = picture(256), []
    for effort in (0, 100):
        room = QBuffer()
        room.open(QBuffer.OpenModeFlag.ReadWrite)
        writer = QImageWriter(room, QByteArray(b"png"))
        writer.setCompression(effort)
        assert writer.write(drawn)
        packed.append(bytes(room.data().data()))
    assert packed[0] != packed[1]
    assert [unlike(one, drawn) for data in packed for one in pictures_of("mark.png", data)] == [0, 0]
    moved = drawn.copy()
    moved.setPixel(100, 100, drawn.pixel(100, 100) ^ 0x0000FF)
    assert unlike(moved, drawn) > ONE_LEVEL


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
