"""Words are never cut while they fit, never glued, and never wider than their column."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.documents.blocks import Run
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, text_width

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
