"""What the authority is still to be told of the register, for Home: who came and who goes, in this school year, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.authority_returns import (
    DELETION,
    ENTRY,
    deletion_counts,
    entry_by,
    entry_counts,
    leaves_with_the_seniors,
    was_returned,
)
from pupil_desk.domain.calendar import school_year
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import returned


@dataclass(frozen=True, slots=True)
class DueReturn:
    """One return to make: whose, of which stay, and its last day."""

    pupil: Pupil
    stay: Enrolment
    by: date


@dataclass(frozen=True, slots=True)
class ReturnsDue:
    """The returns to make, of each kind the earliest due first."""

    entries: Sequence[DueReturn] = ()
    deletions: Sequence[DueReturn] = ()


def due(desk: Desk) -> ReturnsDue:
    """What is to be returned today, of comings and goings of this school year; older ones are in the exports all the same."""
    desk.require(Action.READ_RECORD)
    today, others = desk.today, desk.settings.returns_from
    year = date(school_year(today), 8, 1)
    came, gone = returned.everything(desk.vault, ENTRY), returned.everything(desk.vault, DELETION)
    entries, deletions = [], []
    for stay, pupil in returned.since(desk.vault, year):
        by = entry_by(stay)
        if by is not None and (stay.start_date or by) >= year and entry_counts(stay, today, others) and not was_returned(stay, ENTRY, came):
            entries.append(DueReturn(pupil, stay, by))
        goes = stay.end_date is not None and stay.end_date >= year and deletion_counts(stay, today, others)
        if goes and stay.end_date is not None and not was_returned(stay, DELETION, gone) and not leaves_with_the_seniors(stay, pupil.dob):
            deletions.append(DueReturn(pupil, stay, stay.end_date))
    return ReturnsDue(sorted(entries, key=lambda one: one.by), sorted(deletions, key=lambda one: one.by))
