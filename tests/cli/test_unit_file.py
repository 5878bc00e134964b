"""new, users, check, log."""

from collections.abc import Callable
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.services import desk
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.unit import units
from tests.cli.ran import ASSISTANT, OFFICE, OFFICER, Ran, left_in

Run = Callable[..., Ran]
NEW = ("--unit", "Larkfield", "--la", "919", "--estab", "1100")


def test_new_makes_a_file_that_its_first_user_opens_as_data_officer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "unit.pupildesk"
    made = run("new", file, *NEW, user="Dee", as_json=True)
    assert made.status == 0
    assert set(made.told) == {"file", "recovery_code"}
    assert len(made.told["recovery_code"].replace("-", "")) == 28
    assert run("check", file, user="Dee", as_json=True).told == {"ok": True, "findings": []}
    assert run("log", file, user="Dee", as_json=True).told[0]["action"] == "new-unit"


def test_the_check_finds_a_flipped_byte_and_says_where_the_file_can_be_looked_at(run: Run, unit: Path) -> None:
    data = bytearray(unit.read_bytes())
    data[len(data) // 2] ^= 1
    unit.write_bytes(data)
    found = run("check", unit, user=OFFICE, as_json=True)
    assert (found.status, found.told["ok"], [finding["where"] for finding in found.told["findings"]]) == (1, False, ["file"])
    assert "it has been damaged" in found.told["findings"][0]["message"]
    refused = run("pupils", unit, user=OFFICE)
    assert (refused.status, "in the window this one can be looked at" in refused.sentence) == (5, True)
    assert unit.read_bytes() == data


def test_new_says_in_english_where_the_code_is(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "unit.pupildesk", *NEW, user="Dee").out
    assert "Recovery code: " in said
    assert PASSWORD not in said


@pytest.mark.parametrize(
    ("password", "change"),
    [("too short", ()), ("", ()), (PASSWORD, ("--la", "9")), (PASSWORD, ("--estab", "11"))],
    ids=["short", "none", "authority", "establishment"],
)
def test_new_refuses_and_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str, change: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", password)
    refused = run("new", tmp_path / "unit.pupildesk", *NEW, *change, user="Dee")
    assert refused.status == 2
    assert refused.sentence
    assert left_in(tmp_path) == set()


def test_new_never_writes_over_a_file(run: Run, unit: Path) -> None:
    before = unit.read_bytes()
    assert run("new", unit, *NEW, user="Dee").status == 2
    assert unit.read_bytes() == before


def test_new_where_there_is_no_folder_is_a_disk_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "gone" / "unit.pupildesk", *NEW, user="Dee").status == 7


def test_no_first_password_is_said_and_is_not_called_too_short(run: Run, unit: Path) -> None:
    refused = run("users", unit, "add", "Olu", "--role", "office", user=OFFICER)
    assert (refused.status, refused.sentence.partition(".")[0]) == (2, "No new password was given")
    assert "PUPIL_DESK_NEW_PASSWORD" in refused.sentence


