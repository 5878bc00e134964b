"""The open file: transactions, the recipe, and what a reader from outside finds."""

import gc
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.store.file import audit, checks, engine, lockfile, opening
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import Vault, held_here
from tests.faults import Disk, failing
from tests.store.made import NAME, PASSWORD, Unit, add_pupil, write_log


def surnames(vault: Vault) -> list[str]:
    return [row["surname"] for row in vault.rows("SELECT surname FROM pupil ORDER BY rowid")]


# -- transactions


def test_what_is_committed_is_there_after_closing(unit: Unit) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
    with unit.unlock() as vault:
        assert surnames(vault) == ["Marker-Zeta"]
        row = vault.first_row("SELECT ref, dob FROM pupil")
        assert row is not None
        assert (row["dob"], row[0], tuple(row)) == ("2011-03-04", "R1", ("R1", "2011-03-04"))


def test_anything_raised_rolls_back_the_record_and_its_log_row(vault: Vault) -> None:
    before = audit.head(vault)

    def fail_at_the_end() -> None:
        with vault.transaction():
            vault.execute("INSERT INTO closure (id, day, reason) VALUES ('c', '2026-12-25', 'x')")
            audit.append(vault, moment=datetime.now(UTC), user_id="u", role="office", action="a", app_version=__version__)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_at_the_end()
    assert vault.rows("SELECT * FROM closure") == []
    assert audit.head(vault) == before
    add_pupil(vault, 2)  # and the next save works
    assert surnames(vault) == ["Marker-Zeta"]


def test_a_file_that_nobody_closed_is_let_go_with_what_was_open_of_it(unit: Unit) -> None:
    """Its place on the disk may be given to another file, which is not open."""
    vault = unit.unlock()
    assert held_here(unit.path)
    del vault
    gc.collect()
    assert not held_here(unit.path)
    with unit.unlock():
        gc.collect()
        assert held_here(unit.path), "the one before, which is gone, lets go nothing of another"
    assert not held_here(unit.path)


def test_who_lets_go_late_lets_go_nothing_of_another(tmp_path: Path) -> None:
    class Opened:
        """Stands for what is open of a file."""

    file, first, second = tmp_path / "unit", Opened(), Opened()
    file.touch()
    lockfile.hold(file, first)
    let_go = lockfile.hold(file, second)
    del first
    gc.collect()
    assert held_here(file), "the second has it open"
    let_go()
    assert not held_here(file)


def test_a_transaction_inside_a_transaction_is_a_bug(vault: Vault) -> None:
    with pytest.raises(StoreFault, match="inside a transaction"), vault.transaction(), vault.transaction():
        pass
    add_pupil(vault, 1)


def test_a_change_outside_a_transaction_is_a_bug(vault: Vault) -> None:
    with pytest.raises(StoreFault, match="outside a transaction"):
        vault.execute("DELETE FROM draft")
    with pytest.raises(StoreFault, match="outside a transaction"):
        audit.append(vault, moment=datetime.now(UTC), user_id="u", role="r", action="a", app_version=__version__)


