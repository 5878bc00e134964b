"""Rows of learning and of destinations: found by their keys, corrected, refused in the contract's words."""

from datetime import date

import pytest

from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, CAT, TEMPORARY, counts, errors, table, told


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    run_import(desk, "pupils", table(f"surname|forename|dob|upn|former_upn\nHall|Ann|1/2/2011|{ANN}|{TEMPORARY}\nIvy|Ben|1/2/2011|{BEN}|"))


def bring(desk: Desk, kind: str, text: str, **how: object) -> Outcome:
    return run_import(desk, kind, table(text), **how)  # type: ignore[arg-type]


def pupil_id(desk: Desk, upn: str = ANN) -> str:
    found = pupils.by_number(desk.vault, upn)
    assert found
    return found.id


def test_the_columns_are_the_contracts() -> None:
    assert template("learning") == "upn,kind,title,awarding_body,level,start,end,result,result_date,qualification_number"
    assert template("destinations") == "upn,kind,activity,provider,start,confirmed_on,source"


def test_a_result_comes_to_the_learning_of_that_title_and_day(desk: Desk) -> None:
    first = bring(
        desk, "learning", f"upn|kind|title|level|start\n{ANN}|course|GCSE Maths|Level 2|2/9/2026\n{BEN}|course|GCSE Maths|Level 2|2/9/2026"
    )
    assert counts(first) == (2, 2, 0, 0, 0)
    again = bring(
        desk, "learning", f"upn|kind|title|start|result\n{TEMPORARY}|course|gcse  MATHS|2/9/2026|5\n{ANN}|course|GCSE Maths|2/9/2025|3"
    )
    assert counts(again) == (2, 1, 1, 0, 0)
    assert [(one.start, one.result, one.level) for one in several.of_pupil(desk.vault, Learning, pupil_id(desk))] == [
        (date(2025, 9, 2), "3", None),
        (date(2026, 9, 2), "5", "Level 2"),
    ]
    said = [(row["kind"], row["item"], row["source"]) for row in amendments.of_pupil(desk.vault, pupil_id(desk))]
    assert ("learning", "result", "import") in said


def test_mine_leaves_what_is_held(desk: Desk) -> None:
    bring(desk, "destinations", f"upn|kind|activity|provider\n{ANN}|offer|230|Wyming Vale College")
    mine = bring(desk, "destinations", f"upn|kind|activity|provider\n{ANN}|Offer|Apprenticeship|", accept="mine")
    assert counts(mine) == (1, 0, 0, 1, 0)
    theirs = bring(desk, "destinations", f"upn|kind|activity|provider\n{ANN}|offer|310|")
    assert counts(theirs) == (1, 0, 1, 0, 0)
    (one,) = several.of_pupil(desk.vault, Destination, pupil_id(desk))
    assert (one.activity, one.provider) == ("310", "Wyming Vale College")


def test_what_is_wrong_is_refused_and_the_rest_goes_in(desk: Desk) -> None:
    rows = f"upn|kind|activity|confirmed_on\n{ANN}|offer|999|\n{CAT}|offer|230|\n{BEN}|wish|230|\n{ANN}|actual|450|\n{BEN}|actual|230|soon\n{BEN}|intended|230|"
    outcome = bring(desk, "destinations", rows)
    assert counts(outcome) == (6, 1, 0, 0, 5)
    assert errors(outcome) == {
        (2, "activity", "unknown_code"),
        (3, "upn", "no_such_pupil"),
        (4, "kind", "unknown_code"),
        (5, "activity", "retired_code"),
        (6, "confirmed_on", "bad_date"),
    }


def test_the_same_told_twice(desk: Desk) -> None:
    rows = f"upn|kind|activity\n{ANN}|offer|230\n{ANN}|offer|230\n{ANN}|offer|310"
    outcome = bring(desk, "destinations", rows)
    assert counts(outcome) == (3, 1, 0, 1, 1)
    assert (3, "", "duplicate_in_file", "warning") in told(outcome)
    assert errors(outcome) == {(4, "", "duplicate_in_file")}


def test_odd_days_only_warn(desk: Desk) -> None:
    outcome = bring(desk, "learning", f"upn|kind|title|start|end\n{ANN}|course|Food hygiene|2/9/2026|10/7/2026")
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert told(outcome) == {(2, "end", "ends_before_start", "warning")}


def test_a_title_is_asked_for(desk: Desk) -> None:
    assert errors(bring(desk, "learning", f"upn|kind|title\n{ANN}|course|")) == {(2, "title", "missing")}
