"""A name, a number and a note are planted; everything is done; and nothing that is written about it holds any of them."""

import dataclasses
import logging
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.domain.governance.breach_forms import BreachReport
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services import holds, sheet
from pupil_desk.services.backup import backups, checks
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.governance import breaches
from pupil_desk.services.home import home
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.saving import Saving, save_notices, save_numbered
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import drafts
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit

UPN = "Y919110026001"
PLANTED = ("Quillfeather", "Zoraida", "zoraida", UPN, "inhaler", "Tanglewood", "2012-05-01", "1 May 2012")


def _everything(unit: Unit, folder: Path) -> None:
    desk = unit.desk
    pupil = unit.pupil(
        "Quillfeather",
        "Zoraida",
        date(2012, 5, 1),
        upn=UPN,
        address_1="1 Tanglewood",
        postcode="SG4 7ZZ",
        medical="inhaler",
        email="zoraida@example.org",
    )
    mother = unit.contact(pupil, "Quillfeather", parental_responsibility=True, lives_with=True)
    contacts.save_contact(desk, dataclasses.replace(mother, forename="Zoraida"))
    pupils.save_pupil(desk, dataclasses.replace(pupil, medical="no inhaler"))
    unit.protect(pupil)
    protections.lift_protection(desk, pupils.record(desk, pupil.id).protections[0].id, "Tanglewood is safe")
    sharing.record_choices(
        desk,
        [
            Choice(
                pupil_id=pupil.id,
                recipient="youth-support",
                choice="restrict",
                by="parent",
                on=DAY,
                giver="Quillfeather",
                channel="form",
                note="inhaler",
            )
        ],
    )
    letters = notices.letters_of(desk, pupil.id).letters
    with Saving(folder) as saving:
        save_notices(saving, desk, letters, "pdf", lambda _done, _total, _words: None)
        save_notices(saving, desk, letters, "html", lambda _done, _total, _words: None)
        save_numbered(saving, desk, printing.make_forms(desk, "sharing-choice", [pupil]).forms, lambda _done, _total, _words: None)
    notices.issue(desk, letters, "post")
    drafts.keep(desk, "pupils", pupil.id, {"surname": "Quillfeather"})
    sheet.paper(desk, pupil.id)
    home.tasks(desk)
    pupils.listing(desk, find="quillf")
    run_export(desk, "youth-support", folder, ExportOrder(reason="Termly"))
    backups.make(desk, folder)
    holds.set_hold(desk, LegalHold(pupil_id=pupil.id, reason="A claim about Tanglewood", review_on=date(2027, 3, 1)))
    breaches.report(desk, BreachReport(text="Quillfeather’s note about an inhaler was lost", day=DAY, time="09:00"))
    other = unit.pupil(
        "Zoraida", "Quillfeather", date(1990, 5, 1), Enrolment(status="C", start_date=date(2003, 9, 1), end_date=date(2006, 6, 1))
    )
    erased_at_once.erase_pupil(desk, other.id, authority="Zoraida asked")
    backups.make(desk, folder)
    checks.check_file(desk)
    with pytest.raises(Known):
        pupils.add_pupil(desk, Pupil(surname="Quillfeather", forename="Zoraida", dob=DAY, upn=UPN), pupils.record(desk, pupil.id).stays[0])
    with pytest.raises(Known):
        pupils.by_number(desk, "Quillfeather")


def test_no_planted_word_is_in_the_log_or_in_a_name_of_a_file(unit: Unit, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "stick"
    folder.mkdir()
    _everything(unit, folder)
    rows = [repr(tuple(row)) for row in unit.desk.vault.rows("SELECT * FROM log")]
    names = [path.name for path in tmp_path.rglob("*")]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("pupil_desk")]
    assert len(rows) > 15
    assert len(names) > 6
    for planted in PLANTED:
        for told in (*rows, *names, *ours):
            assert planted not in told


def test_no_planted_word_is_readable_in_the_units_files(unit: Unit, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    _everything(unit, folder)
    for path in (*unit.file.parent.iterdir(), *folder.glob("*.pupilbackup"), *folder.glob("*.zip")):
        data = path.read_bytes() if path.is_file() else b""
        for planted in PLANTED:
            assert planted.encode() not in data, path.name
