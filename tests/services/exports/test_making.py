"""An export is whole: files, receipt, ledger and log agree."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import Keep, Para
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.documents.papers import receipt as receipt_layout
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.exports import EXPORTS, listing, run_export
from pupil_desk.services.exports.export import Format, Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers import receipt_paper
from pupil_desk.services.roles import Action
from pupil_desk.store.file import audit, checks
from pupil_desk.store.tables import ledger
from tests.services.exports.made import FILE_STEM, MOMENT, Unit, names


def test_a_locked_file_its_receipt_and_the_ledger_agree(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="  Termly \n return "))
    (file,) = made.files
    data = (stick / file.name).read_bytes()
    assert names(stick) == [f"{FILE_STEM}-receipt.txt", f"{FILE_STEM}.zip"]
    assert (file.name, file.bytes, file.sha256) == (f"{FILE_STEM}.zip", len(data), hashlib.sha256(data).hexdigest())
    assert made.password is not None
    ((inner, table),) = unlocked(data, made.password).items()
    assert inner == f"{FILE_STEM}.csv"
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


_SUMS = re.compile(r"[0-9a-f]{8,}|[0-9a-f]{4}-[0-9a-f]{4}")


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
        "P0003: because of the pupil’s age on that day",
        f"{FILE_STEM}.zip",
        made.files[0].sha256,
        f"{made.files[0].bytes:,} bytes",
        "locked, AES-256",
        head.reference,
    ):
        assert told in text
    assert "legal surname (surname); legal forename (forename); date of birth (dob)" in text
    local = MOMENT.astimezone()
    assert f"{local:%H:%M:%S %Z} (UTC{local:%:z})" in text
    for secret in ("Quillfeather", "Ottoline", "Marrowbone", "Youngling", "E919200420040", "2027", "2014"):
        assert secret not in _SUMS.sub("", text), "a sum may hold any four digits by chance"


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


@pytest.mark.acceptance(50)
def test_the_log_has_a_beginning_and_an_end_with_the_fields(filled: Unit, stick: Path) -> None:
    made = run_export(filled.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    begun, done = filled.log()[-2:]
    assert begun == ("export begun", made.export_id, "youth-support: 2 rows, 1 left out, plain; Termly return")
    assert done[:2] == ("export-plain", made.export_id)
    assert done[2].startswith(
        "youth-support: 2 rows, 1 left out, plain; Termly return; legal surname (surname), legal forename (forename), "
    )
    assert done[2].endswith(", starting day (start_date)"), "what stayed empty is not told"


@pytest.mark.acceptance(49)
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
        [
            f"{FILE_STEM}.zip",
            f"{FILE_STEM}-receipt.txt",
            f"{FILE_STEM}-2.zip",
            f"{FILE_STEM}-2-receipt.txt",
            f"{FILE_STEM}-3.csv",
            f"{FILE_STEM}-3-receipt.txt",
        ]
    )
    assert (stick / first.files[0].name).read_bytes() == before
    assert third.receipt_path.name == f"{FILE_STEM}-3-receipt.txt"


def test_nobody_on_roll_is_a_file_with_a_header_and_a_receipt_that_says_so(unit: Unit, stick: Path) -> None:
    made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
    assert (made.rows, made.left_out) == (0, ())
    assert (stick / made.files[0].name).read_bytes().count(b"\r\n") == 1
    assert "Nothing was due" in made.receipt_text


@pytest.mark.acceptance(50)
@pytest.mark.parametrize("reason", ["", "  \n", "x" * 256])
def test_a_reason_is_asked_for(filled: Unit, stick: Path, reason: str) -> None:
    with pytest.raises(WrongUse):
        run_export(filled.desk, "youth-support", stick, ExportOrder(reason=reason))
    assert names(stick) == []
    assert filled.count("export_made") == 0


def test_an_unknown_export_is_wrong_use(unit: Unit, stick: Path) -> None:
    with pytest.raises(WrongUse, match="youth-support"):
        run_export(unit.desk, "no-such", stick, ExportOrder(reason="Termly return"))


@pytest.mark.acceptance(50)
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
    assert "Nobody is in it: all whom it covers are left out." in made.receipt_text
    assert "Nothing was due" not in made.receipt_text
    signed = receipt_layout.story(receipt_paper.receipt_of(unit.desk, listing.one_made(unit.desk, made.export_id)))[-1]
    assert isinstance(signed, Keep)
    assert [block.text for block in signed.blocks if isinstance(block, Para)] == ["No file was made, and none was handed over."]


def test_the_time_bears_a_short_zone_or_none() -> None:
    from datetime import datetime, timedelta, timezone

    from pupil_desk.services.exports.recording import _zone

    assert _zone(datetime(2026, 11, 24, tzinfo=timezone(timedelta(0), "GMT"))) == " GMT"
    assert _zone(datetime(2026, 11, 24, tzinfo=timezone(timedelta(0), "Greenwich Standard Time"))) == ""
