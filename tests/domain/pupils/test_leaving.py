"""Compulsory school age by the reference's vectors, and what the register lacks of one who leaves."""

import json
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.leaving import check_leaving, compulsory_age_ends, of_compulsory_age

_VECTORS = Path(__file__).resolve().parents[4] / "shared" / "reference" / "vectors.json"
_AGES = [
    ("2015-08-31", "2031-06-27"),
    ("2014-08-31", "2030-06-28"),
    ("2010-09-01", "2027-06-25"),
    ("2011-08-31", "2027-06-25"),
    ("2012-02-29", "2028-06-30"),
    ("2010-08-31", "2026-06-26"),
]
CHILD = date(2012, 5, 6)


@pytest.mark.parametrize(("dob", "ends"), _AGES)
def test_compulsory_age_ends_on_the_last_friday_in_june(dob: str, ends: str) -> None:
    assert compulsory_age_ends(date.fromisoformat(dob)) == date.fromisoformat(ends)


@pytest.mark.skipif(not _VECTORS.exists(), reason="shared/reference does not lie beside the checkout")
def test_our_copy_of_the_vectors_is_theirs() -> None:
    rows = json.loads(_VECTORS.read_text("utf-8"))["school_year"]
    assert [(row["dob"], row["compulsory_school_age_ends"]) for row in rows] == _AGES


def test_school_age_begins_after_the_fifth_birthday() -> None:
    assert not of_compulsory_age(date(2020, 4, 1), date(2025, 8, 30))
    assert of_compulsory_age(date(2020, 4, 1), date(2025, 8, 31))


def _codes(dob: date = CHILD, **more: object) -> list[str]:
    stay = Enrolment(**{"status": "C", "start_date": date(2026, 9, 2)} | more)  # type: ignore[arg-type]
    found = check_leaving(stay, dob)
    assert not any(problem.stops for problem in found)
    return [problem.code for problem in found]


def test_a_leaver_of_school_age_needs_a_ground_and_it_only_warns() -> None:
    gone = date(2026, 11, 20)
    assert _codes() == []
    assert _codes(end_date=gone) == ["no_deletion_ground"]
    assert _codes(end_date=gone, deletion_ground="9(1)(a)") == []
    assert _codes(end_date=gone, status="G") == []
    assert _codes(dob=date(2010, 8, 31), end_date=gone) == []


def test_a_ground_without_a_day_and_a_next_school_too_early_are_told() -> None:
    assert _codes(deletion_ground="9(1)(a)") == ["ground_without_day"]
    early = {"end_date": date(2026, 11, 20), "deletion_ground": "9(1)(a)", "next_school_start": date(2026, 11, 2)}
    assert _codes(**early) == ["starts_before_end"]
    assert _codes(**early, status="S") == []
