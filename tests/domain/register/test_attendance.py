"""The codes of the register, what marks come to, and what may be entered when."""

import json
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.register.attendance import (
    Mark,
    Session,
    Timetable,
    Totals,
    attended,
    category_of,
    check_mark,
    check_timetable,
    only_when_begun,
    percentage,
    possible,
    started,
    totals_of,
)

_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))["attendance"]
_CODES = Path(__file__).resolve().parents[4] / "shared" / "reference" / "codes.json"
_STARTS = (time(9), time(13))
_AFTER, _BEFORE = date(2024, 8, 19), date(2024, 8, 18)


def mark(code: str, day: date = date(2026, 11, 24), session: Session = Session.AM, **items: Any) -> Mark:
    return Mark(pupil_id="p", day=day, session=session, code=code, **items)


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: "".join(example["marks"]))
def test_marks_come_to_the_worked_totals(example: dict[str, Any]) -> None:
    found = totals_of(example["marks"])
    assert [found.rows, found.possible, found.attended, found.authorised, found.unauthorised, found.rows - found.possible] == example[
        "counts"
    ]
    percentages = [found.attendance_pct, found.absence_pct, found.unauthorised_pct]
    assert percentages == example.get("of_a_hundred", [None, None, None])
    assert (found.persistent, found.severe) == (example["persistent"], example["severe"])


@given(st.lists(st.sampled_from(sorted(codelist("attendance").codes))))
def test_totals_add_up(codes: list[str]) -> None:
    found = totals_of(codes)
    assert found.rows == len(codes) >= found.possible
    assert found.possible == found.attended + found.absent == sum(map(possible, codes))
    assert found.attended == sum(map(attended, codes))
    assert not found.severe or found.persistent


@pytest.mark.parametrize(
    ("part", "whole", "right"), [(1, 16, 6.3), (1, 8, 12.5), (1, 3, 33.3), (2, 3, 66.7), (1, 2000, 0.1), (7, 7, 100.0), (0, 0, None)]
)
def test_percentages_have_one_decimal_half_up(part: int, whole: int, right: float | None) -> None:
    assert percentage(part, whole) == right


def test_persistence_is_reckoned_before_rounding() -> None:
    assert Totals(rows=10, attended=9, authorised=1).persistent
    almost = Totals(rows=2001, attended=1801, authorised=200)  # 9.995 %, which rounds to 10.0
    assert almost.absence_pct == 10.0
    assert not almost.persistent


@pytest.mark.skipif(not _CODES.exists(), reason="shared/reference does not lie beside the checkout")
def test_every_code_has_its_category() -> None:
    names = {
        "attending_school": "attending",
        "attending_elsewhere": "elsewhere",
        "authorised_absence": "authorised",
        "unauthorised_absence": "unauthorised",
        "not_possible": "not possible",
        "administrative": "administrative",
    }
    told = json.loads(_CODES.read_text("utf-8"))["attendance"]
    assert {code: names[facts["category"]] for code, facts in told.items()} == {
        code: category_of(code) for code in codelist("attendance").codes
    }


@pytest.mark.parametrize("code", ["H", "J", "F", "Y"])
def test_withdrawn_codes_are_good_for_days_before_their_end(code: str) -> None:
    assert check_mark(mark(code, _BEFORE)) == ()
    assert [problem.code for problem in check_mark(mark(code, _AFTER))] == ["retired_code"]


def test_a_sign_for_the_other_half_of_the_day_warns() -> None:
    (problem,) = check_mark(mark("\\", session=Session.AM))
    assert (problem.code, problem.stops) == ("other_session", False)
    assert check_mark(mark("/", session=Session.AM)) == ()


@pytest.mark.parametrize("code", ["C2", "D", "V", "W", "B", "K", "E", "M"])
def test_what_is_arranged_may_be_entered_ahead(code: str) -> None:
    assert not only_when_begun(code)


@pytest.mark.parametrize("code", ["/", "\\", "L", "U", "N", "O", "G", "I"])
def test_what_is_seen_may_not(code: str) -> None:
    assert only_when_begun(code)


def test_a_session_has_begun_from_its_minute_on() -> None:
    day = date(2026, 11, 24)
    assert not started(day, Session.AM, datetime(2026, 11, 24, 8, 59), _STARTS)
    assert started(day, Session.AM, datetime(2026, 11, 24, 9, 0), _STARTS)
    assert not started(day, Session.PM, datetime(2026, 11, 24, 12, 59), _STARTS)
    assert started(day, Session.PM, datetime(2026, 11, 25, 0, 0), _STARTS)


def test_a_timetable_ends_says_something_and_holds_only_what_can_be_arranged() -> None:
    good = Timetable(since=date(2026, 11, 2), until=date(2026, 12, 18), mon_am="C2", fri_pm="D")
    assert check_timetable(good) == ()
    assert good.code_for(date(2026, 11, 23), Session.AM) == "C2"
    assert good.code_for(date(2026, 11, 23), Session.PM) == ""
    assert good.code_for(date(2026, 11, 28), Session.AM) == ""
    bad = Timetable(since=date(2026, 11, 2), until=date(2026, 11, 1), tue_am="/")
    assert {problem.code for problem in check_timetable(bad)} == {"ends_before_start", "not_planned"}
    empty = Timetable(since=date(2026, 11, 2), until=date(2026, 11, 2))
    assert [problem.code for problem in check_timetable(empty)] == ["missing"]
