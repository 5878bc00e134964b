"""A unit's file is moved to this PC whole, or it stays where it is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, NotOurs, WrongUse
from pupil_desk.basics.pc import placement_check
from pupil_desk.basics.pc.placement import Objection
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.backup import backups, this_pc
from pupil_desk.services.backup.this_pc import move_to_this_pc
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.store.file import moving as store
from pupil_desk.store.file import staging
from tests.services.exports.made import MOMENT, PASSWORD, Unit

ROOT = Path(__file__).resolve().parents[3]
CLOCK = FixedClock(MOMENT)
SETTINGS = UnitSettings(name="Larkfield Centre", la="919", estab="1100")
ALL = {"unit.pupildesk", "unit.pupildesk.keys", "unit.pupildesk.keys.bak", "unit.pupildesk.anchor"}
KEPT_FROM_A_CRASH = ("unit.pupildesk", "unit.pupildesk-wal", "unit.pupildesk.keys", "unit.pupildesk.keys.bak")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for the unit's file on this PC; not made yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "pupil-desk"


@pytest.fixture
def stick(unit: Unit) -> Path:
    """A unit's file, closed, in a folder of its own."""
    units.sign_out(unit.desk)
    return unit.file


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sign_in(path: Path) -> Desk:
    return units.sign_in(path, name="Ann Officer", password=PASSWORD, clock=CLOCK)


def test_everything_is_there_then_and_nothing_where_it_was(stick: Path, home: Path) -> None:
    before = held(stick.parent)
    moved = move_to_this_pc(stick)
    assert moved == this_pc.Moved(home / "unit.pupildesk")
    assert held(home) == before
    assert set(before) == ALL
    assert held(stick.parent) == {}
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in home.iterdir()} == {0o600}
    sign_in(moved.path).vault.close()


def test_work_that_a_crash_left_beside_the_file_comes_along(unit: Unit, home: Path, tmp_path: Path) -> None:
    with unit.desk.vault.transaction():
        unit.desk.append(MOMENT, "kept-in-the-wal", "unit", "", "")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in KEPT_FROM_A_CRASH:
        shutil.copy(unit.file.with_name(name), crashed / name)
    assert (crashed / "unit.pupildesk-wal").stat().st_size > 0
    moved = move_to_this_pc(crashed / "unit.pupildesk")
    assert held(crashed) == {}
    desk = sign_in(moved.path)
    assert desk.vault.rows("SELECT action FROM log WHERE action = 'kept-in-the-wal'")
    desk.vault.close()


def test_all_that_a_unit_has_beside_it_is_known(unit: Unit) -> None:
    """A new kind of file beside the unit's file must be moved too, or be listed here as not worth it."""
    beside = {path.name for path in staging.companions(unit.file)} | {unit.file.name, unit.file.name + ".lock"}
    assert {path.name for path in unit.file.parent.iterdir()} <= beside


def test_wrong_tries_upgrade_backups_and_litter(stick: Path, home: Path) -> None:
    folder = stick.parent / "backups-before-upgrade"
    folder.mkdir()
    mine = f"2026-11-24_1702_{_vault_id(stick)[:8]}_12.pupilbackup"
    (folder / mine).write_bytes(b"mine")
    (folder / "2026-11-24_1702_00000000_12.pupilbackup").write_bytes(b"another unit's")
    stick.with_name("unit.pupildesk.tries").write_bytes(b'{"wrong": 3, "until": null}')
    stick.with_name(".unit.pupildesk.abcd.copying").write_bytes(b"a killed backup's working copy")
    stick.with_name("unit.pupildesk.erased").write_bytes(b"who was erased")
    home.mkdir(parents=True)
    (home / "unit.pupildesk.erased").write_bytes(b"of a file that was here")
    stick.with_name("letter.txt").write_bytes(b"somebody's own")
    move_to_this_pc(stick)
    assert set(held(home)) == ALL | {
        *("unit.pupildesk.tries", "unit.pupildesk.erased", "unit.pupildesk-1.erased"),
        f"backups-before-upgrade/{mine}",
    }
    assert set(held(stick.parent)) == {"letter.txt", "backups-before-upgrade/2026-11-24_1702_00000000_12.pupilbackup"}


