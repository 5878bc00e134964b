"""Columns by the items of the catalogue, and the same few for each of several people of one pupil."""

from collections.abc import Collection, Mapping, Sequence

from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.exports.export import ExportColumn

PUPIL_ADDRESS = tuple(f"pupil.{name}" for name in ADDRESS)


def columns_of(items: Sequence[str], headings: Mapping[str, str] | None = None) -> tuple[ExportColumn, ...]:
    """A column for each item, with the item's name as its heading unless ``headings`` has another."""
    return tuple(ExportColumn((headings or {}).get(item) or item.partition(".")[2], item) for item in items)


def of_people(word: str, items: Sequence[str], count: int) -> tuple[ExportColumn, ...]:
    """The same columns for the first person, the second and so on: «parent_1_surname»."""
    return tuple(ExportColumn(f"{word}_{number}_{item.partition('.')[2]}", item) for number in range(1, count + 1) for item in items)


def cells_of_people(people: Sequence[Contact], pupil: Pupil, items: Sequence[str], count: int) -> tuple[Cell, ...]:
    """The cells of those columns."""
    cells: list[Cell] = []
    for person in people:
        home = home_of(person, pupil)
        for item in items:
            name = item.partition(".")[2]
            cells.append(getattr(home if name in ADDRESS else person, name))
    return (*cells, *[None] * ((count - len(people)) * len(items)))


def items_told(columns: Sequence[ExportColumn], cells: Sequence[Cell], derived_from: Collection[str] = ()) -> tuple[str, ...]:
    """The items of which a row tells something, each once; ``derived_from`` are those that a cell is worked out from."""
    items_with_value = [column.item for column, cell in zip(columns, cells, strict=True) if column.item and cell is not None]
    return tuple(dict.fromkeys((*items_with_value, *derived_from)))
