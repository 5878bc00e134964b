"""The house style on paper: sizes, colours and margins, all derived from the size of body text and from the look."""

from dataclasses import dataclass
from enum import StrEnum

from pupil_desk.documents.typography.lines import TextManner

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

_EDGE = 0.12  # of a page's height: where readers look for what runs along on every page

INK = b"0.09 0.11 0.14 rg"
HEAD_INK = b"0.08 0.22 0.36 rg"
LINK_INK = b"0.03 0.28 0.55 rg"
QUIET_INK = b"0.32 0.35 0.39 rg"
TINT = b"0.945 0.955 0.965 rg"
RULE = b"0.72 0.75 0.78 RG 0.5 w"
FIRM_RULE = b"0.25 0.33 0.41 RG 0.9 w"


class PrintLook(StrEnum):
    """How a paper is set: as usual, with less air so that it keeps to one sheet, in large print, or for easy reading. But for the sheet the
    names are those of the variants of a form."""

    STANDARD = "standard"
    SHEET = "sheet"
    LARGE = "large"
    EASY = "easy"

    @property
    def larger(self) -> bool:
        """Whether it is in larger print than usual."""
        return self in (PrintLook.LARGE, PrintLook.EASY)


@dataclass(frozen=True, slots=True)
class _Measures:
    """What sets a look apart. All but ``least_size`` are in parts of the body's size; ``least_size`` is in points, and so is ``foot``.

    ``small`` and ``cell`` are the sizes of small print and of tables, ``leading`` the height of a line, ``gap`` the room between
    paragraphs; ``foot`` is the footer's size; ``side``, ``top`` and ``bottom`` are the margins, ``measure`` the longest line, in millimetres.
    """

    least_size: float
    small: float
    cell: float
    leading: float
    gap: float
    foot: float
    side: float
    measure: float
    top: float = 22
    bottom: float = 24


# Large print: 18 points and more for everything that is read (RNIB's advice is 16 to 18), so nothing is set smaller than the body.
# Easy read: short lines of large letters, more room between lines and paragraphs.
_LOOKS = {
    PrintLook.STANDARD: _Measures(least_size=0, small=0.8, cell=0.86, leading=1.35, gap=0.6, foot=8.5, side=24, measure=1000),
    PrintLook.SHEET: _Measures(
        least_size=0, small=0.8, cell=0.86, leading=1.25, gap=0.45, foot=8.5, side=20, measure=1000, top=17, bottom=20
    ),
    PrintLook.LARGE: _Measures(least_size=18, small=1, cell=1, leading=1.35, gap=0.6, foot=18, side=17, measure=1000),
    PrintLook.EASY: _Measures(least_size=16, small=0.875, cell=0.94, leading=1.55, gap=1, foot=14, side=24, measure=138),
}


@dataclass(frozen=True, slots=True)
class Style:
    """Every measure of a page, in points. ``base`` is the size of body text, 12 for what families read."""

    base: float = 12
    page: tuple[float, float] = A4
    look: PrintLook = PrintLook.STANDARD
    rtl: bool = False
    clear_edges: bool = False
    """Whether the outer eighths of a page are left to the footer and the stamp. See ``page.py``."""

    @property
    def _of_look(self) -> _Measures:
        return _LOOKS[self.look]

    @property
    def left(self) -> float:
        """The left edge of the column that text is set in."""
        side = self._of_look.side * MM
        return self.page[0] - side - self.width if self.rtl else side

    @property
    def width(self) -> float:
        return min(self.page[0] - 2 * self._of_look.side * MM, self._of_look.measure * MM)

    @property
    def top(self) -> float:
        return self.page[1] - max(self._of_look.top * MM, self._clear)

    @property
    def bottom(self) -> float:
        """The foot of the column, above the footer and its rule."""
        return max(self.foot, self._clear)

    @property
    def _clear(self) -> float:
        return _EDGE * self.page[1] if self.clear_edges else 0.0

    @property
    def foot(self) -> float:
        """Above the footer and its rule. The footer may take two lines."""
        return self._of_look.bottom * MM + 2 * (self.footer().leading - 10.5)

    @property
    def gap(self) -> float:
        """Between paragraphs."""
        return self.base * self._of_look.gap

    def body(self) -> TextManner:
        return self._manner(self.base, self.base * self._of_look.leading, ink=INK)

    def para(self, style: str) -> TextManner:
        """The manner of a paragraph's style."""
        if style == "lead":
            return self._manner(self.base * 1.125, self.base * self._of_look.leading * 1.111, ink=INK)
        if style == "small":
            small = self.base * self._of_look.small
            return self._manner(small, small * self._of_look.leading, ink=QUIET_INK)
        return self.body()

    def heading(self, level: int) -> TextManner:
        """Bold and smaller level by level, from 1.85 times the body to the body's own size."""
        scale = (1.85, 1.35, 1.12)[min(level, 3) - 1]
        if self.look is PrintLook.LARGE:
            scale = (1.5, 1.22, 1.08)[min(level, 3) - 1]
        return self._manner(self.base * scale, self.base * scale * 1.22, bold=True, ink=HEAD_INK)

    def cell(self, *, head: bool = False) -> TextManner:
        size = self.base * self._of_look.cell
        return self._manner(size, size * 1.3, bold=head, ink=HEAD_INK if head else INK)

    def fact(self) -> TextManner:
        """A value of a list of facts; its label is the same in bold."""
        size = self.base * max(0.92, self._of_look.cell)
        return self._manner(size, size * 1.326, ink=INK)

    def address(self) -> TextManner:
        """Read by the post through a window of a fixed size, so it is the same in every look, and is never mirrored."""
        return TextManner(11, 13, ink=INK)

    def sender(self) -> TextManner:
        size = max(10, self._of_look.least_size)
        return self._manner(size, size * 1.25, ink=QUIET_INK)

    def footer(self) -> TextManner:
        foot = self._of_look.foot
        return self._manner(foot, foot * 1.235, ink=QUIET_INK)

    def _manner(self, size: float, leading: float, *, bold: bool = False, ink: bytes) -> TextManner:
        return TextManner(size, leading, bold=bold, ink=ink, rtl=self.rtl)


def style_of(look: PrintLook, base_size: float, page_size: tuple[float, float], *, rtl: bool = False, clear_edges: bool = False) -> Style:
    """The style of a paper: body text as asked, but never below what the look stands for."""
    return Style(max(base_size, _LOOKS[look].least_size), page_size, look, rtl, clear_edges)
