"""Boxes drawn over what is withheld on the pages of a kept paper: where each stands, why, and that the last word about it counts."""

from dataclasses import dataclass, replace

WHOLE = 10_000
"""Parts of a page's width, and of its height, in which places on it are measured, from the upper left corner as the page is seen."""

LEAST_SIDE = 40  # parts: a millimetre on A4
MOST_BOXES = 2_000
"""Of one paper: ten on each page of the longest that is kept."""

_NEARLY_ALL = 0.9  # of a word's area: what of it is left tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArea:
    """A rectangle of a page, in parts of its width and height (see ``WHOLE``)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> int:
        """Its area, in square parts; 0 where it has none."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)

    def shared_with(self, other_area: "PageArea") -> int:
        """How much of the area both have, in square parts."""
        return PageArea(
            left=max(self.left, other_area.left),
            top=max(self.top, other_area.top),
            right=min(self.right, other_area.right),
            bottom=min(self.bottom, other_area.bottom),
        ).size

    def hides(self, other_area: "PageArea") -> bool:
        """Whether nearly all of the other, a word for example, lies beneath this one."""
        return other_area.size > 0 and self.shared_with(other_area) >= _NEARLY_ALL * other_area.size

    def joined_with(self, other_area: "PageArea") -> "PageArea":
        """The least that has both."""
        return PageArea(
            left=min(self.left, other_area.left),
            top=min(self.top, other_area.top),
            right=max(self.right, other_area.right),
            bottom=max(self.bottom, other_area.bottom),
        )

    def shifted(self, right_by: int, down_by: int) -> "PageArea":
        """The same further right and down, kept on the page."""
        right_by = max(-self.left, min(WHOLE - self.right, right_by))
        down_by = max(-self.top, min(WHOLE - self.bottom, down_by))
        return PageArea(left=self.left + right_by, top=self.top + down_by, right=self.right + right_by, bottom=self.bottom + down_by)

    def resized(self, wider: int, taller: int) -> "PageArea":
        """The same with its right and lower edge moved, never smaller than can be seen, nor beyond the page."""
        right = min(WHOLE, max(self.left + LEAST_SIDE, self.right + wider))
        bottom = min(WHOLE, max(self.top + LEAST_SIDE, self.bottom + taller))
        return replace(self, right=right, bottom=bottom)

    def grown(self, margin: int) -> "PageArea":
        """The same with so much more on each side, as far as the page goes."""
        return PageArea(
            left=max(0, self.left - margin),
            top=max(0, self.top - margin),
            right=min(WHOLE, self.right + margin),
            bottom=min(WHOLE, self.bottom + margin),
        )

    @property
    def is_on_page(self) -> bool:
        """Whether it lies on the page, and is large enough to be seen."""
        sides = ((self.left, self.right), (self.top, self.bottom))
        return all(low >= 0 and high <= WHOLE and high - low >= LEAST_SIDE for low, high in sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBox:
    """One word about one box; the last about a ``box_id`` counts. ``page`` counts from 1. ``stands``: the box is there; False takes it back.

    ``whose`` is a code of «redaction» («hand» for one that a person drew), ``reason`` one of «redaction_reason». What lies beneath is kept nowhere.
    """

    id: str = ""
    box_id: str = ""
    pack_id: str = ""
    pupil_id: str = ""
    paper_id: str = ""
    page: int = 1
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
    stands: bool = True
    whose: str = ""
    reason: str = ""

    @property
    def area(self) -> PageArea:
        """Where it stands."""
        return PageArea(left=self.left, top=self.top, right=self.right, bottom=self.bottom)

    def placed_at(self, area: PageArea) -> "PaperBox":
        """The same box elsewhere on its page."""
        return replace(self, left=area.left, top=area.top, right=area.right, bottom=area.bottom)
