"""Every page, every tab and every part of a record is opened by its words with real keys, in a unit with a year behind it."""

from pathlib import Path

import pytest

from pupil_desk.ui.pages.places import PLACES
from tests.tasks.hands import Hands
from tests.tasks.unit import OFFICER, at_work

pytestmark = [pytest.mark.torture, pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")]

PUPIL = "P0007"
_PAGES = (
    "Home Pupils Register Incidents Sharing Consents Notices Forms Requests Exports Schools Providers Transport Figures Import Changes Users Log "
    "Backup Settings Help"
)
_NAMES = [*_PAGES.split(), "Check records", "Data protection", "This PC"]


def _go(hands: Hands, words: str, title: str) -> None:
    """By Find: the first line is meant."""
    hands.key("ctrl+e")
    hands.until(lambda: hands.ask("focus") == ["Find anything"], "the box of Find")
    hands.type(words)
    hands.until(lambda: hands.ask("where-row", title), f"a line of Find that says {title}")
    hands.key("Return")
    hands.until(lambda: hands.ask("focus") != ["Find anything"], "the end of Find")
    hands.sees(title)


def test_each_page_each_tab_and_each_part_of_a_record_is_opened(tmp_path: Path) -> None:
    with at_work(tmp_path, OFFICER, shots=tmp_path / "shots") as hands:
        for name in _NAMES:
            _go(hands, name, name)
        for place in (place for place in PLACES if place.page != "pupils"):
            _go(hands, f"{place.words} {place.also}", place.words)
        _go(hands, "Pupils", "Pupils")
        hands.key("ctrl+f")
        hands.type(PUPIL, "Return")
        hands.sees(f"{PUPIL}, ")
        for place in (place for place in PLACES if place.page == "pupils"):
            _go(hands, f"{place.words} {place.also}", place.words)
