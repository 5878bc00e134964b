"""A new data key: everybody gets in as before, and nothing old opens the file; whatever fails, exactly one key does."""

import errno
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite, Damaged, Doubtful, FileClosed, InUse, OldKeys, WrongPassword
from pupil_desk.store.file import anchor, audit, backup, checks, erased_ledger, keyfile, opening, passwords, restoring
from pupil_desk.store.file.epochs import rotating
from pupil_desk.store.file.erased_ledger import ErasureOrder
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Vault, held_here
from tests.services.key_acts import cheap
from tests.store.file.backups import restored_log_row
from tests.store.file.epochs import rotations
from tests.store.file.epochs.rotations import OTHER, PUPILS, SAM, Rotated, copied, reads_nothing, rotate, wrong_in
from tests.store.made import NAME, PASSWORD, USER, add_pupil, from_outside

ROOT = Path(__file__).resolve().parents[4]
EVERY, FAILS = 149, 61  # killed at one call of so many; of calls that change something one of so many fails: all in the torture


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rotated]:
    with cheap():
        yield rotations.make(tmp_path_factory.mktemp("rotating"))


@pytest.fixture
def made(pattern: Rotated) -> Iterator[Rotated]:
    with copied(pattern) as copy:
        yield copy


def test_everybody_gets_in_as_before_and_all_is_there(made: Rotated) -> None:
    with made.unit.unlock() as vault:
        before = audit.head(vault)
        resealed = rotate(vault, [made.stick])
        assert [one.path for one in resealed] == [made.stick]
        assert (vault.keys.epoch, audit.head(vault).seq) == (2, before.seq + 1)
        with pytest.raises(StoreFault, match="append-only"), vault.transaction():
            vault.execute("DELETE FROM past_epoch")
        with pytest.raises(StoreFault):
            vault.execute("DROP TABLE pupil")  # guarded as before
        assert held_here(made.unit.path)
        with pytest.raises(InUse):
            made.unit.unlock()
    assert wrong_in(made, done=True) == []


def test_old_material_reads_no_row_of_the_new_file(made: Rotated) -> None:
    path, old = made.unit.path, keyfile.read(made.unit.path)
    with made.unit.unlock() as vault:
        rotate(vault)
    assert reads_nothing(path, made.raw_key)
    now = keyfile.read(path)
    mixes = [old, replace(old, epoch=2, generation=now.generation + 1), *(now.with_slot(slot) for slot in old.slots)]
    for mix in mixes:
        for place in keyfile.places(path):
            place.write_bytes(mix.as_bytes())
        for how in ({"name": NAME, "password": PASSWORD}, {"name": SAM, "password": OTHER}, {"recovery_code": made.unit.recovery_code}):
            with pytest.raises((OldKeys, WrongPassword)):
                opening.unlock(path, **how)
    for place in keyfile.places(path):
        place.write_bytes(old.as_bytes())
    with pytest.raises(OldKeys, match=r"is from before u\.pupildesk got a new key"):
        made.unit.unlock()
    keyfile.write(path, now)
    assert wrong_in(made, done=True) == []


type Way = tuple[str, str]
"""A name, empty for the code, and what opened the file with it."""


def _opened_by(path: Path, way: Way) -> None:
    name, secret = way
    opening.unlock(path, **({"name": name, "password": secret} if name else {"recovery_code": secret})).vault.close()


def _with_a_past(made: Rotated) -> dict[keyfile.KeyFile, list[Way]]:
    """The unit given new passwords and codes, and then a new key: all the keys that it had before, and what opens each."""
    sam, code = (SAM, OTHER), ("", made.unit.recovery_code)
    had: dict[keyfile.KeyFile, list[Way]] = {}
    with made.unit.unlock() as vault:
        for number in range(4):
            had[vault.keys] = [(NAME, PASSWORD), sam, code]
            with vault.transaction():
                if number % 2:
                    code = ("", passwords.new_code())
                    vault.set_recovery_code(code[1])
                else:
                    sam = (SAM, f"{OTHER} {number}")
                    vault.change_password("sam", *sam)
        had[vault.keys] = [(NAME, PASSWORD), sam, code]
        rotate(vault)
    return had


def test_two_hundred_mixes_of_what_was_are_refused_by_name_and_read_no_row(made: Rotated) -> None:
    path, had = made.unit.path, _with_a_past(made)
    now, refused = keyfile.read(path), 0
    forged = {replace(keys, epoch=2, generation=now.generation + 1): ways for keys, ways in had.items()}
    put_in = {
        now.with_slot(slot): [way]
        for keys, ways in had.items()
        for way in ways
        if (slot := keys.of_name(way[0]) if way[0] else keys.of_recovery)
    }
    for (first, ways), (second, others) in itertools.product({**had, **forged}.items(), {**forged, **put_in}.items()):
        for place, keys in zip(keyfile.places(path), (first, second), strict=True):
            place.write_bytes(keys.as_bytes())
        for among in (ways, others):
            with pytest.raises(OldKeys):
                _opened_by(path, among[refused % len(among)])
            refused += 1
    assert refused >= 200
    assert reads_nothing(path, made.raw_key)
    keyfile.write(path, now)
    with made.unit.unlock() as vault:
        assert len(vault.rows("SELECT id FROM pupil")) == PUPILS


