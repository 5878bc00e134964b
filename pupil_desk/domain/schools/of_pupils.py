"""Whose pupil everybody is, day by day: the one place by which a week is cut to its school, a mark is a school's to send, and a clash is looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.schools.school_place import SchoolPlace, schools_of_day


@dataclass(frozen=True, slots=True)
class SchoolsOfPupils:
    """The stays and the places agreed of all, by pupil, and the unit's own list of schools."""

    stays: Mapping[str, Sequence[Enrolment]]
    places: Mapping[str, Sequence[SchoolPlace]]
    told_schools: str | None

    def schools_on(self, pupil_id: str, day: date, *, as_agreed: bool = False) -> tuple[str, ...]:
        """The numbers of the schools whose pupil this one is on a day, the main school first.

        ``as_agreed``, those alone that may be told of the day: of a school that only agreed a place, its days of the week.
        """
        stays = self.stays.get(pupil_id, ())
        return schools_of_day(stays, self.places.get(pupil_id, ()), day, self.told_schools, as_agreed=as_agreed) if stays else ()

    def days(self, pupil_id: str, since: date, until: date, *, as_agreed: bool = False) -> dict[str, list[date]]:
        """By the number of each school, the days of these on which the pupil is its own; ``as_agreed``, of which it may be told."""
        days_by_school: dict[str, list[date]] = {}
        for number in range((until - since).days + 1 if self.stays.get(pupil_id) else 0):
            day = since + timedelta(days=number)
            for school in self.schools_on(pupil_id, day, as_agreed=as_agreed):
                days_by_school.setdefault(school, []).append(day)
        return days_by_school
