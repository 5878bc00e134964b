"""Says why there is nothing to see, and gives the first action."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import sized


class EmptyState(QWidget):
    """A sign, one heading, one sentence, at most one button."""

    def __init__(self, sign: str, title: str, text: str = "", act: tuple[str, Callable[[], object]] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(tokens.S)
        picture = QLabel()
        picture.setPixmap(icon(sign, QPalette.ColorRole.PlaceholderText).pixmap(QSize(sized(tokens.ICON_LARGE), sized(tokens.ICON_LARGE))))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title, self.text = label(title, "subhead"), label(text, "muted")
        for line in (self.title, self.text):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setMaximumWidth(tokens.READING)
        column.addWidget(picture)
        column.addWidget(self.title)
        column.addWidget(self.text)
        self.text.setVisible(bool(text))  # once it has a parent: before, it would be a window of its own
        if act is not None:
            self.button = button(act[0], act[1], "primary")
            column.addSpacing(tokens.S)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def say(self, title: str, text: str = "") -> None:
        """Other words in the same place, such as «No pupil has a name like that»."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Each line as wide as its words or the place: a label that wraps asks for far less, and would stand word under word."""
        room = max(0, self.width() - 2 * tokens.L)
        for line in (self.title, self.text):
            line.ensurePolished()
            words = line.fontMetrics().horizontalAdvance(line.text()) + tokens.XS
            line.setMinimumWidth(min(sized(tokens.FIELD), words, room))
