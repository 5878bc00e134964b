"""A stick that fails: what the operating system says, from beneath the program's own writing of files."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Self

import pytest

from pupil_desk.basics import files


class Stick:
    """What becomes of the program's calls to a stick: ``fails`` is asked before each, with its number and the bytes written so far."""

    def __init__(self, fails: Callable[["Stick", str], OSError | None]) -> None:
        self.calls = self.written = 0
        self.gone = False
        self._fails = fails

    def asked(self, call: str) -> None:
        """Raises what the stick says to this call."""
        self.calls += 1
        if self.gone:
            raise OSError(errno.ENODEV, "No such device")
        if (error := self._fails(self, call)) is not None:
            raise error

    def plug_in(self, patch: pytest.MonkeyPatch) -> None:
        """From now on the program writes to it."""
        fsync, rename, unlink, read = os.fsync, os.replace, Path.unlink, Path.read_bytes

        def opened(path: Path, mode: str) -> Any:
            self.asked("open")
            return _File(self, path, mode)

        def asking(call: str, own: Callable[..., Any]) -> Callable[..., Any]:
            def ask(*given: Any, **how: Any) -> Any:
                self.asked(call)
                return own(*given, **how)

            return ask

        patch.setattr(files, "open", opened, raising=False)
        patch.setattr("pupil_desk.basics.files.os.fsync", asking("fsync", fsync))
        patch.setattr("pupil_desk.basics.files.os.replace", asking("rename", rename))
        patch.setattr(Path, "unlink", lambda path, missing_ok=False: self._only_if_there(unlink, path, missing_ok))
        patch.setattr(Path, "read_bytes", lambda path: self.given_back(read(path)))

    def _only_if_there(self, unlink: Callable[..., None], path: Path, missing_ok: bool) -> None:
        if self.gone:
            raise OSError(errno.ENODEV, "No such device")
        unlink(path, missing_ok)

    def given_back(self, data: bytes) -> bytes:
        """What is read."""
        self.asked("read")
        return data


class _File:
    """A file on the stick, written a few bytes at a time."""

    def __init__(self, stick: Stick, path: Path, mode: str) -> None:
        self._stick = stick
        self._file = Path(path).open(mode)  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        for at in range(0, len(data), 64):
            self._stick.asked("write")
            self._file.write(data[at : at + 64])
            self._stick.written += len(data[at : at + 64])

    def read(self, size: int) -> bytes:
        data: bytes = self._file.read(size)
        return self._stick.given_back(data) if data else data

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


WATCHED = (
    "basics/files.py",
    "exports/making.py",
    "exports/recording.py",
    "services/pupils/leaver_pack.py",
    "services/saving.py",
    "store/file/vault.py",
    "store/tables/ledger.py",
    "store/file/audit.py",
)


def killed_at(moment: int, run: Callable[[], object]) -> int:
    """Run with a kill -9 before that line of the program's writing is reached; returns how many lines there were, if it was not."""
    reached = 0

    def line(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal reached
        if event == "line":
            reached += 1
            if reached == moment:
                os.kill(os.getpid(), signal.SIGKILL)
        return line

    sys.settrace(lambda frame, _event, _arg: line if frame.f_code.co_filename.endswith(WATCHED) else None)
    try:
        run()
    finally:
        sys.settrace(None)
    return reached
