"""The hands of a trained user on the real window, and what they do counted.

An *action* is one press of a key that is no typed data (Tab, Enter, an arrow, a shortcut with all its keys: 1), one click (a double
click: 2), one step of the wheel. What is typed as data (a name, a date, a reason, a password, a path) counts nothing. What is typed to
find or to choose something (a pupil, a page, an entry of a list, a code) counts each character.
"""

import subprocess
from typing import Any

from tests.journeys.screen import Screen

SIZE = "1366x768x24"
_MOST_STEPS = 60  # of the wheel


class Hands(Screen):
    """A screen of 1366x768 on which a person's acts are counted: ``actions``, and ``scrolls`` among them."""

    actions = 0
    scrolls = 0

    def __init__(self, *places: Any, **named: Any) -> None:
        super().__init__(*places, size=SIZE, **named)

    def begin(self) -> None:
        """From here on it counts."""
        self.actions = self.scrolls = 0

    def key(self, *keys: str) -> None:
        """Press keys, each an action."""
        self.actions += len(keys)
        super().key(*keys)

    def find(self, text: str, *then: str) -> None:
        """Type to find or to choose something: each character is an action."""
        self.actions += len(text)
        super().type(text, *then)

    def click(self, name: str, *, row: bool = False, nth: int = 0, times: int = 1) -> None:
        """Click on what has this name, or on the row with these words, once it is in sight: the wheel brings it there."""
        self._bring("reach-row" if row else "reach", name, nth)
        self.actions += 1
        super().click(name, row=row, nth=nth, times=times)

    def tab(self, name: str) -> None:
        """Click on the tab whose words begin so."""
        self._press_at("reach-tab", name)

    def name(self, name: str, *, held: str = "") -> None:
        """Click on the name of a row of a grid that begins so; with a key held down it is still one action."""
        self._press_at("reach-name", name, held)

    def menu(self, button: str, entry: str) -> None:
        """Open the menu of a button, and click on the entry whose words begin so."""
        self.click(button)
        self._press_at("reach-menu", entry)

    def _press_at(self, what: str, name: str, held: str = "") -> None:
        """Click there once it stands still."""
        place = None
        while (now := self._bring(what, name, 0)) != place:
            place = now
            self.rest()
        x, y = now
        self.actions += 1
        down, up = (["keydown", held], ["keyup", held]) if held else ([], [])
        subprocess.run(["xdotool", "mousemove", str(x), str(y), *down, "click", "1", *up], env=self.env, check=True)
        self.ask("focus")

    def double_click(self, name: str) -> None:
        """Open the row with these words: a double click, two actions."""
        self.actions += 1
        self.click(name, row=True, times=2)

    def sees(self, text: str) -> None:
        """Wait until these words are on the screen, whichever of their letters is underlined, and whether or not a blank may break."""
        wanted = text.replace("&", "")
        self.until(lambda: any(wanted in seen.replace("&", "").replace("\N{NO-BREAK SPACE}", " ") for seen in self.ask("texts")), text)

    def look(self, name: str) -> None:
        """Bring what has this name into sight: with the wheel, where it is not."""
        self._bring("reach", name, 0)

    def into(self, name: str, text: str) -> None:
        """Click into an empty field, and type data there."""
        self.click(name)
        self.type(text)

    def anew(self, name: str, text: str) -> None:
        """Click into a field, and type data in place of what is there."""
        self.click(name)
        self.key("ctrl+a")
        self.type(text)

    def _bring(self, what: str, name: str, nth: int) -> tuple[int, int]:
        """Turn the wheel until it is in sight; where that is."""
        for _step in range(_MOST_STEPS):
            self.until(lambda: len(self.ask(what, name)) > nth, f"something named {name!r}")
            found = self.ask(what, name)
            if len(found) <= nth:
                continue
            at_x, at_y, wheel, x, y = found[nth]
            if not wheel:
                return at_x, at_y
            self.actions += 1
            self.scrolls += 1
            subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", str(wheel)], env=self.env, check=True)
            self.ask("focus")
        raise AssertionError(f"the wheel never brings {name!r}")
