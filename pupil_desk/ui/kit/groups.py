"""The groups of pages on the rail, in its order: what one does daily, the families, what leaves, the unit; and for which roles each is folded at first."""

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
