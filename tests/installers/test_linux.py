"""The archive for Linux, what its libraries ask for, and what is read from a trace."""

import os
import shutil
import sys
import tarfile
from pathlib import Path

import pytest

from installers import finishing
from installers.linux import archive, borrowed, linked, trial

_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="libraries of Linux")


def _folder(place: Path, *, late: bool) -> Path:
    """A tiny program; ``late``: made in another order, at another time, with other rights."""
    names = ["program", "_internal/a.so", "_internal/é.txt"]
    (place / "_internal").mkdir(parents=True)
    for name in reversed(names) if late else names:
        (place / name).write_bytes(name.encode())
        (place / name).chmod((0o700 if late else 0o755) if name == "program" else (0o600 if late else 0o644))
        os.utime(place / name, (5, 1_700_000_000 + late))
    return place


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    made = [
        archive.pack(_folder(tmp_path / name, late=late), "pupil-desk-1", tmp_path / f"{name}.tar.xz", 1_790_000_000)
        for name, late in (("first", False), ("second", True))
    ]
    assert made[0].read_bytes() == made[1].read_bytes()


def test_an_archive_holds_its_folder_in_order_and_nobody_s_name(tmp_path: Path) -> None:
    made = archive.pack(_folder(tmp_path / "it", late=True), "pupil-desk-1", tmp_path / "it.tar.xz", 1_790_000_000)
    with tarfile.open(made) as packed:
        entries = packed.getmembers()
    assert [entry.name for entry in entries] == [
        "pupil-desk-1",
        "pupil-desk-1/_internal",
        "pupil-desk-1/_internal/a.so",
        "pupil-desk-1/_internal/é.txt",
        "pupil-desk-1/program",
    ]
    assert {(entry.uid, entry.gid, entry.uname, entry.mtime) for entry in entries} == {(0, 0, "", 1_790_000_000)}
    assert [entry.mode for entry in entries] == [0o755, 0o755, 0o644, 0o644, 0o755]
    unpacked = archive.unpack(made, tmp_path / "a new place")
    assert (unpacked / "_internal" / "é.txt").read_text(encoding="utf-8") == "_internal/é.txt"


@_LINUX
@pytest.mark.needs("objdump")
def test_what_is_linked_to_is_in_the_program_or_the_desktop_s_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(sys.executable, tmp_path / "program")
    asked = linked.asked_for(tmp_path)
    assert asked["libc.so.6"] == ["program"]
    assert linked.missing(tmp_path).keys() <= asked.keys() - linked.OF_THE_DESKTOP
    monkeypatch.setattr(linked, "OF_THE_DESKTOP", frozenset())
    assert linked.missing(tmp_path)["libc.so.6"] == ["program"]
    (tmp_path / "libc.so.6").touch()
    assert "libc.so.6" not in linked.missing(tmp_path)


def test_a_library_that_came_or_went_is_named(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    for name in ("libnew.so.1", "libold.so.2"):
        (tmp_path / "program" / name).touch()
    known = tmp_path / "libraries.txt"
    known.write_text("libgone.so\nlibold.so\n", encoding="utf-8")
    assert finishing.differences(tmp_path / "program", known) == ["+libnew.so", "-libgone.so"]
    finishing.keep_libraries(tmp_path / "program", known)
    assert finishing.differences(tmp_path / "program", known) == []


def test_the_system_s_libraries_are_told_from_python_s_and_from_packages() -> None:
    sources = [
        "/usr/lib/x86_64-linux-gnu/libffi.so.8",
        "/usr/lib/python3.13/lib-dynload/_bz2.so",
        "/usr/lib/python3.13/os.py",
        "/usr/lib/python3/dist-packages/x.so",
        "/homes/me/packages/PySide6/libQt6Core.so.6",
    ]
    assert borrowed.system_libraries(sources) == [Path("/usr/lib/x86_64-linux-gnu/libffi.so.8")]


def test_a_licence_is_named_only_where_there_is_but_one() -> None:
    assert borrowed.licence_in("Files: *\nLicense: Expat\n\nLicense: Expat\n words\n") == "Expat"
    assert borrowed.licence_in("Files: *\nLicense: GPL-2+\n\nFiles: libuuid/*\nLicense: BSD-3-clause\n") == "see its licence file"
    assert borrowed.licence_in("") == "see its licence file"


_OWN = '12 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n12 connect(3, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X9"}, 20) = 0\n'


def test_a_trace_with_the_display_s_socket_alone_is_well() -> None:
    assert trial.not_the_displays(_OWN) == []


@pytest.mark.parametrize(
    "call",
    [
        "socket(AF_INET, SOCK_DGRAM, 0) = 4",
        "socket(AF_NETLINK, SOCK_RAW, 0) = 4",
        'connect(4, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 20) = 0',
        "listen(4, 5) = 0",
    ],
)
def test_any_other_socket_in_a_trace_is_told(call: str) -> None:
    assert trial.not_the_displays(f"{_OWN}12 {call}\n") == [call]


def test_a_trace_that_saw_nothing_proves_nothing() -> None:
    assert trial.not_the_displays("") != []
