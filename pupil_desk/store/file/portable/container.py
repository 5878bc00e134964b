"""The outer form of a ``.pupilbackup``: a ZIP of stored members, whose every byte is determined by its members.

Any unpacking program reads it. We read it ourselves, strictly: nothing is unpacked by a name that stands in the
file, no size is believed before it is compared with the file's own, and since we know what each byte of the wrapping
must be, a flipped one is seen there too. Times are not kept in it; they are in the manifest.
"""

import hashlib
import struct
import zlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pupil_desk.basics.files import pieces_of

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NEEDS, _DAY = 20, 0x21  # version 2.0 of the format; 1 January 1980
_LARGEST = 0xFFFF_FFFF - 0x10_0000  # bytes in all; beyond it the plain form of a ZIP ends
_STEP = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """One member: where its bytes begin in the file, how many, and the CRC-32 that the wrapping gives."""

    name: str
    size: int
    crc: int
    start: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found: the members (none if the wrapping is beyond reading) and the parts of it that are hurt."""

    members: tuple[Member, ...]
    hurt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be a member: its bytes, or the file that holds them, looked through once so that its head can stand before it."""

    name: str
    content: bytes | Path
    size: int
    crc: int
    sha256: str

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a piece at a time. Raises OSError."""
        if isinstance(self.content, bytes):
            yield self.content
        else:
            yield from pieces_of(self.content)


def part_of(name: str, content: bytes | Path) -> Part:
    """A part, its size and its digests taken from all of its bytes. Raises OSError."""
    part = Part(name, content, 0, 0, "")
    size = crc = 0
    digest = hashlib.sha256()
    for piece in part.pieces():
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        digest.update(piece)
    return Part(name, content, size, crc, digest.hexdigest())


def wrap(parts: Sequence[Part]) -> Generator[bytes]:
    """The whole file, a piece at a time. Raises OSError."""
    members: list[Member] = []
    offset = 0
    for part in parts:
        head = _head(part.name, part.size, part.crc)
        members.append(Member(part.name, part.size, part.crc, offset + len(head)))
        yield head
        yield from part.pieces()
        offset += len(head) + part.size
    yield _contents(members)


def size_of(parts: Sequence[Part]) -> int:
    """How many bytes the whole file has. Raises ValueError beyond 4 GB."""
    if sum(part.size for part in parts) > _LARGEST:
        raise ValueError("too large for the plain form of a ZIP")
    return sum(_LOCAL.size + _ENTRY.size + 2 * len(part.name) + part.size for part in parts) + _END.size


def look(file: BinaryIO, names: Sequence[str]) -> Layout:
    """Find the members, which must be exactly these in this order. Raises OSError only."""
    size = file.seek(0, 2)
    by_contents = _by_contents(file, names, size)
    if by_contents is None:
        by_heads = _by_heads(file, names)
        end = by_heads[-1].start + by_heads[-1].size if by_heads else size
        hurt = "the end of the file" if by_heads and end <= size else "the wrapping"
        return Layout(tuple(by_heads) if end <= size else (), (hurt,))
    hurt_names = [member.name for member in by_contents if _read(file, _start_of(member), len(_head_of(member))) != _head_of(member)]
    return Layout(tuple(by_contents), tuple(hurt_names))


def read(file: BinaryIO, member: Member) -> bytes:
    """A member's bytes; the caller has looked at its size."""
    return _read(file, member.start, member.size)


def pieces(file: BinaryIO, member: Member) -> Sequence[tuple[int, int]]:
    """The (offset, length) of a member's pieces, each small enough for memory."""
    end = member.start + member.size
    return [(offset, min(_STEP, end - offset)) for offset in range(member.start, end, _STEP)]


def _by_contents(file: BinaryIO, names: Sequence[str], size: int) -> list[Member] | None:
    """The members as the table at the end of the file gives them; None if a byte of it is not what it must be."""
    length = sum(_ENTRY.size + len(name) for name in names) + _END.size
    table = _read(file, max(0, size - length), length)
    members: list[Member] = []
    position = end = 0
    for name in names:
        if len(table) < position + _ENTRY.size:
            return None
        fields = _ENTRY.unpack_from(table, position)
        members.append(Member(name, fields[9], fields[7], end + _LOCAL.size + len(name)))
        end = members[-1].start + members[-1].size
        position += _ENTRY.size + len(name)
    return members if end + length == size and _contents(members) == table else None


def _by_heads(file: BinaryIO, names: Sequence[str]) -> list[Member]:
    """The members as the header before each gives them; empty if one is not what it must be."""
    members: list[Member] = []
    offset = 0
    for name in names:
        head = _read(file, offset, _LOCAL.size + len(name))
        if len(head) < _LOCAL.size:
            return []
        fields = _LOCAL.unpack_from(head)
        member = Member(name, fields[8], fields[6], offset + len(head))
        if _head_of(member) != head:
            return []
        members.append(member)
        offset = member.start + member.size
    return members


def _head(name: str, size: int, crc: int) -> bytes:
    raw = name.encode("ascii")
    return _LOCAL.pack(b"PK\x03\x04", _NEEDS, 0, 0, 0, _DAY, crc, size, size, len(raw), 0) + raw


def _head_of(member: Member) -> bytes:
    return _head(member.name, member.size, member.crc)


def _start_of(member: Member) -> int:
    return member.start - _LOCAL.size - len(member.name)


def _contents(members: Sequence[Member]) -> bytes:
    table = b"".join(
        _ENTRY.pack(
            b"PK\x01\x02",
            _NEEDS,
            _NEEDS,
            0,
            0,
            0,
            _DAY,
            member.crc,
            member.size,
            member.size,
            len(member.name),
            0,
            0,
            0,
            0,
            0,
            _start_of(member),
        )
        + member.name.encode("ascii")
        for member in members
    )
    start = members[-1].start + members[-1].size
    return table + _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(table), start, 0)


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
