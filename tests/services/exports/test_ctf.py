"""The transfer file: who is sent and who waits, what stands in it, its numbers, and that what it tells is read back as the same."""

import dataclasses
import re
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.care.needs import TYPE_BESIDE_NO_NEED, CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.exports import recording, run_export
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.learning import assessments as results
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from tests.services.exports.made import DAY, Unit, new_unit
from tests.services.exports.transfers import BORN, FILE, LEFT, SCHEMA, UPNS, filled, send, without_blanks
from tests.services.imports.ctf_made import CONTACT, RESULT, contacts_of, ctf_of, pupil_of


@pytest.mark.needs("xmllint")
def test_the_file_byte_for_byte_read_by_another_program_and_brought_back_the_same(unit: Unit, stick: Path, tmp_path: Path) -> None:
    filled(unit)
    made = send(unit.desk, stick)
    assert [file.name for file in made.files] == ["9191100_CTF_9194001_001.xml"]
    path = stick / made.files[0].name
    data = path.read_bytes()
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<CTfile>\n  <Header>\n')
    moment = f"{unit.desk.clock.now().astimezone():%Y-%m-%dT%H:%M:%S}"
    assert without_blanks(data.decode()) == without_blanks(FILE.format(moment=moment))
    checked = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, path], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "School 919/4001" in made.receipt_text
    assert "not certified" in made.receipt_text
    (kept,) = unit.desk.vault.rows("SELECT recipient, fields FROM disclosure")
    assert kept["recipient"] == "School 919/4001"
    assert {"pupil.upn", "contact.mobile", "mark.code", "assessment.result"} <= set(kept["fields"].split(", ")) <= set(CTF.items)
    words = told.in_words(kept["fields"], "ctf")
    assert told.FLAG in words
    assert not {"medical notes", "health: what it is", "medicine: medicine"} & set(words)

    other = new_unit(tmp_path / "other" / "unit.pupildesk")
    settings.save_settings(other.desk, dataclasses.replace(other.desk.settings, la="919", estab="4001"))
    outcome = run_import(other.desk, "auto", data, path.name)
    assert (outcome.added, outcome.refused) == (1, 0)
    assert {problem.code for problem in outcome.problems} == {"medical_flag"}
    (there,) = pupils.all_pupils(other.desk)
    assert (there.previous_school, there.sen_provision, there.sen_need_1, there.medical) == ("919/1100", "E", "SEMH", None)
    assert run_import(other.desk, "auto", data, path.name).unchanged == 1
    other.desk.vault.close()


def test_nothing_to_come_or_that_contradicts_itself_is_told(unit: Unit, stick: Path) -> None:
    """As on the leaving day: what begins later is not in it, an end to come is none, and a guest's sessions are not the school's to count."""
    guest = dataclasses.replace(
        LEFT, status="G", start_date=date(2026, 11, 2), end_date=date(2026, 11, 6), next_school=None, deletion_ground=None
    )
    ann = unit.pupil("Abel", "Ann", BORN, guest, upn=UPNS[0], sex="F")
    pupils.add_stay(unit.desk, dataclasses.replace(LEFT, pupil_id=ann.id, start_date=date(2026, 11, 9)))
    for surname, order in (("First", 2), ("Second", None)):
        unit.contact(ann, surname, order=order)
    of = {"id": "", "pupil_id": ann.id}
    with unit.desk.vault.transaction():
        for record in (
            SenPeriod(**of, provision="K", start_date=date(2025, 9, 1), end_date=date(2026, 10, 31)),
            SenPeriod(**of, provision="N", start_date=date(2026, 11, 1), end_date=date(2026, 12, 1)),
            SenPeriod(**of, provision="E", start_date=date(2026, 12, 2)),
            SenNeed(**of, need="ASD", rank=1),
            CarePeriod(**of, kind="TFSM", start_date=date(2027, 1, 2)),
            Medicine(**of, name="Penicillin", dose="1", taken="mouth", end_date=date(2026, 10, 2)),
        ):
            several.add(unit.desk.vault, dataclasses.replace(record, id=new_id()))
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=ann.id, day=day, session=session, code=code)
            for day, code in ((date(2026, 11, 3), "O"), (date(2026, 11, 10), "/"))
            for session in Session
        ],
    )
    text = without_blanks((stick / send(unit.desk, stick).files[0].name).read_text("utf-8"))
    sen = "<SEN><StartDate>2025-09-01</StartDate><EndDate>2026-10-31</EndDate><SENprovision>K</SENprovision></SEN><SEN><StartDate>2026-11-01</StartDate><SENprovision>N</SENprovision></SEN>"
    assert f"<SENhistory>{sen}</SENhistory>" in text
    assert "FSMhistory" not in text
    assert "<MedicalFlag>false</MedicalFlag>" in text
    assert "<Order>1</Order><Surname>First" in text
    assert "<Order>2</Order><Surname>Second" in text
    assert (
        "<SessionsPossible>2</SessionsPossible><SessionsAuthorised>0</SessionsAuthorised><SessionsAttended>2</SessionsAttended><SessionsUnauthorised>0"
        in text
    )
    problems = CTF.select(unit.desk, Ask(day=DAY, pupils=frozenset({ann.id}))).problems
    assert [problem.words for problem in problems if problem.item == "sen_need.need"] == [TYPE_BESIDE_NO_NEED]


