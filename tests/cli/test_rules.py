"""rules: what stands, and a signed pack of newer rules shown, taken and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.ran import OFFICE, OFFICER, Ran
from tests.services.rules.made import REGULATOR, a_pack, corrections, ours

__all__ = ["ours"]
pytestmark = pytest.mark.usefixtures("ours")
Run = Callable[..., Ran]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "corrections.pupildesk-rules"
    path.write_bytes(a_pack(corrections()))
    return path


def regulator(run: Run, unit: Path, out: Path) -> str:
    """By which name the notice of a family has the regulator."""
    out.mkdir(exist_ok=True)
    run("notice", unit, "--for", "P0001", "--format", "html", "--to", out, user=OFFICER)
    page = next(out.glob("*.html"))
    text = page.read_text("utf-8")
    page.unlink()
    return next(
        name for name in ("Information Commission of the United Kingdom", "Information Commissioner’s Office (ICO)") if name in text
    )


def test_what_stands_is_listed_with_its_facts(run: Run, unit: Path) -> None:
    told = run("rules", unit, "list", user=OFFICE, as_json=True).told
    assert told.keys() == {"rules", "changes", "packs"}
    assert (told["changes"], told["packs"]) == ([], [])
    rule = next(rule for rule in told["rules"] if rule["name"] == REGULATOR)
    assert rule.keys() == {"name", "source", "checked", "sure", "look_again"}
    assert (rule["checked"], rule["sure"], rule["look_again"]) == ("2026-11-28", "high", "2027-02-28")
    assert {rule["sure"] for rule in told["rules"]} == {"high", "medium", "low"}
    said = run("rules", unit, "list", user=OFFICE).out
    lines = said.splitlines()
    place = lines.index("high    28 Nov 2026  28 Feb 2027  Who watches over data protection")
    assert lines[place + 1].startswith("    says: Information Commissioner’s Office (ICO), law: Data Protection Act 2018, section 114; ")
    assert lines[place + 2].startswith("    source: Data (Use and Access) Act 2025, sections 117 to 119; ")
    place = next(place for place, line in enumerate(lines) if line.endswith("How long records are kept: Names"))
    assert lines[place + 1] == "    says: As long as anything is kept that names the person"
    assert said.splitlines()[-1] == "No pack of rules is in force: these are the program’s own."


def test_a_pack_is_shown_taken_and_taken_back(run: Run, unit: Path, pack: Path, out: Path) -> None:
    shown = run("rules", unit, "show", pack, user=OFFICER, as_json=True).told
    assert len(shown["changes"]) == 4
    assert {
        "rule": f"{REGULATOR}: codes.commissioner.label",
        "old": "Information Commissioner’s Office (ICO)",
        "new": "Information Commission of the United Kingdom",
    } in shown["changes"]
    assert {touched["what"] for touched in shown["touches"]} >= {"When something may be erased", "The privacy notice: a new edition"}
    assert shown["pack"] == {"name": "Corrections", "number": 1, "day": "2027-01-10"}
    assert regulator(run, unit, out) == "Information Commissioner’s Office (ICO)"

    said = run("rules", unit, "apply", pack, user=OFFICER)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0] == "Corrections (pack of rules 1, 10 January 2027) is in force. It changed 4 rules."
    assert "  was: Information Commissioner’s Office (ICO)" in said.out.splitlines()
    assert "How long records are kept: Requests and complaints, how long" in said.out.splitlines()
    assert regulator(run, unit, out) == "Information Commission of the United Kingdom"
    assert run("rules", unit, "list", user=OFFICE, as_json=True).told["packs"] == ["Corrections (pack of rules 1, 10 January 2027)"]

    undone = run("rules", unit, "undo", user=OFFICER, as_json=True).told
    assert [(change["new"], change["old"]) for change in undone["changes"]] == [
        (change["old"], change["new"]) for change in shown["changes"]
    ]
    assert regulator(run, unit, out) == "Information Commissioner’s Office (ICO)"
    actions = [row["action"] for row in run("log", unit, user=OFFICER, as_json=True).told]
    assert actions.count("edit-rules") == 2


def test_who_may_not_is_refused(run: Run, unit: Path, pack: Path) -> None:
    for words in (("show", pack), ("apply", pack), ("undo",)):
        assert run("rules", unit, *words, user=OFFICE).status == 3


def test_what_cannot_be_taken_is_wrong_use(run: Run, unit: Path, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "altered").write_bytes(pack.read_bytes().replace(b"Kingdom", b"Kingdoms"))
    for words, sentence in (
        (("apply", tmp_path / "altered"), "was altered after it was signed"),
        (("apply", tmp_path / "none"), "is not a file that can be read"),
        (("apply",), "Name the pack of rules"),
        (("list", pack), "Name the pack of rules"),
        (("undo",), "There is no pack of rules to take back"),
    ):
        refused = run("rules", unit, *words, user=OFFICER)
        assert (refused.status, sentence in refused.sentence) == (2, True)
