"""One question of the reply form: Restrict, Allow, or nothing said, each with its letter."""

from PySide6.QtCore import Signal

from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.choice import ALLOW, RESTRICT
from pupil_desk.ui.kit.forms.lettered import Lettered
from pupil_desk.ui.style import tokens


class SharingAnswer(Lettered):
    """What was said about one recipient. ``letter`` carries a letter that another question may know."""

    letter = Signal(str)

    def __init__(self, question: str, *, restrict: str, allow: str) -> None:
        letters = {_letter(restrict): RESTRICT, _letter(allow): ALLOW}
        super().__init__(question, {RESTRICT: restrict, ALLOW: allow, "": _("Nothing said")}, letters, above=question, gap=tokens.L)

    def type_letter(self, text: str) -> bool:
        """Tell every letter on: the other question may have it."""
        if text.isalpha():
            self.letter.emit(text)
        return text.isalpha()


def _letter(words: str) -> str:
    return words[words.index("&") + 1].upper()
