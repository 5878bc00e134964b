"""The pupil's sheet and the sheet with the recovery code, as whole documents."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.documents.papers import recovery_sheet
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.services import sheet
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sheet import entries
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit


def _full(unit: Unit) -> str:
    """A pupil with something in every section but what was told to others; returns the id."""
    pupil = unit.pupil(
        "Penn",
        "Zoë",
        date(2012, 5, 1),
        address_1="1 Lane",
        town="Ware",
        postcode="SG4 7ZZ",
        sex="F",
        ethnicity="WBRI",
        medical="Carries an inhaler.\nAsthma plan in the office.",
        looked_after=False,
    )
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    father = unit.contact(pupil, "Marsh", forename="Tom", parental_responsibility=True)
    unit.protect(pupil, "order", father)
    unit.said(pupil, "restrict")
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, town="Hertford"))
    return pupil.id


@pytest.mark.needs("pdftotext")
def test_the_pupils_sheet_says_everything_in_order_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    story, title = sheet.paper(unit.desk, _full(unit))
    pdf = build_pdf(story, title=title, page_size=sheet.LYING, base_size=sheet.BASE)
    read = squeezed("".join(pages_of(pdf, tmp_path, "-raw")))
    at = 0
    for text in texts_of(story):
        found = read.find(squeezed(text), at)
        assert found >= 0, text
        at = found
    for said in (
        "Zoë Penn",
        "1 May 2012",
        "White - British",
        "Asthma plan in the office.",
        "Ada",
        "Order or restriction",
        "Signed form",
        "By post",
        "Hertford",
        "We hold nothing about: ",
    ):
        assert squeezed(said) in read, said
    assert_accessible(pdf)


def test_what_nothing_is_held_of_is_one_line_before_everything_else() -> None:
    parts = [entries.SheetPart("Notices", []), entries.SheetPart("Pupil", [[("Surname", "Penn")]]), entries.SheetPart("UPN history", [])]
    text = plain_text(entries.pupil_sheet("Zoë Penn", parts, "Made today."))
    assert text == "Zoë Penn\nMade today.\nWe hold nothing about: notices; UPN history.\nPupil\nSurname\nPenn"


@pytest.mark.needs("pdftotext")
def test_the_recovery_sheet_is_one_side_and_the_code_stands_whole(tmp_path: Path) -> None:
    code = "7K3QM-4XW9T-H2D8P-RJ6VA-N5C0E"
    story = recovery_sheet.story("North Larkshire Education Support Centre", code, "24 November 2026")
    pdf = build_pdf(story, title="Recovery code")
    (page,) = pages_of(pdf, tmp_path)
    assert code in page
    assert "Keep it in the safe." in page
    assert_accessible(pdf)