def test_who_is_due_and_who_waits_until_when(unit: Unit, stick: Path) -> None:
    def left(name: str, upn: str | None, **told: Any) -> Pupil:
        return unit.pupil(name, "Ann", BORN, dataclasses.replace(LEFT, **told), upn=upn, sex="F")

    left("Abel", UPNS[0])
    left("Baker", UPNS[1], next_school=None)
    left("Cole", UPNS[2], next_school="Hill House")
    left("Dane", None)
    left("Early", UPNS[3], end_date=date(2026, 9, 25))  # longer ago than is put forward
    left("Foot", None, status="G")  # a guest, never on the roll
    last = left("Goes", "D919203118009", end_date=DAY)  # still on the roll today
    back = left("Home", "D919203118011", end_date=date(2026, 10, 9))
    pupils.add_stay(unit.desk, Enrolment(pupil_id=back.id, status="C", start_date=date(2026, 11, 2)))
    hidden = left("Ivy", UPNS[4])
    unit.protect(hidden)
    nowhere = unit.pupil("Here", "Ann", BORN, upn="F919201717060")
    made = send(unit.desk, stick)
    assert [file.name for file in made.files] == ["9191100_CTF_9194001_001.xml"]
    assert {pupil.surname: reason for pupil, reason in made.left_out} == {
        "Baker": "The next school is not known: wait until 14 December 2026, 15 school days after leaving, then it goes as XXXXXXX.",
        "Cole": "The next school has no DfE number on file: enter it beside the name, such as 919/4001; or MMMMMMM for one that is independent, or outside England and Wales.",
        "Dane": "There is no UPN, without which no school system reads the file.",
        "Ivy": "Protected (address withheld), and not confirmed by name. A transfer file carries the pupil’s address and the family’s.",
    }
    for name in ("Baker", "Cole", "Dane", "Ivy"):
        assert name not in made.receipt_text
    problems = {
        (problem.pupil.surname, problem.item, problem.stops)
        for problem in CTF.select(unit.desk, Ask(day=DAY, pupils=frozenset({p.id for p in pupils.all_pupils(unit.desk)}))).problems
    }
    assert {("Baker", "enrolment.next_school", True), ("Cole", "enrolment.next_school", True), ("Dane", "pupil.upn", True)} <= problems
    assert {
        ("Abel", "pupil.ethnicity", False),
        ("Abel", "pupil.first_language", False),
        ("Abel", "sen_period.provision", False),
        ("Abel", "mark.code", False),
    } <= problems
    assert not any(item == "pupil.sex" for _name, item, _stops in problems)

    named = send(unit.desk, stick, last, hidden, nowhere, confirm=frozenset({hidden.id}))
    assert [file.name for file in named.files] == ["9191100_CTF_9194001_002.xml", "9191100_CTF_9194001_003.xml"]
    assert [(pupil.surname, reason) for pupil, reason in named.left_out] == [
        ("Here", "On roll here and at no other school: nothing is owed until the pupil leaves.")
    ]
    assert unit.log().count(("confirm-protected", hidden.id, "ctf")) == 1
    (guest,) = [pupil for pupil in pupils.all_pupils(unit.desk) if pupil.surname == "Foot"]
    assert "Not registered here" in send(unit.desk, stick, guest).left_out[0][1]

    later = Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2026, 12, 14, 10, 0, tzinfo=UTC)))
    waited = send(later, stick)
    assert [file.name for file in waited.files] == ["9191100_CTF_XXXXXXX_001.xml"]
    assert f"<LEA>{'X' * 3}</LEA>\n      <Estab>{'X' * 4}</Estab>" in (stick / waited.files[0].name).read_text("utf-8")


