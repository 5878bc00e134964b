"""The schools for which the files of the week were not made: due on the last school day of a week, and until the next week's are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.schools.week import week_of
from pupil_desk.domain.unit.school_name import school_named, schools_by_number
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.school_week import NAME
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.places import SWITCH
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import ledger, schools


@dataclass(frozen=True, slots=True)
class WeekFilesDue:
    """The last school day of the week, and the schools whose file was not made, by name."""

    day: date | None = None
    schools: Sequence[str] = ()


def week_files_due(desk: Desk) -> WeekFilesDue:
    """For whoever may make them, of the schools that the notice names and of whom some pupil is. Nothing where no school agreed a place and no such file was ever made."""
    told_schools, today = desk.settings.told_schools, desk.today
    if not (desk.settings.uses(SWITCH) and desk.may(Action.EXPORT) and schools_by_number(told_schools)):
        return WeekFilesDue()
    school_days = _school_days(desk, today)
    exports_before, of_pupils = ledger.exports_named(desk.vault, NAME), schools.of_pupils(desk.vault)
    if not school_days or not (exports_before or any(of_pupils.places.values())):
        return WeekFilesDue()
    first, last = school_days[0], school_days[-1]
    days_of_week = set(school_days)
    of_week = {
        number
        for pupil_id in of_pupils.stays
        for number, sessions in of_pupils.sessions(pupil_id, first, last).items()
        if any(day in days_of_week for day, _session in sessions)
    }
    made_of_week = [row for row in exports_before if (row["since"] or "") <= first.isoformat() and (row["until"] or "") >= last.isoformat()]
    lacking = [
        school_named(number, told_schools)
        for number in schools_by_number(told_schools)
        if number in of_week and not any(row["provider"] is None or number in row["provider"] for row in made_of_week)
    ]
    return WeekFilesDue(last, lacking) if lacking else WeekFilesDue()


def _school_days(desk: Desk, today: date) -> list[date]:
    """The school days of the week whose files are due: of this one from its last school day on, else of the one before."""
    calendar = school_calendar(desk.vault)
    for weeks_back in (0, 1):
        monday, sunday = week_of(today - timedelta(weeks=weeks_back))
        school_days = calendar.school_days(monday, sunday)
        if school_days and school_days[-1] <= today:
            return school_days
    return []
