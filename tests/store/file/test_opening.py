"""A unit's file is begun and opened: who gets in, who is refused and in which words, and by one program at a time."""

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, Known, NewerVersion, NotOurs, OldKeys, WrongPassword, WrongUse
from pupil_desk.store.file import engine, keyfile, keyslots, opening, passwords
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import held_here
from tests.store.made import NAME, PASSWORD, USER, Unit, add_pupil, from_outside


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


def test_a_name_that_nobody_has_costs_what_a_wrong_password_costs(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the time alone nobody learns who works here."""
    worked: list[keyslots.Cost] = []
    stretch = keyslots._stretch
    monkeypatch.setattr(keyslots, "_stretch", lambda secret, salt, cost: (worked.append(cost), stretch(secret, salt, cost))[1])
    costs = []
    for name in (NAME, "Nobody"):
        with pytest.raises(WrongPassword):
            opening.unlock(unit.path, name=name, password="wrong")
        costs.append(list(worked))
        worked.clear()
    assert costs[0] == costs[1]
    assert len(costs[0]) == 1


@pytest.mark.acceptance(29)
def test_the_wait_is_refused_even_with_the_right_password(unit: Unit) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    for _each in range(5):
        with pytest.raises(WrongPassword, match="is wrong"):
            opening.unlock(unit.path, name=NAME, password="wrong", clock=clock)
    with pytest.raises(WrongPassword, match=r"Try again at \d\d:00:01"):
        opening.unlock(unit.path, name=NAME, password=PASSWORD, clock=clock)
    clock.moment += timedelta(seconds=1)
    opened = opening.unlock(unit.path, name=NAME, password=PASSWORD, clock=clock)
    assert (opened.wrong_before.worked_on, opened.wrong_before.count) == (5, 6)
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


@pytest.mark.acceptance(26)
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


@pytest.mark.acceptance(25)
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
    pytest.param(_cut(0), Damaged, "is empty", marks=pytest.mark.acceptance(14)),
    (_cut(100), NotOurs, "only the first part"),
    (_cut(8192), Damaged, "has been damaged"),
    (_flip_first_page, Damaged, "your password is right"),
    (_write(b"SQLite format 3\0" + bytes(9000)), NotOurs, "not encrypted"),
    (_write(b"PK\x03\x04" + bytes(9000)), NotOurs, "backup, restore it"),
    (_write(os.urandom(8192)), OldKeys, "does not fit it: .* or unit.pupildesk has been damaged at its beginning"),
    (_spoil_keys, Damaged, "sign-in file unit.pupildesk.keys has been damaged"),
    (_lose_keys, Damaged, "is not a Pupil Desk file, or its sign-in file unit.pupildesk.keys is missing"),
    (_foreign, NotOurs, "is not a Pupil Desk file"),
    (_newer, NewerVersion, "newer version of Pupil Desk"),
]


@pytest.mark.parametrize(("spoil", "kind", "words"), REFUSALS)
@pytest.mark.acceptance(20)
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


@pytest.mark.acceptance(23)
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


def test_a_file_whose_closing_goes_wrong_at_the_end_can_be_opened_again(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    vault = unit.unlock()
    monkeypatch.setattr(vault, "_let_go", full)
    with pytest.raises(OSError, match="No space"):
        vault.close()
    unit.unlock().close()


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