def test_nothing_due_is_no_file_and_a_receipt_that_says_so(unit: Unit, stick: Path) -> None:
    unit.pupil("Here", "Ann", BORN)
    made = send(unit.desk, stick)
    assert (made.files, made.rows, made.left_out) == ((), 0, ())
    assert [path.name for path in stick.iterdir()] == [made.receipt_path.name]
    assert "Nothing was due" in made.receipt_text


def test_no_number_is_given_twice_and_none_is_lost_by_a_failure(unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = unit.pupil("Abel", "Ann", BORN, LEFT, upn=UPNS[0], sex="F")
    bea = unit.pupil("Baker", "Bea", BORN, dataclasses.replace(LEFT, next_school="919/4003"), upn=UPNS[1], sex="F")
    cat = unit.pupil("Cole", "Cat", BORN, LEFT, upn=UPNS[2], sex="F")
    with monkeypatch.context() as patched:
        patched.setattr(recording, "write_whole", lambda *_args: (_ for _ in ()).throw(CannotWrite("full")))
        with pytest.raises(CannotWrite):
            send(unit.desk, stick, ann)
    assert unit.count("ctf_serial") == 0
    assert [file.name for file in send(unit.desk, stick).files] == [
        f"9191100_CTF_{name}.xml" for name in ("9194001_001", "9194003_001", "9194001_002")
    ]
    assert send(unit.desk, stick).files == ()  # all are sent
    locked = run_export(unit.desk, "ctf", stick, ExportOrder(reason="Again", pupils=frozenset({ann.id, bea.id})))
    assert locked.password is not None
    inside = unlocked((stick / locked.files[0].name).read_bytes(), locked.password)
    assert sorted(inside) == ["9191100_CTF_9194001_003.xml", "9191100_CTF_9194003_002.xml"]
    assert [file.name for file in send(unit.desk, stick, cat).files] == ["9191100_CTF_9194001_004.xml"]
    kept = [tuple(row) for row in unit.desk.vault.rows("SELECT sender, destination, number FROM ctf_serial ORDER BY 2, 3")]
    assert kept == [("9191100", "9194001", n) for n in (1, 2, 3, 4)] + [("9191100", "9194003", n) for n in (1, 2)]
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, estab="1101"))
    assert [file.name for file in send(unit.desk, stick, cat).files] == ["9191101_CTF_9194001_001.xml"]
    assert zipfile.is_zipfile(stick / locked.files[0].name)


def test_a_copy_for_a_second_school_tells_that_the_pupil_stays(unit: Unit, stick: Path) -> None:
    main = unit.pupil("Abel", "Ann", BORN, Enrolment(status="M", start_date=date(2026, 9, 2), main_school="919/4003"), upn=UPNS[0], sex="F")
    other = unit.pupil(
        "Baker", "Bea", BORN, Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4003"), upn=UPNS[1], sex="F"
    )
    assert send(unit.desk, stick).files == ()
    made = send(unit.desk, stick, main)
    text = (stick / made.files[0].name).read_text("utf-8")
    assert made.files[0].name == "9191100_CTF_9194003_001.xml"
    assert "<EnrolStatus>M</EnrolStatus>" in text
    assert "LeavingDate" not in text
    asked = CTF.select(unit.desk, Ask(day=DAY, pupils=frozenset({other.id})))
    assert [told.reason for told in asked.exported] == ["Registered at another school too: a copy."]
    assert [p.words for p in asked.problems if p.item == "enrolment.status"] == [
        "A copy is owed by the school that was the first of the two. Be sure that it was this one."
    ]


def test_a_protected_contact_stays_out_of_the_file_of_a_confirmed_pupil(unit: Unit, stick: Path) -> None:
    ann = unit.pupil("Abel", "Ann", BORN, LEFT, upn=UPNS[0], sex="F", address_1="1 Secret Row")
    unit.contact(ann, "Open", order=1, lives_with=True)
    barred = unit.contact(ann, "Barred", order=2, address_1="9 Far Away")
    unit.protect(ann, "order", barred)
    unit.protect(ann)
    asked = CTF.select(unit.desk, Ask(day=DAY, confirm=frozenset({ann.id})))
    values = [str(row.cells[0]) for row in asked.exported[0].rows]
    assert "Open" in values
    assert not {"Barred", "9 Far Away"} & set(values)
    words = {problem.item: problem.words for problem in asked.problems}
    assert words["contact.surname"] == "1 contact under a protection of their own are not in the file. Tell the school what it must know."
    assert "carries it" in words["pupil.address_1"]
    assert send(unit.desk, stick).files == ()


