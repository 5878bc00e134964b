"""The pupils chosen, or their contacts or plans, as a workbook to be changed in a spreadsheet and read in again: each row has a number by which it is found then.

It is not locked, since it is to be typed in, and it stays in the office: so a data officer makes it, and whoever is protected is not in it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.documents.files.xlsx_table import TooManyRows, XlsxTable, xlsx_bytes
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.cells.row_ids import OF_PUPIL, ROW_ID, row_id
from pupil_desk.services.imports.cells.stay_columns import COLUMNS, stay_spoken_of
from pupil_desk.services.imports.entries.plans import PLANS
from pupil_desk.services.imports.keyed import CONTACTS
from pupil_desk.services.imports.kinds import ImportKind
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.plans.recording import SWITCH
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, plans, protections, pupils

type Row = tuple[Pupil, Any, str]
"""A row of a workbook: its pupil, the record that it tells, and what the number is of."""


@dataclass(frozen=True, slots=True)
class WorkbookKind:
    """What a workbook may be of: its name on the screen and of its sheet, the import that reads it again, its rows of some pupils, and what a row tells
    beside its record: by the name of a column."""

    name: str
    label: str
    reads: ImportKind[Any]
    rows: Callable[[Desk, Sequence[Pupil]], list[Row]]
    further_values: Callable[[Pupil, Any], Mapping[str, Any]] = lambda _pupil, _record: {}
    switch: str = ""


def _rows_of_pupils(desk: Desk, people: Sequence[Pupil]) -> list[Row]:
    stays = enrolments.by_pupil(desk.vault, [pupil.id for pupil in people])
    return [(pupil, stay_spoken_of(stays[pupil.id], None), pupil.id) for pupil in people]


def _rows_of_contacts(desk: Desk, people: Sequence[Pupil]) -> list[Row]:
    contacts = several.by_pupil(desk.vault, Contact, [pupil.id for pupil in people])
    return [(pupil, contact, contact.id) for pupil in people for contact in contacts[pupil.id]]


def _rows_of_plans(desk: Desk, people: Sequence[Pupil]) -> list[Row]:
    own_plans = [(pupil, case.now) for pupil in people for case in seen(desk, plans.of_pupil(desk.vault, pupil.id))]
    return [(pupil, plan, plan.entry_id) for pupil, plan in own_plans if plan.struck is None]


def _of_stay(pupil: Pupil, stay: Any) -> dict[str, Any]:
    own = {column.name: getattr(pupil, column.name) for column in PUPILS.columns if column.name not in COLUMNS and column.name != ROW_ID}
    return own | {name: getattr(stay, attribute, None) for name, attribute in COLUMNS.items()}


def _whose(pupil: Pupil, _contact: Any) -> dict[str, Any]:
    return {"upn": pupil.upn, OF_PUPIL: pupil.legal_name}


def _of_person(pupil: Pupil, _plan: Any) -> dict[str, Any]:
    return {name: getattr(pupil, name) for name in ("upn", "surname", "forename", "dob")}


WORKBOOKS = (
    WorkbookKind("pupils", _("Pupils"), PUPILS, _rows_of_pupils, _of_stay),
    WorkbookKind("contacts", _("Contacts"), CONTACTS, _rows_of_contacts, _whose),
    WorkbookKind("plans", _("Plans"), PLANS, _rows_of_plans, _of_person, switch=SWITCH),
)


@dataclass(frozen=True, slots=True)
class PupilWorkbook:
    """How many rows and pupils are in a workbook, and how many pupils are not since something protects them."""

    pupils: int
    left_out: int
    rows: int


def save_workbook(desk: Desk, ids: Collection[str], path: Path, kind: WorkbookKind = WORKBOOKS[0]) -> PupilWorkbook:
    """Write the rows of these pupils, under the headings that the import of the kind reads; logged, a row for each pupil, once the file is there.

    Raises NotAllowed, WrongUse, CannotWrite.
    """
    desk.require(Action.EXPORT_PLAIN, "pupil-workbook")
    require_use(desk, kind.switch)
    saved = stamp(desk.clock.now())  # before anything is read: what is changed meanwhile was changed since
    protected = protections.by_pupil(desk.vault, desk.today)
    pupils_to_write = pupils.some(desk.vault, ids)
    people = [pupil for pupil in pupils_to_write if not protected[pupil.id]]
    if not people:
        raise WrongUse(_("Each of these pupils is protected, and goes into no workbook. Change the records by themselves."))
    told_rows = kind.rows(desk, people)
    if not told_rows:
        raise WrongUse(_("Nothing of that kind is on file of these pupils."))
    columns = kind.reads.columns
    rows = [_row(columns, kind, row, row_id(desk.vault.vault_id, row[2], saved)) for row in told_rows]
    try:
        data = xlsx_bytes(
            [XlsxTable(kind.label, [column.label for column in columns], rows)], _facts(desk, kind), desk.clock.now().astimezone()
        )
    except TooManyRows as error:
        raise WrongUse(_("These are more pupils than a workbook has room for. Choose fewer.")) from error
    written_ids = list(dict.fromkeys(pupil.id for pupil, _record, _id in told_rows))
    words = "in a workbook to be changed" if kind is WORKBOOKS[0] else f"{kind.name} in a workbook to be changed"
    with desk.act(Action.EXPORT_PLAIN, "pupil", written_ids[0], words) as work:
        for pupil_id in written_ids[1:]:
            work.note(Action.EXPORT_PLAIN, "pupil", pupil_id, words)
        write_whole(path, data, replace=True)
    return PupilWorkbook(len(written_ids), len(pupils_to_write) - len(people), len(rows))


def _facts(desk: Desk, kind: WorkbookKind) -> list[tuple[str, str]]:
    return [
        (_("What it is"), _("{what}, to be changed here and read in again under Import").format(what=kind.label)),
        (_("From"), f"{desk.settings.name} ({desk.settings.dfe_number})"),
        (_("Made on"), show_date(desk.today)),
        (
            _("How to use it"),
            _(
                "Change cells, and leave the row number as it is. An emptied cell changes nothing, and neither does a row taken out. In a new row, empty the row number."
            ),
        ),
        (
            _("Classification"),
            _("Confidential: personal data about children. It is not locked: keep it in the office, and delete it once it was read in."),
        ),
    ]


def _row(columns: Sequence[Item], kind: WorkbookKind, row: Row, number: str) -> list[Cell]:
    pupil, record, _id = row
    further_values = {**kind.further_values(pupil, record), ROW_ID: number}
    return [
        _cell(column, further_values[column.name] if column.name in further_values else getattr(record, column.name)) for column in columns
    ]


def _cell(column: Item, value: Any) -> Cell:
    if isinstance(value, date) or (value is not None and column.kind is Kind.NUMBER):
        return value
    return show(column, value) or None
