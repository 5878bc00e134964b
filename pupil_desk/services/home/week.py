"""The attendance of this week, a school day at a time, for the picture on Home."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.register.attendance import attendance_groups, percentage
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import register_watch
from pupil_desk.store.tables.enrolments import is_held, roll_days


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """The sessions of one school day of this week, of all pupils on the roll that day: those that could be attended, and those that were."""

    day: date
    possible: int
    attended: int

    @property
    def percent(self) -> float | None:
        """Attended, of a hundred possible; None where nothing is marked."""
        return percentage(self.attended, self.possible)


def attendance(desk: Desk) -> list[SchoolDay]:
    """The school days from Monday to today; empty where nothing of them is marked. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    monday = desk.today - timedelta(days=desk.today.weekday())
    days = school_calendar(desk.vault).school_days(monday, desk.today)
    stays = roll_days(desk.vault)
    codes = Counter(
        (str(row["day"]), str(row["code"]))
        for row in register_watch.standing_codes(desk.vault, days)
        if is_held(stays.get(row["pupil_id"], ()), row["day"])
    )
    groups = attendance_groups()
    counts = {day: [sum(codes[day.isoformat(), code] for code in group) for group in groups] for day in days}
    return [SchoolDay(day, sum(numbers), numbers[0]) for day, numbers in counts.items()] if any(map(any, counts.values())) else []
