"""Registers on paper, marked by a hurried pen and scanned badly: seeded, so always the same."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pupil_desk.documents.pdf.coded_pages import PageLayout, Square
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import SheetBox, by_session
from pupil_desk.services.register.sheets.printing import SheetBatch

DPI = 240
SCALE = DPI / 72
INKS = ((25, 25, 30), (30, 45, 140), (60, 90, 190), (190, 30, 45), (20, 110, 60), (90, 90, 95), (110, 60, 130))
"""Black, two blues, red, green, pencil, violet: what tutors have in the hand."""
BLANK, CORRECTED, TWO, FAINT, BESIDE = 0.04, 0.009, 0.002, 0.003, 0.002
"""Of all sessions: nothing marked, a wrong box blacked out, two marked, a mark hardly to be seen, one beside its box."""

type Key = tuple[int, date, Session]


@dataclass
class Truth:
    """What was meant on a page: by session the code, empty for none; ``spoiled`` says how a session was marked otherwise than it should be."""

    codes: dict[Key, str] = field(default_factory=dict)
    spoiled: dict[Key, str] = field(default_factory=dict)


@dataclass
class MarkingPen:
    """A pen in one hand: its grey, its width in millimetres, how it marks, how sloppily."""

    random: Random
    grey: int
    width: float
    manner: str
    sloppy: float

    @classmethod
    def any(cls, random: Random) -> "MarkingPen":
        red, green, blue = random.choice(INKS)
        grey = round(0.299 * red + 0.587 * green + 0.114 * blue)
        return cls(
            random,
            grey,
            random.uniform(0.3, 0.75),
            random.choice(("cross", "cross", "cross", "tick", "stroke")),
            random.uniform(0.04, 0.16),
        )

    def mark(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], side: float, *, grey: int | None = None) -> None:
        """A mark with its middle near a point, about as large as the box."""
        x = at[0] + self.random.gauss(0, self.sloppy) * side
        y = at[1] + self.random.gauss(0, self.sloppy) * side
        size = side * self.random.uniform(0.36, 0.62)

        def point(across: float, down: float) -> tuple[float, float]:
            return x + (across + self.random.uniform(-0.15, 0.15)) * size, y + (down + self.random.uniform(-0.15, 0.15)) * size

        lines = {
            "cross": [[point(-1, -1), point(1, 1)], [point(1, -1), point(-1, 1)]],
            "tick": [[point(-0.7, 0), point(-0.15, 0.8), point(1.1, -1.1)]],
            "stroke": [[point(-0.9, 1), point(0.9, -1)]],
        }[self.manner]
        for line in lines:
            draw.line(line, fill=self.grey if grey is None else grey, width=max(2, round(self.width / 25.4 * DPI)), joint="curve")

    def black_out(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], side: float) -> None:
        """Strokes to and fro until nothing is seen of the box."""
        left, top = at[0] - side * 0.5, at[1] - side * 0.5
        steps = 14
        line = [
            (
                left + side * (step % 2) + self.random.uniform(-0.1, 0.1) * side,
                top + side * step / steps + self.random.uniform(-0.04, 0.04) * side,
            )
            for step in range(steps + 1)
        ]
        draw.line(line, fill=self.grey, width=max(3, round(max(self.width, 0.5) / 25.4 * DPI)), joint="curve")


def marked(picture: Image.Image, page: PageLayout, random: Random) -> tuple[Image.Image, Truth]:
    """The page with every session marked, left empty, or spoiled as hands do."""
    filled, truth, pen = picture.copy(), Truth(), MarkingPen.any(random)
    draw = ImageDraw.Draw(filled)
    boxes = {SheetBox.of_key(key): square for key, square in page.boxes.items()}
    for key, session_boxes in by_session(boxes).items():
        weights = [12.0, *[1.0] * (len(session_boxes) - 1)]
        (meant,) = random.choices(session_boxes, weights)
        fate = random.random()
        truth.codes[key] = meant.code
        other = random.choice([box for box in session_boxes if box is not meant])
        if (fate := fate - BLANK) < 0:
            truth.codes[key] = ""
        elif (fate := fate - CORRECTED) < 0:
            truth.spoiled[key] = "corrected"
            pen.mark(draw, middle(filled, boxes[other]), boxes[other].side * SCALE)
            pen.black_out(draw, middle(filled, boxes[other]), boxes[other].side * SCALE)
            pen.mark(draw, middle(filled, boxes[meant]), boxes[meant].side * SCALE)
        elif (fate := fate - TWO) < 0:
            truth.spoiled[key] = "two"
            for box in (meant, other):
                pen.mark(draw, middle(filled, boxes[box]), boxes[box].side * SCALE)
        elif (fate := fate - FAINT) < 0:
            truth.spoiled[key] = "faint"
            pen.mark(draw, middle(filled, boxes[meant]), boxes[meant].side * SCALE, grey=random.randint(165, 205))
        elif fate - BESIDE < 0:
            truth.spoiled[key] = "beside"
            x, y = middle(filled, boxes[meant])
            side = boxes[meant].side * SCALE
            pen.mark(draw, (x + random.choice((-0.8, 0.8)) * side, y), side)
        else:
            pen.mark(draw, middle(filled, boxes[meant]), boxes[meant].side * SCALE)
    return filled, truth


def middle(picture: Image.Image, box: Square) -> tuple[float, float]:
    """The middle of a box in the picture of its page."""
    return (box.x + box.side / 2) * SCALE, picture.height - (box.y + box.side / 2) * SCALE


def folded(picture: Image.Image, random: Random) -> Image.Image:
    """Folded across and laid flat again: what is below the fold lies a little otherwise, and the fold is seen."""
    at = round(picture.height * random.uniform(0.3, 0.7))
    most = 0.9 / 25.4 * DPI
    below = picture.crop((0, at, picture.width, picture.height))
    turned = below.rotate(random.uniform(-0.15, 0.15), Image.Resampling.BILINEAR, fillcolor=255)
    moved = Image.new("L", picture.size, 255)
    moved.paste(picture.crop((0, 0, picture.width, at)), (0, 0))
    moved.paste(turned, (round(random.uniform(-most, most)), at + round(random.uniform(-most, most) * 0.5)))
    draw = ImageDraw.Draw(moved)
    draw.line((0, at, picture.width, at + random.randint(-6, 6)), fill=random.randint(120, 215), width=random.randint(1, 4))
    return moved


def scanned(picture: Image.Image, random: Random) -> Image.Image:
    """As a bad scanner gives it: folded, turned, grey, shaded, blurred, with noise, of few dots, packed hard."""
    if random.random() < 0.3:
        picture = folded(picture, random)
    picture = picture.rotate(random.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, fillcolor=255)
    dpi = random.choice((110, 150, 150, 200, 200, 240))
    if dpi != DPI:
        size = (round(picture.width * dpi / DPI), round(picture.height * dpi / DPI))
        picture = picture.resize(size, Image.Resampling.BOX if random.random() < 0.5 else Image.Resampling.BILINEAR)
    picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.2, 1.0) * dpi / 150))
    generator = np.random.default_rng(random.getrandbits(64))
    grey = np.asarray(picture, dtype=np.float32) / 255
    black, white = random.uniform(0, 70), random.uniform(205, 255)
    rows = np.linspace(0, random.uniform(0, 30), grey.shape[0], dtype=np.float32)[:, None]
    columns = np.linspace(0, random.uniform(0, 20), grey.shape[1], dtype=np.float32)[None, :]
    grey = black + grey * (white - black) - rows - columns
    grey += generator.standard_normal(size=grey.shape, dtype=np.float32) * random.uniform(2, 22)
    picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if random.random() < 0.25:
        picture = picture.rotate(random.choice((90, 180, 270)), expand=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=random.randint(35, 85))
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


@dataclass
class Tally:
    """What a trial came to. ``wrong`` are those that were wrong and not asked, each in words."""

    marks: int = 0
    asked: int = 0
    pages_asked: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, truth: Truth, read: Mapping[Key, object], words: str) -> None:
        """One page as it was meant, and as it was read: by session a ``ReadMark``."""
        for key, meant in truth.codes.items():
            mark, spoiled = read[key], truth.spoiled.get(key, "")
            self.marks += 1
            if mark.doubt is not None:  # type: ignore[attr-defined]
                self.asked += 1
            elif mark.code != meant or spoiled == "two":  # type: ignore[attr-defined]
                self.wrong.append(f"{words}: {key} {spoiled} meant {meant!r} read {mark.code!r}")  # type: ignore[attr-defined]


def drawn(data: bytes) -> Sequence[Image.Image]:
    """The pages of a print file at the dots at which the pen marks them."""
    from tests import scans

    return scans.pages(data, DPI)


def crossed(batch: SheetBatch, *keys: str, blacked: str = "") -> Image.Image:
    """The first page with crosses in these boxes, clean."""
    (picture, *_more), page = drawn(batch.print_file()), batch.sheets[0].page_layout
    draw, pen = ImageDraw.Draw(picture), MarkingPen(Random(1), 60, 0.5, "cross", 0.05)
    for key in keys:
        pen.mark(draw, middle(picture, page.boxes[key]), page.boxes[key].side * SCALE)
    if blacked:
        pen.black_out(draw, middle(picture, page.boxes[blacked]), page.boxes[blacked].side * SCALE)
    return picture
