"""A box to tick, with a tick that is seen on every ground."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours


class TickBox(QCheckBox):
    """Yes or no, with its words beside it. Never of three states."""

    def __init__(self, words: str, *, ticked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(words.replace("&", ""))
        self.setChecked(ticked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click gives the focus only where it ticks

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Only the box and its words: what is empty beside them does nothing."""
        return self.rect().contains(place) and place.x() < self.sizeHint().width()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.hitButton(event.position().toPoint()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            ink = colours().on_accent if self.isEnabled() else colours().surface
            icon("check-bold", ink).paint(QPainter(self), place, mode=QIcon.Mode.Normal)
