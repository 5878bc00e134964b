"""incident: entered from JSON, listed with how they stand, and the parents' report written."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.disclosures import told as disclosures_told
from pupil_desk.services.incidents import recording, report, standing
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.services.unit.units import sign_in, sign_out
from tests.cli.ran import CLOCK, OFFICE, Ran, left_in

Run = Callable[..., Ran]
HELD: dict[str, Any] = {
    "kind": "Threatening behaviour or verbal abuse",
    "day": "2026-11-23",
    "time": "9.45",
    "place": "The hall",
    "account": "A row about a coat.",
    "staff": ["Ms Reed", "Mr Holt"],
    "led_to_it": "A coat",
    "tried": "Words",
    "necessary": "To keep all safe",
    "needs": "None known",
    "triggers": "None known",
    "injury": "None",
    "support": "Rest",
    "pupils": [
        {"pupil": "P0001", "force": True, "force_kind": "guided", "force_degree": "light", "minutes": 2},
        {"pupil": "P0002", "part": "hurt"},
    ],
}
REWARD = {"kind": "effort", "day": "2026-11-24", "pupils": [{"pupil": "P0003", "points": 2}]}


def add(run: Run, unit: Path, incident: dict[str, Any]) -> dict[str, Any]:
    entered = run("incident", unit, "add", json.dumps(incident), user=OFFICE, as_json=True)
    assert entered.status == 0, entered.err
    told: dict[str, Any] = entered.told
    return told


def sign(unit: Path, ref: str) -> None:
    desk = sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK)
    for case in standing.of_ref(desk, ref):
        event = IncidentEvent(
            entry_id=case.now.entry_id, pupil_id=case.now.pupil_id, kind=IncidentEventKind.SIGNED, on=desk.today, who="Ms Reed"
        )
        recording.record(desk, [event])
    sign_out(desk)


def protect(unit: Path, ref: str, kind: str) -> None:
    desk = sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK)
    protections.set_protection(desk, Protection(pupil_id=pupils.by_number(desk, ref).id, kind=kind, reason="Court", since=desk.today))
    sign_out(desk)


def logged_accounts(unit: Path, ref: str) -> list[bool]:
    """Whether the log says that they told what happened, of a pupil's letters home, the last first."""
    desk = sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK)
    rows = [row for row in disclosures_told.log(desk, pupil_id=pupils.by_number(desk, ref).id) if row.what == "Letter about an incident"]
    sign_out(desk)
    return ["incident: what happened" in row.fields for row in rows]


def listed(run: Run, unit: Path) -> dict[str, dict[str, Any]]:
    return {row["ref"]: row for row in run("incident", unit, "list", user=OFFICE, as_json=True).told}


def test_an_incident_is_entered_and_listed_with_how_it_stands(run: Run, unit: Path) -> None:
    before = listed(run, unit)
    held, reward = add(run, unit, HELD), add(run, unit, REWARD)
    assert held == {
        "ref": held["ref"],
        "at": "2026-11-23T09:45",
        "kinds": ["threat", "force"],
        "signed": False,
        "reported": False,
        "overdue": True,
        "pupils": ["P0001", "P0002"],
    }
    assert (reward["at"], reward["kinds"], reward["signed"], reward["reported"], reward["overdue"]) == (
        "2026-11-24", ["effort"], None, None, False,
    )  # fmt: skip
    rows = listed(run, unit)
    assert {ref: row for ref, row in rows.items() if ref not in before} == {held["ref"]: held, reward["ref"]: reward}
    days = [row["at"][:10] for row in rows.values()]
    assert days == sorted(days, reverse=True), "the newest first"
    sign(unit, held["ref"])
    assert listed(run, unit)[held["ref"]]["signed"] is True


def test_the_list_in_english(run: Run, unit: Path) -> None:
    before = len(listed(run, unit))
    held = add(run, unit, HELD)
    said = run("incident", unit, "list", user=OFFICE).out.splitlines()
    assert said[0].split()[:3] == ["Ref", "Day", "Time"]
    line = next(line for line in said if line.startswith(held["ref"][:8]))
    assert "Threatening behaviour or verbal abuse, Reasonable force" in line
    assert "P0001, P0002" in line
    assert said[-1] == (f"{before + 1} incidents." if before else "1 incident.")


