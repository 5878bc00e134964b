"""Destinations of a pupil: reading, adding, correcting; and who is without an offer."""

from collections.abc import Iterable

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.destination import INTENDED, Destination
from pupil_desk.domain.next_steps import check_destination
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import several

_GUARANTEED = frozenset({"11", "12"})  # year groups of the September Guarantee
_ASKED_FROM, _ASKED_UNTIL = 3, 9  # months


def of_pupil(desk: Desk, pupil_id: str) -> list[Destination]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Destination, pupil_id)


def without_offer(desk: Desk, on_roll: Iterable[Pupil]) -> list[Pupil]:
    """Those of the pupils in Years 11 and 12 of whom no offer is known, nor where they are: the September Guarantee.

    Each should have a suitable offer by the end of September; asked from March, when offers come in, and not before.
    """
    if not _ASKED_FROM <= desk.today.month <= _ASKED_UNTIL:
        return []
    known = several.by_pupil(desk.vault, Destination)
    return [
        pupil
        for pupil in on_roll
        if pupil.year_group in _GUARANTEED and all(each.kind == INTENDED for each in known[pupil.id])
    ]


def add_destination(desk: Desk, record: Destination) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "destination", record, check_destination, news=())


def save_destination(desk: Desk, record: Destination) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "destination", record, check_destination, news=())
