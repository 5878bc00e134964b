"""What the signs of a pupil's badges mean, at the foot of the window while a list with such signs is in view and nothing else is said there."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.ui.kit.lists.rows import Sign, icon_of
from pupil_desk.ui.kit.lists.signs_in_view import are_in_view, tell
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, sized

_SAID: dict[PupilBadge, str] = {PupilBadge.PLAN: _("EHC or health care plan")}  # one sign for both


class SignLegend(QWidget):
    """Each sign with its words, what weighs most first, and only as many as have room whole. A screen reader has the words in each line of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._is_wanted = False
        tell(self)

    def look_again(self) -> None:
        """Whether a list with signs is in view in the window now."""
        is_wanted = are_in_view(self.window())
        if is_wanted != self._is_wanted:
            self._is_wanted = is_wanted
            self.update()

    def said(self) -> list[tuple[Sign, str]]:
        """The signs that are explained now, with their words."""
        if not self._is_wanted:
            return []
        explained: list[tuple[Sign, str]] = []
        room = self.width()
        for badge in PupilBadge:
            words = _SAID.get(badge, badge.value.words)
            room -= sized(tokens.ICON) + tokens.XS + self.fontMetrics().horizontalAdvance(words) + tokens.L
            if room >= 0:
                explained.append(((badge.value.sign, badge.value.tone), words))
        return explained

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, max(sized(tokens.ICON), self.fontMetrics().height()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, left, mark = QPainter(self), 0, sized(tokens.ICON)
        painter.setPen(colours().muted)
        for (sign, tone), words in self.said():
            icon_of(sign, tone).paint(painter, QRect(left, (self.height() - mark) // 2, mark, mark))
            left += mark + tokens.XS
            wide = self.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRect(left, 0, wide + tokens.HAIR, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += wide + tokens.L
