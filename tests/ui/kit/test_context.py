"""What a page does through its context: what is refused is said where it was typed, what the world refuses in the banner.

A place within a record, written as one text and read again.
"""

from typing import Never

import pytest

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.ui.kit.context import Context, Place, place_of

WRONG = Problem("note", "missing", "Enter the note.")


def refuse() -> Never:
    raise Refused((WRONG,))


def fail() -> Never:
    raise CannotWrite("The disk is full.")


def test_what_is_refused_of_the_typed_is_said_where_it_was_typed_and_not_in_the_banner(context: Context) -> None:
    said: list[Problem] = []
    assert context.attempt(refuse, on_refusal=said.extend) is None
    assert said == [WRONG]
    assert context.banner.words == ""


def test_without_such_a_place_it_is_said_in_the_banner(context: Context) -> None:
    assert context.attempt(refuse) is None
    assert context.banner.words == "Enter the note."


def test_what_the_world_refuses_is_said_in_the_banner(context: Context) -> None:
    said: list[Problem] = []
    assert context.attempt(fail, on_refusal=said.extend) is None
    assert (said, context.banner.words) == ([], "The disk is full.")


def test_what_goes_well_is_answered_and_nothing_is_said(context: Context) -> None:
    assert context.attempt(lambda: 7, on_refusal=print) == 7
    assert context.banner.words == ""


@pytest.mark.parametrize(
    "place",
    [
        Place("a1"),
        Place("a1", "contacts", "contact", "c2", "mobile"),
        Place("a1", "contacts", "contact"),
        Place("a1", "details", "pupil", "", "upn"),
    ],
)
def test_it_comes_back_as_it_was(place: Place) -> None:
    assert place_of(str(place)) == place


def test_a_record_as_a_whole_is_its_identity_alone() -> None:
    assert str(Place("0f1e-22")) == "0f1e-22"
    assert place_of("0f1e-22#half/a/place") == Place("0f1e-22")
