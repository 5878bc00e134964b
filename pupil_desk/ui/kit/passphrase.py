"""A secret that is shown once: a recovery code, or the password of an export."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.announce import announce
from pupil_desk.ui.kit.words import button, card, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.fonts import fixed_font
from pupil_desk.ui.style.look import percent

CLEARED_AFTER = 30_000  # ms that a copied secret stays on the clipboard


class Passphrase(QWidget):
    """The secret in a font that tells 0 from O, and a button that copies it for 30 seconds."""

    def __init__(self, name: str, explain: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = QLineEdit()
        self.secret.setReadOnly(True)
        self.secret.setFont(fixed_font(percent()))
        self.secret.setAccessibleName(name)
        self.secret.setAccessibleDescription(explain)
        self.copy = button(_("&Copy"), self._copy, icon_name="copy")
        self.said = label("", "hint")
        heading = label(name, "label")
        heading.setBuddy(self.secret)
        frame = card()
        column = QVBoxLayout(frame)
        column.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        column.setSpacing(tokens.S)
        column.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(tokens.S)
        row.addWidget(self.secret, 1)
        row.addWidget(self.copy)
        column.addLayout(row)
        for words in (label(explain, "muted"), self.said):
            column.addWidget(words)
            words.setVisible(bool(words.text()))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(CLEARED_AFTER)
        self._clear.timeout.connect(self.clear_clipboard)

    def show_secret(self, secret: str) -> None:
        """Show it, wide enough to be read whole."""
        self.secret.setText(secret)
        self.secret.setMinimumWidth(self.secret.fontMetrics().horizontalAdvance(secret) + 3 * tokens.M)
        self.secret.setCursorPosition(0)
        self.show()

    def forget(self) -> None:
        """Take it off the screen and the clipboard: it is not shown again."""
        self.clear_clipboard()
        self.secret.clear()
        self.hide()

    def clear_clipboard(self) -> None:
        """Take the secret off the clipboard, unless something else was copied since."""
        self._clear.stop()
        board = QApplication.clipboard()
        if self.secret.text() and board.text() == self.secret.text():
            board.clear()
            self._say(_("Taken off the clipboard."))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.secret.text())
        self._clear.start()
        self._say(_("Copied. It is taken off the clipboard after 30 seconds."))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
        announce(self, words)
