"""Other schools that the pupil attended, and the attendance there by school year."""

from collections.abc import Callable, Sequence
from datetime import date

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended, check_school, check_total
from pupil_desk.services.pupils import schooling
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class SchoolsPart(SeveralPart[SchoolAttended]):
    """Times at other schools, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(SchoolAttended, today=desk.today, check=check_school, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _SCHOOLS, form, lambda school: school.id)


class TotalsPart(SeveralPart[AttendanceTotal]):
    """Attendance at other schools by school year, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(AttendanceTotal, today=desk.today, check=check_total, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _TOTALS, form, lambda total: total.id)


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _number(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _school_columns(part: SeveralPart[SchoolAttended]) -> Sequence[Column[SchoolAttended]]:
    return (
        Column("school", _("School"), lambda school: school.title, stretch=True),
        Column("start_date", _("From"), lambda school: _day(school.start_date), longest="24 Nov 2026"),
        Column("end_date", _("Until"), lambda school: _day(school.end_date), longest="24 Nov 2026"),
    )


def _total_columns(part: SeveralPart[AttendanceTotal]) -> Sequence[Column[AttendanceTotal]]:
    return (
        Column("year", _("School year"), lambda total: str(total.year)),
        Column("school", _("School"), lambda total: total.name or total.school or "", stretch=True),
        Column("attended", _("Attended"), lambda total: _number(total.attended), align="right"),
        Column("possible", _("Possible"), lambda total: _number(total.possible), align="right"),
    )


_SCHOOLS = PartDefinition[SchoolAttended](
    name=_("Other schools"),
    add_words=_("&Add a school"),
    new_title=_("Another school"),
    empty_words=_("No other school is on file"),
    sign="chalkboard-teacher",
    columns=_school_columns,
    rows_of=lambda record, desk: schooling.schools_of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda school: school.title,
    new_keys=lambda _record, _desk: {},
    add=schooling.add_school,
    save=schooling.save_school,
    spare={"end_date": 520},
)
_TOTALS = PartDefinition[AttendanceTotal](
    name=_("Attendance at other schools"),
    add_words=_("&Add a school year"),
    new_title=_("Another school year"),
    empty_words=_("No attendance at another school is on file"),
    sign="calendar-check",
    columns=_total_columns,
    rows_of=lambda record, desk: schooling.totals_of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda total: str(total.year),
    new_keys=lambda _record, _desk: {},
    add=schooling.add_total,
    save=schooling.save_total,
    spare={"possible": 520},
)
