"""What an export is: for whom, on what law, which items in which columns, and who of the roll goes into it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pupil_desk.documents.csv_table import Cell
from pupil_desk.documents.receipt import FileMade
from pupil_desk.domain.facts import Basis
from pupil_desk.domain.protection import Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its heading, and the item of the catalogue that stands in it, ``record.attribute``."""

    heading: str
    item: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row: the pupil, how much and who decided it, the items that go, and the cells in the order of the columns.

    ``confirmed`` is true of a protected pupil whom a data officer confirmed by name. ``more`` are further rows about the
    same pupil, where an export has several. ``protections`` are named by an export that asks for them itself.
    """

    pupil: Pupil
    level: str
    decided_by: str
    reason: str
    items: tuple[str, ...]
    cells: tuple[Cell, ...]
    confirmed: bool = False
    more: tuple[tuple[Cell, ...], ...] = ()
    protections: tuple[Protection, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pupil on roll who is not in the file: why, as the screen says it, and in words that name nobody, as a receipt may.

    ``protections`` are those for which alone a pupil stays out, until a data officer confirms the row by name.
    """

    pupil: Pupil
    reason: str
    receipt_reason: str
    protections: tuple[Protection, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Everyone on roll, by name, each either told or left out; and the columns of that day's file."""

    columns: tuple[Column, ...]
    told: list[Told] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[Cell, ...]]:
        """All rows of the file."""
        return [cells for told in self.told for cells in (told.cells, *told.more)]


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both counted."""

    since: date
    until: date


type Select = Callable[[Desk, date, Collection[str]], Selection]
"""Who goes into the file on a day. The last argument: the ids of protected pupils who were confirmed by name."""
type Over = Callable[[Desk, Period, Collection[str]], Selection]
"""Who goes into the file of a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export. ``items`` are all that it can ever carry; the privacy notice's annex names them under ``recipient``.

    ``stem`` begins the file's name and names nobody. ``action`` is what a role must include to make it. One that tells of a
    period has ``over``, and ``usual``, the period up to a day that its ``select`` takes.
    """

    name: str
    title: str
    recipient: str
    law: str
    basis: Basis
    purpose: str
    items: tuple[str, ...]
    stem: str
    select: Select
    action: Action = Action.EXPORT
    over: Over | None = None
    usual: Callable[[date], Period] | None = None


@dataclass(frozen=True, slots=True)
class ExportMade:
    """What an export left: its files, the receipt, the rows, who was left out and why, and the password, shown this once.

    ``password`` is None for a plain file. It is kept nowhere, and does not show in a printed ExportMade.
    """

    export_id: str
    files: tuple[FileMade, ...]
    receipt_path: Path
    receipt_text: str
    rows: int
    left_out: tuple[tuple[Pupil, str], ...]
    password: str | None = field(repr=False)
