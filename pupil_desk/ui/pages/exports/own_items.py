"""What goes into an export of the unit's own: every item that can, found as one types; and those chosen, in their order, with their headings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.text import capital, fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.catalogue import label_of
from pupil_desk.domain.exports.own_export import ATTENDANCE, LONGEST_HEADING, OwnColumn, choosable_items
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.find_pupil import FindBox
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, flow_of, label, labelled
from pupil_desk.ui.style import tokens

LEAST = tokens.TARGET * 4  # least height of a list here: beneath it stands what is done with it


@dataclass(frozen=True, slots=True)
class OfferedItem:
    """An item that can be chosen, in words."""

    id: str
    label: str
    category: str
    special: bool


def words_of(path: str) -> str:
    """An item as it is called here."""
    return _("Attendance this school year, in per cent") if path == ATTENDANCE else label_of(path)


def _all_items() -> list[OfferedItem]:
    items = [
        OfferedItem(path, words_of(path), capital(item.facts.category.value), item.facts.special is not None)
        for path, item in choosable_items().items()
    ]
    places = {item.category: place for place, item in reversed(list(enumerate(items)))}
    return sorted(items, key=lambda item: places[item.category])


class OwnItems(QWidget):
    """``changed`` comes with each item, place or heading that is other than before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[OwnColumn, ...] = ()
        self._items, self._readonly = _all_items(), False
        self.find_box = FindBox(_("Find an item"), lambda: self.offers)
        no_match = EmptyState("magnifying-glass", _("No item has a name like that"), _("Type other words, or empty the box to see all."))
        self.offers: Table[OfferedItem] = Table(self._offer_columns(), name=_("Items"), empty=no_match)
        empty = EmptyState("list-numbers", _("Nothing is chosen yet"), _("Tick items in the list. Choose no more than they need."))
        self.columns_table: Table[OwnColumn] = Table(_CHOSEN, name=_("In the file"), id_of=lambda row: row.item, empty=empty)
        self.heading = QLineEdit(maxLength=LONGEST_HEADING)
        self.up_button = button(_("&Up"), lambda: self._move(-1), icon_name="arrow-up")
        self.down_button = button(_("&Down"), lambda: self._move(1), icon_name="arrow-down")
        self.out_button = button(_("Ta&ke out"), self._take_out, icon_name="x")
        self.special = label("", "check")
        self.offers.always_give_way({"category": 380})
        for table in (self.offers, self.columns_table):
            table.setMinimumHeight(LEAST)
        self._build()
        self.find_box.textChanged.connect(lambda _text: self._offer())
        self.find_box.chose.connect(self.flip)
        self.offers.opened.connect(lambda _row: self.flip())
        self.offers.clicked.connect(self._clicked)
        shortcut_within(self.offers, keys.TICK.sequence, self.flip)
        self.columns_table.current_changed.connect(self._on_row_changed)
        self.columns_table.lead_to(self.up_button, self.down_button, self.out_button)
        self.heading.textEdited.connect(self._renamed)
        self._offer()
        self._tell()

    def _offer_columns(self) -> tuple[Column[OfferedItem], ...]:
        return (
            Column(
                "tick",
                _("Tick"),
                lambda _row: "",
                width=4,
                icon=lambda row: "check-square" if self.holds(row.id) else "square",
                accessible=lambda row: _("Ticked") if self.holds(row.id) else _("Not ticked"),
            ),
            Column(
                "label",
                _("Item"),
                lambda row: row.label,
                width=20,
                stretch=True,
                icon=lambda row: "shield-warning" if row.special else "",
                tip=lambda row: _("{item}: specially protected by law").format(item=row.label) if row.special else row.label,
            ),
            Column("category", _("Kind of data"), lambda row: row.category, width=16, tip=lambda row: row.category),
        )

    def _build(self) -> None:
        left = QWidget()
        right = QWidget()
        buttons_box = flow_of(self.up_button, self.down_button, self.out_button)
        for side, parts in (
            (left, (labelled(_("&Find an item, and press Enter to tick it"), self.find_box), self.offers)),
            (right, (self.columns_table, labelled(_("&Heading of the column"), self.heading), buttons_box, self.special)),
        ):
            column = column_in(side, tokens.S)
            for part in parts:
                column.addWidget(part, int(isinstance(part, Table)))
        column_in(self, None, Panes(left, right, shares=(1, 1)), top=tokens.S)

    def holds(self, path: str) -> bool:
        """Whether an item is chosen."""
        return any(column.item == path for column in self.columns)

    def show_columns(self, columns: Sequence[OwnColumn], *, readonly: bool) -> None:
        """These, to be changed or only seen."""
        self.columns, self._readonly = tuple(columns), readonly
        self._tell()

    def flip(self) -> None:
        """Choose the item that one is on, or take it out again."""
        row = self.offers.current()
        if row is None or self._readonly:
            return
        if self.holds(row.id):
            self._set_columns(tuple(column for column in self.columns if column.item != row.id))
        else:
            self._set_columns((*self.columns, OwnColumn(row.id, row.label[:LONGEST_HEADING])))
            self.columns_table.select(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.flip()

    def _take_out(self) -> None:
        row = self.columns_table.current()
        if row is not None:
            self._set_columns(tuple(column for column in self.columns if column != row))

    def _move(self, step: int) -> None:
        row = self.columns_table.current()
        if row is None or not 0 <= (place := self.columns.index(row) + step) < len(self.columns):
            return
        remaining = [column for column in self.columns if column != row]
        self._set_columns((*remaining[:place], row, *remaining[place:]))
        self.columns_table.select(row.item)

    def _renamed(self, text: str) -> None:
        row = self.columns_table.current()
        if row is not None:
            self._set_columns(tuple(replace(column, heading=text) if column == row else column for column in self.columns))

    def _set_columns(self, columns: tuple[OwnColumn, ...]) -> None:
        self.columns = columns
        self._tell()
        self.changed.emit()

    def _offer(self) -> None:
        find = fold(self.find_box.text())
        self.offers.show_rows([item for item in self._items if find in fold(f"{item.label} {item.category}")])

    def _tell(self) -> None:
        current = self.columns_table.current()
        self.columns_table.show_rows(self.columns)
        if current is not None:
            self.columns_table.select(current.item)
        self._on_row_changed(self.columns_table.current() if self.columns else None)
        self.offers.viewport().update()
        number = sum(item.special and self.holds(item.id) for item in self._items)
        self.special.setText(
            _("{items} of these the law protects specially.").format(items=count_of(number, _("item"), _("items"))) if number else ""
        )
        self.special.setVisible(bool(number))

    def _on_row_changed(self, row: OwnColumn | None) -> None:
        if row is None or self.heading.text() != row.heading:
            self.heading.setText(row.heading if row is not None else "")
        able = row is not None and not self._readonly
        place = self.columns.index(row) if row in self.columns and row is not None else 0
        self.heading.setEnabled(able)
        self.up_button.setEnabled(able and place > 0)
        self.down_button.setEnabled(able and place < len(self.columns) - 1)
        self.out_button.setEnabled(able)


_CHOSEN = (
    Column[OwnColumn]("heading", _("Heading"), lambda row: row.heading, width=14, stretch=True, tip=lambda row: row.heading),
    Column[OwnColumn](
        "item", _("What stands there"), lambda row: words_of(row.item), width=14, stretch=True, tip=lambda row: words_of(row.item)
    ),
)
