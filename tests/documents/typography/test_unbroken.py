"""What a line break does not part: numbers, postcodes, days, parts of an address; in any column, on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.documents.blocks import Heading, Para, Run
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.documents.typography.lines import TextManner, break_lines, longest_word, text_width
from pupil_desk.documents.typography.unbroken import HARD, held_numbers, hold_together, stretches

MANNER = TextManner(12, 16)
HELD = [
    "01632 960 0142",
    "0303 123 1113",
    "+44 7700 900123",
    "+44 (0) 1632 960142",
    "(01632) 960142",
    "SG4 7ZZ",
    "EC1A 1BB",
    "6 September 2026",
    "27 Nov 2026",
    "1 March",
]


def _lines(text: str, width: float) -> list[str]:
    """The lines, told by their widths: each is as many of the next words."""
    words, found = text.split(" "), []
    for line in break_lines((Run(text),), MANNER, width):
        count = next(
            count for count in range(len(words), 0, -1) if abs(text_width((Run(" ".join(words[:count])),), MANNER) - line.width) < 0.01
        )
        found.append(" ".join(words[:count]))
        words = words[count:]
    return found


@pytest.mark.parametrize("number", HELD)
def test_a_number_a_postcode_and_a_day_stay_whole_in_any_column(number: str) -> None:
    text = f"Please ask the office of the unit: {number} on a school day."
    whole = text_width((Run(number),), MANNER)
    for width in range(int(whole) + 2, 400, 7):
        lines = _lines(text, width)
        assert any(number in line for line in lines), (width, lines)


def test_a_part_of_an_address_stays_whole_and_a_part_of_a_sentence_does_not() -> None:
    address = "Write to the office, The Old Grammar School Building, 142 Great Northern Road, Stoke by Clare, SG4 7ZZ."
    assert [words for words, whole in stretches(address) if whole] == [
        "The Old Grammar School Building",
        "142 Great Northern Road",
        "Stoke by Clare",
        "SG4 7ZZ",
    ]
    for sentence in (
        "the child’s name, address and date of birth",
        "It is so, The End is near",
        "3 of 12 pupils, 4 more",
        "In 2026 we are 60, or so",
    ):
        assert hold_together(sentence) == sentence


def test_what_is_wider_than_its_column_is_broken_between_its_words() -> None:
    assert len(break_lines((Run("SG4 7ZZ"),), MANNER, 30)) == 2
    assert all(line.width <= 60 for line in break_lines((Run("x, The Old Grammar School Building."),), MANNER, 60))


def test_a_column_is_wide_enough_for_a_number_and_not_for_an_address() -> None:
    number = text_width((Run("01632 960 0142"),), MANNER)
    assert longest_word((Run("01632 960 0142"),), MANNER) == pytest.approx(number)
    assert longest_word((Run("a, 142 Great Northern Road, b"),), MANNER) < text_width((Run("Great Northern"),), MANNER)
    assert held_numbers("a, 142 Great Northern Road, 27 Nov 2026") == f"a, 142 Great Northern Road, 27{HARD}Nov{HARD}2026"


@given(st.text(st.sampled_from("Ab1 0,.@+()SG4ZNov"), max_size=60))
def test_the_stretches_are_the_text(text: str) -> None:
    assert "".join(words for words, _whole in stretches(text)) == text
    assert hold_together(text).replace(HARD, " ") == text.replace(HARD, " ")


def test_it_reads_back_with_plain_blanks() -> None:
    words = "Ring 01632 960 0142 before 6 September 2026, 142 Great Northern Road, SG4 7ZZ."
    assert words in read_pdf(build_pdf([Heading(1, "A"), Para(words)], title="A")).text
