"""Files on their way to the next school: what is due about each, by the day on which the pupil left and the unit's calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.safeguarding.entry import EntryHistory
from pupil_desk.domain.safeguarding.transfer import TransferDue, transfer_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.files import FILE, every_file
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import enrolments


def transfers_due(desk: Desk) -> dict[str, TransferDue]:
    """By pupil, what is due about the files of those who left. Raises NotAllowed for who cannot open the files."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    entries = every_file(desk).histories
    return _due(desk, entries) if entries else {}


def _due(desk: Desk, entries: Mapping[str, Sequence[EntryHistory]]) -> dict[str, TransferDue]:
    calendar, stays = law_calendar(desk.vault), enrolments.by_pupil(desk.vault, list(entries))
    due_by_pupil = {}
    for pupil_id, histories in entries.items():
        due = transfer_due(histories, last_stay(stays[pupil_id], desk.today), calendar)
        if due is not None:
            due_by_pupil[pupil_id] = due
    return due_by_pupil


def last_stay(stays: Sequence[Enrolment], today: date) -> Enrolment | None:
    """The stay that ended last; None while a stay goes on, or one is still to come."""
    if not stays or any(stay.end_date is None or stay.end_date >= today for stay in stays):
        return None
    return max(stays, key=lambda stay: stay.end_date or date.min)
