"""Rows of choices: events, whose they were to make, and who may enter them."""

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import choices, ledger, pupils
from tests.services.imports.made import ANN, BEN, CAT, as_office, counts, errors, table, told

HEAD = "upn|recipient|choice|by|on|giver|channel\n"


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    """Ann is 16 today; Ben is 12."""
    run_import(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|24/11/2010|{ANN}\nIvy|Ben|1/2/2014|{BEN}"))


def bring(desk: Desk, text: str, **how: object) -> Outcome:
    return run_import(desk, "choices", table(HEAD + text), **how)  # type: ignore[arg-type]


def said(desk: Desk) -> list[tuple[str, str, str]]:
    return [(c.choice, c.by, c.giver or "") for p in pupils.all_pupils(desk.vault) for c in choices.of_pupil(desk.vault, p.id)]


def test_each_row_is_an_event_and_the_same_twice_is_one(desk: Desk) -> None:
    rows = f"""{BEN}|youth-support|restrict|parent|1/10/2026|Mrs Ivy|form
        {BEN}|Youth support service|Restrict|Parent|2026-10-01|mrs  ivy|Signed form
        {BEN}|youth-support|allow|parent|1/10/2026|Mrs Ivy|form
        {BEN}|post-16|restrict|parent|1/10/2026||form"""
    outcome = bring(desk, rows)
    assert counts(outcome) == (4, 3, 0, 1, 0)
    assert told(outcome) == {(3, "", "duplicate_in_file", "warning")}
    assert counts(bring(desk, rows)) == (4, 0, 0, 4, 0)
    assert said(desk) == [("restrict", "parent", "Mrs Ivy"), ("allow", "parent", "Mrs Ivy"), ("restrict", "parent", "")]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"{ANN}|youth-support|restrict|parent|24/11/2026||form", ("by", "not_theirs_to_choose")),
        (f"{ANN}|youth-support|restrict|pupil|23/11/2026||form", ("by", "not_theirs_to_choose")),
        (f"{BEN}|youth-support|restrict|parent|25/11/2026||form", ("on", "future_date")),
        (f"{BEN}|youth-support|restrict|parent|31/9/2026||form", ("on", "bad_date")),
        (f"{BEN}|careers|restrict|parent|1/10/2026||form", ("recipient", "unknown_code")),
        (f"{BEN}|youth-support|restrict|aunt|1/10/2026||form", ("by", "unknown_code")),
        (f"{BEN}|youth-support|restrict|parent|||form", ("on", "missing")),
        (f"{CAT}|youth-support|restrict|parent|1/10/2026||form", ("upn", "no_such_pupil")),
        (f"{BEN}|youth-support|restrict|parent|1/10/2026|{'x' * 101}|form", ("giver", "too_long")),
    ],
)
def test_what_is_refused(desk: Desk, row: str, problem: tuple[str, str]) -> None:
    outcome = bring(desk, row)
    assert errors(outcome) == {(2, *problem)}
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert said(desk) == []


def test_each_side_of_the_sixteenth_birthday_has_its_giver(desk: Desk) -> None:
    outcome = bring(desk, f"{ANN}|youth-support|restrict|parent|23/11/2026||form\n{ANN}|youth-support|allow|pupil|24/11/2026||form")
    assert counts(outcome) == (2, 2, 0, 0, 0)


def test_the_office_enters_what_came_on_a_form_and_nothing_of_a_file_with_anything_else(desk: Desk) -> None:
    office = as_office(desk)
    form = f"{BEN}|youth-support|restrict|parent|1/10/2026|Mrs Ivy|form\n"
    for channel in ("letter", "", "pigeon"):
        for dry_run in (True, False):
            with pytest.raises(NotAllowed, match="assistant head and data officer"):
                bring(office, f"{form}{BEN}|post-16|allow|parent|1/10/2026||{channel}", dry_run=dry_run)
    assert said(desk) == []
    assert [row["action"] for row in ledger.log_rows(desk.vault)][:6] == ["refused: record-choice"] * 6
    assert counts(bring(office, form)) == (1, 1, 0, 0, 0)
