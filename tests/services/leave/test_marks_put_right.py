"""Marks of leave that a request gives no more: whose code they have then, and which of them only a person can judge."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark
from pupil_desk.services.leave import leave_marks, recording
from tests.services.exports.made import DAY, Unit
from tests.services.leave.test_leave import MONDAY, WEDNESDAY, asked, decided, proposal, to_do


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


def test_marks_of_days_before_a_corrected_day_of_receipt_stay_for_a_person_to_judge(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una, purpose="holiday"), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    request = decided(unit, request, "granted", received_on=DAY)
    assert proposal(unit, request) == [], "the head gave leave for the Monday: it is neither given nor refused"
    assert to_do(unit) == []
    assert proposal(unit, decided(unit, request, "refused"))[:2] == [(23, "AM", "G"), (23, "PM", "G")]


def test_a_mark_of_leave_given_no_more_has_the_code_of_another_request_that_gives_the_day(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una, purpose="holiday"), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    asked(unit, una, purpose="interview", first_day=MONDAY, last_day=MONDAY)
    asked(unit, una, purpose="study", first_day=WEDNESDAY)
    for other in [case.now for case in recording.of_pupil(unit.desk, una.id) if case.now.purpose != "holiday"]:
        decided(unit, other, "granted")
    request = decided(unit, request, "refused")
    assert proposal(unit, request) == [
        (23, "AM", "J1"),
        (23, "PM", "J1"),
        (24, "AM", "G"),
        (24, "PM", ""),
        (25, "AM", "S"),
        (25, "PM", "S"),
    ]
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    assert to_do(unit) == []


def test_a_year_typed_wrong_and_corrected_has_no_sessions_looked_at_between(
    unit: Unit, una: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = asked(unit, una, first_day=date(2199, 11, 25), last_day=date(2199, 11, 26))
    request = decided(unit, typed, "granted", first_day=MONDAY, last_day=WEDNESDAY)
    looked_at: list[Mark] = []
    standing = leave_marks.store.standing
    monkeypatch.setattr(leave_marks.store, "standing", lambda vault, marks: looked_at.extend(marks) or standing(vault, marks))
    assert len(proposal(unit, request)) == 6
    assert len(looked_at) == 10, "three days and two, two sessions each"
