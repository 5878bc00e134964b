"""The batch file for the Learning Records Service: byte for byte, who is in it, who waits and why."""

import csv
import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.files.csv_table import machine_csv
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import lrs_uln, run_export
from pupil_desk.services.exports.export import Ask, Format, Writing
from pupil_desk.services.exports.lrs_uln import LRS_ULN, select
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.formats.lrs import batch
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.services.unit.settings import check_settings
from tests.services.exports.made import DAY, MOMENT, Unit, statements

FIELDS = (
    "FileVersion,FileName,UKPRN,LearnerRecordCount,ULN,MISIdentifier,Title,GivenName,PreferredGivenName,MiddleOtherName,FamilyName,PreviousFamilyName,"
    "FamilyNameAtAge16,SchoolAtAge16,LastKnownAddressLine1,LastKnownAddressLine2,LastKnownAddressTown,LastKnownAddressCountyOrCity,LastKnownPostCode,"
    "DateOfAddressCapture,DateOfBirth,PlaceOfBirth,EmailAddress,Gender,Nationality,ScottishCandidateNumber,AbilityToShare,VerificationType,"
    "OtherVerificationDescription,Notes"
)
NAME = "LRB_10012345_241120261005.CSV"
SEX = {None: "0", "U": "0", "M": "1", "F": "2"}


def set_ukprn(unit: Unit) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, ukprn="10012345"))


def informed(
    unit: Unit, surname: str, forename: str = "Ann", dob: date = date(2011, 5, 20), *, give: bool = True, **items: object
) -> Pupil:
    """A pupil whose parent, from 16 who themselves, were given the current notice."""
    pupil = unit.pupil(surname, forename, dob, **{"postcode": "AL28 2PA", "sex": "F", "address_1": "1 Lane", **items})
    unit.contact(pupil, surname, forename="Pat", parental_responsibility=True, lives_with=True)
    if give:
        notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "by-hand")
    return pupil


def test_the_file_byte_for_byte(unit: Unit, stick: Path) -> None:
    set_ukprn(unit)
    informed(
        unit,
        "O’Brien-Łukasz",
        "Zoë",
        middle_names="Mary, Ann",
        address_2="Flat 2",
        locality="Under Hill",
        town="Larkminster",
        county="Larkshire",
        email="z@example.org",
    )
    informed(unit, "Ash", "Bo", date(2012, 11, 24), sex=None, postcode=None, preferred_forename="Bob")
    informed(unit, "Birch", "Cy", date(2010, 2, 28), sex="M", address_1="2, The Green", county="Larkshire")
    notices.issue(unit.desk, notices.letters_of(unit.desk, named(unit, "Birch").id).letters, "by-hand")
    informed(unit, "Young", "Yan", date(2012, 11, 25))
    informed(unit, "Has", "Hal", uln="1234567899")
    made = run_export(unit.desk, "lrs-uln", stick, ExportOrder(reason="Numbers", plain=True))
    assert [file.name for file in made.files] == [NAME]
    assert (stick / NAME).read_bytes().decode("utf-8") == (
        f"{FIELDS}\r\n"
        f"2A,{NAME},10012345,3,,,,Bo,Bob,,Ash,,,,1 Lane,,,,ZZ99 9ZZ,,2012-11-24,,,0,,,1,1,,\r\n"
        ',,,,,,,Cy,,,Birch,,,,"2, The Green",,,Larkshire,AL28 2PA,,2010-02-28,,,1,,,1,1,,\r\n'
        ',,,,,,,Zoë,,"Mary, Ann",O\'Brien-Łukasz,,,,1 Lane,"Flat 2, Under Hill",Larkminster,Larkshire,AL28 2PA,,2011-05-20,,,2,,,1,1,,\r\n'
    )
    assert made.rows == 3
    assert not made.left_out
    for words in ("Learning Records Service (Department for Education)", "Never open the CSV in Excel", "It is not by consent"):
        assert words in " ".join(made.receipt_text.split())
    told = unit.desk.vault.rows("SELECT recipient, fields FROM disclosure WHERE what = 'lrs-uln'")
    assert len(told) == 3
    assert "pupil.dob" in told[0]["fields"]


