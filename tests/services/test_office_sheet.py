"""The office's sheet in front of a pile: which papers to look at, by place and number; none of a family's own papers says it."""

from datetime import date

import pypdfium2
import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import Document, build_print_file
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import NOBODY, guard
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.services.paper_forms import printing
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

HOME = {"address_1": "1 Lane", "postcode": "SG4 7ZZ"}


@pytest.fixture
def pupils(unit: Unit) -> list[Pupil]:
    """Three of one class; something must be kept from somebody about the second."""
    made = [unit.pupil(surname, "Al", date(2014, 5, 1), **HOME) for surname in ("Ash", "Penn", "Rowe")]
    for pupil in made:
        unit.contact(pupil, pupil.surname, forename="Ada", parental_responsibility=True, lives_with=True)
    unit.protect(made[1], ADDRESS_WITHHELD)
    return made


def pages_of(data: bytes) -> list[str]:
    """The text of each page that is not an empty back."""
    with pypdfium2.PdfDocument(data) as document:
        return [words for page in document if (words := page.get_textpage().get_text_range()).strip()]


def test_the_sheet_leads_a_pile_and_names_nobody(unit: Unit, pupils: list[Pupil]) -> None:
    forms = printing.make_forms(unit.desk, "photographs", pupils).forms
    place = [numbered.form.pupil.id for numbered in forms].index(pupils[1].id) + 1
    sheet, *others = pages_of(printing.print_file(forms, printing.guard_of(unit.desk, forms)))
    assert f"paper {place}, pupil {pupils[1].ref}" in sheet
    assert sheet.count("pupil P") == 1
    for words in ("Penn", "withheld", "rotect"):
        assert words not in sheet, "it may slip into an envelope"
    assert pupils[1].surname in others[place - 1], "papers are counted from the one after the sheet"
    assert not any(words in page for page in others for words in ("envelope", "Office use", "For the office"))


def test_there_is_none_where_nobody_is_protected_or_the_one_pupil_was_just_asked_about(unit: Unit, pupils: list[Pupil]) -> None:
    forms = printing.make_forms(unit.desk, "photographs", pupils).forms
    of_one = [one for one in forms if one.form.pupil == pupils[1]] * 2
    for some, its_guard in ((forms, NOBODY), (of_one, printing.guard_of(unit.desk, forms))):
        assert not any("For the office" in page for page in pages_of(printing.print_file(some, its_guard)))


def test_the_three_checkers_find_nothing(unit: Unit, pupils: list[Pupil]) -> None:
    held = guard(unit.desk, [pupil.id for pupil in pupils], "letters", for_family=True)
    papers = [(pupil.id, Document(printing.make_forms(unit.desk, "trips", [pupil]).forms[0].form.story, "Trips")) for pupil in pupils]
    documents = with_office_sheet(papers, held)
    assert [document.title for document in documents] == ["For the office: this sheet goes to nobody", "Trips", "Trips", "Trips"]
    assert f"paper 2, pupil {pupils[1].ref}" in plain_text(documents[0].story)
    assert_accessible(build_print_file(documents[:1], title="Letters"))
