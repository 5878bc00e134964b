"""Writes the program's icon files into resources/icons: the .ico of the .exe and the installer, an SVG and a large PNG.

    python installers/icon.py [FOLDER]

The drawing is pupil_desk/ui/style/mark.py; the same drawing gives the same dots. The
bytes of a PNG depend on the zlib that Qt finds on the machine, so whoever compares two compares what is drawn.
"""

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "pupil-desk"
_AS_PNG = 128  # pixels; from there on a picture is kept as PNG, below as a bitmap, which every reader of .ico knows

sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: E402 - the package stands beside this folder
from PySide6.QtGui import QImage, QImageWriter  # noqa: E402

from pupil_desk.ui.style.mark import BLOCKS, GRID, SIZES, picture  # noqa: E402


def png(size: int) -> bytes:
    """The mark as a PNG of so many pixels."""
    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture(size))
    buffer.close()
    return bytes(room.data())


def bitmap(size: int) -> bytes:
    """The mark as an icon's bitmap: header, rows from the bottom up as blue, green, red, alpha, and the one-bit mask."""
    image = picture(size).convertToFormat(QImage.Format.Format_ARGB32)
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    colours = bytearray()
    mask = bytearray()
    for y in reversed(range(size)):
        bits = 0
        for x in range(size):
            argb = image.pixel(x, y)
            colours += struct.pack("<I", argb)
            bits = bits << 1 | (argb >> 24 == 0)
        width = (size + 31) // 32 * 4  # bytes of a row of the mask, padded to four
        mask += (bits << (width * 8 - size)).to_bytes(width, "big")
    return header + bytes(colours) + bytes(mask)


def ico(sizes: tuple[int, ...] = SIZES) -> bytes:
    """All sizes in one .ico file."""
    pictures = [png(size) if size >= _AS_PNG else bitmap(size) for size in sizes]
    head = struct.pack("<HHH", 0, 1, len(sizes))
    place = len(head) + 16 * len(sizes)
    entries = b""
    for size, data in zip(sizes, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(pictures)


def svg() -> str:
    """The same drawing for whoever wants it at another size."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" width="256" height="256">',
        "  <title>Pupil Desk</title>",
    ]
    lines += [
        f'  <rect x="{each.left:g}" y="{each.top:g}" width="{each.right - each.left:g}" height="{each.bottom - each.top:g}" rx="{each.round:g}" fill="{each.colour}"/>'
        for each in BLOCKS
    ]
    return "\n".join([*lines, "</svg>", ""])


def write(folder: Path) -> list[Path]:
    """Write the files into a folder; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {f"{NAME}.ico": ico(), f"{NAME}.png": png(SIZES[-1]), f"{NAME}.svg": svg().encode()}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


def main(argv: list[str]) -> int:
    """The command."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for path in write(Path(argv[0]) if argv else ROOT / "resources" / "icons"):
        print(path.name, path.stat().st_size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
