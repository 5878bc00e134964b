"""Files that are not what their name says, and archives that lead elsewhere: at whichever door they come in, they are refused in a sentence.

Nothing is ever unpacked by a name that stands in a file, so none can be written anywhere; it is refused all the same.
"""

import io
import os
import stat
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from installers.pace import slowness
from pupil_desk.basics.errors import Known
from pupil_desk.documents.files.calendar_file import calendar_events
from pupil_desk.documents.reading.table_file import bytes_of
from pupil_desk.documents.scans.scan_files import open_scan
from pupil_desk.services.attachments.attachments import look_at
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.run import propose
from tests.services.exports.made import Unit
from tests.services.imports.ctf_made import NAME
from tests.services.imports.made import workbook

_M = 1024 * 1024
_PLAIN = workbook(("surname", "forename", "dob"), ("Hall", "Ann", "4/3/2012"))


def _program(machine: int) -> bytes:
    """A Windows program as far as anybody looks: its old head, then the new one."""
    old = b"MZ\x90\0" + bytes(56) + (64).to_bytes(4, "little")
    return old + b"PE\0\0" + machine.to_bytes(2, "little") + bytes(240) + b"surname,forename,dob\nHall,Ann,4/3/2012\n" * 50


PROGRAMS = {
    "a program for Windows": _program(0x8664),
    "an older one": _program(0x14C),
    "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(200),
    "an installer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


def _with(name: str, data: bytes = b"x", mode: int = 0, members: int = 1) -> bytes:
    """A good workbook with members beside what belongs in it."""
    made = io.BytesIO(_PLAIN)
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(members):
            info = zipfile.ZipInfo(name if members == 1 else f"{number}/{name}")
            info.external_attr = mode << 16
            archive.writestr(info, data)
    return made.getvalue()


def _encrypted() -> bytes:
    """The flag that says so, in both places where it stands."""
    made = bytearray(_with("secret"))
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.rindex(head) + place] |= 1
    return bytes(made)


def _bomb(says: int) -> bytes:
    """A part that unfolds to a gigabyte, a thousand times what it takes; what it ``says`` of its length may be untrue."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(_M)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first * 1024 + packer.flush()
    made = _with("xl/more.xml", b"")
    at = made.rindex(b"PK\x03\x04")  # the empty part is the last of them: its head, its bytes, then the table
    table = made.index(b"PK\x01\x02")
    sizes = struct.pack("<H", 8), struct.pack("<II", len(packed), says)
    head = made[at : at + 8] + sizes[0] + made[at + 10 : at + 18] + sizes[1] + made[at + 26 : table]
    last = made.rindex(b"PK\x01\x02")
    entry = made[last : last + 10] + sizes[0] + made[last + 12 : last + 20] + sizes[1] + made[last + 28 :]
    end = entry.rindex(b"PK\x05\x06")
    start = at + len(head) + len(packed)
    return made[:at] + head + packed + made[table:last] + entry[: end + 16] + struct.pack("<I", start) + entry[end + 20 :]


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a name that leads up": lambda: _with("../../x"),
    "a name that leads up, in Windows' way": lambda: _with("..\\..\\x"),
    "a name from the root": lambda: _with("/etc/x"),
    "a name of a drive": lambda: _with("C:/x"),
    "a link": lambda: _with("xl/link", b"/etc/passwd", stat.S_IFLNK | 0o777),
    "a gigabyte": lambda: _bomb(1024 * _M),
    "a gigabyte that says it is little": lambda: _bomb(100),
    "10,000 members": lambda: _with("x", members=10_000),
    "a member under a password": _encrypted,
}


def _import(name: str) -> Callable[[Desk, Path], None]:
    def read(desk: Desk, path: Path) -> None:
        outcome = outcome_of(propose(desk, "auto", bytes_of(path), name))
        if outcome.status:
            raise Known(" ".join(problem.message for problem in outcome.problems))

    return read


DOORS: dict[str, Callable[[Desk, Path], object]] = {
    "list.csv": _import("list.csv"),
    "list.xlsx": _import("list.xlsx"),
    NAME: _import(NAME),
    "plan.pdf": lambda _desk, path: look_at(path),
    "photo.jpg": lambda _desk, path: look_at(path),
    "scan.tif": lambda _desk, path: open_scan(path.read_bytes()),
    "terms.ics": lambda _desk, path: calendar_events(path.read_bytes()),
    "unit.pupilbackup": lambda _desk, path: backups.verify(path, name="Ann", password="x"),
}


_SAY_WHAT_IT_IS = [*DOORS][:6]


def refused_at_each_door(unit: Unit, folder: Path, data: bytes) -> dict[str, str]:
    """What is said at each."""
    said = {}
    for door, read in DOORS.items():
        (path := folder / door).write_bytes(data)
        with pytest.raises(Known) as refused:
            read(unit.desk, path)
        assert refused.value.message.endswith((".", "?"))
        said[door] = refused.value.message
        path.unlink()
    assert unit.count("pupil") == unit.count("attachment") == 0
    return said


@pytest.mark.acceptance(56)
@pytest.mark.parametrize("what", PROGRAMS)
def test_a_program_by_another_name_is_refused(unit: Unit, tmp_path: Path, what: str) -> None:
    said = refused_at_each_door(unit, tmp_path, PROGRAMS[what])
    words = "Excel" if what == "an installer" else "a program"  # which has the outer form of an old office file
    assert [door for door in _SAY_WHAT_IT_IS if words not in said[door]] == []


@pytest.mark.acceptance(55)
@pytest.mark.parametrize("what", ARCHIVES)
def test_an_archive_that_leads_elsewhere_or_unfolds_is_refused(
    unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    (folder := tmp_path / "a" / "b" / "c").mkdir(parents=True)
    monkeypatch.chdir(folder)
    refused_at_each_door(unit, folder, ARCHIVES[what]())
    assert [file for file in (tmp_path / "a").rglob("*") if file.is_file()] == []


@pytest.mark.acceptance(53)
def test_500_megabytes_are_refused_in_little_room(unit: Unit, tmp_path: Path) -> None:
    """No more of it is read than is needed to say so."""
    path = tmp_path / NAME
    path.write_bytes(b"<?xml version='1.0'?><CTfile>")
    os.truncate(path, 500 * _M)
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Known, match="20 MB"):
            DOORS[NAME](unit.desk, path)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 2 * max(1, slowness())
    assert taken < 200 * _M
