"""The users as the log tells: whoever rewrites their rows with the raw key gains nothing, and it is said."""

import pytest

from pupil_desk.basics.errors import Doubtful, NotAllowed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import roles
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import staff, standings, units
from pupil_desk.store.file import anchor, checks, engine
from tests.services.exports.made import PASSWORD, Unit
from tests.services.state import log_of


def bent(unit: Unit, *statements: str) -> None:
    """The closed file as somebody leaves it who has taken its raw key."""
    raw_key = unit.desk.vault.key("db")
    unit.desk.vault.close()
    con = engine.connect(unit.file, raw_key)
    for statement in statements:
        con.execute(statement)
    con.close()
    anchor.begin(unit.file)  # and takes the note away of how the file was left


def signed_in(unit: Unit, name: str = "Sam Whitlock") -> Desk:
    return units.sign_in(unit.file, name=name, password=PASSWORD, clock=unit.desk.clock)


def test_who_makes_herself_a_data_officer_is_none_and_it_is_said_and_logged(unit: Unit) -> None:
    sam = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    bent(unit, f"UPDATE staff SET role = 'data-officer' WHERE id = '{sam.id}'")
    desk = signed_in(unit)
    assert desk.user.role is Role.OFFICE
    assert not roles.may(desk.user.role, Action.MANAGE_USERS)
    [remark] = desk.vault.remarks
    assert remark.startswith(
        "The list of users was changed by other means than Pupil Desk. It is again as the log tells: Sam Whitlock (office)."
    )
    assert "user-put-right" in [action for _user, action, *_rest in log_of(desk)]
    assert standings.bent(desk.vault) == []
    assert checks.verify_log(desk.vault) == []
    desk.vault.close()
    again = signed_in(unit)
    assert again.vault.remarks == []
    again.vault.close()


def test_who_was_disabled_and_is_made_active_by_other_means_stays_out(unit: Unit) -> None:
    sam = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    staff.disable(unit.desk, sam)
    bent(unit, f"UPDATE staff SET active = 1 WHERE id = '{sam.id}'")
    desk = signed_in(unit, unit.desk.user.name)
    assert desk.vault.remarks[0].startswith("The list of users was changed by other means")
    assert "Sam Whitlock (disabled)" in desk.vault.remarks[0]
    assert not next(user for user in staff.users(desk) if user.id == sam.id).active
    desk.vault.close()


def test_an_officer_made_an_office_user_by_other_means_is_an_officer_again(unit: Unit) -> None:
    bent(unit, "UPDATE staff SET role = 'office'")
    desk = signed_in(unit, unit.desk.user.name)
    assert desk.user.role is Role.DATA_OFFICER
    desk.vault.close()


@pytest.mark.parametrize("reason", ["role data-officer", "added data-officer"])
def test_a_row_put_into_the_log_gives_nobody_a_role(unit: Unit, reason: str) -> None:
    """It lacks a MAC that fits: the walk of the chain names it, and the users are not told by it."""
    sam = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    columns = "at, tick, boot, user_id, role, action, kind, object_id"
    bent(
        unit,
        f"INSERT INTO log (seq, {columns}, reason, app_version, mac) SELECT max(seq) + 1, {columns}, '{reason}', app_version, mac "
        f"FROM log WHERE object_id = '{sam.id}'",
        f"UPDATE staff SET role = 'data-officer' WHERE id = '{sam.id}'",
    )
    with pytest.raises(Doubtful, match="was changed, moved or put in"):
        signed_in(unit)
    desk = units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=unit.desk.clock, read_only=True)
    assert desk.user.role is Role.OFFICE
    desk.vault.close()


def test_a_user_whom_the_log_does_not_know_may_not_sign_in(unit: Unit) -> None:
    sam = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    bent(unit, "DROP TRIGGER log_stay", f"DELETE FROM log WHERE object_id = '{sam.id}'", _kept(unit, "log_stay"))
    with pytest.raises(Doubtful, match="missing"):
        signed_in(unit)
    with pytest.raises(NotAllowed):
        units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=unit.desk.clock, read_only=True)


def _kept(unit: Unit, trigger: str) -> str:
    """The SQL that makes a trigger again as it was."""
    row = unit.desk.vault.first_row("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
    assert row is not None
    return str(row[0])


def test_each_change_of_a_user_is_told_by_the_log(unit: Unit) -> None:
    sam = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    for act in (
        lambda: staff.change_role(unit.desk, sam, Role.ASSISTANT_HEAD),
        lambda: staff.set_password_anew(unit.desk, sam, "window copper garden ladder"),
        lambda: staff.disable(unit.desk, sam),
        lambda: staff.enable(unit.desk, sam, PASSWORD),
        lambda: staff.change_role(unit.desk, sam, Role.OFFICE),
    ):
        act()
        assert standings.bent(unit.desk.vault) == []
    assert standings.user(unit.desk.vault, sam.id) == next(user for user in staff.users(unit.desk) if user.id == sam.id)
