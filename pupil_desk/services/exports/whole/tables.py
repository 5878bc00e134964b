"""What goes of the whole unit: every table of the file but for those that ``resources/whole_unit`` leaves out, each column with what it is.

A column of a record says what the catalogue says of its item; any other what the resource says of it.
"""

import base64
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.documents.files.data_package import Field
from pupil_desk.domain.catalogue.catalogue import NOT_ITEMS, RECORDS, record_word
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.consents.consent import ConsentType, Occasion
from pupil_desk.domain.exports.own_export import OwnExport
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import ExportColumn, ExportSheet
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import NOTES, SAFEGUARDING_FILES, Room
from pupil_desk.services.safeguarding.files import FILE
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import whole
from pupil_desk.store.tables.whole import Column, Shape

BODY = "body"
APART: Mapping[str, Room] = {"restricted_note": NOTES, "safeguarding_entry": SAFEGUARDING_FILES, "safeguarding_paper": SAFEGUARDING_FILES}
"""The tables of which what they say goes only for who may read it, and then in a file apart: each with the room whose key it is under."""
UNSAID = frozenset({"safeguarding_entry", "safeguarding_paper"})
"""Those of them of which not even the pupils who have a row are told."""
_LOG, _ABOUT = "log", ("object_id", "reason")  # what was done, and the columns that tell of whose safeguarding file and how
_ITEM_APART = {
    "restricted_note": "note.text",
    "safeguarding_entry": "safeguarding_entry.text",
    "safeguarding_paper": "safeguarding_entry.papers",
}
_TAKEN_AWAY = "taken_away"  # a column that the file does not have: it follows from «same_as»
_OF_UNIT: Mapping[str, type] = {
    "settings": UnitSettings,
    "consent_type": ConsentType,
    "consent_occasion": Occasion,
    "own_export": OwnExport,
}
_OF_EXPORTS = frozenset({"disclosure", "disclosure_strike", "disclosure_family", "export_row", "returned"})  # what exports themselves leave
_TYPES: Mapping[Kind, str] = {Kind.DATE: "date", Kind.YES_NO: "boolean", Kind.NUMBER: "integer"}
_ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "text/html": ".html",
}


@dataclass(frozen=True, slots=True)
class Texts:
    """What the resource says: of tables their title and description, which are left out and why, and of columns type and words."""

    tables: Mapping[str, tuple[str, str]]
    left_out: Mapping[str, str]
    columns: Mapping[str, tuple[str, str]]


@by_rules
def texts() -> Texts:
    """What ``resources/whole_unit/tables.toml`` says."""
    data = rule_data("whole_unit", "tables.toml")
    columns = {name: ("", said) if isinstance(said, str) else (said[0], said[1]) for name, said in data["columns"].items()}
    return Texts({name: (said[0], said[1]) for name, said in data["tables"].items()}, data["left_out"], columns)


