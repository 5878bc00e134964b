"""Home's lists, and the pupil's sheet with every section."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.services import sheet
from pupil_desk.services.backup import backups
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home import home
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 5, 1)


def test_who_turns_13_or_16_in_90_days_the_nearest_first(unit: Unit) -> None:
    soon = unit.pupil("Soon", "Al", date(2010, 12, 1))
    sooner = unit.pupil("Sooner", "Bo", date(2013, 11, 24))
    last = unit.pupil("Last", "Cy", date(2014, 2, 22))
    unit.pupil("Late", "Di", date(2014, 2, 23))
    unit.pupil("Past", "Ed", date(2013, 11, 23))
    found = [(turning.pupil, turning.age, turning.day) for turning in home.tasks(unit.desk).turning]
    assert found == [(sooner, 13, DAY), (soon, 16, date(2026, 12, 1)), (last, 13, date(2027, 2, 22))]


def test_families_without_the_notice_and_why_it_is_new(unit: Unit) -> None:
    pupil = unit.pupil("Penn", "Zoë", BORN, address_1="1 Lane", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    alone = unit.pupil("Alone", "Kim", BORN)
    tasks = home.tasks(unit.desk)
    assert [letter.pupil for letter in tasks.notices.letters] == [pupil]
    assert tasks.notices.without_addressee == (alone,)
    assert tasks.why_new_edition == []
    assert tasks.missing_details["address_1"] == "Address of the unit"
    notices.issue(unit.desk, tasks.notices.letters, "post")
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, address_1="2 Lane"))
    tasks = home.tasks(unit.desk)
    assert tasks.why_new_edition == ["the unit’s details have changed"]
    assert [letter.pupil for letter in tasks.notices.letters] == [pupil]
    assert "address_1" not in tasks.missing_details


def test_the_kind_of_unit_is_asked_for_until_it_is_entered_and_then_who_answers_for_the_data(unit: Unit) -> None:
    assert next(iter(home.tasks(unit.desk).missing_details.items())) == ("kind", "Kind of unit")
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, kind="pru", controller=None))
    assert next(iter(home.tasks(unit.desk).missing_details.items())) == ("controller", "Data controller")
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, controller="Larkshire"))
    assert not {"kind", "controller"} & set(home.tasks(unit.desk).missing_details)


def test_unasked_incomplete_and_the_last_backup(unit: Unit, tmp_path: Path) -> None:
    bare = unit.pupil("Bare", "Al", BORN)
    whole = unit.pupil("Whole", "Bo", BORN, sex="F", address_1="1 Lane", year_group="9", upn="Y919110026001", ethnicity="WBRI")
    unit.contact(whole, "Whole", parental_responsibility=True, lives_with=True, mobile="07700 900001")
    unit.said(whole, "allow")
    tasks = home.tasks(unit.desk)
    assert tasks.unasked == sharing.unasked(unit.desk, DAY) == [bare]
    assert [(found.pupil, found.lacks) for found in tasks.incomplete] == [
        (bare, ("Sex", "Address line 1", "Year group", "UPN", "Ethnic group (ask the family)", "A contact with parental responsibility"))
    ]
    assert tasks.backup is None
    backups.make(unit.desk, tmp_path)
    assert home.tasks(unit.desk).backup is not None


@pytest.mark.parametrize(
    ("upn", "phone", "lacks"), [("X91911002600A", "07700 900001", "temporary"), ("Y919110026001", None, "A parent’s telephone number")]
)
def test_a_temporary_upn_and_a_missing_telephone_are_named(unit: Unit, upn: str, phone: str | None, lacks: str) -> None:
    pupil = unit.pupil("Penn", "Zoë", BORN, upn=upn_letter(upn[1:]) + upn[1:])
    unit.contact(pupil, "Penn", parental_responsibility=True, phone=phone)
    (found,) = home.tasks(unit.desk).incomplete
    assert lacks in " ".join(found.lacks)


def test_leavers_are_on_no_list(unit: Unit) -> None:
    pupil = unit.pupil("Penn", "Zoë", date(2010, 12, 1))
    (stay,) = pupils.record(unit.desk, pupil.id).stays
    pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=date(2026, 11, 1)))
    tasks = home.tasks(unit.desk)
    assert not tasks.turning
    assert not tasks.unasked
    assert not tasks.incomplete
    assert not tasks.notices.without_addressee


SECTIONS = ["pupil", "enrolments", "contacts", "protections", "choices", "notices", "disclosures", "history"]


def test_the_sheet_has_every_section_even_those_that_hold_nothing(unit: Unit) -> None:
    pupil = unit.pupil("Penn", "Zoë", BORN)
    found = {section.name: section.entries for section in sheet.everything(unit.desk, pupil.id)}
    assert [name for name in found if name in SECTIONS] == SECTIONS
    assert [name for name, entries in found.items() if entries] == [*SECTIONS[:2], "history"]


def test_the_sheet_says_all_that_is_held_in_words(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Penn", "Zoë", BORN, address_1="1 Lane", postcode="SG4 7ZZ", looked_after=False)
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    father = unit.contact(pupil, "Marsh", forename="Tom", parental_responsibility=True)
    unit.protect(pupil, "order", father)
    unit.protect(pupil)
    unit.said(pupil, "restrict")
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, looked_after=True, dob=date(2012, 5, 2)))
    run_export(unit.desk, "youth-support", tmp_path, ExportOrder(reason="Termly", plain=True, confirm=[pupil.id]))
    words = {
        section.name: [[words for _n, _l, _v, words in entry.facts if words] for entry in section.entries]
        for section in sheet.everything(unit.desk, pupil.id)
    }
    assert all(words[name] for name in SECTIONS)
    assert words["pupil"][0][:4] == ["P0001", "Penn", "Zoë", "2 May 2012"]
    protections = sorted(words["protections"])
    assert [entry[:4] for entry in protections] == [
        ["The pupil", "Address withheld", "Court", "2 September 2026"],
        ["Tom Marsh", "Order or restriction", "Court", "2 September 2026"],
    ]
    assert words["choices"][0][:4] == ["Youth support service", "Restrict", "Parent", "10 September 2026"]
    assert words["notices"][0][:3] == ["Ada Penn", "24 November 2026", "By post"]
    assert "A parent" in words["disclosures"][0]
    assert "Minimum" in words["disclosures"][0]
    assert [entry[1:4] for entry in words["history"] if "Added" not in entry] == [
        ["Date of birth", "1 May 2012", "2 May 2012"],
        ["Looked after by an authority", "No", "Yes"],
    ]
    kept = sheet.everything(unit.desk, pupil.id)[0].entries[0].as_kept()
    assert (kept["dob"], kept["looked_after"]) == ("2012-05-02", True)
