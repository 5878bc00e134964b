"""The pupils chosen as a workbook to be changed in a spreadsheet and read in again: each row has a number by which it is found then.

It is not locked, since it is to be typed in, and it stays in the office: so a data officer makes it, and whoever is protected is not in it.
"""

from collections.abc import Collection, Sequence
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
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.cells.row_ids import ROW_ID, row_id
from pupil_desk.services.imports.cells.stay_columns import COLUMNS, stay_spoken_of
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import enrolments, protections, pupils


@dataclass(frozen=True, slots=True)
class PupilWorkbook:
    """How many pupils are in a workbook, and how many are not since something protects them."""

    pupils: int
    left_out: int


def save_workbook(desk: Desk, ids: Collection[str], path: Path) -> PupilWorkbook:
    """Write a row for each of these pupils, under the headings that the import of pupils reads; logged, a row for each, once the file is there.

    Raises NotAllowed, WrongUse, CannotWrite.
    """
    desk.require(Action.EXPORT_PLAIN, "pupil-workbook")
    saved = stamp(desk.clock.now())  # before anything is read: what is changed meanwhile was changed since
    protected = protections.by_pupil(desk.vault, desk.today)
    pupils_to_write = pupils.some(desk.vault, ids)
    people = [pupil for pupil in pupils_to_write if not protected[pupil.id]]
    if not people:
        raise WrongUse(_("Each of these pupils is protected, and goes into no workbook. Change the records by themselves."))
    stays = enrolments.by_pupil(desk.vault, [pupil.id for pupil in people])
    columns = PUPILS.columns
    rows = [[_cell(column, pupil, stays[pupil.id], row_id(desk.vault.vault_id, pupil.id, saved)) for column in columns] for pupil in people]
    facts = [
        (_("What it is"), _("Pupils, to be changed here and read in again under Import")),
        (_("From"), f"{desk.settings.name} ({desk.settings.dfe_number})"),
        (_("Made on"), show_date(desk.today)),
        (
            _("How to use it"),
            _(
                "Change cells, and leave the row number as it is. An emptied cell changes nothing. In a row for a new pupil, empty the row number."
            ),
        ),
        (
            _("Classification"),
            _("Confidential: personal data about children. It is not locked: keep it in the office, and delete it once it was read in."),
        ),
    ]
    try:
        data = xlsx_bytes([XlsxTable(_("Pupils"), [column.label for column in columns], rows)], facts, desk.clock.now().astimezone())
    except TooManyRows as error:
        raise WrongUse(_("These are more pupils than a workbook has room for. Choose fewer.")) from error
    with desk.act(Action.EXPORT_PLAIN, "pupil", people[0].id, "in a workbook to be changed") as work:
        for pupil in people[1:]:
            work.note(Action.EXPORT_PLAIN, "pupil", pupil.id, "in a workbook to be changed")
        write_whole(path, data, replace=True)
    return PupilWorkbook(len(people), len(pupils_to_write) - len(people))


def _cell(column: Item, pupil: Pupil, stays: Sequence[Enrolment], number: str) -> Cell:
    if column.name == ROW_ID:
        return number
    stay = stay_spoken_of(stays, None)
    value: Any = getattr(pupil, column.name) if column.name not in COLUMNS else getattr(stay, COLUMNS[column.name], None)
    if isinstance(value, date) or (value is not None and column.kind is Kind.NUMBER):
        return value
    return show(column, value) or None
