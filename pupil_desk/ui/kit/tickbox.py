"""A box to tick, with a tick that is seen on every ground."""

from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours


class TickBox(QCheckBox):
    """Yes or no, with its words beside it. Never of three states."""

    def __init__(self, words: str, *, ticked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(words.replace("&", ""))
        self.setChecked(ticked)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            place = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            icon("check-bold", colours().on_accent).paint(QPainter(self), place, mode=QIcon.Mode.Normal)
