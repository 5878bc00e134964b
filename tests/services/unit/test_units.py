"""Making a unit, signing in and out, and getting in again by the recovery code."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Known, WrongPassword, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.unit import calendars, data_key, staff, units
from pupil_desk.store.file import passwords
from pupil_desk.store.file.keyslots import FLOOR
from tests.services.exports.made import MOMENT, PASSWORD, Unit
from tests.services.state import log_of

CLOCK = FixedClock(MOMENT)
NEW = "window copper garden ladder"
SETTINGS = UnitSettings(name="Larkfield Centre", la="919", estab="1100")


def _make(path: Path, **changed: object) -> str:
    settings = dataclasses.replace(SETTINGS, **{k: v for k, v in changed.items() if k not in ("user", "password")})
    desk, code = units.create_unit(
        path,
        settings,
        user=str(changed.get("user", "Ann Officer")),
        password=str(changed.get("password", PASSWORD)),
        clock=CLOCK,
        cost=FLOOR,
    )
    desk.vault.close()
    return code


def test_a_new_unit_has_a_data_officer_its_settings_a_calendar_and_a_log(unit: Unit) -> None:
    assert unit.desk.user.role is Role.DATA_OFFICER
    assert unit.desk.settings == SETTINGS
    assert calendars.terms(unit.desk)
    assert [action for _user, action, *_rest in log_of(unit.desk)] == [
        "new-unit",
        "edit-settings",
    ]  # these tests' units confirm their school year
    assert not units.is_training(unit.desk)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"la": "9"}, Refused),
        ({"name": ""}, Refused),
        ({"user": "  "}, WrongUse),
        ({"password": "short"}, WrongUse),
        ({"password": "Larkfield Centre"}, WrongUse),
    ],
)
def test_wrong_details_or_a_weak_password_make_no_file(tmp_path: Path, changed: dict[str, object], kind: type[Known]) -> None:
    with pytest.raises(kind):
        _make(tmp_path / "unit.pupildesk", **changed)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    _make(tmp_path / "unit.pupildesk")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(WrongUse):
        _make(tmp_path / "unit.pupildesk")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.acceptance(29)
def test_signing_in_notes_the_wrong_tries_before(tmp_path: Path) -> None:
    path = tmp_path / "unit.pupildesk"
    _make(path)
    for _try in range(2):
        with pytest.raises(WrongPassword):
            units.sign_in(path, name="Ann Officer", password="not the right one", clock=CLOCK)
    desk = units.sign_in(path, name="ann officer", password=PASSWORD, clock=CLOCK)
    assert log_of(desk)[-3:] == [
        ("", "sign-in-refused", "", "wrong password or code"),
        ("", "sign-in-refused", "", "wrong password or code"),
        (desk.user.id, "sign-in", desk.user.id, "2 wrong tries before"),
    ]
    units.sign_out(desk)
    again = units.sign_in(path, name="Ann Officer", password=PASSWORD, clock=CLOCK)
    assert [(action, reason) for _u, action, _o, reason in log_of(again)[-2:]] == [("sign-out", ""), ("sign-in", "")]
    units.sign_out(again, locked=True)


def test_locking_is_told_from_signing_out(unit: Unit) -> None:
    units.sign_out(unit.desk, locked=True)
    desk = units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=CLOCK)
    assert log_of(desk)[-2][1] == "lock"
    desk.vault.close()


def test_a_disabled_user_gets_in_no_more(unit: Unit) -> None:
    member = staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    staff.disable(unit.desk, member)
    unit.desk.vault.close()
    with pytest.raises(Known) as refused:
        units.sign_in(unit.file, name="Sam Whitlock", password=PASSWORD, clock=CLOCK)
    assert refused.value.status == 3


@pytest.mark.acceptance(25)
def test_the_recovery_code_sets_a_password_and_is_dead_then(tmp_path: Path) -> None:
    path = tmp_path / "unit.pupildesk"
    code = _make(path)
    recovered = units.open_with_recovery_code(path, code, CLOCK)
    (officer,) = recovered.users()
    with pytest.raises(WrongUse):
        recovered.new_password(officer, "short")
    made = recovered.new_password(officer, NEW)
    desk, fresh = made.put_in_force(), made.secret
    assert [row[1] for row in log_of(desk)[-3:]] == ["recovery-code-used", "new-key-due", "new-key"]
    assert (desk.vault.keys.epoch, data_key.state(desk).due) == (2, "")
    desk.vault.close()
    assert fresh != code
    with pytest.raises(WrongPassword):
        units.open_with_recovery_code(path, code, CLOCK)
    with pytest.raises(WrongPassword):
        units.sign_in(path, name="Ann Officer", password=PASSWORD, clock=CLOCK)
    units.sign_in(path, name="Ann Officer", password=NEW, clock=CLOCK).vault.close()
    units.open_with_recovery_code(path, fresh, CLOCK).close()


def test_the_wrong_recovery_code_that_starts_a_wait_says_until_when(tmp_path: Path) -> None:
    path = tmp_path / "unit.pupildesk"
    _make(path)
    for number in range(1, 6):
        with pytest.raises(WrongPassword, match=r"not the one of this file") as refused:
            units.open_with_recovery_code(path, passwords.new_code(), CLOCK)
        assert ("Try again at" in refused.value.message) == (number == 5)


def test_a_recovery_code_that_is_only_looked_at_stays_good(tmp_path: Path) -> None:
    path = tmp_path / "unit.pupildesk"
    code = _make(path)
    units.open_with_recovery_code(path, code, CLOCK).close()
    units.open_with_recovery_code(path, code, CLOCK).close()
