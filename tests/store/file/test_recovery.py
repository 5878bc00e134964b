"""The recovery code: copied by hand, checked before anything slow."""

import re

import pytest

from pupil_desk.basics.errors import WrongPassword
from pupil_desk.store.file.recovery import new_code, read_code

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
