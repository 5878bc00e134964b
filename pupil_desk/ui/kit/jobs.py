"""Slow work, off the thread that draws: one at a time, with progress and a way to stop it."""

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from pupil_desk.basics.apart.process import on_wait
from pupil_desk.basics.errors import Known
from pupil_desk.ui.kit.watch.making import AGAIN, is_in_steps


class Stopped(Exception):
    """The person asked for the work to stop. Raised by ``Job.step`` inside the work."""


_NONE_YET = object()  # in place of an outcome


class Job(QObject):
    """One piece of work under way; ``work`` is handed it, and calls ``step`` now and then."""

    stepped = Signal(object, int, int, str)  # the job itself first: who hears of it need not hold it, which would keep it for good
    _finished = Signal(object, object)  # the job and its outcome

    def __init__(
        self,
        title: str,
        owner: QObject,
        then: Callable[[object], None],
        after: Callable[[], None] | None,
        untold: Callable[[object], None] | None = None,
    ) -> None:
        super().__init__()
        self.title, self.owner, self.then, self.after, self.untold = title, owner, then, after, untold
        self.outcome: object = _NONE_YET
        self._stop = Event()

    def step(self, finished: int, total: int, words: str = "") -> None:
        """Tell how far it is. Raises Stopped once the person has asked to stop, which ``work`` lets pass."""
        self.look()
        self.stepped.emit(self, finished, total, words)

    def look(self) -> None:
        """Raise Stopped once the person has asked to stop: asked some times a second while a child process reads a file for it."""
        if self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        """Ask it to stop at its next step, or at once where a child process reads a file for it."""
        self._stop.set()


class _Failed:
    """What a piece of work raised."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class Jobs(QObject):
    """Runs work on one worker thread, in the order asked for, and calls back on the thread that draws.

    ``known_error`` carries an error of the world, for the banner; a bug goes to ``sys.excepthook``, where the program keeps its
    one bug handler. A callback is dropped if its owner has been deleted meanwhile, and waits while something is half made.
    """

    started = Signal(object)
    finished = Signal(object)
    known_error = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._waiting: list[Job] = []
        self._closed = False
        self._ended: deque[tuple[Job, object]] = deque()  # what is not told yet
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or waiting."""
        return bool(self._waiting)

    def run[T](
        self,
        owner: QObject,
        work: Callable[[Job], T],
        then: Callable[[T], None],
        *,
        title: str,
        after: Callable[[], None] | None = None,
        untold: Callable[[T], None] | None = None,
    ) -> Job:
        """Do ``work`` away from the screen, then ``then`` with its result; ``after`` last, whether it went well or not.

        ``work`` touches no widget. ``title`` is what the progress strip calls it. ``untold`` has the result instead where the window goes
        before it is told: for what must not be lost with it, such as a password.
        """
        job = Job(title, owner, then, after, untold)  # type: ignore[arg-type]  # T is tied to this call, which a list of jobs cannot say
        job._finished.connect(self._finish)  # no function of ours that holds the job: the job would hold it, and neither would ever go
        self._waiting.append(job)
        self.started.emit(job)
        self._submit(job, work)
        return job

    def stop_all(self) -> None:
        """Ask all work to stop, for locking and closing."""
        for job in self._waiting:
            job.stop()

    def close(self) -> None:
        """Stop everything and wait for the worker to end. What it ends with is told to nobody but who asked for it ``untold``: the file is closed next."""
        self._closed = True
        self.stop_all()
        self._worker.shutdown(wait=True, cancel_futures=True)
        for job in self._waiting:
            if job.untold is not None and job.outcome is not _NONE_YET and not isinstance(job.outcome, _Failed):
                job.untold(job.outcome)

    def _submit[T](self, job: Job, work: Callable[[Job], T]) -> None:
        self._worker.submit(_perform, job, work)

    def _finish(self, job: Job, outcome: object) -> None:
        self._ended.append((job, outcome))
        self._tell()

    def _tell(self) -> None:
        ended = self._ended.popleft() if self._ended and not is_in_steps() else None
        if self._ended:
            self._again.start()  # whatever becomes of this one, or however long it asks
        if ended is not None:
            self._tell_of(*ended)

    def _tell_of(self, job: Job, outcome: object) -> None:
        self._waiting.remove(job)
        self.finished.emit(job)
        if self._closed:
            return
        alive = shiboken6.isValid(job.owner)
        try:
            if isinstance(outcome, _Failed):
                self._failed(outcome.error)
            elif alive:
                job.then(outcome)
        except Known as error:
            self.known_error.emit(error)
        finally:
            if alive and job.after is not None and shiboken6.isValid(job.owner):
                job.after()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Known):
            self.known_error.emit(error)
        elif not isinstance(error, Stopped):
            sys.excepthook(type(error), error, error.__traceback__)


def _perform[T](job: Job, work: Callable[[Job], T]) -> None:
    token = on_wait.set(job.look)
    try:
        outcome: object = work(job)
    except Exception as error:  # noqa: BLE001 - handed on, none is swallowed: see Jobs._failed
        outcome = _Failed(error)
    finally:
        on_wait.reset(token)
    job.outcome = outcome
    job._finished.emit(job, outcome)


class ImmediateJobs(Jobs):
    """Does the work at once on the calling thread: for tests."""

    def _submit[T](self, job: Job, work: Callable[[Job], T]) -> None:
        _perform(job, work)
