"""A backup of before an erasure, restored: what was erased since is erased in it again, and nobody else can have that done."""

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import holds, sheet
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.checks import check_file
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.erasure import cases
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit.units import open_with_recovery_code, sign_in
from pupil_desk.store.file import erased_ledger
from tests.services import erased_at_once
from tests.services.exports.made import DAY, MOMENT, PASSWORD, Unit, recovery_code

LONG_AGO = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def restored(unit: Unit, backup: Path, name: str = "restored", **more: object) -> tuple[Desk, int]:
    """The restored file, its data officer at the desk, and how many orders were carried out again."""
    target = unit.file.parent.parent / name / "unit.pupildesk"
    target.parent.mkdir()
    told = backups.restore(backup, target, unit.desk.clock, **({"name": "Ann Officer", "password": PASSWORD} | more))  # type: ignore[arg-type]
    return sign_in(target, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock), told.erased_again


def names(desk: Desk) -> list[str]:
    return [pupil.surname for pupil in pupils.all_pupils(desk)]


def two(unit: Unit) -> tuple[Pupil, Pupil]:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6)), unit.pupil("Larch", "Dan", date(2012, 5, 6))


def test_whoever_was_erased_after_the_backup_stays_erased(unit: Unit, folder: Path) -> None:
    gone, _stays = two(unit)
    unit.contact(gone, "Quill", mobile="07700 900123")
    made, _news = backups.make(unit.desk, folder)
    assert [path.name for path in folder.iterdir()] == [made.path.name]  # nothing was erased so far
    done = erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request of 3 November")
    desk, again = restored(unit, made.path, live=unit.file)
    assert again == 1
    assert names(desk) == ["Larch"]
    order = desk.vault.first_row("SELECT * FROM erasure_order")
    assert order is not None
    assert (order["id"], order["pupil_id"], order["tables"]) == (done.order_id, gone.id, "*")
    assert json.loads(order["counts"]) == done.counts
    assert not check_file(desk)
    assert desk.vault.rows("PRAGMA foreign_key_check") == []
    told = [row["reason"] for row in desk.vault.rows("SELECT reason FROM log WHERE action = 'erase'")]
    assert told == ["1 orders carried out again"]
    assert unit.file.with_name("unit.pupildesk.erased").exists()
    assert b"Quill" not in unit.file.with_name("unit.pupildesk.erased").read_bytes()
    desk.vault.close()


def test_the_note_beside_the_backups_is_enough(unit: Unit, folder: Path) -> None:
    gone, _stays = two(unit)
    first, _news = backups.make(unit.desk, folder)
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    backups.make(unit.desk, folder)
    assert len(list(folder.glob("*.erased"))) == 1
    desk, again = restored(unit, first.path)
    assert (again, names(desk)) == (1, ["Larch"])
    desk.vault.close()


def test_children_merged_by_mistake_in_the_backup_are_parted_before_one_of_them_is_erased_again(unit: Unit, folder: Path) -> None:
    gone, stays = two(unit)
    twice, third = (unit.pupil(surname, "Eva", date(2012, 5, 6)) for surname in ("Ashe", "Ash"))
    unit.contact(stays, "Larch", mobile="07700 900123")
    merging.merge(unit.desk, third.id, twice.id, reason="One girl, entered twice")
    merging.merge(unit.desk, gone.id, third.id, reason="Taken for one")
    merging.merge(unit.desk, stays.id, gone.id, take={"forename"}, reason="Taken for one")
    made, _news = backups.make(unit.desk, folder)
    for record in (gone.id, third.id):
        merging.part(unit.desk, record, reason="They are three")
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    desk, again = restored(unit, made.path, live=unit.file)
    assert (again, names(desk)) == (1, ["Ash", "Larch"]), "who was rightly merged stays so"
    kept = pupils.record(desk, stays.id)
    assert (kept.pupil.forename, [contact.mobile for contact in kept.contacts]) == ("Dan", ["07700 900123"])
    assert [row["pupil_id"] for row in desk.vault.rows("SELECT pupil_id FROM erasure_order")] == [gone.id]
    desk.vault.close()


