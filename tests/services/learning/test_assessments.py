"""Assessments: kept, corrected and withdrawn as further rows, which the file itself lets nobody change."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.learning import assessments
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.rows import amendments
from tests.services.exports.made import Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Penn", "Zoë", date(2010, 12, 1))


def entry(pupil: Pupil, **more: object) -> Assessment:
    made = {"stage": "KS4", "subject": "maths", "method": "TA", "component": "gcse", "result": "4", "date": date(2026, 11, 6)}
    return Assessment(pupil_id=pupil.id, **(made | more))  # type: ignore[arg-type]


def stands(unit: Unit, pupil: Pupil) -> list[tuple[str, str]]:
    return [(one.record.result, one.standing.value) for one in assessments.history(unit.desk, pupil.id)]


def test_an_entry_is_kept_in_the_words_of_the_lists(unit: Unit, pupil: Pupil) -> None:
    assert assessments.add(unit.desk, entry(pupil)).ids == {pupil.id}
    (kept,) = assessments.current(unit.desk, pupil.id)
    assert (kept.subject, kept.component, kept.year, kept.status) == ("MAT", "GCSE", 2027, "R")
    assert unit.log()[-1] == ("edit-record", pupil.id, "assessment added")
    assert assessments.history(unit.desk, pupil.id)[0].recorded_by == "Ann Officer"


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"result": "A*"}, "result"), ({"result": ""}, "result"), ({"stage": "KS7"}, "stage"), ({"date": date(2026, 11, 25)}, "date")],
)
def test_what_is_refused_leaves_nothing(unit: Unit, pupil: Pupil, wrong: dict[str, object], column: str) -> None:
    with pytest.raises(Refused) as refused:
        assessments.add(unit.desk, entry(pupil, **wrong))
    assert [problem.column for problem in refused.value.problems] == [column]
    assert unit.count("assessment") == 0


def test_a_correction_keeps_both_and_says_what_changed(unit: Unit, pupil: Pupil) -> None:
    assessments.add(unit.desk, entry(pupil))
    (kept,) = assessments.current(unit.desk, pupil.id)
    assessments.correct(unit.desk, dataclasses.replace(kept, result="5"))
    assert stands(unit, pupil) == [("4", "Corrected since"), ("5", "Current")]
    assert [(r["item"], r["old"], r["new"], r["source"]) for r in amendments.of_pupil(unit.desk.vault, pupil.id) if r["item"]] == [
        ("result", "4", "5", "form")
    ]
    with pytest.raises(WrongUse, match="corrected or withdrawn already"):
        assessments.correct(unit.desk, dataclasses.replace(kept, result="6"))


def test_a_correction_that_changes_nothing_is_no_row(unit: Unit, pupil: Pupil) -> None:
    assessments.add(unit.desk, entry(pupil))
    (kept,) = assessments.current(unit.desk, pupil.id)
    assert not assessments.correct(unit.desk, kept).ids
    assert unit.count("assessment") == 1


def test_a_corrected_entry_can_be_corrected_again(unit: Unit, pupil: Pupil) -> None:
    assessments.add(unit.desk, entry(pupil))
    for result in ("5", "6"):
        (kept,) = assessments.current(unit.desk, pupil.id)
        assessments.correct(unit.desk, dataclasses.replace(kept, result=result))
    assert stands(unit, pupil) == [("4", "Corrected since"), ("5", "Corrected since"), ("6", "Current")]


def test_a_withdrawn_entry_counts_no_more_and_asks_for_a_reason(unit: Unit, pupil: Pupil) -> None:
    assessments.add(unit.desk, entry(pupil))
    (kept,) = assessments.current(unit.desk, pupil.id)
    with pytest.raises(Refused):
        assessments.withdraw(unit.desk, kept.id, " ")
    assessments.withdraw(unit.desk, kept.id, "Another pupil’s")
    assert stands(unit, pupil) == [("4", "Withdrawn")]
    assert assessments.current(unit.desk, pupil.id) == []


@pytest.mark.parametrize("table", ["assessment", "assessment_withdrawal", "scale"])
def test_the_file_refuses_to_change_or_drop_a_row(unit: Unit, pupil: Pupil, table: str) -> None:
    assessments.set_scale(unit.desk, "Ours", ["low", "high"])
    assessments.add(unit.desk, entry(pupil))
    (kept,) = assessments.current(unit.desk, pupil.id)
    assessments.withdraw(unit.desk, kept.id, "Another pupil’s")
    vault = unit.desk.vault
    for sql in (f"UPDATE {table} SET at = ''", f"DELETE FROM {table}", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"):
        with pytest.raises(StoreFault, match=f"append-only: {table}"), vault.transaction():
            vault.execute(sql)
    assert unit.count(table) == 1


def test_a_scale_is_kept_under_its_name_and_ends_without_values(unit: Unit, pupil: Pupil) -> None:
    assessments.set_scale(unit.desk, "Ours", ["low", "high"])
    assessments.set_scale(unit.desk, "ours", ["low", "middle", "high"])
    assert [(one.name, one.values) for one in assessments.scales(unit.desk)] == [("ours", ("low", "middle", "high"))]
    assessments.add(unit.desk, entry(pupil, component="OURS", result="MIDDLE"))
    assert assessments.current(unit.desk, pupil.id)[0].result == "middle"
    with pytest.raises(Refused):
        assessments.add(unit.desk, entry(pupil, component="ours", result="4"))
    assessments.set_scale(unit.desk, "Ours", [])
    assert assessments.scales(unit.desk) == []


def test_only_a_data_officer_sets_scales(unit: Unit) -> None:
    with pytest.raises(NotAllowed):
        assessments.set_scale(unit.as_role(Role.OFFICE), "Ours", ["low"])