def test_an_incident_comes_from_a_file_or_from_standard_input(
    run: Run, unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(HELD), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(REWARD).encode())))
    refs = {run("incident", unit, "add", source, user=OFFICE, as_json=True).told["ref"] for source in (file, "-")}
    assert len(refs & listed(run, unit).keys()) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "nonsense"}, "kind: "),
        ({"day": "2027-01-01"}, "still to come"),
        ({"colour": "red"}, "colour"),
        ({"struck": "x"}, "struck"),
        ({"kind": None}, "“kind” is missing"),
        ({"pupils": []}, "at least one pupil"),
        ({"pupils": [{"pupil": "P0001"}, {"pupil": "P0001"}]}, "stands twice"),
        ({"pupils": [{"pupil": "P9999"}]}, "P9999"),
        ({"pupils": [{"pupil": "P0001", "account": "Mine"}]}, "account"),
        ({"pupils": "P0001"}, "“pupils”"),
        ({"account": {"a": 1}}, "neither text nor a number"),
    ],
)
def test_what_is_not_right_is_wrong_use_and_nothing_is_kept(run: Run, unit: Path, change: dict[str, Any], words: str) -> None:
    before = listed(run, unit)
    refused = run("incident", unit, "add", json.dumps({**HELD, **change}), user=OFFICE)
    assert refused.status == 2
    assert words in refused.sentence
    assert listed(run, unit) == before


@pytest.mark.parametrize(
    "words",
    [
        ("add",),
        ("list", "x"),
        ("report",),
        ("letter",),
        ("report", "xyz"),
        ("report", "", "--to", "."),
        ("list", "--to", "x"),
        ("add", "{"),
        ("list", "--accounts", "{}"),
    ],
)
def test_a_word_too_few_or_too_many_is_wrong_use(run: Run, unit: Path, words: tuple[str, ...]) -> None:
    assert run("incident", unit, *words, user=OFFICE).status == 2


def test_the_report_is_written_from_the_signed_account_and_names_nobody_in_its_files(run: Run, unit: Path, out: Path) -> None:
    held = add(run, unit, HELD)
    refused = run("incident", unit, "report", held["ref"][:8], "--to", out, user=OFFICE)
    assert refused.status == 2
    assert "not signed" in refused.sentence
    assert left_in(out) == set()
    sign(unit, held["ref"])
    protect(unit, "P0001", ORDER)
    others = {ref for ref in listed(run, unit) if ref != held["ref"]}
    least = next(held["ref"][:length] for length in range(1, 9) if not any(ref.startswith(held["ref"][:length]) for ref in others))
    ran = run("incident", unit, "report", least, "--to", out, user=OFFICE, as_json=True)
    told = ran.told
    assert (told["protected"], "Something must be kept from someone about: P0001." in ran.err) == (["P0001"], True)
    assert "P0001: An order names nobody among the contacts, and may mean whoever gets a paper" in ran.err
    names = {file["name"] for file in told["files"]}
    assert names == left_in(out)
    assert {name.rpartition("-")[0] for name in names} == {"incident-report-P0001"}
    why = "There was no reasonable force, seclusion or restraint of this pupil. A letter home may go: write it with “incident FILE letter”."
    assert told["not_written"] == {"P0002": why}, "who was hurt has a letter"
    unknown = run("incident", unit, "report", "0000000000", "--to", out, user=OFFICE)
    assert unknown.status == 2
    assert "There is no incident" in unknown.sentence


