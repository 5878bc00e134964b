"""What is pressed next, drawn from a seed: a key that any hand finds, a shortcut, or a click on something in view."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_PLAIN = (
    "Tab",
    "Tab",
    "Tab",
    "shift+Tab",
    "Down",
    "Down",
    "Up",
    "Left",
    "Right",
    "Return",
    "Return",
    "space",
    "Escape",
    "Home",
    "End",
    "Delete",
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SHORTCUTS = (
    *(f"ctrl+{number}" for number in range(1, 10)),
    *("ctrl+Tab", "ctrl+shift+Tab", "ctrl+e", "ctrl+f", "ctrl+s", "ctrl+j", "ctrl+a", "ctrl+n", "ctrl+p", "ctrl+z", "ctrl+l"),
    *("ctrl+Next", "ctrl+Prior", "F1", "F4", "F5", "F6", "shift+F1", "alt+Left", "alt+Down", "ctrl+slash"),
    *(f"alt+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
)
_OUT = frozenset({"Lock", "Sign out"})
_STAYS = 0.98  # of the clicks: with each of the others goes the time of a sign-in
_TYPED = ("12/3/2012", "31/12/2026", "Ann", "quill", "07700900123", "B15 2TT", "Rang at ten", "3")
_NAMES_OF_KEYS = {"/": "slash", " ": "space"}


@dataclass(frozen=True, slots=True)
class Press:
    """Keys one after another, or a click at a place of the screen; in words, for a report."""

    words: str
    keys: tuple[str, ...] = ()
    place: tuple[int, int] | None = None
    times: int = 1

    @property
    def count(self) -> int:
        """How many keys and clicks it is."""
        return len(self.keys) or self.times


class Chance:
    """Draws presses; the same seed and the same screens give the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def press(self, controls: Sequence[Sequence[Any]]) -> Press:
        """One more press. ``controls`` is what can be clicked: x, y, sort and name each."""
        draw = self.random.random()
        if controls and draw < 0.55:
            return self._click(controls)
        if draw < 0.75:
            return self._keys(self.random.choice(_PLAIN))
        if draw < 0.85:
            return self._keys(self.random.choice(_SHORTCUTS))
        if draw < 0.93:
            return self._keys(self.random.choice(_LETTERS))
        return self._keys(*(_NAMES_OF_KEYS.get(letter, letter) for letter in self.random.choice(_TYPED)))

    def _keys(self, *keys: str) -> Press:
        return Press(f"keys {' '.join(keys)}", keys=keys)

    def _click(self, controls: Sequence[Sequence[Any]]) -> Press:
        """Buttons more often than fields, fields more often than lines of a list; now and then twice."""
        if self.random.random() < _STAYS:
            controls = [control for control in controls if control[3] not in _OUT] or controls
        sorts = sorted({control[2] for control in controls})
        weights = {"button": 6, "tab": 1, "field": 2, "row": 2}
        (sort,) = self.random.choices(sorts, [weights[sort] for sort in sorts])
        x, y, _sort, name = self.random.choice([control for control in controls if control[2] == sort])
        times = 2 if self.random.random() < 0.1 else 1
        return Press(f"{'double ' if times == 2 else ''}click on {sort} «{name}»", place=(int(x), int(y)), times=times)
