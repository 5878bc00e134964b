"""Says why there is nothing to see, and gives the first action."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from pupil_desk.ui.kit.accessible import set_heading
from pupil_desk.ui.kit.words import STRETCH, LabelLook, aligned, button, column_in, fill, growing, set_look, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import sized

_ALL = 10_000  # of the width goes to the words; what they may not take, to either side of them


class _Words(QLabel):
    """A centred text that asks for a line of a fair width and takes what it is given, down to its longest word.

    A label of Qt that wraps asks for a quarter of that, and would stand word under word; a least width would keep the page from growing narrower.
    """

    def __init__(self, text: str, look: LabelLook) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaximumWidth(sized(tokens.READING))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_look(self, look)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        self.ensurePolished()
        words = self.fontMetrics().horizontalAdvance(self.text()) + tokens.XS
        width = min(sized(tokens.FIELD), words)
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """A layout asks of the whole room, of which the words take no more than they may."""
        return super().heightForWidth(min(width, self.maximumWidth()))


class EmptyState(QWidget):
    """A sign, one heading, one sentence, at most one button."""

    def __init__(
        self, sign: str, title: str, text: str = "", act: tuple[str, Callable[[], object]] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = column_in(self, tokens.S, left=tokens.S, right=tokens.S)
        self.picture = picture = QLabel()
        picture.setPixmap(icon(sign, QPalette.ColorRole.PlaceholderText).pixmap(QSize(sized(tokens.ICON_LARGE), sized(tokens.ICON_LARGE))))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title, self.text = _Words(title, "subhead"), _Words(text, "muted")
        set_heading(self.title, 2)
        fill(column, STRETCH, picture)
        for words in (self.title, self.text):
            row = QHBoxLayout()  # an alignment in its place would give the words the width they ask for, however much room there is
            fill(row, STRETCH, growing(words, _ALL), STRETCH)
            column.addLayout(row)
        self.text.setVisible(bool(text))  # once it has a parent: before, it would be a window of its own
        self._act_height = 0
        if act is not None:
            self.button = button(act[0], act[1], "primary")
            self._act_height = self.button.sizeHint().height() + 3 * tokens.S
            fill(column, tokens.S, aligned(self.button, Qt.AlignmentFlag.AlignCenter))
        column.addStretch(1)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a low place the words stand without the sign, and in the lowest the heading alone."""
        super().resizeEvent(event)
        heading, sentence = self._heights(self.width())
        room = self.height() - 2 * tokens.S
        self.text.setVisible(bool(sentence) and room >= heading + sentence)
        self.picture.setVisible(room >= sized(tokens.ICON_LARGE) + heading + sentence)

    def _heights(self, width: int) -> tuple[int, int]:
        """Of the heading and of the sentence, each with the gap beneath, in pixels."""
        heading, sentence = (
            words.heightForWidth(width - 2 * tokens.M) + tokens.S if words.text() else 0 for words in (self.title, self.text)
        )
        return heading, sentence

    def whole_height(self, width: int) -> int:
        """In which all of it is seen at such a width, in pixels."""
        return sized(tokens.ICON_LARGE) + sum(self._heights(width)) + self._act_height + 2 * tokens.S

    def say(self, title: str, text: str = "") -> None:
        """Other words in the same place, such as «No pupil has a name like that»."""
        self.title.setText(title)
        show_words(self.text, text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
