"""The house style on paper: sizes, colours and margins, all derived from the size of body text."""

from dataclasses import dataclass

from pupil_desk.documents.lines import Manner

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

INK = b"0.09 0.11 0.14 rg"
HEAD_INK = b"0.08 0.22 0.36 rg"
LINK_INK = b"0.03 0.28 0.55 rg"
QUIET_INK = b"0.32 0.35 0.39 rg"
TINT = b"0.945 0.955 0.965 rg"
RULE = b"0.72 0.75 0.78 RG 0.5 w"
FIRM_RULE = b"0.25 0.33 0.41 RG 0.9 w"


@dataclass(frozen=True, slots=True)
class Style:
    """Every measure of a page, in points. ``base`` is the size of body text, 12 for what families read."""

    base: float = 12
    page: tuple[float, float] = A4

    @property
    def left(self) -> float:
        return 24 * MM

    @property
    def width(self) -> float:
        return self.page[0] - 2 * self.left

    @property
    def top(self) -> float:
        return self.page[1] - 22 * MM

    @property
    def bottom(self) -> float:
        return 24 * MM

    @property
    def gap(self) -> float:
        """Between paragraphs."""
        return self.base * 0.6

    def body(self) -> Manner:
        return Manner(self.base, self.base * 1.35, ink=INK)

    def para(self, style: str) -> Manner:
        """The manner of a paragraph's style."""
        if style == "lead":
            return Manner(self.base * 1.125, self.base * 1.5, ink=INK)
        if style == "small":
            return Manner(self.base * 0.8, self.base * 1.08, ink=QUIET_INK)
        return self.body()

    def heading(self, level: int) -> Manner:
        """Bold and smaller level by level, from 1.85 times the body to the body's own size."""
        scale = (1.85, 1.35, 1.12)[min(level, 3) - 1]
        return Manner(self.base * scale, self.base * scale * 1.22, bold=True, ink=HEAD_INK)

    def cell(self, *, head: bool = False) -> Manner:
        size = self.base * 0.86
        return Manner(size, size * 1.3, bold=head, ink=HEAD_INK if head else INK)

    def address(self) -> Manner:
        return Manner(11, 13, ink=INK)

    def sender(self) -> Manner:
        return Manner(10, 12.5, ink=QUIET_INK)

    def footer(self) -> Manner:
        return Manner(8.5, 10.5, ink=QUIET_INK)
