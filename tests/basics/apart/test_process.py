"""The child in which files are read: what it answers, what ends it, and that nothing is left of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers.pace import Patience
from pupil_desk.basics.apart import process
from pupil_desk.basics.apart.failure import Failure
from pupil_desk.basics.pc import own_program
from tests.readers_apart import Refused, child_of_tests, ends_badly, found, many

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The children of a test, which answer to the readers of the tests; at its end none of them is left."""
    children: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **named: object) -> None:
            super().__init__(*args, **named)  # type: ignore[call-overload]
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    with child_of_tests(monkeypatch):
        yield children
    assert [child.poll() is None for child in children] == [False] * len(children)
    assert not [child for child in children if Path(f"/proc/{child.pid}").exists()]


def test_what_is_found_comes_back_whole(started: list[subprocess.Popen[bytes]]) -> None:
    data = b"picture" * 100_000
    here = found.__wrapped__(data, "y")  # type: ignore[attr-defined]
    assert found(data, "y") == here
    assert found(data, name="y") == here
    assert len(started) == 1, "it is kept for the next file"


def test_what_a_reader_says_is_raised_where_it_was_asked(started: list[subprocess.Popen[bytes]]) -> None:
    for _time in range(2):
        with pytest.raises(Refused, match=r"^no, and why$"):
            ends_badly(b"says no")
    assert len(started) == 1, "a refusal is an answer like any other"


@pytest.mark.parametrize(
    ("way", "failure"),
    [
        ("has a bug", Failure.BROKEN),
        ("fills memory", Failure.MEMORY),
        ("crashes", Failure.BROKEN),
        ("aborts", Failure.BROKEN),
        ("ends", Failure.BROKEN),
        ("leaves", Failure.BROKEN),
        ("recurs", Failure.BROKEN),
        ("gives another type", Failure.BROKEN),
        ("writes", Failure.BROKEN),
    ],
)
def test_a_reader_that_breaks_is_told_in_a_sentence(
    way: str, failure: Failure, started: list[subprocess.Popen[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Refused) as refused:
        ends_badly(way.encode())
    assert refused.value.args == (failure,)
    assert failure.words.endswith(".")
    assert ends_badly(b"is well") == "well", "the next file is read"
    left = ROOT / "left-behind"
    assert not left.exists() or left.stat().st_size == 0, "it can write no file"
    left.unlink(missing_ok=True)
    assert len(started) <= 2
    assert "a name" not in caplog.text, "of a bug its place is logged, and no value"


@pytest.mark.parametrize("way", ["loops", "sleeps"])
def test_a_reader_that_takes_too_long_is_ended(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_SECONDS", 0.2)
    with pytest.raises(Refused) as refused:  # by itself neither would end: the one never, the other in ten minutes
        ends_badly(way.encode())
    assert refused.value.args == (Failure.TIME,)


@pytest.mark.parametrize("way", ["loops", "sleeps"])
def test_one_that_is_stopped_is_ended_at_once(way: str, started: list[subprocess.Popen[bytes]]) -> None:
    class Stop(Exception):
        pass

    asked: list[float] = []

    def stop() -> None:
        asked.append(time.monotonic())
        if len(asked) == 3:
            raise Stop

    token = process.on_wait.set(stop)
    try:
        with pytest.raises(Stop):
            ends_badly(way.encode())
    finally:
        process.on_wait.reset(token)
    assert len(asked) == 3
    assert [child.returncode is not None for child in started] == [True]
    assert not process._idle


def test_many_values_come_one_by_one_and_their_end() -> None:
    with pytest.raises(Refused, match="no, and why"):
        list(many(b"x" * 5))
    values = many(b"x" * 7)
    assert [next(values) for _time in range(4)] == [0, 1, 2, 3]
    values.close()  # type: ignore[attr-defined]
    assert not process._idle, "one whose values nobody wants any more is ended"
    assert len(list(many(b"x" * 2000))) == 1000


def test_it_has_its_pipe_and_nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", "four plain short words")
    with open(tmp_path / "unit.pupildesk", "w") as opened:
        os.set_inheritable(opened.fileno(), True)
        names, _bar, held = ends_badly(b"looks round").partition("|")
    assert set(names.split()) <= {"PYINSTALLER_RESET_ENVIRONMENT", "PYTHONPATH", "LD_LIBRARY_PATH", "LC_CTYPE"}
    assert {place.split(":")[0] for place in held.split() if not place.startswith("/proc/")} <= {"pipe", "/dev/null"}


def test_what_a_library_says_is_no_message() -> None:
    assert ends_badly(b"speaks") == "spoken"
    assert ends_badly(b"is well") == "well"


def test_one_child_reads_so_many_files_and_no_more(monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]) -> None:
    monkeypatch.setattr(process, "_FILES_EACH", 3)
    assert [ends_badly(b"is well") for _time in range(7)] == ["well"] * 7
    assert len(started) == 3


def test_it_ends_by_itself_when_nobody_is_there_any_more() -> None:
    asks = """
import sys
from pupil_desk.basics.pc import own_program
from tests.readers_apart import ends_badly
own_program.command = lambda _word: [sys.executable, "-c", "from tests.readers_apart import serve; serve(0.5)"]
from pupil_desk.basics.apart import process
made = process._Child.__init__
def tell(self):
    made(self)
    print(self._process.pid, flush=True)
process._Child.__init__ = tell
ends_badly(sys.argv[1].encode())
"""
    for way in ("loops", "sleeps"):
        with subprocess.Popen([sys.executable, "-c", asks, way], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            parent.kill()
        patience = Patience(20)
        while _runs(child) and not patience.over:
            time.sleep(0.05)
        assert not _runs(child)


def _runs(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_where_none_can_be_started_it_is_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(own_program, "command", lambda _word: ["/no/such/program"])
    with pytest.raises(Refused) as refused:
        ends_badly(b"is well")
    assert refused.value.args == (Failure.BROKEN,)
    assert "FileNotFoundError" in caplog.text