def test_two_threads_take_turns(vault: Vault) -> None:
    def save(start: int) -> None:
        for number in range(start, start + 20):
            add_pupil(vault, number)

    threads = [threading.Thread(target=save, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(surnames(vault)) == 60
    assert checks.verify_log(vault) == []


def test_a_broken_rule_of_the_file_is_a_bug_and_its_words_hold_no_value(vault: Vault) -> None:
    with pytest.raises(StoreFault) as caught, vault.transaction():
        vault.execute('SELECT "Quagmire" FROM "no such" WHERE x = ?', ("Marker",))
    assert "Quagmire" not in str(caught.value)
    assert "Marker" not in str(caught.value)
    with pytest.raises(StoreFault, match="NOT NULL"), vault.transaction():
        vault.execute("INSERT INTO closure (id, day, reason) VALUES ('c', NULL, 'x')")
    with pytest.raises(StoreFault, match="FOREIGN KEY"), vault.transaction():
        vault.execute("INSERT INTO enrolment (id, pupil_id, status) VALUES ('e', 'nobody', 'C')")


# -- the recipe


@pytest.mark.acceptance(4)
def test_the_connection_is_as_the_recipe_says(vault: Vault) -> None:
    def pragma(name: str) -> object:
        row = vault.first_row(f"PRAGMA {name}")
        return row and row[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("locking_mode") == "exclusive"
    assert [pragma(name) for name in ("foreign_keys", "recursive_triggers", "cell_size_check", "secure_delete")] == [1, 1, 1, 1]
    assert pragma("trusted_schema") == 0
    assert pragma("temp_store") == 2
    assert pragma("application_id") == engine.APPLICATION_ID
    assert sorted(file.name for file in vault.path.parent.iterdir() if "-" in file.name) == ["unit.pupildesk-wal"]


@pytest.mark.acceptance(4)
@pytest.mark.parametrize(
    ("asked", "gets"), [("journal_mode = WAL", "journal_mode = DELETE"), ("synchronous = FULL", "synchronous = NORMAL")]
)
def test_a_disk_that_does_not_do_as_it_is_told_is_refused(unit: Unit, asked: str, gets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Otherwise:
        def __init__(self, con: engine.Connection) -> None:
            self._con = con

        def __getattr__(self, name: str) -> object:
            return getattr(self._con, name)

        def execute(self, sql: str, *params: engine.Params) -> engine.Cursor:
            return self._con.execute(sql.replace(asked, gets), *params)

    before, real = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}, engine.connect
    monkeypatch.setattr(engine, "connect", lambda *args, **how: Otherwise(real(*args, **how)))
    with pytest.raises(CannotWrite, match="cannot hold the file safely"):
        unit.unlock()
    after = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    if asked.startswith("journal"):  # its name for it stands in the file's head
        del before[unit.path.name], after[unit.path.name]
    assert after == before


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH 'other.db' AS other",
        "DROP TRIGGER log_keep",
        "DROP TABLE log",
        "ALTER TABLE log RENAME TO old",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA rekey = 'x'",
        "SELECT load_extension('x')",
        "VACUUM INTO 'elsewhere.db'",
    ],
)
def test_no_statement_may_weaken_the_file(vault: Vault, sql: str) -> None:
    with pytest.raises(StoreFault):
        vault.rows(sql)
    assert vault.first_row("PRAGMA journal_mode")[0] == "wal"  # type: ignore[index]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE log SET reason = 'other' WHERE seq = 1",
        "DELETE FROM log WHERE seq = 3",
        "INSERT OR REPLACE INTO log SELECT seq, at, 7, boot, user_id, role, action, kind, object_id, reason, app_version, mac FROM log WHERE seq = 1",
        "INSERT INTO log SELECT 99, at, tick, boot, user_id, role, action, kind, object_id, reason, app_version, mac FROM log LIMIT 1",
        "REPLACE INTO log SELECT * FROM log WHERE seq = 2",
        "UPDATE choice SET choice = 'allow'",
        "DELETE FROM choice",
        "REPLACE INTO choice SELECT seq, id, pupil_id, recipient, 'allow', by, \"on\", giver, channel, note, at, recorded_by FROM choice",
    ],
)
def test_append_only_tables_only_grow(vault: Vault, sql: str) -> None:
    add_pupil(vault, 1)
    with vault.transaction():
        vault.execute(
            'INSERT INTO choice (id, pupil_id, recipient, choice, "by", "on", at, recorded_by) '
            "VALUES ('c1', 'pupil-1', 'youth-support', 'restrict', 'parent', '2026-01-01', 'x', 'x')"
        )
    held = [tuple(row) for table in ("log", "choice") for row in vault.rows(f"SELECT * FROM {table}")]
    with pytest.raises(StoreFault), vault.transaction():
        vault.execute(sql)
    assert [tuple(row) for table in ("log", "choice") for row in vault.rows(f"SELECT * FROM {table}")] == held


