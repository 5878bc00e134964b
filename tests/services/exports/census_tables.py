"""What the tests of the school census share: its day and pupils, and its tables as they are asked for."""

from datetime import date

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.census import CENSUS
from pupil_desk.services.exports.export import Ask, Selection
from tests.services.exports.made import DAY, Unit

SPRING = date(2027, 1, 25)
UPNS = ("Y919110026001", "M919110026002", "B919110026003", "T919110022999", "R674123101121", "B801200005001")
BORN = date(2011, 5, 6)
COPIED = 'pupil_id, category, "start", session, sessions, reason_1, at, recorded_by, source, act'


def chosen(unit: Unit, day: date = DAY, **more: object) -> Selection:
    return CENSUS.select(unit.desk, Ask(day=day, **more))  # type: ignore[arg-type]


def table(found: Selection, name: str) -> list[dict[str, object]]:
    number = next(number for number, sheet in enumerate(found.sheets) if sheet.name == name)
    heads = [column.heading for column in found.sheets[number].columns]
    return [dict(zip(heads, line, strict=True)) for line in found.lines(number)]


def names(found: Selection, sheet: str) -> set[object]:
    return {row["surname"] for row in table(found, sheet)}


def words(found: Selection, pupil: Pupil) -> list[tuple[str, str]]:
    return [(problem.item, problem.words) for problem in found.problems if problem.pupil.id == pupil.id]
