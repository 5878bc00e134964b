"""What the register says of a pupil."""

from datetime import date

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import register
from tests.services.exports.made import DAY, Unit


def codes(unit: Unit, pupil: Pupil, first: date = DAY, last: date = date(2026, 12, 18)) -> dict[tuple[date, str], str | None]:
    view = register.view(unit.desk, first, last)
    cells = next(row.cells for row in view.rows if row.pupil_id == pupil.id)
    return {(day, str(half)): cell.code for (day, half), cell in cells.items() if cell.code}