def test_a_user_who_was_added_signs_in_by_the_first_password(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPIL_DESK_NEW_PASSWORD", "other words for olu here")
    added = run("users", unit, "add", "Olu Ade", "--role", "office", user=OFFICER, as_json=True)
    assert (added.status, added.told) == (0, {"name": "Olu Ade", "role": "office"})
    assert run("pupils", unit, user="Olu Ade").status == 3
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", "other words for olu here")
    assert run("pupils", unit, user="Olu Ade").status == 0


@pytest.mark.parametrize("password", ["", "short"])
def test_a_weak_first_password_is_wrong_use(run: Run, unit: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("PUPIL_DESK_NEW_PASSWORD", password)
    assert run("users", unit, "add", "Olu", "--role", "office", user=OFFICER).status == 2


def test_only_a_data_officer_adds_users_and_the_refusal_is_logged(run: Run, unit: Path) -> None:
    refused = run("users", unit, "add", "Olu", "--role", "data-officer", user=ASSISTANT)
    assert refused.status == 3
    assert refused.sentence == "Your role does not include this. Ask someone who may: data officer."
    rows = run("log", unit, user=OFFICER, as_json=True).told
    assert [row["user"] for row in rows if row["action"] == "refused: manage-users"] == [ASSISTANT]


def test_check_finds_a_record_that_breaks_a_rule(run: Run, unit: Path) -> None:
    from pupil_desk.services.unit.units import sign_in, sign_out
    from tests.cli.ran import CLOCK

    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    with desk.vault.transaction():
        desk.vault.execute("UPDATE pupil SET postcode = 'nonsense' WHERE ref = 'P0001'")
    sign_out(desk)
    found = run("check", unit, user=OFFICE, as_json=True)
    assert found.status == 1
    assert found.told["ok"] is False
    assert [finding["where"] for finding in found.told["findings"] if finding["serious"]] == ["P0001"]
    assert "P0001: " in run("check", unit, user=OFFICE).out


def test_the_log_has_the_rows_of_the_contract_oldest_first(run: Run, unit: Path) -> None:
    rows = run("log", unit, user=OFFICER, as_json=True).told
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert {"seq", "at", "user", "role", "action", "object"} <= set(rows[0])


def test_the_log_of_one_pupil_has_the_imports_and_exports_of_that_pupil_and_names_no_other(run: Run, unit: Path, out: Path) -> None:
    pupils = run("pupils", unit, user=OFFICE, as_json=True).told
    one, other = [row for row in pupils if row["dob"] > "2011" and row["upn"]][:2]
    for pupil in (one, other):
        file = out / f"{pupil['ref']}.csv"
        file.write_text(f"upn,recipient,choice,by,on,channel\n{pupil['upn']},post-16,restrict,parent,2026-11-22,phone\n", "utf-8")
        assert run("import", unit, "choices", file, user=OFFICER, as_json=True).told["added"] == 1
        run("export", unit, "contact-sheet", "--for", pupil["ref"], "--to", out, "--reason", f"Trip of {pupil['ref']}", user=OFFICER)
    run("show", unit, one["ref"], user=OFFICE)
    rows = run("log", unit, "--pupil", one["ref"], user=OFFICER, as_json=True).told
    assert {row["object"] for row in rows if row["kind"] not in ("export", "import")} == {one["ref"]}
    assert [row["action"] for row in rows if row["kind"] == "import"] == ["import"]
    trips = [row["reason"] for row in rows if row["kind"] == "export" and "Trip of" in row["reason"]]
    assert trips
    assert all(f"Trip of {one['ref']}" in reason for reason in trips)
    assert (rows[-1]["user"], rows[-1]["action"], rows[-1]["role"]) == (OFFICE, "view", "office")


def test_others_than_a_data_officer_see_their_own_acts_and_are_told_so(run: Run, unit: Path) -> None:
    run("show", unit, "P0003", user=ASSISTANT)
    own = run("log", unit, user=ASSISTANT, as_json=True)
    assert own.status == 0
    assert {row["user"] for row in own.told} == {ASSISTANT}
    assert "your own acts" in own.err


# -- upgraded


@pytest.fixture
def old(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that version 0.1.0 made and wrote last."""
    with monkeypatch.context() as patch:
        for module in (pupil_desk, units, desk):
            patch.setattr(module, "__version__", "0.1.0")
        file = tmp_path / "office" / "unit.pupildesk"
        file.parent.mkdir()
        assert run("new", file, *NEW, user="Dee").status == 0
    return file


def test_a_newer_program_says_on_standard_error_where_the_backup_is(run: Run, old: Path) -> None:
    first = run("log", old, user="Dee", as_json=True)
    assert first.status == 0
    [made] = (old.parent / "backups-before-upgrade").iterdir()
    assert first.err == f"Pupil Desk was upgraded to {pupil_desk.__version__}. A backup of how things were is at {made}.\n"
    assert [row["action"] for row in first.told][-2:] == ["backup-before-upgrade", "sign-in"]
    [row] = [row for row in first.told if row["action"] == "backup-before-upgrade"]
    assert row["reason"] == f"from 0.1.0 to {pupil_desk.__version__}"
    assert (row["user"], row["role"]) == ("Dee", "data-officer")
    assert run("verify", made, user="Dee").status == 0
    assert run("log", old, user="Dee").err == ""


def test_without_room_for_the_backup_the_command_is_refused(run: Run, old: Path) -> None:
    before = old.read_bytes()
    (old.parent / "backups-before-upgrade").write_text("in the way")
    refused = run("pupils", old, user="Dee")
    assert refused.status == 7
    assert "Nothing has been changed" in refused.sentence
    assert old.read_bytes() == before


def test_an_older_program_is_refused(run: Run, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("pupils", old, user="Dee").status == 0
    monkeypatch.setattr(pupil_desk, "__version__", "0.1.0")
    refused = run("pupils", old, user="Dee")
    assert refused.status == 6
    assert "Install" in refused.sentence


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Larkshire", "con."])
def test_a_live_file_where_it_may_not_lie_is_wrong_use(run: Run, unit: Path, tmp_path: Path, folder: str) -> None:
    there, name = (tmp_path / folder, unit.name) if folder != "con." else (tmp_path / "plain", folder)
    made = run("backup", unit, "--to", tmp_path, user=OFFICER, as_json=True)
    backup = made.told["file"]
    there.mkdir()
    refused = run("new", there / name, *NEW, user="Dee")
    assert refused.status == 2
    assert "Choose " in refused.sentence
    assert run("restore", backup, there / name, user=OFFICER).status == 2
    assert left_in(there) == set()
    for part in unit.parent.iterdir():
        (there / part.name.replace(unit.name, name)).write_bytes(part.read_bytes())
    before = {part.name: part.read_bytes() for part in there.iterdir()}
    for command in ("pupils", "check", "log"):
        refused = run(command, there / name, user=OFFICER)
        assert refused.status == 2
        assert "move it" in refused.sentence
    assert {part.name: part.read_bytes() for part in there.iterdir()} == before


def test_a_backup_may_be_written_and_looked_at_anywhere(run: Run, unit: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    made = run("backup", unit, "--to", folder, user=OFFICER, as_json=True)
    assert made.status == 0
    assert run("verify", made.told["file"], user=OFFICER).status == 0


def test_a_new_key_is_made_and_the_backups_of_before_are_listed(unit: Path, out: Path, run: Run) -> None:
    assert run("backup", unit, "--to", out, user=OFFICER).status == 0
    refused = run("rotate-keys", unit, user=OFFICE)
    assert (refused.status, refused.out) == (3, "")
    made = run("rotate-keys", unit, user=OFFICER, as_json=True)
    document = made.told
    assert made.status == 0
    assert (document["epoch"], [older["removable"] for older in document["still_open"]], document["resealed"]) == (2, [False], [])
    told = run("rotate-keys", unit, user=OFFICER).out
    assert "has its key number 3" in told
    assert "backup-before-new-key" in told
    assert run("check", unit, user=OFFICER).status == 0
