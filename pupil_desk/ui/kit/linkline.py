"""A link that is a button to the keyboard and to a screen reader, and whose words wrap."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import tip
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, sized

if TYPE_CHECKING:
    from pupil_desk.ui.kit.lists.signs_in_view import Sign

_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_TOP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_ENDLESS = 10_000
_SIGNS = {"bad": "warning", "check": "warning-circle"}

type LinkTone = Literal["accent", "bad", "check"]


class LinkLine(QPushButton):
    """Underlined words that lead somewhere. Enter follows them, as it does a link everywhere, and so does the space bar.

    One that is ``quiet`` stands among many that are read more often than followed: its words are those of a text, underlined only while
    the cursor or the mouse is there, and a sign stands before them where they are no mere fact.
    """

    def __init__(self, words: str, run: Callable[[], object], tone: LinkTone = "accent", *, quiet: bool = False) -> None:
        super().__init__()
        self.words, self.tone, self._quiet = words, tone, quiet
        self.signs: Sequence[Sign] = ()  # of the badges of whom it names
        self._badges: QPixmap | None = None
        self.setProperty("look", "fact" if quiet else "link")
        self.setAccessibleName(words.replace("\N{NO-BREAK SPACE}", " "))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked: run())

    def lead_to(self, run: Callable[[], object]) -> None:
        """From now on lead there."""
        self.clicked.disconnect()
        self.clicked.connect(lambda _checked: run())

    def show_badges(self, signs: "Sequence[Sign]", words: str) -> None:
        """The badges of the pupil whom it names: their signs before the words, and what they say under the mouse and for a screen reader."""
        from pupil_desk.ui.kit.lists.rows import picture_of

        self.signs = signs
        self._badges = picture_of(signs)
        if words:
            self.setToolTip(tip(words))
            self.setAccessibleName(_("{name} – {badges}").format(name=self.accessibleName(), badges=words))

    @property
    def badges_take(self) -> int:
        """The room of the badges before the words."""
        return round(self._badges.deviceIndependentSize().width()) + tokens.S if self._badges is not None else 0

    def paint_badges(self, painter: QPainter, words: QRect, height: int) -> None:
        """The badges before the first line of the words, which is so high."""
        if self._badges is not None:
            mark = round(self._badges.deviceIndependentSize().height())
            painter.drawPixmap(words.left() - self.badges_take, words.top() + (height - mark) // 2, self._badges)

    def say(self, words: str, tone: LinkTone = "accent") -> None:
        """Other words in the same place."""
        if (words, tone) == (self.words, self.tone):
            return
        self.words, self.tone = words, tone
        self.setAccessibleName(words.replace("\N{NO-BREAK SPACE}", " "))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return max(self._words_in(width).height() + (tokens.XS if self._quiet else tokens.S), 24)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._words_in(_ENDLESS).width() + self._before + tokens.XS, self.heightForWidth(_ENDLESS))

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
        room = self.content_rect(self.rect())
        if self._has_sign:
            mark, top = sized(tokens.ICON), self.fontMetrics().boundingRect(room, _FLAGS, self.words).top()
            icon(_SIGNS[self.tone], colours().bad if self.tone == "bad" else colours().check).paint(
                painter, QRect(0, top + (self.fontMetrics().height() - mark) // 2, mark, mark)
            )
        self.paint_badges(
            painter, QRect(room.left(), self.fontMetrics().boundingRect(room, _FLAGS, self.words).top(), 0, 0), self.fontMetrics().height()
        )
        self.write_words(painter, room, _FLAGS)

    def write_words(self, painter: QPainter, room: QRect, flags: int) -> None:
        """The words in the colour of their tone, underlined, within a room."""
        font = painter.font()
        font.setUnderline(not self._quiet or self.hasFocus() or self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(self._ink))
        painter.drawText(room, flags, self.words)

    @property
    def _ink(self) -> str:
        scheme = colours()
        if self._quiet and self.tone != "bad":
            return scheme.text  # the sign before it says enough
        return {"accent": scheme.accent, "bad": scheme.bad, "check": scheme.check}[self.tone]

    def _words_in(self, width: int) -> QRect:
        self.ensurePolished()  # else it is measured in the letters of before the style
        return self.fontMetrics().boundingRect(self.content_rect(QRect(0, 0, width, _ENDLESS)), _FLAGS, self.words)

    def content_rect(self, rect: QRect) -> QRect:
        """The room of the words: they begin where all else begins, since the ring of the focus stands outside."""
        return rect.adjusted(self._before, tokens.THIN, 0, -tokens.THIN)

    @property
    def _has_sign(self) -> bool:
        return self._quiet and self.tone in _SIGNS

    @property
    def _before(self) -> int:
        """The room of the sign and of the badges before the words."""
        return (sized(tokens.ICON) + tokens.XS if self._has_sign else 0) + self.badges_take
