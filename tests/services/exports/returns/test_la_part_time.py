"""The return of part-time timetables: who is on one on the day, on which sessions, and what is missing of it."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.services import register
from pupil_desk.services.care import needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.home.part_time import part_time_due
from pupil_desk.services.pupils import pupils
from pupil_desk.store.rows import several
from pupil_desk.ui.pages.home.of_register import part_time_card
from tests.services.exports.made import DAY, MOMENT, Unit
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
        "postcode,since,until,reason,hours,review_on,agreed_with,mon_am,mon_pm,tue_am,tue_pm,wed_am,wed_pm,thu_am,thu_pm,fri_am,fri_pm,sen_provision,social_work"
    )
    assert row == ",Ash,Ann,,,,,,,,2026-11-02,2026-12-18,,,,,,,,,,,C2,C2,,,,"
    assert "Part-time timetables: return to the authority" in result.receipt_text
    found = preview(unit.desk, "la-part-time", ExportOrder(day=DAY, reason=""))
    assert [line.reason for line in found.lines] == ["On a part-time timetable until 18 Dec 2026."]
    assert [problem.item for problem in found.problems] == [
        "timetable.reason",
        "timetable.hours",
        "timetable.agreed_with",
        "timetable.review_on",
    ]


def test_the_return_says_why_how_many_hours_sen_and_social_work(unit: Unit, stick: Path) -> None:
    ash = unit.pupil("Ash", "Ann", date(2012, 5, 1))
    pattern = Timetable(pupil_id=ash.id, since=date(2026, 11, 2), until=date(2026, 12, 18), fri_pm="C2", reason="anxiety", hours=21)
    register.add_timetable(unit.desk, pattern)
    needs.add_period(unit.desk, SenPeriod(pupil_id=ash.id, provision="K", start_date=date(2026, 9, 1)))
    needs.add_care(unit.desk, CarePeriod(pupil_id=ash.id, kind="CIN", start_date=date(2026, 9, 1), worker="Mo Reed"))
    _header, row = lines(made(unit, "la-part-time", stick), stick)
    assert row.endswith("2026-12-18,anxiety,21,,,,,,,,,,,,C2,K,CIN")


def _due(desk: Desk) -> list[tuple[str, bool]]:
    return [(due.pupil.surname, due.changed) for due in part_time_due(desk, pupils.on_roll(desk, desk.today))]


def test_home_asks_for_a_timetable_that_was_not_told_and_for_one_changed_since(unit: Unit, stick: Path) -> None:
    ash = unit.pupil("Ash", "Ann", date(2012, 5, 1))
    pattern = Timetable(pupil_id=ash.id, since=date(2026, 11, 2), until=date(2026, 12, 18), fri_pm="C2", reason="anxiety", hours=21)
    register.add_timetable(unit.desk, pattern)
    assert _due(unit.desk) == [("Ash", False)]
    (line,) = part_time_card(part_time_due(unit.desk, pupils.on_roll(unit.desk, DAY)), lambda *_where: None).lines
    assert line.words == "Ann Ash: a part-time timetable, tell the authority"
    made(unit, "la-part-time", stick)
    assert _due(unit.desk) == []
    (kept,) = several.of_pupil(unit.desk.vault, Timetable, ash.id)
    later = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(hours=4)))
    register.save_timetable(later, dataclasses.replace(kept, note="Asked"))
    assert _due(later) == []
    register.save_timetable(later, dataclasses.replace(kept, note="Asked", until=date(2027, 1, 15)))
    assert _due(later) == [("Ash", True)], "corrected on the very day on which it was told"
    later = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(days=2)))
    register.add_timetable(later, dataclasses.replace(pattern, id="", since=date(2026, 11, 20)))
    assert _due(later) == [("Ash", False)], "entered after the return, of days before it"
