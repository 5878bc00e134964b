"""What continuous integration makes of what the tests and the trials found, by their exit status."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from installers import __main__ as front
from installers.interpreter import BuildFailed, CannotBuild
from installers.table import FAULT, UNREAD

SCRIPT = Path(dev.ROOT, ".ci", "run")
STAND_IN = """import pathlib, sys, time
word = sys.argv[1]
print("asked:", *sys.argv[1:], flush=True)
if word in {beside}:  # ends only when the other has begun
    pathlib.Path(word).touch()
    other = pathlib.Path(*(name for name in {beside} if name != word))
    until = time.monotonic() + 60
    while not other.exists() and time.monotonic() < until:
        time.sleep(0.01)
    print(word, "saw the other" if other.exists() else "was alone")
again = pathlib.Path(word + "-again")
status = {statuses}.get("then" if again.exists() and "then" in {statuses} else word, 0)
again.touch()
sys.exit(status)
"""
TRIALS = ("linux", "windows")


def run(folder: Path, *, beside: tuple[str, ...] = (), **statuses: int) -> tuple[int, str]:
    """The script beside a dev.py that ends with these statuses: its own status, and what it says."""
    (folder / ".ci").mkdir()
    (folder / "bin").mkdir()
    (folder / "bin" / "python3").symlink_to(sys.executable)
    shutil.copyfile(SCRIPT, folder / ".ci" / "run")
    (folder / "dev.py").write_text(STAND_IN.format(statuses=statuses, beside=beside), encoding="utf-8")
    env = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin"}
    done = subprocess.run(["sh", str(folder / ".ci" / "run")], capture_output=True, text=True, env=env, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("system", ["Linux", "Windows"])
@pytest.mark.parametrize(
    ("found", "says", "decided", "rounds"),
    [
        (0, "all as it should be", 0, 1),
        (UNREAD, "some words were not read off the screen", 0, 1),
        (dev.CANNOT, "was not made", 0, 1),
        (FAULT, "found a fault twice (status 1)", 1, 2),
        (130, "found a fault twice (status 130)", 1, 2),
    ],
)
def test_a_fault_found_twice_by_a_trial_decides_and_what_it_could_not_look_at_is_told(
    tmp_path: Path, system: str, found: int, says: str, decided: int, rounds: int
) -> None:
    ended, said = run(tmp_path, **{system.lower(): found})
    assert ended == decided
    assert said.splitlines().count(f"asked: {system.lower()} --try") == rounds
    assert any(line.startswith(f"The trial on {system}") and says in line for line in said.splitlines())
    other = "Linux" if system == "Windows" else "Windows"
    assert f"The trial on {other}: all as it should be." in said


def test_a_fault_that_is_found_once_and_not_again_decides_nothing(tmp_path: Path) -> None:
    status, said = run(tmp_path, windows=FAULT, then=0)
    assert status == 0
    assert said.splitlines().count("asked: windows --try") == 2
    assert "The trial on Windows: all as it should be." in said.splitlines()


def test_the_trials_run_beside_each_other_and_what_each_says_stands_together(tmp_path: Path) -> None:
    status, said = run(tmp_path, beside=TRIALS)
    assert status == 0
    assert said.splitlines() == [
        "asked: test",
        *(
            line
            for name in TRIALS
            for line in (f"asked: {name} --try", f"{name} saw the other", f"The trial on {name.title()}: all as it should be.")
        ),
    ]


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


def test_a_trial_that_is_ended_from_outside_puts_its_things_away(monkeypatch: pytest.MonkeyPatch) -> None:
    away: list[str] = []

    def ended(_told: object) -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            away.append("the screen")
        return 0

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(front, "_windows", ended)
    monkeypatch.setattr(sys, "argv", ["dev.py", "windows"])
    try:
        with pytest.raises(SystemExit) as told:
            front.main()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert told.value.code == 143
    assert away == ["the screen"]


@pytest.mark.parametrize(("error", "status"), [(CannotBuild("No index answers."), dev.CANNOT), (BuildFailed("makensis ended with 1"), 1)])
def test_what_is_not_to_be_had_is_told_from_a_build_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BuildFailed, status: int
) -> None:
    def fails(_told: object) -> int:
        raise error

    monkeypatch.setattr(signal, "signal", lambda _number, _handler: None)
    monkeypatch.setattr(front, "_windows", fails)
    monkeypatch.setattr(sys, "argv", ["dev.py", "windows"])
    assert front.main() == status
    assert str(error) in capsys.readouterr().err
