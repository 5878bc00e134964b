"""The rules across learning and destinations: they warn, and never refuse.

The September Guarantee: who should have a suitable offer, by when, and what counts as one.
"""

from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.learning.next_steps import Destination, Learning, check_destination, check_learning, has_suitable_offer, offer_due_by


def test_learning_that_ended_before_it_began_is_kept_with_a_warning() -> None:
    one = Learning(kind="course", title="Food hygiene", start=date(2026, 9, 2), end=date(2026, 7, 10))
    (problem,) = check_learning(one)
    assert (problem.column, problem.stops) == ("end", False)


def test_a_day_of_a_result_without_a_result_is_told() -> None:
    assert [p.code for p in check_learning(Learning(kind="course", title="Maths", result_date=date(2026, 8, 20)))] == ["no_result"]


def test_what_is_said_to_be_so_wants_the_day_it_was_confirmed() -> None:
    assert [p.code for p in check_destination(Destination(kind="actual", activity="230"))] == ["not_confirmed"]
    assert check_destination(Destination(kind="actual", activity="230", confirmed_on=date(2026, 10, 1))) == ()
    assert check_destination(Destination(kind="intended", activity="230")) == ()


def test_every_activity_is_in_a_group_and_a_traineeship_is_retired() -> None:
    activities = codelist("activity")
    assert len(activities.codes) == 47
    assert all(code.category for code in activities.codes.values())
    assert not activities.codes["450"].valid_on(date(2026, 11, 24))
    assert activities.match("seeking") is activities.codes["619"]


def test_the_fifteen_grounds_are_found_by_their_letter() -> None:
    grounds = codelist("deletion_ground")
    assert len(grounds.codes) == 15
    assert grounds.match("c") is grounds.match("(C)") is grounds.codes["9(1)(c)"]


BY = date(2027, 9, 30)


@pytest.mark.parametrize(
    ("year_group", "day", "by"),
    [
        ("11", date(2026, 11, 24), BY),
        ("12", date(2027, 3, 1), BY),
        ("11", date(2027, 8, 31), BY),
        ("11", date(2026, 10, 1), BY),
        ("11", date(2026, 9, 1), BY),
        ("12", date(2027, 9, 1), BY),
        ("13", date(2027, 9, 30), BY),
        ("13", date(2027, 8, 31), None),
        ("10", date(2026, 11, 24), None),
        ("13", date(2026, 11, 24), None),
        (None, date(2027, 9, 1), None),
        ("X", date(2027, 3, 1), None),
    ],
)
def test_by_when(year_group: str | None, day: date, by: date | None) -> None:
    assert offer_due_by(year_group, day) == by


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (Destination(kind="offer", activity="230"), True),
        (Destination(kind="actual", activity="310", start=date(2026, 9, 1)), True),
        (Destination(kind="intended", activity="230"), False),
        (Destination(kind="six-months", activity="230"), False),
        (Destination(kind="offer", activity="330"), False),
        (Destination(kind="offer", activity="250"), False),
        (Destination(kind="offer", activity="619"), False),
        (Destination(kind="offer", activity="999"), False),
        (Destination(kind="offer", activity="450"), False),  # ended in 2023
        (Destination(kind="offer", activity="230", start=date(2026, 9, 7)), False),  # for the year before
        (Destination(kind="offer", activity="230", start=date(2027, 9, 6), confirmed_on=BY), True),
        (Destination(kind="offer", activity="230", start=date(2027, 10, 11), confirmed_on=date(2027, 10, 1)), False),
    ],
)
def test_what_counts(one: Destination, counts: bool) -> None:
    assert has_suitable_offer([Destination(kind="intended", activity="310"), one], BY) is counts
