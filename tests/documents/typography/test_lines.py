"""Words are never cut while they fit, never glued, and never wider than their column.

What a line break does not part: numbers, postcodes, days, parts of an address; in any column, on paper.
"""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.documents.blocks import Heading, Para, Run
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.documents.typography.lines import (
    HARD,
    TextLine,
    TextManner,
    break_lines,
    held_numbers,
    hold_together,
    longest_word,
    stretches,
    text_width,
)

MANNER = TextManner(12, 16)


def lines(text: str, width: float) -> tuple[TextLine, ...]:
    return break_lines((Run(text),), MANNER, width)


def test_a_line_is_as_full_as_it_can_be() -> None:
    whole = text_width((Run("aaa"), Run(" "), Run("bbb")), MANNER)
    assert len(lines("aaa bbb", whole)) == 1
    assert len(lines("aaa bbb", whole - 0.1)) == 2


def test_blanks_at_a_break_do_not_push_the_margin() -> None:
    first, second = lines("aaa   \t aaa", text_width((Run("aaa"),), MANNER))
    assert first.width == second.width == text_width((Run("aaa"),), MANNER)
    assert len(first.spans[0].show) == len(second.spans[0].show) + 1


def test_a_hard_blank_holds_words_together() -> None:
    narrow = text_width((Run("aaa bbb"),), MANNER) + 1
    assert len(lines("cc aaa\u00a0bbb", narrow)) == 2


def test_a_word_too_wide_is_broken_and_no_letter_lost() -> None:
    made = lines("m" * 40, 100)
    assert all(line.width <= 100 for line in made)
    per_letter = text_width((Run("m"),), MANNER)
    assert round(sum(line.width for line in made) / per_letter) == 40


def test_a_web_address_is_broken_after_its_marks() -> None:
    address = "https://www.example.org/guidance/how-to-apply"
    width = text_width((Run("https://www.example.org/guid"),), MANNER)
    per_line = [line.width for line in lines(address, width)]
    whole = ["https://www.example.org/", "guidance/how-to-apply"]
    assert per_line == [pytest.approx(text_width((Run(part),), MANNER)) for part in whole]


def test_a_line_break_is_kept_and_an_empty_text_is_one_line() -> None:
    assert len(lines("one\ntwo\n\nthree", 500)) == 4
    assert len(lines("", 500)) == 1


def test_two_manners_in_one_word_stay_one_word() -> None:
    runs = (Run("see "), Run("this", href="https://example.org"), Run(", please"))
    (line,) = break_lines(runs, MANNER, 500)
    assert [span.href for span in line.spans] == [None, "https://example.org", None]
    assert line.spans[1].words == "this"
    assert len(break_lines(runs, MANNER, text_width((Run("see "), Run("this")), MANNER))) == 3


@given(
    st.lists(st.text("abZéЖ שב محمدپ019٣.,:()-/@\u200c\u00a0\n", max_size=12), min_size=1, max_size=5), st.booleans(), st.integers(30, 300)
)
@settings(max_examples=60)
def test_any_mixture_of_directions_is_broken_into_lines_that_fit_and_lose_nothing(texts: list[str], rtl: bool, width: int) -> None:
    runs = tuple(Run(text, bold=at % 2 == 1, is_apart=at % 3 == 2) for at, text in enumerate(texts) if text)
    manner = TextManner(10, 12, rtl=rtl)
    for line in break_lines(runs, manner, width):
        places = sorted((span.x, span.width) for span in line.spans)
        for (left, wide), (right, _wide) in itertools.pairwise(places):
            assert right >= left + wide - 0.01, "two spans of a line are in one place"
        assert line.width <= width + 0.01 or len([span for span in line.spans if span.width]) == 1
    said = "".join(texts).replace("\u200c", "").strip()
    assert any(line.spans for line in break_lines(runs, manner, width)) or not said


def test_a_run_in_another_language_is_a_span_of_its_own() -> None:
    (line,) = break_lines((Run("See "), Run("Datenschutz", lang="de"), Run(" here")), TextManner(10, 12), 400)
    assert [span.lang for span in line.spans] == ["", "de", ""]


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
