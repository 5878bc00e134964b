"""Which drives are sticks, by what the three systems say of them."""

from pathlib import Path

import pytest

from pupil_desk.basics.pc import drives
from pupil_desk.basics.pc.drives import Drive, Mount, drive_holding, label_of, letters_of, mounts_of, sticks_of, windows_label

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


def test_a_write_protected_mount_is_known() -> None:
    protected = {mount.folder for mount in mounts_of(MOUNTS + "/dev/sdf1 /media/ann/locked exfat nosuid,ro 0 0\n") if mount.read_only}
    assert protected == {"/media/cdrom", "/media/image", "/media/ann/locked"}


@pytest.mark.parametrize(
    ("read_only", "kind", "size", "why"),
    [
        (False, "vfat", 4 * 1024**3 - 1, None),
        (False, "vfat", 4 * 1024**3, "4 GB or more"),
        (False, "FAT32", 5 * 1024**3, "4 GB or more"),
        (False, "exfat", 5 * 1024**3, None),
        (False, "NTFS", 9 * 1024**3, "not enough room"),
        (True, "exfat", 1, "write-protected"),
    ],
)
def test_why_a_file_does_not_fit(read_only: bool, kind: str, size: int, why: str | None) -> None:
    told = drives.unfit(Drive(Path("/stick"), "STICK", 8 * 1024**3, 16 * 1024**3, read_only, kind), size)
    assert (told is None) if why is None else (why in str(told))


def test_what_of_ours_lies_there(tmp_path: Path) -> None:
    names = ["a-1-receipt.txt", "a-1.zip", "a-1-marks.csv", "holiday.jpg", "x.pupilbackup", "a-1.zip.part", "b.zip", "-other-receipt.doc"]
    for name in names:
        (tmp_path / name).touch()
    found = drives.ours_in(tmp_path)
    assert (found.receipts, found.exports) == (("a-1-receipt.txt",), ("a-1-marks.csv", "a-1.zip"))
    assert (found.backups, found.parts) == (("x.pupilbackup",), ("a-1.zip.part",))
    assert drives.ours_in(tmp_path / "pulled") == drives.ours_of(["holiday.jpg"]) == drives.Ours()


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


def test_drives_come_by_label_with_their_room_and_without_one_that_was_pulled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    found = [(tmp_path / name, label, "vfat", name == "a") for name, label in (("b", "Beta"), ("pulled", "Alpha"), ("a", ""))]
    monkeypatch.setattr(drives.sys, "platform", "linux")
    monkeypatch.setattr(drives, "_linux", lambda: found)
    listed = drives.removable_drives()
    assert [(drive.path.name, drive.label, drive.kind, drive.read_only) for drive in listed] == [
        ("b", "Beta", "vfat", False),
        ("a", "Removable drive", "vfat", True),
    ]
    assert drives.plugged_in() == tuple(found)
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
