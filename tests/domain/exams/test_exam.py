"""Exams: what an entry may say, papers of one session found and none invented, and arrangements that do not hold on the day."""

import itertools
import random
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.domain.exams.exam import (
    WITHDRAWN,
    ExamArrangement,
    ExamEntry,
    ResultsCollector,
    check_arrangement,
    check_collector,
    check_entry,
    clashes,
    not_approved,
)

DAY = date(2027, 5, 13)


def entry(**items: Any) -> ExamEntry:
    first = {"series": "summer", "year": 2027, "board": "aqa", "qualification": "GCSE Maths", "entry_code": "8300F", "status": "entered"}
    return ExamEntry(**(first | items))


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({}, []),
        ({"year": 27}, ["out_of_range"]),
        ({"starts": "nine"}, ["bad_time"]),
        ({"starts": "9.00", "minutes": 90, "day": DAY, "session": "AM"}, []),
        ({"minutes": 0}, ["out_of_range"]),
        ({"day": DAY}, ["half_a_day"]),
        ({"session": "AM"}, ["half_a_day"]),
        ({"centre": "1234"}, ["bad_form"]),
        ({"candidate_number": "42"}, ["bad_form"]),
        ({"centre": "99999", "candidate_number": "0042", "uci": "999990140001X"}, []),
        ({"uci": "99999B140001X"}, []),
        ({"uci": "99999B140001x"}, ["bad_form"]),
        ({"uci": "9999901400011"}, ["bad_form"]),
        ({"tier": "H"}, ["other_tier"]),
        ({"tier": "F", "entry_code": "1MA1", "component": "1MA1/2H"}, ["other_tier"]),
        ({"tier": "F", "component": "8300/1F"}, []),
        ({"tier": "H", "entry_code": "J560", "component": "J560/06"}, []),
        ({"entry_code": "8300H"}, []),
    ],
)
def test_what_is_wrong_with_an_entry(items: dict[str, Any], codes: list[str]) -> None:
    assert [problem.code for problem in check_entry(entry(**items))] == codes


def test_every_clash_is_found_and_none_invented() -> None:
    chance = random.Random(7)
    for _trial in range(200):
        entries = [
            entry(
                id=str(number),
                day=chance.choice((None, DAY, DAY + timedelta(1))),
                session=chance.choice((None, "AM", "PM")),
                status=chance.choice(("entered", WITHDRAWN)),
            )
            for number in range(chance.randrange(7))
        ]
        pairs = {
            frozenset((one.id, other.id))
            for one, other in itertools.combinations(entries, 2)
            if one.day and one.session and (one.day, one.session) == (other.day, other.session)
            if WITHDRAWN not in (one.status, other.status)
        }
        told = {frozenset(pair) for rows in clashes(entries).values() for pair in itertools.combinations([row.id for row in rows], 2)}
        assert told == pairs


def test_an_arrangement_must_hold_on_each_day() -> None:
    entries = [entry(day=DAY, session="AM"), entry(day=DAY + timedelta(30), session="AM"), entry(day=DAY - timedelta(90), status=WITHDRAWN)]
    rows = [
        ExamArrangement(id="open", kind="reader"),
        ExamArrangement(id="whole", kind="reader", approved_from=DAY - timedelta(1)),
        ExamArrangement(id="short", kind="reader", approved_from=DAY, approved_until=DAY),
        ExamArrangement(id="late", kind="reader", approved_from=DAY + timedelta(1)),
    ]
    assert not_approved(entries, rows) == {"open": DAY, "short": DAY + timedelta(30), "late": DAY}
    assert not_approved([], rows) == {}
    assert [problem.code for problem in check_arrangement(ExamArrangement(kind="reader", approved_until=DAY))] == ["missing"]
    odd = ExamArrangement(kind="reader", approved_from=DAY, approved_until=DAY - timedelta(1))
    assert [problem.code for problem in check_arrangement(odd)] == ["ends_before_start"]


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({}, []),
        ({"collector": "Ada Ash"}, ["missing"]),
        ({"handed_on": DAY}, ["half_handed"]),
        ({"handed_on": DAY, "handed_to": "una ash"}, []),
        ({"collector": "Ada Ash", "named_on": DAY, "handed_on": DAY, "handed_to": "Ada Ash"}, []),
        ({"handed_on": DAY, "handed_to": "Ada Ash"}, ["not_allowed"]),
    ],
)
def test_results_go_to_the_pupil_or_to_whom_the_pupil_named(items: dict[str, Any], codes: list[str]) -> None:
    row = ResultsCollector(series="summer", year=2027, **items)
    assert [problem.code for problem in check_collector(row, ("Una Ash",), DAY)] == codes
