"""Slow work: off the drawing thread, told about, stoppable, and never calling back into what has gone."""

import gc
import threading
import time
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from pupil_desk.basics.apart import process
from pupil_desk.basics.errors import CannotWrite, Known
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job, Jobs
from pupil_desk.ui.kit.talk.progress import ProgressStrip
from pupil_desk.ui.kit.watch.making import Making
from tests.readers_apart import child_of_tests, ends_badly, refuses


@pytest.fixture
def jobs(qtbot: QtBot):  # type: ignore[no-untyped-def]
    made = Jobs()
    yield made
    made.close()


def test_the_work_runs_elsewhere_and_the_answer_comes_here(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[tuple[str, str]] = []
    jobs.run(
        jobs, lambda job: threading.current_thread().name, lambda name: got.append((name, threading.current_thread().name)), title="Reading"
    )
    qtbot.waitUntil(lambda: bool(got))
    worker, here = got[0]
    assert worker.startswith("job")
    assert here == threading.current_thread().name


def test_work_that_is_done_is_let_go_with_all_that_it_held(jobs: Jobs, qtbot: QtBot) -> None:
    """A page asks for work at each step in a list: what each held, the page and its papers, stayed in memory until the program ended."""

    class Paper:
        """What a piece of work holds."""

    held, got = Paper(), []
    gone = weakref.ref(held)
    done = weakref.ref(jobs.run(jobs, lambda job, paper=held: str(paper), lambda words, paper=held: got.append(words), title="Making"))
    del held
    qtbot.waitUntil(lambda: bool(got) and not jobs.busy)
    gc.collect()
    qtbot.waitUntil(lambda: gone() is None)
    assert done() is None


def test_what_is_half_made_hears_of_no_work_that_is_done_meanwhile(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[int] = []
    making, done = Making(), threading.Event()
    making.in_steps = True

    def work(number: int) -> int:
        if number:
            done.set()
        return number

    with making.of(jobs) as pause:
        for number in range(2):
            jobs.run(jobs, lambda job, number=number: work(number), got.append, title="Counting")
        assert done.wait(60)
        pause()
        assert got == []
    qtbot.waitUntil(lambda: got == [0, 1])


def test_works_are_done_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[int] = []
    for number in range(5):
        jobs.run(jobs, lambda job, number=number: number, got.append, title="Counting")
    qtbot.waitUntil(lambda: len(got) == 5)
    assert got == [0, 1, 2, 3, 4]
    assert not jobs.busy


def test_an_owner_that_has_gone_is_not_called(jobs: Jobs, qtbot: QtBot) -> None:
    owner, got, go_on = QObject(), [], threading.Event()
    jobs.run(owner, lambda job: go_on.wait(5), got.append, title="Waiting", after=lambda: got.append("after"))
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert got == []


def test_it_can_be_stopped_at_its_next_step(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        job.step(1, 3, "Pupils")
        begun.set()
        go_on.wait(5)
        job.step(2, 3, "Pupils")
        return "whole"

    job = jobs.run(jobs, work, got.append, title="Importing", after=lambda: got.append("after"))
    begun.wait(5)
    job.stop()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert got == ["after"]


def test_an_error_of_the_world_is_told_and_after_still_comes() -> None:
    jobs, told, got = ImmediateJobs(), [], []
    jobs.known_error.connect(told.append)

    def work(job: Job) -> None:
        raise CannotWrite("The stick is full.")

    jobs.run(jobs, work, lambda _done: got.append("then"), title="Writing", after=lambda: got.append("after"))
    assert [str(error) for error in told] == ["The stick is full."]
    assert got == ["after"]


def test_an_error_of_the_world_in_the_answer_is_told_too() -> None:
    jobs, told = ImmediateJobs(), []
    jobs.known_error.connect(told.append)

    def then(_done: object) -> None:
        raise Known("The file has gone.")

    jobs.run(jobs, lambda job: 1, then, title="Reading")
    assert [str(error) for error in told] == ["The file has gone."]


def test_a_bug_goes_to_the_one_bug_handler() -> None:
    jobs = ImmediateJobs()
    with capture_exceptions() as caught:
        jobs.run(jobs, lambda job: {}["missing"], lambda _done: None, title="Reading")
    assert [kind for kind, _error, _trace in caught] == [KeyError]


def test_the_strip_shows_after_a_fifth_of_a_second_with_the_count(jobs: Jobs, qtbot: QtBot) -> None:
    strip = ProgressStrip(jobs)
    qtbot.addWidget(strip)
    go_on, begun = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job.step(1_200, 4_000, "Pupils read")
        begun.set()
        go_on.wait(10)

    started = time.monotonic()
    jobs.run(jobs, work, lambda _done: None, title="Importing")
    begun.wait(5)
    assert not strip.is_shown
    assert [timer.interval() for timer in strip.findChildren(QTimer) if timer.isActive()] == [200]
    qtbot.waitUntil(lambda: strip.is_shown)
    assert time.monotonic() - started > 0.18  # a timer of Qt may be 5 % early
    assert strip.words.text() == "Pupils read · 1,200 of 4,000"
    go_on.set()
    qtbot.waitUntil(lambda: not strip.is_shown)


def test_the_window_goes_on_while_a_child_reads_a_file_and_stopping_ends_it(
    jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is within one call of a library, in which no thread of its process has its turn: read here, the window would stand still."""
    turns, strip = list[bool](), ProgressStrip(jobs)
    qtbot.addWidget(strip)
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: turns.append(jobs.busy))
    timer.start()
    with child_of_tests(monkeypatch):
        job = jobs.run(jobs, lambda _job: ends_badly(b"loops"), lambda _none: None, title="Reading the file")
        qtbot.waitUntil(lambda: len(turns) >= 50)
        assert all(turns)
        job.stop()
        qtbot.waitUntil(lambda: not jobs.busy)
        assert not process._idle
    timer.stop()


def test_a_file_that_takes_too_long_is_told_in_a_banner(jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_SECONDS", 0.2)
    told: list[Known] = []
    jobs.known_error.connect(told.append)
    with child_of_tests(monkeypatch):
        jobs.run(jobs, lambda _job: refuses(b"sleeps"), lambda _none: None, title="Reading the file")
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].message.startswith("The file takes far longer to read")
