"""The attendance register of a period, in the columns that the import reads: for the school system, or for who may ask for an extract.

Source: Education Act 1996 section 434 and SI 2024/208, with what we could not read in ``resources/codes/register_law.toml``; the unit whose register of record is its school system takes this file back there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.sharing.recipients import REGISTER as TO_REGISTER
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import (
    Ask,
    Export,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    LeftOut,
    Option,
    Period,
    Selection,
    single,
)
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.store.tables import enrolments, protections, pupils, standing

_COLUMNS = (
    ExportColumn("upn", "pupil.upn"),
    ExportColumn("date", "mark.day"),
    ExportColumn("session", "mark.session"),
    ExportColumn("code", "mark.code"),
    ExportColumn("minutes_late", "mark.minutes_late"),
    ExportColumn("note", "mark.note"),
)
_ITEMS = tuple(column.item for column in _COLUMNS)


def school_year_to(day: date) -> Period:
    """The school year that a day belongs to, up to that day."""
    return Period(date(school_year(day), 8, 1), day)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows(Sequence[ExportRow]):
    """A pupil's rows, each made when it is looked at: those of a year of ten thousand pupils do not fit in the memory of an office PC."""

    upn: str
    marks: standing.Marks

    def __len__(self) -> int:
        return len(self.marks)

    def __iter__(self) -> Iterator[ExportRow]:
        upn = self.upn
        return iter(
            [ExportRow((upn, day, session, code, minutes, note), f"{day} {session}") for day, session, code, minutes, note in self.marks]
        )

    @overload
    def __getitem__(self, place: int) -> ExportRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ExportRow, ...]: ...
    def __getitem__(self, place: int | slice) -> ExportRow | tuple[ExportRow, ...]:
        return tuple(self)[place]


def _select(desk: Desk, ask: Ask) -> Selection:
    period = ask.period or school_year_to(ask.day)
    selection = Selection(single(_COLUMNS))
    marked = standing.by_pupil(desk.vault, period.since, period.until, ids=ask.pupils)
    stays = enrolments.by_pupil(desk.vault, ask.pupils)
    protected = protections.by_pupil(desk.vault, period.until, desk.today)
    for pupil in pupils.all_pupils(desk.vault, ask.pupils):
        marks = _of_stays(marked[pupil.id], stays[pupil.id], period) if pupil.id in marked else None
        if marks is None:
            continue
        if pupil.upn is None:
            in_short = _("no UPN, by which the file names a pupil")
            selection.left_out.append(LeftOut(pupil, _("There is no UPN, by which the file names a pupil."), in_short))
        else:
            rows, pupil_protections = _Rows(pupil.upn, marks), tuple(protected.get(pupil.id, ()))
            add_unless_protected(
                selection, ExportedPupil(pupil, _("Marked in the period."), _items_of(marks), rows, protections=pupil_protections), ask
            )
    return selection


def _of_stays(marks: standing.Marks, stays: Sequence[Enrolment], period: Period) -> standing.Marks | None:
    """The marks of days on which the pupil is on our register: what was planned for days after the pupil left is in the file, and not on it."""
    days = [(stay.start_date or date.min, stay.end_date or date.max) for stay in stays if stay.is_taught_here and stay.is_dated]
    if any(first <= period.since and period.until <= last for first, last in days):
        return marks
    texts = [(first.isoformat(), last.isoformat()) for first, last in days]
    return marks.of_days(lambda day: any(first <= day <= last for first, last in texts))


def _items_of(marks: standing.Marks) -> tuple[str, ...]:
    minutes, note = marks.extras()
    return (*_ITEMS[:-2], *["mark.minutes_late"] * minutes, *["mark.note"] * note)


REGISTER = Export(
    name="register",
    title=_("Attendance register"),
    recipient_key=TO_REGISTER,
    law=lambda: codelist("register_law").label_of("extract"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To keep the two registers the same, and to show the register to those whom the law allows to see it."),
    items=_ITEMS,
    covers=_(
        "Everyone with a mark in the period, whether still on roll or not; or of those asked for by name. "
        "Marks of days on which the pupil had no stay with us are not in it."
    ),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PERIOD, Option.PUPILS}),
    usual=school_year_to,
)
