"""A pupil's time at other schools: where, from when to when, why it ended, and how much of each school year was attended there."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem

_of_school = partial(item, facts=Facts(Section.LEAVING, Category.STAYS, Purpose.LEARNING, Basis.PUBLIC_TASK))
_of_year = partial(item, facts=Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LEARNING, Basis.PUBLIC_TASK))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolAttended:
    """A time at another school, as the pupil's papers or a transfer file tell it; our own stays are ``Enrolment``."""

    id: str = ""
    pupil_id: str = ""
    school: str | None = _of_school(_("School"), Kind.SCHOOL, hint=_("DfE number, such as 919/4001"))
    name: str | None = _of_school(_("Name of the school"), Kind.TEXT)
    urn: str | None = _of_school(_("URN"), Kind.TEXT, longest=20, hint=_("The unique reference number, 6 digits"))
    start_date: date | None = _of_school(_("First day there"), Kind.DATE)
    end_date: date | None = _of_school(_("Last day there"), Kind.DATE)
    leaving_reason: str | None = _of_school(_("Why it ended"), Kind.TEXT, hint=_("As the school tells it"))
    removal_grounds: str | None = _of_school(_("Ground for taking off that register"), Kind.TEXT, hint=_("As the school tells it"))
    was_last: bool | None = _of_school(_("The last school before"), Kind.YES_NO)

    @property
    def title(self) -> str:
        """Name and number, as far as there are any."""
        return f"{self.name} ({self.school})" if self.name and self.school else self.name or self.school or self.urn or "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceTotal:
    """How many sessions of one school year were attended at another school. ``year`` is as the sender counts it."""

    id: str = ""
    pupil_id: str = ""
    year: int = _of_year(_("School year"), Kind.NUMBER, required=True)
    school: str | None = _of_year(_("School"), Kind.SCHOOL, hint=_("DfE number, such as 919/4001"))
    name: str | None = _of_year(_("Name of the school"), Kind.TEXT)
    possible: int | None = _of_year(_("Sessions possible"), Kind.NUMBER)
    attended: int | None = _of_year(_("Sessions attended"), Kind.NUMBER)
    authorised: int | None = _of_year(_("Sessions of authorised absence"), Kind.NUMBER)
    unauthorised: int | None = _of_year(_("Sessions of unauthorised absence"), Kind.NUMBER)


def check_school(school: SchoolAttended) -> tuple[Problem, ...]:
    """The rules across the items of a time at another school."""
    if not (school.school or school.name or school.urn):
        return (Problem("name", "missing", _("Which school it was is missing. Enter its name or its number.")),)
    if school.start_date and school.end_date and school.end_date < school.start_date:
        return (Problem("end_date", "ends_before_start", _("The last day there is before the first. Check the two days.")),)
    return ()


def check_total(total: AttendanceTotal) -> tuple[Problem, ...]:
    """The rules across the items of a year's attendance elsewhere."""
    told = [number for number in (total.attended, total.authorised, total.unauthorised) if number is not None]
    if not told and total.possible is None:
        return (Problem("possible", "missing", _("How many sessions it was is missing. Enter at least one number.")),)
    if total.possible is not None and sum(told) > total.possible:
        message = _("More sessions are told as attended or missed than were possible. Check the numbers.")
        return (Problem.warning("possible", "odd_total", message),)
    return ()
