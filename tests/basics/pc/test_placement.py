"""Where a live file may lie: decided over facts of both systems, and asked of this one."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.pc import placement_check
from pupil_desk.basics.pc.drives import mounts_of
from pupil_desk.basics.pc.placement import Objection, PathFacts, objection_of, plain
from pupil_desk.basics.pc.placement_check import objection_to, objection_to_mount, require_good, sentence

MOUNTS = mounts_of(r"""
/dev/sda2 / ext4 rw 0 0
/dev/sda3 /homes ext4 rw 0 0
overlay /containers/one overlay rw 0 0
tmpfs /tmp tmpfs rw 0 0
shared /host 9p rw 0 0
folders /folders virtiofs rw 0 0
//server/share /mnt/office\040files cifs rw 0 0
server:/homes /net/homes nfs4 rw 0 0
ann@server: /homes/ann/far fuse.sshfs rw 0 0
drive: /homes/ann/cloud fuse.rclone rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdb1 /media/ann/STICK vfat rw 0 0
/dev/sdc1 /srv/card exfat rw 0 0
/dev/sr0 /media/disc iso9660 ro 0 0
/dev/sda4 /mnt/covered ext4 rw 0 0
//server/other /mnt/covered cifs rw 0 0
""")


def windows(asked: str, real: str | None = None, **facts: object) -> PathFacts:
    there = None if real == "nowhere" else PureWindowsPath(real or asked)
    return PathFacts(PureWindowsPath(asked), there, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/homes/ann/.local/share/pupil-desk", None),
        ("/tmp/tests", None),
        ("/containers/one/data", None),
        ("/host/data", None),
        ("/folders/data", None),
        ("/mnt/office files/data", Objection.REMOTE),
        ("/mnt/office", None),
        ("/net/homes/ann", Objection.REMOTE),
        ("/homes/ann/far/data", Objection.REMOTE),
        ("/homes/ann/cloud", Objection.REMOTE),
        ("/run/user/1000/gvfs/smb-share:server=s,share=a", Objection.REMOTE),
        ("/media/ann/STICK", Objection.REMOVABLE),
        ("/media/ann", None),
        ("/srv/card/deep/down", Objection.REMOVABLE),
        ("/media/disc", Objection.DISC),
        ("/mnt/covered", Objection.REMOTE),
    ],
)
def test_a_mount_on_linux(folder: str, expected: Objection | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement_check, "calls_itself_removable", lambda device: device == "sdc1")
    assert objection_to_mount(PurePosixPath(folder) / "unit.pupildesk", MOUNTS) is expected


def test_the_disk_that_the_system_runs_from_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement_check, "calls_itself_removable", lambda _device: True)
    assert objection_to_mount(PurePosixPath("/srv/unit.pupildesk"), MOUNTS) is None
    assert objection_to_mount(PurePosixPath("/homes/ann/unit.pupildesk"), MOUNTS) is Objection.REMOVABLE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (windows(r"C:\ProgramData\Pupil Desk\data\unit.pupildesk"), None),
        (windows(r"\\server\share\unit.pupildesk"), Objection.REMOTE),
        (windows(r"\\?\UNC\server\share\unit.pupildesk"), Objection.REMOTE),
        (windows(r"\\?\C:\data\unit.pupildesk"), None),
        (windows(r"P:\unit.pupildesk", r"\\server\pupils\unit.pupildesk"), Objection.REMOTE),
        (windows(r"P:\unit.pupildesk", volume=Objection.REMOTE), Objection.REMOTE),
        (windows(r"E:\unit.pupildesk", volume=Objection.REMOVABLE), Objection.REMOVABLE),
        (windows(r"D:\unit.pupildesk", volume=Objection.DISC), Objection.DISC),
        (windows(r"S:\unit.pupildesk", r"C:\data\unit.pupildesk", substituted=True), Objection.SUBSTITUTED),
        (windows(r"C:\loop\unit.pupildesk", "nowhere"), Objection.LINK),
        (windows(r"C:\link\unit.pupildesk", r"D:\data\unit.pupildesk"), None),
        (windows(r"C:\link\unit.pupildesk", r"C:\People\a\Dropbox\unit.pupildesk"), Objection.SYNCHRONISED),
        (windows(r"C:\People\a\Dropbox\unit.pupildesk", r"D:\data\unit.pupildesk"), Objection.SYNCHRONISED),
        (windows(r"C:\data\unit.pupildesk", cloud_only=True), Objection.CLOUD_ONLY),
    ],
)
def test_a_place_on_windows(facts: PathFacts, expected: Objection | None) -> None:
    assert objection_of(facts) is expected


def test_a_folder_that_a_synchroniser_named_with_all_below_it() -> None:
    known = (PureWindowsPath(r"D:\Work"), PureWindowsPath("C:\\"))  # a whole drive would be nonsense
    assert objection_of(windows(r"d:\WORK\a\b\unit.pupildesk", synchronised=known)) is Objection.SYNCHRONISED
    assert objection_of(windows(r"D:\Workshop\unit.pupildesk", synchronised=known)) is None
    assert objection_of(windows(r"C:\data\unit.pupildesk", synchronised=known)) is None


@pytest.mark.parametrize(
    ("folder", "named"),
    [
        ("OneDrive", True),
        ("OneDrive - Larkshire County Council", True),
        ("onedrive", True),
        ("Dropbox", True),
        ("Dropbox (Larkshire)", True),
        ("Larkshire Dropbox", True),
        ("Google Drive", True),
        ("My Drive", True),
        ("iCloudDrive", True),
        ("Box", True),
        ("Nextcloud", True),
        ("Boxes", False),
        ("OneDrivers", False),
        ("Pupils", False),
    ],
)
@pytest.mark.parametrize("above", [PureWindowsPath("C:/Users/ann"), PurePosixPath("/homes/ann")])
def test_the_folders_of_synchronisers_by_name(above: PurePath, folder: str, named: bool) -> None:
    place = above / folder / "Pupil Desk" / "unit.pupildesk"
    assert objection_of(PathFacts(place, place)) is (Objection.SYNCHRONISED if named else None)
    only_the_file = above / folder
    assert objection_of(PathFacts(only_the_file, only_the_file)) is None


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "con.pupildesk",
        "Prn.x",
        "AUX",
        "nul.pupildesk",
        "COM1.pupildesk",
        "LPT9",
        "COM¹.x",
        "unit.pupildesk.",
        "unit.pupildesk ",
        "con .pupildesk",
        "u" * 111 + ".pupildesk",
    ],
)
@pytest.mark.parametrize("folder", [PureWindowsPath(r"C:\data"), PurePosixPath("/data")])
def test_names_that_are_none(folder: PurePath, name: str) -> None:
    assert objection_of(PathFacts(folder / name, folder / name)) is Objection.BAD_NAME


@pytest.mark.parametrize(
    "name",
    [
        "unit.pupildesk",
        "Ünit 2 (new).pupildesk",
        "com.pupildesk",
        "COM10.pupildesk",
        "console.pupildesk",
        ".unit.pupildesk",
        "u" * 110 + ".pupildesk",
    ],
)
@pytest.mark.parametrize("folder", [PureWindowsPath(r"C:\data"), PurePosixPath("/data")])
def test_names_that_are_good(folder: PurePath, name: str) -> None:
    assert objection_of(PathFacts(folder / name, folder / name)) is None


@pytest.mark.parametrize(
    "path",
    [r"C:\aux\unit.pupildesk", r"C:\data.\unit.pupildesk", r"C:\data\unit.pupildesk:x", r"C:\data\what?.pupildesk", r"\\.\PhysicalDrive0"],
)
def test_what_only_windows_misreads(path: str) -> None:
    assert objection_of(windows(path)) is Objection.BAD_NAME
    on_linux = PurePosixPath("/" + path.replace("\\", "/"))
    assert objection_of(PathFacts(on_linux, on_linux)) is None


def test_the_long_form_of_a_path_is_the_same_place() -> None:
    assert plain(r"\\?\C:\data\u") == PureWindowsPath(r"c:\data\u")
    assert plain(r"\\?\UNC\server\share\u") == PureWindowsPath(r"\\server\share\u")
    assert plain(r"C:\data\u") == PureWindowsPath(r"C:\data\u")


def test_this_machines_own_folders_may_be_used(tmp_path: Path) -> None:
    assert objection_to(tmp_path / "unit.pupildesk") is None
    assert objection_to(tmp_path / "not" / "there" / "unit.pupildesk") is None
    assert objection_to(Path("unit.pupildesk")) is None
    require_good(tmp_path / "unit.pupildesk")


def test_links_are_followed_before_a_place_is_judged(tmp_path: Path) -> None:
    for folder in ("Dropbox", "data"):
        (tmp_path / folder).mkdir()
        (tmp_path / f"to-{folder}").symlink_to(tmp_path / folder)
    (tmp_path / "circle").symlink_to("circle")
    assert objection_to(tmp_path / "to-data" / "unit.pupildesk") is None
    assert objection_to(tmp_path / "to-Dropbox" / "unit.pupildesk") is Objection.SYNCHRONISED
    assert objection_to(tmp_path / "circle" / "unit.pupildesk") is Objection.LINK
    assert objection_to(tmp_path / "Dropbox" / ".." / "data" / "unit.pupildesk") is None
    (tmp_path / "data" / "unit.pupildesk").symlink_to(tmp_path / "Dropbox" / "unit.pupildesk")
    assert objection_to(tmp_path / "data" / "unit.pupildesk") is Objection.SYNCHRONISED


@pytest.mark.parametrize("objection", list(Objection))
def test_each_sentence_says_what_is_wrong_and_what_to_do(objection: Objection, tmp_path: Path) -> None:
    path = tmp_path / "unit.pupildesk"
    said = sentence(objection, path)
    assert (path.name if objection is Objection.BAD_NAME else str(tmp_path)) in said
    assert "{" not in said
    assert "Choose" in said
    path.touch()
    assert "move it" in sentence(objection, path)
    assert sentence(objection, path, new=True) == said


def test_a_place_that_is_refused_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement_check, "objection_to", lambda _path: Objection.REMOTE)
    with pytest.raises(WrongUse, match="network") as refused:
        require_good(tmp_path / "unit.pupildesk")
    assert refused.value.status == 2