@pytest.mark.acceptance(27)
def test_a_leaver_with_a_copy_of_all_that_was_reads_nothing_of_what_is(made: Rotated) -> None:
    path = made.unit.path
    taken = [place.read_bytes() for place in keyfile.places(path)]
    with made.unit.unlock() as vault:
        with vault.transaction():
            vault.drop_slot("sam")
        rotate(vault, [made.stick])
    for place, data in zip(keyfile.places(path), taken, strict=True):
        place.write_bytes(data)
    with pytest.raises(OldKeys):
        opening.unlock(path, name=SAM, password=OTHER)
    with pytest.raises(WrongPassword):
        restoring.verify(made.stick, name=SAM, password=OTHER)


def test_again_and_again(made: Rotated) -> None:
    keys = [made.raw_key]
    for epoch in (2, 3, 4):
        with made.unit.unlock() as vault:
            rotate(vault, [made.stick])
            assert vault.keys.epoch == epoch
            keys.append(vault.key("db"))
            assert checks.verify_log(vault) == []
    assert len(set(keys)) == 4
    assert [reads_nothing(made.unit.path, key) for key in keys] == [True, True, True, False]
    restored = made.unit.path.with_name("restored.pupildesk")
    assert restoring.restore(made.stick, restored, name=SAM, password=OTHER, app_version=__version__, then=restored_log_row).ok
    with opening.unlock(restored, recovery_code=made.unit.recovery_code).vault as vault:
        assert (len(vault.rows("SELECT id FROM pupil")), checks.verify_log(vault)) == (PUPILS, [])


def test_a_backup_that_cannot_be_given_the_key_stays_as_it_is(made: Rotated, tmp_path: Path) -> None:
    with made.unit.unlock() as vault:
        assert [one.path for one in rotate(vault)] == []
        late, damaged = made.stick.read_bytes(), tmp_path / "damaged.pupilbackup"
        damaged.write_bytes(late[:-2000] + b"x" + late[-1999:])
        places = [made.stick, damaged, tmp_path / "nowhere.pupilbackup", tmp_path]
        assert rotate(vault, places) == []  # of the epoch before the last, damaged, or none
    assert made.stick.read_bytes() == late
    assert restoring.verify(made.stick, name=SAM, password=OTHER).ok


def test_how_it_was_is_kept_until_it_is_let_go(made: Rotated) -> None:
    with made.unit.unlock() as vault:
        rotate(vault)
        rotate(vault)
        [kept] = rotating.kept_as_it_was(vault.path, vault.vault_id)
        assert restoring.verify(kept, name=SAM, password=OTHER).ok
        rotating.forget_as_it_was(vault)
    assert not kept.parent.exists()


def test_the_notes_beside_the_file_are_believed_in_both_epochs(made: Rotated) -> None:
    def noted(vault: Vault, number: int) -> list[str]:
        erased_ledger.write(vault, further_orders=[ErasureOrder(f"o{number}", "p", "*", f"2026-11-2{number}")])
        return [order.id for order in erased_ledger.read(vault, [erased_ledger.place(made.unit.path)])]

    with made.unit.unlock() as vault:
        assert noted(vault, 1) == ["o1"]
        anchored = anchor.place(vault.path).read_bytes()
        rotate(vault)
        assert noted(vault, 2) == ["o1", "o2"]
    anchor.place(made.unit.path).write_bytes(anchored)  # a kill came before it was written anew
    with made.unit.unlock() as vault:
        assert checks.verify_log(vault) == []
    restored = made.stick.with_name("restored.pupildesk")
    restoring.restore(made.stick, restored, name=NAME, password=PASSWORD, app_version=__version__, then=restored_log_row)
    with opening.unlock(restored, name=NAME, password=PASSWORD).vault as vault:  # of the first epoch, and reads what the second noted
        assert [order.id for order in erased_ledger.read(vault, [erased_ledger.place(made.unit.path)])] == ["o1", "o2"]
    note = json.loads(erased_ledger.place(made.unit.path).read_text())
    note["orders"][0]["pupil_id"] = "another"
    erased_ledger.place(made.unit.path).write_text(json.dumps(note))
    with made.unit.unlock() as vault:
        assert erased_ledger.read(vault, [erased_ledger.place(made.unit.path)]) == []


def test_a_row_of_an_ended_epoch_is_proved_by_its_own_key_alone(made: Rotated) -> None:
    with made.unit.unlock() as vault:
        rotate(vault)
        add_pupil(vault, 20)
        last = audit.head(vault).seq
    from_outside(made.unit, "UPDATE past_epoch SET last_seq = last_seq - 1")
    with pytest.raises(Doubtful, match=f"Log entry {last - 2} was changed"):
        made.unit.unlock()
    with opening.unlock(made.unit.path, name=NAME, password=PASSWORD, read_only=True).vault as vault:
        broken = audit.first_break(vault)
        assert broken
        assert broken.seq == last - 2


