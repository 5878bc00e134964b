"""What was saved is there, whatever the power, the disk or a kill does."""

import contextlib
import os
from pathlib import Path

import pytest

from tests.acceptance.number import Number, Protection, always, nothing, put


def _no_transaction(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.vault import Vault

    patch.setattr(Vault, "_run", lambda _vault, _sql: None)


def _one_copy_written_in_place(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyfile

    def written(path: Path, data: bytes, *, replace: bool = False) -> None:
        with open(path, "wb") as file:
            for half in (data[: len(data) // 2], data[len(data) // 2 :]):
                file.write(half)
                file.flush()
                os.fsync(file.fileno())

    patch.setattr(keyfile, "places", lambda path: (path.with_name(path.name + ".keys"),) * 2)
    patch.setattr(keyfile, "write_whole", written)


def _less_flushing(patch: pytest.MonkeyPatch) -> None:
    from tests.services.powercut import clerk

    clerk.flush_less(patch)


def _nothing_torn(patch: pytest.MonkeyPatch) -> None:
    from tests.services.powercut.disk import Disk

    patch.setattr(Disk, "without_power", lambda disk, _chance: disk.as_seen())


def _not_read_back(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import engine

    def settle(con: engine.Connection, _path: Path) -> None:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            con.execute(f"PRAGMA {pragma}")

    patch.setattr(engine, "settle", settle)


def _deaf_to_failures(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.vault import Vault

    real = Vault._run

    def run(vault: Vault, sql: str) -> None:
        with contextlib.suppress(Exception):
            real(vault, sql)

    patch.setattr(Vault, "_run", run)


def _never_still(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import engine

    real = engine.connect
    patch.setattr(engine, "connect", lambda path, key, *, read_only=False, still=False: real(path, key, read_only=read_only))


def _no_backup_before(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import upgrade
    from pupil_desk.store.file.backup import BackupMade

    patch.setattr(upgrade, "_backed_up", lambda vault, **_named: BackupMade)


def _keys_written_first(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyfile
    from pupil_desk.store.file.keyring import KeyRing

    real = KeyRing.successor

    def successor(ring: KeyRing) -> KeyRing:
        begun = real(ring)
        keyfile.write(ring._path, begun.in_force)
        return begun

    patch.setattr(KeyRing, "successor", successor)


NUMBERS = (
    Number(
        1,
        "Killed while it saves: nothing that was said to be saved is lost, nothing is half there",
        (Protection("the transaction", _no_transaction),),
    ),
    Number(
        2,
        "The power cut in the middle of saving registers, with torn and reordered writes: nothing that was said to be saved is lost",
        (Protection("what is committed is flushed", _less_flushing),),
    ),
    Number(
        3,
        "The same with a disk that is not made to flush must show losses, or the test would see nothing",
        (Protection("the replay, which takes away what was not flushed", _nothing_torn),),
    ),
    Number(
        4,
        "A disk that does not do as it is told is found as the file is opened, and nothing is written",
        (Protection("the settings read back", _not_read_back),),
    ),
    Number(
        5,
        "A full disk while saving: it is said, the form keeps its words, and the next save works",
        (
            Protection("a full disk told from a bug", put("pupil_desk.store.file.errors._UNWRITABLE", frozenset())),
            Protection("a form that is not saved stays as it is", put("pupil_desk.ui.pages.pupils.record.part.RecordPart.keep", always)),
        ),
    ),
    Number(
        6,
        "A failing disk at each call of a save: wholly saved or not at all, and never “saved” for one that failed",
        (Protection("a commit that fails is said to have failed", _deaf_to_failures),),
    ),
    Number(
        7,
        "Opened on a full disk: it says so and offers to look, and calls the file neither damaged nor the password wrong",
        (
            Protection("a file that is looked at is not written to", _never_still),
            Protection("the offer to look", put("pupil_desk.ui.entry.sign_in.Doubts.offer", nothing)),
        ),
    ),
    Number(
        8,
        "Killed while a newer version brings the file up: the old form or the new one, and the backup from before",
        (Protection("the proved backup before", _no_backup_before),),
    ),
    Number(
        9,
        "Killed while the file’s key is changed: exactly one key opens it, with all rows",
        (Protection("the new keys are written last", _keys_written_first),),
    ),
    Number(
        10,
        "Killed while the sign-in data is written: one copy is always whole, and signing in works",
        (Protection("two copies, each put in its place whole", _one_copy_written_in_place),),
    ),
    Number(
        11,
        "Memory runs out during an import: nothing is imported, and the program goes on",
        (Protection("the transaction", _no_transaction),),
    ),
    Number(
        12,
        "The power of a PC with Windows pulled while a register is entered",
        windows="the step «Save a pupil, and cut the power at once» of *Checks on a Windows PC*, by hand",
    ),
)
