"""The deadlines among what Home lists (the whole list is in ``home``): reviews of plans, placements and timetables, places agreed with
schools or bought at providers to be reviewed or about to end, and medicines to be used up.

Returns due, with the last day of each: what is still to be told of comings and goings, to the authority of the register of those of this
school year, and to the next school of whoever left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import TransferRouting, sending_rules
from pupil_desk.domain.register.authority_returns import (
    DELETION,
    ENTRY,
    deletion_is_due,
    entry_deadline,
    entry_is_due,
    leaves_with_the_seniors,
    was_returned,
)
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.care import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.ctf.selecting import NAME as CTF
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import deadlines as store
from pupil_desk.store.tables import returned, transfers

AHEAD = 30  # days


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """Something of a kind (the catalogue's name of the record, and the item that holds the day) of a pupil, and its day."""

    kind: str
    item: str
    record: Any
    name: str
    day: date


def reviews_due(desk: Desk, on_roll: Sequence[Pupil]) -> list[ReviewDue]:
    """What has passed its day or comes within 30 days, of the pupils given; the earliest first."""
    names = {pupil.id: pupil.full_name for pupil in on_roll}
    due = [
        ReviewDue(kind, item, row, names[row.pupil_id], getattr(row, item))
        for kind, item, rows in _kinds(desk, AHEAD)
        for row in rows
        if row.pupil_id in names
    ]
    return sorted(due, key=lambda one: one.day)


def review_days(desk: Desk, on_roll: Sequence[Pupil], ahead: int) -> list[tuple[str, date]]:
    """Every day, with its kind, on which something comes up of the pupils given, within so many days; those gone by among them."""
    pupil_ids = {pupil.id for pupil in on_roll}
    return [(kind, getattr(row, item)) for kind, item, rows in _kinds(desk, ahead) for row in rows if row.pupil_id in pupil_ids]


def reviews_of(desk: Desk, pupil_id: str) -> list[tuple[str, str, Any]]:
    """What of one pupil has passed its day or comes within 30 days: the kind, the item that holds the day, and the record."""
    return [(kind, item, row) for kind, item, rows in _kinds(desk, AHEAD) for row in rows if row.pupil_id == pupil_id]


def _kinds(desk: Desk, ahead: int) -> tuple[tuple[str, str, Sequence[Any]], ...]:
    """Each kind, the item that holds its day, and the records of it whose day has passed or comes within so many days."""
    desk.require(Action.READ_RECORD)
    until = desk.today + timedelta(days=ahead)
    agreed, bought = (
        read(desk.vault, desk.today, until) if desk.settings.uses(switch) else []
        for read, switch in ((store.school_places, "records_schools"), (store.bought_places, "buys_places"))
    )
    return (
        ("medicine", "expiry", health.running_out(desk, ahead)),
        ("sen_period", "review_date", needs.reviews_due(desk, ahead)),
        ("enrolment", "review_day", store.placements(desk.vault, desk.today, until)),
        ("timetable", "review_on", store.timetables(desk.vault, desk.today, until)),
        ("school_place", "review_day", [place for place in agreed if place.review_day is not None and place.review_day <= until]),
        ("school_place", "end_date", [place for place in agreed if place.end_date is not None and place.end_date <= until]),
        ("placement", "review_day", [place for place in bought if place.review_day is not None and place.review_day <= until]),
        ("placement", "end_date", [place for place in bought if place.end_date is not None and place.end_date <= until]),
    )


@dataclass(frozen=True, slots=True)
class DueReturn:
    """One return to make: whose, of which stay, and its last day."""

    pupil: Pupil
    stay: Enrolment
    due_day: date


@dataclass(frozen=True, slots=True)
class ReturnsDue:
    """The returns to make, of each kind the earliest due first; ``transfers`` are the files to the next school."""

    entries: Sequence[DueReturn] = ()
    deletions: Sequence[DueReturn] = ()
    transfers: Sequence[DueReturn] = ()


def returns_due(desk: Desk, pupil_id: str | None = None) -> ReturnsDue:
    """What is to be returned today of one pupil or of all, of comings and goings of this school year; older ones are in the exports all the same.

    The file to the next school alone is due of a July leaver in September too.
    """
    desk.require(Action.READ_RECORD)
    today, returned_elsewhere_until = desk.today, desk.settings.returns_from
    year = date(school_year(today), 8, 1)
    came, deletions_returned = returned.everything(desk.vault, ENTRY), returned.everything(desk.vault, DELETION)
    entries, deletions = [], []
    stays = returned.since(desk.vault, min(year, today - timedelta(days=sending_rules().most_days)), pupil_id)
    for stay, pupil in stays:
        due_day = entry_deadline(stay)
        if (
            due_day is not None
            and (stay.start_date or due_day) >= year
            and entry_is_due(stay, today, returned_elsewhere_until)
            and not was_returned(stay, ENTRY, came)
        ):
            entries.append(DueReturn(pupil, stay, due_day))
        goes = stay.end_date is not None and stay.end_date >= year and deletion_is_due(stay, today, returned_elsewhere_until)
        if (
            goes
            and stay.end_date is not None
            and not was_returned(stay, DELETION, deletions_returned)
            and not leaves_with_the_seniors(stay, pupil.dob)
        ):
            deletions.append(DueReturn(pupil, stay, stay.end_date))
    return ReturnsDue(
        *(sorted(due_returns, key=lambda due_return: due_return.due_day) for due_returns in (entries, deletions, _transfers(desk, stays)))
    )


def returns_to_make(desk: Desk, pupil_id: str | None = None) -> ReturnsDue:
    """The same for whoever makes exports; nothing for others, who can do nothing about it."""
    return returns_due(desk, pupil_id) if desk.may(Action.EXPORT) else ReturnsDue()


def next_return(desk: Desk, stay_id: str) -> tuple[str, date] | None:
    """Of a stay the return to make first, by the export's name, and its last day; None where none is due, or for whoever makes no exports."""
    due = returns_to_make(desk)
    for name, due_returns in ((ENTRY, due.entries), (DELETION, due.deletions), (CTF, due.transfers)):
        for due_return in due_returns:
            if due_return.stay.id == stay_id:
                return name, due_return.due_day
    return None


def _transfers(desk: Desk, stays: Sequence[tuple[Enrolment, Pupil]]) -> Iterator[DueReturn]:
    """The files to the next school of those who left, or leave with the ground met, and are not back; none where no confirmed terms reach the day."""
    last = {pupil.id: (stay, pupil) for stay, pupil in stays if stay.puts_on_roll}  # of each pupil the stay that began last
    leavers = [
        (stay, pupil, stay.end_date)
        for stay, pupil in last.values()
        if stay.end_date is not None and deletion_is_due(stay, desk.today, desk.settings.returns_from)
    ]
    if not leavers:
        return
    calendar, last_sent = law_calendar(desk.vault), transfers.last_told(desk.vault, CTF, [pupil.id for _stay, pupil, _left in leavers])
    sending = TransferRouting(desk.settings.dfe_number, desk.today, calendar)
    for stay, pupil, left in leavers:
        due_day = calendar.school_days_after(left, sending_rules().school_days)
        if due_day is not None and sending.is_due(left, last_sent.get(pupil.id, "")):
            yield DueReturn(pupil, stay, due_day)
