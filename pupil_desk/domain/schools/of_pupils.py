"""Whose pupil everybody is, day by day: the one place by which a week is cut to its school, a mark is a school's to send, and a clash is looked for; and of which sessions each may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.school_place import SchoolPlace, schools_of_day

type DaySession = tuple[date, Session]
"""A day, and the half of it."""


@dataclass(frozen=True, slots=True)
class SchoolsOfPupils:
    """The stays and the places agreed of all, by pupil, and the unit's own list of schools."""

    stays: Mapping[str, Sequence[Enrolment]]
    places: Mapping[str, Sequence[SchoolPlace]]
    told_schools: str | None

    def schools_on(self, pupil_id: str, day: date, session: Session | None = None) -> tuple[str, ...]:
        """The numbers of the schools whose pupil this one is on a day, the main school first.

        With ``session`` those alone that may be told of it: of a school that only agreed a place, the sessions that it agreed.
        """
        stays = self.stays.get(pupil_id, ())
        return schools_of_day(stays, self.places.get(pupil_id, ()), day, self.told_schools, session) if stays else ()

    def days(self, pupil_id: str, since: date, until: date) -> dict[str, list[date]]:
        """By the number of each school, the days of these on which the pupil is its own."""
        days_by_school: dict[str, list[date]] = {}
        for day in self._days_here(pupil_id, since, until):
            for school in self.schools_on(pupil_id, day):
                days_by_school.setdefault(school, []).append(day)
        return days_by_school

    def sessions(self, pupil_id: str, since: date, until: date) -> dict[str, list[DaySession]]:
        """By the number of each school, the sessions of these days of which it may be told."""
        sessions_by_school: dict[str, list[DaySession]] = {}
        for day in self._days_here(pupil_id, since, until):
            for session in Session:
                for school in self.schools_on(pupil_id, day, session):
                    sessions_by_school.setdefault(school, []).append((day, session))
        return sessions_by_school

    def _days_here(self, pupil_id: str, since: date, until: date) -> list[date]:
        return [since + timedelta(days=number) for number in range((until - since).days + 1)] if self.stays.get(pupil_id) else []