def _vault_id(path: Path) -> str:
    return str(json.loads(path.with_name(path.name + ".keys").read_bytes())["vault"])


def test_another_file_is_never_written_over(stick: Path, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "unit.pupildesk").write_bytes(b"another unit's file")
    (home / "unit-2.pupildesk.keys").write_bytes(b"the keys of a third")
    moved = move_to_this_pc(stick)
    assert moved.path == home / "unit-3.pupildesk"
    assert (home / "unit.pupildesk").read_bytes() == b"another unit's file"
    assert (home / "unit-2.pupildesk.keys").read_bytes() == b"the keys of a third"
    sign_in(moved.path).vault.close()


def test_a_target_that_is_taken_is_refused(stick: Path, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "unit.pupildesk").write_bytes(b"another")
    with pytest.raises(WrongUse, match="already"):
        store.move(stick, home / "unit.pupildesk")
    assert set(held(stick.parent)) == ALL
    assert held(home) == {"unit.pupildesk": b"another"}


def test_a_name_that_none_may_have_is_given_up(stick: Path, home: Path) -> None:
    for part in list(stick.parent.iterdir()):
        part.rename(part.with_name(part.name.replace("unit.pupildesk", "con.pupildesk")))
    assert move_to_this_pc(stick.with_name("con.pupildesk")).path == home / "unit.pupildesk"


def test_a_file_that_is_open_here_stays(unit: Unit, home: Path) -> None:
    with pytest.raises(InUse):
        move_to_this_pc(unit.file)
    with unit.desk.vault.transaction():  # its lock was not lost
        unit.desk.append(MOMENT, "still-open", "unit", "", "")
    assert not home.exists()


