"""What the tests of imports stand on: small invented files, and a unit to read them into."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.unit.calendars import confirm_calendar
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import staff

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
ANN, BEN, CAT = "Y919110026001", "M919110026002", "T919110022999"  # good numbers of an invented unit
TEMPORARY, OTHER_TEMPORARY = "J91911002600A", "Y91911002600B"


def csv_of(*rows: Sequence[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows, the headings first."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def table(text: str) -> bytes:
    """A CSV file of lines in which | parts the cells; blanks beside it are left out."""
    return csv_of(*[[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def new_unit(folder: Path) -> Desk:
    """A new unit, signed in as its data officer, on 24 November 2026."""
    settings = UnitSettings(name="Larkfield Education Support Centre", la="919", estab="1100")
    desk, _code = create_unit(folder / "unit.pupildesk", settings, user="Dee", password="four plain short words", clock=CLOCK, cost=FLOOR)
    confirm_calendar(desk)
    return desk


def as_office(desk: Desk) -> Desk:
    """The same unit with someone of the office at the desk."""
    member = StaffMember(id="office-1", name="Olu", role=Role.OFFICE)
    with desk.vault.transaction():
        staff.add(desk.vault, member)
    return Desk(desk.vault, member, desk.clock)


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    """Read, added, changed, unchanged, refused."""
    return outcome.read, outcome.added, outcome.changed, outcome.unchanged, outcome.refused


def told(outcome: Outcome) -> set[tuple[int | None, str, str, str]]:
    """The problems, without their words."""
    return {(p.row, p.column, p.code, p.severity) for p in outcome.problems}


def errors(outcome: Outcome) -> set[tuple[int | None, str, str]]:
    """The problems that refuse, without their words."""
    return {(p.row, p.column, p.code) for p in outcome.problems if p.stops}


def workbook(*rows: Sequence[object]) -> bytes:
    """A workbook whose first sheet has these rows; dates are real dates, texts are texts whatever they begin with."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet, days = book.add_worksheet("Pupils"), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, datetime.combine(value, datetime.min.time()), days)
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
        book.add_worksheet("About").write(0, 0, "not to be read")
    return data.getvalue()
