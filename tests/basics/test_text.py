"""Text from outside."""

import pytest

from pupil_desk.basics.text import begun_small, capital, control_character, fold, straight_quotes, tidy, tokens


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("O’Hanrahan", "o'hanrahan"),
        ("Núñez", "NUNEZ"),
        ("Łaszkiewicz", "laszkiewicz"),
        ("Smythe–Okafor", "smythe okafor"),
        ("Ó Conaola", "o conaola"),
    ],
)
def test_alike(typed: str, like: str) -> None:
    assert fold(typed) == fold(like)


def test_an_apostrophe_does_not_part_a_name() -> None:
    assert tokens("D’Cruz, Anne-Marie") == ["dcruz", "anne", "marie"]


def test_curly_quotes_are_made_straight_and_nothing_else_is_touched() -> None:
    assert straight_quotes("O’Hanrahan “Zo” ‘Łu’–ë") == "O'Hanrahan \"Zo\" 'Łu'–ë"


def test_kept_as_typed_but_for_blanks() -> None:
    assert tidy("  e\u0301 \t  b ") == "é b"


def test_no_text() -> None:
    assert control_character("a\x07b") == "\x07"
    assert control_character("Ann\u202ehtimS") == "\u202e"
    assert control_character("a\nb") == "\n"
    assert control_character("a\nb", may_break=True) is None


def test_words_begin_a_sentence_large_and_stand_small_within_one() -> None:
    assert [capital(words) for words in ("", "éa bC", "SEN of a pupil")] == ["", "Éa bC", "SEN of a pupil"]
    assert [begun_small(words) for words in ("", "A Day", "SEN of a pupil", "Monday’s")] == ["", "a Day", "SEN of a pupil", "Monday’s"]
