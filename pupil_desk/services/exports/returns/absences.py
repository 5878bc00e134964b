"""What the two returns about absence have in common: whom they are about, their name and address, and runs of school days."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import ADMINISTRATIVE, NOT_POSSIBLE, codes_of
from pupil_desk.domain.register.attendance_totals import Totals, totals_of
from pupil_desk.domain.register.authority_returns import longest_run
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.columns import PUPIL_ADDRESS, columns_of, items_told
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, ExportRow, Period, Selection, single
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.exports.register import school_year_to
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import enrolments, protections, pupils, standing

WHO = columns_of(("pupil.upn", "pupil.surname", "pupil.forename", "pupil.middle_names", *PUPIL_ADDRESS))
"""Full name and address, as the regulation has it, and the number by which the authority knows the pupil."""


@dataclass(frozen=True, slots=True)
class AbsenceScope:
    """The days looked at, with the calendar's open ones; the pupils on the register on the last of them, with their stays and protections."""

    period: Period
    school_days: Sequence[date]
    pupils: Sequence[Pupil]
    stays: Mapping[str, Sequence[Enrolment]]
    protections: Mapping[str, Sequence[Protection]]

    def registered(self, pupil_id: str, by_day: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Of the codes of each day those of days on the roll: what was marked of a guest is not the registered pupil's."""
        return {day: codes for day, codes in by_day.items() if on_roll(self.stays[pupil_id], date.fromisoformat(day))}

    def once_guests(self, desk: Desk) -> dict[str, Totals]:
        """The totals of those who are or were guests too, of their days on the roll alone."""
        ids = [pupil.id for pupil in self.pupils if any(not stay.puts_on_roll for stay in self.stays[pupil.id])]
        marks_by_pupil = standing.by_pupil(desk.vault, self.period.since, self.period.until, ids=ids) if ids else {}
        return {
            pupil_id: totals_of(chain.from_iterable(self.registered(pupil_id, marks.codes()).values()))
            for pupil_id, marks in marks_by_pupil.items()
        }

    def longest_runs(self, desk: Desk, ids: Collection[str], missed: frozenset[str], minimum: int = 0) -> dict[str, list[date]]:
        """The longest run of days that each of these pupils missed; with ``minimum`` only runs of so many days, and nobody without one.

        Looked at are the open days, and any other that has a mark, such as before terms were entered.
        """
        since, until = self.period.since, self.period.until
        if minimum and ids:  # most have none, and need not be read
            ids = standing.with_a_run(
                desk.vault, since, until, minimum, codes=missed, between=codes_of(NOT_POSSIBLE, ADMINISTRATIVE), ids=ids
            )
        runs = {}
        for pupil_id, marks in standing.by_pupil(desk.vault, since, until, ids=ids).items() if ids else ():
            by_day = self.registered(pupil_id, marks.codes())
            run = longest_run(by_day, sorted({*self.school_days, *map(date.fromisoformat, by_day)}), missed)
            if len(run) >= minimum:
                runs[pupil_id] = run
        return runs

    def selection(self, columns: tuple[ExportColumn, ...], entries: Iterable[tuple[Pupil, str, tuple[Cell, ...]]], ask: Ask) -> Selection:
        """Those whom the return is about: each with the reason, and a row."""
        selection = Selection(single(columns))
        for pupil, reason, cells in entries:
            pupil_protections = tuple(self.protections.get(pupil.id, ()))
            add_unless_protected(
                selection, ExportedPupil(pupil, reason, items_told(columns, cells), (ExportRow(cells),), protections=pupil_protections), ask
            )
        return selection


def look(desk: Desk, ask: Ask) -> AbsenceScope:
    """Whom a return of that day may be about: everyone on the register at the end of its period, or those asked for."""
    period = ask.period or school_year_to(ask.day)
    stays, calendar = enrolments.by_pupil(desk.vault, ask.pupils), school_calendar(desk.vault)
    registered_pupils = [pupil for pupil in pupils.all_pupils(desk.vault, ask.pupils) if on_roll(stays[pupil.id], period.until)]
    protections_by_pupil = protections.by_pupil(desk.vault, period.until, desk.today)
    return AbsenceScope(period, calendar.school_days(period.since, period.until), registered_pupils, stays, protections_by_pupil)


def who_cells(pupil: Pupil) -> tuple[str | None, ...]:
    """The cells of ``WHO``."""
    return tuple(getattr(pupil, column.item.partition(".")[2]) for column in WHO)


def sums(names: Sequence[str], item: str = "mark.code") -> tuple[ExportColumn, ...]:
    """Columns worked out from the register."""
    return tuple(ExportColumn(name, item) for name in names)