def test_nothing_is_logged_of_reports_that_were_refused(run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [{"pupil": pupil, "force": True, "force_kind": "guided", "force_degree": "light", "minutes": 2} for pupil in ("P0001", "P0002")]
    held = add(run, unit, {**HELD, "pupils": both})
    sign(unit, held["ref"])

    def printed() -> int:
        desk = sign_in(unit, name=OFFICE, password=PASSWORD, clock=CLOCK)
        rows = desk.vault.rows("SELECT seq FROM disclosure WHERE what = 'Report about an incident'")
        sign_out(desk)
        return len(rows)

    before = printed()
    prove, calls = report.prove, []

    def refusing(*values: Any) -> None:
        calls.append(values)
        if len(calls) > 1:
            raise WrongUse("A name was found.")
        prove(*values)

    monkeypatch.setattr(report, "prove", refusing)
    assert run("incident", unit, "report", held["ref"][:8], "--to", out, user=OFFICE).status == 2
    assert left_in(out) == set()
    assert printed() == before
    monkeypatch.setattr(report, "prove", prove)
    told = run("incident", unit, "report", held["ref"][:8], "--to", out, user=OFFICE, as_json=True).told
    assert told["not_written"] == {}
    assert printed() - before == len(told["files"]) > 1


def test_where_no_parent_must_be_told_nothing_is_written_and_it_says_why(run: Run, unit: Path, out: Path) -> None:
    reward = add(run, unit, REWARD)
    said = run("incident", unit, "report", reward["ref"], "--to", out, user=OFFICE)
    assert said.status == 1
    assert said.out.splitlines()[-1] == "0 reports written."
    assert "P0003: no report was written. There was no reasonable force, seclusion or restraint of this pupil." in said.out
    assert left_in(out) == set()


def test_the_letter_home_goes_to_whose_child_was_hurt_or_searched_and_of_the_others_it_is_said_why_not(
    run: Run, unit: Path, out: Path
) -> None:
    searched = {"pupil": "P0004", "search": True, "search_for": "A knife", "search_found": "Nothing", "support": "Rest away from others"}
    held = add(run, unit, {**HELD, "pupils": [*HELD["pupils"], searched, {"pupil": "P0003", "part": "saw"}]})
    assert "not signed" in run("incident", unit, "letter", held["ref"][:8], "--to", out, user=OFFICE).sentence
    sign(unit, held["ref"])
    protect(unit, "P0003", ADDRESS_WITHHELD)  # who has no letter
    protect(unit, "P0004", ADDRESS_WITHHELD)
    ran = run("incident", unit, "letter", held["ref"][:8], "--to", out, user=OFFICE, as_json=True)
    names = {file["name"] for file in ran.told["files"]}
    assert (ran.told["protected"], "kept from someone about: P0004." in ran.err, "An order" in ran.err) == (["P0004"], True, False)
    assert (ran.status, names) == (0, left_in(out))
    assert {name.rpartition("-")[0] for name in names} == {"incident-letter-P0002", "incident-letter-P0004"}
    assert set(ran.told["not_written"]) == {"P0001", "P0003"}
    assert "incident FILE report" in ran.told["not_written"]["P0001"]
    assert ran.told["not_written"]["P0003"] == "The pupil was not hurt, searched or held."
    assert ran.told["account_left_out"] == ["P0002", "P0004"], "other pupils are in it"
    assert ran.told["texts_left_out"] == {"P0004": ["support"]}, "it has words for another child, and nobody has read it"
    papers = "".join(text for file in out.glob("*.pdf") for text in texts_of_paper(Media.PDF, file.read_bytes()))
    assert ("coat" in papers, "away from" in papers) == (False, False)
    of_hers = json.dumps({"P0002": {"account": "A door was shut on her."}, "P0003": {"account": "She saw it."}})
    (again := out / "again").mkdir()
    with_words = run("incident", unit, "letter", held["ref"][:8], "--to", again, "--accounts", of_hers, user=OFFICE)
    said, unused = (
        with_words.out,
        [ref for ref in ("P0002", "P0003") if f"{ref}: the words given with --accounts were not" in with_words.err],
    )
    assert unused == ["P0003"], "who has no letter"
    assert ("P0002: the account was left out" in said, "P0004: the account was left out" in said) == (False, True)
    assert "P0004: Support afterwards left out too, with words for another child." in said
    assert "What is told of another child without a name is not found." in said
    told = "".join(text for file in again.glob("*P0002*") for text in texts_of_paper(Media.PDF, file.read_bytes()))
    assert ("A door was shut on her." in told, "coat" in told) == (True, False)
    assert (logged_accounts(unit, "P0002"), logged_accounts(unit, "P0004")) == ([True, False], [False, False])
    none = run("incident", unit, "letter", add(run, unit, REWARD)["ref"][:8], "--to", out, user=OFFICE)
    assert (none.status, "no letter was written" in none.out) == (1, True)
