"""Figures of plans: those that run by kind, and reviews overdue, each as on the last day of the row; small numbers hidden for others."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.services import figures
from pupil_desk.services.plans import recording
from tests.services.exports.made import Unit
from tests.services.figures.known import cells, look, pupils_of

MADE = date(2026, 1, 5)
_ALL = ("plans", "planned", "overdue", "late")


@pytest.fixture(autouse=True)
def plans(unit: Unit) -> None:
    """Seven with a healthcare plan made on 20 October, of whom one has a risk assessment, overdue since 5 July and reviewed on 3 November; one struck, one ended."""
    people = pupils_of(unit)
    for pupil in people[:7]:
        recording.add(unit.desk, PupilPlan(pupil_id=pupil.id, kind="healthcare", made_on=date(2026, 10, 20)))
    for pupil in people[:3]:
        recording.add(unit.desk, PupilPlan(pupil_id=pupil.id, kind="risk", made_on=MADE))
    first, second, third = (
        next(case for case in recording.of_pupil(unit.desk, pupil.id) if case.now.kind == "risk") for pupil in people[:3]
    )
    recording.record(unit.desk, PlanStep(entry_id=first.now.entry_id, kind="reviewed", on=date(2026, 11, 3)))
    recording.strike(unit.desk, second.now.entry_id, "Another pupil")
    recording.amend(unit.desk, dataclasses.replace(third.now, ended_on=date(2026, 10, 1), ended_because="Over"))


def test_plans_by_kind_as_on_the_last_day(unit: Unit) -> None:
    made = look(unit, "plans", "plan-kinds")
    assert cells(made, "Individual healthcare plan", *_ALL) == ["7", "7", "0", "0"]
    assert cells(made, "Risk assessment", *_ALL) == ["1", "1", "0", "0"]
    assert cells(made, "All plans", *_ALL) == ["8", "7", "0", "0"]
    hidden = figures.for_others(unit.desk, made)
    assert "1" not in cells(hidden, "Risk assessment", *_ALL)


def test_a_review_is_overdue_until_the_month_in_which_it_is_recorded(unit: Unit) -> None:
    made = look(unit, "plans", "months")
    assert cells(made, "September 2026", *_ALL) == ["2", "2", "2", "2"], "the first, and the third that had not ended"
    assert cells(made, "October 2026", *_ALL) == ["8", "7", "1", "1"]
    assert cells(made, "November 2026", *_ALL) == ["8", "7", "0", "0"]
    assert not any(column.adds_up for column in made.columns)


def test_plans_by_group_and_none_where_the_unit_keeps_none(unit: Unit) -> None:
    made = look(unit, "plans", "sex")
    assert cells(made, "Male", "pupils", *_ALL[:2]) == ["5", "6", "5"]
    assert cells(made, "Female", "pupils", *_ALL[:2]) == ["3", "2", "2"]
    assert "plans" in [kind.name for kind in figures.offered(unit.desk)]
