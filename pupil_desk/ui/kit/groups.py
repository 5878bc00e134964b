"""The groups of pages on the rail, in its order: what one does daily, the families, what leaves, the unit; and for which roles each is folded at first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.unit.staff import Role


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that stand together. ``seldom``: the roles who find it folded until they open it. One without a title is never folded."""

    name: str
    title: str
    seldom: frozenset[Role] = frozenset()


DAILY = PageGroup("daily", _("Daily"))
FAMILIES = PageGroup("families", _("Families"))
LEAVING = PageGroup("leaving", _("What leaves"), frozenset({Role.OFFICE}))
UNIT = PageGroup("unit", _("The unit"), frozenset({Role.OFFICE, Role.ASSISTANT_HEAD}))
AT_THE_END = PageGroup("", "")
"""Under all groups and always in view, such as the help."""


@dataclass(frozen=True, slots=True)
class RailPage:
    """What the rail shows of a page."""

    name: str
    title: str
    icon: str
    group: PageGroup = AT_THE_END


class Folds:
    """Which groups of a rail are folded: those that the person folded, and those that give way while the lines have no room together.

    What was used longest ago gives way first, of those that were not used yet the last, whose pages have no keys; the first group never. Nothing
    that gave way opens by itself before the rail has another height.
    """

    def __init__(self, folded: Collection[str]) -> None:
        self.by_hand, self._giving_way = set(folded), set[str]()
        self._last_used: list[str] = []  # the latest last

    def is_folded(self, name: str) -> bool:
        return name in self.by_hand or name in self._giving_way

    def use(self, name: str) -> bool:
        """Have a group be the one used last, and open; whether it was folded."""
        was_folded = self.is_folded(name)
        self._last_used = [*(group for group in self._last_used if group != name), name]
        self.by_hand.discard(name)
        self._giving_way.discard(name)
        return was_folded

    def give_way(self, pages: Sequence[RailPage], stays: str) -> bool:
        """Fold the group used longest ago, neither that which ``stays`` nor the last used; False where there is none."""
        open_names = [name for name in dict.fromkeys(page.group.name for page in pages[1:] if page.group.title) if not self.is_folded(name)]
        foldable = [name for name in open_names if name not in (pages[0].group.name, stays, *self._last_used[-1:])]
        foldable.sort(key=lambda name: self._last_used.index(name) if name in self._last_used else -1 - open_names.index(name))
        self._giving_way.update(foldable[:1])
        return bool(foldable)

    def give_back(self) -> bool:
        """Have none give way any more; whether one did."""
        gave_way = bool(self._giving_way)
        self._giving_way.clear()
        return gave_way
