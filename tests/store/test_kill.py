"""Killed in the middle of its work, again and again: nothing that was acknowledged is lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.basics.clock import FixedClock, SystemClock
from pupil_desk.basics.errors import Doubtful, WrongPassword
from pupil_desk.store.file import audit, checks, keyfile, opening
from tests.store.made import AT, NAME, PASSWORD, Unit

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")

OPENED = """
import sys
from pathlib import Path
from pupil_desk import __version__
from pupil_desk.basics.clock import SystemClock
from pupil_desk.store.file import keyfile, opening
path, data_key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
vault = opening.open_with_key(path, keyfile.read(path), data_key, app_version=__version__, opened_by="", clock=SystemClock())
"""
SAVER = (
    OPENED
    + """
sys.path.insert(0, "tests/store")
from made import add_pupil
number = vault.first_row("SELECT count(*) FROM pupil")[0]
while True:
    number += 1
    add_pupil(vault, number)
    print(number, flush=True)
"""
)
SAVE_A_FEW = (
    OPENED
    + """
import time
sys.path.insert(0, "tests/store")
from made import add_pupil
for number in range(5):
    add_pupil(vault, number)
print(number, flush=True)
time.sleep(600)
"""
)
KEY_WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from pupil_desk.store.file import keyfile
path = Path(sys.argv[1])
keys = keyfile.read(path)
while True:
    keys = replace(keys, generation=keys.generation + 1)
    keyfile.write(path, keys)
    print(keys.generation, flush=True)
"""


def acknowledged_before_kill(script: str, *args: str, wait: float) -> int:
    """Run the script, kill it after it said its first number and some time; the last number it said."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *args], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        said = [first, *process.stdout.read().split("\n")[:-1]]  # an unfinished line was not read by anybody
    assert first.strip(), "it never began"
    return int(said[-1])


def kill_while_saving(unit: Unit, times: int) -> None:
    with unit.unlock() as vault:
        data_key = vault._ring._data_key
    held = 0
    for round_number in range(times):
        said = acknowledged_before_kill(SAVER, str(unit.path), data_key.hex(), wait=0.007 * (round_number % 13))
        vault = opening.open_with_key(
            unit.path, keyfile.read(unit.path), data_key, app_version=__version__, opened_by="", clock=SystemClock()
        )
        with vault:
            row = vault.first_row("SELECT count(*), max(id) FROM pupil")
            assert row is not None
            held = row[0]
            assert said <= held <= said + 1  # one may have been committed and its reply lost
            assert audit.head(vault).seq == 3 + held  # a record never without its log row
            assert checks.verify_log(vault) == []
            assert checks.look_over(vault) == []
    assert held >= times


def kill_while_writing_keys(unit: Unit, times: int) -> None:
    in_force = keyfile.read(unit.path)
    for round_number in range(times):
        said = acknowledged_before_kill(KEY_WRITER, str(unit.path), wait=0.003 * (round_number % 17))
        assert said <= keyfile.read(unit.path).generation <= said + 1
    keyfile.places(unit.path)[0].write_bytes(in_force.as_bytes())  # the ones that the file names, and the second half-way somewhere else
    unit.unlock().close()
    assert [place.read_bytes() for place in keyfile.places(unit.path)] == [in_force.as_bytes()] * 2
    assert not list(unit.path.parent.glob(".*"))


@pytest.mark.acceptance(1, short=8, full=500)
def test_a_program_killed_while_saving_loses_nothing(unit: Unit, times: int) -> None:
    kill_while_saving(unit, times)


@pytest.mark.acceptance(10, short=8, full=500)
def test_keys_killed_while_being_written_still_open(unit: Unit, times: int) -> None:
    kill_while_writing_keys(unit, times)


@pytest.mark.acceptance(18)
def test_a_write_ahead_log_taken_away_after_a_kill_is_not_taken_for_whole(unit: Unit) -> None:
    """Committed work lies in the -wal until it is moved over; without it the file is whole, and short."""
    with unit.unlock() as vault:
        data_key = vault._ring._data_key
    acknowledged_before_kill(SAVE_A_FEW, str(unit.path), data_key.hex(), wait=0)
    unit.path.with_name(unit.path.name + "-wal").unlink()
    with pytest.raises(Doubtful, match="missing since"):
        unit.unlock()
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, read_only=True).vault as vault:
        assert checks.look_over(vault) == []
        [finding] = checks.verify_log(vault)
    assert "missing since" in finding.message


@pytest.mark.acceptance(21)
def test_ten_wrong_passwords_on_a_file_that_was_open_in_a_crash_harm_nothing(unit: Unit) -> None:
    with unit.unlock() as vault:
        data_key = vault._ring._data_key
    said = acknowledged_before_kill(SAVE_A_FEW, str(unit.path), data_key.hex(), wait=0)
    left = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    clock = FixedClock(AT)
    for _each in range(10):
        with pytest.raises(WrongPassword, match="is wrong"):
            opening.unlock(unit.path, name=NAME, password="wrong", clock=clock)
        clock.moment += timedelta(minutes=2)
    tries = unit.path.name + ".tries"
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.name != tries} == left
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, clock=clock).vault as vault:
        assert vault.first_row("SELECT count(*) FROM pupil")[0] == said + 1  # type: ignore[index]
        assert (checks.look_over(vault), checks.verify_log(vault)) == ([], [])
