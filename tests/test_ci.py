"""What continuous integration makes of what the tests and the trials found, by their exit status."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from installers import __main__ as front
from installers.interpreter import BuildFailed, CannotBuild
from installers.table import FAULT, UNREAD

SCRIPT = Path(dev.ROOT, ".ci", "run")
STAND_IN = """import sys
print("asked:", *sys.argv[1:], flush=True)
sys.exit({statuses}.get(sys.argv[1], 0))
"""


def run(folder: Path, **statuses: int) -> tuple[int, str]:
    """The script beside a dev.py that ends with these statuses: its own status, and what it says."""
    (folder / ".ci").mkdir()
    (folder / "bin").mkdir()
    (folder / "bin" / "python3").symlink_to(sys.executable)
    shutil.copyfile(SCRIPT, folder / ".ci" / "run")
    (folder / "dev.py").write_text(STAND_IN.format(statuses=statuses), encoding="utf-8")
    env = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin"}
    done = subprocess.run(["sh", str(folder / ".ci" / "run")], capture_output=True, text=True, env=env, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        ({}, "asked: windows --try"),
        ({"windows": UNREAD}, "not read off the screen"),
        ({"windows": dev.CANNOT}, "was not made"),
        ({"windows": FAULT}, "The trial on Windows found something"),
        ({"windows": 130}, "The trial on Windows found something"),
        ({"linux": FAULT}, "The trial on Linux found something"),
    ],
)
def test_what_a_trial_finds_is_told_by_its_status_and_stops_nothing(tmp_path: Path, statuses: dict[str, int], says: str) -> None:
    status, said = run(tmp_path, **statuses)
    assert status == 0
    assert says in said


def test_no_trial_is_made_of_what_the_tests_do_not_let_pass(tmp_path: Path) -> None:
    assert run(tmp_path, test=2) == (2, "asked: test\n")


def test_a_machine_without_a_program_that_the_build_calls_says_which_and_ends_with_a_status_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "apt_may", lambda: False)
    with pytest.raises(SystemExit) as ended:
        dev.need({"no-such-wine": "wine wine64"})
    assert ended.value.code == dev.CANNOT
    assert "Lacking: no-such-wine. On Debian and its like: sudo apt-get install wine wine64" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "status"), [(CannotBuild("No index answers."), dev.CANNOT), (BuildFailed("makensis ended with 1"), 1)])
def test_what_is_not_to_be_had_is_told_from_a_build_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BuildFailed, status: int
) -> None:
    def fails(_told: object) -> int:
        raise error

    monkeypatch.setattr(front, "_windows", fails)
    monkeypatch.setattr(sys, "argv", ["dev.py", "windows"])
    assert front.main() == status
    assert str(error) in capsys.readouterr().err
