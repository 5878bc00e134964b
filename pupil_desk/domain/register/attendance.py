"""The attendance register: a mark for each session, and the part-time patterns that say where a pupil is expected.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208, regulations 6 and 10; domain reference 4.6, 6.1 and 6.4.

What a pupil's marks come to (domain reference 16): sessions possible, attended and missed, and what they are of a hundred.

Percentages have one decimal, half up; nothing possible gives none, not 0 and not 100.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_MARK = Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="register")
_PATTERN = dataclasses.replace(_MARK, purpose=Purpose.LEARNING, basis=Basis.PUBLIC_TASK)

CODES = "attendance"
ATTENDING, ELSEWHERE, AUTHORISED, UNAUTHORISED = "attending", "elsewhere", "authorised", "unauthorised"
NOT_POSSIBLE, ADMINISTRATIVE = "not possible", "administrative"
PRESENT_AM, PRESENT_PM, LATE, CLOSED = "/", "\\", "L", "#"
DUAL, PART_TIME, UNSETTLED, ILL = "D", "C2", "N", "I"
_LONGEST_LATE = 240  # minutes: longer than a session


class Session(StrEnum):
    """One of the two sessions of a school day."""

    AM = "AM"
    PM = "PM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the register says of one pupil in one session."""

    pupil_id: str
    day: date = item(_("Date"), Kind.DATE, facts=_MARK, required=True, heads=("mark date", "attendance date"))
    session: Session = item(_("Session"), Kind.CODE, codes="session", facts=_MARK, required=True, heads=("am/pm", "am pm"))
    code: str = item(
        _("Attendance code"), Kind.CODE, codes=CODES, facts=_MARK, required=True, dated=True, heads=("mark", "code", "attendance mark")
    )
    minutes_late: int | None = item(_("Minutes late"), Kind.NUMBER, facts=_MARK, heads=("mins late",))
    note: str | None = item(_("Note"), Kind.LINES, facts=_MARK, heads=("comment", "comments"))

    @property
    def key(self) -> tuple[str, date, Session]:
        """What it is a mark of."""
        return self.pupil_id, self.day, self.session


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A pattern of the week agreed with a parent or the other school, for a time; a session without a code is one we expect the pupil for."""

    id: str = ""
    pupil_id: str = ""
    since: date = item(_("From"), Kind.DATE, facts=_PATTERN, required=True)
    until: date = item(_("Until"), Kind.DATE, facts=_PATTERN, required=True, hint=_("A part-time timetable always has an end"))
    mon_am: str | None = item(_("Monday morning"), Kind.CODE, codes=CODES, facts=_PATTERN)
    mon_pm: str | None = item(_("Monday afternoon"), Kind.CODE, codes=CODES, facts=_PATTERN)
    tue_am: str | None = item(_("Tuesday morning"), Kind.CODE, codes=CODES, facts=_PATTERN)
    tue_pm: str | None = item(_("Tuesday afternoon"), Kind.CODE, codes=CODES, facts=_PATTERN)
    wed_am: str | None = item(_("Wednesday morning"), Kind.CODE, codes=CODES, facts=_PATTERN)
    wed_pm: str | None = item(_("Wednesday afternoon"), Kind.CODE, codes=CODES, facts=_PATTERN)
    thu_am: str | None = item(_("Thursday morning"), Kind.CODE, codes=CODES, facts=_PATTERN)
    thu_pm: str | None = item(_("Thursday afternoon"), Kind.CODE, codes=CODES, facts=_PATTERN)
    fri_am: str | None = item(_("Friday morning"), Kind.CODE, codes=CODES, facts=_PATTERN)
    fri_pm: str | None = item(_("Friday afternoon"), Kind.CODE, codes=CODES, facts=_PATTERN)
    reason: str | None = item(
        _("Why it is part-time"), Kind.CODE, codes="part_time_reason", facts=_PATTERN, hint=_("Empty where the days are at another school")
    )
    hours: int | None = item(_("Hours a week here"), Kind.NUMBER, facts=_PATTERN, hint=_("The authority asks for them"))
    agreed_with: str | None = item(_("Agreed with"), Kind.TEXT, facts=_PATTERN, hint=_("The parent, or the other school"))
    review_on: date | None = item(_("To be reviewed on"), Kind.DATE, facts=_PATTERN)
    note: str | None = item(_("Note on the timetable"), Kind.LINES, facts=_PATTERN)

    def in_force(self, day: date) -> bool:
        """Whether it governs a day."""
        return self.since <= day <= self.until

    def code_for(self, day: date, session: Session) -> str:
        """The code of a session; empty where we expect the pupil, or on a weekend."""
        if day.weekday() >= len(WEEKDAYS):
            return ""
        return getattr(self, f"{WEEKDAYS[day.weekday()]}_{session.lower()}") or ""


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
PATTERN_ITEMS = tuple(f"{day}_{half}" for day in WEEKDAYS for half in ("am", "pm"))
"""The attributes of a timetable that hold a code."""


@by_rules
def codes_of(*categories: str) -> frozenset[str]:
    """The codes of these categories, withdrawn ones too."""
    return frozenset(code.code for code in codelist(CODES).codes.values() if code.category in categories)


def attendance_groups() -> tuple[frozenset[str], ...]:
    """The codes by which sessions are counted: attended, authorised absence, unauthorised absence."""
    return codes_of(ATTENDING, ELSEWHERE), codes_of(AUTHORISED), codes_of(UNAUTHORISED)


def category_of(code: str) -> str:
    """The statistical category of a code; empty for one there is not."""
    known_code = codelist(CODES).get(code)
    return known_code.category if known_code else ""


def attended(code: str) -> bool:
    """Whether the session counts as attended."""
    return code in codes_of(ATTENDING, ELSEWHERE)


def on_site(code: str) -> bool:
    """Whether the pupil is on our site in the session: marked present or late, also where too late to count as attending."""
    known_code = codelist(CODES).get(code)
    return known_code is not None and known_code.is_on_site


def possible(code: str) -> bool:
    """Whether the session counts among those the pupil could attend."""
    return code in codes_of(ATTENDING, ELSEWHERE, AUTHORISED, UNAUTHORISED)


def only_when_begun(code: str) -> bool:
    """Present, late and absent are seen, and never known ahead; what is arranged, such as C2, D, V or B, is."""
    return code in _SEEN


_SEEN = frozenset({PRESENT_AM, PRESENT_PM, LATE, "U", UNSETTLED, "O", "G", ILL})


def started(day: date, session: Session, moment: datetime, starts: tuple[time, time]) -> bool:
    """Whether a session has begun at a moment, in the office's own time; ``starts`` are of the morning and the afternoon."""
    start = starts[0] if session == Session.AM else starts[1]
    return (day, start) <= (moment.date(), moment.time().replace(tzinfo=None))


