"""The threshold of a penalty notice: sessions without leave within school weeks together, over holidays, terms and years."""

import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.register.penalty import Missed, penalty_rule, school_weeks, threshold_met
from pupil_desk.domain.unit.settings import Term

_WEEK = timedelta(days=7)
_MONDAY = date(2026, 9, 7)
_TERMS = (Term(start=date(2026, 9, 3), end=date(2026, 10, 23)), Term(start=date(2026, 11, 2), end=date(2026, 12, 18)))
_AUTUMN = SchoolCalendar(_TERMS)


def _marks(*days: date, codes: Iterable[str] = ("O", "O")) -> dict[date, list[str]]:
    return {day: [*codes] for day in days}


def test_the_rule_is_ten_sessions_in_ten_school_weeks() -> None:
    rule = penalty_rule()
    assert (rule.sessions, rule.weeks, rule.codes) == (10, 10, {"G", "N", "O", "U"})


def test_a_week_of_holiday_is_passed_over_and_the_week_of_today_counts_so_far() -> None:
    weeks = school_weeks(_AUTUMN, date(2026, 11, 10), 3)
    assert [(week[0], week[-1]) for week in weeks] == [
        (date(2026, 10, 19), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 11, 6)),
        (date(2026, 11, 9), date(2026, 11, 10)),
    ]


def test_one_school_day_makes_a_school_week_and_a_closure_of_all_of_it_makes_none() -> None:
    closed = {date(2026, 9, 14) + timedelta(days=number): "Flood" for number in range(5)}
    weeks = school_weeks(SchoolCalendar(_TERMS, closed), date(2026, 9, 21), 10)
    assert [week[0] for week in weeks] == [date(2026, 9, 3), date(2026, 9, 7), date(2026, 9, 21)]
    assert school_weeks(SchoolCalendar(confirmed=False), date(2026, 9, 21), 10) == []


def test_ten_are_met_and_nine_are_not() -> None:
    weeks = school_weeks(_AUTUMN, date(2026, 9, 30), 10)
    five = [_MONDAY + timedelta(days=number) for number in range(5)]
    assert threshold_met(_marks(*five), weeks) == Missed(10, five[0], five[-1])
    assert threshold_met(_marks(*five[:4]) | _marks(five[4], codes=("O", "/")), weeks) is None


@pytest.mark.parametrize(
    ("code", "counts"), [("G", True), ("N", True), ("U", True), ("I", False), ("C", False), ("E", False), ("D", False)]
)
def test_what_counts_is_what_was_missed_without_leave(code: str, counts: bool) -> None:
    weeks = school_weeks(_AUTUMN, date(2026, 9, 30), 10)
    days = [_MONDAY + timedelta(days=number) for number in range(5)]
    assert (threshold_met(_marks(*days, codes=("O", code)), weeks) is not None) is counts


def test_weeks_of_two_terms_count_together_and_an_eleventh_week_does_not() -> None:
    """From 7 September the half-term passed over, the tenth school week is that of 16 November."""
    first, tenth, eleventh = _MONDAY, date(2026, 11, 16), date(2026, 11, 23)
    four = [first + timedelta(days=number) for number in range(4)]
    for last, is_met in ((tenth, True), (eleventh, False)):
        weeks = school_weeks(_AUTUMN, last + timedelta(days=4), penalty_rule().weeks)
        assert (threshold_met(_marks(*four, last), weeks) is not None) is is_met


def test_the_newest_of_several_stretches_is_told() -> None:
    weeks = school_weeks(_AUTUMN, date(2026, 12, 18), 15)
    early = [date(2026, 9, 3), date(2026, 9, 4), *(_MONDAY + timedelta(days=number) for number in range(3))]
    assert threshold_met(_marks(*early), weeks) == Missed(10, early[0], early[-1])
    late = [date(2026, 12, 7) + timedelta(days=number) for number in range(5)]
    assert threshold_met(_marks(*early, *late), weeks) == Missed(10, late[0], late[-1])


def _by_every_window(marks: dict[date, list[str]], open_days: set[date]) -> Missed | None:
    """The same, told apart: the weeks are made of the open days, and every window of ten of them is tried from the earliest on."""
    mondays = sorted({day - timedelta(days=day.weekday()) for day in open_days})
    sessions = sorted(day for day, codes in marks.items() if day in open_days for code in codes if code in "GNOU")
    met = None
    for first in mondays[: max(1, len(mondays) - 9)]:
        window = [monday for monday in mondays if monday >= first][:10]
        within = [day for day in sessions if any(monday <= day < monday + _WEEK for monday in window)]
        if len(within) >= 10:
            met = Missed(len(within), within[0], within[-1])
    return met


def test_a_thousand_random_registers_come_to_what_every_window_says() -> None:
    pick, met = random.Random(19), 0
    for number in range(1000):
        start = date(2026, 8, 24) + timedelta(days=pick.randrange(30))
        terms, day = [], start
        for _term in range(pick.randrange(1, 5)):
            end = day + timedelta(days=pick.randrange(60))
            terms.append(Term(start=day, end=end))
            day = end + timedelta(days=pick.randrange(1, 25))
        days = [start + timedelta(days=number) for number in range((day - start).days)]
        closed = {day: "Closed" for day in days if pick.random() < 0.1}
        calendar = SchoolCalendar(tuple(terms), closed)
        share = pick.choice((0.02, 0.06, 0.1, 0.2))
        marks = {day: [pick.choice("GNOU") if pick.random() < share else pick.choice("/ICD") for _half in range(2)] for day in days}
        open_days = {
            day for day in days if day.weekday() < 5 and day not in closed and any(term.start <= day <= term.end for term in terms)
        }
        found = threshold_met(marks, school_weeks(calendar, days[-1] if days else start, len(days)))
        assert found == _by_every_window(marks, open_days), f"register {number}"
        met += found is not None
    assert 200 < met < 800
