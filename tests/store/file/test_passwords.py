"""The rule for passwords, and those the program makes up."""

import re

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.store.file.passwords import generate_passphrase, require_good, weakness


@pytest.mark.parametrize(
    "password", ["fourteen chars", "x9!kq#2mZ-p0vT", "one two six ten", "tin-can-hat-box", "Çok güzel şey!", "ночной дозор 7"]
)
def test_long_enough_or_four_words(password: str) -> None:
    assert weakness(password) is None
    require_good(password)


@pytest.mark.parametrize("password", ["", "thirteen char", "a b c d", "one two six", "cat-cat cat", "go to it now", "one-two one 2"])
def test_too_short(password: str) -> None:
    assert "too short" in (weakness(password) or "")
    with pytest.raises(WrongUse, match="at least 14 characters"):
        require_good(password)


@pytest.mark.parametrize("password", ["PasswordPassword", "1234-5678-9012-34", "qwertyuiopasdf", "aaaaaaaaaaaaaaaa", "let me in let me in"])
def test_the_commonest(password: str) -> None:
    assert "anybody would guess" in (weakness(password) or "")


@pytest.mark.parametrize("password", ["Ashgrove Learning Centre", "ashgrove-learning-centre", "AshgroveLearningCentre2026"])
def test_the_units_own_name(password: str) -> None:
    assert "unit's name" in (weakness(password, unit_name="Ashgrove Learning Centre") or "")
    assert weakness(password) is None


def test_a_generated_one_is_good_and_different_each_time() -> None:
    phrases = {generate_passphrase() for _each in range(50)}
    assert len(phrases) == 50
    for phrase in phrases:
        assert re.fullmatch(r"[a-z]{3,12}(-[a-z]{3,12}){5}", phrase)
    assert weakness(generate_passphrase(words=6)) is None


def test_the_list_of_words() -> None:
    words = resource("words", "passphrase.txt").read_text(encoding="utf-8").split()
    assert len(words) == len(set(words)) >= 2048
    assert words == sorted(words)
    assert all(re.fullmatch(r"[a-z]{3,12}", word) for word in words)
