"""template, import: by command, and against the real input where it lies beside the checkout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.ran import ASSISTANT, OFFICE, OFFICER, Ran
from tests.services.imports import neighbouring
from tests.services.imports.ctf_made import NAME as CTF_NAME
from tests.services.imports.ctf_made import ctf_of, pupil_of

Run = Callable[..., Ran]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text("utf-8")) if DATA.exists() else {}
COUNTS = ("read", "added", "changed", "unchanged", "refused")
PUPIL = "surname,forename,dob\nTestling,Ada,3/4/2013\n"


def _file(tmp_path: Path, text: str, name: str = "arrivals.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("kind", "first"),
    [("pupils", "surname,forename,dob,upn,"), ("contacts", "upn,surname,relationship,"), ("choices", "upn,recipient,choice,by,on,")],
)
def test_the_template_is_the_header_row_and_needs_no_file(run: Run, kind: str, first: str) -> None:
    written = run("template", kind)
    assert (written.status, written.err) == (0, "")
    assert written.out.startswith(first)
    assert written.out.count("\n") == 1


def test_a_template_there_is_not_names_those_there_are(run: Run) -> None:
    refused = run("template", "nonsense")
    assert refused.status == 2
    assert "pupils, contacts, choices" in refused.sentence


def test_an_import_answers_with_counts_and_problems(run: Run, unit: Path, tmp_path: Path) -> None:
    read = run("import", unit, "pupils", _file(tmp_path, PUPIL), user=OFFICE, as_json=True)
    assert read.status == 0  # a warning alone
    assert set(read.told) == {*COUNTS, "not_decided", "rows_left_out", "problems", "sheets", "left_out"}
    assert [read.told[name] for name in COUNTS] == [1, 1, 0, 0, 0]
    assert [set(problem) for problem in read.told["problems"]] == [{"row", "column", "code", "severity", "message"}]
    assert read.told["problems"][0]["code"] == "no_upn"


def test_a_dry_run_comes_to_the_same_and_keeps_nothing(run: Run, unit: Path, tmp_path: Path) -> None:
    source = _file(tmp_path, PUPIL + "Wrong,Day,31/2/2013\n")
    before = run("pupils", unit, "--all", user=OFFICE, as_json=True).told
    dry = run("import", unit, "auto", source, "--dry-run", user=OFFICE, as_json=True)
    assert run("pupils", unit, "--all", user=OFFICE, as_json=True).told == before
    real = run("import", unit, "auto", source, user=OFFICE, as_json=True)
    assert (dry.status, dry.told) == (real.status, real.told) == (1, dry.told)
    assert [dry.told[name] for name in COUNTS] == [2, 1, 0, 0, 1]


def test_what_has_no_place_here_is_told_line_by_line(run: Run, unit: Path, tmp_path: Path) -> None:
    """Where no row is shown, each value is told in words, with its place."""
    source = tmp_path / CTF_NAME
    source.write_bytes(ctf_of(pupil_of("", surname="Testling", basic="<FormerSurname>Ivy</FormerSurname>")))
    assert (
        "Row 1, not taken: BasicDetails/FormerSurname: Ivy. There is no place for it here."
        in run("import", unit, "ctf", source, "--dry-run", user=OFFICE).err
    )


def test_a_contact_whose_relationship_is_not_known_is_refused_or_taken_as_other(run: Run, unit: Path, tmp_path: Path) -> None:
    run("import", unit, "pupils", _file(tmp_path, "surname,forename,dob,upn\nTestling,Ada,3/4/2013,Z919110026050\n"), user=OFFICE)
    source = _file(tmp_path, "upn,surname,relationship\nZ919110026050,Testling,Godmother\n", "contacts.csv")
    assert run("import", unit, "contacts", source, user=OFFICE).status == 1
    taken = run("import", unit, "contacts", source, "--unknown-relationship", "other", user=OFFICE)
    assert taken.status == 0
    assert "“Godmother” is not in the list" in taken.err


def test_the_stays_that_begin_are_told(run: Run, unit: Path, tmp_path: Path) -> None:
    told = [run("import", unit, "pupils", _file(tmp_path, PUPIL), *dry, user=OFFICE).err for dry in (("--dry-run",), ())]
    assert all("What begins at the unit by this file: 1 stay: " in words for words in told)


def test_a_row_that_may_be_somebody_here_is_told_and_said_for_the_whole_file(run: Run, unit: Path, tmp_path: Path) -> None:
    ada, twin = "surname,forename,dob,upn\nTestling,Ada,3/4/2013,Z919110026050\n", _file(tmp_path, PUPIL, "twin.csv")
    run("import", unit, "pupils", _file(tmp_path, ada), user=OFFICE)
    waiting = run("import", unit, "pupils", twin, user=OFFICE)
    assert waiting.status == 0
    assert "is here already" in waiting.err
    assert "--same-name says it for the whole file" in waiting.err
    assert waiting.out.strip() == "1 row read: 0 added, 0 changed, 0 unchanged, 0 refused, 1 not decided (row 2)."
    told = {
        said: run("import", unit, "pupils", twin, "--same-name", said, "--dry-run", user=OFFICE, as_json=True).told
        for said in ("update", "new")
    }
    assert [told[said][count] for said, count in (("update", "added"), ("update", "unchanged"), ("new", "added"))] == [0, 1, 1]
    assert run("import", unit, "pupils", twin, "--same-name", "perhaps", user=OFFICE).status == 2


def test_strict_keeps_nothing_if_a_row_is_refused(run: Run, unit: Path, tmp_path: Path) -> None:
    source = _file(tmp_path, PUPIL + "Wrong,Day,31/2/2013\n")
    read = run("import", unit, "pupils", source, "--strict", user=OFFICE, as_json=True)
    assert (read.status, [read.told[name] for name in COUNTS]) == (1, [2, 0, 0, 0, 2])
    assert "Testling" not in run("pupils", unit, "--all", user=OFFICE).out


def test_mine_leaves_what_is_held(run: Run, unit: Path, tmp_path: Path) -> None:
    held = run("show", unit, "P0002", user=OFFICE, as_json=True).told["pupil"][0]
    row = f"{held['upn']},{held['surname']},{held['forename']},{held['dob']},01632 960123\n"
    source = _file(tmp_path, "upn,surname,forename,dob,phone\n" + row)
    assert run("import", unit, "pupils", source, "--accept", "mine", user=OFFICE, as_json=True).told["unchanged"] == 1
    assert run("import", unit, "pupils", source, "--accept", "theirs", user=OFFICE, as_json=True).told["changed"] == 1
    assert run("show", unit, "P0002", user=OFFICE, as_json=True).told["pupil"][0]["phone"] == "01632 960123"


def test_an_import_in_english_names_the_refused_rows_and_warns_beside(run: Run, unit: Path, tmp_path: Path) -> None:
    said = run("import", unit, "pupils", _file(tmp_path, PUPIL + "Wrong,Day,31/2/2013\n"), user=OFFICE)
    assert "Row 3, dob: " in said.out
    assert said.out.endswith("2 rows read: 1 added, 0 changed, 0 unchanged, 1 refused.\n")
    assert said.err.startswith("Row 2, upn: ")


@pytest.mark.parametrize(("kind", "source", "status"), [("pupils", "none.csv", 2), ("nonsense", "arrivals.csv", 2), ("pupils", ".", 2)])
def test_a_source_or_kind_there_is_not_is_wrong_use(run: Run, unit: Path, tmp_path: Path, kind: str, source: str, status: int) -> None:
    _file(tmp_path, PUPIL)
    refused = run("import", unit, kind, tmp_path / source, user=OFFICE)
    assert refused.status == status
    assert refused.sentence


def test_a_file_that_is_no_table_is_a_problem_and_not_damage(run: Run, unit: Path, tmp_path: Path) -> None:
    read = run("import", unit, "auto", _file(tmp_path, ""), user=OFFICE, as_json=True)
    assert read.status == 1
    assert [(p["row"], p["code"]) for p in read.told["problems"]] == [(None, "unreadable_file")]


def test_a_choice_that_came_by_phone_is_not_the_offices_to_enter(run: Run, unit: Path, tmp_path: Path) -> None:
    upn = next(row["upn"] for row in run("pupils", unit, user=OFFICE, as_json=True).told if row["year_group"] == "9")
    text = f"upn,recipient,choice,by,on,giver,channel\n{upn},youth-support,restrict,parent,2026-11-20,New Voice,phone\n"
    source = _file(tmp_path, text)
    for how in ((), ("--dry-run",)):
        refused = run("import", unit, "choices", source, *how, user=OFFICE)
        assert refused.status == 3
        assert "assistant head and data officer" in refused.sentence
    assert run("import", unit, "choices", source, user=ASSISTANT, as_json=True).told["added"] == 1
    rows = run("log", unit, user=OFFICER, as_json=True).told
    assert [row["user"] for row in rows if row["action"] == "refused: record-choice"] == [OFFICE, OFFICE]


@pytest.mark.skipif(not EXPECTED, reason="shared/data does not lie beside the checkout")
def test_the_real_input_by_command(run: Run, tmp_path: Path) -> None:
    """A new unit, and each file into it: each as expected, and then the preview of the day."""
    file = tmp_path / "unit.pupildesk"
    assert run("new", file, "--unit", "Larkfield", "--la", "919", "--estab", "1100", user="Dee").status == 0
    for kind in ("pupils", "contacts", "choices", "attendance", "suspensions", "assessments", "learning", "destinations"):
        name = f"arrivals-canonical/{kind}.csv"
        expected = EXPECTED["files"][name]["expect"]
        for how in (("--dry-run",), ()):
            read = run("import", file, kind, DATA / name, *how, user="Dee", as_json=True)
            assert {count: read.told[count] for count in COUNTS} == {count: expected[count] for count in COUNTS}
            assert read.status == int(expected["refused"] > 0)
            told = {(p["row"], p["column"], p["code"], p["severity"]) for p in read.told["problems"]}
            assert {(p["row"], p["column"], p["code"], p["severity"]) for p in expected["problems"]} <= told
    judged = EXPECTED["youth_support_preview"]
    rows = run("preview", file, "youth-support", "--on", judged["on"], user="Dee", as_json=True).told
    found = {row["upn"]: (row["level"], row["decided_by"]) for row in rows}
    assert found == {row["upn"]: (row["level"], row["decided_by"]) for row in judged["pupils"]}


def test_there_is_no_template_of_a_transfer_file(run: Run) -> None:
    refused = run("template", "ctf")
    assert refused.status == 2
    assert "no template" in refused.sentence


def test_a_transfer_file_by_command_keeps_what_is_held_unless_told(run: Run, unit: Path, tmp_path: Path) -> None:
    held = run("show", unit, "P0002", user=OFFICE, as_json=True).told["pupil"][0]
    pupil = pupil_of(held["upn"], held["surname"], held["forename"], held["dob"], town="Another Place")
    source = tmp_path / CTF_NAME
    source.write_bytes(ctf_of(pupil))
    by_itself = run("import", unit, "auto", source, user=OFFICE, as_json=True)
    assert (by_itself.status, [by_itself.told[name] for name in COUNTS]) == (0, [1, 0, 0, 1, 0])
    taken = run("import", unit, "ctf", source, "--accept", "theirs", user=OFFICE, as_json=True)
    assert (taken.status, [taken.told[name] for name in COUNTS]) == (0, [1, 0, 1, 0, 0])
    assert run("show", unit, "P0002", user=OFFICE, as_json=True).told["pupil"][0]["town"] == "Another Place"


def test_a_hostile_transfer_file_by_command_is_named(run: Run, unit: Path, tmp_path: Path) -> None:
    source = tmp_path / CTF_NAME
    source.write_bytes(ctf_of(pupil_of("Y919110026001"), prolog="<!DOCTYPE CTfile>"))
    refused = run("import", unit, "auto", source, user=OFFICE, as_json=True)
    assert refused.status == 1
    assert [(p["row"], p["code"]) for p in refused.told["problems"]] == [(None, "unsafe_file")]
    assert "Traceback" not in refused.err


@pytest.mark.skipif(not EXPECTED, reason="shared/data does not lie beside the checkout")
@pytest.mark.parametrize("names", [("pupils-mis.csv", "contacts-mis.csv"), ("pupils.xlsx",)])
def test_the_files_of_school_systems_by_command(run: Run, tmp_path: Path, names: tuple[str, ...]) -> None:
    file = tmp_path / "unit.pupildesk"
    assert run("new", file, "--unit", "Larkfield", "--la", "919", "--estab", "1100", user="Dee").status == 0
    for name in names:
        facts = EXPECTED["files"][f"arrivals-mis/{name}"]
        read = run("import", file, facts["kind"], DATA / "arrivals-mis" / name, user="Dee", as_json=True)
        assert {count: read.told[count] for count in COUNTS} == {count: facts["expect"][count] for count in COUNTS}
        told = {(p["row"], p["column"], p["code"], p["severity"]) for p in read.told["problems"]}
        assert {(p["row"], p["column"], p["code"], p["severity"]) for p in facts["expect"]["problems"]} <= told


@pytest.mark.skipif(not EXPECTED, reason="shared/data does not lie beside the checkout")
def test_the_real_transfer_files_by_command(run: Run, tmp_path: Path) -> None:
    for place, (name, facts) in enumerate(EXPECTED["files"].items()):
        if facts["kind"] != "ctf":
            continue
        file, expected = tmp_path / f"unit-{place}.pupildesk", facts["expect"]
        assert run("new", file, "--unit", "Larkfield", "--la", "919", "--estab", "1100", user="Dee").status == 0
        read = run("import", file, "ctf", DATA / name, user="Dee", as_json=True)
        assert {count: read.told[count] for count in COUNTS} == {count: expected[count] for count in COUNTS}
        errors = [p for p in expected["problems"] if p["severity"] == "error"]
        assert read.status == int(bool(errors))
        assert {p["code"] for p in read.told["problems"] if p["severity"] == "error"} == {p["code"] for p in errors}


def test_a_heading_is_mapped_by_hand_and_remembered(run: Run, unit: Path, tmp_path: Path) -> None:
    source = _file(tmp_path, "Cyfenw,Enw cyntaf,dob,Dosbarth\nTestling,Nia,4/3/2013,9N\n")
    maps = ("--map", "Cyfenw=surname", "--map", "Enw cyntaf=forename", "--map", "Dosbarth=")
    assert run("import", unit, "pupils", source, user=OFFICE).status == 1
    read = run("import", unit, "pupils", source, *maps, user=OFFICE, as_json=True)
    assert (read.status, read.told["added"]) == (0, 1)
    assert read.told["left_out"] == [
        {"row": 2, "pupil": "Testling, Nia", "path": "Dosbarth", "value": "9N", "why": "You left this column out."}
    ]
    assert run("import", unit, "pupils", source, user=OFFICE, as_json=True).told["unchanged"] == 1


def test_a_mapping_to_no_column_is_wrong_use_and_names_those_there_are(run: Run, unit: Path, tmp_path: Path) -> None:
    source = _file(tmp_path, PUPIL)
    for wrong, words in (
        ("surname=shoe", "There are: surname, forename, dob, upn"),
        ("Shoe=surname", "The file has no heading “Shoe”"),
        ("Shoe", "Write it like"),
    ):
        refused = run("import", unit, "pupils", source, "--map", wrong, user=OFFICE)
        assert (refused.status, words in refused.sentence) == (2, True), refused.sentence


@pytest.mark.parametrize(
    "name", ["integris.csv", "assembly.csv", "isams.csv", "impero.csv", "hodder.csv", "century.csv", "ap_census.csv", "tass.csv"]
)
def test_a_list_of_another_system_is_read_by_command(run: Run, unit: Path, name: str) -> None:
    (path,) = (path for path in neighbouring.tables() if path.name == name)
    read = run("import", unit, "auto", path, "--dry-run", user=OFFICE, as_json=True)
    assert (read.status, read.told["read"], read.told["refused"]) == (0, 1, 0)
    assert {value["path"] for value in read.told["left_out"]} == set(neighbouring.EXPECTED[name].not_taken)
