"""The grid: pupils down, sessions across, driven by the keyboard alone."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.enrolment import GUEST
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.register import RegisterRow
from pupil_desk.ui.kit.lists.heights import fit_rows, least_height
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.rows import picture_of
from pupil_desk.ui.kit.lists.signs_in_view import Sign, explain_signs_of, rows_in_view
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import tip
from pupil_desk.ui.pages.register.choosing import ChoosingTable
from pupil_desk.ui.pages.register.painting import SHOWN_ROLE, CellPainter
from pupil_desk.ui.pages.register.sheet import RegisterCell, RegisterSheet
from pupil_desk.ui.pages.register.wording import DAYS, accessible_words, session_words, why_closed
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, sized

type Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_STAYING = {
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
}
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_WIDE = 2  # so many columns at most have room for the words beside the code


class RegisterModel(QAbstractTableModel):
    """The sheet as Qt asks for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet: RegisterSheet | None = None
        self.badges: ListBadges | None = None  # of those whom the sheet names
        self._has_room = True
        self._names_take: tuple[QFontMetrics, int] | None = None  # in which letters, and how wide

    def replace(self, sheet: RegisterSheet) -> None:
        """Another sheet instead."""
        if self.badges is not None:
            self.badges.read({row.pupil_id for row in sheet.rows})
        self._names_take = None
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def refresh(self) -> None:
        """What is typed has changed."""
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.sheet is None:
            return None
        cell = self.sheet.cell_at(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.code or (cell.expected if cell.open else "")
            case Qt.ItemDataRole.AccessibleTextRole:
                return accessible_words(cell, self.sheet.rows[index.row()].name)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(why_closed(cell) if not cell.code else accessible_words(cell, self.sheet.rows[index.row()].name))
        return cell if role == SHOWN_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if self.sheet is not None and orientation is Qt.Orientation.Vertical:
            return self._name(self.sheet.rows[section], role)
        if self.sheet is None or role not in _WORDS:
            return None
        day, session = self.sheet.columns[section]
        closed = self.sheet.view.closed.get(day, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section, closed)
        words = f"{DAYS[day.weekday()]} {show_date(day)}, {session_words(session)}"
        return f"{words}: {_('closed')}, {closed}" if closed else words

    def _name(self, row: RegisterRow, role: int) -> Any:
        """The pupil's name with the sign of what weighs most, and where there is room its words, if grave; all under the mouse and to a screen reader."""
        assert self.sheet is not None
        if role == Qt.ItemDataRole.DecorationRole and self.badges is not None:
            return picture_of(self.signs_of(row)) or _no_sign()
        if role not in _WORDS:
            return None
        if self.badges is None:
            return row.name
        name = self._full_name(row)
        if role != Qt.ItemDataRole.DisplayRole:
            return self.badges.named(name, row.pupil_id)
        if len(self.sheet.columns) > _WIDE:
            return name.replace(f"{row.name}, ", f"{row.name},\n", 1)
        return self.badges.gravest(name, row.pupil_id) if self._has_room else name

    def of_two_lines(self) -> set[int]:
        """The rows of a week in which what tells a pupil from another of the same name stands below it: a column as wide as both would hide days."""
        if self.columnCount() <= _WIDE:
            return set()
        return {row for row in range(self.rowCount()) if "\n" in self.headerData(row, Qt.Orientation.Vertical)}

    def signs_of(self, row: RegisterRow) -> Sequence[Sign]:
        """The sign of what weighs most, if anything does."""
        return self.badges.signs(row.pupil_id)[:1] if self.badges is not None else ()

    def _full_name(self, row: RegisterRow) -> str:
        """Told from another of the same name, and a guest said to be one."""
        assert self.badges is not None
        name = self.badges.apart(row.name, row.pupil_id)
        return _("{name} (guest)").format(name=name) if row.status == GUEST else name

    def names_take(self, metrics: QFontMetrics) -> int:
        """How wide the names are with what is grave of each said after it."""
        if self.sheet is None or self.badges is None:
            return 0
        if self._names_take is None or self._names_take[0] != metrics:
            names = [self.badges.gravest(self._full_name(row), row.pupil_id) for row in self.sheet.rows]
            widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
            self._names_take = metrics, widest + sized(tokens.ICON) + 3 * tokens.M
        return self._names_take[1]

    def give_room(self, has_room: bool) -> None:
        """Whether there is room for more than the names: the signs before them stay, and a screen reader is told all the same."""
        if has_room != self._has_room:
            self._has_room = has_room
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))

    def _heading(self, section: int, closed: str) -> str:
        assert self.sheet is not None
        day, session = self.sheet.columns[section]
        if len(self.sheet.columns) <= _WIDE:
            return closed or (_("Morning") if session is Session.AM else _("Afternoon"))
        return f"{DAYS[day.weekday()][:3]}\n{_('closed') if closed else f'{day.day} {session}'}"


