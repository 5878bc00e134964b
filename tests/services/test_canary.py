"""A name, a number and a note are planted; everything is done; and nothing that is written about it holds any of them."""

import dataclasses
import logging
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics import logs
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
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.saving import Saving, save_notices, save_numbered
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import drafts
from tests.services import erased_at_once
from tests.services.exports import seasons
from tests.services.exports.made import DAY, Unit
from tests.services.imports.made import csv_of

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


@pytest.mark.acceptance(24)
def test_no_planted_word_is_readable_in_the_units_files(unit: Unit, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    _everything(unit, folder)
    for path in (*unit.file.parent.iterdir(), *folder.glob("*.pupilbackup"), *folder.glob("*.zip")):
        data = path.read_bytes() if path.is_file() else b""
        for planted in PLANTED:
            assert planted.encode() not in data, path.name


def _people(count: int) -> list[tuple[str, str, str, str]]:
    """Surname, forename, UPN and a note of so many, each a word that stands nowhere else."""
    draw = random.Random(count)
    words = iter({"".join(draw.choices("bcdfghjklmnpqrstvwxz", k=12)).capitalize() for _each in range(4 * count)})
    return [(next(words), next(words), seasons.upn(number), f"note of {next(words)}") for number in range(count)]


def _acts(unit: Unit, people: list[tuple[str, str, str, str]], folder: Path) -> Iterator[Callable[[], object]]:
    """What is done with them and what goes wrong with them, each of which may fail in its own way."""
    desk = unit.desk
    rows = [(surname, forename, "4/3/2012", upn, note) for surname, forename, upn, note in people]
    head = ("surname", "forename", "dob", "upn", "medical")
    for table in (csv_of(head, *rows), csv_of(head, *rows, *rows), csv_of(head, *[(*row[:2], "no day", *row[3:]) for row in rows])):
        yield lambda table=table: run_import(desk, "pupils", table, f"{people[0][0]}.csv")
    for name in ("youth-support", "contact-sheet", "school-census", "lrs-uln", "no such"):
        yield lambda name=name: run_export(desk, name, folder, ExportOrder(reason="Termly"))
    yield lambda: backups.make(desk, folder)
    for surname, forename, upn, note in people:
        yield lambda surname=surname: pupils.listing(desk, find=surname)
        yield lambda upn=upn: sheet.paper(desk, pupils.by_number(desk, upn).id)
        yield lambda surname=surname: pupils.by_number(desk, surname)
        yield lambda surname=surname, forename=forename, upn=upn, note=note: pupils.add_pupil(
            desk, Pupil(surname=surname, forename=forename, dob=DAY, upn=upn, medical=note), Enrolment(status="C")
        )
        yield lambda upn=upn, note=note: pupils.save_pupil(
            desk, dataclasses.replace(pupils.by_number(desk, upn), medical=note + " no more")
        )
        yield lambda upn=upn, note=note: drafts.keep(desk, "pupils", pupils.by_number(desk, upn).id, {"medical": note})
        yield lambda note=note: desk.vault.rows(f"SELECT '{note}' FROM nowhere")
        yield lambda note=note: {}[note]


@pytest.mark.acceptance(38, short=40, full=500)
def test_of_500_planted_words_none_is_in_the_log_on_this_pc_or_in_what_is_told_of_a_bug(
    unit: Unit, tmp_path: Path, caplog: pytest.LogCaptureFixture, times: int
) -> None:
    caplog.set_level(logging.DEBUG)
    people, reports, failed = _people(times // 4), [], 0
    (folder := tmp_path / "stick").mkdir()
    ours = logging.getLogger("pupil_desk")
    handlers, level = list(ours.handlers), ours.level
    logs.keep_log(tmp_path / "logs")
    try:
        for act in _acts(unit, people, folder):
            try:
                act()
            except Exception as error:  # noqa: BLE001 - whatever fails is told as a bug would be
                failed += 1
                reports.append(logs.report_of(type(error), error.__traceback__))
                ours.error("%s", reports[-1])
    finally:
        for handler in set(ours.handlers) - set(handlers):
            ours.removeHandler(handler)
            handler.close()
        ours.setLevel(level)
    told = [repr([tuple(row) for row in unit.desk.vault.rows("SELECT * FROM log")]), *reports]
    told += [file.read_text("utf-8") for file in (tmp_path / "logs").iterdir()]
    told += [record.getMessage() for record in caplog.records if record.name.startswith("pupil_desk")]
    text = "\n".join(told)
    assert failed > len(people) * 3
    assert unit.count("pupil") == len(people)
    words = [word for person in people for word in (*person[:3], person[3].removeprefix("note of "))]
    assert len(words) == times
    assert [word for word in words if word.casefold() in text.casefold()] == []
