"""read: any command that only looks, on a backup; whoever holds the live file; nothing is written, logged or left."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.cli.arguments import COMMANDS
from pupil_desk.cli.reading import READING
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit.units import sign_in
from tests.cli.ran import CLOCK, OFFICE, OFFICER, Ran, left_in, remembered_as_last
from tests.services import erased_at_once

Run = Callable[..., Ran]
WORDS = {
    "pupils": ["--all"],
    "show": ["P0003"],
    "preview": ["youth-support"],
    "retention": ["--on", "2030-01-01"],
    "attendance": ["--since", "2026-09-01", "--until", "2026-11-20"],
    "plans": ["--due-by", "2027-12-31"],
    "incident": ["list"],
    "exports": [],
    "check": [],
    "log": [],
    "rules": ["list"],
}


@pytest.fixture(scope="module")
def made_once() -> dict[str, bytes]:
    """The unit as a backup leaves it, and the backup: by the folder and the name of each file."""
    return {}


@pytest.fixture
def backup(made_once: dict[str, bytes], run: Run, unit: Path, out: Path) -> Path:
    """A backup of the unit, which notes it: the first test makes it by command, the others have the same."""
    if not made_once:
        assert run("backup", unit, "--to", out, user=OFFICE).status == 0
        made_once.update({f"{folder.name}/{file.name}": file.read_bytes() for folder in (unit.parent, out) for file in folder.iterdir()})
    for place, data in made_once.items():
        (unit.parent.parent / place).write_bytes(data)
    (file,) = out.iterdir()
    return file


@pytest.mark.parametrize("command", READING)
def test_it_says_what_the_file_says_while_a_window_holds_that(
    run: Run, unit: Path, backup: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    import tempfile

    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    of_file = run(command, unit, *WORDS[command], user=OFFICER, as_json=True)
    before = {name: (out / name).read_bytes() for name in left_in(out)}
    with sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK).vault:
        live = {path.name: path.read_bytes() for path in unit.parent.iterdir() if path.suffix != ".pupildesk"}
        read = run("read", backup, command, *WORDS[command], user=OFFICER, as_json=True)
        assert {path.name: path.read_bytes() for path in unit.parent.iterdir() if path.suffix != ".pupildesk"} == live
    assert (read.status, read.err) == (0, "")
    if command == "log":  # that of the backup ends before it was logged
        assert read.told == of_file.told[: len(read.told)]
        assert read.told
    elif command == "show":  # so does what it says of the views
        assert set(read.told) == set(of_file.told)
    else:
        assert read.told == of_file.told
    assert {name: (out / name).read_bytes() for name in left_in(out)} == before
    assert left_in(tmp_path / "temp") == set()


@pytest.mark.parametrize("command", sorted({command.name for command in COMMANDS} - set(READING)))
def test_what_is_not_looking_is_refused_by_name(run: Run, backup: Path, command: str) -> None:
    refused = run("read", backup, command, user=OFFICER)
    assert refused.status == 2
    assert refused.sentence.startswith(f"“{command}” is not done on a backup.")


@pytest.mark.parametrize("words", [("incident", "add", "{}"), ("rules", "undo"), ("incident", "letter", "1a2b3c4d", "--to", "x")])
def test_of_a_command_with_several_acts_what_does_not_look_is_refused_by_name(run: Run, backup: Path, words: tuple[str, ...]) -> None:
    refused = run("read", backup, *words, user=OFFICER)
    assert refused.status == 2
    assert refused.sentence.startswith(f"“{words[0]} {words[1]}” is not done on a backup. There one can only look: pupils,")


def test_wrong_use_is_one_sentence(run: Run, backup: Path, tmp_path: Path) -> None:
    assert run("read", backup).sentence.startswith("Name a command that only looks: pupils, show")
    assert run("read", backup, "nonsense").sentence.startswith("There is no command “nonsense”")
    assert run("read", backup, "pupils").status == 2  # nobody signs in
    assert run("read", tmp_path / "none.pupilbackup", "pupils", user=OFFICE).status == 2
    assert run("read", backup, "pupils", user="Nobody").status == 3
    assert run("read", "--json", backup, "pupils", user=OFFICE).told
    assert run("read", backup, "--user", OFFICE, "--json", "pupils").told
    assert run("read", backup, "--user", OFFICE, "--since", "2026-09-01", "attendance", "--until", "2026-11-20").status == 0
    assert run("read", backup, "--user", "pupils", "nonsense").sentence.startswith("There is no command “nonsense”")


def test_a_damaged_backup_and_the_live_file_are_not_read(run: Run, unit: Path, backup: Path) -> None:
    assert run("read", unit, "pupils", user=OFFICE).status == 5
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    refused = run("read", backup, "pupils", user=OFFICE)
    assert refused.status == 5
    assert "is damaged (data.db)" in refused.sentence
    checked = run("read", backup, "check", user=OFFICE, as_json=True)
    assert (checked.status, checked.told["ok"]) == (1, False), "a finding, as check tells it of the unit's file"
    assert "is damaged (data.db)" in checked.told["findings"][0]["message"]
    assert run("read", unit, "check", user=OFFICE).status == 5


def test_what_the_role_does_not_include_stays_so(run: Run, backup: Path) -> None:
    read = run("read", backup, "log", user=OFFICE, as_json=True)
    assert {row["user"] for row in read.told} <= {OFFICE}


def test_who_was_erased_since_is_not_seen_again(
    run: Run, unit: Path, backup: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sign_in(unit, name=OFFICER, password=PASSWORD, clock=CLOCK)
    gone = pupils.all_pupils(desk)[0]
    erased_at_once.erase_pupil(desk, gone.id, authority="A court")
    desk.vault.close()
    run("backup", unit, "--to", out, user=OFFICE)  # leaves the note of erasures beside the older one
    before = backup.read_bytes()
    refs = {row["ref"] for row in run("read", backup, "pupils", "--all", user=OFFICE, as_json=True).told}
    assert len(refs) == 29
    assert gone.ref not in refs
    assert run("read", backup, "show", gone.ref, user=OFFICE).status == 2
    assert backup.read_bytes() == before
    assert {name.rpartition(".")[2] for name in left_in(out)} == {"pupilbackup", "erased"}
    remembered_as_last(unit, tmp_path, monkeypatch)  # beside it lies a note too
    for note in out.glob("*.erased"):
        note.unlink()
    assert run("read", backup, "show", gone.ref, user=OFFICE).status == 2
