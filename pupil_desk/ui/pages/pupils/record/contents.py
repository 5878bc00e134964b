"""The parts of a record, to choose from: a list beside the part in view, or a box above it where there is no room."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.page import HELP_HEADING
from pupil_desk.ui.kit.scroll import bring_row_into_view
from pupil_desk.ui.style import tokens


class _List(QListWidget):
    """As wide as its longest line; the part one is in is always in view, once the pointer that chose it is calm."""

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Qt moves the cursor first and then marks what is under the pointer: another part, where the list has scrolled as the part opened."""
        super().mousePressEvent(event)
        self.setCurrentRow(self.currentRow())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        bring_row_into_view(self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        font = self.font()
        font.setBold(True)
        widest = max((self.sizeHintForIndex(self.model().index(place, 0)).width() for place in range(self.count())), default=0)
        return QSize(widest + self.verticalScrollBar().sizeHint().width() + tokens.L, tokens.HUGE * 2)


class Contents(QObject):
    """The list and the box, always at the same part. ``part_chosen`` carries the place that the person chose.

    The parts answer to no Alt letter: there are more of them than letters to spare beside the buttons and tabs in view. Ctrl+J
    goes to the list, where the first letters of a name turn to it.
    """

    part_chosen = Signal(int)

    def __init__(self, parts: Sequence[str], owner: QWidget) -> None:
        super().__init__(owner)
        self._owner, self._current_part, self._quiet = owner, 0, False
        self.list, self.box = _List(owner), ChoiceBox(parent=owner)
        self.list.setObjectName("parts")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for chooser in (self.list, self.box):
            chooser.setAccessibleName(_("Parts of the record"))
            chooser.setToolTip(
                _("Ctrl+J comes here: type the first letters. Ctrl+Page Down and Ctrl+Page Up turn to the next part and the one before")
            )
        self.list.currentRowChanged.connect(self._on_part_chosen)
        self.list.activated.connect(lambda _index: self.list.focusNextChild())
        self.box.currentIndexChanged.connect(self._on_part_chosen)
        self.offer(parts)
        self.box.hide()

    def offer(self, parts: Sequence[str]) -> None:
        """Offer these parts, the first of them in view, and tell nobody."""
        self._quiet = True
        for chooser in (self.list, self.box):
            chooser.clear()
            chooser.addItems(parts)
        self.box.setMaxVisibleItems(len(parts))
        self.mark(0)

    def focus(self) -> None:
        """Put the cursor where a part is chosen."""
        (self.list if self.has_list else self.box).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def current_part(self) -> int:
        """The place of the part in view."""
        return self._current_part

    @property
    def has_list(self) -> bool:
        """Whether the list is shown, and not the box."""
        return not self.list.isHidden()

    @property
    def names(self) -> list[str]:
        """The names of the parts, in order."""
        return [self.list.item(place).text() for place in range(self.list.count())]

    def show_beside(self, as_list: bool) -> None:
        """The list where there is room beside the part, else the box above it; the focus goes with it."""
        leaving, coming = (self.box, self.list) if as_list else (self.list, self.box)
        focused = leaving.hasFocus()
        coming.setVisible(True)
        leaving.setVisible(False)
        if focused:
            coming.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, place: int) -> None:
        """Choose a part as the person would; past the last comes the first."""
        self._on_part_chosen(place % self.list.count())

    def mark(self, place: int) -> None:
        """Show which part is in view, and tell nobody."""
        self._quiet, self._current_part = True, place
        for row in range(self.list.count()):
            line = self.list.item(row)
            font = line.font()
            font.setBold(row == place)
            line.setFont(font)
        self.list.setCurrentRow(place)
        self.box.setCurrentIndex(place)
        self._owner.setProperty(HELP_HEADING, self.list.item(place).text())
        self._quiet = False

    def _on_part_chosen(self, place: int) -> None:
        if not self._quiet and place >= 0 and place != self._current_part:
            self.part_chosen.emit(place)
