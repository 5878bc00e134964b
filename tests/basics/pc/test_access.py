"""Who can get at a folder: kept to the staff, and read back."""

import stat
import sys
from pathlib import Path

import pytest

from pupil_desk.basics.files import close_own_folder, make_folder
from pupil_desk.basics.pc import access
from pupil_desk.basics.pc.access import keep_to_staff, others_of_mode, others_with_access
from pupil_desk.basics.places import first_open, home_of_data

EVERYBODY = "everybody on this PC"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps lists, not modes")


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


@posix
def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert EVERYBODY in (others_with_access(tmp_path) or [])
    keep_to_staff(tmp_path)
    assert mode(tmp_path) == 0o700
    assert others_with_access(tmp_path) == []


@posix
@pytest.mark.parametrize(
    ("folder", "file", "only_list"), [(0o755, 0o600, True), (0o755, 0o644, False), (0o777, 0o600, False), (0o700, 0o600, True)]
)
def test_whether_others_can_only_list_the_folder(tmp_path: Path, folder: int, file: int, only_list: bool) -> None:
    (tmp_path / "unit").touch()
    (tmp_path / "unit").chmod(file)
    tmp_path.chmod(folder)
    assert access.others_only_list(tmp_path) is only_list
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("bits", "group", "expected"),
    [
        (0o700, "staff", []),
        (0o750, "staff", ["the group staff"]),
        (0o770, "ada", []),  # the group of her own that many systems give each user
        (0o705, "ada", [EVERYBODY]),
        (0o751, "staff", ["the group staff", EVERYBODY]),
    ],
)
def test_whom_the_bits_let_in(bits: int, group: str, expected: list[str]) -> None:
    assert others_of_mode(bits, group, "ada") == expected


def test_a_folder_that_is_not_there_is_not_known_and_its_name_not_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "Nobody Secret"
    assert others_with_access(folder) is None
    keep_to_staff(folder)
    assert "access list not set" in caplog.text
    assert "Secret" not in caplog.text


def test_a_system_that_refuses_is_logged_without_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Access is denied", str(folder))

    monkeypatch.setattr(access, "_keep", refuse)
    keep_to_staff(tmp_path / "Ada Penn")
    assert [record.getMessage() for record in caplog.records] == ["access list not set: PermissionError 13"]


@posix
def test_a_folder_that_we_make_is_closed_whatever_the_umask(tmp_path: Path) -> None:
    made = tmp_path / "new" / "unit"
    make_folder(made)
    assert mode(made) == 0o700


@posix
def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    desktop = tmp_path / "Desktop"
    desktop.mkdir()
    desktop.chmod(0o755)
    make_folder(desktop)
    assert mode(desktop) == 0o755


@posix
def test_the_programs_own_folder_is_closed_though_it_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    training = home_of_data() / "training"
    training.mkdir(parents=True)
    for folder in (home_of_data(), training):
        folder.chmod(0o755)
        make_folder(folder)
        assert mode(folder) == 0o700


@posix
@pytest.mark.parametrize(
    ("mode", "was_picked", "expected"),
    [
        (0o755, False, 0o700),
        (0o775, True, 0o770),
        (0o700, True, 0o700),
        (0o070, True, 0o770),
        (0o777, False, 0o700),
        (0o2777, True, 0o2770),
    ],
)
def test_of_a_mode_stays_the_owner_and_a_group_that_somebody_picked(mode: int, was_picked: bool, expected: int) -> None:
    assert access.without_many(mode, group_was_picked=was_picked) == expected


@posix
def test_the_programs_own_folder_is_closed_to_all_and_said_and_another_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    own, desktop = home_of_data(), tmp_path / "Desktop"
    for folder in (own, desktop):
        folder.mkdir(parents=True)
        folder.chmod(0o757)
    assert EVERYBODY in close_own_folder(own)
    assert close_own_folder(own) == close_own_folder(desktop) == ""
    assert (mode(own), mode(desktop)) == (0o700, 0o757)


@posix
def test_a_group_that_somebody_picked_stays_in_the_programs_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(access, "_first_group", lambda _user: -1)  # whatever the folder's group is, it is not the user's first
    folder = home_of_data()
    folder.mkdir(parents=True)
    folder.chmod(0o775)
    assert EVERYBODY in close_own_folder(folder)
    assert mode(folder) == 0o770
    folder.chmod(0o775)
    make_folder(folder)
    assert mode(folder) == 0o770


@posix
def test_a_folder_of_another_user_is_left_and_its_owner_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    assert access.other_owner(tmp_path) == ""
    assert access.other_owner(tmp_path / "gone") == ""
    monkeypatch.setattr("pupil_desk.basics.pc.access.os.geteuid", lambda: 54321)
    monkeypatch.setattr(access, "_user", lambda number: f"user {number}")
    owner = tmp_path.stat().st_uid
    assert access.other_owner(tmp_path) == (f"user {owner}" if owner else "")
    assert access.close_to_many(tmp_path) == []
    assert mode(tmp_path) == 0o755


def test_a_user_whom_the_pcs_folder_shuts_out_keeps_a_unit_in_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, own = tmp_path / "shared", tmp_path / "own"
    assert first_open(shared, own) == shared  # not there yet: the first unit of the PC
    shared.mkdir()
    assert first_open(shared, own) == shared

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Access is denied", str(folder))

    monkeypatch.setattr("pupil_desk.basics.places.os.scandir", refuse)
    assert first_open(shared, own) == own
