"""A file that knows the record that went finds the one kept, and takes nothing over that the file itself would refuse."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import register
from pupil_desk.services.duplicates import merging
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from tests.services.duplicates.people import UPNS
from tests.services.exports.made import DAY, Unit
from tests.services.imports.made import counts, table

DOB = date(2012, 5, 6)


@pytest.fixture
def kept(unit: Unit) -> Pupil:
    """A pupil merged with two others, of whom only one UPN became the former one."""
    first = unit.pupil("Quill", "Bea", DOB, upn=UPNS[0])
    for upn in UPNS[1:]:
        merging.merge(unit.desk, first.id, unit.pupil("Quil", "Bea", DOB, upn=upn).id, reason="The same letter")
    return pupils.record(unit.desk, first.id).pupil


@pytest.mark.parametrize("upn", UPNS)
def test_any_of_the_upns_finds_the_record_kept_and_its_own_stays(unit: Unit, kept: Pupil, upn: str) -> None:
    outcome = run_import(unit.desk, "pupils", table(f"surname|forename|dob|upn|town\nQuill|Bea|6/5/2012|{upn}|Larkminster"))
    assert counts(outcome) == (1, 0, 1, 0, 0)
    now = pupils.record(unit.desk, kept.id).pupil
    assert (now.upn, now.town) == (UPNS[0], "Larkminster")
    assert len(pupils.listing(unit.desk)) == 1


def test_contacts_and_marks_under_the_number_that_went_are_kept_with_the_one_kept(unit: Unit, kept: Pupil) -> None:
    run_import(unit.desk, "contacts", table(f"upn|contact_surname|relationship\n{UPNS[2]}|Quill|PAM"))
    assert [contact.pupil_id for contact in pupils.record(unit.desk, kept.id).contacts] == [kept.id]
    run_import(unit.desk, "attendance", table(f"upn|date|session|code\n{UPNS[2]}|{DAY:%d/%m/%Y}|AM|/"))
    assert register.totals(unit.desk, DAY, DAY)[0].attended == 1


def test_the_name_and_birthday_of_the_record_that_went_find_the_one_kept(unit: Unit) -> None:
    first, other = unit.pupil("Quill", "Bea", DOB), unit.pupil("Reed", "Beatrice", DOB)
    merging.merge(unit.desk, first.id, other.id, reason="The same letter")
    outcome = run_import(unit.desk, "pupils", table("surname|forename|dob|town\nReed|Beatrice|6/5/2012|Larkminster"), accept="mine")
    assert counts(outcome)[1] == 0
    assert [pupil.id for pupil in pupils.same_person(unit.desk, Pupil(surname="Reed", forename="Beatrice", dob=DOB))] == [first.id]
