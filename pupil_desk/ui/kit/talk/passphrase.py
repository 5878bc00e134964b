"""A secret that is shown once: a recovery code, or the password of an export."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.ask import Ask, Choice
from pupil_desk.ui.kit.watch.clipboard import copy_text
from pupil_desk.ui.kit.words import aligned, button, card, column_in, growing, label, name_label, row_layout
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.fonts import fixed_font
from pupil_desk.ui.style.look import percent, sized

CLEARED_AFTER = 30_000  # ms that a copied secret stays on the clipboard


class _Secret(QPlainTextEdit):
    """Text to read and select, as tall as its lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(tokens.FIELD // 2)
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        line_count = max(1, round(self.document().size().height()))
        self.setFixedHeight(max(sized(tokens.TARGET), line_count * self.fontMetrics().lineSpacing() + tokens.XL))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()


@dataclass(frozen=True, slots=True)
class ShownSecret:
    """What stood in a box: its ``name``, such as «Password of the file», the lines on what it ``opens``, and itself."""

    name: str
    opens: str
    secret: str


def shown_secrets(name: str, secrets: Sequence[tuple[str, str]], opens: str) -> list[ShownSecret]:
    """What boxes say of these pairs of a name and a password: one alone is called ``name``."""
    return [ShownSecret(own_name if len(secrets) > 1 else name, opens, words) for own_name, words in secrets]


class Passphrase(QWidget):
    """The secret in a font that tells 0 from O, and a button that copies it for 30 seconds. ``opens`` are the lines that stand beside it on what it opens.

    ``forgotten`` comes when it is off the screen.
    """

    forgotten = Signal()

    def __init__(self, name: str, explain: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = _Secret()
        self.secret.setFont(fixed_font(percent()))
        self.secret.setAccessibleName(name)
        self.secret.setAccessibleDescription(explain)
        self.copy = button(_("&Copy"), self._copy, icon_name="copy")
        self.note_label = label("", "hint")
        self._name, self._heading = name, name_label(name, self.secret)
        frame = card()
        column = column_in(
            frame,
            tokens.S,
            self._heading,
            row_layout(growing(self.secret), aligned(self.copy, Qt.AlignmentFlag.AlignVCenter)),
            left=tokens.L,
            top=tokens.M,
            right=tokens.L,
            bottom=tokens.M,
        )
        for words in (label(explain, "muted"), self.note_label):
            column.addWidget(words)
            words.setVisible(bool(words.text()))
        self.opens = ""
        self._more_views: list[Passphrase] = []
        self._outer = column_in(self, tokens.S, frame)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._clear = QTimer(self, singleShot=True, interval=CLEARED_AFTER)
        self._clear.timeout.connect(self.clear_clipboard)

    def show_secret(self, secret: str, opens: str = "") -> None:
        self.secret.setPlainText(secret)
        self.opens = opens
        self.show()

    def show_each(self, secrets: Sequence[tuple[str, str]], opens: str = "", *, name: str = "") -> None:
        """Several, each with what it opens, one beneath the other; one alone is called ``name``, or as ever, and of none nothing is seen."""
        self.forget()
        if not secrets:
            return
        first, *others_left = shown_secrets(name or self._name, secrets, opens)
        self._call(first.name)
        self.show_secret(first.secret, opens)
        for shown in others_left:
            self._more_views.append(box := Passphrase(shown.name))
            box.show_secret(shown.secret, opens)
            self._outer.addWidget(box)

    def _call(self, name: str) -> None:
        self._heading.setText(name)
        self.secret.setAccessibleName(name)

    @property
    def name(self) -> str:
        """What stands above it."""
        return self._heading.text()

    @property
    def boxes(self) -> "list[Passphrase]":
        """This box and those beneath it, one for each secret."""
        return [self, *self._more_views]

    @property
    def showing(self) -> bool:
        """Whether a secret stands there that is kept nowhere else."""
        return bool(self.secret.toPlainText())

    def forget(self) -> None:
        """Take it off the screen and the clipboard: it is not shown again."""
        for box in self._more_views:
            box.forget()
            box.deleteLater()
        self._more_views.clear()
        self.clear_clipboard()
        self.secret.clear()
        self.hide()
        self.forgotten.emit()

    def clear_clipboard(self) -> None:
        """Take the secret off the clipboard, unless something else was copied since."""
        self._clear.stop()
        board = QApplication.clipboard()
        if self.secret.toPlainText() and board.text() == self.secret.toPlainText():
            board.clear()
            self._say(_("Taken off the clipboard."))

    def _copy(self) -> None:
        copy_text(self.secret.toPlainText())
        self._clear.start()
        self._say(_("Copied. It is taken off the clipboard after 30 seconds."))

    def _say(self, words: str) -> None:
        self.note_label.setText(words)
        self.note_label.show()
        announce(self, words)


def all_noted(ask: Ask, boxes: Iterable[Passphrase]) -> bool:
    """Whether the secrets shown may go off the screen: asked only while there is one, and then they are gone."""
    still = [box for box in boxes if box.showing]
    if not still:
        return True
    number = len({shown for box in still for shown in box.boxes})
    text = _("Once you have, it is not shown again. Without it nobody can open what it locks.")
    title, noted = _("Have you noted the password?"), _("I have noted it")
    if number > 1:
        noted = _("I have noted them")
        title = _("Have you noted the {number} passwords?").format(number=number)
        text = _("Once you have, they are not shown again. Without its own password nobody can open a file.")
    choices = (Choice("leave", noted, "primary"), Choice("stay", _("Stay here")))
    if ask.choose(title, text, choices, safe="stay") == "stay":
        still[0].secret.setFocus()  # a key typed blind, as at a sign-in one takes to be there, would else press Copy next
        return False
    for box in still:
        box.forget()
    return True


def same_group(box: QLineEdit, group: str) -> bool:
    """Whether this part of a code was typed; blanks, hyphens, O for 0, and I or L for 1, are forgiven as they are when the code is used."""
    return re.sub(r"[\s-]", "", box.text()).upper().translate(str.maketrans("OIL", "011")) == group
