"""The register of a class of 26, marked on paper and scanned badly: read in and confirmed by keys alone, in few acts.

That a page is confirmed by Enter, and that an answer is a letter and Enter, is tried in the suite below the window
(``tests/ui/pages/forms/test_registers.py``). Here all of it is done by real keys, within the time that was promised as a quiet machine would take it:
``PUPIL_DESK_NUMBERS`` names a file for the numbers.
"""

import os
from pathlib import Path
from time import monotonic

import pytest

from installers.pace import slowness
from tests.tasks.counts import SHOTS
from tests.tasks.hands import Hands
from tests.tasks.unit import LARGE_CLASS, OFFICE, SCAN, at_work

PER_ACT = 0.6
"""Seconds that a trained person takes for one act: a press after a look at a piece of the picture."""
READ_IN, COME_TO_IT, ANSWER, CONFIRM, CLEAR_PAGE = 2, 1, 2, 1, 1
"""The acts: to read the scan in, to come to what is asked, for each session that is, to confirm, and for the page that is clear."""
LONGEST = 20.0
"""Seconds of a person and a quiet machine together, as the office was promised."""

pytestmark = [pytest.mark.torture, pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")]


def test_the_register_of_a_class_of_26_is_read_in_and_confirmed_in_few_acts(tmp_path: Path) -> None:
    with at_work(tmp_path, OFFICE, shots=SHOTS / "register-on-paper", number=LARGE_CLASS) as hands:
        hands.click("Forms", row=True)
        hands.sees("Read a scan &in…")
        hands.begin()
        began = monotonic()
        hands.key("ctrl+r")
        hands.path(hands.folder / SCAN)
        hands.until(lambda: hands.ask("focus") == ["Registers that came back"], "the pages that came back")
        hands.sees("sessions to decide.")
        asked = next(int(words.split()[0]) for words in hands.ask("texts") if "sessions to decide." in words)
        assert asked >= 3, "as many as a class ever has"
        hands.key("Return")
        for _session in range(asked):
            _answer(hands)
        hands.until(lambda: hands.ask("focus") == ["Confirm the page (Enter)"], "all is decided")
        hands.key("Return")
        hands.sees("Confirmed: all pupils")
        hands.until(lambda: hands.ask("focus") == ["Registers that came back"], "the page that is left")
        hands.key("Return")
        hands.sees("No register waits to be confirmed")
        assert _told(hands, asked, monotonic() - began) <= LONGEST
        assert hands.actions <= READ_IN + COME_TO_IT + ANSWER * asked + CONFIRM + CLEAR_PAGE


def _answer(hands: Hands) -> None:
    """Late, for the session on which the cursor is, or no mark in an afternoon that is still to come; then on to the next, or the page is confirmed."""
    hands.until(lambda: any("26 Nov 2026" in name for name in hands.ask("focus")), "a session that is asked")
    before = hands.ask("focus")
    if "afternoon" in before[0]:
        hands.key("Down")
    else:
        hands.find("l")
    hands.key("Return")
    hands.until(lambda: hands.ask("focus") != before, "the next that is asked")


def _told(hands: Hands, asked: int, seconds: float) -> float:
    """The seconds of a person and a quiet machine together. The program's time is all that passed: what the keys take to come, and each look at the screen, are in it."""
    program = seconds / slowness()
    whole = program + PER_ACT * hands.actions
    words = (
        f"register of 26 on paper: {asked} asked, {hands.actions} acts, {seconds:.1f} s here, {program:.1f} s of a quiet machine,"
        f" {whole:.1f} s with a person: {whole / LONGEST:.2f} of what was promised\n"
    )
    if place := os.environ.get("PUPIL_DESK_NUMBERS"):
        with open(place, "a", encoding="utf-8") as file:
            file.write(words)
    print(words)
    return whole
