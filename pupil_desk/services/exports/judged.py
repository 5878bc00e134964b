"""Exports that the rule of sharing governs: who goes in, and with what, is what the preview says, and nothing else."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import compress
from operator import attrgetter, is_not
from types import MappingProxyType

from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.domain.sharing.sharing import Level
from pupil_desk.services.exports.export import ExportedPupil, ExportRow, ExportSheet, LeftOut
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.sharing.sharing import PreviewRow

_is_something = partial(is_not, None)

type WorkedOut = Mapping[str, Cell]
"""Values by a column's heading, for what is worked out from the column's item."""
type _Columns = tuple[tuple[str, ...], Callable[[PupilRecords], tuple[Cell, ...]]]

_NONE: WorkedOut = MappingProxyType({})


class _Nothing:
    """In the place of a record that there is not: every item of it is nothing."""

    def __getattr__(self, _name: str) -> None:
        return None


_NOTHING = _Nothing()


@dataclass(frozen=True, slots=True)
class PupilRecords:
    """The records that a row tells of, under the names by which items are told (``record.attribute``).

    ``home`` is where the contact's address stands: the contact's own record, or the pupil's (``home_of``).
    """

    pupil: Pupil
    enrolment: Enrolment | _Nothing = _NOTHING
    contact: Contact | _Nothing = _NOTHING
    home: Pupil | Contact | _Nothing = _NOTHING
    destination: Destination | _Nothing = _NOTHING
    withheld: None = None


def heading_of(item: str) -> str:
    """The column's heading for an item, as the command line's contract writes it."""
    record, attribute = item.split(".")
    if record in ("contact", "destination"):
        return f"{'parent' if record == 'contact' else record}_{attribute}"
    return "enrolment_status" if item == "enrolment.status" else attribute


def left_by_rule(row: PreviewRow) -> LeftOut | None:
    """Why the rule keeps a pupil out of the file altogether; None for one of whom something may be told."""
    if row.decision.level is not Level.NONE:
        return None
    in_short = {PARENT: _("a parent’s word"), PUPIL: _("the pupil’s own word")}.get(row.decision.decided_by, row.decision.in_short)
    return LeftOut(row.pupil, row.decision.reason, in_short)


def left_protected(row: PreviewRow, confirm: Collection[str]) -> LeftOut | None:
    """Why a protection keeps a pupil out until confirmed by name."""
    return held_back(row.pupil, row.protections, confirm)


class Allowing:
    """Sheets, each of several columns, and what of them decisions let through; it is worked out once for all decisions on the same items."""

    def __init__(self, sheets: Sequence[ExportSheet]) -> None:
        self._sheets = sheets
        self._items = [tuple(column.item for column in sheet.columns) for sheet in sheets]
        self._columns_by_items: dict[tuple[str, ...], list[_Columns]] = {}
        self._items_by_filled: dict[tuple[tuple[str, ...], tuple[tuple[int, ...], ...]], tuple[str, ...]] = {}

    def row(self, row: PreviewRow, records: PupilRecords, worked_out: WorkedOut = _NONE, *, number: int = 0, key: str = "") -> ExportRow:
        """A row of a sheet that holds just what the decision lets through: a cell of any other item stays empty."""
        headings, cells_of = self._columns_of(row.decision.items)[number]
        cells = cells_of(records)
        if worked_out:
            cells = tuple([worked_out.get(heading, cell) for heading, cell in zip(headings, cells, strict=True)])
        return ExportRow(cells, key, number)

    def exported_pupil(self, row: PreviewRow, rows: tuple[ExportRow, ...]) -> ExportedPupil:
        """One pupil told by a decision: of the items that it lets through, those of which a cell says something."""
        decision = row.decision
        filled_cells = tuple([(export_row.sheet, *map(_is_something, export_row.cells)) for export_row in rows])
        items = self._items_by_filled.get((decision.items, filled_cells))
        if items is None:  # most pupils have the same cells filled as many others
            names = {item for sheet, *flags in filled_cells for item in compress(self._items[sheet], flags)}
            items = self._items_by_filled[decision.items, filled_cells] = tuple(item for item in decision.items if item in names)
        return ExportedPupil(
            row.pupil,
            decision.reason,
            items,
            rows,
            level=decision.level.value,
            decided_by=decision.decided_by,
            protections=row.protections,
            withheld=row.withheld,
        )

    def _columns_of(self, items: tuple[str, ...]) -> list[_Columns]:
        """Of each sheet the headings of its columns, empty where the item is not let through, and what makes its cells."""
        columns = self._columns_by_items.get(items)
        if columns is None:
            let, columns = frozenset(items), []
            for sheet in self._sheets:
                headings = tuple(column.heading if column.item in let else "" for column in sheet.columns)
                columns.append(
                    (headings, attrgetter(*(place_of(column.item) if column.item in let else "withheld" for column in sheet.columns)))
                )
            self._columns_by_items[items] = columns
        return columns


def place_of(item: str) -> str:
    """Where an item is found among ``PupilRecords``."""
    record, attribute = item.split(".")
    return f"home.{attribute}" if record == "contact" and attribute in ADDRESS else item


def stay_on(stays: Collection[Enrolment], day: date) -> Enrolment | None:
    """The stay that puts a pupil on the roll on a day; of several the one that began last."""
    current_stays = [stay for stay in stays if stay.on_roll(day)]
    return max(current_stays, key=lambda stay: stay.start_date or date.min) if len(current_stays) > 1 else next(iter(current_stays), None)


def parent_told(family: Collection[Contact], protections: Collection[Protection]) -> Contact | None:
    """The parent whose name and address go: the first contact with parental responsibility who is not protected.

    Neither an order about the contact nor an address that is withheld may stand in the way; ``protections`` are those that count. The family is in its order.
    """
    protected = {p.contact_id for p in protections if p.kind in (ORDER, ADDRESS_WITHHELD)}
    return next((contact for contact in family if contact.parental_responsibility and contact.id not in protected), None)


def held_of(pupil: Pupil, stay: Enrolment | None = None, parent: Contact | None = None) -> PupilRecords:
    """The records of a pupil, of the stay of the day, and of the parent who is told of."""
    if parent is None:
        return PupilRecords(pupil, stay or _NOTHING)
    return PupilRecords(pupil, stay or _NOTHING, parent, home_of(parent, pupil))
