"""The rules across learning and destinations: they warn, and never refuse."""

from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.learning.destination import Destination
from pupil_desk.domain.learning.learning import Learning
from pupil_desk.domain.learning.next_steps import check_destination, check_learning


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
