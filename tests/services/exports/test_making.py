"""An export is whole or not at all: files, receipt, ledger and log agree, and a failure leaves nothing but its log row."""

import errno
import hashlib
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics import files
from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.documents.blocks import Keep, Para
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.documents.papers import receipt as receipt_layout
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.exports import EXPORTS, listing, recording, run_export
from pupil_desk.services.exports.export import Format, Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers import receipt_paper
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.units import sign_in
from pupil_desk.store.file import audit, checks
from pupil_desk.store.tables import ledger
from tests.services.exports.made import MOMENT, PASSWORD, Unit

NAME = "youth-support-2026-11-24-" + f"{MOMENT.astimezone():%H%M}"


@pytest.fixture
def filled(unit: Unit) -> Unit:
    unit.said(unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5), upn="E919200420040"), "allow")
    unit.pupil("Marrowbone", "Percival", date(2012, 2, 5))
    unit.pupil("Youngling", "Una", date(2014, 6, 6))
    return unit


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_locked_file_its_receipt_and_the_ledger_agree(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="  Termly \n return "))
    (file,) = made.files
    data = (stick / file.name).read_bytes()
    assert names(stick) == [f"{NAME}-receipt.txt", f"{NAME}.zip"]
    assert (file.name, file.bytes, file.sha256) == (f"{NAME}.zip", len(data), hashlib.sha256(data).hexdigest())
    assert made.password is not None
    ((inner, table),) = unlocked(data, made.password).items()
    assert inner == f"{NAME}.csv"
    assert b"Quillfeather,Ottoline" in table
    assert made.receipt_path.read_text(encoding="utf-8") == made.receipt_text
    (row,) = ledger.exports(filled.desk.vault)
    kept = {
        name: row[name] for name in ("id", "name", "reason", "judged_on", "rows", "left_out", "plain", "file_name", "sha256", "receipt")
    }
    assert kept == {
        "id": made.export_id,
        "name": "youth-support",
        "reason": "Termly return",
        "judged_on": "2026-11-24",
        "rows": 2,
        "left_out": 1,
        "plain": 0,
        "file_name": file.name,
        "sha256": file.sha256,
        "receipt": made.receipt_text,
    }
    assert checks.verify_log(filled.desk.vault) == []


def test_the_receipt_says_all_and_names_nobody(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    text = made.receipt_text
    head = audit.head(filled.desk.vault)
    for told in (
        "Larkfield Centre (919/1100)",
        "24 November 2026",
        "Ann Officer, data officer",
        "Termly return",
        "Youth support service",
        "Education and Skills Act 2008, section 72",
        "2 (full 1, minimum 1)",
        "P0003: by the rule",
        f"{NAME}.zip",
        made.files[0].sha256,
        f"{made.files[0].bytes:,} bytes",
        "locked, AES-256",
        head.reference,
    ):
        assert told in text
    assert "surname, forename, address_1" in text
    local = MOMENT.astimezone()
    assert f"{local:%H:%M:%S %Z} (UTC{local:%:z})" in text
    for secret in ("Quillfeather", "Ottoline", "Marrowbone", "Youngling", "E919200420040", "2027", "2014"):
        assert secret not in text


def test_a_giver_named_in_a_reason_is_not_on_the_receipt(unit: Unit, stick: Path) -> None:
    """The reason on the screen may name who restricted; a protected pupil's kind of protection is nobody else's business."""
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5))
    unit.protect(pupil)
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert "P0001: protected, and not confirmed by name" in made.receipt_text
    assert "withheld" not in made.receipt_text


def test_what_was_told_is_kept_pupil_by_pupil(filled: Unit, stick: Path) -> None:
    run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    rows = filled.desk.vault.rows(
        "SELECT p.surname, d.level, d.decided_by, d.fields FROM disclosure d JOIN pupil p ON p.id = d.pupil_id ORDER BY d.seq"
    )
    assert [(row["surname"], row["level"], row["decided_by"]) for row in rows] == [
        ("Marrowbone", "minimum", "rule"),
        ("Quillfeather", "full", "parent"),
    ]
    assert rows[0]["fields"].split(", ")[-1] == "pupil.dob"
    assert rows[1]["fields"].split(", ")[-1] == "enrolment.start_date", "nothing is told of what is not on file"


