"""The two everyday returns to the authority: who is due, with what, once for each stay; and the same as a form to sign."""

import dataclasses
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import Format
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.home import deadlines
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit

CAME = date(2026, 11, 16)


def made(unit: Unit, name: str, stick: Path, **order: object) -> ExportMade:
    return run_export(unit.desk, name, stick, ExportOrder(reason="Regulation 13", plain=True, **order))


def lines(result: ExportMade, stick: Path) -> list[str]:
    return (stick / result.files[0].name).read_bytes().decode("utf-8-sig").split("\r\n")[:-1]


def text_of(result: ExportMade, stick: Path) -> list[str]:
    with pdfium.PdfDocument((stick / result.files[0].name).read_bytes()) as pdf:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf]


def stay_of(unit: Unit, pupil: Pupil) -> Enrolment:
    return pupils.record(unit.desk, pupil.id).stays[-1]


def leave(unit: Unit, pupil: Pupil, end: date | None, **items: object) -> None:
    pupils.save_stay(unit.desk, dataclasses.replace(stay_of(unit, pupil), end_date=end, **items))


@pytest.fixture
def zoe(unit: Unit) -> Pupil:
    stay = Enrolment(status="S", start_date=CAME, main_school="9194001", last_school="Hill School, Hemel")
    zoe = unit.pupil(
        "O’Brien-Łukasz", "Zoë", date(2012, 5, 6), stay, upn="Y919110026001", sex="F", address_1="1 Elm Row", postcode="AL28 1AB"
    )
    unit.contact(zoe, "O’Brien", forename="Mary", title="Ms", lives_with=True, parental_responsibility=True, mobile="07700 900123")
    unit.contact(
        zoe, "Łukasz", forename="Jan", parental_responsibility=True, address_1="2 Oak Way", postcode="WD53 2QN", phone="01632 960001"
    )
    return zoe


def test_a_new_pupil_goes_with_all_that_the_register_shows_and_is_returned_once(unit: Unit, zoe: Pupil, stick: Path) -> None:
    guest = unit.pupil("Guest", "Gil", date(2012, 5, 6), Enrolment(status="G", start_date=CAME))
    unit.pupil("To Come", "Tom", date(2012, 5, 6), Enrolment(status="C", start_date=date(2026, 11, 30)))
    result = made(unit, "la-new-pupil", stick)
    header, row = lines(result, stick)
    assert header == (
        "upn,surname,forename,middle_names,preferred_surname,preferred_forename,sex,dob,address_1,address_2,locality,town,county,postcode,address_since,"
        "start_date,enrolment_status,main_school,last_school,previous_school,next_school,next_school_start,"
        + ",".join(
            f"parent_{n}_{what}"
            for n in (1, 2)
            for what in (
                "title",
                "forename",
                "surname",
                "lives_with",
                "phone",
                "mobile",
                "address_1",
                "address_2",
                "locality",
                "town",
                "county",
                "postcode",
            )
        )
    )
    assert row == (
        'Y919110026001,O’Brien-Łukasz,Zoë,,,,F,2012-05-06,1 Elm Row,,,,,AL28 1AB,,2026-11-16,S,919/4001,"Hill School, Hemel",,,,'
        "Ms,Mary,O’Brien,Y,,07700 900123,1 Elm Row,,,,,AL28 1AB,"
        ",Jan,Łukasz,,01632 960001,,2 Oak Way,,,,,WD53 2QN"
    )
    assert result.rows == 1
    again = made(unit, "la-new-pupil", stick)
    assert (again.rows, again.left_out) == (0, ())
    assert "Nothing was due" in again.receipt_text
    assert made(unit, "la-new-pupil", stick, pupils=frozenset({zoe.id})).rows == 1  # asked for again by name
    other = made(unit, "la-new-pupil", stick, pupils=frozenset({guest.id}))
    assert (other.rows, [(pupil.surname, reason) for pupil, reason in other.left_out]) == (
        0,
        [("Guest", "No entry on the admission register by that day, so there is nothing to return.")],
    )
    assert "P0002: no entry on the admission register by that day" in " ".join(other.receipt_text.split())
    told = next(section for section in sheet.everything(unit.desk, zoe.id) if section.name == "returns")
    assert [entry.as_kept()["what"] for entry in told.entries] == ["la-new-pupil", "la-new-pupil"]


