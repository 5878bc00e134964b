"""The list of pupils: found as you type, ordered by a heading, on roll or everyone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import lists, pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.keys import stops_in, tab_after
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.pushbutton import open_beside
from pupil_desk.ui.kit.steady import Steady
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import aligned, button, column_in, find_line, flow_of, growing, label, made, row_in
from pupil_desk.ui.pages.pupils.list.columns import (
    ColumnMenu,
    MoreColumns,
    bring_into_view,
    columns,
    count_words,
    hide_columns,
    size_columns,
    why_empty,
)
from pupil_desk.ui.pages.pupils.list.filtering import Chips, FilterPanel
from pupil_desk.ui.pages.pupils.list.names_in_view import NamesInView
from pupil_desk.ui.pages.pupils.list.rows import PupilRow, PupilRows
from pupil_desk.ui.pages.pupils.list.ticks import TickKeys, Ticks
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width, sized

_NARROWEST, _NUMBERS = 300, 58  # widths at 100 %: the list, and the columns of its two small numbers
_SMALL = frozenset({"tick", "age", "year"})
_BESIDE_NAME = {"age": 300, "year": 390}  # from this width of what the ticks and who is here leave is there room for the number too
_OF_TABLE = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class PupilList(QWidget):
    """``pupil_chosen`` carries the id of the pupil to show now: a click or an arrow came to the row. ``entered`` says that the person wants
    to work in the record: Enter, for which the only one found need not be chosen. Typing chooses nobody: who is looked at is logged."""

    pupil_chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._order, self._descending = "name", False
        self._listening, self._finds, self._sized = True, True, False
        self.find_box = find_line(_("Find a pupil"))
        self.find_box.installEventFilter(self)
        self.leavers_tick = TickBox(_("&Guests and leavers too"))
        self.leavers_tick.toggled.connect(lambda _checked: self.refresh())
        self.count = label("", "muted")
        self.empty = EmptyState(
            "magnifying-glass", "", act=(_("Look among guests and leavers"), lambda: self.leavers_tick.setChecked(True))
        )
        self._matching_ids: set[str] | None = None  # who meets the conditions; None while there are none
        self.chips = Chips()
        self.more_columns = MoreColumns(context.desk)
        self.ticks = Ticks(self)
        self.badges = ListBadges(context.desk)
        self.table = Table(
            columns(self.ticks, self.more_columns, self.badges),
            name=_("Pupils"),
            memory=context.memory,
            memory_key="pupils",
            empty=self.empty,
            stands_on_first=False,
        )
        self.table.show_order(self._order, self._descending)
        self.filter_button = button(_("Filter…"), self.open_filter, icon_name="funnel")
        self.columns_button = button(_("Columns"), lambda: None, "quiet", icon_name="columns")
        self.column_menu = ColumnMenu(self.more_columns, self)
        self._build()
        self._connect()

    def _connect(self) -> None:
        self.find_box.textChanged.connect(self._on_find_typed)
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _row: self._enter())
        self.table.order.connect(self._reorder)
        self.tick_keys = TickKeys(self.ticks, self.table)
        self.table.horizontalScrollBar().valueChanged.connect(lambda _value: self.names_in_view.fit())
        self.ticks.changed.connect(self.table.viewport().update)
        self.column_menu.chose.connect(self._choose_columns)

    def _build(self) -> None:
        find = FilterRow(find=(_("&Find by name or number (Ctrl+F)"), self.find_box))
        self.filter_button.setToolTip(_("Show only some pupils (Ctrl+Shift+F)"))
        self.columns_button.setMenu(self.column_menu)
        self.columns_button.setToolTip(_("What else the list shows; also by a right click on its headings"))
        header = self.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        QShortcut(QKeySequence(keys.FILTER.sequence), self, self.open_filter)
        top = QWidget()
        row_in(top, tokens.XS, growing(find), aligned(self.filter_button, Qt.AlignmentFlag.AlignBottom))
        ticks = flow_of(self.leavers_tick, self.columns_button)
        column_in(self, tokens.XS, top, ticks, self.chips, growing(self.table), Steady(self.count))
        keep_least_width(self.table, _NARROWEST)

    @cached_property
    def filter(self) -> FilterPanel:
        """The panel of conditions, above those in force: made when it is first asked for."""
        panel = FilterPanel(self.context)
        panel.hide()
        panel.changed.connect(self._filtered)
        panel.closed.connect(self._close_filter)
        self.chips.condition_dropped.connect(panel.drop)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.chips), panel)
        tab_after(self.columns_button, stops_in(panel))
        return panel

    @cached_property
    def names_in_view(self) -> NamesInView:
        """The names over the left of the list while it is scrolled sideways: made when it first is."""
        return NamesInView(self.table)

    @property
    def conditions(self) -> Sequence[Condition]:
        """Those in force."""
        return self.filter.conditions if made(self, "filter") else ()

    @property
    def finding(self) -> bool:
        """Whether something is typed to find."""
        return bool(self.find_box.text().strip())

    @property
    def narrowed(self) -> bool:
        """Whether fewer are shown than there are: something is typed, or conditions are in force."""
        return self.finding or bool(self.conditions)

    def begin_finding(self) -> None:
        """Put the cursor into the box that finds, on what is typed there."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def refresh(self) -> None:
        """Ask for the rows again, whom the conditions find and what further columns say, and stay on the same pupil."""
        self._matching_ids = lists.meeting(self.context.desk, self.conditions) if self.conditions else None
        self.more_columns.read()
        self._look()

    def _look(self) -> None:
        """The rows found now, of those whom the conditions have found: with each key, and in each order."""
        matches = self._matches()
        with_leavers = self._with_everyone
        visible = matches if with_leavers else matches.on_roll()
        self.count.setText(count_words(visible, with_leavers=with_leavers, is_searching=self.narrowed))
        if not visible:
            self._say_why_empty(len(matches))
        self._fit()
        with self._quiet():
            self.table.show_rows(PupilRows(visible, self.context.desk.today))
        if visible and not self._sized:
            self._size_columns()

    def _matches(self) -> pupils.Listed:
        """What is typed, the conditions and the order find, guests and leavers too."""
        desk, text = self.context.desk, self.find_box.text()
        by_more = self.more_columns.is_order(self._order)
        order, descending = ("name", False) if by_more else (self._order, self._descending)
        matches = pupils.listing(desk, find=text, order=order, descending=descending)
        if self._matching_ids is not None:
            matches = matches.rows_of(pupil_id for pupil_id in matches.ids if pupil_id in self._matching_ids)
        return matches.rows_of(self.more_columns.ordered(matches.ids, self._order, descending=self._descending)) if by_more else matches

    @property
    def _with_everyone(self) -> bool:
        """Whether guests and leavers are in the list: asked for by the box, or by a condition about who is here."""
        return self.leavers_tick.isChecked() or any(condition.question == "here" for condition in self.conditions)

    def open_filter(self) -> None:
        """The panel of conditions, or away with it; the conditions stay in force."""
        if self.filter.isHidden():
            self.filter.begin()
        else:
            self._close_filter()

    def _close_filter(self) -> None:
        self.filter.hide()
        self.find_box.setFocus()

    def _filtered(self) -> None:
        self.chips.show_conditions(self.conditions)
        self.refresh()
        announce(self.find_box, self.count.text())

    def _offer_columns(self, place: QPoint) -> None:
        header = self.table.horizontalHeader()
        open_beside(self.column_menu, header, QRect(place.x(), 0, 1, header.height()))

    def _choose_columns(self, keys: list[str]) -> None:
        before = {column.key for column in self.more_columns.selected}
        self.more_columns.choose(keys)
        if not self.more_columns.knows(self._order):
            self._order, self._descending = "name", False
            self.table.show_order("name", False)
        self.refresh()
        size_columns(self.table, self.more_columns, but=before)
        if new_keys := [key for key in keys if key not in before]:
            bring_into_view(self.table, new_keys[-1])

    def _fit(self) -> None:
        """Which columns there is room and use for: the name goes first."""
        keys = [column.key for column in self.table.model_.columns]
        wanted = {"tick": self.ticks.active, "standing": self._with_everyone}
        for key, is_wanted in wanted.items():
            self.table.setColumnHidden(keys.index(key), not is_wanted)
        hide_columns(self.table, self.more_columns)
        room = self.width() - sum(self.table.columnWidth(keys.index(key)) for key in wanted)  # one that is hidden takes none
        for key, least in _BESIDE_NAME.items():
            self.table.setColumnHidden(keys.index(key), room < sized(least))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _size_columns(self) -> None:
        """Leave the room to the name, unless the person has set the widths."""
        self._sized = True
        if self.context.memory.get("columns/pupils") is None:
            for place, column in enumerate(self.table.model_.columns):
                if column.key in _SMALL:
                    self.table.set_width(place, sized(_NUMBERS))
            size_columns(self.table, self.more_columns)

    def _say_why_empty(self, hidden_count: int) -> None:
        self.empty.say(*why_empty(hidden_count, narrowed=bool(self.conditions)))
        self.empty.button.setVisible(bool(hidden_count))

    def choosing(self, active: bool) -> None:
        """Tick rows from now on, nobody at first, or open them again."""
        self.ticks.active = active
        self.ticks.clear()
        self._fit()

    def mark(self, pupil_id: str) -> None:
        """Stand on that pupil, or on none, without opening anything."""
        with self._quiet():
            if not (pupil_id and self.table.select(pupil_id)):
                self.table.choose_none()

    def show_whole(self, pupil_id: str) -> None:
        """Have that pupil in the list, whatever was asked for before."""
        with self._silent_find():
            self.find_box.clear()
        self.refresh()
        if not self.table.select(pupil_id):
            self.leavers_tick.setChecked(True)
        if self.conditions and not self.table.select(pupil_id):
            self.filter.set_conditions(())
        self.mark(pupil_id)

    def view_kept(self) -> list[Any]:
        """What is typed to find, and whether leavers are in the list."""
        return [self.find_box.text(), self.leavers_tick.isChecked()]

    def take_view(self, kept: list[Any]) -> None:
        """Have the same in the list again; whoever is open stays so."""
        text, with_leavers = kept
        self.leavers_tick.setChecked(with_leavers)
        self.find_box.setText(text)

    def _on_find_typed(self, _text: str) -> None:
        if not self._finds:
            return
        self._look()
        with self._quiet():
            self.table.choose_none()
        if self.finding:
            announce(self.find_box, self.count.text())

    def _on_row_changed(self, row: PupilRow | None) -> None:
        if self._listening and row is not None and not self.ticks.active:
            self.pupil_chosen.emit(row.id)

    def _reorder(self, key: str, descending: bool) -> None:
        self._order, self._descending = key, descending
        self._look()

    def _enter(self) -> None:
        """The row chosen, else the only one found; where several are found and none is chosen, to the list of them."""
        row, found = self.table.current(), len(self.table.rows) if self.finding else 0
        if row is None and found and (found == 1 or self.ticks.active):
            row = self.table.rows[0]
        if row is None:
            if found:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                announce(self.table, _("{count}. Choose one with the arrow keys, then press Enter.").format(count=self.count.text()))
            return
        if self.ticks.active:
            self.ticks.flip(row.id)
            self.find_box.selectAll()
        else:
            self.entered.emit(row.id)

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Rows change under the person, who has chosen nothing."""
        self._listening = False
        try:
            yield
        finally:
            self._listening = True

    @contextmanager
    def _silent_find(self) -> Iterator[None]:
        self._finds = False  # the box itself hears of it, which else keeps its cross
        try:
            yield
        finally:
            self._finds = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In the find box the arrows go through the list, Enter opens, Esc empties."""
        if watched is not self.find_box or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in _OF_TABLE:
            QApplication.sendEvent(self.table, event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        if event.key() == Qt.Key.Key_Escape and self.find_box.text():
            self.find_box.clear()
            return True
        return False
