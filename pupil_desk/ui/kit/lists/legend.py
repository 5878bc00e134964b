"""What the signs of pupils' badges mean, at the foot of the window while such signs are in view and nothing else is said there."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.ui.kit.lists.rows import icon_of
from pupil_desk.ui.kit.lists.signs_in_view import QUIET, Sign, Tone, signs_in_window, tell
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, sized

_SAID: dict[PupilBadge, str] = {PupilBadge.PLAN: _("Plan that runs")}  # one sign for every kind


class SignLegend(QWidget):
    """Each sign in view with its words, what weighs most first, and only as many as have room whole. A screen reader has the words in each line of a list.

    ``changed`` comes when others are in view.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._in_view: set[Sign] = set()
        tell(self)

    def look_again(self) -> None:
        """Which signs are in view in the window now."""
        signs = signs_in_window(self.window())
        if signs != self._in_view:
            self._in_view = signs
            self.updateGeometry()
            self.update()
            self.changed.emit()

    def said(self) -> list[tuple[Sign, str]]:
        """The signs that are explained now, with their words."""
        explained: list[tuple[Sign, str]] = []
        room = self.width()
        for sign, words in self._to_explain():
            room -= self._wide(words)
            if room >= 0:
                explained.append((sign, words))
        return explained

    def _wide(self, words: str) -> int:
        return sized(tokens.ICON) + tokens.XS + self.fontMetrics().horizontalAdvance(words) + tokens.L

    def _to_explain(self) -> list[tuple[Sign, str]]:
        """The signs in view with their words, as with all the room there could be."""
        found: list[tuple[Sign, str]] = []
        for badge in PupilBadge:
            tones: tuple[Tone, ...] = (badge.value.tone, QUIET)
            shown = next(((badge.value.sign, tone) for tone in tones if (badge.value.sign, tone) in self._in_view), None)
            if shown is None:
                continue
            found.append((shown, _SAID.get(badge, badge.value.words)))
        return found

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(sum(self._wide(words) for _sign, words in self._to_explain()), max(sized(tokens.ICON), self.fontMetrics().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, left, mark = QPainter(self), 0, sized(tokens.ICON)
        painter.setPen(colours().muted)
        for (sign, tone), words in self.said():
            icon_of(sign, tone).paint(painter, QRect(left, (self.height() - mark) // 2, mark, mark))
            left += mark + tokens.XS
            wide = self.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRect(left, 0, wide + tokens.HAIR, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += wide + tokens.L