def test_a_later_stay_and_another_record_of_the_same_person_are_returned_by_themselves(unit: Unit, zoe: Pupil, stick: Path) -> None:
    made(unit, "la-new-pupil", stick)
    leave(unit, zoe, date(2026, 11, 20), deletion_ground="9(1)(c)")
    pupils.add_stay(unit.desk, Enrolment(pupil_id=zoe.id, status="C", start_date=date(2026, 11, 23)))
    assert made(unit, "la-new-pupil", stick).rows == 1
    other = unit.pupil("Lukasz", "Zoe", date(2012, 5, 6), Enrolment(status="C", start_date=CAME))
    made(unit, "la-new-pupil", stick)
    merging.merge(unit.desk, zoe.id, other.id, reason="One girl")
    assert made(unit, "la-new-pupil", stick).rows == 0


def test_a_leaver_goes_with_the_ground_and_the_parents_lived_with_and_anew_when_the_day_is_another(
    unit: Unit, zoe: Pupil, stick: Path
) -> None:
    assert made(unit, "la-leaver", stick).rows == 0
    stays = made(unit, "la-leaver", stick, pupils=frozenset({zoe.id}))
    assert (stays.rows, [reason[:26] for _pupil, reason in stays.left_out]) == (0, ["Not taken off the admission"[:26]])
    leave(unit, zoe, date(2026, 12, 4), deletion_ground="9(1)(c)", next_school="Hill School", next_school_start=date(2026, 12, 7))
    result = made(unit, "la-leaver", stick)  # the ground is met: told no later than the deletion
    header, row = lines(result, stick)
    assert "dob" not in header
    assert row == (
        "Y919110026001,O’Brien-Łukasz,Zoë,,1 Elm Row,,,,,AL28 1AB,,2026-12-04,9(1)(c),919/4001,Hill School,2026-12-07,"
        "Ms,Mary,O’Brien,,07700 900123,1 Elm Row,,,,,AL28 1AB,,,,,,,,,,,"
    )
    assert made(unit, "la-leaver", stick).rows == 0
    leave(unit, zoe, DAY)
    assert made(unit, "la-leaver", stick).rows == 1
    assert made(unit, "la-leaver", stick).rows == 0


def test_an_entry_of_an_earlier_school_year_can_still_be_returned_by_name(unit: Unit, stick: Path) -> None:
    late = unit.pupil("Late", "Lee", date(2012, 5, 6), Enrolment(status="C", start_date=date(2026, 7, 20), end_date=date(2026, 7, 31)))
    assert made(unit, "la-new-pupil", stick).rows == 0
    assert made(unit, "la-new-pupil", stick, pupils=frozenset({late.id})).rows == 1


def test_a_leaver_returned_without_the_ground_is_returned_anew_once_it_is_entered(unit: Unit, zoe: Pupil, stick: Path) -> None:
    leave(unit, zoe, DAY)
    assert [made(unit, "la-leaver", stick).rows for _time in (1, 2)] == [1, 0]
    leave(unit, zoe, DAY, deletion_ground="9(1)(c)")
    assert [one.pupil.id for one in deadlines.returns_due(unit.desk).deletions] == [zoe.id]
    assert "9(1)(c)" in lines(made(unit, "la-leaver", stick), stick)[1]
    assert made(unit, "la-leaver", stick).rows == 0


def test_who_leaves_with_the_seniors_is_told_of_only_if_asked_for(unit: Unit, stick: Path) -> None:
    school = {"status": "C", "start_date": date(2025, 9, 3)}
    grown = unit.pupil(
        "Grown", "Gus", date(2010, 3, 1), Enrolment(**school, end_date=date(2026, 6, 26), deletion_ground="9(1)(l)")
    )  # the last Friday in June
    unit.pupil("Gone", "Gail", date(2010, 3, 1), Enrolment(**school, end_date=date(2026, 6, 25), deletion_ground="9(1)(a)"))
    result = made(unit, "la-leaver", stick)
    assert [row.split(",")[1] for row in lines(result, stick)[1:]] == ["Gone"]
    assert [(pupil.surname, reason[:37]) for pupil, reason in result.left_out] == [("Grown", "Left at the end of the most senior ye")]
    assert made(unit, "la-leaver", stick, pupils=frozenset({grown.id})).rows == 1


def test_what_others_returned_before_is_not_due(unit: Unit, zoe: Pupil, stick: Path) -> None:
    unit.pupil("Before", "Bea", date(2012, 5, 6), Enrolment(status="C", start_date=date(2026, 9, 2)))
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, returns_from=CAME))
    assert [row.split(",")[1] for row in lines(made(unit, "la-new-pupil", stick), stick)[1:]] == [zoe.surname]


