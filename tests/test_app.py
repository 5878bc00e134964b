"""The composition root: a bug in a command is one sentence and a place, without a word that it carries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pupil_desk import app, cli
from pupil_desk.basics.apart import child
from pupil_desk.documents.reading.apart_readers import READERS
from pupil_desk.ui import start


def test_a_bug_in_a_command_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_arguments: object, **_named: object) -> int:
        raise LookupError("Quillfeather, Marigold")

    monkeypatch.setattr(cli, "main", broken)
    assert app.start(["pupils", "unit.pupildesk"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Something went wrong in the program.")
    assert "LookupError" in told.err
    assert "test_app.py:" in told.err
    assert "Quillfeather" not in told.err
    assert "Traceback" not in told.err


def test_the_word_for_it_makes_a_child_that_reads_files(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(child, "serve", lambda readers: given.append(readers) or 7)
    assert app.start(["read-apart"]) == 7
    assert given == [READERS]


@pytest.mark.parametrize("argv", [[], ["--unit", "unit.pupildesk"], ["unit.pupildesk"]])
def test_without_a_screen_it_says_so(argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(app, "_open_window", lambda _path: 0)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.start(argv) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "no screen" in told.err
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert app.start(argv) == 0


@pytest.mark.parametrize(
    ("argv", "opened"),
    [
        ([], None),
        (["--unit"], None),
        (["--unit", ""], None),
        (["--unit", "unit.pupildesk"], "unit.pupildesk"),
        (["--unit", "any name at all"], "any name at all"),
        (['Büro und Küche/O\'Neil "the unit".pupildesk'], 'Büro und Küche/O\'Neil "the unit".pupildesk'),
        (["Żółć 東京/UNIT.PUPILDESK"], "Żółć 東京/UNIT.PUPILDESK"),
        (["-x.pupildesk"], "-x.pupildesk"),
    ],
)
def test_the_window_opens_on_the_file_that_was_named(
    argv: list[str], opened: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[Path | None] = []

    def open_window(path: Path | None) -> int:
        asked.append(path)
        return 0

    monkeypatch.setattr(start, "open_window", open_window)
    assert app.start(argv) == 0
    assert asked == [tmp_path / opened if opened else None]


def test_a_file_among_other_words_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def command(argv: list[str], **_named: object) -> int:
        asked.append(argv)
        return 0

    monkeypatch.setattr(cli, "main", command)
    for argv in (["pupils", "unit.pupildesk"], ["unit.pupilbackup"]):
        assert app.start(argv) == 0
    assert asked == [["pupils", "unit.pupildesk"], ["unit.pupilbackup"]]


def test_a_folder_that_takes_no_log_opens_the_window_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("in the way")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "taken"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "taken"))
    monkeypatch.setattr(start, "open_window", lambda _path: 0)
    assert app.start([]) == 0
    assert "a crash would leave no account" in caplog.text


# A program made for windows alone has no standard streams on Windows.
_WINDOWED = """
import sys
sys.stdin = sys.stdout = sys.stderr = None
from pupil_desk import app
sys.exit(app.start(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["template", "pupils"], 0),
        (["template", "pupils", "--json"], 0),
        (["no such command"], 2),
        (["new"], 2),
        (["pupils", "not there.pupildesk", "--user", "Ada"], 3),  # no password, and nobody to ask for one
        (["self-test", "--more"], 2),
    ],
)
def test_without_standard_streams_a_command_works_in_silence(argv: list[str], status: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PUPIL_DESK_")}
    ran = subprocess.run([sys.executable, "-c", _WINDOWED, *argv], capture_output=True, cwd=Path(__file__).parents[1], env=environment)
    assert (ran.returncode, ran.stdout, ran.stderr) == (status, b"", b"")


@pytest.mark.parametrize(
    ("work", "status"),
    [("1 / 0", 1), ("sys.stdout.write('a word') - 6", 0), ("sys.stderr.flush() or 0", 0)],
    ids=["a bug", "a word", "a flush"],
)
def test_without_standard_streams_what_writes_to_them_does_not_break(work: str, status: int) -> None:
    program = _WINDOWED.replace("sys.exit(", f"from pupil_desk import cli; cli.main = lambda *a, **n: {work}\nsys.exit(")
    ran = subprocess.run([sys.executable, "-c", program, "pupils"], capture_output=True, cwd=Path(__file__).parents[1])
    assert (ran.returncode, ran.stdout, ran.stderr) == (status, b"", b"")
