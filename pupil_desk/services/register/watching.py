"""What the register asks someone to look at: what is not marked or not settled, and absences that the law has something to say of.

SI 2024/208, regulation 13: a return to the authority of pupils absent without leave for ten school days together, and of those ill for
fifteen school days, together or in all. Code N is settled within five school days, else it becomes O (domain reference 4.6).
When a penalty notice is to be considered is in ``penalty`` of the domain.

Dual registration (domain reference 6.4): a session belongs to one of the two schools, and the other's register says D.

What the other school marked is not in our file; what was agreed with it is, as the pupil's timetable. Where the mark here goes
against that, either both registers say D for the session or neither does.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.absence_steps import AbsenceStep, improvement_ended, still_to_consider
from pupil_desk.domain.register.attendance import DUAL, ILL, Session, Timetable, Totals, possible
from pupil_desk.domain.register.authority_returns import limits, longest_run
from pupil_desk.domain.register.calendar import SchoolCalendar, school_year
from pupil_desk.domain.register.penalty import Missed, penalty_rule, school_weeks
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import without_leave
from pupil_desk.services.register.looking import expected_code
from pupil_desk.services.register.marking import begun_sessions
from pupil_desk.services.register.totals import totals_of_codes
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar, school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import register
from pupil_desk.store.tables import register_watch as store
from pupil_desk.store.tables.absence_steps import noticed_until
from pupil_desk.store.tables.attendance_counts import by_code, count_sessions
from pupil_desk.store.tables.enrolments import is_held, roll_days

_DUAL_STATUSES = frozenset({"M", "S"})
_NEVER = "9999-12-31"


def dual_errors(rows: Iterable[Any], stays: Iterable[Any], patterns: dict[str, list[Timetable]]) -> dict[str, str]:
    """Per pupil the first session at odds, in words. ``rows`` are what stands, by pupil and day; ``stays`` as ``on_register`` gives them."""
    dual: dict[str, list[tuple[str, str]]] = {}
    for stay in stays:
        if stay["status"] in _DUAL_STATUSES:
            dual.setdefault(stay["id"], []).append((stay["start_date"] or "", stay["end_date"] or _NEVER))
    errors = {}
    for pupil_id, marks in groupby(rows, key=lambda row: str(row["pupil_id"])):
        sentences = (_at_odds(row, dual.get(pupil_id, []), patterns.get(pupil_id, [])) for row in marks)
        if words := next(filter(None, sentences), ""):
            errors[pupil_id] = words
    return errors


def _at_odds(row: Any, dual: list[tuple[str, str]], patterns: list[Timetable]) -> str:
    code, is_dual = row["code"], any(start <= row["day"] <= end for start, end in dual)
    if code != DUAL and not is_dual:
        return ""
    day, session = date.fromisoformat(row["day"]), Session(row["session"])
    half = _("morning") if session is Session.AM else _("afternoon")
    if not is_dual:
        return _("{day}, {half}: D, but the stay names no other school").format(day=short_date(day), half=half)
    if not any(pattern.in_force(day) for pattern in patterns):
        return ""
    expected = expected_code(patterns, day, session)
    if expected == DUAL and code != DUAL and possible(code):
        words = _("{day}, {half}: {code} here, but agreed for the other school. Its register must not say the same.")
    elif expected != DUAL and code == DUAL:
        words = _("{day}, {half}: D, but agreed for us. The other school’s register says D too.")
    else:
        return ""
    return words.format(day=short_date(day), half=half, code=code)


_LOOKED_BACK = 10  # school days in which an unmarked session is looked for
_SETTLED_WITHIN = 5  # school days
_RUNS_WITHIN = 20  # school days in which a run of absence is looked for
_TWO = 2  # sessions a day


@dataclass(frozen=True, slots=True)
class WatchLine:
    """One pupil of a list, and why, in words. ``day`` is the day to look at, where it is of one, ``session`` the half of it, where it is of one.

    ``due`` is the day by which it was to be done; ``missing`` is the number of marks that are missing.
    """

    pupil_id: str
    name: str
    words: str
    day: date | None = None
    session: Session | None = None
    due: date | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Watch:
    """The lists, each by name, but for ``unsettled``, which is by day. Who has no mark of today and none of a day before is in ``unmarked`` twice."""

    unmarked: tuple[WatchLine, ...] = ()
    unsettled: tuple[WatchLine, ...] = ()
    ten_days: tuple[WatchLine, ...] = ()
    fifteen_days: tuple[WatchLine, ...] = ()
    penalty: tuple[WatchLine, ...] = ()
    persistent: tuple[WatchLine, ...] = ()
    severe: tuple[WatchLine, ...] = ()
    dual: tuple[WatchLine, ...] = ()


def watch(desk: Desk) -> Watch:
    """The lists as on the desk's day; of the school year so far, but for sessions unmarked, absence on end and penalty notices, which look back
    some weeks; sessions not settled are looked for so far back too, where the school year has hardly begun."""
    desk.require(Action.READ_RECORD)
    calendar, law, today = school_calendar(desk.vault), law_calendar(desk.vault), desk.today
    first, start = store.any_mark(desk.vault, date.min, today), date(school_year(today), 8, 1)
    if first is None:
        return Watch()
    codes_by_pupil = by_code(desk.vault, start, today)
    absence = {pupil_id: totals_of_codes(codes) for pupil_id, codes in codes_by_pupil.items()}
    severe = {pupil_id for pupil_id, totals in absence.items() if totals.severe}
    persistent = {pupil_id for pupil_id, totals in absence.items() if totals.persistent} - severe
    days = _last_days(calendar, today, _RUNS_WITHIN)
    lately = store.standing_codes(desk.vault, days)
    return Watch(
        unmarked=_unmarked(desk, calendar, first),
        unsettled=tuple(_unsettled(desk, law, min([start, *days[:1]]))),
        ten_days=_ten_days(desk, days, lately) if law.confirmed else (),
        fifteen_days=_fifteen_days(desk, codes_by_pupil),
        penalty=_penalty(desk, law),
        persistent=_absent(desk, {pupil_id: absence[pupil_id] for pupil_id in persistent}),
        severe=_absent(desk, {pupil_id: absence[pupil_id] for pupil_id in severe}),
        dual=_dual(desk, days, lately),
    )


def _line(row: Any, words: str, day: date | None = None, session: Session | None = None) -> WatchLine:
    return WatchLine(row["id"], f"{row['surname']}, {row['preferred_forename'] or row['forename']}", words, day, session)


def _lines(desk: Desk, words: dict[str, str]) -> tuple[WatchLine, ...]:
    return tuple(_line(row, words[pupil_id]) for pupil_id, row in store.names(desk.vault, words.keys()).items())


def _last_days(calendar: SchoolCalendar, today: date, number: int) -> list[date]:
    """The last school days up to today, in order."""
    return calendar.school_days(today - timedelta(days=number * 3 + 21), today)[-number:]


def _unmarked(desk: Desk, calendar: SchoolCalendar, first: str) -> tuple[WatchLine, ...]:
    """From the ``first`` day on that anybody was marked, so that a unit that begins with the program is not shown its past."""
    days = _last_days(calendar, desk.today, _LOOKED_BACK)
    has_begun = begun_sessions(desk)
    halves = [(day, str(session)) for day in days for session in Session if day.isoformat() >= first and has_begun(day, session)]
    before, today = ([half for half in halves if (half[0] < desk.today) is earlier] for earlier in (True, False))
    return tuple(_unmarked_line(row) for part in (before, today) for row in store.unmarked(desk.vault, part))


def _unmarked_line(row: Any) -> WatchLine:
    """A session is to be marked on its day."""
    first = date.fromisoformat(row["first"])
    words = _("{sessions} not marked, the first on {day}").format(
        sessions=count_of(row["number"], _("session"), _("sessions")), day=short_date(first)
    )
    return dataclasses.replace(_line(row, words, first), due=first, missing=row["number"])


def _unsettled(desk: Desk, calendar: SchoolCalendar, start: date) -> Iterator[WatchLine]:
    school_days_since: dict[date, list[date]] = {}  # many have the same day
    for row in store.unsettled(desk.vault, start, desk.today):
        day = date.fromisoformat(row["day"])
        if day not in school_days_since:
            school_days_since[day] = calendar.school_days(day + timedelta(days=1), desk.today)
        passed = len(school_days_since[day])
        if passed >= _SETTLED_WITHIN:
            session = Session(row["session"])
            half = _("morning") if session is Session.AM else _("afternoon")
            words = _("No reason yet for {day}, {half}: {passed} ago. Find the reason, or change it to O.").format(
                day=short_date(day), half=half, passed=count_of(passed, _("school day"), _("school days"))
            )
            yield dataclasses.replace(_line(row, words, day, session), due=school_days_since[day][_SETTLED_WITHIN - 1])


def _dual(desk: Desk, days: list[date], lately: Sequence[Any]) -> tuple[WatchLine, ...]:
    if not days:
        return ()
    stays = register.on_register(desk.vault, days[0], days[-1])
    return _lines(desk, dual_errors(lately, stays, register.timetables(desk.vault)))


def _ten_days(desk: Desk, days: list[date], lately: Sequence[Any]) -> tuple[WatchLine, ...]:
    words, first_days, stays = {}, {}, roll_days(desk.vault)
    for pupil_id, rows in groupby(lately, key=lambda row: str(row["pupil_id"])):
        by_day = {
            day: [row["code"] for row in marks]
            for day, marks in groupby(rows, key=lambda row: str(row["day"]))
            if is_held(stays.get(pupil_id, ()), day)
        }
        run = longest_run(by_day, days)
        if len(run) >= limits()["unauthorised_days"].value:
            words[pupil_id] = _("{days} without leave, {first} to {last}").format(
                days=count_of(len(run), _("school day"), _("school days")), first=short_date(run[0]), last=short_date(run[-1])
            )
            first_days[pupil_id] = run[0]
    return tuple(dataclasses.replace(line, day=first_days[line.pupil_id]) for line in _lines(desk, words))


def _fifteen_days(desk: Desk, codes_by_pupil: Mapping[str, Mapping[str, int]]) -> tuple[WatchLine, ...]:
    return _lines(
        desk,
        {
            pupil_id: _("{days} of illness this school year").format(days=_days(number))
            for pupil_id, codes in codes_by_pupil.items()
            if (number := codes.get(ILL, 0)) >= limits()["sickness_days"].value * _TWO
        },
    )


def _penalty(desk: Desk, calendar: SchoolCalendar) -> tuple[WatchLine, ...]:
    """Of the school weeks that are looked back on. All are counted, and the marks read only of those who may have missed so many; and of those
    who are still here and whose improvement period is over, until something is recorded after it."""
    rule = penalty_rule()
    weeks = school_weeks(calendar, desk.today, rule.looked_back)
    if not weeks or desk.settings.kind in rule.outside:
        return ()
    counts_by_pupil = count_sessions(desk.vault, weeks[0][0], weeks[-1][-1], (rule.codes,))
    ids = {pupil_id for pupil_id, numbers in counts_by_pupil.items() if numbers.groups[0] >= rule.sessions}
    ended_ids = without_leave.may_be_missed(desk, noticed_until(desk.vault, desk.today), desk.today)
    if not ids and not ended_ids:
        return ()
    steps = several.by_pupil(desk.vault, AbsenceStep, ids | ended_ids)
    codes_by_pupil = without_leave.by_pupil(desk, weeks, ids | ended_ids)
    words, days = dict[str, str](), dict[str, date]()
    for pupil_id in ids:
        if (missed := still_to_consider(codes_by_pupil.get(pupil_id, {}), weeks, steps[pupil_id])) is not None:
            words[pupil_id], days[pupil_id] = _missed_words(missed), missed.first
    for pupil_id in ended_ids:
        if (notice := improvement_ended(steps[pupil_id], desk.today)) is not None and notice.until is not None:
            words[pupil_id], days[pupil_id] = _ended_words(notice, notice.until, codes_by_pupil.get(pupil_id, {})), notice.until
    return tuple(dataclasses.replace(line, day=days[line.pupil_id]) for line in _lines(desk, words))


def _missed_words(missed: Missed) -> str:
    return _("{sessions} without leave in {weeks}, {first} to {last}").format(
        sessions=count_of(missed.sessions, _("session"), _("sessions")),
        weeks=count_of(penalty_rule().weeks, _("school week"), _("school weeks")),
        first=short_date(missed.first),
        last=short_date(missed.last),
    )


def _ended_words(notice: AbsenceStep, until: date, codes_by_day: without_leave.CodesByDay) -> str:
    missed = sum(len(codes) for day, codes in codes_by_day.items() if notice.on < day <= until)
    words = _("the improvement period ended on {day}, with {sessions} without leave in it: decide")
    return words.format(day=short_date(until), sessions=count_of(missed, _("session"), _("sessions")))


def _days(sessions: int) -> str:
    full_days, half = divmod(sessions, _TWO)
    return _("{whole}½ school days").format(whole=full_days) if half else count_of(full_days, _("school day"), _("school days"))


def _absent(desk: Desk, totals_by_pupil: dict[str, Totals]) -> tuple[WatchLine, ...]:
    return _lines(
        desk,
        {
            pupil_id: _("{percent} % absence: {absent} of {possible} sessions").format(
                percent=totals.absence_pct, absent=totals.absent, possible=totals.possible
            )
            for pupil_id, totals in totals_by_pupil.items()
        },
    )
