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
_OUT = frozenset({"Lock", "Sign out and close"})
_CLICKS = 0.55
_WATCHES = 0.03  # of the clicks: after the others the next press comes before what is late could come under the pointer
_WEIGHTS = {
    "button": 6,
    "tab": 1,
    "field": 2,
    "row": 2,
    "page": 0.6,
}  # a page takes long to come, and is left after twenty presses as it is
_STAYS = 0.98  # of the clicks: with each of the others goes the time of a sign-in
_TYPED = ("12/3/2012", "31/12/2026", "Ann", "quill", "07700900123", "B15 2TT", "Rang at ten", "3")
_NAMES_OF_KEYS = {"/": "slash", " ": "space"}


@dataclass(frozen=True, slots=True)
class Press:
    """Keys one after another, or a click at a place of the screen; in words, for a report. ``watches``: the pointer rests there for a while."""

    words: str
    keys: tuple[str, ...] = ()
    place: tuple[int, int] | None = None
    times: int = 1
    watches: bool = False

    @property
    def count(self) -> int:
        """How many keys and clicks it is."""
        return len(self.keys) or self.times


class Chance:
    """Draws presses; the same seed and the same screens give the same ones. ``page`` is the title of one page to which it goes back again and again."""

    def __init__(self, seed: int, page: str = "") -> None:
        self.random, self._page = random.Random(seed), page

    def aims(self) -> bool:
        """Whether the next press is a click: only then is it looked for what can be clicked, which takes its time."""
        return self.random.random() < _CLICKS

    def press(self, controls: Sequence[Sequence[Any]] = ()) -> Press:
        """One more press: on one of ``controls``, which are x, y, sort and name each, or of keys where there are none."""
        if controls:
            return self._click(controls)
        draw = self.random.random()
        if draw < 0.45:
            return self._keys(self.random.choice(_PLAIN))
        if draw < 0.67:
            return self._keys(self.random.choice(_SHORTCUTS))
        if draw < 0.85:
            return self._keys(self.random.choice(_LETTERS))
        return self._keys(*(_NAMES_OF_KEYS.get(letter, letter) for letter in self.random.choice(_TYPED)))

    def _keys(self, *keys: str) -> Press:
        return Press(f"keys {' '.join(keys)}", keys=keys)

    def _click(self, controls: Sequence[Sequence[Any]]) -> Press:
        """Buttons more often than fields, fields more often than lines of a list, the pages' own least; now and then twice, now and then to watch."""
        if self.random.random() < _STAYS:
            controls = [control for control in controls if control[3] not in _OUT] or controls
        if self._page:
            controls = [control for control in controls if control[2] != "page" or control[3].strip().startswith(self._page)] or controls
        sorts = sorted({control[2] for control in controls})
        (sort,) = self.random.choices(sorts, [_WEIGHTS[sort] for sort in sorts])
        x, y, _sort, name = self.random.choice([control for control in controls if control[2] == sort])
        times = 2 if self.random.random() < 0.1 else 1
        words = f"{'double ' if times == 2 else ''}click on {sort} «{name}»"
        return Press(words, place=(int(x), int(y)), times=times, watches=self.random.random() < _WATCHES)
