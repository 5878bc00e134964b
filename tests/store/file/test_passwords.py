"""The rule for passwords, and those the program makes up.

The recovery code: copied by hand, checked before anything slow.
"""

import re

import pytest

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.store.file.passwords import generate_passphrase, new_code, read_code, require_good, weakness


@pytest.mark.parametrize(
    "password", ["Zq9 xkwJ v4 B", "x9!kq#2mZ-p0vT", "tin-can-hat-box", "Çok güzel şey!", "ночной дозор 7", "correct horse battery staple"]
)
def test_long_enough_or_four_words(password: str) -> None:
    assert weakness(password) is None
    require_good(password)


@pytest.mark.parametrize("password", ["", "thirteen char", "one two six", "cat-cat cat", "no no - no no", "one-two one 2"])
def test_too_short(password: str) -> None:
    assert "too short" in (weakness(password) or "")
    with pytest.raises(WrongUse, match="at least 14 characters"):
        require_good(password)


WEAK = [
    "PasswordPassword",
    "Password123456!",
    "1234-5678-9012-34",
    "qwertyuiopasdf",
    "1qaz2wsx3edc4rfv",
    "aaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaab",
    "let me in let me in",
    "manchesterunited",
    "liverpoolfootballclub",
    "iloveyouforever",
    "Summer2026Summer2026",
    "abcdefghijklmnop",
    "administrator123",
    "fourteen chars",
    "a b c d",
    "go to it now",
    "an ox is up",
]


@pytest.mark.parametrize("password", WEAK)
def test_what_is_soon_guessed(password: str) -> None:
    assert "would soon be guessed" in (weakness(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "Ashgrove Learning Centre",
        "ashgrove-learning-centre",
        "AshgroveLearningCentre2026",
        "SamWhitlock2026",
        "sam whitlock 1987",
        "Whitlock-Sam-99",
    ],
)
def test_the_units_own_name_or_ones_own(password: str) -> None:
    assert "name of the unit or your own" in (weakness(password, of=("Ashgrove Learning Centre", "Sam Whitlock")) or "")


def test_a_long_one_is_looked_at_soon() -> None:
    assert weakness("window copper garden ladder " * 35) is None


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


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_it_is_printed_in_seven_groups_of_four() -> None:
    codes = {new_code() for _each in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{6}}", code)
        assert len(read_code(code)) == 26


def test_how_it_is_typed_does_not_matter() -> None:
    code = new_code()
    while not ("0" in code and "1" in code):
        code = new_code()
    wanted = read_code(code)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f"  {code}\n",
        code.replace("0", "O"),
        code.replace("0", "o"),
        code.replace("1", "I"),
        code.replace("1", "l"),
        code.replace("-", "–"),
    ):
        assert read_code(typed) == wanted


@pytest.mark.acceptance(25)
def test_every_single_wrong_character_and_every_swap_is_caught() -> None:
    code = new_code().replace("-", "")
    wrong = [code[:at] + other + code[at + 1 :] for at in range(28) for other in ALPHABET if other != code[at]]
    wrong += [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(27) if code[at] != code[at + 1]]
    for typed in wrong:
        with pytest.raises(WrongPassword, match="characters of the recovery code are wrong"):
            read_code(typed)


@pytest.mark.parametrize(("typed", "count"), [("", 0), ("ABCD", 4), ("0" * 29, 29)])
def test_a_wrong_length_is_said(typed: str, count: int) -> None:
    with pytest.raises(WrongPassword, match=f"; {count} were typed"):
        read_code(typed)


@pytest.mark.parametrize("typed", ["U" * 28, "é" * 28, "Z" * 28, "１" * 28])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongPassword):
        read_code(typed)
