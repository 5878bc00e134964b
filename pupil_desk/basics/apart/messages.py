"""What goes through the pipe: a message is plain data, as JSON, and the bytes that belong to it."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from pupil_desk.basics.apart.plain import NotPlain, Plain

_MOST = 1 << 30  # bytes of a message; those who write one are bounded more closely by their memory
_HEAD, _LENGTH = struct.Struct("<II"), struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Message:
    """Data, and the bytes in it by their numbers."""

    data: Plain
    blobs: Sequence[bytes] = ()

    @property
    def size(self) -> int:
        """The bytes that belong to it."""
        return sum(map(len, self.blobs))


def write(pipe: IO[bytes], message: Message) -> None:
    """Raises OSError where nobody listens."""
    data = json.dumps(message.data, separators=(",", ":")).encode("ascii")
    pipe.write(_HEAD.pack(len(data), len(message.blobs)) + b"".join(_LENGTH.pack(len(blob)) for blob in message.blobs))
    pipe.write(data)
    for blob in message.blobs:
        pipe.write(blob)
    pipe.flush()


def read(pipe: IO[bytes]) -> Message:
    """Raises EOFError at the end of what is written, NotPlain for what is no message."""
    length, count = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if length > _MOST or count * _LENGTH.size > _MOST:
        raise NotPlain
    sizes = [size for (size,) in _LENGTH.iter_unpack(_exactly(pipe, count * _LENGTH.size))]
    if sum(sizes) > _MOST:
        raise NotPlain
    try:
        data = json.loads(_exactly(pipe, length))
    except (ValueError, RecursionError) as error:
        raise NotPlain from error
    return Message(data, [_exactly(pipe, size) for size in sizes])


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
