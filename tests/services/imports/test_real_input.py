"""The real input, where it lies beside the checkout: each file comes to the very counts and problems that are expected of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.sharing.sharing import preview
from tests.services.imports.made import counts, told

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not (DATA / "expected.json").exists(), reason="shared/data does not lie beside the checkout")
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text("utf-8")) if DATA.exists() else {}
KINDS = ("pupils", "contacts", "choices", "attendance", "suspensions", "assessments", "learning", "destinations")
FILES = [name for name, facts in EXPECTED.get("files", {}).items() if facts["kind"] in KINDS]


def _read(desk: Desk, name: str, **how: Any) -> Outcome:
    return run_import(desk, "auto", (DATA / name).read_bytes(), name, **how)


def _before(desk: Desk, name: str) -> None:
    """What must be in the unit first, as the file of expectations says."""
    for other in EXPECTED["files"]:
        if other != name and other in EXPECTED["files"][name]["into"]:
            _read(desk, other)


@pytest.mark.parametrize("name", FILES)
def test_each_file_comes_to_what_is_expected(desk: Desk, name: str) -> None:
    expected = EXPECTED["files"][name]["expect"]
    _before(desk, name)
    dry = _read(desk, name, dry_run=True)
    real = _read(desk, name)
    assert counts(dry) == counts(real) == tuple(expected[c] for c in ("read", "added", "changed", "unchanged", "refused"))
    listed = {(p["row"], p["column"], p["code"], p["severity"]) for p in expected["problems"]}
    assert told(dry) == told(real)
    assert listed <= told(real)
    assert {p for p in told(real) if p[3] == "error"} == {p for p in listed if p[3] == "error"}
    assert real.status == int(expected["refused"] > 0)


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_again_changes_nothing(desk: Desk, name: str) -> None:
    expected = EXPECTED["files"][name]["expect"]
    _before(desk, name)
    _read(desk, name)
    again = _read(desk, name)
    assert counts(again) == (expected["read"], 0, 0, expected["read"] - expected["refused"], expected["refused"])


def test_the_preview_for_youth_support_follows_from_what_was_imported(desk: Desk) -> None:
    _read(desk, "arrivals-canonical/pupils.csv")
    _read(desk, "arrivals-canonical/choices.csv")
    rows = {(row.pupil.upn or "", row.pupil.surname, row.pupil.forename): row.decision for row in preview(desk, "youth-support")}
    expected = EXPECTED["youth_support_preview"]["pupils"]
    assert {key: (str(d.level), d.decided_by) for key, d in rows.items()} == {
        (p["upn"], p["surname"], p["forename"]): (p["level"], p["decided_by"]) for p in expected
    }


@pytest.mark.parametrize("name", [name for name in FILES if "headings" in EXPECTED["files"][name]])
def test_headings_of_school_systems_are_known(desk: Desk, name: str) -> None:
    from pupil_desk.services.imports.run import propose

    proposal = propose(desk, EXPECTED["files"][name]["kind"], (DATA / name).read_bytes())
    assert {heading.text: heading.column for heading in proposal.headings} == EXPECTED["files"][name]["headings"]
