"""The users: added, given passwords, disabled, and never without a data officer."""

import pytest

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services import desk as desk_module
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import staff, units
from pupil_desk.store.tables import staff as store
from tests.services.exports.made import PASSWORD, Unit
from tests.services.state import state

NEW = "window copper garden ladder"


def _sam(unit: Unit, role: Role = Role.OFFICE) -> StaffMember:
    return staff.add_user(unit.desk, "Sam Whitlock", role, PASSWORD)


def _now(unit: Unit, member: StaffMember) -> StaffMember:
    found = store.get(unit.desk.vault, member.id)
    assert found
    return found


def test_a_new_user_signs_in_and_is_to_change_the_password(unit: Unit) -> None:
    _sam(unit)
    unit.desk.vault.close()
    desk = units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=unit.desk.clock)
    assert desk.user.must_change_password
    with pytest.raises(WrongPassword):
        staff.change_own_password(desk, "not the old one", NEW)
    with pytest.raises(WrongUse):
        staff.change_own_password(desk, PASSWORD, PASSWORD)
    with pytest.raises(WrongUse):
        staff.change_own_password(desk, PASSWORD, "short")
    assert not staff.change_own_password(desk, PASSWORD, NEW).must_change_password
    desk.vault.close()
    again = units.sign_in(unit.file, name="Sam Whitlock", password=NEW, clock=unit.desk.clock)
    assert not again.user.must_change_password
    again.vault.close()


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "sam  WHITLOCK"])
def test_a_name_that_is_empty_too_long_or_taken_is_refused(unit: Unit, name: str) -> None:
    _sam(unit)
    with pytest.raises(WrongUse):
        staff.add_user(unit.desk, name, Role.OFFICE, NEW)
    assert len(staff.users(unit.desk)) == 2


def test_a_weak_first_password_adds_nobody(unit: Unit) -> None:
    with pytest.raises(WrongUse):
        staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, "short")
    assert len(staff.users(unit.desk)) == 1


def test_a_password_set_anew_is_to_be_changed(unit: Unit) -> None:
    sam = _sam(unit)
    staff.set_password_anew(unit.desk, sam, NEW)
    assert _now(unit, sam).must_change_password
    assert unit.desk.vault.check_password(sam.id, NEW)
    assert not unit.desk.vault.check_password(sam.id, PASSWORD)


def test_a_disabled_user_is_let_in_again_with_a_new_password(unit: Unit) -> None:
    sam = _sam(unit)
    staff.disable(unit.desk, sam)
    assert not _now(unit, sam).active
    assert sam.id not in unit.desk.vault.slot_users()
    staff.enable(unit.desk, _now(unit, sam), NEW)
    assert _now(unit, sam).active
    assert unit.desk.vault.check_password(sam.id, NEW)


@pytest.mark.acceptance(28)
def test_nobody_disables_themselves_and_the_last_data_officer_stays(unit: Unit) -> None:
    sam = _sam(unit, Role.DATA_OFFICER)
    with pytest.raises(WrongUse, match="yourself"):
        staff.disable(unit.desk, unit.desk.user)
    as_sam = Desk(unit.desk.vault, sam, unit.desk.clock)
    staff.change_role(as_sam, unit.desk.user, Role.OFFICE)
    for attempt in (lambda: staff.disable(unit.desk, sam), lambda: staff.change_role(as_sam, sam, Role.OFFICE)):
        with pytest.raises(WrongUse, match="last data officer"):
            attempt()
    assert _now(unit, sam).role is Role.DATA_OFFICER


@pytest.mark.acceptance(28)
def test_a_disabled_data_officer_does_not_count_as_another(unit: Unit) -> None:
    sam = _sam(unit, Role.DATA_OFFICER)
    staff.disable(unit.desk, sam)
    with pytest.raises(WrongUse, match="last data officer"):
        staff.change_role(unit.desk, unit.desk.user, Role.OFFICE)


def test_keys_do_not_change_when_the_log_cannot_be_written(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    sam = _sam(unit)
    before = state(unit.desk)

    def broken(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(desk_module.audit, "append", broken)
    for attempt in (
        lambda: staff.add_user(unit.desk, "Kim", Role.OFFICE, NEW),
        lambda: staff.set_password_anew(unit.desk, sam, NEW),
        lambda: staff.change_own_password(unit.desk, PASSWORD, NEW),
        lambda: staff.disable(unit.desk, sam),
        lambda: staff.enable(unit.desk, sam, NEW),
    ):
        with pytest.raises(RuntimeError):
            attempt()
        assert state(unit.desk) == before


def test_a_made_up_password_is_good_enough(unit: Unit) -> None:
    assert staff.add_user(unit.desk, "Kim", Role.OFFICE, staff.first_password()).name == "Kim"


def test_a_role_that_was_lowered_stays_so_with_a_new_password_of_ones_own(unit: Unit) -> None:
    """What one may do at the desk is from the sign-in still."""
    sam = _sam(unit)
    staff.change_role(unit.desk, sam, Role.DATA_OFFICER)
    staff.change_role(unit.desk, unit.desk.user, Role.OFFICE)
    staff.change_own_password(unit.desk, PASSWORD, "window copper garden ladder")
    assert _now(unit, unit.desk.user).role is Role.OFFICE


def test_a_page_that_has_not_looked_again_undoes_nothing(unit: Unit) -> None:
    """Disabled in one window, given a role in another: the role is kept, and so is that the user may not sign in."""
    sam = _sam(unit)
    staff.disable(unit.desk, sam)
    staff.change_role(unit.desk, sam, Role.DATA_OFFICER)
    kept = _now(unit, sam)
    assert (kept.active, kept.role) == (False, Role.DATA_OFFICER)
    with pytest.raises(WrongUse, match="last data officer"):
        staff.change_role(unit.desk, unit.desk.user, Role.OFFICE)
