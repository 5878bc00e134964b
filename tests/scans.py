"""Forms as an office scans them, made from their PDF: filled in by pen, turned, skewed, blurred, with noise. Seeded, so always the same."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from pupil_desk.documents.pdf.coded_pages import PageLayout, Square
from pupil_desk.documents.reading.read_back import PDFIUM

DPI = 200
SCALE = DPI / 72


def pages(data: bytes, dpi: int = DPI) -> list[Image.Image]:
    """A PDF's pages in grey."""
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        found = []
        for page in pdf:
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            found.append(Image.frombytes("L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride))
            bitmap.close()
            page.close()
        pdf.close()
    return found


@dataclass(frozen=True)
class Pen:
    """What a pen does in a box: ``manner`` is cross, tick or scribble, ``share`` how much of the box it comes to at least."""

    manner: str
    share: float = 0.15
    grey: int = 60


def fill_in(picture: Image.Image, box: Square, pen: Pen, random: Random, dpi: int = DPI) -> float:
    """Draw a mark into a box until that share of it is inked; how much it came to."""
    scale = dpi / 72
    left, top = box.x * scale, picture.height - (box.y + box.side) * scale
    side = box.side * scale
    mask = Image.new("L", picture.size if side > 400 else (round(side) + 1, round(side) + 1), 0)
    draw = ImageDraw.Draw(mask)
    width = max(2, round(0.45 / 25.4 * dpi))
    while True:
        for start, end in _strokes(pen.manner, side, random):
            draw.line((*start, *end), fill=255, width=width)
        share = sum(mask.histogram()[128:]) / (mask.width * mask.height)
        if share >= pen.share:
            break
        width += 1 if pen.manner != "scribble" else 0
    picture.paste(pen.grey, (round(left), round(top)), mask)
    return share


def _strokes(manner: str, side: float, random: Random) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    def near(x: float, y: float) -> tuple[float, float]:
        return x * side + random.uniform(-0.06, 0.06) * side, y * side + random.uniform(-0.06, 0.06) * side

    if manner == "cross":
        return [(near(0.15, 0.15), near(0.85, 0.85)), (near(0.85, 0.15), near(0.15, 0.85))]
    if manner == "tick":
        low = near(0.4, 0.8)
        return [(near(0.12, 0.5), low), (low, near(0.9, 0.1))]
    return [
        (
            (random.uniform(0.1, 0.9) * side, random.uniform(0.1, 0.9) * side),
            (random.uniform(0.1, 0.9) * side, random.uniform(0.1, 0.9) * side),
        )
    ]


def scanned(
    picture: Image.Image, random: Random, *, turn: int = 0, skew: float = 0.0, blur: float = 0.0, noise: float = 0.0
) -> Image.Image:
    """As a scanner gives it: turned by quarters, skewed by degrees, blurred by dots, with Gaussian noise of that deviation."""
    if skew:
        picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    if turn:
        picture = picture.rotate(turn, expand=True)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        drawn = np.random.default_rng(random.getrandbits(64)).standard_normal(size=(picture.height, picture.width), dtype=np.float32)
        grey = np.asarray(picture, dtype=np.float32) + drawn * noise
        picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return picture


def as_file(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 85} if kind == "JPEG" else {}) | how)
    return out.getvalue()


def as_pdf(pictures: Sequence[Image.Image]) -> bytes:
    """Pictures as one PDF, a page each, as scanners make it."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=DPI)
    return out.getvalue()


def ticked(picture: Image.Image, page: PageLayout, marks: Mapping[str, Pen], random: Random) -> Image.Image:
    """A page with boxes marked, by ``question/answer``."""
    filled = picture.copy()
    for key, pen in marks.items():
        fill_in(filled, page.boxes[key], pen, random)
    return filled
