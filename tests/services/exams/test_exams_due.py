"""What Home and the calendar file tell of exams: those that come, entries that are still planned, and results that are missing."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exams import exams_due, recording
from pupil_desk.services.exams.exams_due import ExamTask
from pupil_desk.services.home import deadline_calendar
from pupil_desk.services.learning import assessments
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2011, 1, 5))


def enter(unit: Unit, pupil: Pupil, **items: Any) -> None:
    first = {"series": "november", "year": 2026, "board": "aqa", "qualification": "GCSE Maths", "entry_code": "8300F", "status": "entered"}
    recording.add_entry(unit.desk, ExamEntry(pupil_id=pupil.id, **(first | items)))


def told(unit: Unit) -> list[tuple[str, ExamTask, date]]:
    return [(line.entry.entry_code, line.task, line.day) for line in exams_due.open_exams(unit.desk)]


def test_what_comes_within_a_week_what_is_still_planned_and_what_has_no_result_is_told(unit: Unit, una: Pupil) -> None:
    soon, later = DAY + timedelta(days=3), DAY + timedelta(days=30)
    enter(unit, una, entry_code="soon", day=soon, session="AM")
    enter(unit, una, entry_code="later", day=later, session="AM")
    enter(unit, una, entry_code="dropped", day=soon, session="PM", status="withdrawn")
    enter(unit, una, entry_code="planned", series="january", year=2027, status="planned")
    enter(unit, una, entry_code="far", series="summer", year=2027, status="planned")
    enter(unit, una, entry_code="over", series="summer", year=2026, qualification="GCSE Art")
    assert told(unit) == [
        ("over", ExamTask.NO_RESULT, date(2026, 9, 28)),
        ("soon", ExamTask.COMING, soon),
        ("planned", ExamTask.PLANNED, date(2027, 1, 1)),
    ]
    words = {(line.kind, line.day): line.words for line in deadline_calendar.all_deadlines(unit.desk) if line.kind.startswith("exam")}
    assert words == {
        ("exam", soon): "1 exam of a pupil",
        ("exam", later): "1 exam of a pupil",
        ("exam-entry", date(2027, 1, 1)): "1 exam that is still to be entered with the board",
    }
    art = Assessment(
        pupil_id=una.id,
        stage="KS4",
        subject="ART",
        component="GCSE",
        year=2026,
        date=date(2026, 8, 20),
        method="TT",
        result="5",
        status="R",
    )
    assessments.add(unit.desk, art)
    assert "over" not in [code for code, _task, _day in told(unit)]
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, enters_exams=False))
    assert told(unit) == []
