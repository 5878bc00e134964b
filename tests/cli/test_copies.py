"""access-request: the copy of one pupil's data, by rule, and what stops it."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.services.unit.units import sign_in, sign_out
from tests.cli.ran import ASSISTANT, CLOCK, OFFICER, Ran, left_in

Run = Callable[..., Ran]


def test_a_copy_is_two_locked_files_and_a_number_for_each_section(run: Run, unit: Path, out: Path) -> None:
    made = run("access-request", unit, "P0003", "--to", out, user=OFFICER, as_json=True)
    assert made.status == 0
    assert {"files", "sections"} <= set(made.told)
    assert left_in(out) == {file["name"] for file in made.told["files"]}
    for file in made.told["files"]:
        data = (out / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert file["name"].startswith("P0003-copy-2026-11-24")
    shown = run("show", unit, "P0003", user=OFFICER, as_json=True).told
    counted = {name: len(entries) for name, entries in shown.items()}
    told = made.told["sections"]
    assert list(told) == list(counted)
    changed = {"packs", "disclosures", "restricted_notes"}  # the copy itself is told by the next; restricted notes are counted
    assert {name: number for name, number in told.items() if name not in changed} == {
        name: number for name, number in counted.items() if name not in changed
    }
    pdf, archive = sorted(made.told["files"], key=lambda file: file["name"].endswith(".zip"))
    assert unlocked_pdf((out / pdf["name"]).read_bytes(), made.told["password"])
    data = json.loads(unlocked((out / archive["name"]).read_bytes(), made.told["password"])["data.json"])
    assert {section["name"]: section["number"] for section in data["sections"]} == told
    assert data["for"] == made.told["asker"]


def test_in_english_it_says_the_words_once_and_to_read_it_first(run: Run, unit: Path, out: Path) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    order = Protection(pupil_id=pupils.by_number(desk, "P0003").id, kind=ORDER, reason="Court", since=desk.today)
    protections.set_protection(desk, order)
    sign_out(desk)
    made = run("access-request", unit, "P0003", "--to", out, user=OFFICER)
    assert "Something must be kept from someone about: P0003." in made.err
    assert "P0003: An order names nobody among the contacts, and may mean whoever gets a paper" in made.err
    assert "Its password, shown once: " in made.out
    assert "The copy is addressed to " in made.out
    assert "Read the copy before you give it to anyone." in made.out
    assert "P0003-copy-2026-11-24.pdf" in made.out
    assert "Earlier addresses" in made.out, "a section is named as on the paper"
    assert "former_addresses" not in made.out


def test_who_may_not_and_who_is_not_there(run: Run, unit: Path, out: Path) -> None:
    refused = run("access-request", unit, "P0003", "--to", out, user=ASSISTANT)
    assert (refused.status, "data officer" in refused.sentence) == (3, True)
    assert run("access-request", unit, "P9999", "--to", out, user=OFFICER).status == 2
    assert run("access-request", unit, "P0003", "--to", out / "nowhere", user=OFFICER).status == 7
    assert left_in(out) == set()


def test_with_restricted_notes_someone_who_may_read_them_must_add_them(run: Run, unit: Path, out: Path) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    [ref] = [pupil.ref for pupil in pupils.all_pupils(desk) if notes.count_restricted(desk, pupil.id)]
    sign_out(desk)
    assert run("show", unit, ref, user=OFFICER, as_json=True).told["restricted_notes"]
    refused = run("access-request", unit, ref, "--to", out, user=OFFICER)
    assert refused.status == 3
    assert "1 restricted note must be added by someone named to read them: Sam Whitlock" in refused.sentence
    assert left_in(out) == set()
