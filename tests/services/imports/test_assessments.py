"""Rows of assessments: judged by their sets, corrected and never overwritten."""

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.learning import assessments
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, CAT, counts, errors, table, told

HEAD = "upn|stage|subject|method|result|component|date|status|qualifier\n"


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    run_import(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|24/11/2010|{ANN}\nIvy|Ben|1/2/2014|{BEN}"))


def bring(desk: Desk, text: str, **how: object) -> Outcome:
    return run_import(desk, "assessments", table(HEAD + text), **how)  # type: ignore[arg-type]


def held(desk: Desk, upn: str = BEN) -> list[tuple[str, str, str]]:
    pupil = pupils.by_number(desk.vault, upn)
    assert pupil is not None
    return [(e.record.subject, e.record.result, e.standing.value) for e in assessments.history(desk, pupil.id)]


def test_words_become_codes_and_the_year_comes_from_the_date(desk: Desk) -> None:
    assert counts(bring(desk, f"{BEN}|Key Stage 2|Maths|Test|098|sub|12/5/2025||ss")) == (1, 1, 0, 0, 0)
    pupil = pupils.by_number(desk.vault, BEN)
    assert pupil is not None
    (entry,) = assessments.current(desk, pupil.id)
    assert (entry.stage, entry.subject, entry.method, entry.result) == ("KS2", "MAT", "TT", "98")
    assert (entry.component, entry.year, entry.status, entry.qualifier) == ("SUB", 2025, "R", "SS")


def test_a_row_that_differs_corrects_and_what_stood_is_still_read(desk: Desk) -> None:
    bring(desk, f"{BEN}|KS2|MAT|TT|98|SUB|12/5/2025|R|SS")
    again = bring(desk, f"{BEN}|KS2|MAT|TT|99|SUB|12/5/2025|R|SS")
    assert counts(again) == (1, 0, 1, 0, 0)
    assert held(desk) == [("MAT", "98", "Corrected since"), ("MAT", "99", "Current")]
    pupil = pupils.by_number(desk.vault, BEN)
    assert pupil is not None
    assert [(r["item"], r["old"], r["new"], r["source"]) for r in amendments.of_pupil(desk.vault, pupil.id) if r["item"]] == [
        ("result", "98", "99", "import")
    ]


def test_mine_leaves_what_is_held(desk: Desk) -> None:
    bring(desk, f"{BEN}|KS2|MAT|TT|98|SUB|12/5/2025|R|SS")
    assert counts(bring(desk, f"{BEN}|KS2|MAT|TT|99|SUB|12/5/2025|R|SS", accept="mine")) == (1, 0, 0, 1, 0)
    assert held(desk) == [("MAT", "98", "Current")]


def test_a_later_one_becomes_the_current_one(desk: Desk) -> None:
    rows = f"{BEN}|KS3|MAT|TA|12|Baseline|18/9/2026|I|\n{BEN}|KS3|MAT|TA|10|Baseline|11/9/2026|I|"
    assert counts(bring(desk, rows)) == (2, 2, 0, 0, 0)
    assert held(desk) == [("MAT", "12", "Current"), ("MAT", "10", "Earlier")]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (f"{CAT}|KS2|MAT|TT|98|SUB|12/5/2025|R|SS", ("upn", "no_such_pupil")),
        (f"{BEN}|KS2|MAT|TT|79|SUB|12/5/2025|R|SS", ("result", "unknown_code")),
        (f"{BEN}|KS2|MAT|TT|A|SUB|12/5/2025|R|SS", ("result", "unknown_code")),
        (f"{BEN}|KS2|MAT|TA|98|SUB|12/5/2025|R|", ("result", "unknown_code")),
        (f"{BEN}|KS2|WRI|TA||SUB|12/5/2025|R|TO", ("result", "missing")),
        (f"{BEN}|KS9|WRI|TA|EXS|SUB|12/5/2025|R|TO", ("stage", "unknown_code")),
        (f"{BEN}|KS2|WRI|TA|EXS|SUB|25/11/2026|R|TO", ("date", "future_date")),
        (f"{BEN}|KS2|WRI|TA|EXS|SUB|31/1/2018|R|TO", ("date", "bad_date")),
    ],
)
def test_what_is_refused(desk: Desk, row: str, problem: tuple[str, str]) -> None:
    outcome = bring(desk, row)
    assert errors(outcome) == {(2, *problem)}
    assert held(desk) == []


def test_what_is_not_known_only_warns(desk: Desk) -> None:
    outcome = bring(desk, f"{ANN}|KS4|Motor vehicles|TA|Distinction|Diploma|1/7/2026|R|")
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert told(outcome) == {(2, "subject", "unknown_subject", "warning"), (2, "component", "unknown_component", "warning")}


def test_a_scale_of_the_units_own_decides(desk: Desk) -> None:
    assessments.set_scale(desk, "Larkfield reading", ["Starting", "Getting there", "Secure"])
    outcome = bring(
        desk, f"{BEN}|KS3|REA|TA|getting there|larkfield Reading|18/9/2026|I|\n{BEN}|KS3|WRI|TA|EXS|Larkfield reading|18/9/2026|I|"
    )
    assert errors(outcome) == {(3, "result", "unknown_code")}
    assert held(desk) == [("REA", "Getting there", "Current")]
