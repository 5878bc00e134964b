"""A table in whose cells one stands, and of which several may be chosen: by Ctrl or Shift with a click, by Shift with an arrow, by Space."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_Flag = QItemSelectionModel.SelectionFlag
_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_LEFT = Qt.MouseButton.LeftButton


class ChoosingTable(QTableView):
    """``choice_changed`` says that other cells are chosen, or none. What one came to by no act of one's own is current and not chosen.

    A press on a row's name is one on its cell in the column one is in.
    """

    choice_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._command: QItemSelectionModel.SelectionFlag | None = None  # while the program itself goes to a cell
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        names = self.verticalHeader()
        names.setSectionsClickable(True)
        for signal in (names.sectionPressed, names.sectionEntered):  # each chooses the whole row, other columns too
            signal.disconnect()
        names.sectionPressed.connect(self._press_cell)

    def go(self, row: int, column: int) -> None:
        """Make a cell current, and the only one chosen."""
        self._set_current(row, column, _Flag.ClearAndSelect)

    def stand(self, row: int, column: int) -> None:
        """Make a cell current, and none chosen."""
        self._set_current(row, column, _Flag.Clear)

    def _set_current(self, row: int, column: int, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.model().index(row, column)
        self._command = command
        self.setCurrentIndex(index)
        self._command = None
        self.scrollTo(index)

    @property
    def has_choice(self) -> bool:
        """Whether any cell is chosen."""
        return self.selectionModel().hasSelection()

    def choose_by_key(self, event: QKeyEvent) -> bool:
        """Space chooses this cell too, or no longer; Shift with an arrow those on the way, Ctrl with one goes on and leaves what is chosen; Escape ends it."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), _Flag.Toggle)
        elif key == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self.stand(self.currentIndex().row(), self.currentIndex().column())
        elif key in _ARROWS and modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        else:
            return False
        return True

    def _press_cell(self, row: int) -> None:
        place = QPointF(self.visualRect(self.model().index(row, max(0, self.currentIndex().column()))).center())
        modifiers, on_screen = QGuiApplication.keyboardModifiers(), QPointF(self.viewport().mapToGlobal(place))
        self.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, place, on_screen, _LEFT, _LEFT, modifiers))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand that slips over the next row with the button down chooses nobody else."""
        if not event.buttons():
            super().mouseMoveEvent(event)

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Where the program goes there, it is as the program says, whatever key is held meanwhile."""
        return self._command if event is None and self._command is not None else super().selectionCommand(index, event)