def test_a_file_that_is_open_in_another_program_stays(stick: Path, home: Path) -> None:
    code = (
        "import sys, pathlib; from pupil_desk.services.unit import units; from pupil_desk.basics.clock import SystemClock\n"
        "desk = units.sign_in(pathlib.Path(sys.argv[1]), name='Ann Officer', password=sys.argv[2], clock=SystemClock())\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(stick), PASSWORD]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(InUse, match="is open"):
            move_to_this_pc(stick, closed_elsewhere=True)  # the engine's lock decides
        other.kill()
    assert {path.name for path in stick.parent.iterdir()} >= ALL
    assert held(home) == {}
    move_to_this_pc(stick)


def test_a_file_that_another_pc_says_is_open_is_asked_about(stick: Path, home: Path) -> None:
    told = {"host": "OFFICE-2", "os_user": "olu", "pid": 1, "started": 1, "since": "2026-11-24T09:12:00+00:00", "who": "Olu"}
    stick.with_name("unit.pupildesk.lock").write_text(json.dumps(told), encoding="utf-8")
    assert "OFFICE-2" in this_pc.open_elsewhere(stick)
    with pytest.raises(InUse, match="OFFICE-2"):
        move_to_this_pc(stick)
    assert set(held(stick.parent)) >= ALL
    move_to_this_pc(stick, closed_elsewhere=True)
    assert held(stick.parent) == {}
    assert set(held(home)) == ALL


def test_a_copy_that_reads_back_otherwise_is_none(stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(stick.parent)
    write = staging.flush

    def flush(file: object) -> None:
        file.seek(0)  # type: ignore[attr-defined]
        file.write(b"!")  # type: ignore[attr-defined]
        write(file)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "flush", flush)
    with pytest.raises(CannotWrite, match="not the same"):
        move_to_this_pc(stick)
    assert held(stick.parent) == before
    assert held(home) == {}


def test_what_is_no_units_file_or_lacks_its_keys_stays(stick: Path, home: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        move_to_this_pc(tmp_path / "gone.pupildesk")
    letter = tmp_path / "letter.pupildesk"
    letter.write_bytes(b"Dear parents")
    with pytest.raises(NotOurs):
        move_to_this_pc(letter)
    for name in ("unit.pupildesk.keys", "unit.pupildesk.keys.bak"):
        stick.with_name(name).unlink()
    with pytest.raises(Damaged, match="Put that back beside it"):
        move_to_this_pc(stick)
    assert letter.exists()
    assert stick.exists()
    assert held(home) == {}


def test_a_home_that_is_itself_on_the_network_is_no_place(stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement_check, "objection_to", lambda path: Objection.REMOTE if path.parent == home else None)
    with pytest.raises(WrongUse, match="network"):
        move_to_this_pc(stick)
    assert set(held(stick.parent)) == ALL
    assert not home.exists()


def test_an_old_file_that_cannot_be_removed_is_told(stick: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def protected(self: Path, missing_ok: bool = False) -> None:
        if self.parent == stick.parent:
            raise PermissionError(13, "write protected")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", protected)
    moved = move_to_this_pc(stick)
    assert moved.left == (stick,)
    assert set(held(home)) == ALL
    assert set(held(stick.parent)) == ALL
    monkeypatch.undo()


_KILLED = """
import os, pathlib, shutil, sys
from pupil_desk.services.backup.this_pc import move_to_this_pc
pattern, work = map(pathlib.Path, sys.argv[1:])
steps = ((os, "replace"), (os, "fsync"), (pathlib.Path, "unlink"), (os, "mkdir"), (os, "open"))
for number in range(1, 500):
    place = work / str(number)
    shutil.copytree(pattern, place / "stick")
    child = os.fork()
    if not child:
        os.environ["XDG_DATA_HOME"] = str(place)
        left = iter(range(number - 1))
        for holder, name in steps:
            def step(*args, _real=getattr(holder, name), **named):
                if next(left, None) is None:
                    os._exit(9)
                return _real(*args, **named)
            setattr(holder, name, step)
        move_to_this_pc(place / "stick" / "unit.pupildesk")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(number)
"""


@pytest.mark.skipif(os.name == "nt", reason="it forks")
def test_killed_at_any_step_nothing_is_lost_and_a_second_try_ends_it(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, work = held(stick.parent), tmp_path / "killed"
    command = [sys.executable, "-c", _KILLED, str(stick.parent), str(work)]
    steps = int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert steps > 20
    for number in range(1, steps):
        old, home = work / str(number) / "stick", work / str(number) / "pupil-desk"
        monkeypatch.setenv("XDG_DATA_HOME", str(home.parent))
        whole = [folder for folder in (old, home) if before.items() <= held(folder).items()]
        assert whole, f"killed at step {number}: neither place has all"
        if (old / "unit.pupildesk").exists():
            assert old in whole, f"killed at step {number}: the old file has lost something"
            assert move_to_this_pc(old / "unit.pupildesk").path == home / "unit.pupildesk"
        assert held(home) == before, f"killed at step {number}"


@pytest.mark.parametrize("objection", [Objection.REMOTE, Objection.REMOVABLE, Objection.SYNCHRONISED])
def test_no_service_works_on_a_live_file_there(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, objection: Objection) -> None:
    desk = sign_in(stick)
    backup, _news = backups.make(desk, tmp_path)
    units.sign_out(desk)
    before = held(tmp_path)
    monkeypatch.setattr(placement_check, "objection_to", lambda _path: objection)
    said = placement_check.sentence(objection, stick)
    with pytest.raises(WrongUse) as refused:
        sign_in(stick)
    assert refused.value.message == said
    assert refused.value.status == 2
    with pytest.raises(WrongUse):
        units.open_with_recovery_code(stick, "any", CLOCK)
    new = stick.with_name("new.pupildesk")
    with pytest.raises(WrongUse, match="Choose a folder on this PC"):
        units.create_unit(new, SETTINGS, user="Ann", password=PASSWORD, clock=CLOCK)
    with pytest.raises(WrongUse):
        backups.restore(backup.path, new, CLOCK, name="Ann Officer", password=PASSWORD)
    assert backups.verify(backup.path, name="Ann Officer", password=PASSWORD).ok  # a backup may lie anywhere
    assert held(tmp_path) == before
