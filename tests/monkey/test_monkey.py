"""A short cut of the monkey, and that it sees what it is there to see."""

import random
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.roles import Action
from tests.journeys.screen import Screen
from tests.monkey.acts import ASKED_ABOUT
from tests.monkey.chance import Chance, Press
from tests.monkey.errands import Errands
from tests.monkey.run import run

_PUPILS, _PRESSES = 6, 40  # in the suite: some seconds of a quiet machine

_CONTROLS = [[10, 20, "button", "Save"], [10, 60, "field", "Surname"], [10, 90, "row", "Quillfeather"], [10, 5, "button", "Lock"]]


@pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")
def test_nothing_that_may_not_be_comes_of_forty_presses(tmp_path: Path) -> None:
    report = run(tmp_path, presses=_PRESSES, seed=4, pupils=_PUPILS, quick=True)
    assert report.faults == [], "nothing that may not be, and all that was recorded is taken back"
    assert report.presses >= _PRESSES
    assert report.heard > _PRESSES * 0.8, "the others met a window that was going"


@pytest.mark.needs("Xvfb", "xdotool", "openbox")
def test_of_a_program_that_would_not_answer_it_is_told_where_it_stands(tmp_path: Path) -> None:
    with Screen(tmp_path, shots=tmp_path / "shots") as screen:
        screen.start()
        screen.sees("Pupil Desk")
        assert "start.py" in screen.stacks()


def test_the_same_seed_gives_the_same_presses_and_another_gives_others() -> None:
    first, again, other = ([Chance(seed).press(_CONTROLS) for _press in range(1)] + [Chance(seed).press([])] for seed in (5, 5, 6))
    assert first == again
    assert [Chance(5).press(_CONTROLS) for _press in range(3)] == [Chance(5).press(_CONTROLS) for _press in range(3)]
    assert first != other


def test_every_sort_of_press_is_drawn_and_the_way_out_seldom() -> None:
    chance = Chance(1)
    drawn = [chance.press(_CONTROLS if chance.aims() else ()) for _press in range(4_000)]
    clicks = [press for press in drawn if press.place is not None]
    assert {place for press in clicks if (place := press.place)} == {(x, y) for x, y, _sort, _name in _CONTROLS}
    assert 0 < sum("«Lock»" in press.words for press in clicks) < len(clicks) / 50
    assert len(clicks) / 4 < sum(press.watches for press in clicks) < len(clicks) / 2
    assert {press.keys for press in drawn} >= {("Tab",), ("ctrl+l",), ("alt+p",), ("A", "n", "n")}


def test_what_cannot_be_taken_back_is_among_the_acts_that_are_asked_about() -> None:
    assert {Action.ERASE.value, Action.EXPORT.value, Action.MANAGE_USERS.value, Action.RESTORE.value} <= ASKED_ABOUT
    assert {action.value for action in Action} >= ASKED_ABOUT


def test_of_the_pages_it_keeps_to_the_one_that_is_named() -> None:
    controls = [[10, 20, "page", "Home"], [10, 40, "page", "Users"], [10, 60, "button", "Save"]]
    drawn = {Chance(seed, page="Users").press(controls).words for seed in range(200)}
    assert {words for words in drawn if "page" in words and "double" not in words} == {"click on page «Users»"}


def _form(*filled: str) -> dict[str, Any]:
    names = ("Surname (required)", "First day (required)")
    fields = [[10, 20 * place, "field", name, "line, filled" if name in filled else "line"] for place, name in enumerate(names)]
    return {
        "page": "pupils",
        "dialog": "",
        "file_dialog": [],
        "pages": {},
        "controls": [*fields, [10, 80, "button", "Save (Ctrl+S)", "primary"], [10, 95, "button", "Lock", "foot-beside"]],
    }


def test_what_must_be_filled_is_filled_before_it_is_saved(tmp_path: Path) -> None:
    for seed in range(20):
        presses: list[Press] = []
        errands = Errands(random.Random(seed), presses.append, _form, tmp_path, 6)
        errands._fill()
        errands._save()
        words = [press.words for press in presses]
        assert words[0] == "click on field «Surname (required)»"
        assert words[2] == "click on field «First day (required)»"
        assert words[-1] in ("keys ctrl+s", "click on button «Save (Ctrl+S)»")


def test_a_question_is_answered_both_ways(tmp_path: Path) -> None:
    asked = [[10, 80, "button", "Erase", "danger"], [90, 80, "button", "Cancel", ""]]
    seen = {"page": "pupils", "dialog": "Erase? | For ever", "file_dialog": [], "pages": {}, "controls": asked}
    answers = set()
    for seed in range(40):
        presses: list[Press] = []
        Errands(random.Random(seed), presses.append, lambda: seen, tmp_path, 6)._answer()
        answers.add(presses[-1].words)
    assert answers == {"click on button «Erase»", "click on button «Cancel»", "keys Escape Escape"}
