"""Labels on A4 sheets of usual sizes: each text as large as fits, never clipped, never below a size that can be read."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import Run
from pupil_desk.documents.pdf.page import draw_stamp
from pupil_desk.documents.pdf.style import A4, INK, MM
from pupil_desk.documents.pdf.tagged import PdfPage, TaggedPdf
from pupil_desk.documents.pdf.write import Writer
from pupil_desk.documents.typography.fonts import CannotPrint, missing_characters
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, longest_word

_SIZES = tuple(size / 2 for size in range(24, 13, -1))  # points: 12 down to 7, half a point at a time
_LEADING = 1.18
_STAMP_LEFT, _STAMP_HALF = 12 * MM, 6  # points: half the height of a stamp, so that it stands in the middle of the margin
_INSET = 2.5 * MM  # to each edge of a label: printers draw the paper in a little askew


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels; every measure in millimetres. ``across`` and ``down`` lead from one label to the next."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float

    @property
    def count(self) -> int:
        """How many labels are on it."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """The upper left corner of a label, from 0, row by row: points from the left and from the foot of the page."""
        row, column = divmod(place, self.columns)
        return (self.left + column * self.across) * MM, A4[1] - (self.top + row * self.down) * MM


@cache
def sheets() -> tuple[LabelSheet, ...]:
    """The sheets that the program knows, the usual one first."""
    with open(resource("labels", "sheets.toml"), "rb") as file:
        return tuple(LabelSheet(**data) for data in tomllib.load(file)["sheets"])


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label: its lines, the first of them bold."""

    lines: Sequence[str]


def fits(label: Label, sheet: LabelSheet) -> bool:
    """Whether its text has room on a label of that sheet at the least size. Raises CannotPrint."""
    return _set(label, sheet) is not None


def build_labels(labels: Sequence[Label], sheet: LabelSheet, *, start: int = 1, title: str, lang: str = "en-GB", stamp: str = "") -> bytes:
    """The labels as a tagged PDF, from label ``start`` of the first sheet on. Each must fit: see ``fits``.

    ``stamp`` stands in the margin above the labels of every sheet, which is thrown away with it.

    Raises CannotPrint; ValueError for a label that does not fit, and where there is none to print.
    """
    if not labels:
        raise ValueError("there is no label to print")
    pdf = TaggedPdf(width=A4[0], height=A4[1])
    stamp_element = pdf.element(pdf.document, "P") if stamp else None
    page = pdf.new_page()
    for position, label in enumerate(labels, start - 1):
        if position % sheet.count == 0 and position > start - 1:
            page = pdf.new_page()
        _draw(pdf, page, label, sheet, position % sheet.count)
    for number, sheet_page in enumerate(pdf.pages if stamp_element else ()):
        draw_stamp(
            pdf, sheet_page, stamp, _STAMP_LEFT, A4[1] - sheet.top * MM / 2 + _STAMP_HALF, element=stamp_element if number == 0 else None
        )
    return pdf.finish(title=title, subject="", lang=lang)


def _draw(pdf: TaggedPdf, page: PdfPage, label: Label, sheet: LabelSheet, place: int) -> None:
    set_ = _set(label, sheet)
    if set_ is None:
        raise ValueError("a label does not fit")
    manner, lines = set_
    x, y = sheet.corner(place)
    y -= (sheet.height * MM - len(lines) * manner.leading) / 2
    writer = Writer(pdf, pdf.element(pdf.document, "P"), manner)
    for line in lines:
        writer.line(page, line, x + _INSET, y)
        y -= manner.leading


def _set(label: Label, sheet: LabelSheet) -> tuple[TextManner, Sequence[TextLine]] | None:
    missing = missing_characters(label.lines)
    if missing:
        raise CannotPrint(missing)
    width, height = sheet.width * MM - 2 * _INSET, sheet.height * MM - _INSET
    runs = [(Run(line, bold=line_number == 0),) for line_number, line in enumerate(label.lines)]
    for manner in _manners():
        if any(longest_word(run, manner) > width for run in runs):
            continue  # a word would be broken between its letters
        lines = [line for run in runs for line in break_lines(run, manner, width)]
        if len(lines) * manner.leading <= height:
            return manner, lines
    return None


def _manners() -> Iterator[TextManner]:
    for size in _SIZES:
        yield TextManner(size, size * _LEADING, ink=INK)
