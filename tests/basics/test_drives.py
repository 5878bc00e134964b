"""Which drives are sticks, by what the three systems say of them."""

from pathlib import Path

import pytest

from pupil_desk.basics import drives
from pupil_desk.basics.drives import (
    Drive,
    Mount,
    drive_holding,
    label_of,
    letters_of,
    mounts_of,
    sticks_of,
    windows_label,
)

MOUNTS = r"""
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
proc /proc proc rw,nosuid 0 0
tmpfs /run/media tmpfs rw 0 0
/dev/sdb1 /run/media/ann/SCHOOL\040STICK vfat rw,nosuid,nodev 0 0
/dev/sdb1 /var/lib/bound/stick vfat rw 0 0
/dev/sdc1 /mnt/card exfat rw 0 0
/dev/sdd1 /mnt/inside ext4 rw 0 0
/dev/sr0 /media/cdrom iso9660 ro 0 0
/dev/loop3 /media/image squashfs ro 0 0
//server/share /media/share cifs rw 0 0
/dev/sde1 /media/ann/caf\303\251 ntfs3 rw 0 0
short line
"""


def test_a_line_of_proc_mounts_is_read_with_its_blanks() -> None:
    mounts = mounts_of(MOUNTS)
    assert Mount("/dev/sdb1", "/run/media/ann/SCHOOL STICK", "vfat") in mounts
    assert Mount("/dev/sde1", "/media/ann/café", "ntfs3") in mounts
    assert len(mounts) == 11


def test_sticks_are_told_from_what_stays() -> None:
    sticks = sticks_of(mounts_of(MOUNTS), lambda device: device == "sdc1")
    assert [mount.folder for mount in sticks] == ["/run/media/ann/SCHOOL STICK", "/mnt/card", "/media/ann/café"]


def test_a_label_is_the_drives_own_else_its_folders() -> None:
    mount = Mount("/dev/sdc1", "/mnt/card", "exfat")
    assert label_of(mount, [("OTHER", "/dev/sdb1"), (r"REGISTER\x20A", "/dev/sdc1")]) == "REGISTER A"
    assert label_of(mount, []) == "card"


def test_drive_letters() -> None:
    assert letters_of(0b10100) == ["C:\\", "E:\\"]
    assert letters_of(0) == []
    assert letters_of(1 << 25) == ["Z:\\"]


def test_a_windows_label_is_that_of_its_file_window() -> None:
    assert windows_label("E:\\", "REGISTER") == "REGISTER (E:)"
    assert windows_label("F:\\", "") == "Removable drive (F:)"


def test_drives_come_by_label_with_their_room_and_without_one_that_was_pulled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    found = [(tmp_path / "b", "Beta"), (tmp_path / "pulled", "Alpha"), (tmp_path / "a", "")]
    monkeypatch.setattr(drives.sys, "platform", "linux")
    monkeypatch.setattr(drives, "_linux", lambda: found)
    listed = drives.removable_drives()
    assert [(drive.path.name, drive.label) for drive in listed] == [("b", "Beta"), ("a", "Removable drive")]
    assert all(0 < drive.free <= drive.total for drive in listed)


def test_this_machine_can_be_asked() -> None:
    assert all(drive.path.is_dir() for drive in drives.removable_drives())


def test_the_drive_that_holds_a_folder(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "exports").mkdir(parents=True)
    (tmp_path / "stickier").mkdir()
    known = [Drive(stick, "STICK", 1, 2)]
    assert drive_holding(stick / "exports", known) == known[0]
    assert drive_holding(stick, known) == known[0]
    assert drive_holding(tmp_path / "stickier", known) is None
