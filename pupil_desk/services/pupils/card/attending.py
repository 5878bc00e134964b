"""Today's mark of one pupil, and the attendance of the term: week by week, and in a sentence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.register.attendance import (
    CODES,
    PRESENT_AM,
    PRESENT_PM,
    UNAUTHORISED,
    Session,
    Totals,
    attended,
    category_of,
    totals_of,
)
from pupil_desk.domain.register.calendar import SchoolCalendar, law_term
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.card.facts import CardFact, FactTone
from pupil_desk.services.register.looking import expected_code, why_closed
from pupil_desk.services.register.marking import begun_sessions
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import register

_SESSIONS = {Session.AM: _("Morning"), Session.PM: _("Afternoon")}


@dataclass(frozen=True, slots=True)
class WeekAttendance:
    """What the sessions of one week come to; ``monday`` is its first day."""

    monday: date
    totals: Totals


@dataclass(frozen=True, slots=True)
class CardAttendance:
    """Today session by session, the term in a sentence, and its weeks in order."""

    today: Sequence[CardFact]
    term: CardFact | None
    weeks: Sequence[WeekAttendance]


def attendance_of(desk: Desk, pupil_id: str, stays: Sequence[Enrolment]) -> CardAttendance:
    """The attendance of one pupil. Whoever asks has asked the role."""
    calendar, today = school_calendar(desk.vault), desk.today
    first, last = _term(calendar, today)
    rows = register.of_pupil(desk.vault, pupil_id, first, today)
    marks = {Session(row["session"]): row for row in rows if row["day"] == today.isoformat()}
    past = [
        row
        for row in rows
        if row["code"] and not row["planned"] and row["day"] <= last.isoformat() and on_roll(stays, date.fromisoformat(row["day"]))
    ]
    return CardAttendance(
        tuple(_today(desk, pupil_id, stays, calendar, marks)),
        _term_fact(totals_of(row["code"] for row in past), is_over=last < today) if past else None,
        tuple(_weeks(past)),
    )


def _term(calendar: SchoolCalendar, today: date) -> tuple[date, date]:
    """The first and the last day of the term of the day, or of the one that was last: both its halves. The day alone where no term has begun."""
    begun = [term for term in calendar.terms if term.start <= today]
    if not begun:
        return today, today
    last_begun = law_term(max(term.start for term in begun))
    halves = [term for term in calendar.terms if law_term(term.start) == last_begun]
    return min(half.start for half in halves), max(half.end for half in halves)


def _weeks(rows: Sequence[Row]) -> Iterator[WeekAttendance]:
    codes: defaultdict[date, list[str]] = defaultdict(list)
    for row in rows:
        day = date.fromisoformat(row["day"])
        codes[day - timedelta(days=day.weekday())].append(row["code"])
    for monday in sorted(codes):
        yield WeekAttendance(monday, totals_of(codes[monday]))


def _term_fact(totals: Totals, *, is_over: bool) -> CardFact:
    words = _("Nothing counts yet this term")
    if totals.attendance_pct is not None:
        start = _("Last term {percentage} %") if is_over else _("{percentage} %")
        missed = _("no session missed")
        if totals.absent:
            missed = _("{sessions} missed").format(sessions=count_of(totals.absent, _("session"), _("sessions")))
        if totals.unauthorised:
            missed = _("{missed}, {number} without leave").format(missed=missed, number=totals.unauthorised)
        words = f"{start.format(percentage=f'{totals.attendance_pct:g}')}: {missed}"
    if totals.severe:
        words = _("Severe absence. {words}").format(words=words)
    elif totals.persistent:
        words = _("Persistent absence. {words}").format(words=words)
    return CardFact(words=words, page="register", tone="bad" if totals.severe else "check" if totals.persistent else "accent")


def _today(
    desk: Desk, pupil_id: str, stays: Sequence[Enrolment], calendar: SchoolCalendar, marks: dict[Session, Row]
) -> Iterator[CardFact]:
    today = desk.today
    if not any(stay.is_taught_here and stay.spans(today, today) for stay in stays):
        return
    if not calendar.is_open(today) and not marks:
        yield CardFact(words=_("Closed today: {reason}").format(reason=begun_small(why_closed(calendar, today))), page="register")
        return
    has_begun, patterns = begun_sessions(desk), register.timetables_of(desk.vault, pupil_id)
    for session, name in _SESSIONS.items():
        if session is Session.PM and session not in marks and not has_begun(today, session):
            return  # an afternoon still to come says nothing
        words, tone = _session(marks.get(session), expected_code(patterns, today, session), has_begun=has_begun(today, session))
        place = f"@{today.isoformat()}@{session}"
        yield CardFact(words=_("{session}: {mark}").format(session=name, mark=words), page="register", part=place, tone=tone)


def _session(mark: Row | None, expected: str, *, has_begun: bool) -> tuple[str, FactTone]:
    if mark is not None and mark["code"]:
        code = mark["code"]
        label = _("present") if code in (PRESENT_AM, PRESENT_PM) else begun_small(codelist(CODES).label_of(code))
        if mark["minutes_late"]:
            label = _("{label}, {minutes}").format(label=label, minutes=count_of(mark["minutes_late"], _("minute"), _("minutes")))
        return label, "bad" if category_of(code) == UNAUTHORISED else "accent" if attended(code) else "check"
    if expected:
        return _("expected: {mark}").format(mark=begun_small(codelist(CODES).label_of(expected))), "accent"
    return (_("not marked yet"), "check") if has_begun else (_("still to come"), "accent")
