"""The return of part-time timetables: who is on one on the day, on which sessions, and what is missing of it."""

from datetime import date
from pathlib import Path

from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.services import register
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from tests.services.exports.made import DAY, Unit
from tests.services.exports.test_returns import lines, made


def test_who_is_on_a_part_time_timetable_on_the_day_is_returned(unit: Unit, stick: Path) -> None:
    on_one, over, dual = (unit.pupil(name, "Ann", date(2012, 5, 1)) for name in ("Ash", "Birch", "Cedar"))
    part = {"thu_am": "C2", "thu_pm": "C2"}
    for pupil, since, until, pattern in (
        (on_one, date(2026, 11, 2), date(2026, 12, 18), part),
        (over, date(2026, 9, 2), date(2026, 10, 23), part),
        (dual, date(2026, 9, 2), date(2026, 12, 18), {"mon_am": "D"}),
    ):
        register.add_timetable(unit.desk, Timetable(pupil_id=pupil.id, since=since, until=until, **pattern))  # type: ignore[arg-type]
    result = made(unit, "la-part-time", stick)
    header, row = lines(result, stick)
    assert header.endswith(
        "postcode,since,until,review_on,agreed_with,mon_am,mon_pm,tue_am,tue_pm,wed_am,wed_pm,thu_am,thu_pm,fri_am,fri_pm"
    )
    assert row == ",Ash,Ann,,,,,,,,2026-11-02,2026-12-18,,,,,,,,,C2,C2,,"
    assert "Part-time timetables: return to the authority" in result.receipt_text
    found = preview(unit.desk, "la-part-time", ExportOrder(day=DAY, reason=""))
    assert [line.reason for line in found.lines] == ["On a part-time timetable until 18 Dec 2026."]
    assert [problem.item for problem in found.problems] == ["timetable.agreed_with", "timetable.review_on"]
