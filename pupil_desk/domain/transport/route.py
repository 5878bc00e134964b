"""A route by which pupils come and go: known by its name, with who drives, in what, and who escorts.

That its operator is told of pupils stands in the unit's own list (``told_transport``), by the same name.

Source: "Travel to school for children of compulsory school age", DfE statutory guidance, January 2024, as authorities repeat it: passenger assistants
(escorts), and that those who carry a pupil know what they need of medical needs. Sure: medium.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_fact = partial(item, facts=Facts(Section.PEOPLE, Category.STAFF, Purpose.CARE, Basis.PUBLIC_TASK))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route. The people are whoever drives and escorts, no pupil's family."""

    id: str = ""
    name: str = _fact(_("Name of the route"), Kind.NAME, required=True)
    operator: str | None = _fact(_("Operator"), Kind.NAME, heads=("who drives it",), hint=_("The firm or service, as Settings name it"))
    operator_phone: str | None = _fact(_("Telephone of the operator"), Kind.PHONE, heads=("telephone of who drives it",))
    vehicle: str | None = _fact(_("Vehicle"), Kind.TEXT, hint=_("Such as: taxi, 4 seats, silver; its registration"))
    driver: str | None = _fact(_("Usual driver"), Kind.NAME)
    escort: str | None = _fact(_("Passenger assistant (escort)"), Kind.NAME)
    escort_phone: str | None = _fact(_("Telephone of the escort"), Kind.PHONE)
    note: str | None = _fact(_("Note on the route"), Kind.LINES, hint=_("Nothing about a pupil: that belongs in the pupil’s record"))

    @property
    def key(self) -> str:
        """By what it is known in the pupils' records."""
        return route_key(self.name)


def route_key(name: str) -> str:
    """By what a route is known, however its name is spelt: case, accents and blanks make no difference."""
    return fold(name)


@gathered
def check_route(route: Route) -> Iterator[Problem]:
    """The rule across its items: an escort who rides with pupils can be rung."""
    if route.escort and not route.escort_phone:
        yield Problem.warning("escort_phone", "no_phone", _("Enter how the escort is reached on the road."))
