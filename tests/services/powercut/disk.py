"""A disk that notes what is done to it, and what is left of it when the power goes: any part of what was not yet flushed.

A piece of a write (512 bytes) that was not flushed is there or not, whatever became of the others, so that writes are torn and come in any order. A name
that was made, changed or taken away is so for certain once its folder was flushed; of the changes before that, some first ones are.
A disk that says it has flushed what it has not is beyond this, and beyond any program.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SOURCE = Path(__file__).with_name("disk.c")
_PIECE = 512  # bytes that a disk writes whole
_HEAD = struct.Struct("<cIIQ")


def built(folder: Path) -> Path:
    """The library that stands between a program and its disk, made by this machine's compiler."""
    library = folder / "disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def run_on(library: Path, folder: Path, script: str, *arguments: str, notes: Path | None = None) -> str:
    """What a Python program prints whose changes of a folder are noted, or may fail."""
    env = {**os.environ, "LD_PRELOAD": str(library), "DISK_FOLDER": str(folder), **({"DISK_NOTES": str(notes)} if notes else {})}
    done = subprocess.run([sys.executable, "-m", script, *arguments], env=env, capture_output=True, text=True, cwd=SOURCE.parents[3])
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Note:
    """A change: ``what`` as ``disk.c`` says it."""

    what: str
    name: str
    at: int
    data: bytes


def read_notes(file: Path, folder: Path) -> Iterator[Note]:
    """The changes in their order; a file by its name, the folder by the empty one."""
    told, place = file.read_bytes(), 0
    while place < len(told):
        what, path, data, at = _HEAD.unpack_from(told, place)
        place += _HEAD.size
        name = told[place : place + path].decode().removeprefix(str(folder)).lstrip("/")
        yield Note(what.decode(), name, at, told[place + path : place + path + data])
        place += path + data


@dataclass
class _Content:
    flushed: bytearray
    since: list[Note] = field(default_factory=list)


class Disk:
    """A folder's files, as a program sees them and as they are for certain."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._certain = {name: _Content(bytearray(data)) for name, data in files.items()}
        self._names = dict(self._certain)
        self._changes: list[tuple[Note, _Content]] = []

    def do(self, note: Note) -> None:
        """One change more."""
        if note.what == "S" and not note.name:
            self._certain, self._changes = dict(self._names), []
            return
        content = self._names.setdefault(note.name, _Content(bytearray()))
        if note.what in "WT":
            content.since.append(note)
        elif note.what == "S":
            for one in content.since:
                _apply(content.flushed, one)
            content.since.clear()
        else:
            self._changes.append((note, content))
            _rename(self._names, note, content)

    def without_power(self, chance: Random) -> dict[str, bytes]:
        """The files as they may be found when the power is back."""
        names = dict(self._certain)
        for note, content in self._changes[: chance.randint(0, len(self._changes))]:
            _rename(names, note, content)
        return {name: _torn(content, chance) for name, content in names.items()}

    def as_seen(self) -> dict[str, bytes]:
        """The files as the program sees them."""
        return {name: _whole(content) for name, content in self._names.items()}


def _rename(names: dict[str, _Content], note: Note, content: _Content) -> None:
    if note.what == "C":
        names[note.name] = content
    else:
        names.pop(note.name, None)
        if note.what == "R":
            names[Path(note.data.decode()).name] = content


def _apply(data: bytearray, note: Note) -> None:
    if note.what == "T":
        del data[note.at :]
        data.extend(bytes(note.at - len(data)))
        return
    data.extend(bytes(max(0, note.at - len(data))))
    data[note.at : note.at + len(note.data)] = note.data


def _torn(content: _Content, chance: Random) -> bytes:
    data = bytearray(content.flushed)
    for note in content.since:
        for piece in [note] if note.what == "T" else _pieces(note):
            if chance.random() < 0.5:
                _apply(data, piece)
    return bytes(data)


def _whole(content: _Content) -> bytes:
    data = bytearray(content.flushed)
    for note in content.since:
        _apply(data, note)
    return bytes(data)


def _pieces(note: Note) -> Iterator[Note]:
    at = 0
    while at < len(note.data):
        size = _PIECE - (note.at + at) % _PIECE
        yield Note("W", note.name, note.at + at, note.data[at : at + size])
        at += size
