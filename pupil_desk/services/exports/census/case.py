"""One pupil as the census sees them: who they are, by which stay, and what the register says of the days told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.domain.care.needs import CarePeriod, SenNeed, in_force, lasts_on
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, codes_of
from pupil_desk.domain.register.census import Census
from pupil_desk.domain.suspensions.suspension import SuspensionCase as Decision
from pupil_desk.services.formats.census import census_rules
from pupil_desk.services.quality.rule import PupilFile

SUBSIDIARY = "S"
MEALS = frozenset({"FSM", "TFSM", "EFSM", "OFSM"})


@dataclass(frozen=True, slots=True)
class Marks:
    """The sessions of one block of attendance by code."""

    codes: Mapping[str, int] = field(default_factory=dict)

    def number_of(self, *categories: str) -> int:
        """How many are of these categories."""
        category_codes = codes_of(*categories)
        return sum(number for code, number in self.codes.items() if code in category_codes)

    @property
    def all(self) -> int:
        """How many are marked at all."""
        return sum(self.codes.values())

    @property
    def possible(self) -> int:
        """How many the pupil could attend."""
        return self.number_of(ATTENDING, ELSEWHERE, AUTHORISED, UNAUTHORISED)

    @property
    def exceptional(self) -> int:
        """How many the pupil was not able to attend."""
        return sum(number for code, number in self.codes.items() if code in census_rules().exceptional)


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusCase:
    """A pupil in the census. ``stay`` is the one on the reference day, or that by which the pupil left; ``marks`` are those of each block."""

    file: PupilFile
    census: Census
    stay: Enrolment
    is_on_roll: bool
    marks: tuple[Marks, ...]
    yssa: str = ""
    results: Sequence[Assessment] = ()

    @property
    def pupil(self) -> Pupil:
        return self.file.pupil

    @property
    def meals(self) -> list[CarePeriod]:
        """The free school meals that last on the reference day, or ended since the first day of the attendance told."""
        day, since = self.census.day, self.census.told[0]
        return [
            period
            for period in self.file.care
            if period.kind in MEALS
            and (period.start_date is None or period.start_date <= day)
            and (period.end_date is None or period.end_date >= since)
        ]

    @property
    def needs(self) -> list[SenNeed]:
        """The types of need on the reference day, by rank."""
        return [need for need in self.file.needs if lasts_on(need, self.census.day)]

    @property
    def decisions(self) -> list[Decision]:
        """Our suspensions and exclusions that begin in the days told and stand."""
        since, until = self.census.suspensions
        counted_standings = census_rules().suspensions_told
        return [
            case
            for case in self.file.cases
            if case.suspension.school is None
            and since <= case.suspension.start <= until
            and case.standing(self.census.day) in counted_standings
        ]

    @property
    def placements(self) -> list[Placement]:
        """The places elsewhere that are ours to tell: some day of each lies between the two reference days. Of a dual registration the main school tells them."""
        since, until = self.census.placements
        return [
            place
            for place in self.file.placements
            if self.stay.status != SUBSIDIARY and place.start_date <= until and (place.end_date is None or place.end_date >= since)
        ]

    def sen_on(self, day: date | None) -> str | None:
        """The SEN provision in force on a day."""
        period = in_force(self.file.periods, day) if day else None
        return period.provision if period else None


def stay_of(file: PupilFile, census: Census) -> tuple[Enrolment, bool] | None:
    """By which stay a pupil is in the census, and whether on roll on its day; None for one who is not in it.

    Who left before the days of the attendance told is in it all the same where something else of them is told: a suspension of
    ours that began in its days, or a place elsewhere.
    """
    current_stays = [stay for stay in file.stays if stay.on_roll(census.day)]
    if current_stays:
        return max(current_stays, key=_began), True
    left_stays = [stay for stay in file.stays if stay.on_roll(*census.told) or _is_told(stay, file, census)]
    return (max(left_stays, key=_began), False) if left_stays else None


def _is_told(stay: Enrolment, file: PupilFile, census: Census) -> bool:
    """Whether a suspension or a place elsewhere of a stay is told, as a case would tell it."""
    case = CensusCase(file=file, census=census, stay=stay, is_on_roll=False, marks=())
    days = [decision.suspension.start for decision in case.decisions] + [place.start_date for place in case.placements]
    return any(stay.on_roll(day) for day in days)


def _began(stay: Enrolment) -> date:
    return stay.start_date or date.min
