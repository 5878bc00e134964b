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
OUT = frozenset({"Lock", "Sign out and close"})
_CLICKS = 0.55
WATCHES = (
    0.34  # of the clicks and of the keys that act: after the others the next press comes before what is late could come under the pointer
)
_ACT = frozenset({"Return", "space", "Delete", "Escape", "ctrl+s", "ctrl+n", "ctrl+z"})
_WEIGHTS = {
    "button": 6,
    "tab": 1,
    "field": 2,
    "row": 2,
    "entry": 6,
    "page": 0.6,
}  # a page takes long to come, and is left after twenty presses as it is
_STAYS = 0.98  # of the clicks: with each of the others goes the time of a sign-in
_TYPED = ("12/3/2012", "31/12/2026", "Ann", "quill", "07700900123", "B15 2TT", "Rang at ten", "3")
_NAMES_OF_KEYS = {"/": "slash", " ": "space", ":": "colon", "’": "apostrophe", "-": "minus", ",": "comma", ".": "period", "…": "period"}


def keys_of(words: str) -> tuple[str, ...]:
    """The keys by which they are typed."""
    return tuple(_NAMES_OF_KEYS.get(letter, letter) for letter in words)


@dataclass(frozen=True, slots=True)
class Press:
    """Keys one after another, a click at a place of the screen, or a ``path`` for Qt's own dialog; in words, for a report.

    ``watches``: the pointer rests there for a while.
    """

    words: str
    keys: tuple[str, ...] = ()
    place: tuple[int, int] | None = None
    times: int = 1
    watches: bool = False
    path: str = ""

    @property
    def count(self) -> int:
        """How many keys and clicks it is."""
        return len(self.keys) or self.times


class Chance:
    """Draws presses; the same seed and the same screens give the same ones. ``page`` is the title of one page to which it goes back again and again."""

    def __init__(self, seed: int, page: str = "", *, watches: float = WATCHES) -> None:
        self.random, self.page, self._watches = random.Random(seed), page, watches

    def aims(self) -> bool:
        """Whether the next press is a click: only then is it looked for what can be clicked, which takes its time."""
        return self.random.random() < _CLICKS

    def press(self, controls: Sequence[Sequence[Any]] = ()) -> Press:
        """One more press: on one of ``controls``, which begin with x, y, sort and name each, or of keys where there are none."""
        if controls:
            return self._click(controls)
        draw = self.random.random()
        if draw < 0.45:
            return self._keys(self.random.choice(_PLAIN))
        if draw < 0.67:
            return self._keys(self.random.choice(_SHORTCUTS))
        if draw < 0.85:
            return self._keys(self.random.choice(_LETTERS))
        return self._keys(*keys_of(self.random.choice(_TYPED)))

    def _keys(self, *keys: str) -> Press:
        acts = keys[-1] in _ACT or keys[-1].startswith("alt+")
        return Press(f"keys {' '.join(keys)}", keys=keys, watches=acts and self.random.random() < self._watches)

    def _click(self, controls: Sequence[Sequence[Any]]) -> Press:
        """Buttons more often than fields, fields more often than lines of a list, the pages' own least; now and then twice, now and then to watch."""
        if self.random.random() < _STAYS:
            controls = [control for control in controls if control[3] not in OUT] or controls
        if self.page:
            controls = [control for control in controls if control[2] != "page" or control[3].strip().startswith(self.page)] or controls
        sorts = sorted({control[2] for control in controls})
        (sort,) = self.random.choices(sorts, [_WEIGHTS[sort] for sort in sorts])
        x, y, _sort, name, *_kind = self.random.choice([control for control in controls if control[2] == sort])
        times = 2 if self.random.random() < 0.1 else 1
        words = f"{'double ' if times == 2 else ''}click on {sort} «{name}»"
        return Press(words, place=(int(x), int(y)), times=times, watches=self.random.random() < self._watches)
