"""The one table: keyboard first, keeps its place when the rows are asked for again, says why it is empty."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import is_pressed, leave_empty
from pupil_desk.ui.kit.lists.heights import WholeRows, fit_rows, least_height
from pupil_desk.ui.kit.lists.rows import ROW_ROLE, Column, FittingDelegate, Placed, Rows, SignsDelegate
from pupil_desk.ui.kit.lists.widths import Stretch, share_room, stretches_of, words_width
from pupil_desk.ui.kit.scroll import bring_row_into_view
from pupil_desk.ui.kit.talk.announce import announce, turned
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, percent, sized


class Table[R](WholeRows):
    """A list of rows. ``opened`` (Enter or double click) and ``current_changed`` (the current row, or None) carry a row.

    ``order(key, descending)`` asks for another order: click a heading, or press Ctrl+Shift+O for the next column.
    Where a row is acted on gravely, ``stands_on_first`` is False: none is current that nobody chose, and the first arrow key goes to the first.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    order = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        name: str,
        id_of: Callable[[R], Hashable] | None = None,
        memory: Memory | None = None,
        several: bool = False,
        empty: EmptyState | None = None,
        memory_key: str = "",
        stands_on_first: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        pause()  # before it is there: nothing half made hears of anything
        super().__init__(parent)
        self._stands_on_first = stands_on_first
        self._id_of: Callable[[R], Hashable] = id_of or attrgetter("id")
        self._memory, self._memory_key = memory, memory_key and f"columns/{memory_key}"
        self._sized, self._percent = False, percent()
        self._widths: dict[int, int] = {}  # of each column when it was last in view
        self._dragged: set[int] = set()  # the columns that the person has made as wide as they are: only those are remembered
        self._stretching: dict[int, Stretch] = {}
        self._ordered = ("", False)
        self._pressing = self._moved = False
        self._spare: Mapping[str, int] = {}
        self._room_of: QWidget = self
        self.model_ = Rows(columns, self)
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.empty = empty
        if empty is not None:
            empty.setParent(self.viewport())
            empty.show()
        self._settle(several)
        for place in (place for place, column in enumerate(columns) if column.signs or column.shorter):
            self.setItemDelegateForColumn(place, SignsDelegate(self) if columns[place].signs else FittingDelegate(self))
        self._settle_header()
        self.doubleClicked.connect(self._on_activated)
        if (dress := look()) is not None:
            dress.changed.connect(self._grow)
        if stands_on_first:
            self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        else:
            self.selectionModel().selectionChanged.connect(lambda *_changed: self._tell_current(self.current()))

    def _settle(self, several: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.ExtendedSelection if several else self.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIconSize(QSize(sized(tokens.ICON), sized(tokens.ICON)))
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        fit_rows(self)

    def _settle_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(sized(tokens.HUGE))
        header.sectionClicked.connect(self._clicked)
        self._remembering = QTimer(self, singleShot=True, interval=400)
        self._remembering.timeout.connect(self._remember)
        header.sectionResized.connect(self._resized)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().minimumSizeHint().width(), least_height(self))

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, and stay on the row with the same id where it is still there, else on the first, or on none."""
        current = self.current()
        held_id = None if current is None else self._id_of(current)
        self.model_.replace(rows)
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.ClickFocus
        )  # with nothing in it Tab goes on to what acts
        if not self._sized:
            self.size_columns()
            self._sized = bool(rows)  # by the headings alone until there is a row to measure
        if self.empty is not None:
            self.empty.setVisible(not rows)
        if rows and not (held_id is not None and self.select(held_id)):
            if self._stands_on_first:
                self.selectRow(0)
            else:
                self.choose_none()
                self.current_changed.emit(None)
        if not rows:
            self.current_changed.emit(None)
            QTimer.singleShot(0, self, lambda: leave_empty(self))

    def show_order(self, key: str, descending: bool) -> None:
        """Show by an arrow in the heading by what the rows are ordered."""
        self._ordered = (key, descending)
        header = self.horizontalHeader()
        keys = [column.order for column in self.model_.columns]
        header.setSortIndicatorShown(key in keys)
        if key in keys:
            # Qt draws its arrow pointing down for ascending; Windows, and people, have it the other way
            way = Qt.SortOrder.AscendingOrder if descending else Qt.SortOrder.DescendingOrder
            header.setSortIndicator(keys.index(key), way)

    @property
    def rows(self) -> Sequence[R]:
        return self.model_.rows

    def current(self) -> R | None:
        """The row the person is on."""
        index = self.currentIndex()
        if not self._stands_on_first and not self._is_chosen(index):  # the cursor may be where nobody put it; what was chosen is seen to be
            return next(iter(self.selected()), None)
        return self.model_.rows[index.row()] if index.isValid() else None

    def selected(self) -> list[R]:
        """The rows chosen, where several can be."""
        ranges = self.selectionModel().selection().toList()  # Qt's own list of the rows would ask the model of each, again and again
        return [self.model_.rows[row] for row in dict.fromkeys(row for rows in ranges for row in range(rows.top(), rows.bottom() + 1))]

    def _is_chosen(self, index: QModelIndex) -> bool:
        return index.isValid() and self.selectionModel().isRowSelected(index.row())

    def selectRow(self, row: int) -> None:  # noqa: N802 - Qt's name
        """Choose this row and no other, whatever keys are held down: Qt's own adds to the choice while Ctrl is."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model_.index(row, 0), only)

    def select(self, row_id: Hashable) -> bool:
        """Go to the row with that id; False if it is not there."""
        rows = self.model_.rows
        if isinstance(rows, Placed):
            place = rows.place_of(row_id)
        else:
            place = next((place for place, row in enumerate(rows) if self._id_of(row) == row_id), None)
        if place is None:
            return False
        self.setAutoScroll(False)  # a list that is asked for again after a click keeps its lines under the pointer
        self.selectRow(place)
        self.setAutoScroll(True)
        bring_row_into_view(self)
        return True

    def lead_to(self, *widgets: QWidget) -> None:
        """Enter on a row goes on to the first of these that can be used: to what is done with it."""

        def go_on(_row: R) -> None:
            able = (widget for widget in widgets if widget.isEnabled() and widget.isVisible())
            if (first := next(able, None)) is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)

        self.opened.connect(go_on)

    def choose_none(self) -> None:
        """Stand on no row."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def cell(self, row: int, key: str) -> str:
        """The words in a cell, by the column's key: what a person reads there."""
        return str(self.model_.index(row, [column.key for column in self.model_.columns].index(key)).data())

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW_ROLE))

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        self._moved = self._pressing
        if now.isValid() and not self._pressing:
            self._tell_current(self.model_.rows[now.row()])
            bring_row_into_view(self)

    def _tell_current(self, row: R | None) -> None:
        self.current_changed.emit(row)
        if self.hasFocus():  # the person has gone there
            turned(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Qt moves the cursor first and then marks the row pressed: the change is told once both are done, so that whoever hears of it may go back."""
        self._pressing, self._moved = True, False
        super().mousePressEvent(event)
        self._pressing = False
        if self._moved:
            self._on_current_changed(self.currentIndex(), QModelIndex())

    def _clicked(self, place: int) -> None:
        key = self.model_.columns[place].order
        if key:
            self._ask_order(key, descending=self._ordered == (key, False), words=self.model_.columns[place].title)
        else:
            self.show_order(*self._ordered)  # the header has moved its arrow by itself

    def _ask_order(self, key: str, *, descending: bool, words: str) -> None:
        self.show_order(key, descending)
        self.order.emit(key, descending)
        way = _("{column}, last first") if descending else _("{column}, first first")
        announce(self, _("Ordered by {how}").format(how=way.format(column=words)))

    def _next_order(self) -> None:
        """The keyboard's way to a heading: each ordered column in sight in turn, up and then down."""
        able = {column.order: place for place, column in enumerate(self.model_.columns) if column.order and not self.isColumnHidden(place)}
        if not able:
            return
        key, descending = self._ordered
        keys = list(able)
        if key in able and descending:
            key = keys[(keys.index(key) + 1) % len(keys)]
        self._clicked(able.get(key, able[keys[0]]))

    def size_columns(self) -> None:
        """Make each column as wide as its words are now, but for those that the person has made as wide as they are."""
        columns = self.model_.columns
        kept = self._memory.get(self._memory_key) if self._memory is not None and self._memory_key else None
        saved_widths = kept if isinstance(kept, list) and len(kept) == len(columns) else [0] * len(columns)
        words = [words_width(column, self.model_.rows, self.fontMetrics()) for column in columns]
        self._stretching = stretches_of(columns, words, self.model_.rows, self.fontMetrics())
        for place, width in enumerate(words):
            self.set_width(place, width)
            if int(saved_widths[place]) > 0:
                self.setColumnWidth(place, sized(int(saved_widths[place])))
        self._share_room()

    def set_width(self, place: int, width: int) -> None:
        """Make a column as wide as the list would have it: what is told of it then is not the person's doing."""
        self._widths[place] = max(width, self.horizontalHeader().minimumSectionSize())
        self.setColumnWidth(place, width)

    def _share_room(self) -> None:
        """What room is left goes to words that are cut, and to the stretching columns, which never shrink to nothing: the table scrolls instead."""
        fixed = {place for place, column in self._stretching.items() if column.last} & self._dragged
        sharing = {place: column for place, column in self._stretching.items() if place not in fixed and not self.isColumnHidden(place)}
        other_widths = sum(self.columnWidth(place) for place in range(len(self.model_.columns)) if place not in sharing)
        for place, width in share_room(self.viewport().width() - other_widths, sharing).items():
            self.set_width(place, width)

    def _remember(self) -> None:
        if self._memory is not None and self._memory_key and self._sized:
            widths = [self._widths[place] if place in self._dragged else 0 for place in range(len(self.model_.columns))]
            self._memory.keep(self._memory_key, [round(width * 100 / self._percent) for width in widths])

    def _resized(self, place: int, _before: int, now: int) -> None:
        if now > 0 and now != self._widths.get(place):  # one that is hidden keeps the width it had
            self._widths[place] = now
            self._dragged.add(place)
            self._remembering.start()

    def setColumnHidden(self, place: int, hide: bool) -> None:  # noqa: N802 - Qt's name
        """Hide a column or show it again; the room goes to the stretching ones."""
        if hide != self.isColumnHidden(place):
            (self.model_.hidden.add if hide else self.model_.hidden.discard)(self.model_.columns[place].key)
            super().setColumnHidden(place, hide)
            self._share_room()

    def always_give_way(self, spare: Mapping[str, int], room_of: QWidget | None = None) -> None:
        """Hide the columns, by key, while the table, or ``room_of``, is less wide than this (at 100 %); the others stay as they are."""
        self._spare, self._room_of = spare, room_of or self
        self._room_of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._room_of and event.type() is QEvent.Type.Resize:
            for place, column in enumerate(self.model_.columns):
                if column.key in self._spare:
                    self.setColumnHidden(place, self._room_of.width() < sized(self._spare[column.key]))
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        """With another text size the columns grow as their words do."""
        before, self._percent = self._percent, percent()
        if before == self._percent:
            return
        widths, dragged = dict(self._widths), set(self._dragged)
        self.setIconSize(QSize(sized(tokens.ICON), sized(tokens.ICON)))
        self.horizontalHeader().setMinimumSectionSize(sized(tokens.HUGE))
        self._stretching = {place: column.at(self._percent / before) for place, column in self._stretching.items()}
        for place, width in widths.items():
            if self._sized and not self.isColumnHidden(place):
                self.set_width(place, round((width - 2 * tokens.M) * self._percent / before) + 2 * tokens.M)
        self._dragged = dragged
        fit_rows(self)
        self._share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # held down, it would go on to the next row, as where Enter confirms one form after another
            if not event.isAutoRepeat() and (self._stands_on_first or self._is_chosen(self.currentIndex())):
                self._on_activated(self.currentIndex())
        elif is_pressed(event, keys.NEXT_ORDER):
            self._next_order()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Qt puts the cursor on the first row of a list that stands on none: here it waits for the person's first key."""
        super().focusInEvent(event)
        if not self._stands_on_first and not self.selectionModel().hasSelection():
            self.choose_none()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        row = self.visualRect(self.currentIndex())
        was_in_view = 0 <= row.top() < event.oldSize().height()
        super().resizeEvent(event)
        if was_in_view:
            bring_row_into_view(self)
        if self.empty is not None:
            self.empty.setGeometry(self.viewport().rect())
        self._share_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            fit_rows(self)
