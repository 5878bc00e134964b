"""What letters mean that are typed on a list of choices: the lines that begin so. One line that begins so is meant; of several a person chooses."""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_GOES_ON = 1.5  # seconds in which a further letter goes on with what was typed
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TypedLetters:
    """The letters typed one after the other on a list that has no line to type in; a pause begins anew."""

    def __init__(self) -> None:
        self._text, self._at = "", 0.0

    def forget(self) -> None:
        """The next letter begins anew."""
        self._text = ""

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is a letter of them; a blank is one between others only."""
        text = event.text()
        return bool(text and text.isprintable() and (text.strip() or self._goes_on)) and not event.modifiers() & _COMMANDS

    def places(self, letter: str, lines: Sequence[str]) -> list[int]:
        """The lines that begin with all that was typed; where none does, those that begin with this letter alone."""
        self._text, self._at = (self._text if self._goes_on else "") + letter, monotonic()
        found = _beginning(self._text, lines)
        if not found and letter.strip():
            self._text = letter if self._text.strip(letter) else self._text
            found = _beginning(letter, lines)
        return found

    @property
    def is_again(self) -> bool:
        """Whether one letter was typed again and again."""
        return len(self._text) > 1 and not self._text.strip(self._text[0])

    @property
    def _goes_on(self) -> bool:
        return bool(self._text) and monotonic() - self._at < _GOES_ON


def _beginning(typed: str, lines: Sequence[str]) -> list[int]:
    """The places of the lines that begin so, or, where none does, of those of which a word does."""
    typed = typed.casefold()
    folded = [line.casefold() for line in lines]
    beginning = [place for place, line in enumerate(folded) if line.startswith(typed)]
    return beginning or [place for place, line in enumerate(folded) if f" {typed}" in line]