def test_in_the_other_layout_it_is_as_a_public_program_wrote_it(unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All in quotes, two headings spelt otherwise, the name without its ending, the first learner in the row of «2A»."""
    monkeypatch.setattr(lrs_uln, "batch", lambda: batch("writer"))
    set_ukprn(unit)
    informed(unit, "Ash", "Bo", date(2011, 11, 24))
    informed(unit, "Elm", 'B "Bee" B', date(2011, 11, 24))
    run_export(unit.desk, "lrs-uln", stick, ExportOrder(reason="Numbers", plain=True))
    headings, first, second = (stick / NAME).read_bytes().decode("utf-8").splitlines()
    fields = FIELDS.replace("FamilyNameAtAge16", "FamilyNameAt16").replace("CountyOrCity", "CountyorCity").split(",")
    assert headings == ",".join(f'"{field}"' for field in fields)
    assert first.startswith(f'"2A","{NAME.removesuffix(".CSV")}","10012345","2","","","","Bo","","","Ash",')
    assert second.startswith('"","","","","","","","B ""Bee"" B","","","Elm",')


def test_what_stands_for_everybody_is_among_the_codes() -> None:
    always = {column.heading: column.always for column in batch().columns if column.always}
    assert always == {"AbilityToShare": "1", "VerificationType": "1"}
    assert batch().verification[always["VerificationType"]] == "relationship with the school"
    assert set(batch().verification) == {*"01234567", "999"}
    assert len(batch().columns) == 30


def named(unit: Unit, surname: str) -> Pupil:
    return next(pupil for pupil in pupils.all_pupils(unit.desk) if pupil.surname == surname)


def test_who_waits_and_why(unit: Unit, stick: Path) -> None:
    informed(unit, "A-untold", give=False)
    sixteen = informed(unit, "B-sixteen", dob=date(2010, 11, 24), give=False)
    letters = notices.letters_of(unit.desk, sixteen.id).letters
    notices.issue(unit.desk, [letter for letter in letters if letter.contacts], "by-hand")
    informed(unit, "C-good")
    reasons = {left.pupil.surname: left.reason for left in select(unit.desk, Ask(day=DAY)).left_out}
    assert "UKPRN is not entered" in reasons.pop("C-good")
    assert reasons == {
        "A-untold": "The family has not been given a privacy notice that tells of the Learning Records Service. Give it first.",
        "B-sixteen": "The pupil, who is 16 or over, has not been given a privacy notice that tells of the Learning Records Service. Give it first.",
    }
    made = run_export(unit.desk, "lrs-uln", stick, ExportOrder(reason="None", plain=True))
    assert (made.rows, made.files) == (0, ())
    assert "Untold" not in made.receipt_text
    set_ukprn(unit)
    notices.issue(unit.desk, [letter for letter in letters if not letter.contacts], "by-hand")
    assert [told.pupil.surname for told in select(unit.desk, Ask(day=DAY)).exported] == ["B-sixteen", "C-good"]


def test_what_does_not_fit_is_a_problem_of_its_field_and_what_a_machine_would_misread_is_never_altered(unit: Unit) -> None:
    set_ukprn(unit)
    informed(unit, "L" * 36)
    informed(unit, "=1+1")
    informed(unit, "Middle", middle_names="M" * 36, address_1="@home")
    selection = select(unit.desk, Ask(day=DAY))
    assert {left.pupil.surname for left in selection.left_out} == {"L" * 36, "=1+1"}
    assert {(one.pupil.surname[0], one.item, one.stops) for one in selection.problems} == {
        ("L", "pupil.surname", True),
        ("=", "pupil.surname", True),
        ("M", "pupil.middle_names", False),
        ("M", "pupil.address_1", False),
    }
    (row,) = selection.lines()
    headings = [column.heading for column in batch().columns]
    assert (row[headings.index("MiddleOtherName")], row[headings.index("LastKnownAddressLine1")]) == (None, None)


def test_by_name_each_is_in_it_or_told_why_not_and_a_protected_one_waits_for_a_data_officer(unit: Unit) -> None:
    set_ukprn(unit)
    hidden, has, young = (
        informed(unit, "Hidden", town="Secret"),
        informed(unit, "Has", uln="1234567899"),
        informed(unit, "Young", dob=date(2013, 1, 1)),
    )
    informed(unit, "Other")
    unit.protect(hidden)
    named = frozenset({hidden.id, has.id, young.id})
    left = {one.pupil.surname: one.reason for one in select(unit.desk, Ask(day=DAY, pupils=named)).left_out}
    assert set(left) == {"Hidden", "Has", "Young"}
    assert "not confirmed by name" in left["Hidden"]
    (told,) = select(unit.desk, Ask(day=DAY, pupils=named, confirm=frozenset({hidden.id}))).exported
    assert told.confirmed
    assert told.items == ("pupil.forename", "pupil.surname", "pupil.dob", "pupil.sex")
    assert told.rows[0].cells[14:19] == (None, None, None, None, "ZZ99 9ZZ"), "where the pupil lives is withheld from this file too"


def test_a_provider_number_has_eight_digits_and_begins_with_1() -> None:
    unit = UnitSettings(name="Larkfield", la="919", estab="1100")
    for number in ("20012345", "1001234", "100123456", "1001234a", "１００１２３４５"):
        assert [problem.column for problem in check_settings(dataclasses.replace(unit, ukprn=number))] == ["ukprn"]
    for right in ("10012345", None):
        assert check_settings(dataclasses.replace(unit, ukprn=right)) == ()


def test_the_file_recomputed_from_the_tables(either: Desk) -> None:
    """Domain reference, section 13, by plain SQL: on roll, 14 by the day, no number, told of the service (from 16 the pupil), not protected."""
    day = DAY.isoformat()
    wanted = either.vault.rows(
        """SELECT p.*, EXISTS (SELECT 1 FROM notice_issue n JOIN notice_edition_body b ON b.edition_id = n.edition_id
             WHERE n.pupil_id = p.id AND n."on" <= ?1 AND b.lrs AND (n.contact_id IS NULL OR p.dob > '2010-11-24')) AS informed
           FROM pupil p WHERE p.same_as IS NULL AND p.uln IS NULL AND p.dob <= '2012-11-24' AND p.id NOT IN (SELECT pupil_id FROM pupil_mistaken)
           AND EXISTS (SELECT 1 FROM enrolment e WHERE (e.pupil_id = p.id OR e.pupil_id IN (SELECT id FROM pupil WHERE same_as = p.id))
             AND coalesce(e.start_date, '') <= ?1 AND (e.end_date IS NULL OR e.end_date >= ?1) AND e.status NOT IN ('G', 'F', 'O') AND NOT (e.status = 'P' AND e.end_date IS NULL))""",
        (day,),
    )
    protected = {
        row["pupil_id"]
        for row in either.vault.rows(
            'SELECT pupil_id FROM protection p WHERE since <= ?1 AND ("until" IS NULL OR "until" >= ?1) AND NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = p.id)',
            (day,),
        )
    }
    going = [row for row in wanted if row["informed"] and row["id"] not in protected]
    selection = select(either, Ask(day=DAY))
    assert sorted(left.pupil.id for left in selection.left_out) == sorted(row["id"] for row in wanted if row not in going)
    assert selection.left_out
    files = LRS_ULN.layouts[Format.CSV](Writing(either, LRS_ULN, Ask(day=DAY), selection, "x", MOMENT))
    if not either.vault.first_row("SELECT 1 FROM notice_issue"):
        assert (files, going) == ([], []), "nobody was given a notice, so there is nobody to ask for"
        return
    ukprn = either.settings.ukprn
    assert [file.name for file in files] == [f"LRB_{ukprn}_{MOMENT.astimezone():%d%m%Y%H%M}.CSV"]
    headings, *rows = csv.reader(files[0].data.decode("utf-8").splitlines())
    assert headings == FIELDS.split(",")
    assert rows[0][:4] == ["2A", files[0].name, ukprn, str(len(rows))]
    assert not any(any(row[:4]) for row in rows[1:])
    expected = [
        {
            "GivenName": row["forename"],
            "FamilyName": row["surname"],
            "MiddleOtherName": row["middle_names"],
            "PreferredGivenName": row["preferred_forename"],
            "LastKnownAddressLine1": row["address_1"],
            "LastKnownAddressLine2": ", ".join(filter(None, (row["address_2"], row["locality"]))),
            "LastKnownAddressTown": row["town"],
            "LastKnownAddressCountyOrCity": row["county"],
            "LastKnownPostCode": row["postcode"] or "ZZ99 9ZZ",
            "DateOfBirth": row["dob"],
            "Gender": SEX[row["sex"]],
            "AbilityToShare": "1",
            "VerificationType": "1",
        }
        for row in going
    ]
    assert expected
    straight = [{name: text.replace("’", "'") for name, text in one.items() if text} for one in expected]
    found = [{name: text for name, text in zip(headings[4:], row[4:], strict=True) if text} for row in rows]
    assert sorted(found, key=str) == sorted(straight, key=str)


def test_more_pupils_are_not_more_queries(demonstration: Desk) -> None:
    with statements(demonstration) as asked:
        everyone = select(demonstration, Ask(day=DAY))
        number = len(asked)
        alone = frozenset({everyone.exported[0].pupil.id})
        assert len(select(demonstration, Ask(day=DAY, pupils=alone)).exported) == 1 < len(everyone.exported)
    assert len(asked) == 2 * number, "as often for one as for all"
    assert len(set(asked[:number])) == number, "nothing is asked for twice"


def test_no_row_of_the_data_breaks_the_reference() -> None:
    lengths = {column.heading: column.longest for column in batch().columns}
    assert lengths["GivenName"] == lengths["FamilyName"] == 35
    assert lengths["SchoolAtAge16"] == lengths["EmailAddress"] == 254
    assert lengths["Notes"] == 4000
    assert {column.heading for column in batch().columns if column.needed} == {
        "GivenName",
        "FamilyName",
        "LastKnownPostCode",
        "DateOfBirth",
        "Gender",
        "AbilityToShare",
        "VerificationType",
    }
    with pytest.raises(ValueError, match="formula"):
        machine_csv(["a"], [["=1"]])
