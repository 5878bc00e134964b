"""The import of plans: several of a pupil, found again by kind and day, further versions kept, what is no part of the kind told, and an undo."""

from datetime import date

import pytest

from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import PlanCase, PlanStep
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.plans import recording
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import ledger
from tests.services.imports.made import ANN, counts, table, told

HEAD = "UPN | Type of plan | Start date | Review date | Strategies | Targets | Key worker"
SUPPORT = f"{ANN} | SEN support plan | 07/09/2026 | 18/12/2026 | A card for each step | Begins by himself | Ms Reed"
RISK = f"{ANN} | Risk assessment | 09/09/2026 | | Sits near the door | | Ms Reed"


@pytest.fixture
def ann(desk: Desk) -> Pupil:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    return pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN), stay)


def read(desk: Desk, *lines: str) -> Outcome:
    return run_import(desk, "auto", table("\n".join((HEAD, *lines))))


def plans(desk: Desk, pupil: Pupil) -> dict[str, PlanCase]:
    return {case.now.kind: case for case in recording.of_pupil(desk, pupil.id) if case.now.struck is None}


def undo_last(desk: Desk) -> undoing.Undone:
    return undoing.undo(desk, past_imports(desk)[0].id)


def test_several_plans_of_a_pupil_come_from_one_list(desk: Desk, ann: Pupil) -> None:
    assert counts(read(desk, SUPPORT, RISK)) == (2, 2, 0, 0, 0)
    support, risk = plans(desk, ann)["sen-support"].now, plans(desk, ann)["risk"].now
    assert (support.made_on, support.review_by, support.lead) == (date(2026, 9, 7), date(2026, 12, 18), "Ms Reed")
    assert (support.provision, support.outcomes) == ("A card for each step", "Begins by himself")
    assert risk.provision == "Sits near the door"
    (made,) = past_imports(desk)
    assert any(row["object_id"] == made.id for row in ledger.log_rows(desk.vault, pupil_id=ann.id)), "the log of the pupil has the import"
    assert counts(read(desk, SUPPORT, RISK)) == (2, 0, 0, 2, 0), "nothing is entered twice"


def test_each_kind_and_each_of_its_parts_has_a_column(desk: Desk, ann: Pupil) -> None:
    """A kind that is added to the file of kinds is tried with the others."""
    head = template("plans").split(",")
    assert {part.item for kind in plan_kinds().values() for part in kind.parts} <= set(head)
    for code, kind in plan_kinds().items():
        items = [part.item for part in kind.parts]
        words = " | ".join(f"Words of {item}" for item in items)
        run_import(desk, "plans", table(f"upn | kind | made_on | {' | '.join(items)}\n{ANN} | {code} | 07/09/2026 | {words}"))
        now = plans(desk, ann)[code].now
        assert [getattr(now, item) for item in items] == [f"Words of {item}" for item in items], code


def test_a_row_that_says_otherwise_makes_a_further_version_and_an_undo_says_again_what_stood(desk: Desk, ann: Pupil) -> None:
    read(desk, RISK)
    assert counts(read(desk, RISK.replace("the door", "the window"))) == (1, 0, 1, 0, 0)
    case = plans(desk, ann)["risk"]
    assert [version.record.provision for version in case.wordings] == ["Sits near the door", "Sits near the window"]
    assert undo_last(desk).left == ()
    assert plans(desk, ann)["risk"].now.provision == "Sits near the door"


def test_an_older_version_does_not_turn_a_plan_back_and_one_struck_out_is_asked_about(desk: Desk, ann: Pupil) -> None:
    head = f"upn | kind | made_on | provision | version_day\n{ANN} | risk | 08/09/2026 | "
    run_import(desk, "plans", table(f"{head}By the window | 10/10/2026"))
    older = run_import(desk, "plans", table(f"{head}By the door | 20/09/2026"))
    assert {code for _row, _column, code, _severity in told(older)} == {"older_version"}
    assert plans(desk, ann)["risk"].now.provision == "By the window"
    newer = run_import(desk, "plans", table(f"{head}By the door | 20/09/2026\n{ANN} | risk | 08/09/2026 | By the wall | 10/11/2026"))
    assert (counts(newer), plans(desk, ann)["risk"].now.provision) == ((2, 0, 1, 1, 0), "By the wall")
    recording.strike(desk, plans(desk, ann)["risk"].now.entry_id, "Another pupil's")
    again = run_import(desk, "plans", table(f"{head}By the window | 10/10/2026"))
    assert "struck_out" in {code for _row, _column, code, _severity in told(again)}


def test_an_undo_leaves_a_plan_of_which_more_was_recorded(desk: Desk, ann: Pupil) -> None:
    read(desk, SUPPORT, RISK)
    step = PlanStep(entry_id=plans(desk, ann)["risk"].now.entry_id, kind="reviewed", on=desk.today)
    recording.record(desk, step)
    assert [left.reason for left in undo_last(desk).left] == ["More was recorded of it since. Put it right under Plans."]
    assert [*plans(desk, ann)] == ["risk"]


def test_what_is_no_part_of_the_kind_is_kept_beside_and_what_cannot_be_kept_is_told(desk: Desk, ann: Pupil) -> None:
    outcome = read(desk, RISK.replace("door | |", "door | Calmer |"))
    ((left),) = outcome.not_taken
    assert (left.value.path, left.value.value) == ("Outcomes", "Calmer")
    assert plans(desk, ann)["risk"].now.outcomes is None
    outcome = read(
        desk,
        RISK.replace("09/09", "10/09"),
        SUPPORT.replace("07/09/2026", "07/12/2026"),
        SUPPORT.replace("SEN support plan", "Nonsense"),
        SUPPORT.replace("18/12/2026", "01/09/2026"),
    )
    assert counts(outcome) == (4, 1, 0, 0, 3)
    assert {(row, column, code) for row, column, code, _severity in told(outcome)} == {
        (2, "kind", "same_kind"), (3, "made_on", "future_date"), (4, "kind", "unknown_code"), (5, "review_by", "before_made"),
    }  # fmt: skip
