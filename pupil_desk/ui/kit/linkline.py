"""A link that is a button to the keyboard and to a screen reader, and whose words wrap."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours

_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ENDLESS = 10_000


class LinkLine(QPushButton):
    """Underlined words that lead somewhere. Enter follows them, as it does a link everywhere, and so does the space bar."""

    def __init__(self, words: str, run: Callable[[], object], tone: Literal["accent", "bad", "check"] = "accent") -> None:
        super().__init__()
        self.words, self.tone = words, tone
        self.setProperty("look", "link")
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked: run())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max(self._words_in(width).height() + tokens.S, 24)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._words_in(_ENDLESS).width() + tokens.M, self.heightForWidth(_ENDLESS))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(min(tokens.HUGE * 2, self.sizeHint().width()), self.heightForWidth(_ENDLESS))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        font = painter.font()
        font.setUnderline(True)
        painter.setFont(font)
        scheme = colours()
        painter.setPen(QColor({"accent": scheme.accent, "bad": scheme.bad, "check": scheme.check}[self.tone]))
        _draw(painter, self._content_rect(self.rect()), self.words)

    def _words_in(self, width: int) -> QRect:
        return self.fontMetrics().boundingRect(self._content_rect(QRect(0, 0, width, _ENDLESS)), _FLAGS, self.words)

    def _content_rect(self, rect: QRect) -> QRect:
        return rect.adjusted(tokens.XS, tokens.THIN, -tokens.XS, -tokens.THIN)


def _draw(painter: QPainter, rect: QRect, words: str) -> None:
    painter.drawText(rect, _FLAGS, words)
