"""A file that is looked at alone: nothing in it changes, nothing is logged, and whatever would change it says so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, Doubtful, NotAllowed, WrongPassword
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import roles
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import drafts, logbook, staff, units
from pupil_desk.store.file import checks
from pupil_desk.store.file.vault import held_here
from tests.services.exports.made import PASSWORD, Unit


def closed(unit: Unit) -> dict[str, bytes]:
    """The closed unit's folder, byte by byte."""
    unit.desk.vault.close()
    return contents(unit.file)


def contents(file: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in sorted(file.parent.iterdir()) if found.is_file()}


def looking(unit: Unit, name: str = "Ann Officer") -> Desk:
    return units.sign_in(unit.file, name=name, password=PASSWORD, clock=unit.desk.clock, read_only=True)


def test_records_are_read_and_nothing_is_written(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Bea", date(2011, 3, 4))
    before = closed(unit)
    desk = looking(unit)
    desk.viewed("pupil", pupil.id)
    assert [kept.surname for kept in pupils.all_pupils(desk)] == ["Ash"]
    with pytest.raises(CannotWrite, match="looked at alone"):
        pupils.save_pupil(desk, replace(pupil, forename="Beatrice"))
    with pytest.raises(CannotWrite, match="looked at alone"):
        drafts.keep(desk, "pupils", pupil.id, {})
    units.sign_out(desk)
    assert contents(unit.file) == before
    assert not held_here(unit.file)


def test_roles_hold_while_looking(unit: Unit) -> None:
    staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    before = closed(unit)
    desk = looking(unit, "Sam Whitlock")
    assert not roles.may(desk.user.role, Action.MANAGE_USERS)
    with pytest.raises(NotAllowed, match="Your role does not include this"):
        staff.users(desk)
    desk.vault.close()
    assert contents(unit.file) == before


@pytest.mark.acceptance(19)
def test_an_older_file_goes_on_only_for_a_data_officer_with_a_reason(unit: Unit) -> None:
    staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    unit.desk.vault.close()
    older = unit.file.read_bytes()
    for _day in range(2):
        units.sign_out(units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=unit.desk.clock))
    unit.file.write_bytes(older)
    before = contents(unit.file)
    for name, reason in (("Sam Whitlock", ""), ("Sam Whitlock", "because"), ("Ann Officer", ""), ("Ann Officer", "  ")):
        with pytest.raises(Doubtful, match="4 log entries missing"):
            units.sign_in(unit.file, name=name, password=PASSWORD, clock=unit.desk.clock, going_on=reason)
        assert contents(unit.file) == before
    units.sign_out(units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock, going_on="Friday’s copy"))
    again = units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=unit.desk.clock)
    assert again.vault.remarks == []
    again.vault.close()


def test_a_sign_in_that_fails_lets_the_file_go(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    unit.desk.vault.close()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "append", lambda *_args: (_ for _ in ()).throw(CannotWrite("The disk is full.")))
        with pytest.raises(CannotWrite):
            units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    assert not held_here(unit.file)
    units.sign_out(units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock))


def test_whoever_holds_the_recovery_code_may_go_on_with_an_older_file(unit: Unit) -> None:
    """Else nobody could get in, if the passwords are forgotten too."""
    new = staff.new_recovery_code(unit.desk)
    new.put_in_force()
    unit.desk.vault.close()
    older = unit.file.read_bytes()
    units.sign_out(units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock))
    unit.file.write_bytes(older)
    before = contents(unit.file)
    with pytest.raises(Doubtful, match="2 log entries missing"):
        units.open_with_recovery_code(unit.file, new.secret, unit.desk.clock)
    assert contents(unit.file) == before
    recovered = units.open_with_recovery_code(unit.file, new.secret, unit.desk.clock, going_on="Friday’s copy")
    desk = recovered.new_password(recovered.users()[0], "window copper garden ladder").put_in_force()
    [taken] = desk.vault.rows("SELECT reason FROM log WHERE action = 'older-file-taken'")
    assert taken["reason"].endswith("Friday’s copy")
    units.sign_out(desk)
    again = units.sign_in(unit.file, name="Ann Officer", password="window copper garden ladder", clock=unit.desk.clock)
    assert checks.verify_log(again.vault) == []
    again.vault.close()


@pytest.mark.acceptance(29)
def test_wrong_tries_stay_until_a_sign_in_has_logged_them(unit: Unit) -> None:
    """The right password at a file that is refused, or only looked at, once forgot them."""
    unit.desk.vault.close()
    older = unit.file.read_bytes()
    units.sign_out(units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock))
    unit.file.write_bytes(older)
    for _each in range(2):
        with pytest.raises(WrongPassword):
            units.sign_in(unit.file, name="Ann Officer", password="wrong", clock=unit.desk.clock)
    with pytest.raises(Doubtful):
        units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    looking(unit).vault.close()
    desk = units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock, going_on="because")
    assert [row.user for row in logbook.rows(desk) if row.action == logbook.REFUSED] == ["", ""]
    desk.vault.close()
    again = units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    assert len([row for row in logbook.rows(again) if row.action == logbook.REFUSED]) == 2
    again.vault.close()
