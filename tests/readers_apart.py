"""Readers for the tests of what runs apart, and a child that answers to them: good ones, and such as no reader should be."""

import contextlib
import ctypes
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from pupil_desk.basics.apart import child, process
from pupil_desk.basics.apart.reader import apart, in_a_child, run_by
from pupil_desk.basics.pc import own_program


class Refused(Exception):
    """What a reader of the tests answers with."""


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Found:
    names: tuple[str, ...]
    colour: Colour
    picture: bytes | None
    counts: dict[str, int]


@apart("found", refuse=lambda failed: Refused(failed.failure))
def found(data: bytes, name: str = "x") -> list[Found]:
    return [Found((name, "é\ud800"), Colour.RED, data if number % 2 else None, {"n": number}) for number in range(200)]


@apart("ends badly", raises=(Refused, ValueError), refuse=lambda failed: Refused(failed.failure))
def ends_badly(data: bytes) -> str:
    return WAYS[data.decode()]()


@apart("refuses", refuse=lambda failed: failed)
def refuses(data: bytes) -> str:
    return WAYS[data.decode()]()


@apart("many", raises=(Refused,), refuse=lambda failed: Refused(failed.failure))
def many(data: bytes) -> Iterator[int]:
    for number in range(1000):
        if number == len(data):
            WAYS["says no"]()
        yield number


def _says_no() -> str:
    raise Refused("no, and why")


def _has_a_bug() -> str:
    raise KeyError("a name")


def _loops() -> str:
    return str(re.match(r"(a+)+$", "a" * 60 + "b"))  # within one call of C, in which no other thread has its turn


def _fills_memory() -> str:
    return "".join([str(bytearray(50_000_000)) for _number in range(100)])


def _speaks() -> str:
    os.write(1, b"not a message" * 1000)
    print("nor this", flush=True)
    return "spoken"


def _looks_round() -> str:
    held = [str(place.readlink()) for place in Path("/proc/self/fd").iterdir() if place.exists()]
    return " ".join([*sorted(os.environ), "|", *sorted(held)])


def _writes() -> str:
    with open("left-behind", "w") as file:
        return str(file.write("x" * 100_000))


WAYS = {
    "says no": _says_no,
    "has a bug": _has_a_bug,
    "loops": _loops,
    "sleeps": lambda: str(time.sleep(600)),
    "fills memory": _fills_memory,
    "crashes": lambda: str(ctypes.string_at(0)),
    "aborts": lambda: str(os.abort()),
    "ends": lambda: str(os._exit(0)),
    "leaves": lambda: sys.exit(0),
    "recurs": lambda: WAYS["recurs"]() + "x",
    "gives another type": lambda: 5,
    "speaks": _speaks,
    "looks round": _looks_round,
    "writes": _writes,
    "is well": lambda: "well",
}
READERS = (found, ends_badly, refuses, many)


@contextlib.contextmanager
def child_of_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within it, what runs apart is answered by a child that has these readers."""
    process.end_idle()
    monkeypatch.setattr(own_program, "command", lambda _word: [sys.executable, "-c", "from tests.readers_apart import serve; serve()"])
    with run_by(in_a_child):
        yield
    process.end_idle()


def serve(seconds: float = child.MOST_SECONDS) -> None:
    child.MOST_SECONDS, child._GRACE = seconds, 0.0
    sys.exit(child.serve(READERS))