def test_a_protected_pupil_waits_for_a_word_and_what_is_missing_is_said(unit: Unit, stick: Path) -> None:
    hidden = unit.pupil("Cedar", "Cy", date(2012, 1, 5), Enrolment(status="C", start_date=CAME, end_date=DAY))
    unit.protect(hidden)
    for name, lacks in (
        ("la-new-pupil", ["pupil.sex", "pupil.address_1", "contact.surname"]),
        ("la-leaver", ["enrolment.deletion_ground", "pupil.address_1", "contact.lives_with"]),
    ):
        export = export_named(unit.desk, name)
        problems = export.select(unit.desk, ask_of(unit.desk, export, ExportOrder(reason=""))).problems
        assert [(problem.item, problem.stops) for problem in problems] == [(item, False) for item in lacks]
        assert [reason for _pupil, reason in made(unit, name, stick).left_out] == [
            "Protected (address withheld), and not confirmed by name."
        ]
        assert made(unit, name, stick, confirm=frozenset({hidden.id})).rows == 1


def test_an_address_that_is_to_be_withheld_is_warned_of(unit: Unit, zoe: Pupil) -> None:
    leave(unit, zoe, DAY, deletion_ground="9(1)(c)")
    mary, jan = pupils.record(unit.desk, zoe.id).contacts
    unit.protect(zoe, contact=mary)
    for contact, words in (
        (None, {"pupil.address_1": "The address is to be"}),
        (jan, {"pupil.address_1": "The address is to be", "contact.address_1": "A parent’s address"}),
    ):
        if contact:
            unit.protect(zoe, contact=contact)
        for name in ("la-new-pupil", "la-leaver"):
            export = export_named(unit.desk, name)
            found = {
                problem.item: problem.words
                for problem in export.select(unit.desk, ask_of(unit.desk, export, ExportOrder(reason=""))).problems
            }
            expected = {
                item: said for item, said in words.items() if item == "pupil.address_1" or name == "la-new-pupil"
            }  # the leaver's names those lived with alone
            assert {item: said[: len(expected[item])] for item, said in found.items()} == expected
            assert all("left out until you tick the name" in said for said in found.values())
            confirmed = export.select(unit.desk, ask_of(unit.desk, export, ExportOrder(reason="", confirm=frozenset({zoe.id}))))
            assert all(
                problem.words.endswith("The return carries it. Be sure who may see it at the authority.") for problem in confirmed.problems
            )
            assert len(confirmed.problems) == len(expected)


def test_the_form_has_a_page_a_pupil_to_be_signed(unit: Unit, zoe: Pupil, stick: Path) -> None:
    unit.protect(unit.pupil("Ash", "Ann", date(2012, 1, 5)))
    leave(unit, zoe, date(2026, 12, 4), deletion_ground="9(1)(c)")
    came, gone = (text_of(made(unit, name, stick, format=Format.PDF), stick) for name in ("la-new-pupil", "la-leaver"))
    assert (len(came), len(gone)) == (1, 1)
    for words in (
        "New pupil on the register",
        "Hill School, Hemel",
        "Ms Mary O’Brien",
        "07700 900123",
        "2 Oak Way",
        "6 May 2012",
        "Head of the unit",
        "Signature",
        "regulation 13",
    ):
        assert words in came[0].replace("\n", " ")
    said = gone[0].replace("\n", " ")
    assert "Dual registration ended" in said
    assert "Mary O’Brien" in said
    assert "Jan" not in said
    assert "6 May 2012" not in said


def test_a_form_without_its_ground_has_no_place_to_sign(unit: Unit, zoe: Pupil, stick: Path) -> None:
    leave(unit, zoe, date(2026, 11, 20))
    (page,) = text_of(made(unit, "la-leaver", stick, format=Format.PDF), stick)
    said = page.replace("\n", " ")
    assert "Not to be signed yet. Missing: Ground for taking off the register." in said
    assert "Signature" not in said


def test_whom_no_font_can_write_is_left_out_of_the_form_and_told_by_the_data(unit: Unit, zoe: Pupil, stick: Path) -> None:
    strange = unit.pupil("Ash", "Ann", date(2012, 1, 5), Enrolment(status="C", start_date=CAME), address_1="8 𠮷 Way")
    result = made(unit, "la-new-pupil", stick, format=Format.PDF)
    assert [(pupil.id, "𠮷" in reason, "data file" in reason) for pupil, reason in result.left_out] == [(strange.id, True, True)]
    assert len(text_of(result, stick)) == 1
    assert "no font here has" in result.receipt_text
    assert "𠮷" not in result.receipt_text
    asked_for = preview(unit.desk, "la-new-pupil", ExportOrder(reason="", format=Format.PDF, pupils=frozenset({strange.id}))).problems
    assert ("pupil.address_1", True) in [(problem.item, problem.stops) for problem in asked_for]
    assert "8 𠮷 Way" in lines(made(unit, "la-new-pupil", stick), stick)[1]  # it is still due
