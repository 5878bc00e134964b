"""Slabs on pages: unbreakable strips of a document are placed one under the other, and a full page is
followed by the next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, TaggedPdf

type Paint = Callable[[PdfPage, float], None]
"""Draws on the page, given the height of the upper edge in points from the foot of the page."""


@dataclass(frozen=True, slots=True)
class PdfPlace:
    """Where blocks go: their parent in the structure tree, and the left edge and width of their column."""

    parent: PdfElement
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is drawn again at the head of a page on which a table goes on."""

    height: float
    paint: Paint


@dataclass(slots=True)
class Slab:
    """A strip that is not broken: a line, a row, a rule.

    ``before`` is the space above, dropped at the head of a page. A slab with ``keep`` stays with the one
    after it. A ``breaks`` slab is no strip: what follows it begins on a new page. With a slab that ``ends`` an element, the element is
    complete.
    """

    height: float
    paint: Paint
    before: float = 0.0
    keep: bool = False
    repeat: Repeat | None = None
    breaks: bool = False
    ends: PdfElement | None = None


class Flow:
    """Places slabs on the pages of one document, from ``top`` down to ``bottom``, in points from the foot."""

    def __init__(self, pdf: TaggedPdf, *, top: float, bottom: float) -> None:
        self.pages: list[PdfPage] = []
        self._pdf, self._top, self._bottom = pdf, top, bottom
        self._group: list[Slab] = []
        self._y = bottom
        self._fresh = False

    def place(self, slabs: Iterable[Slab]) -> None:
        for slab in slabs:
            if slab.breaks:
                self._place_group()
                self._y, self._fresh = self._bottom, False
                continue
            self._group.append(slab)
            if not slab.keep:
                self._place_group()
        self._place_group()
        if not self.pages:
            self._turn()

    def _place_group(self) -> None:
        group, self._group = self._group, []
        if not group:
            return
        height = sum(slab.before + slab.height for slab in group)
        room = self._top - self._bottom
        if height - group[0].before > room:
            for slab in group:  # too tall to be kept together on any page
                self._lay_group([slab], slab.before + slab.height)
        else:
            self._lay_group(group, height)

    def _lay_group(self, group: list[Slab], height: float) -> None:
        if not any(slab.height for slab in group):  # empty space never turns the page
            self._y = max(self._bottom, self._y - (0 if self._fresh else height))
            return
        if not self.pages or (not self._fresh and self._y - height < self._bottom):
            self._turn()
            repeat = group[0].repeat
            if repeat:
                repeat.paint(self.pages[-1], self._y)
                self._y -= repeat.height
        for slab in group:
            if not self._fresh:
                self._y -= slab.before
            slab.paint(self.pages[-1], self._y)
            if slab.ends is not None:
                self._pdf.settle(slab.ends)
            self._y -= slab.height
            self._fresh = self._fresh and not slab.height

    def _turn(self) -> None:
        if self.pages:
            self.pages[-1].fold()
        self.pages.append(self._pdf.new_page())
        self._y, self._fresh = self._top, True
