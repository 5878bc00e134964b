"""The real input, where it lies beside the checkout: by window each file comes to what is expected of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
pytestmark = pytest.mark.skipif(not (DATA / "expected.json").exists(), reason="shared/data does not lie beside the checkout")
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text("utf-8")) if DATA.exists() else {}
FILES = [name for name, facts in EXPECTED.get("files", {}).items() if facts["kind"] != "ctf"]


def _import(page: ImportPage, name: str) -> None:
    page.open_file(DATA / name)
    page.proposed.keep_button.click()


@pytest.mark.parametrize("name", FILES)
def test_each_file_comes_to_what_is_expected(empty_page: ImportPage, name: str, answers: Answers) -> None:
    page = empty_page
    answers.answers = [True] * 9  # the rows refused are left behind
    for other in EXPECTED["files"]:
        if other != name and other in EXPECTED["files"][name]["into"]:
            _import(page, other)
    page.open_file(DATA / name)
    proposal, expected = page.proposal, EXPECTED["files"][name]["expect"]
    assert proposal is not None
    words = "{read:,} rows read: {added:,} new, {changed:,} changed, {unchanged:,} unchanged, {refused:,} refused."
    assert page.proposed.summary.text() == f"{Path(name).name}, {words.format(**expected)}"
    told = {(p.row, p.column, p.code, p.severity) for p in proposal.problems}
    listed = {(p["row"], p["column"], p["code"], p["severity"]) for p in expected["problems"]}
    assert listed <= told
    assert {p for p in told if p[3] == "error"} == {p for p in listed if p[3] == "error"}
    table = page.proposed.table
    refused = {int(table.cell(n, "number").replace(",", "")) for n in range(len(table.rows)) if table.cell(n, "state") == "Refused"}
    assert refused == {row for row, _column, _code, severity in listed if severity == "error"}
    before = len(pupils.all_pupils(page.context.desk))
    page.proposed.keep_button.click()
    assert page.outcome.lines.text().startswith(words.format(**expected))
    if EXPECTED["files"][name]["kind"] == "pupils":
        assert len(pupils.all_pupils(page.context.desk)) == before + expected["added"]
