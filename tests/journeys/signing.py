"""Printed forms as they come back: ticked and signed by families, and through the office's scanner."""

import io
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

_SCALE = 200 / 72  # dots of the scanner to a point


def _boxes(page: Any) -> list[tuple[float, float, float]]:
    """The boxes to tick on a page, from the top: squares of a fifth of an inch or more."""
    found = []
    for each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]):
        left, low, right, high = each.get_bounds()
        if 14 < right - left < 22 and abs((right - left) - (high - low)) < 1:
            found.append((left, low, right - left))
    return sorted(found, key=lambda box: -box[1])


def _signed(path: Path, random: Random) -> Image.Image:
    """A form as a family fills it in: yes to both questions; then through the office's scanner, some upside down."""
    pdf = pypdfium2.PdfDocument(path)
    page = pdf[0]
    boxes = _boxes(page)
    bitmap = page.render(scale=_SCALE, grayscale=True)
    picture = Image.frombytes("L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride)
    bitmap.close()
    page.close()
    pdf.close()
    draw = ImageDraw.Draw(picture)
    for left, low, side in (boxes[0], boxes[2]):
        x, y, size = left * _SCALE, picture.height - (low + side) * _SCALE, side * _SCALE
        draw.line((x + 6, y + 6, x + size - 6, y + size - 6), fill=40, width=5)
        draw.line((x + size - 6, y + 6, x + 6, y + size - 6), fill=40, width=5)
    return picture.rotate(random.choice((0, 180)) + random.uniform(-1.5, 1.5), fillcolor=255)


def signed_and_scanned(folder: Path, papers: list[Path]) -> Path:
    """All of them as one file of the scanner, in any order."""
    random = Random(7)
    stack = [_signed(path, random) for path in papers]
    random.shuffle(stack)
    out = io.BytesIO()
    stack[0].save(out, "PDF", save_all=True, append_images=stack[1:], resolution=200)
    place = folder / "scan.pdf"
    place.write_bytes(out.getvalue())
    return place
