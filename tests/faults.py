"""A disk that fails, or a program that is killed, at any one call of the file system that something makes."""

import contextlib
import errno
import io
import itertools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest
from sqlcipher3 import dbapi2 as driver

from pupil_desk.store.file import engine
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.vault import Vault

_CALLS = ("open", "close", "fsync", "replace", "rename", "unlink", "remove", "chmod", "stat", "statvfs", "mkdir", "rmdir")
_OF_FILES = ("read", "write", "flush", "close", "fileno")
_READS = frozenset({"read", "stat", "statvfs", "engine SELECT", "engine PRAGMA"})
_PROGRAM = str(Path(engine.__file__).parents[2])
_ENGINE = {errno.ENOSPC: "SQLITE_FULL", errno.EIO: "SQLITE_IOERR"}


@dataclass
class Disk:
    """Counts the calls; the one of number ``at`` fails with ``code``, and all after it too when it ``stays`` so.

    ``kills`` ends the program at that call instead, as ``kill -9`` does: nothing is closed, flushed or tidied.
    """

    at: int = 0
    code: int = errno.ENOSPC
    stays: bool = False
    kills: bool = False
    calls: list[str] = field(default_factory=list)

    def described(self, calls: Sequence[str]) -> str:
        """Which of these calls fails, and how."""
        return f"{calls[self.at - 1]}, call {self.at}{' and on' if self.stays else ''}, {errno.errorcode[self.code]}"

    def call(self, name: str) -> None:
        self.calls.append(name)
        number = len(self.calls)
        if not self.at or not (number == self.at or (self.stays and number > self.at)):
            return
        if self.kills:
            os._exit(9)
        if name.startswith("engine "):
            error = driver.OperationalError(_ENGINE[self.code])
            error.sqlite_errorname = _ENGINE[self.code]
            raise error
        raise OSError(self.code, os.strerror(self.code))


def failing_calls(calls: Sequence[str], every: int) -> list[int]:
    """The numbers of those that are to fail: all, or one of so many. What only reads fails alike wherever it stands, so but one of those then."""
    if every == 1:
        return list(range(1, len(calls) + 1))
    reads = [number for number, call in enumerate(calls, 1) if call in _READS]
    changes = [number for number, call in enumerate(calls, 1) if call not in _READS]
    return sorted([*reads[len(reads) // 2 :][:1], *changes[::every]])


def failures(calls: Sequence[str], every: int, codes: Sequence[int]) -> Iterator[Disk]:
    """A disk for each trial: each call that is to fail does so alone, and with all after it. Where one of so many fails, by turns with them and alone."""
    for turn, at in enumerate(failing_calls(calls, every)):
        for stays, code in itertools.product((False, True) if every == 1 else (turn % 2 == 0,), codes):
            yield Disk(at=at, code=code, stays=stays)


class _File:
    """An open file each of whose calls may fail."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def __getattr__(self, name: str) -> Any:
        if name in _OF_FILES:
            self._disk.call(name)
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()
        self._disk.call("close")


class _Engine:
    """The unit's file as the engine reads and writes it: each statement may fail, the commit too."""

    def __init__(self, con: Any, disk: Disk) -> None:
        self._con, self._disk = con, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)

    def execute(self, sql: str, *params: Any) -> Any:
        try:
            self._disk.call("engine " + sql.split(maxsplit=1)[0])
        except driver.Error:
            if sql == "COMMIT" and self._con.in_transaction:
                self._con.execute("ROLLBACK")  # as the engine does of itself on a full disk
            raise
        return self._con.execute(sql, *params)

    def executemany(self, sql: str, rows: Iterable[Any]) -> Any:
        """Each row is a call."""

        def each() -> Iterator[Any]:
            for row in rows:
                self._disk.call("engine " + sql.split(maxsplit=1)[0])
                yield row

        return self._con.executemany(sql, each())


@contextlib.contextmanager
def failing(disk: Disk, vault: Vault | None = None) -> Iterator[None]:
    """Everything that goes to the file system in the block, and to the vault's file, is counted and may fail."""
    with pytest.MonkeyPatch.context() as patch:

        def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **named: Any) -> Any:
                disk.call(name)
                return real(*args, **named)

            return call

        def opened(*args: Any, **named: Any) -> Any:
            if str(args[0]).startswith(_PROGRAM):
                return real_open(*args, **named)  # what the program itself is made of
            disk.call("open")
            return _File(real_open(*args, **named), disk)

        real_open = io.open
        for name in _CALLS:
            patch.setattr(os, name, counted(name, getattr(os, name)))
        patch.setattr(shutil, "disk_usage", counted("statvfs", shutil.disk_usage))
        patch.setattr(io, "open", opened)
        patch.setattr("builtins.open", opened)
        if vault is None:
            yield
            return
        real_connect = engine.connect

        def connected(*args: Any, **named: Any) -> Any:
            with translated(args[0]):
                disk.call("engine connect")
            return _Engine(real_connect(*args, **named), disk)

        patch.setattr(engine, "connect", connected)
        vault._con = _Engine(vault._con, disk)  # type: ignore[assignment]
        try:
            yield
        finally:
            vault._con = getattr(vault._con, "_con", vault._con)