def test_the_log_has_a_beginning_and_an_end_with_the_fields(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    begun, done = filled.log()[-2:]
    assert begun == ("export begun", made.export_id, "youth-support: 2 rows, 1 left out, plain; Termly return")
    assert done[:2] == ("export-plain", made.export_id)
    assert done[2].startswith("youth-support: 2 rows, 1 left out, plain; Termly return; surname, forename, address_1, ")
    assert done[2].endswith(", looked_after")


def test_the_password_is_nowhere_but_in_the_hand(filled: Unit, stick: Path, tmp_path: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    assert made.password is not None
    assert made.password.count("-") == 8
    assert made.password not in repr(made)
    tables = [row[0] for row in filled.desk.vault.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = repr([tuple(row) for table in tables for row in filled.desk.vault.rows(f'SELECT * FROM "{table}"')])
    assert made.export_id in told
    assert made.password not in told
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        assert made.password.encode() not in path.read_bytes()


def test_each_file_has_its_own_password(filled: Unit, stick: Path) -> None:
    passwords = {run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return")).password for _each in range(3)}
    assert len(passwords) == 3


def test_a_second_one_within_the_minute_stands_beside_the_first(filled: Unit, stick: Path) -> None:
    first = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="One"))
    before = (stick / first.files[0].name).read_bytes()
    run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Two"))
    third = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Three", plain=True))
    assert names(stick) == sorted(
        [f"{NAME}.zip", f"{NAME}-receipt.txt", f"{NAME}-2.zip", f"{NAME}-2-receipt.txt", f"{NAME}-3.csv", f"{NAME}-3-receipt.txt"]
    )
    assert (stick / first.files[0].name).read_bytes() == before
    assert third.receipt_path.name == f"{NAME}-3-receipt.txt"


def test_nobody_on_roll_is_a_file_with_a_header_and_a_receipt_that_says_so(unit: Unit, stick: Path) -> None:
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    assert (made.rows, made.left_out) == (0, ())
    assert (stick / made.files[0].name).read_bytes().count(b"\r\n") == 1
    assert "Nothing was due" in made.receipt_text


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 256])
def test_a_reason_is_asked_for(filled: Unit, stick: Path, reason: str) -> None:
    with pytest.raises(WrongUse):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason=reason))
    assert names(stick) == []
    assert filled.count("export_made") == 0


def test_an_unknown_export_is_wrong_use(unit: Unit, stick: Path) -> None:
    with pytest.raises(WrongUse, match="youth-support"):
        run_export(unit.desk, "no-such", stick, ExportOrder(reason="Termly return"))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
@pytest.mark.parametrize("how", [{}, {"plain": True}, {"confirm": ["x"]}])
def test_others_than_a_data_officer_are_refused_and_logged(filled: Unit, stick: Path, role: Role, how: dict[str, object]) -> None:
    officers = [export for export in EXPORTS if export.action is Action.EXPORT]
    for export in officers:
        with pytest.raises(NotAllowed, match="data officer"):
            run_export(filled.as_role(role), export.name, stick, ExportOrder(reason="Termly return", **how))
    assert names(stick) == []
    assert [entry[0] for entry in filled.log()].count("refused: export") == len(officers) > 5


def test_in_a_training_unit_roles_still_count(training_unit: Unit, stick: Path) -> None:
    training_unit.pupil("Abel", "Ann", date(2012, 1, 5))
    assert run_export(training_unit.desk, "youth-support", stick, ExportOrder(reason="Practice", plain=True)).rows == 1
    with pytest.raises(NotAllowed):
        run_export(training_unit.as_role(Role.OFFICE), "youth-support", stick, ExportOrder(reason="Practice", plain=True))