def test_the_address_of_one_at_home_is_warned_of(unit: Unit) -> None:
    """It goes as the pupil's, though the one for whose sake it is withheld is not named."""
    ann = unit.pupil("Abel", "Ann", BORN, LEFT, upn=UPNS[0], sex="F", address_1="1 Secret Row")
    unit.protect(ann, contact=unit.contact(ann, "Hidden", lives_with=True))
    words = {problem.item: problem.words for problem in CTF.select(unit.desk, Ask(day=DAY, confirm=frozenset({ann.id}))).problems}
    assert "carries it" in words["pupil.address_1"]
    assert words["contact.surname"].startswith("1 contact under a protection")


@pytest.mark.needs("xmllint")
def test_of_the_version_before_it_lacks_what_came_after(unit: Unit, stick: Path, tmp_path: Path) -> None:
    filled(unit)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, ctf_version="25.0", ctf_year_from="08-01"))
    path = stick / send(unit.desk, stick).files[0].name
    text = path.read_text("utf-8")
    assert "<CTFversion>25.0</CTFversion>" in text
    assert "FSMstartDate" in text
    assert "FSMCategory" not in text
    lines = SCHEMA.read_text("utf-8").splitlines()
    schema = tmp_path / "ctf25.xsd"
    schema.write_text("\n".join(line for line in lines if not line.endswith("<!-- from 26 -->")), "utf-8")
    checked = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.needs("xmllint")
def test_the_schema_takes_a_file_of_another_program_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    right = ctf_of(
        pupil_of(
            UPNS[0],
            basic="<MedicalFlag>false</MedicalFlag><EnrolStatus>M</EnrolStatus>",
            rest=contacts_of(CONTACT) + RESULT.format(result=94),
        )
    ).decode()
    wrong = {
        "empty": right.replace("<EnrolStatus>M", "<EnrolStatus>"),
        "out of order": right.replace("<Forename>Ann</Forename>", "", 1).replace(
            "<Surname>Hall", "<Forename>Ann</Forename><Surname>Hall", 1
        ),
        "without a UPN": right.replace(f"<UPN>{UPNS[0]}</UPN>", ""),
        "unknown": right.replace("<Sex>F</Sex>", "<Gender>F</Gender>", 1),
        "a day in words": right.replace("2012-02-01", "1 Feb 2012"),
        "in a namespace": right.replace("<CTfile>", '<CTfile xmlns="urn:x">'),
    }
    for name, text in {"right": right, **wrong}.items():
        (tmp_path / f"{name}.xml").write_text(text, "utf-8")
    paths = sorted(tmp_path.glob("*.xml"))
    said = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, *paths], check=False, capture_output=True, text=True).stderr
    assert {path.stem for path in paths if f"{path} validates" in said} == {"right"}
    assert len(paths) == len({"right", *wrong}) == said.count(" fails to validate") + 1


def test_a_result_of_after_the_last_day_is_named_and_not_in_the_file_which_says_its_version(unit: Unit, stick: Path) -> None:
    ann = unit.pupil("Abel", "Ann", BORN, LEFT, upn=UPNS[0], sex="F")
    assert LEFT.end_date is not None
    common = Assessment(pupil_id=ann.id, stage="KS3", subject="MAT", method="TA", component="SUB", result="4")
    for days, result in ((-3, "4"), (2, "5")):
        results.add(unit.desk, dataclasses.replace(common, date=LEFT.end_date + timedelta(days=days), result=result))
    made = send(unit.desk, stick)
    text = without_blanks((stick / made.files[0].name).read_text("utf-8"))
    assert re.findall("<Result>(.*?)</Result>", text) == ["4"]
    assert any("dated after the last day here" in words for words in made.unsent)
    receipt = " ".join(made.receipt_text.split())
    assert "Kept back: of 1 pupil results dated after the last day here" in receipt
    assert "Follows: Common Transfer File, version 26.0. Checked" in receipt
    assert "Left out: nobody of those whom it covers" in receipt
