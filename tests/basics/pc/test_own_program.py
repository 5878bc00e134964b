"""Starting the program anew, and hearing what a command says while it runs."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pupil_desk.basics.pc import own_program
from pupil_desk.basics.pc.own_program import answer_of, command, window


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_from_a_checkout_both_are_the_package() -> None:
    assert command("self-test", "--json") == [sys.executable, "-m", "pupil_desk", "self-test", "--json"]
    assert window("--unit", "a b.pupildesk") == [sys.executable, "-m", "pupil_desk", "--unit", "a b.pupildesk"]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed copy, running as its window."""
    for name in ("Pupil Desk", "pupil-desk"):
        (tmp_path / (name + own_program._ENDING)).write_bytes(b"")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ("Pupil Desk" + own_program._ENDING)))
    return tmp_path


def test_an_installed_copy_has_a_program_for_each(installed: Path) -> None:
    assert command("check") == [str(installed / ("pupil-desk" + own_program._ENDING)), "check"]
    assert window() == [str(installed / ("Pupil Desk" + own_program._ENDING))]


def test_one_that_is_missing_is_replaced_by_the_one_that_runs(installed: Path) -> None:
    (installed / ("pupil-desk" + own_program._ENDING)).unlink()
    assert command("check") == [sys.executable, "check"]


def test_a_command_answers_with_its_status_and_its_words() -> None:
    answer = answer_of(script("import sys; sys.stdout.buffer.write('Ł'.encode()); sys.exit(3)"), lambda _line: None)
    assert (answer.status, answer.out) == (3, "Ł")


def test_much_that_is_said_does_not_stop_it() -> None:
    loud = "import sys; sys.stderr.write('step\\n' * 50000); sys.stdout.write('x' * 500000); sys.stderr.write('last\\n')"
    assert len(answer_of(script(loud), lambda _line: None).out) == 500_000


def test_what_is_said_meanwhile_is_heard() -> None:
    heard: list[str] = []

    def told(line: str) -> None:
        heard.append(line)
        if line == "1/2 half":
            Path(go).write_text("")

    with tempfile.TemporaryDirectory() as folder:
        go = str(Path(folder) / "go")
        waiting = f"import sys, os\nprint('1/2 half', file=sys.stderr, flush=True)\nwhile not os.path.exists({go!r}): pass\n"
        assert answer_of(script(waiting), told).status == 0
    assert "1/2 half" in heard


def test_what_is_raised_meanwhile_ends_it_and_takes_its_files_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop(Exception):
        pass

    def stop(line: str) -> None:
        if line:
            raise Stop

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    started: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **named: object) -> None:
            super().__init__(*args, **named)  # type: ignore[arg-type]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    endless = (
        "import sys, tempfile\nf = tempfile.NamedTemporaryFile(delete=False)\nprint(f.name, file=sys.stderr, flush=True)\nwhile True: pass"
    )
    with pytest.raises(Stop):
        answer_of(script(endless), stop)
    assert started[0].poll() is not None
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_not_there_is_the_callers_to_tell(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        answer_of([str(tmp_path / "none")], lambda _line: None)
