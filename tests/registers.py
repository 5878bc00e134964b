"""Registers on paper, marked by a hurried pen and scanned badly: seeded, so always the same."""

import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pupil_desk.documents.pdf.coded_pages import PageLayout, Square
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import ReadMark, SheetBox, by_session
from pupil_desk.services.register.sheets.printing import SheetBatch

DPI = 240
SCALE = DPI / 72
INKS = ((25, 25, 30), (30, 45, 140), (60, 90, 190), (190, 30, 45), (20, 110, 60), (90, 90, 95), (110, 60, 130))
"""Black, two blues, red, green, pencil, violet: what tutors have in the hand."""
MOST_WRONG, MOST_WRONG_BESIDE = 0.001, 0.005
"""Of the sessions of each manner by itself, read as another code than was meant without a question; of marks beside their box, which may reach
into the next one, more: 1 of 808 did.
"""
MOST_MISSED = 0.05
"""Of marks beside their box, and of those hardly to be seen, read as no mark or another: what the help says."""


class Manner(StrEnum):
    """How a session is marked."""

    ONE = "one box marked"
    NONE = "no box marked"
    TWO = "two boxes marked"
    BESIDE = "a mark beside its box"
    FAINT = "a mark hardly to be seen"
    CORRECTED = "a wrong box blacked out, and the right one marked"
    BLACKED = "a box blacked out, and none marked"


SPOILED = (Manner.TWO, Manner.BESIDE, Manner.FAINT, Manner.CORRECTED, Manner.BLACKED)

type Key = tuple[int, date, Session]


@dataclass(frozen=True)
class Meant:
    """What the pen meant of a session: the code, empty for none, and how it was marked."""

    code: str
    manner: Manner


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


def marked(
    picture: Image.Image, page: PageLayout, manners: Iterator[Manner], random: Random, *, halves: Collection[Session] = tuple(Session)
) -> tuple[Image.Image, dict[Key, Meant]]:
    """The page with every session of these halves of a day marked in the next of these manners, by one pen or two."""
    filled, meant_by_key = picture.copy(), {}
    pens = [MarkingPen.any(random) for _pen in range(random.choice((1, 2)))]
    draw = ImageDraw.Draw(filled)
    boxes = {SheetBox.of_key(key): square for key, square in page.boxes.items()}
    for key, session_boxes in by_session(boxes).items():
        if key[2] not in halves:
            continue
        (meant,) = random.choices(session_boxes, [3.0, *[1.0] * (len(session_boxes) - 1)])
        other = random.choice([box for box in session_boxes if box is not meant])
        at, at_other, side = middle(filled, boxes[meant]), middle(filled, boxes[other]), boxes[meant].side * SCALE
        pen, manner = random.choice(pens), next(manners)
        meant_by_key[key] = Meant("" if manner in (Manner.NONE, Manner.BLACKED) else meant.code, manner)
        if manner in (Manner.CORRECTED, Manner.BLACKED, Manner.TWO):
            pen.mark(draw, at_other, side)
        if manner in (Manner.CORRECTED, Manner.BLACKED):
            pen.black_out(draw, at_other, side)
        if manner is Manner.BESIDE:
            pen.mark(draw, (at[0] + random.choice((-0.8, 0.8)) * side, at[1]), side)
        elif manner is Manner.FAINT:
            pen.mark(draw, at, side, grey=random.randint(165, 205))
        elif manner in (Manner.ONE, Manner.TWO, Manner.CORRECTED):
            pen.mark(draw, at, side)
    return filled, meant_by_key


def manners(shares: Mapping[Manner, int], random: Random) -> Iterator[Manner]:
    """Manners without end: of each as many as are said, in an order that is drawn, and again."""
    while True:
        deck = [manner for manner, count in shares.items() for _time in range(count)]
        random.shuffle(deck)
        yield from deck


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
    """What a trial came to, by how sessions were marked: how many; how many were asked, or read as nothing though marked; each that was read as
    another code, or as one where only a question is right, in words.
    """

    sessions: Counter[Manner] = field(default_factory=Counter)
    asked: Counter[Manner] = field(default_factory=Counter)
    missed: Counter[Manner] = field(default_factory=Counter)
    wrong: dict[Manner, list[str]] = field(default_factory=lambda: {manner: [] for manner in Manner})

    def add(self, meant_by_key: Mapping[Key, Meant], marks: Mapping[Key, ReadMark], words: str) -> None:
        """One page as it was meant, and as it was read."""
        for key, meant in meant_by_key.items():
            mark, manner = marks[key], meant.manner
            self.sessions[manner] += 1
            if mark.doubt is not None:
                self.asked[manner] += 1
            elif not mark.code and manner in (Manner.BESIDE, Manner.FAINT):
                self.missed[manner] += 1
            elif mark.code != meant.code or manner in (Manner.TWO, Manner.CORRECTED, Manner.BLACKED):
                self.wrong[manner].append(f"{words}: {key} meant {meant.code!r} read {mark.code!r}")

    def words(self) -> str:
        """By manner: sessions, asked, missed, wrong."""
        return "; ".join(
            f"{manner}: {self.sessions[manner]}, {self.asked[manner]} asked, {self.missed[manner]} missed, {len(self.wrong[manner])} wrong"
            for manner in Manner
        )


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
