"""What runs in the child process: it reads one file after another from its pipe, each within its limits, until the pipe ends."""

import contextlib
import faulthandler
import os
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from pupil_desk.basics.apart import messages
from pupil_desk.basics.apart.failure import MOST_MEMORY, MOST_SECONDS, Failure
from pupil_desk.basics.apart.messages import Message
from pupil_desk.basics.apart.reader import Reader, in_place, run_by
from pupil_desk.basics.logs import report_of
from pupil_desk.basics.pc.own_limits import OwnLimits

_GRACE = 2.0  # seconds after which it ends itself, should nobody be there any more to end it


def serve(functions: Iterable[Callable[..., Any]]) -> int:
    """Answer requests to these readers until nobody asks any more. Returns the exit status."""
    readers = {reader.name: reader for reader in (vars(function)["reader"] for function in functions)}
    with _own_pipe() as (requests, replies, nowhere), run_by(in_place), contextlib.suppress(EOFError, BrokenPipeError):
        limits = OwnLimits()
        messages.write(replies, Message("ready"))
        while True:
            limits.any_memory()
            request = messages.read(requests)
            limits.most_memory(MOST_MEMORY + request.size)
            _watch_over(nowhere)
            for answer in _answers(readers, request):
                messages.write(replies, answer)
                faulthandler.cancel_dump_traceback_later()
                if "value" in answer.data and readers[request.data[0]].gives_many:
                    messages.read(requests)
                    _watch_over(nowhere)
    return 0


def _watch_over(nowhere: IO[str]) -> None:
    """End this process if it takes too long, whatever it is caught in: the watch is kept by no code of Python's."""
    faulthandler.dump_traceback_later(MOST_SECONDS + _GRACE, exit=True, file=nowhere)


def _answers(readers: dict[str, Reader], request: Message) -> Iterator[Message]:
    try:
        yield from readers[request.data[0]].answers(request)
    except Exception as error:  # noqa: BLE001 - told where the file was asked for, in words and in the log
        failure = Failure.MEMORY if isinstance(error, MemoryError) else Failure.BROKEN
        report = report_of(type(error), error.__traceback__)
        traceback.clear_frames(error.__traceback__)  # what they hold may be all memory
        yield Message({"failed": failure.value, "report": report})


@contextlib.contextmanager
def _own_pipe() -> Iterator[tuple[IO[bytes], IO[bytes], IO[str]]]:
    """The pipe that it was started with, for messages alone: what a library says goes nowhere."""
    with os.fdopen(os.dup(0), "rb") as requests, os.fdopen(os.dup(1), "wb") as replies, open(os.devnull, "r+", encoding="utf-8") as nowhere:
        for stream in (0, 1, 2):
            os.dup2(nowhere.fileno(), stream)
        yield requests, replies, nowhere
