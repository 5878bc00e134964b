"""Days that come up in stays and timetables: queries over those in force."""

from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import records_of
from pupil_desk.store.rows.several import select


def placements(vault: Vault, day: date, until: date) -> list[Enrolment]:
    """The stays not over on a day that are to be reviewed by another, the earliest first."""
    sql = f"{select(Enrolment)} WHERE review_day <= ?2 AND (end_date IS NULL OR end_date >= ?1) ORDER BY review_day, id"
    return records_of(Enrolment, vault.rows(sql, (day.isoformat(), until.isoformat())))


def timetables(vault: Vault, day: date, until: date) -> list[Timetable]:
    """The timetables not over on a day that are to be reviewed by another, the earliest first."""
    sql = f"{select(Timetable)} WHERE review_on <= ?2 AND until >= ?1 ORDER BY review_on, id"
    return records_of(Timetable, vault.rows(sql, (day.isoformat(), until.isoformat())))
