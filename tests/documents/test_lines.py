"""Words are never cut while they fit, never glued, and never wider than their column."""

import pytest

from pupil_desk.documents.blocks import Run
from pupil_desk.documents.lines import Manner, TextLine, break_lines, text_width

MANNER = Manner(12, 16)


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
