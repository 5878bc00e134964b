"""The open file: transactions, refusals in their own words, and what a reader from outside finds."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, Known, NewerVersion, NotOurs, WrongPassword, WrongUse
from pupil_desk.store.file import audit, checks, engine, keyfile, opening, passwords
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import Vault, held_here
from tests.store.made import NAME, PASSWORD, USER, Unit, add_pupil, from_outside, write_log


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


def test_a_disk_that_refuses_the_write_ahead_log_is_refused(unit: Unit) -> None:
    with unit.unlock() as vault:
        key = vault.key("db")
    con = engine.connect(unit.path, key)

    class NoWal:
        def execute(self, sql: str) -> engine.Cursor:
            return con.execute(sql.replace("journal_mode = WAL", "journal_mode = DELETE"))

    with pytest.raises(CannotWrite, match="cannot hold the file safely"):
        engine.settle(NoWal(), unit.path)  # type: ignore[arg-type]
    con.close()


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


def test_a_new_file_never_takes_the_place_of_another(unit: Unit) -> None:
    held = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    with pytest.raises(WrongUse, match="already there"):
        opening.create(unit.path, name="Jo", user_id="u", password=PASSWORD, cost=FLOOR, app_version="1")
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir()} == held


def test_a_new_file_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_args: object, **_named: object) -> None:
        raise CannotWrite("full")

    monkeypatch.setattr(keyfile, "write", no_room)
    with pytest.raises(CannotWrite):
        opening.create(tmp_path / "u.pupildesk", name="Jo", user_id="u", password=PASSWORD, cost=FLOOR, app_version="1")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="nowhere"):
        opening.create(tmp_path / "nowhere" / "u", name="Jo", user_id="u", password=PASSWORD, cost=FLOOR, app_version="1")


# -- who gets in


def test_the_name_is_taken_whatever_its_case_and_accents(unit: Unit) -> None:
    opened = opening.unlock(unit.path, name="  JÓ   bright ", password=PASSWORD)
    assert (opened.user_id, opened.kind) == (USER, "user")
    opened.vault.close()


def test_the_recovery_code_opens_as_itself(unit: Unit) -> None:
    opened = opening.unlock(unit.path, recovery_code=unit.recovery_code.lower())
    assert (opened.user_id, opened.kind) == ("", "recovery")
    opened.vault.close()


def test_a_wrong_password_changes_nothing_but_the_count(unit: Unit) -> None:
    held = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    for name, password in ((NAME, PASSWORD + "x"), ("Nobody", PASSWORD)):
        with pytest.raises(WrongPassword, match="user name or the password is wrong"):
            opening.unlock(unit.path, name=name, password=password)
    now = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    assert now.pop("unit.pupildesk.tries").count(PASSWORD.encode()) == 0
    assert now == held


def test_the_wait_is_refused_even_with_the_right_password(unit: Unit) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    for _each in range(5):
        with pytest.raises(WrongPassword, match="is wrong"):
            opening.unlock(unit.path, name=NAME, password="wrong", clock=clock)
    with pytest.raises(WrongPassword, match=r"Try again at \d\d:00:01"):
        opening.unlock(unit.path, name=NAME, password=PASSWORD, clock=clock)
    clock.moment += timedelta(seconds=1)
    opened = opening.unlock(unit.path, name=NAME, password=PASSWORD, clock=clock)
    assert opened.wrong_before == 5
    opened.vault.close()


def test_a_second_person_gets_in_and_a_leaver_no_more(unit: Unit) -> None:
    with unit.unlock() as vault:
        with vault.transaction():
            vault.add_slot("u2", "Sam", "another good long password")
        with pytest.raises(WrongUse, match="by that name"), vault.transaction():
            vault.add_slot("u3", "SAM", "third good long password")
        assert vault.slot_users() == {USER, "u2"}
    opened = opening.unlock(unit.path, name="sam", password="another good long password")
    assert opened.user_id == "u2"
    with opened.vault.transaction():
        opened.vault.drop_slot("u2")
    opened.vault.close()
    with pytest.raises(WrongPassword):
        opening.unlock(unit.path, name="sam", password="another good long password")
    unit.unlock().close()


def test_a_changed_password(unit: Unit) -> None:
    with unit.unlock() as vault:
        with vault.transaction():
            vault.change_password(USER, NAME, "a wholly different thing")
        assert vault.check_password(USER, "a wholly different thing")
        assert not vault.check_password(USER, PASSWORD)
        with pytest.raises(WrongUse):
            vault.change_password("nobody", "N", "x")
    with pytest.raises(WrongPassword):
        unit.unlock()
    opening.unlock(unit.path, name=NAME, password="a wholly different thing").vault.close()


def test_a_new_recovery_code_ends_the_old_one(unit: Unit) -> None:
    with unit.unlock() as vault:
        code = passwords.new_code()
        with vault.transaction():
            vault.set_recovery_code(code)
    with pytest.raises(WrongPassword, match="not the one of this file"):
        opening.unlock(unit.path, recovery_code=unit.recovery_code)
    opening.unlock(unit.path, recovery_code=code).vault.close()


def test_the_keys_are_kept_at_the_cost_of_the_file(unit: Unit) -> None:
    with unit.unlock() as vault:
        with vault.transaction():
            vault.add_slot("u2", "Sam", "another good long password")
        assert {slot.cost for slot in vault.keys.slots} == {FLOOR}


# -- each refusal has its own words


def _newer(unit: Unit) -> None:
    from_outside(unit, "PRAGMA user_version = 999")


def _foreign(unit: Unit) -> None:
    from_outside(unit, "PRAGMA application_id = 7")


def _cut(size: int):  # type: ignore[no-untyped-def]
    def cut(unit: Unit) -> None:
        os.truncate(unit.path, size)

    return cut


def _write(data: bytes):  # type: ignore[no-untyped-def]
    return lambda unit: unit.path.write_bytes(data)


def _flip_first_page(unit: Unit) -> None:
    data = bytearray(unit.path.read_bytes())
    data[1000] ^= 4
    unit.path.write_bytes(data)


def _spoil_keys(unit: Unit) -> None:
    for place in keyfile.places(unit.path):
        place.write_bytes(place.read_bytes().replace(b'"epoch": 1', b'"epoch": 2'))


def _lose_keys(unit: Unit) -> None:
    for place in keyfile.places(unit.path):
        place.unlink()


def _lose_file(unit: Unit) -> None:
    unit.path.unlink()


REFUSALS = [
    (_lose_file, WrongUse, "There is no file"),
    (_cut(0), Damaged, "is empty"),
    (_cut(100), NotOurs, "only the first part"),
    (_cut(8192), Damaged, "has been damaged"),
    (_flip_first_page, Damaged, "your password is right"),
    (_write(b"SQLite format 3\0" + bytes(9000)), NotOurs, "not encrypted"),
    (_write(b"PK\x03\x04" + bytes(9000)), NotOurs, "backup, restore it"),
    (_write(os.urandom(8192)), Damaged, "has been damaged"),
    (_spoil_keys, Damaged, "sign-in file unit.pupildesk.keys has been damaged"),
    (_lose_keys, Damaged, "sign-in file unit.pupildesk.keys is missing"),
    (_foreign, NotOurs, "is not a Pupil Desk file"),
    (_newer, NewerVersion, "newer version of Pupil Desk"),
]


@pytest.mark.parametrize(("spoil", "kind", "words"), REFUSALS)
def test_each_refusal_says_what_it_is_and_changes_nothing(unit: Unit, spoil, kind: type[Known], words: str) -> None:  # type: ignore[no-untyped-def]
    spoil(unit)
    held = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    with pytest.raises(Known, match=words) as caught:
        unit.unlock()
    assert type(caught.value) is kind
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir()} == held


def test_one_spoiled_copy_of_the_keys_is_no_matter_and_is_mended(unit: Unit) -> None:
    first, second = keyfile.places(unit.path)
    for spoiled in (first, second):
        spoiled.write_bytes(b"{")
        unit.unlock().close()
        assert first.read_bytes() == second.read_bytes()


def test_the_wrong_engine_is_noticed_before_a_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(engine, "driver", sqlite3)
    with pytest.raises(Damaged, match="not complete"):
        opening.create(tmp_path / "u.pupildesk", name="Jo", user_id="u", password=PASSWORD, cost=FLOOR, app_version="1")
    assert list(tmp_path.iterdir()) == []


# -- one at a time


def test_a_second_opening_in_the_same_program_is_refused_and_harms_nothing(unit: Unit) -> None:
    with unit.unlock() as vault:
        with pytest.raises(InUse):
            unit.unlock()
        assert held_here(unit.path)
        add_pupil(vault, 1)
        assert in_another_program(unit).startswith("InUse")  # our lock still holds
    assert not held_here(unit.path)


def test_another_program_is_told_who_has_it(unit: Unit) -> None:
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, opened_by="Jo").vault:
        told = in_another_program(unit)
        assert in_another_program(unit, password="wrong") == told  # before a password is worked on, or counted
    assert not list(unit.path.parent.glob("*.tries"))
    assert told.startswith("InUse: unit.pupildesk is open on ")
    assert " by Jo since " in told
    assert told.endswith("close it there first.")
    assert in_another_program(unit) == "opened"


def test_a_lock_file_without_a_lock_keeps_nobody_out(unit: Unit) -> None:
    with unit.unlock():
        lock = (unit.path.parent / "unit.pupildesk.lock").read_bytes()
    (unit.path.parent / "unit.pupildesk.lock").write_bytes(lock)  # its process lives, but has let go of the file
    assert in_another_program(unit) == "opened"


def in_another_program(unit: Unit, password: str = PASSWORD) -> str:
    script = (
        "import sys; from pathlib import Path; from pupil_desk.basics.errors import Known; from pupil_desk.store.file import opening\n"
        "try: opening.unlock(Path(sys.argv[1]), name=sys.argv[2], password=sys.argv[3]).vault.close(); print('opened')\n"
        "except Known as error: print(type(error).__name__ + ': ' + str(error))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, unit.path, NAME, password],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.stderr == ""
    return done.stdout.strip()


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
    save(2, 2_000_000)
    print("saved")
except CannotWrite as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
save(3, 2_000_000)
print([row[0] for row in vault.rows("SELECT id FROM closure")], checks.look_over(vault))
vault.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="RLIMIT_FSIZE stands in for a full disk")
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
