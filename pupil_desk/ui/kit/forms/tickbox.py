"""A box to tick, with a tick that is seen on every ground; and many of them in columns."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QStyle, QStyleOptionButton, QWidget

from pupil_desk.ui.kit.pushbutton import pressed_by_letter
from pupil_desk.ui.kit.words import without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours


class TickBox(QCheckBox):
    """Yes or no, with its words beside it. Never of three states."""

    def __init__(self, words: str, *, ticked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(words)
        self.setChecked(ticked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click gives the focus only where it ticks

    def say(self, words: str) -> None:
        """Its words from now on, which a screen reader says too."""
        self.setText(words)
        self.setAccessibleName(without_sign(words))

    def event(self, event: QEvent) -> bool:
        return pressed_by_letter(self, event) or super().event(event)

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


class TickColumns(QWidget):
    """Boxes to tick in two columns where there is room for them, else in one."""

    def __init__(self, boxes: list[TickBox]) -> None:
        super().__init__()
        self._all = self._boxes = boxes
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(tokens.XS)
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setColumnStretch(2, 1)
        self._place(2)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for place, box in enumerate(self._boxes):
            self._grid.addWidget(box, place // columns, place % columns)

    def show_only(self, boxes: Collection[TickBox]) -> None:
        """Show some of the boxes; what is not shown is not ticked."""
        for box in self._all:
            box.setVisible(box in boxes)
            if box not in boxes:
                box.setChecked(False)
        self._boxes = [box for box in self._all if box in boxes]
        self._place(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        left, right = (max((box.sizeHint().width() for box in self._boxes[start::2]), default=0) for start in (0, 1))
        columns = 2 if left + tokens.M + right <= self.width() else 1
        if columns != self._columns:
            self._place(columns)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As narrow as one column."""
        return QSize(max(box.minimumSizeHint().width() for box in self._all), super().minimumSizeHint().height())