@gathered
def check_mark(mark: Mark) -> Iterator[Problem]:
    """The rules across a mark's items."""
    code = codelist(CODES).get(mark.code)
    if code is None:
        yield Problem("code", "unknown_code", _("There is no such attendance code. Choose one from the list."))
    elif not code.valid_on(mark.day):
        message = _("The code {code} was not used on that day. Choose one from the list.").format(code=mark.code)
        yield Problem("code", "retired_code", message)
    elif mark.code == (PRESENT_PM if mark.session == Session.AM else PRESENT_AM):
        right = PRESENT_AM if mark.session == Session.AM else PRESENT_PM
        message = _("This sign is for the other half of the day; use {code}.").format(code=right)
        yield Problem.warning("code", "other_session", message)
    if mark.minutes_late is not None and mark.minutes_late > _LONGEST_LATE:
        message = _("More than {most} minutes late is more than a session.").format(most=_LONGEST_LATE)
        yield Problem.warning("minutes_late", "out_of_range", message)


def too_soon(mark: Mark) -> Problem:
    """The refusal of a mark that is seen, for a session that has not begun."""
    message = _("{code} can only be entered when the session has begun.").format(code=mark.code)
    return Problem("code", "future_date", message)


def unknown_year(day: date, column: str) -> Problem:
    """The refusal of a mark for a day after the last school year that is known; ``column`` is what the day is called where it was entered."""
    message = _("{day} lies after the last school year that Settings knows. Correct the day, or enter that year’s terms first.").format(
        day=show_date(day)
    )
    return Problem(column, "future_date", message)


@gathered
def check_timetable(timetable: Timetable) -> Iterator[Problem]:
    """The rules across a timetable's items: it ends, it says something, and only with codes that can be arranged."""
    if timetable.until < timetable.since:
        message = _("The end is before the beginning. Correct one of the two.")
        yield Problem("until", "ends_before_start", message)
    codes = {name: code for name in PATTERN_ITEMS if (code := getattr(timetable, name))}
    if not codes:
        message = _("No session has a code. Give one to each session for which we do not expect the pupil.")
        yield Problem(PATTERN_ITEMS[0], "missing", message)
    for name, code in codes.items():
        if only_when_begun(code) or category_of(code) == ADMINISTRATIVE:
            message = _("{code} is not a code that can be arranged ahead.").format(code=code)
            yield Problem(name, "not_planned", message)


PERSISTENT, SEVERE = 10, 50  # per cent of the possible sessions


@dataclass(frozen=True, slots=True)
class Totals:
    """The sessions of one pupil, counted; ``rows`` is all that are marked."""

    rows: int = 0
    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0

    @property
    def possible(self) -> int:
        """The sessions the pupil could attend."""
        return self.attended + self.authorised + self.unauthorised

    @property
    def absent(self) -> int:
        """The possible sessions that were missed."""
        return self.authorised + self.unauthorised

    @property
    def attendance_pct(self) -> float | None:
        """Attended, of a hundred possible."""
        return percentage(self.attended, self.possible)

    @property
    def absence_pct(self) -> float | None:
        """Missed, of a hundred possible."""
        return percentage(self.absent, self.possible)

    @property
    def unauthorised_pct(self) -> float | None:
        """Missed without leave, of a hundred possible."""
        return percentage(self.unauthorised, self.possible)

    @property
    def persistent(self) -> bool:
        """At least 10 % of the possible sessions missed; reckoned in whole numbers, not in rounded ones."""
        return self._missed_at_least(PERSISTENT)

    @property
    def severe(self) -> bool:
        """At least half of the possible sessions missed."""
        return self._missed_at_least(SEVERE)

    def _missed_at_least(self, share: int) -> bool:
        return self.possible > 0 and self.absent * 100 >= share * self.possible


def percentage(part: int, total: int) -> float | None:
    """A share of a hundred to one decimal, half up; None of nothing."""
    return (part * 2000 + total) // (total * 2) / 10 if total else None


def totals_of(codes: Iterable[str]) -> Totals:
    """The totals of these codes."""
    rows = attended = authorised = unauthorised = 0
    for code in codes:
        category = category_of(code)
        rows += 1
        attended += category in (ATTENDING, ELSEWHERE)
        authorised += category == AUTHORISED
        unauthorised += category == UNAUTHORISED
    return Totals(rows, attended, authorised, unauthorised)