def test_a_record_of_which_proof_was_kept_is_emptied_again(unit: Unit, folder: Path) -> None:
    gone = unit.pupil("Quill", "Bea", date(2001, 5, 6), LONG_AGO, address_1="4 Larch Way", phone="01632 960123")
    unit.contact(gone, "Quill", parental_responsibility=True, lives_with=False, address_1="9 Mill Lane", postcode="AL28 3QN")
    progress_reports.log_printed(unit.desk, gone.id)
    made, _news = backups.make(unit.desk, folder)
    code = recovery_code(unit.desk)
    cases.propose(unit.desk, gone.id, Reach.RECORD, Ground.DUE)
    (line,) = cases.lines(unit.desk)
    assert line.case is not None
    later = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(days=8)))
    cases.carry_out(later, line.case.id, recovery_code=code)
    desk, again = restored(unit, made.path, live=unit.file)
    assert again == 1
    left = {section.name for section in sheet.everything(desk, gone.id) if section.entries}
    assert left == {"pupil", "disclosures"}
    assert pupils.record(desk, gone.id).pupil.phone is None
    desk.vault.close()


def test_a_class_that_was_erased_of_everybody_is_erased_again(unit: Unit, folder: Path) -> None:
    gone, _stays = two(unit)
    unit.said(gone, "restrict")
    made, _news = backups.make(unit.desk, folder)
    erased_at_once.erase_sections(unit.desk, ["choices"], authority="Old")
    desk, again = restored(unit, made.path, live=unit.file)
    assert again == 1
    assert desk.vault.rows("SELECT 1 FROM choice") == []
    assert len(names(desk)) == 2
    desk.vault.close()


def test_a_hold_of_the_backup_that_was_lifted_since_does_not_bring_anybody_back(unit: Unit, folder: Path) -> None:
    gone, _stays = two(unit)
    holds.set_hold(unit.desk, LegalHold(pupil_id=gone.id, reason="A claim", review_on=DAY + timedelta(days=60)))
    made, _news = backups.make(unit.desk, folder)
    holds.lift(unit.desk, holds.listing(unit.desk)[0].id, "Settled")
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    desk, again = restored(unit, made.path, live=unit.file)
    assert (again, names(desk)) == (1, ["Larch"])
    desk.vault.close()


def test_a_restored_file_knows_of_pupils_it_never_held(unit: Unit, folder: Path) -> None:
    first, _news = backups.make(unit.desk, folder)
    gone, _stays = two(unit)
    second, _news = backups.make(unit.desk, folder)
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    desk, again = restored(unit, first.path, "first", live=unit.file)
    assert (again, names(desk)) == (1, [])
    place = desk.vault.path
    desk.vault.close()
    for note in (*folder.glob("*.erased"), erased_ledger.place(unit.file)):
        note.unlink(missing_ok=True)
    desk, again = restored(unit, second.path, "second", live=place)
    assert (again, names(desk)) == (1, ["Larch"])
    desk.vault.close()


def test_a_backup_of_after_is_left_as_it_is_and_the_recovery_code_does_the_same(unit: Unit, folder: Path) -> None:
    gone, _stays = two(unit)
    code = recovery_code(unit.desk)
    before, _news = backups.make(unit.desk, folder)
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    after, _news = backups.make(unit.desk, folder)
    desk, again = restored(unit, after.path, "after", live=unit.file)
    assert again == 0
    desk.vault.close()
    target = folder / "by-code.pupildesk"
    told = backups.restore(before.path, unit.file.with_name("by-code.pupildesk"), unit.desk.clock, recovery_code=code)
    assert told.erased_again == 1
    found = open_with_recovery_code(unit.file.with_name("by-code.pupildesk"), code, unit.desk.clock)
    assert [row["surname"] for row in found.vault.rows("SELECT surname FROM pupil")] == ["Larch"]
    found.close()
    assert not target.exists()


def test_a_note_that_was_written_by_somebody_else_erases_nobody(unit: Unit, folder: Path) -> None:
    gone, stays = two(unit)
    made, _news = backups.make(unit.desk, folder)
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="Request")
    note = erased_ledger.place(unit.file)
    data = json.loads(note.read_text())
    data["orders"].append({"id": "forged", "pupil_id": stays.id, "tables": "*", "closed_at": "2026-11-24T10:05:00.000000Z"})
    for text in (json.dumps(data), "{", "[]", '{"vault": 1}', ""):
        note.write_text(text)
        assert erased_ledger.read(unit.desk.vault, [note]) == []
    desk, again = restored(unit, made.path, live=unit.file)
    assert again == 0
    assert len(names(desk)) == 2
    desk.vault.close()
    note.unlink()
    unit.desk.vault.close()
    desk = sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)  # it is written anew from the file itself
    assert len(erased_ledger.read(desk.vault, [note])) == 1
    desk.vault.close()


def test_the_words_say_it() -> None:
    told = backups.Verified(True, (), {}, None, "password", erased_again=2)
    assert backups.erased_words(told) == ["Carried out again in it: 2 erasures made after this backup. Nobody comes back."]
    assert backups.erased_words(dataclasses.replace(told, erased_again=0)) == []
