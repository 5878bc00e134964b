"""What the two returns about absence have in common: whom they are about, their name and address, and runs of school days."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pupil_desk.domain.enrolment import on_roll
from pupil_desk.domain.protection import Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services.calendars import school_calendar
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.columns import PUPIL_ADDRESS, named
from pupil_desk.services.exports.export import Ask, Column, Period
from pupil_desk.services.exports.register import school_year_to
from pupil_desk.store import enrolments, protections, pupils, register_watch
from pupil_desk.store.vault import Row

WHO = named(("pupil.upn", "pupil.surname", "pupil.forename", "pupil.middle_names", *PUPIL_ADDRESS))
"""Full name and address, as the regulation has it, and the number by which the authority knows the pupil."""

type Marked = Mapping[str, Mapping[str, Sequence[str]]]
"""The codes that stand, by pupil and day (ISO)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The days looked at, with the calendar's open ones; the pupils on the register on the last of them, with their protections."""

    period: Period
    school_days: Sequence[date]
    pupils: Sequence[Pupil]
    protections: Mapping[str, Sequence[Protection]]

    def days_of(self, by_day: Collection[str]) -> list[date]:
        """The days on which a run of a pupil is looked for: the open ones, and any other that has a mark, such as before terms were entered."""
        return sorted({*self.school_days, *map(date.fromisoformat, by_day)})


def look(desk: Desk, ask: Ask) -> Looked:
    """Whom a return of that day may be about: everyone on the register at the end of its period, or those asked for."""
    period = ask.period or school_year_to(ask.day)
    stays, calendar = enrolments.by_pupil(desk.vault), school_calendar(desk.vault)
    everyone = pupils.everyone(desk.vault) if ask.pupils is None else pupils.some(desk.vault, ask.pupils)
    there = [pupil for pupil in everyone if on_roll(stays[pupil.id], period.until)]
    held = protections.by_pupil(desk.vault, period.until, desk.today)
    return Looked(period, calendar.school_days(period.since, period.until), there, held)


def marked(desk: Desk, ids: Collection[str], period: Period) -> Marked:
    """What stands for these pupils in the period, in one query."""
    rows = register_watch.codes_of(desk.vault, ids, period.since, period.until) if ids else []
    return {pupil_id: dict(_by_day(of_one)) for pupil_id, of_one in groupby(rows, key=lambda row: str(row["pupil_id"]))}


def _by_day(rows: Iterator[Row]) -> Iterator[tuple[str, list[str]]]:
    for day, of_day in groupby(rows, key=lambda row: row["day"]):
        yield day, [row["code"] for row in of_day]


def who_cells(pupil: Pupil) -> tuple[str | None, ...]:
    """The cells of ``WHO``."""
    return tuple(getattr(pupil, column.item.partition(".")[2]) for column in WHO)


def sums(names: Sequence[str], item: str = "mark.code") -> tuple[Column, ...]:
    """Columns worked out from the register."""
    return tuple(Column(name, item) for name in names)
