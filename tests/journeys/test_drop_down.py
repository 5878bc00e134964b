"""A list of choices in the real window: a slow click opens it beneath its box and chooses nothing; a click in it does."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

NONE, FIRST = "Not chosen yet: Home will ask", "Pupil referral unit of a local authority"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "drop-down")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _mouse(screen: Screen, *what: str) -> None:
    subprocess.run(["xdotool", *what], env=screen.env, check=True)


def _box(screen: Screen) -> list[int]:
    return screen.ask("where", "Kind of unit, by which duties differ")[0]


def test_a_slow_click_opens_the_list_beneath_its_box_and_chooses_nothing(screen: Screen) -> None:
    screen.start()
    screen.sees("Welcome to Pupil Desk")
    screen.click("Set up a unit")
    screen.sees("Name of the unit")
    x, y = _box(screen)
    _mouse(screen, "mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.8", "mouseup", "1")
    screen.until(lambda: screen.ask("where-row", FIRST), "the list")
    screen.shot("open")
    assert screen.ask("where-row", NONE)[0][1] > y + 10
    assert NONE in screen.ask("texts")
    screen.click(FIRST, row=True)
    screen.until(lambda: FIRST in screen.ask("texts") and not screen.ask("where-row", FIRST), "the choice, and the list gone")


def test_f4_opens_the_list_and_what_lies_under_a_still_pointer_is_not_chosen(screen: Screen) -> None:
    screen.start()
    screen.sees("Welcome to Pupil Desk")
    screen.click("Set up a unit")
    screen.sees("Name of the unit")
    screen.to("Kind of unit")
    x, y = _box(screen)
    _mouse(screen, "mousemove", str(x), str(y + 60))
    screen.key("F4")
    screen.until(lambda: screen.ask("where-row", FIRST), "the list")
    screen.key("Return")
    screen.until(lambda: not screen.ask("where-row", FIRST), "the list gone")
    assert NONE in screen.ask("texts")