def test_an_open_erasure_order_lets_that_pupils_events_go(vault: Vault) -> None:
    for number in (1, 2):
        add_pupil(vault, number)
        with vault.transaction():
            vault.execute(
                'INSERT INTO choice (id, pupil_id, recipient, choice, "by", "on", at, recorded_by) '
                "VALUES (?, ?, 'youth-support', 'restrict', 'parent', '2026-01-01', 'x', 'x')",
                (f"c{number}", f"pupil-{number}"),
            )
    with vault.transaction():
        vault.execute(
            "INSERT INTO erasure_order (id, pupil_id, opened_at, authority, opened_by) VALUES ('o', 'pupil-1', 'x', 'a court', 'officer')"
        )
        assert vault.execute("DELETE FROM choice WHERE pupil_id = 'pupil-1'") == 1
    with pytest.raises(StoreFault, match="append-only"), vault.transaction():
        vault.execute("DELETE FROM choice WHERE pupil_id = 'pupil-2'")


# -- what is on the disk


@pytest.mark.acceptance(24)
def test_nothing_readable_lies_on_the_disk(unit: Unit) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
        open_files = {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file != unit.path}
    files = open_files | {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    assert "unit.pupildesk-wal" in files
    assert files["unit.pupildesk"][:16] != b"SQLite format 3\0"
    for data in files.values():
        assert b"Marker-Zeta" not in data
    assert NAME.encode() not in files["unit.pupildesk.keys"]
    assert not (unit.path.parent / "unit.pupildesk.lock").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_only_its_owner_may_read_the_files(tmp_path: Path) -> None:
    vault, _code = opening.create(tmp_path / "u.pupildesk", name="Jo", user_id="u", password=PASSWORD, cost=FLOOR, app_version="1")
    write_log(vault)
    vault.close()
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {
        "u.pupildesk": 0o600,
        "u.pupildesk.keys": 0o600,
        "u.pupildesk.keys.bak": 0o600,
        "u.pupildesk.anchor": 0o600,
    }


# -- a full disk

FULL_DISK = """
import resource, sys
from pathlib import Path
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.store.file import checks, opening
vault = opening.unlock(Path(sys.argv[1]), name=sys.argv[2], password=sys.argv[3]).vault
limit = Path(sys.argv[1]).stat().st_size + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
def save(number, size):
    with vault.transaction():
        vault.execute("INSERT INTO closure (id, day, reason) VALUES (?, 'd', ?)", (str(number), "x" * size))
save(1, 10)
try:
    save(2, 2 * limit)
    print("saved")
except CannotWrite as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
save(3, 2_000_000)
print([row[0] for row in vault.rows("SELECT id FROM closure")], checks.look_over(vault))
vault.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="RLIMIT_FSIZE stands in for a full disk")
@pytest.mark.acceptance(5)
def test_a_full_disk_loses_nothing_and_the_next_save_works(unit: Unit) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, unit.path, NAME, PASSWORD],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.stderr == ""
    said, held = done.stdout.splitlines()
    assert said.startswith("unit.pupildesk cannot be written where it is.")
    assert held == "['1', '3'] []"


def test_what_a_failing_disk_did_not_undo_is_in_no_later_answer(unit: Unit) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
        with failing(Disk(at=3, stays=True), vault), pytest.raises(CannotWrite):
            add_pupil(vault, 2)
        assert vault._con.in_transaction  # not even the rollback went through
        assert [row[0] for row in vault.rows("SELECT id FROM pupil")] == ["pupil-1"]
        add_pupil(vault, 3)
    with unit.unlock() as vault:
        assert [row[0] for row in vault.rows("SELECT id FROM pupil ORDER BY id")] == ["pupil-1", "pupil-3"]
