"""A session of a pupil of two schools belongs to one of them: D there, a real code here, or the other way round."""

from collections.abc import Callable
from datetime import date

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Timetable
from pupil_desk.services import register
from tests.services.exports.made import Unit

Marked = Callable[..., Mark]


@pytest.fixture
def bo(unit: Unit) -> Pupil:
    """On two registers; Monday afternoons are the main school's."""
    stay = Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001")
    pupil = unit.pupil("Birch", "Bo", date(2012, 1, 5), stay)
    pattern = Timetable(pupil_id=pupil.id, since=date(2026, 9, 2), until=date(2026, 12, 18), mon_pm="D")
    register.add_timetable(unit.desk, pattern)
    return pupil


def test_marks_that_keep_to_what_was_agreed_are_not_told(unit: Unit, bo: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(bo, "/", 23), marked(bo, "D", 23, "PM")])
    assert register.watch(unit.desk).dual == ()


def test_a_real_code_in_the_other_schools_session_is_told(unit: Unit, bo: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(bo, "\\", 23, "PM")])
    (line,) = register.watch(unit.desk).dual
    assert line.words.startswith("23 Nov 2026, afternoon: \\ here, but agreed for the other school.")
    register.mark(unit.desk, [marked(bo, "D", 23, "PM")], reason="At the main school")
    assert register.watch(unit.desk).dual == ()


def test_d_in_our_own_session_is_told(unit: Unit, bo: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(bo, "D", 23)])
    (line,) = register.watch(unit.desk).dual
    assert line.words == "23 Nov 2026, morning: D, but agreed for us. The other school’s register says D too."


def test_d_of_a_pupil_with_no_other_school_is_told(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "D", 23)])
    (line,) = register.watch(unit.desk).dual
    assert line.words == "23 Nov 2026, morning: D, but the stay names no other school"
