"""Which results go with which assessment, and which entry counts."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.valuesets import valuesets
from pupil_desk.domain.learning.assessment import (
    Assessment,
    Scale,
    check_assessment,
    current_of,
    meaning,
    scales_by_name,
    school_year_end,
    settled,
)

BORN, TODAY = date(2011, 3, 5), date(2026, 11, 24)


def entry(text: str, day: date | None = date(2022, 5, 10)) -> Assessment:
    """Stage, subject, method, component, qualifier and result, parted by /."""
    stage, subject, method, component, qualifier, result = text.split("/")
    made = Assessment(
        stage=stage, subject=subject, method=method, component=component or None, qualifier=qualifier or None, result=result, date=day
    )
    return settled(made, {})


def told(made: Assessment) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in check_assessment(made, BORN, TODAY, {})]


@pytest.mark.parametrize(
    "text",
    [
        "KS2/REA/TT/SUB/SS/80",
        "KS2/REA/TT/SUB/SS/120",
        "KS2/GPS/TT/SUB/TO/A",
        "KS2/REA/TT/SUB//NS",
        "KS2/WRI/TA/SUB/TO/GDS",
        "KS2/MAT/TA/SUB/TO/PK6",
        "KS2/SCI/TA/SUB/TO/HNM",
        "KS2/MAT/TT/MTC/MT/0",
        "KS2/MAT/TT/MTC/MT/25",
        "KS2/MAT/TT/MTC/MT/NAA",
        "KS2/MAT/TT/SUB/TS/104",
        "KS3/SCI/TA///whatever we say",
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert told(entry(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "KS2/REA/TT/SUB/SS/79",
        "KS2/REA/TT/SUB/SS/121",
        "KS2/REA/TT/SUB/SS/A",
        "KS2/GPS/TT/SUB/TO/100",
        "KS2/WRI/TA/SUB/TO/HNM",
        "KS2/MAT/TA/SUB/TO/EXS",
        "KS2/SCI/TA/SUB/TO/WTS",
        "KS2/MAT/TT/MTC/MT/26",
        "KS2/REA/TT/SUB//EXS",
        "KS2/REA/TA/SUB//101",
    ],
)
def test_a_result_outside_its_set_is_refused(text: str) -> None:
    assert told(entry(text)) == [("result", "unknown_code")]


def test_the_tables_check_is_a_test() -> None:
    assert told(entry("KS2/MAT/TA/MTC//20")) == [("method", "unknown_code")]


@pytest.mark.parametrize(
    ("component", "good", "bad"),
    [
        ("GCSE", "9", "A*"),
        ("GCSE DOUBLE", "5-4", "5-3"),
        ("GCSE WJEC", "A*", "C*"),
        ("GCSE CCEA", "C*", "9"),
        ("FS L1", "Pass", "P2"),
        ("ELC", "Entry 3", "Entry 4"),
        ("VOC", "L2D*", "D*"),
        ("UNIT", "Pass", "Merit"),
        ("ENGAGEMENT", "EM", "PK1"),
    ],
)
def test_qualifications(component: str, good: str, bad: str) -> None:
    day = date(2026, 8, 20)
    assert told(entry(f"KS4/MAT/TT/{component}//{good}", day)) == []
    assert told(entry(f"KS4/MAT/TT/{component}//{bad}", day)) == [("result", "unknown_code")]


def test_the_day_of_the_award_chooses_the_set() -> None:
    old = entry("KS4/MAT/TT/GCSE//A*", date(2017, 8, 20))
    assert check_assessment(old, date(2001, 3, 5), TODAY, {}) == ()
    goal = entry("FSP/E01/TA///3", date(2019, 6, 30))
    assert check_assessment(goal, date(2014, 3, 5), TODAY, {}) == ()
    late = check_assessment(dataclasses.replace(goal, date=date(2022, 6, 30)), date(2016, 3, 5), TODAY, {})
    assert late[0].code == "unknown_code"


def test_results_take_the_spelling_of_their_set() -> None:
    assert entry("KS2/WRI/TA/SUB/TO/gds").result == "GDS"
    assert entry("KS2/reading/TT/SUB/SS/098").result == "98"
    assert entry("KS4/MAT/TT/gcse double//5-4").component == "GCSE DOUBLE"


def test_the_year_is_when_the_school_year_ends() -> None:
    assert (school_year_end(date(2026, 8, 31)), school_year_end(date(2026, 9, 1))) == (2026, 2027)
    assert entry("KS3/REA/TA///EXS", date(2026, 9, 18)).year == 2027


def test_a_year_far_from_the_stage_warns_and_stops_nothing() -> None:
    (problem,) = check_assessment(entry("KS2/REA/TT/SUB/SS/98", date(2026, 5, 10)), BORN, TODAY, {})
    assert (problem.column, problem.code, problem.stops) == ("year", "odd_year", False)


def test_a_later_result_counts_and_a_target_stands_beside_it() -> None:
    first = dataclasses.replace(entry("KS4/MAT/TA/GCSE//3", date(2026, 9, 18)), id="first", status="E")
    late = dataclasses.replace(first, id="late", date=date(2026, 11, 6))
    target = dataclasses.replace(first, id="target", status="T")
    undated = dataclasses.replace(first, id="undated", date=None, year=2027)
    assert {e.id for e in current_of([first, late, target])} == {"late", "target"}
    assert {e.id for e in current_of([late, first, undated])} == {"late"}
    same_day = dataclasses.replace(late, id="same day")
    assert [e.id for e in current_of([late, same_day])] == ["same day"]


def test_every_rule_names_a_set_that_is_there_and_every_set_says_how_sure_it_is() -> None:
    found = valuesets("results", "allowed.toml")
    named = {name for rule in found.rules for name in (*rule.sets, *rule.by_qualifier.values())}
    assert named == set(found.sets)
    assert all(one.label and one.sure for one in found.sets.values())
    assert all(one.title and one.meaning for one in found.sets.values()), "a family is told what the scale is"
    assert {name for rule in found.rules for name in rule.wants} == {"stage", "subject", "method", "component"}


def test_a_family_is_told_what_a_result_counts_on() -> None:
    assert meaning(entry("KS2/REA/TT/SUB/SS/104"), {}) == (
        "Key Stage 2, scaled score",
        "from 80 to 120; 100 or more is the expected standard",
    )
    title, words = meaning(entry("KS4/MAT/TA/GCSE//4"), {}) or ("", "")
    assert title == "GCSE"
    assert words.startswith("9 is the highest grade")
    assert meaning(entry("KS3/REA/TA/BASELINE//13"), {}) is None
    scales = scales_by_name([Scale(name="Ladder", values=tuple(map(str, range(1, 31))))])
    assert meaning(entry("KS3/REA/TA/Ladder//13"), scales) == ("Ladder", "a scale of our own. Its steps, in our order: 1 to 30")
