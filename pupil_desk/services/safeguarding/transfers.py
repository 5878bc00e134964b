"""Files on their way to the next school: and from the school before: what is due about each, by the day on which the pupil left or began, and the unit's calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.safeguarding.entry import EntryHistory
from pupil_desk.domain.safeguarding.transfer import TransferDue, receipt_due, transfer_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.files import FILE, every_file
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import enrolments, second_keys


def transfers_due(desk: Desk) -> dict[str, TransferDue]:
    """By pupil, what is due about the files of those who left, and about those of the schools before of who is new here.

    Raises NotAllowed for who cannot open the files.
    """
    desk.require(Action.READ_SAFEGUARDING, FILE)
    began = second_keys.began(desk.vault, second_keys.SAFEGUARDING)
    return _due(desk, every_file(desk).histories, local_time(began).date()) if began is not None else {}


def _due(desk: Desk, entries: Mapping[str, Sequence[EntryHistory]], kept_since: date) -> dict[str, TransferDue]:
    calendar, stays_by_pupil = law_calendar(desk.vault), enrolments.by_pupil(desk.vault)
    due_by_pupil = {}
    for pupil_id, stays in stays_by_pupil.items():
        histories = entries.get(pupil_id, ())
        left = transfer_due(histories, last_stay(stays, desk.today), calendar)
        due = left or receipt_due(histories, stays, calendar, kept_since, desk.today)
        if due is not None:
            due_by_pupil[pupil_id] = due
    return due_by_pupil


def last_stay(stays: Sequence[Enrolment], today: date) -> Enrolment | None:
    """The stay that ended last, of those that ended on a day which is known; None while a stay goes on, or one is still to come."""
    dated_stays = [stay for stay in stays if stay.is_dated]
    if any(stay.end_date is None or stay.end_date >= today for stay in dated_stays):
        return None
    return max(dated_stays, key=lambda stay: stay.end_date or date.min, default=None)
