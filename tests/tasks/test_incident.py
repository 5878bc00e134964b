"""An incident with force, three pupils and two of the staff: entered, signed, reported to both parents and talked over, by keys alone and in few acts."""

from pathlib import Path

import pytest

from tests.tasks.counts import SHOTS
from tests.tasks.hands import Hands
from tests.tasks.unit import CLASS, HEAD, at_work

MOST = 90  # acts, as tests/tasks/hands.py counts them

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")


def test_an_incident_with_force_is_entered_reported_and_talked_over_by_keys(tmp_path: Path) -> None:
    with at_work(tmp_path, HEAD, shots=SHOTS / "incident", number=CLASS) as hands:
        _account(hands)
        _pupils(hands)
        _held(hands)
        hands.sees("Next: Sign the account.")
        _afterwards(hands)
        assert hands.actions <= MOST
        assert hands.scrolls == 0


def _account(hands: Hands) -> None:
    hands.key("ctrl+4", "ctrl+n")
    hands.sees("New incident")
    hands.find("p")  # a pupil was assaulted
    hands.key("Tab", "Tab")
    hands.type("9:05")
    hands.key("Tab")
    hands.type("The hall")
    hands.key("Tab")
    hands.type("Tomasz hit Aoife twice and was held by two adults.")
    hands.key("Tab", "Return")
    hands.type("A ball was taken away.")
    hands.key("Tab")
    hands.type("A quiet word, then the offer of a walk.")
    hands.key("Tab", "Return")
    hands.type("Sam Wh")  # completed
    hands.key("Return")
    hands.type("Lee Hart")


def _pupils(hands: Hands) -> None:
    hands.key("alt+a")
    for letters in ("tom", "aoi", "nia q"):
        hands.find(letters, "Return")
        hands.actions += 1  # Enter
    hands.sees("Nia Quartermaine: the pupil’s own part")
    hands.key("Tab", "Return")
    _say_part(hands, "Nia Quartermaine", "s")  # saw it
    hands.key("Return", "alt+i", "Up", "Return")
    _say_part(hands, "Aoife Nightingale", "h")  # was hurt
    hands.key("Return", "alt+i", "Up", "Return")


def _say_part(hands: Hands, pupil: str, letter: str) -> None:
    """Once the cursor is where Enter on that pupil leads: what was typed before would be meant for the list, or for the pupil before."""
    hands.sees(f"{pupil}: the pupil’s own part")
    hands.until(lambda: any("part in it" in name for name in hands.ask("focus")), "the cursor in the pupil’s own part")
    hands.find(letter)
    hands.rest()  # the display says late that the list beneath the box has closed


def _held(hands: Hands) -> None:
    _say_part(hands, "Tomasz Okonjo", "t")  # took part
    hands.key("Tab", "Return", "Left")
    hands.sees("Kind of force (by law)")
    hands.key("Tab", "Tab", "Tab", "Tab")
    hands.find("h")
    hands.key("Tab")
    hands.find("f")
    for typed in ("9:06", "2", "", "Aoife could not get away."):  # who of the staff held him stands in the account
        hands.key("Tab")
        if typed:
            hands.type(typed)
    hands.key("Tab", "Tab", "Return")  # the needs on file
    hands.key("Tab")
    hands.type("None known")
    hands.key("Tab", "Tab")
    hands.type("None")
    hands.key("Tab", "Tab")
    hands.type("Sat in the library until break.")
    hands.key("ctrl+s")


def _save_report(hands: Hands, parent: str) -> None:
    """Where there is no printer: a file. As many acts as a printer asks for."""
    hands.until(lambda: hands.ask("focus") == ["Print…"], "the report")
    hands.rest()  # the paper has come in place of what is taken out of it
    hands.key("alt+v")
    hands.path(hands.home / f"{parent}.pdf")
    hands.until(lambda: any(hands.home.rglob(f"{parent}.pdf")), "the report saved")


def _afterwards(hands: Hands) -> None:
    hands.key("Return")
    hands.sees("Signed by")
    hands.key("ctrl+s")
    for parent in ("Ms Teresa Okonjo", "Mr Dylan Okonjo"):
        hands.sees(f"Next: Give or send the report to {parent}")
        hands.until(lambda: hands.ask("focus") == ["Make the report…"], "the cursor on the step")
        hands.rest()
        hands.key("Return")
        hands.sees("Other pupils are in this account.")
        hands.key("Return")  # proposes what it says of him alone, which is nothing, and the second time uses what was said
        if parent.startswith("Ms"):
            hands.rest()
            hands.type("Tomasz hit another child and was held by two adults.")
            hands.key("alt+u")
        hands.sees("Names of other children and families that were found are taken out.")
        hands.key("Return")
        _save_report(hands, parent)
        hands.rest()
        hands.key("alt+g")
        hands.sees(f"The report was given or sent to {parent}")
        hands.find("h")
        hands.key("ctrl+s")
    for words, said in (("Talk it over with Tomasz Okonjo", "It was my ball."), ("Talk it over with the staff", "Two balls next time.")):
        hands.sees(f"Next: {words}")
        hands.rest()
        hands.key("Return")
        hands.sees("Talked over with")
        hands.type(said)
        hands.key("ctrl+s")
    hands.until(lambda: not any(seen.startswith("Next:") for seen in hands.ask("texts")), "nothing is left to do")
    hands.shot("done")
