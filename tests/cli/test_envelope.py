"""envelope: a locked file for each school that the notice names, each opened by its own password alone, and the clashes of the marks that were read back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.domain.papers.note import Note
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.notes import notes
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.store.tables import enrolments, pupils, standing
from tests.cli.ran import CLOCK, OFFICE, OFFICER, Ran, left_in

Run = Callable[..., Ran]
WEEK = "2026-11-18"


def envelope(run: Run, unit: Path, out: Path, *more: object, as_json: bool = True) -> Ran:
    return run("envelope", unit, "--week", WEEK, "--to", out, *more, user=OFFICER, as_json=as_json)


def own_pupils(unit: Path) -> dict[str, str]:
    """The main school of each pupil by UPN."""
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    stays = enrolments.by_pupil(desk.vault)
    found = {pupil.upn or "": stay.main_school for pupil in pupils.all_pupils(desk.vault) for stay in stays[pupil.id] if stay.main_school}
    sign_out(desk)
    return found


def test_each_school_has_its_own_file_and_password(run: Run, unit: Path, out: Path) -> None:
    told = envelope(run, unit, out).told
    schools = {file["name"][-13:-5].replace("-", "/") for file in told["files"]}
    assert schools <= set(own_pupils(unit).values())
    assert len(schools) > 1
    assert (told["password"], set(told["passwords"])) == (None, {file["name"] for file in told["files"]})
    assert len(set(told["passwords"].values())) == len(told["files"])
    assert left_in(out) == {*told["passwords"], Path(told["receipt"]).name}
    for name, words in told["passwords"].items():
        assert open_locked(name, (out / name).read_bytes(), words)
    assert [clash["kind"] for clash in told["clashes"]] == ["both-present", "present-and-absent"], "those of the training unit"
    again = envelope(run, unit, out).told
    assert (len(again["files"]), again["passwords"]) == (len(told["files"]), {})


def test_the_export_by_its_own_name_tells_each_password_too(run: Run, unit: Path, out: Path) -> None:
    told = run(
        "export",
        unit,
        "school-week",
        "--since",
        "2026-11-16",
        "--until",
        "2026-11-20",
        "--reason",
        "x",
        "--to",
        out,
        user=OFFICER,
        as_json=True,
    ).told
    assert len(told["passwords"]) == len(told["files"]) > 1
    for name, words in told["passwords"].items():
        assert open_locked(name, (out / name).read_bytes(), words)
    said = envelope(run, unit, out, as_json=False).out
    assert f"Under the password that the school has already: {len(told['files'])} files." in said
    assert "Password:" not in said


def test_one_school_alone_and_none_that_the_notice_does_not_name(run: Run, unit: Path, out: Path) -> None:
    told = envelope(run, unit, out, "--school", "9194001", "--plain").told
    assert [file["name"][-13:] for file in told["files"]] == ["919-4001.xlsx"]
    refused = envelope(run, unit, out, "--school", "919/4099", as_json=False)
    assert refused.status == 2
    assert refused.sentence.startswith("The privacy notice of this unit does not name the school with the DfE number 919/4099")
    assert "Settings, under Who else is told" in refused.sentence
    assert envelope(run, unit, out, "--school", "Hill", as_json=False).status == 2
    late = run("envelope", unit, "--week", "2026-12-01", "--to", out, user=OFFICER)
    assert "That week is still to come" in late.sentence
    assert run("envelope", unit, "--week", WEEK, "--to", out, user=OFFICE).status == 3


def test_marks_are_read_back_and_clashes_listed(run: Run, unit: Path, out: Path, tmp_path: Path) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    marks = standing.by_pupil(desk.vault, CLOCK.now().date().replace(day=16), CLOCK.now().date().replace(day=20))
    schools = own_pupils_of(desk.vault)
    pupil, present = next(
        (pupil, mark)
        for pupil in pupils.all_pupils(desk.vault)
        if pupil.id in schools
        for mark in marks.get(pupil.id, ())
        if mark[2] in "/\\"
    )
    sign_out(desk)
    table = tmp_path / "marks.csv"
    table.write_text(f"UPN,Date,Session,Mark\n{pupil.upn},{present[0]},{present[1]},I\n", encoding="utf-8")
    read = run("import", unit, "school-marks", table, user=OFFICER, as_json=True)
    assert (read.status, read.told["added"]) == (0, 1), read.told
    clashes: list[dict[str, Any]] = envelope(run, unit, out).told["clashes"]
    assert {
        "pupil": pupil.ref,
        "upn": pupil.upn,
        "school": schools[pupil.id],
        "date": present[0],
        "session": present[1],
        "kind": "present-and-absent",
        "ours": present[2],
        "theirs": "I",
    } in clashes
    words = envelope(run, unit, out, as_json=False).out
    assert "The registers contradict each other:" in words
    assert "One says present, the other absent" in words


def own_pupils_of(vault: Any) -> dict[str, str]:
    return {pupil_id: stay.main_school for pupil_id, stays in enrolments.by_pupil(vault).items() for stay in stays if stay.main_school}


def test_a_table_of_marks_is_never_taken_for_a_schools_of_itself(run: Run, unit: Path, tmp_path: Path) -> None:
    table = tmp_path / "marks.csv"
    table.write_text("surname,forename,UPN,Date,Session,Mark\n", encoding="utf-8")
    assert run("import", unit, "auto", table, "--dry-run", user=OFFICER, as_json=True).status == 0
    table.write_text("surname,forename,Date,Session,Mark\nA,B,2026-11-18,AM,/\n", encoding="utf-8")
    refused = run("import", unit, "auto", table, "--dry-run", user=OFFICER, as_json=True)
    assert refused.told["problems"][0]["code"] == "unreadable_file"


def test_names_of_others_are_listed_and_nothing_is_made_until_somebody_says_so(run: Run, unit: Path, out: Path) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    schools = own_pupils_of(desk.vault)
    week = ExportOrder(reason="", period=Period(date(2026, 11, 16), date(2026, 11, 20)))
    ash, birch = [line.pupil for line in preview(desk, "school-week", week).lines if line.level and line.pupil.id in schools][:2]
    notes.add(desk, Note(pupil_id=ash.id, category="school", text=f"Sat beside {birch.full_name}.", day=date.fromisoformat(WEEK)))
    sign_out(desk)
    school = schools[ash.id]
    refused = envelope(run, unit, out, "--school", school)
    assert (refused.status, refused.told["files"], refused.told["receipt"]) == (1, [], None)
    assert {clash["kind"] for clash in refused.told["clashes"]} <= {"both-present", "present-and-absent"}
    (asked,) = refused.told["asked"]
    assert (asked["pupil"], asked["item"]) == (ash.ref, "note.text")
    assert birch.full_name in asked["message"]
    assert not out.exists() or left_in(out) == set()
    words = envelope(run, unit, out, "--school", school, as_json=False)
    assert words.status == 1
    assert words.err.startswith("Nothing was made")
    assert "--as-it-stands" in words.err
    assert f"{ash.ref}  A note for the school may name another pupil" in words.out
    by_name = ("export", unit, "school-week", "--since", "2026-11-16", "--until", "2026-11-20", "--reason", "x", "--to", out)
    assert run(*by_name, user=OFFICER).status == 1
    assert len(envelope(run, unit, out, "--school", school, "--as-it-stands").told["files"]) == 1
    assert run(*by_name, "--as-it-stands", user=OFFICER).status == 0
