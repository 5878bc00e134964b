"""Starting the program anew: its window, or one of its commands, from an installed copy and from a checkout alike."""

import contextlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO

_log = logging.getLogger(__name__)
_ENDING = ".exe" if sys.platform == "win32" else ""
_WINDOW, _CONSOLE = "Pupil Desk", "pupil-desk"  # the two programs of an installed copy
if sys.platform == "win32":
    HIDDEN = subprocess.CREATE_NO_WINDOW
else:
    HIDDEN = 0
_LOOK = 0.1  # seconds between two looks at a command that runs


def window(*words: str) -> list[str]:
    return [*_program(_WINDOW), *words]


def command(*words: str) -> list[str]:
    """What starts a command, such as ``command("self-test", "--json")``."""
    return [*_program(_CONSOLE), *words]


def _program(name: str) -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "pupil_desk"]
    program = Path(sys.executable).with_name(name + _ENDING)
    return [str(program)] if program.is_file() else [sys.executable]


_at_end: list[tuple[list[str], bool]] = []


def start_at_end(words: list[str], *, as_administrator: bool = False) -> None:
    """Have a program started once the window has ended, such as an installer, which cannot replace what runs. The last one asked for counts."""
    _at_end[:] = [(words, as_administrator)]


def forget_what_waits() -> None:
    """Start nothing at the end after all: the program goes on in another process."""
    _at_end.clear()


def start_what_waits() -> None:
    """Start it now; what cannot be started, or whom Windows is not to make an administrator, is logged, and all is as it was."""
    for words, as_administrator in _at_end:
        try:
            _start_apart(words, as_administrator)
        except OSError as error:
            _log.warning("not started at the end: %s", type(error).__name__)
    _at_end.clear()


def _start_apart(words: list[str], as_administrator: bool) -> None:
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # what it starts in turn, the program anew, is none of our children
    if sys.platform == "win32" and as_administrator:
        os.startfile(words[0], "runas", subprocess.list2cmdline(words[1:]))  # noqa: S606 - asks for the administrator's password
    else:
        subprocess.Popen(words, close_fds=True, start_new_session=True)


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """What a command answered: its exit status, and its standard output."""

    status: int
    out: str


def answer_of(words: list[str], on_progress: Callable[[str], None]) -> ProgramOutput:
    """Run a command to its end without showing a window. Raises OSError if it cannot be started.

    ``on_progress`` is called ten times a second, on this thread, with the last line of standard error. Whatever it raises ends
    the command and is passed on. The command's temporary files go into a folder of ours, which goes with it, however it ends.
    """
    with (
        tempfile.TemporaryDirectory(prefix="pupil-desk-run-", ignore_cleanup_errors=True) as scratch,
        ThreadPoolExecutor(2) as readers,
        _started(words, scratch) as running,
    ):
        has_ended, last = Event(), [""]
        out = readers.submit(_read_all, running.stdout)
        readers.submit(_keep_last, running.stderr, last, has_ended)
        while not has_ended.wait(_LOOK):
            on_progress(last[0])
        return ProgramOutput(running.wait(), out.result())


@contextlib.contextmanager
def _started(words: list[str], scratch: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch) | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
    pipe, devnull = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(words, stdin=devnull, stdout=pipe, stderr=pipe, env=environment, creationflags=HIDDEN) as running:
        try:
            yield running
        except BaseException:
            running.kill()
            raise


def _read_all(pipe: IO[bytes] | None) -> str:
    assert pipe is not None
    return pipe.read().decode("utf-8")


def _keep_last(pipe: IO[bytes] | None, last: list[str], has_ended: Event) -> None:
    """Each line as it comes, until the command closes its standard error, which is when it ends."""
    assert pipe is not None
    try:
        for line in pipe:
            last[0] = line.decode("utf-8", "replace").strip()
    finally:
        has_ended.set()