def readable(desk: Desk) -> frozenset[str]:
    """The tables apart whose words the person at the desk may read, and so take along."""
    return frozenset(name for name, room in APART.items() if readers.may_read(desk, room))


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A table that goes. ``is_compared``: its rows are not left by exports themselves, so that another day's can be compared with them.

    Rows that are not to be told of are not either: what is compared stays on file.
    """

    shape: Shape
    is_compared: bool

    @property
    def name(self) -> str:
        """Its name in the file, and of its CSV."""
        return self.shape.name

    @property
    def title_and_description(self) -> tuple[str, str]:
        """What it is, and what its rows are."""
        if self.name in texts().tables:
            return texts().tables[self.name]
        return record_word(self.name), _("One row a record.")

    @property
    def sheet(self) -> ExportSheet:
        """The table as a sheet of an export."""
        columns = [ExportColumn(column.name, self.item_of(column)) for column in self.shape.columns]
        if self.name == whole.PUPIL:
            columns.append(ExportColumn(_TAKEN_AWAY, ""))
        return ExportSheet(self.name, tuple(columns), is_compared=self.is_compared)

    def item_of(self, column: Column) -> str:
        """The item of the catalogue that stands in a column; «» for none."""
        if self.name in APART:
            return _ITEM_APART[self.name] if column.name == BODY else ""
        record = "mark" if self.name == "mark_amendment" else self.name
        return f"{record}.{column.name}" if record in RECORDS and column.name in _items(RECORDS[record]) else ""

    def is_withheld(self, readable: Collection[str]) -> bool:
        """Whether none of its rows goes, since they would tell of whom there is one."""
        return self.name in UNSAID and self.name not in readable

    def fields(self) -> Iterator[Field]:
        """The columns as they are described."""
        for column in self.shape.columns:
            item = _items(RECORDS.get(self.name) or _OF_UNIT.get(self.name)).get(column.name)
            yield self._field_of(column, item)
        if self.name == whole.PUPIL:
            kind, words = self.said_of(_TAKEN_AWAY)
            yield Field(_TAKEN_AWAY, kind, _("taken away"), words, required=True)

    def _field_of(self, column: Column, item: Item | None) -> Field:
        in_file = {"INTEGER": "integer"}.get(column.type, "string")
        form = "binary" if column.type == "BLOB" and not self.holds_files(column) else ""
        if item is not None:
            kind = _TYPES.get(item.kind, in_file)
            return Field(column.name, kind, item.label, _said_of(item), column.required)
        kind, words = self.said_of(column.name)
        return Field(column.name, kind or in_file, column.name.replace("_", " "), words, column.required, format=form)

    def said_of(self, column: str) -> tuple[str, str]:
        """Type and words of a column that is no item; «» where nobody says it."""
        columns = texts().columns
        return columns.get(f"{self.name}.{column}") or columns.get(column) or ("", NOT_ITEMS.get(column, ""))

    def holds_files(self, column: Column) -> bool:
        """Whether a column holds whole files."""
        return (self.name, column.name) in whole.MEDIA

    def key_of(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """What tells a row apart."""
        names = [column.name for column in self.shape.columns]
        return tuple(cells[names.index(name)] for name in self.shape.key)

    def paths(self, cells: tuple[Cell, ...]) -> Iterator[tuple[str, str]]:
        """Of a row each column that holds a file, and where the file lies."""
        for column, cell in zip(self.shape.columns, cells, strict=False):
            if cell and self.holds_files(column):
                yield column.name, str(cell)

    def cells_of(self, row: Any, *, readable: Collection[str]) -> tuple[Cell, ...]:
        """A row's cells: a file's path in its place, other bytes as base64; of a table apart what it says only if it is among those ``readable``.

        A row of the log about a safeguarding file does not say whose, unless those are readable.
        """
        cells = tuple(base64.b64encode(value).decode() if isinstance(value, bytes) else value for value in row)
        files = [place for place, column in enumerate(self.shape.columns) if self.holds_files(column)]
        if files:
            key = "-".join(map(str, self.key_of(cells)))
            cells = tuple(
                f"papers/{self.name}-{self.shape.columns[place].name}-{key}{_ENDINGS.get(str(cell), '.bin')}"
                if place in files and cell
                else cell
                for place, cell in enumerate(cells)
            )
        if self.name in APART and self.name not in readable:
            cells = tuple(None if column.name == BODY else cell for column, cell in zip(self.shape.columns, cells, strict=True))
        places = {column.name: place for place, column in enumerate(self.shape.columns)}
        if self.name == _LOG and not set(readable) >= UNSAID and cells[places["kind"]] == FILE:
            cells = tuple("" if column.name in _ABOUT else cell for column, cell in zip(self.shape.columns, cells, strict=True))
        if self.name == whole.PUPIL:
            cells = (*cells, int(cells[places["same_as"]] == cells[places["id"]]))
        return cells


def _items(record_type: type | None) -> Mapping[str, Item]:
    return {item.name: item for item in items_of(record_type)} if record_type is not None else {}


def _said_of(item: Item) -> str:
    """What the catalogue says of an item: its section, its codes, and why it is held."""
    parts = [item.section.value, item.facts.purpose.value]
    if item.codes is not None:
        parts.insert(1, _("codes: {list}").format(list=codelist(item.codes).label))
    return "; ".join(parts)


def whole_tables(vault: Vault) -> list[WholeTable]:
    """The tables that go: the pupils' own first, the pupil at their head, then those of the unit."""
    tables = [
        WholeTable(shape, is_compared=shape.name not in (*_OF_EXPORTS, *UNSAID))
        for shape in whole.shapes(vault)
        if shape.name not in texts().left_out
    ]
    return sorted(tables, key=lambda table: (not table.shape.of_pupils, table.name != whole.PUPIL, table.name not in RECORDS, table.name))
