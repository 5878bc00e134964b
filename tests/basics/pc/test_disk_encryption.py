"""Whether a disk is encrypted: Windows' number, and a tree of /sys as Linux lays it out."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pupil_desk.basics.pc.disk_encryption import DiskEncryption, of_bitlocker, of_block_device, source_of, state_of

ON, OFF, UNDER_WAY, NOT_KNOWN = (DiskEncryption.ON, DiskEncryption.OFF, DiskEncryption.UNDER_WAY, DiskEncryption.NOT_KNOWN)


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (1, ON),
        (2, OFF),
        (3, UNDER_WAY),
        (4, OFF),
        (5, OFF),
        (6, ON),
        (7, OFF),
        (8, OFF),
        (0, NOT_KNOWN),
        (99, NOT_KNOWN),
        (None, NOT_KNOWN),
    ],
)
def test_what_windows_says(number: int | None, state: DiskEncryption) -> None:
    assert of_bitlocker(number) == state


class Tree:
    """A /sys of one's own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "dev" / "block").mkdir(parents=True)

    def disk(self, name: str, number: str, *, real: bool = True) -> Path:
        place = self._add(self.root / "devices" / name, number)
        if real:
            (place / "device").mkdir()
        return place

    def part(self, disk: Path, name: str, number: str) -> Path:
        place = self._add(disk / name, number)
        (place / "partition").write_text("1\n")
        return place

    def mapped(self, name: str, number: str, uuid: str, beneath: Sequence[Path]) -> Path:
        place = self._add(self.root / "devices" / "virtual" / name, number)
        (place / "dm").mkdir()
        (place / "dm" / "uuid").write_text(uuid + "\n")
        for each in beneath:
            (place / "slaves" / each.name).symlink_to(each)
        return place

    def _add(self, place: Path, number: str) -> Path:
        (place / "slaves").mkdir(parents=True)
        (self.root / "dev" / "block" / number).symlink_to(place)
        return place


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "sys")


def test_a_bare_partition_is_not_encrypted(tree: Tree) -> None:
    tree.part(tree.disk("sda", "8:0"), "sda1", "8:1")
    assert of_block_device(tree.root, "8:1") == OFF


def test_luks_on_a_partition_is(tree: Tree) -> None:
    part = tree.part(tree.disk("nvme0n1", "259:0"), "nvme0n1p3", "259:3")
    tree.mapped("dm-0", "253:0", "CRYPT-LUKS2-0123-home", [part])
    assert of_block_device(tree.root, "253:0") == ON
    assert of_block_device(tree.root, "259:3") == OFF


def test_a_volume_in_luks_is_and_one_without_is_not(tree: Tree) -> None:
    part = tree.part(tree.disk("sda", "8:0"), "sda2", "8:2")
    crypt = tree.mapped("dm-0", "253:0", "CRYPT-LUKS1-0123-pv", [part])
    tree.mapped("dm-1", "253:1", "LVM-abc", [crypt])
    tree.mapped("dm-2", "253:2", "LVM-def", [part])
    tree.mapped("dm-3", "253:3", "LVM-ghi", [crypt, part])  # lies on both
    assert of_block_device(tree.root, "253:1") == ON
    assert of_block_device(tree.root, "253:2") == OFF
    assert of_block_device(tree.root, "253:3") == OFF


def test_what_lies_behind_a_loop_is_not_known(tree: Tree) -> None:
    loop = tree.disk("loop0", "7:0", real=False)
    crypt = tree.mapped("dm-0", "253:0", "CRYPT-LUKS2-0123-x", [tree.disk("sda", "8:0")])
    tree.mapped("dm-1", "253:1", "LVM-abc", [loop, crypt])
    assert of_block_device(tree.root, "7:0") == NOT_KNOWN
    assert of_block_device(tree.root, "253:1") == NOT_KNOWN


def test_a_device_that_is_not_there_or_no_disk_is_not_known(tree: Tree) -> None:
    tree.disk("strange", "240:0", real=False)
    assert of_block_device(tree.root, "240:0") == NOT_KNOWN
    assert of_block_device(tree.root, "8:77") == NOT_KNOWN


def test_links_in_a_ring_are_not_known(tree: Tree) -> None:
    first = tree.mapped("dm-0", "253:0", "LVM-abc", [])
    second = tree.mapped("dm-1", "253:1", "LVM-def", [first])
    (first / "slaves" / "dm-1").symlink_to(second)
    assert of_block_device(tree.root, "253:0") == NOT_KNOWN


def test_the_mount_that_lies_deepest_and_came_last_holds_the_path() -> None:
    mounts = [("/", "overlay"), ("/data", "/dev/sda1"), ("/data", "/dev/mapper/home"), ("/data/ada/net", "server:/x")]
    assert source_of(mounts, Path("/data/ada/unit")) == "/dev/mapper/home"
    assert source_of(mounts, Path("/data/ada/net/unit")) is None
    assert source_of(mounts, Path("/database")) is None
    assert source_of([], Path("/data")) is None


def test_a_path_that_is_not_there_yet_is_judged_by_the_folder_above(tmp_path: Path) -> None:
    assert state_of(tmp_path / "not" / "yet" / "unit.pupildesk") == state_of(tmp_path)
