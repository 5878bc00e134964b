"""Learning of a pupil after 14, and destinations: reading, adding, correcting; and who is without a suitable offer."""

from collections.abc import Iterable

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.learning.next_steps import Destination, Learning, check_destination, check_learning, has_suitable_offer, offer_due_by
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several

_ASKED_FROM, _ASKED_UNTIL = 3, 9  # months


def destinations_of_pupil(desk: Desk, pupil_id: str) -> list[Destination]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Destination, pupil_id)


def without_offer(desk: Desk, on_roll: Iterable[Pupil]) -> list[Pupil]:
    """Those of the pupils who should have a suitable offer by the end of this September and have none: the September Guarantee.

    Asked from March, when offers come in, and not before.
    """
    today = desk.today
    if not _ASKED_FROM <= today.month <= _ASKED_UNTIL:
        return []
    due = [
        (pupil, due_by) for pupil in on_roll if (due_by := offer_due_by(pupil.year_group, today)) is not None and due_by.year == today.year
    ]
    destinations_by_pupil = several.by_pupil(desk.vault, Destination)
    return [pupil for pupil, due_day in due if not has_suitable_offer(destinations_by_pupil[pupil.id], due_day)]


def add_destination(desk: Desk, record: Destination) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "destination", record, check_destination, news=())


def save_destination(desk: Desk, record: Destination) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "destination", record, check_destination, news=())


def learning_of_pupil(desk: Desk, pupil_id: str) -> list[Learning]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Learning, pupil_id)


def add_learning(desk: Desk, record: Learning) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "learning", record, check_learning, news=())


def save_learning(desk: Desk, record: Learning) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "learning", record, check_learning, news=())