def test_it_is_judged_on_the_day_asked_for(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return", day=date(2026, 9, 1)))
    assert (made.rows, made.left_out) == (0, ())
    assert "Judged on:    1 September 2026" in made.receipt_text
    assert f"{MOMENT.astimezone():%Y-%m-%d}" in made.files[0].name


def test_a_day_to_come_is_refused_and_nothing_is_written(filled: Unit, stick: Path) -> None:
    before = filled.log()
    with pytest.raises(WrongUse, match="cannot be judged on a day to come"):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return", day=MOMENT.date() + timedelta(days=1)))
    assert names(stick) == []
    assert filled.log() == before
    assert run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return", day=MOMENT.date())).rows == 2


def test_a_period_that_ends_on_a_day_to_come_is_refused(filled: Unit, stick: Path) -> None:
    coming = Period(date(2026, 9, 1), MOMENT.date() + timedelta(days=1))
    with pytest.raises(WrongUse, match="ends on a day to come"):
        run_export(filled.desk, "la-attendance", stick, ExportOrder(reason="Return", period=coming))
    beginning = Period(MOMENT.date() + timedelta(days=1), MOMENT.date())  # as of the command line, where only the first day is given
    with pytest.raises(WrongUse, match="begins on a day to come"):
        run_export(filled.desk, "la-attendance", stick, ExportOrder(reason="Return", period=beginning))
    assert names(stick) == []


def test_where_all_who_are_due_stay_out_the_receipt_does_not_say_that_nobody_was_due(unit: Unit, stick: Path) -> None:
    unit.protect(unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5)))
    made = run_export(unit.desk, "la-new-pupil", stick, ExportOrder(reason="Return", plain=True, format=Format.PDF))
    assert made.rows == 0
    assert "Nobody is in it: those who were due are left out." in made.receipt_text
    assert "Nothing was due" not in made.receipt_text
    signed = receipt_layout.story(receipt_paper.receipt_of(unit.desk, listing.one_made(unit.desk, made.export_id)))[-1]
    assert isinstance(signed, Keep)
    assert [block.text for block in signed.blocks if isinstance(block, Para)] == ["No file was made, and none was handed over."]


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


def test_a_full_stick_is_told_and_leaves_no_part(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick fills up half-way: the system's own refusal, from beneath ``write_whole``."""

    def half(part: Path, data: bytes) -> None:
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
    assert (stick / f"{NAME}.zip").read_bytes() == b"not ours"


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


@pytest.mark.parametrize(("moment", "left"), [("rename", [f"{NAME}.zip.part"]), ("", [f"{NAME}-receipt.txt", f"{NAME}.zip"])])
def test_a_kill_leaves_a_log_that_tells(filled: Unit, stick: Path, moment: str, left: list[str]) -> None:
    """A file is whole or not there; without its receipt it does not count; the log has a beginning without an end."""
    filled.desk.vault.close()
    arguments = [filled.file, stick, moment, PASSWORD, MOMENT.isoformat()]
    run = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, timeout=60)
    assert run.returncode == (-signal.SIGKILL if moment else 0), run.stderr
    assert names(stick) == left
    if f"{NAME}.zip" in left:
        assert zipfile.ZipFile(stick / f"{NAME}.zip").namelist() == ["data.zip"]
    later = FixedClock(MOMENT + timedelta(minutes=7))
    again = Unit(sign_in(filled.file, name="Ann Officer", password=PASSWORD, clock=later), filled.file)
    told = [entry[0] for entry in again.log() if entry[0].startswith("export")]
    assert told == (["export begun"] if moment else ["export begun", "export"])
    assert again.count("export_made") == (0 if moment else 1)
    run_export(again.desk, "youth-support", stick, ExportOrder(reason="Once more"))
    assert not list(stick.glob("*.part"))
    again.desk.vault.close()


def test_the_time_bears_a_short_zone_or_none() -> None:
    from datetime import datetime, timedelta, timezone

    from pupil_desk.services.exports.recording import _zone

    assert _zone(datetime(2026, 11, 24, tzinfo=timezone(timedelta(0), "GMT"))) == " GMT"
    assert _zone(datetime(2026, 11, 24, tzinfo=timezone(timedelta(0), "Greenwich Standard Time"))) == ""
