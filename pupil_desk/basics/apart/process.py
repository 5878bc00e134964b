"""The child process in which files are read: started from our own program, kept warm, and ended for good where a file takes too much.

It is given the file through a pipe and nothing else: no open file, no key, no name of a folder, next to no environment. It ends itself when
nobody writes to its pipe any more, however the program ended.
"""

import atexit
import contextlib
import logging
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import ContextVar
from typing import IO

from pupil_desk.basics.apart import READ_APART, messages
from pupil_desk.basics.apart.failure import MOST_SECONDS, Failure, ReaderFailed
from pupil_desk.basics.apart.messages import Message
from pupil_desk.basics.apart.plain import NotPlain
from pupil_desk.basics.pc import own_program
from pupil_desk.basics.places import home_of_program

GO_ON = Message("go on")
"""What asks for the next value of many."""
_LOOK = 0.05  # seconds between two looks at whether to stop
_START = 30.0  # seconds that a child may take to start: a virus scanner may look at it first
_FILES_EACH = 100  # read by one child, which is then ended: what its libraries leave behind must not add up
_ENVIRONMENT = ("SYSTEMROOT", "WINDIR", "PYTHONPATH", "LD_LIBRARY_PATH")  # without the first two Windows starts no Python
_log = logging.getLogger(__name__)

on_wait: ContextVar[Callable[[], None]] = ContextVar("on_wait", default=lambda: None)
"""Called some times a second while a child reads. Whatever it raises ends the child, and is passed on."""


def stop_if_asked() -> None:
    """Let long work that follows on reading be stopped, too: raises what ``on_wait`` raises."""
    on_wait.get()()


class _Child:
    """A child process and its pipe."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
        self._process = subprocess.Popen(
            own_program.command(READ_APART),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd=home_of_program(),
            env=environment,
            creationflags=own_program.HIDDEN,
        )
        self._exchange = ThreadPoolExecutor(1, thread_name_prefix="apart")
        self.files_left = _FILES_EACH
        self._is_ready = False

    def answer_to(self, message: Message) -> Message:
        """Raises ReaderFailed, and what ``on_wait`` raises; the child is of no use then."""
        if not self._is_ready:
            self._waited_for(self._exchange.submit(messages.read, self._pipe(self._process.stdout)), _START)
            self._is_ready = True
        answer = self._waited_for(self._exchange.submit(self._told, message), MOST_SECONDS)
        if "failed" in answer.data:
            failure = Failure(answer.data["failed"])
            _log.log(logging.INFO if failure is Failure.MEMORY else logging.WARNING, "a reader failed: %s", answer.data["report"])
            raise ReaderFailed(failure)
        return answer

    def _waited_for(self, future: Future[Message], seconds: float) -> Message:
        latest = time.monotonic() + seconds
        while not wait([future], _LOOK).done:
            stop_if_asked()
            if time.monotonic() > latest:
                raise ReaderFailed(Failure.TIME)
        try:
            return future.result()
        except (EOFError, OSError, NotPlain) as error:
            raise ReaderFailed(Failure.BROKEN) from error

    def _told(self, message: Message) -> Message:
        messages.write(self._pipe(self._process.stdin), message)
        return messages.read(self._pipe(self._process.stdout))

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe

    def end(self) -> None:
        """At once, whatever it does; nothing of it is left."""
        self._process.kill()
        self._process.wait()
        self._exchange.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not written yet is for nobody
                self._pipe(pipe).close()


_idle: list[_Child] = []  # one that waits for the next file


def answers_of(request: Message, *, many: bool) -> Iterator[Message]:
    """The answers of a child to a request: one, or many up to its end. Raises ReaderFailed, and what ``on_wait`` raises."""
    child = _idle.pop() if _idle else _started()
    try:
        answer = child.answer_to(request)
        while many and "value" in answer.data:
            yield answer
            answer = child.answer_to(GO_ON)
    except BaseException:
        child.end()
        raise
    child.files_left -= 1
    if _idle or not child.files_left:
        child.end()
    else:
        _idle.append(child)
    yield answer


def _started() -> _Child:
    try:
        return _Child()
    except OSError as error:
        _log.warning("no child was started: %s", type(error).__name__)
        raise ReaderFailed(Failure.BROKEN) from error


@atexit.register
def end_idle() -> None:
    """End the child that waits."""
    while _idle:
        _idle.pop().end()