class Grid(ChoosingTable):
    """Hands on what is typed. ``sign_typed`` carries one printable sign, ``cleared`` comes on Delete, ``stepped`` on Ctrl+Left and Ctrl+Right,
    ``settled`` before a move while a first sign waits, ``cell_changed`` when another cell is current."""

    sign_typed = Signal(str)
    cleared = Signal()
    stepped = Signal(int)
    settled = Signal()
    cell_changed = Signal()

    def __init__(self, empty: EmptyState) -> None:
        super().__init__()
        self.model_ = RegisterModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(CellPainter(self, lambda: self.waiting))
        self.setAccessibleName(_("Register"))
        self.setAccessibleDescription(
            _("Type a code; it is taken and the next pupil is ready. Space or Shift with an arrow chooses several. F2 fills present.")
        )
        self.waiting = ""  # the first sign of a code of two
        self.empty = empty
        empty.setParent(self.viewport())
        self._settle()
        explain_signs_of(self, Grid.signs_in_view)
        self.selectionModel().currentChanged.connect(lambda *_indexes: self.cell_changed.emit())
        self.selectionModel().selectionChanged.connect(lambda *_choices: self._tell_choice())
        if (dress := look()) is not None:
            dress.changed.connect(self.fit)

    def _settle(self) -> None:
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("look", "grid")
        self.setMouseTracking(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(tokens.HUGE * 4)
        horizontal, vertical = self.horizontalHeader(), self.verticalHeader()
        horizontal.setHighlightSections(False)
        horizontal.setSectionsClickable(False)
        horizontal.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        horizontal.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setHighlightSections(True)
        vertical.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_sheet(self, sheet: RegisterSheet, row: int, column: int) -> None:
        """Show a sheet, with that cell current."""
        self.waiting = ""
        self.model_.replace(sheet)
        self.empty.setVisible(not sheet.rows)
        self.fit()
        self.stand(row, column)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the current cell; (-1, -1) for none."""
        return self.currentIndex().row(), self.currentIndex().column()

    def current(self) -> RegisterCell | None:
        """The current cell."""
        cell = self.currentIndex().data(SHOWN_ROLE)
        return cell if isinstance(cell, RegisterCell) else None

    def chosen(self) -> list[RegisterCell]:
        """The cells chosen, from above, session by session; where none is, the current one."""
        places = sorted((index.column(), index.row()) for index in self.selectedIndexes())
        cells = [self.model_.index(row, column).data(SHOWN_ROLE) for column, row in places] or [self.current()]
        return [cell for cell in cells if isinstance(cell, RegisterCell)]

    def _tell_choice(self) -> None:
        if (count := len(self.selectedIndexes())) > 1:
            announce(self, _("{count} chosen").format(count=count))
        self.choice_changed.emit()

    def view_kept(self) -> list[str] | None:
        """The pupil, the day and the session of the current cell."""
        cell = self.current()
        return [cell.place[0], cell.place[1].isoformat(), cell.place[2].value] if cell is not None else None

    def take_view(self, kept: list[str] | None) -> None:
        """Make that cell current, where it is in view."""
        sheet = self.model_.sheet
        if kept is None or sheet is None:
            return
        pupil_ids = [row.pupil_id for row in sheet.rows]
        sessions = [[day.isoformat(), session.value] for day, session in sheet.columns]
        if kept[0] in pupil_ids and kept[1:] in sessions:
            self.stand(pupil_ids.index(kept[0]), sessions.index(kept[1:]))

    def signs_in_view(self) -> list[Sign]:
        """Those beside the names that are in view."""
        rows = self.model_.sheet.rows if self.model_.sheet is not None else ()
        return [sign for place in rows_in_view(self) for sign in self.model_.signs_of(rows[place])]

    def refresh(self) -> None:
        """Draw what is typed."""
        self.model_.refresh()
        self.viewport().update()

    def wait_for_more(self, waiting: str) -> None:
        """Show the first sign of a code of two."""
        self.waiting = waiting
        self.viewport().update()

    def next_pupil(self) -> None:
        """One row down, and nobody chosen; the last stays."""
        row, column = self.place
        self.stand(min(row + 1, self.model_.rowCount() - 1), column)

    def _turn(self, step: int) -> None:
        """So many rows on; from the last to the first and back."""
        row, column = self.place
        if count := self.model_.rowCount():
            self.go((row + step) % count, max(0, column))

    def fit(self) -> None:
        """Rows as tall as their text, columns that share the width or scroll."""
        count = self.model_.columnCount()
        tall = fit_rows(self)
        if count:
            lines = 1 if count <= _WIDE else 2
            self.horizontalHeader().setFixedHeight(max(tall, self.fontMetrics().height() * lines + tokens.M))
            self.setMinimumHeight(least_height(self))
            whole_width = self.fontMetrics().horizontalAdvance("W" * 11 if count <= _WIDE else "closed.") + tokens.S
            room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()
            self.model_.give_room(room - self.model_.names_take(self.fontMetrics()) >= count * whole_width)
            least_width = min(whole_width, self._widest_heading()) if count <= _WIDE else whole_width
            wide = max(least_width, self.viewport().width() // count)
            for column in range(count):
                self.setColumnWidth(column, wide)
        two_lines = self.model_.of_two_lines()
        for row in range(self.model_.rowCount()):
            self.setRowHeight(row, tall + (self.fontMetrics().height() if row in two_lines else 0))

    def _widest_heading(self) -> int:
        """Where there is no more room, the codes alone stand beneath the headings: the panel beside says their words, and no session is out of sight."""
        header = self.horizontalHeader()
        return max(header.sectionSizeHint(column) for column in range(self.model_.columnCount()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model_.rowCount():
            self.stand(0, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.waiting:
            self.settled.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key, modifiers = event.key(), event.modifiers()
        is_shortcut = bool(modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        text = event.text()
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model_.rowCount() - 1}
        if self.waiting and not (text and text.isprintable()) and key not in _STAYING:
            self.settled.emit()
        if not (self.waiting and key == Qt.Key.Key_Escape) and self.choose_by_key(event):
            return
        if is_shortcut and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif is_shortcut:
            event.ignore()
        elif key in moves:
            self._turn(moves[Qt.Key(key)])
        elif key in ends and self.model_.rowCount():
            self.go(ends[Qt.Key(key)], max(0, self.place[1]))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif text and text.isprintable() and not text.isspace():
            self.sign_typed.emit(text)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()


def _no_sign() -> QPixmap:
    """The room of a sign, so that the names stand in one line whatever is known of each."""
    room = QPixmap(sized(tokens.ICON), sized(tokens.ICON))
    room.fill(Qt.GlobalColor.transparent)
    return room
