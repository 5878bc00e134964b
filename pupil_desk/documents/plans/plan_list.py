"""The plans of several pupils by kind, the first review first, and what was spent by them: for the office, the SENCO or a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table

_SHARES, _OF_MONEY = (2.1, 1.5, 1.6, 4.2), (4, 2, 2)
_ROOM = 0.6  # so that the plans of a unit stand on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanList:
    """What it says: of whom and when, of each kind its title and a row a plan, and a row for each pupil by whose plans money was spent.

    ``together`` are the sums, as the last row of the money; ``year`` names the year of the first of them.
    """

    days: str
    kinds: Sequence[tuple[str, Sequence[Sequence[str]]]]
    year: str
    money: Sequence[Sequence[str]]
    together: Sequence[str]
    foot: str


def story(plans: PlanList) -> list[Block]:
    """A table a kind, and one of the money; of what a plan says nothing."""
    header = (_("Pupil"), _("Review due"), _("Led by"), _("To be done"))
    money_header = (_("Pupil"), plans.year, _("In all"))
    return [
        Heading(1, _("List of plans")),
        Para(plans.days),
        *(Table(caption=title, header=header, rows=rows, widths=_SHARES, room=_ROOM) for title, rows in plans.kinds),
        *([Table(caption=_("Money spent"), header=money_header, rows=[*plans.money, plans.together], widths=_OF_MONEY, room=_ROOM)]
          if plans.money else []),
        Para(plans.foot, style="small"),
    ]  # fmt: skip
