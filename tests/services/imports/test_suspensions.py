"""Suspensions that a file brings or puts right: whose they are, and what an undo leaves of them."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionCase, SuspensionEvent, SuspensionEventKind, SuspensionStanding
from pupil_desk.services import register
from pupil_desk.services.changes import Undone
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.services.suspensions import decisions, suspension_due
from tests.services.imports.made import ANN, table

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
ALL = ["24 AM", "24 PM", "25 AM", "25 PM"]


@pytest.fixture
def ann(desk: Desk) -> Pupil:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    return pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN), stay)


def _read(desk: Desk, *, start: date = TUESDAY, sessions: int = 4, reason: str = "PP", status: str = "in-force") -> Outcome:
    row = f"{ANN} | SUSP | {start:%d/%m/%Y} | AM | {sessions} | {reason} | {status}"
    return run_import(desk, "suspensions", table(f"upn | category | start | session | sessions | reason_1 | status\n{row}"))


def _undo(desk: Desk) -> Undone:
    return undoing.undo(desk, past_imports(desk)[0].id)


def _decide(desk: Desk, pupil: Pupil, start: date, sessions: int) -> None:
    decisions.decide(desk, Suspension(pupil_id=pupil.id, category="SUSP", start=start, session="AM", sessions=sessions, reason_1="PP"))


def _cases(desk: Desk, pupil: Pupil) -> tuple[SuspensionCase, ...]:
    return decisions.overview(desk, pupil.id).cases


def _suspended(desk: Desk) -> list[str]:
    """The sessions of the two days that the register says E of."""
    (row,) = register.view(desk, TUESDAY, WEDNESDAY).rows
    return [f"{day.day} {half}" for (day, half), cell in row.cells.items() if cell.code == "E"]


def test_a_decision_that_stays_keeps_its_marks(desk: Desk, ann: Pupil) -> None:
    """The decision stayed in force, and all its E went back."""
    _read(desk)
    told = SuspensionEvent(
        pupil_id=ann.id, decision=_cases(desk, ann)[0].suspension.decision, kind=SuspensionEventKind.TOLD_PARENTS, on=TUESDAY
    )
    decisions.record_event(desk, told)
    undone = _undo(desk)
    assert [(left.record, left.reason) for left in undone.left] == [
        ("Suspension", "More has become of it since. Put it right on the pupil’s own page.")
    ]
    assert undone.lines == ()
    assert _cases(desk, ann)[0].standing(TUESDAY) is SuspensionStanding.IN_FORCE
    assert _suspended(desk) == ALL


def test_the_marks_of_a_decision_of_ours_that_a_file_cancelled_stay_gone_with_it(desk: Desk, ann: Pupil) -> None:
    """The E were entered again, and the decision stayed cancelled."""
    _decide(desk, ann, TUESDAY, 4)
    (before,) = suspension_due.open_steps(desk)
    _read(desk, reason="DB")
    (after,) = suspension_due.open_steps(desk)
    assert after == before, "it is ours, though a file put it right"
    _undo(desk)
    assert suspension_due.open_steps(desk) == [before]
    _read(desk, status="cancelled")
    assert _suspended(desk) == []
    (left,) = _undo(desk).left
    assert left.reason == "What the file said has become of it stays. Put it right on the pupil’s own page."
    assert _cases(desk, ann)[0].standing(TUESDAY) is SuspensionStanding.CANCELLED
    assert _suspended(desk) == []


def test_what_another_decision_covers_keeps_its_mark_when_a_file_is_undone_or_a_decision_is_struck(desk: Desk, ann: Pupil) -> None:
    _decide(desk, ann, WEDNESDAY, 1)
    _read(desk)
    assert _suspended(desk) == ALL
    _undo(desk)
    assert _suspended(desk) == ["25 AM"]
    _read(desk)
    ours = next(case for case in _cases(desk, ann) if case.suspension.start == WEDNESDAY)
    mistaken = SuspensionEvent(
        pupil_id=ann.id, decision=ours.suspension.decision, kind=SuspensionEventKind.MISTAKEN, on=TUESDAY, note="Wrong"
    )
    decisions.record_event(desk, mistaken)
    assert _suspended(desk) == ALL