def test_a_slot_of_the_first_version_is_left_out(made: Rotated) -> None:
    with made.unit.unlock() as vault:
        sam = vault.keys.of_user("sam")
        assert sam
        with vault.transaction():
            vault._save(vault.keys.with_slot(replace(sam, public="", sealed="")))
        rotate(vault)
        assert vault.slot_users() == {USER}
    with pytest.raises(WrongPassword):
        opening.unlock(made.unit.path, name=SAM, password=OTHER)
    made.unit.unlock().close()


@pytest.mark.parametrize("finding", ["a page is damaged", ""])
def test_a_copy_that_is_not_whole_is_not_put_in_force(finding: str, made: Rotated, monkeypatch: pytest.MonkeyPatch) -> None:
    real = checks.opened_anew

    def spoilt(copy: Path, key: bytes) -> tuple[list[str], checks.FileFacts]:
        facts = real(copy, key)[1]
        return ([finding], facts) if finding else ([], replace(facts, rows={**facts.rows, "pupil": 0}))

    with made.unit.unlock() as vault:
        monkeypatch.setattr(backup, "_proved", lambda copy, key, _unit: real(copy, key)[1])
        monkeypatch.setattr(checks, "opened_anew", spoilt)
        with pytest.raises(Damaged, match="No new key was made"):
            rotate(vault)
        assert vault.keys.epoch == 1
        monkeypatch.undo()
    assert wrong_in(made, done=False) == []


def test_what_the_engine_left_beside_it_is_never_taken_for_the_new_ones(made: Rotated, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = made.unit.path.with_name("u.pupildesk-wal")
    real = Path.stat

    def left(path: Path, **how: bool) -> os.stat_result:
        return real(made.unit.path) if path == beside else real(path, **how)

    with made.unit.unlock() as vault:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "stat", left)
            with pytest.raises(CannotWrite, match="No new key was made"):
                rotate(vault)
        assert vault.keys.epoch == 1
    assert wrong_in(made, done=False) == []


@pytest.mark.skipif(os.name == "nt", reason="a file in use cannot be replaced there, whoever has it")
def test_a_program_that_gets_hold_of_the_file_meanwhile_keeps_it(made: Rotated, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import sys; from pathlib import Path; from pupil_desk.store.file import engine\n"
        "con = engine.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])); con.execute('BEGIN IMMEDIATE')\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    with made.unit.unlock() as vault:
        real, others = rotating.staging.flush_folder, []

        def interrupt(folder: Path) -> None:
            other = subprocess.Popen(
                [sys.executable, "-c", script, made.unit.path, made.raw_key.hex()],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            others.append(other)
            assert other.stdout
            assert other.stdout.readline() == "open\n"
            real(folder)

        with monkeypatch.context() as patch:
            patch.setattr(rotating.staging, "flush_folder", interrupt)
            with pytest.raises(FileClosed, match="could not be opened again"):
                rotate(vault)
        with pytest.raises(StoreFault, match="closed"):
            vault.rows("SELECT 1")
    others[0].communicate("")
    assert wrong_in(made, done=False) == []


# -- whatever fails


def test_just_before_and_just_after_the_swap_the_file_opens_by_one_key(
    made: Rotated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a kill would leave: all files, as they are at that moment."""
    real, folder = rotating._put_in_place, made.unit.path.parent

    def snapped(copy: Path, path: Path) -> None:
        shutil.copytree(folder, tmp_path / "before")
        real(copy, path)
        shutil.copytree(folder, tmp_path / "after")

    monkeypatch.setattr(rotating, "_put_in_place", snapped)
    with made.unit.unlock() as vault:
        rotate(vault)
    for name, done in (("before", False), ("after", True)):
        left = Rotated(replace(made.unit, path=tmp_path / name / made.unit.path.name), made.raw_key, made.stick)
        assert len(keyfile.copies(left.unit.path)) == 2
        assert wrong_in(left, done=done) == []


def test_a_disk_that_fails_leaves_the_old_or_the_new_key_and_what_was_said_is_so(pattern: Rotated) -> None:
    tried, failed, wrong = rotations.fail_at_each(pattern, codes=[errno.ENOSPC], every=FAILS)
    assert wrong == []
    assert 0 < failed < tried


@pytest.mark.torture
def test_a_disk_that_fails_at_each_call(pattern: Rotated, caplog: pytest.LogCaptureFixture) -> None:
    _tried, _failed, wrong = rotations.fail_at_each(pattern)
    assert wrong == []
    assert [message for message in caplog.messages if not message.startswith("access list not set")] == []


@pytest.mark.skipif(os.name == "nt", reason="fork")
@pytest.mark.parametrize(("every", "least"), [(EVERY, 4), pytest.param(1, 280, marks=pytest.mark.torture)])
@pytest.mark.acceptance(9)
def test_a_kill_leaves_exactly_one_key_that_opens(every: int, least: int, record_property: Callable[[str, object], None]) -> None:
    asked = [sys.executable, "-m", "tests.store.file.epochs.rotations", str(every)]
    kills, new, *wrong = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    record_property("tried", int(kills))
    assert wrong == []
    assert int(kills) >= least
    assert 0 < int(new) < int(kills)
