"""An export that fails, is stopped or killed leaves nothing but its log row."""

import errno
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk.basics import files
from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import write_whole
from pupil_desk.services.exports import recording, run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.unit.units import sign_in
from pupil_desk.store.file import checks
from pupil_desk.store.tables import ledger
from tests.services.exports.made import FILE_STEM, MOMENT, PASSWORD, Unit, names

# -- failures


def planted(at: str, error: BaseException) -> Callable[..., str]:
    """``write_whole`` that fails for the file of that ending, and writes the others."""

    def write(path: Path, data: bytes, **how: bool) -> str:
        if path.name.endswith(at):
            raise error
        return write_whole(path, data, **how)

    return write


@pytest.mark.parametrize("at", [".zip", "-receipt.txt"])
@pytest.mark.parametrize("error", [CannotWrite("The disk is full."), KeyboardInterrupt(), RuntimeError("a bug")])
def test_a_failed_write_leaves_nothing_but_its_log_row(
    filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch, at: str, error: BaseException
) -> None:
    (stick / "older.zip").write_bytes(b"older")
    monkeypatch.setattr(recording, "write_whole", planted(at, error))
    with pytest.raises(type(error)):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert names(stick) == ["older.zip"]
    assert filled.count("export_made") == filled.count("disclosure") == 0
    assert [entry[0] for entry in filled.log()[-2:]] == ["export begun", "export failed"]
    assert checks.verify_log(filled.desk.vault) == []


@pytest.mark.parametrize("part", ["9191100_CTF_9194001_001.xml.part", "youth-support-2026-11-23-1005.zip.part"])
def test_what_a_kill_left_of_a_file_is_swept_by_the_next_whatever_its_name(filled: Unit, stick: Path, part: str) -> None:
    (stick / part).write_bytes(b"half")
    (stick / "letter.part").write_bytes(b"somebody's")
    run_export(filled.desk, "ctf" if "CTF" in part else "youth-support", stick, ExportOrder(reason="Return"))
    assert part not in names(stick)
    assert "letter.part" in names(stick)


@pytest.mark.acceptance(44)
def test_a_full_stick_is_told_and_leaves_no_part(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick fills up half-way: the system's own refusal, from beneath ``write_whole``."""

    def half(part: Path, pieces: Iterable[bytes]) -> None:
        data = b"".join(pieces)
        part.write_bytes(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_write_and_flush", half)
    with pytest.raises(CannotWrite, match="full"):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert names(stick) == []
    assert filled.log()[-1][0] == "export failed"


def test_a_stick_that_is_not_there_is_told(filled: Unit, stick: Path) -> None:
    with pytest.raises(CannotWrite, match="not there"):
        run_export(filled.desk, "youth-support", stick / "pulled", ExportOrder(reason="Termly return"))
    assert filled.log()[-1][0] == "export failed"
    assert filled.count("export_made") == 0


def test_a_file_whose_transaction_fails_is_taken_away_again(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise CannotWrite("The disk of this PC is full.")

    monkeypatch.setattr(ledger, "add_export", refuse)
    with pytest.raises(CannotWrite):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert names(stick) == []
    assert filled.log()[-1][0] == "export failed"
    assert "export" not in [entry[0] for entry in filled.log()]


def test_a_file_of_somebody_else_is_not_taken_away(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program writes the very name between our look and our write."""

    def late(path: Path, data: bytes) -> str:
        path.write_bytes(b"not ours")
        return write_whole(path, data)

    monkeypatch.setattr(recording, "write_whole", late)
    with pytest.raises(CannotWrite, match="already there"):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert (stick / f"{FILE_STEM}.zip").read_bytes() == b"not ours"


@pytest.mark.parametrize("stop_at", [0, 1, 2])
def test_stopping_it_is_a_failure_like_any_other(filled: Unit, stick: Path, stop_at: int) -> None:
    class Stopped(Exception):
        pass

    def progress(done: int, total: int, words: str) -> None:
        assert total == 3
        assert words
        if done == stop_at:
            raise Stopped

    with pytest.raises(Stopped):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"), progress=progress)
    assert names(stick) == []
    assert filled.count("export_made") == 0


def test_who_stops_it_when_it_is_made_still_learns_its_password(filled: Unit, stick: Path) -> None:
    steps: list[int] = []

    def progress(done: int, _total: int, _words: str) -> None:
        assert filled.count("export_made") == 0, "asked whether to go on with what is made already"
        steps.append(done)

    assert run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"), progress=progress).password
    assert steps == [0, 1, 2]


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics import files
from pupil_desk.services.exports import recording, run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.unit.units import sign_in

file, stick, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

def write(path, data):
    digest = files.write_whole(path, data)
    if path.suffix == moment:
        die()
    return digest

desk = sign_in(file, name="Ann Officer", password=sys.argv[4], clock=FixedClock(datetime.fromisoformat(sys.argv[5])))
if moment == "rename":
    files.take_name = die
recording.write_whole = write
run_export(desk, "youth-support", stick, ExportOrder(reason="Termly return"))
"""


@pytest.mark.parametrize(
    ("moment", "left"), [("rename", [f"{FILE_STEM}.zip.part"]), ("", [f"{FILE_STEM}-receipt.txt", f"{FILE_STEM}.zip"])]
)
def test_a_kill_leaves_a_log_that_tells(filled: Unit, stick: Path, moment: str, left: list[str]) -> None:
    """A file is whole or not there; without its receipt it does not count; the log has a beginning without an end."""
    filled.desk.vault.close()
    arguments = [filled.file, stick, moment, PASSWORD, MOMENT.isoformat()]
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, timeout=60)
    assert run.returncode == (-signal.SIGKILL if moment else 0), run.stderr
    assert names(stick) == left
    if f"{FILE_STEM}.zip" in left:
        assert zipfile.ZipFile(stick / f"{FILE_STEM}.zip").namelist() == ["data.zip"]
    later = FixedClock(MOMENT + timedelta(minutes=7))
    again = Unit(sign_in(filled.file, name="Ann Officer", password=PASSWORD, clock=later), filled.file)
    told = [entry[0] for entry in again.log() if entry[0].startswith("export")]
    assert told == (["export begun"] if moment else ["export begun", "export"])
    assert again.count("export_made") == (0 if moment else 1)
    run_export(again.desk, "youth-support", stick, ExportOrder(reason="Once more"))
    assert not list(stick.glob("*.part"))
    again.desk.vault.close()
