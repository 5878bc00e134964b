"""Pictures as PNG files, written by the letter of the standard: any filter, any dots."""

import zlib
from collections.abc import Callable
from pathlib import Path

from pupil_desk.services.desk import Desk

_SIGN = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def png(*rows: bytes, way: int = 0, size: int = 3, software: bytes = b"Qt of the test") -> bytes:
    """A picture of these rows of dots, ``size`` bytes a dot (3 or 4), each row filtered in the same way."""
    width = len(rows[0]) // size
    head = width.to_bytes(4) + len(rows).to_bytes(4) + bytes((8, 2 if size == 3 else 6, 0, 0, 0))
    above, dots = bytes(len(rows[0])), b""
    for row in rows:
        dots += bytes((way,)) + bytes(_filtered(way, row, above, size))
        above = row
    text = chunk(b"tEXt", b"Software\0" + software) if software else b""
    return _SIGN + chunk(b"IHDR", head) + text + chunk(b"IDAT", zlib.compress(dots)) + chunk(b"IEND", b"")


def _filtered(way: int, row: bytes, above: bytes, size: int) -> list[int]:
    filtered = []
    for at, value in enumerate(row):
        left = row[at - size] if at >= size else 0
        corner = above[at - size] if at >= size else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[way]
        filtered.append((value - guess) % 256)
    return filtered


def _paeth(left: int, above: int, corner: int) -> int:
    first = left + above - corner
    return min((left, above, corner), key=lambda value: abs(first - value))


def drawing(*pictures: bytes) -> Callable[[Desk, Path], list[Path]]:
    def draw(desk: Desk, folder: Path) -> list[Path]:
        assert desk.settings.name
        paths = [folder / f"page-{place}.png" for place in range(len(pictures))]
        for path, data in zip(paths, pictures, strict=True):
            path.write_bytes(data)
        return paths

    return draw
