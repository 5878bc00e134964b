"""The enrolment columns: what they make of a new pupil's stay, and of the stays on file."""

from datetime import date
from typing import Any

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.imports.stays import first_stay, stay_of_row

SPRING, SUMMER, AUTUMN, WINTER = date(2026, 1, 5), date(2026, 6, 26), date(2026, 9, 2), date(2026, 11, 13)


def stay(status: str, start: date | None, end: date | None = None, main: str | None = None) -> Enrolment:
    return Enrolment(id="a stay", pupil_id="p", status=status, start_date=start, end_date=end, main_school=main)


def facts(found: Enrolment | None) -> tuple[Any, ...] | None:
    return found and (found.status, found.start_date, found.end_date, found.main_school)


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ({}, ("C", None, None, None)),
        ({"start_date": AUTUMN, "main_school": "919/4001"}, ("C", AUTUMN, None, "919/4001")),
        ({"enrolment_status": "S", "start_date": AUTUMN}, ("S", AUTUMN, None, None)),
        ({"enrolment_status": "G", "start_date": AUTUMN}, ("G", AUTUMN, None, None)),
        ({"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}, ("C", SPRING, SUMMER, None)),
        ({"enrolment_status": "P", "end_date": SUMMER, "main_school": "919/4001"}, ("S", None, SUMMER, "919/4001")),
        ({"enrolment_status": "P", "start_date": SPRING}, ("P", SPRING, None, None)),
    ],
)
def test_a_new_pupils_stay(told: dict[str, Any], made: tuple[Any, ...]) -> None:
    assert facts(first_stay(told, "p")) == made


@pytest.mark.parametrize(
    ("held", "told", "made"),
    [
        # P closes the episode at its end and leaves its type
        (stay("S", SPRING, None, "919/4001"), {"enrolment_status": "P", "end_date": SUMMER}, ("S", SPRING, SUMMER, "919/4001")),
        (stay("S", SPRING, SUMMER), {"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}, ("S", SPRING, SUMMER, None)),
        (stay("M", SPRING), {"enrolment_status": "P"}, ("P", SPRING, None, None)),
        (stay("P", SPRING), {"enrolment_status": "P", "end_date": SUMMER}, ("C", SPRING, SUMMER, None)),
        # a start corrects the open one
        (stay("C", SPRING), {"enrolment_status": "C", "start_date": AUTUMN}, ("C", AUTUMN, None, None)),
        (stay("C", SPRING), {"enrolment_status": "G"}, ("G", SPRING, None, None)),
        (stay("C", SPRING), {"main_school": "919/4001"}, ("C", SPRING, None, "919/4001")),
        # and the last closed one, unless it lies after its end
        (stay("C", SPRING, SUMMER), {"start_date": SUMMER}, ("C", SUMMER, SUMMER, None)),
        (stay("C", SPRING, SUMMER), {"end_date": WINTER}, ("C", SPRING, WINTER, None)),
    ],
)
def test_a_row_about_the_stay_on_file(held: Enrolment, told: dict[str, Any], made: tuple[Any, ...]) -> None:
    old, new = stay_of_row([held], told, "p")
    assert old is held
    assert facts(new) == made
    assert new
    assert new.id == "a stay"


def test_a_start_after_a_closed_stay_opens_a_further_one() -> None:
    old, new = stay_of_row([stay("S", SPRING, SUMMER, "919/4001")], {"start_date": AUTUMN}, "p")
    assert old is None
    assert facts(new) == ("C", AUTUMN, None, None)
    assert new
    assert new.pupil_id == "p"
    assert new.id != "a stay"


def test_the_stay_that_began_that_day_is_meant_before_the_open_one() -> None:
    first, second = stay("S", SPRING, SUMMER), stay("C", AUTUMN)
    told = {"enrolment_status": "P", "start_date": SPRING, "end_date": SUMMER}
    assert stay_of_row([first, second], told, "p") == (first, first)
    assert stay_of_row([first, second], {"end_date": WINTER}, "p")[0] is second


def test_an_earlier_stay_told_again_is_found_among_closed_ones() -> None:
    first, second = stay("S", SPRING, SUMMER), stay("C", AUTUMN, WINTER)
    assert stay_of_row([first, second], {"start_date": SPRING, "end_date": SUMMER}, "p") == (first, first)


def test_nothing_told_is_nothing_to_do() -> None:
    assert stay_of_row([stay("C", SPRING)], {"surname": "Hall"}, "p") == (None, None)
