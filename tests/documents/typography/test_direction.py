"""Which way text runs, compared with another implementation of the same rules."""

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.documents.typography.direction import first_strong, levels, mirrored, runs_left, visual_order

# Letters of three scripts, figures of two kinds, what stands between figures, and blanks. No bracket: the other implementation pairs
# them, and draws them mirrored.
_TEXT = st.text("abZéЖ αבשمحمدپ019٣٧.,:/-+%€ !’\u0301\u064b", max_size=30)


def seen(text: str, base: int) -> str:
    """The text as it stands from left to right; blanks at its end are not reordered by us, so there are none."""
    return "".join(text[at] for at in visual_order(levels(text, base)))


@given(_TEXT, st.sampled_from([0, 1]))
def test_the_order_on_the_line_is_that_of_another_implementation(text: str, base: int) -> None:
    text = text.strip()
    assert seen(text, base) == get_display(text, base_dir="R" if base else "L")


@given(st.text("ab בש12 .,", max_size=20))
def test_a_direction_is_found_by_the_first_letter_that_has_one(text: str) -> None:
    strong = [unicodedata.bidirectional(character) for character in text if character.isalpha()]
    assert first_strong(text) == (1 if strong and strong[0] == "R" else 0)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_every_part_of_a_line_is_shown_once(found: list[int]) -> None:
    assert sorted(visual_order(found)) == list(range(len(found)))


@pytest.mark.parametrize(
    ("found", "order"),
    [
        ([], []),
        ([0, 0, 0], [0, 1, 2]),
        ([1, 1, 1], [2, 1, 0]),
        ([0, 1, 1, 0], [0, 2, 1, 3]),
        ([1, 2, 2, 1], [3, 1, 2, 0]),
        ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4]),
        ([2, 2], [0, 1]),
        ([1, 2, 3, 2, 1], [4, 1, 2, 3, 0]),
    ],
)
def test_the_order_by_levels(found: list[int], order: list[int]) -> None:
    assert visual_order(found) == order


def test_what_joins_letters_goes_with_the_letter_before_it() -> None:
    assert levels("می\u200cروم", 0) == (1,) * 6
    assert levels("\u200dم", 1) == (1, 1)


@pytest.mark.parametrize(
    ("text", "left"), [("", False), ("Zoë", False), ("Дарья", False), ("שלום", True), ("Amy محمد", True), ("٣", True), ("\ufefb", True)]
)
def test_only_scripts_from_the_right_are_taken_the_long_way(text: str, left: bool) -> None:
    assert runs_left(text) is left


def test_brackets_are_turned() -> None:
    assert [mirrored(character) for character in "(]«a."] == [")", "[", "»", "a", "."]
