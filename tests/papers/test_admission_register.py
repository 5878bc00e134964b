"""The admission register as a whole document: read back in order, and nothing for the checkers to find."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.documents.papers.register import AdmissionEntry, admission_register
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.services import sheet
from pupil_desk.services.pupils import admission, pupils
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit


@pytest.mark.needs("pdftotext")
def test_it_says_everything_in_order_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    for number in range(12):
        pupil = unit.pupil("Penn", f"Zoë {chr(65 + number)}", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
        unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True, phone="01632 960001")
    since = date(2026, 9, 1)
    found = admission.entries(unit.desk, since, DAY)
    blocks, title = admission.paper(unit.desk, found, since, DAY)
    pdf = build_pdf(blocks, title=title)
    pages = pages_of(pdf, tmp_path, "-raw")
    assert len(pages) > 1
    read, at = squeezed("".join(pages)), 0
    for text in texts_of(blocks):
        place = read.find(squeezed(text), at)
        assert place >= 0, text
        at = place
    assert_accessible(pdf)


def test_a_school_is_named_in_the_register_and_on_the_sheet_where_settings_have_its_number(unit: Unit) -> None:
    desk = unit.desk
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools="Hill School, 919/4001\nVale School, 919/4003"))
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), previous_school="919/4003")
    (stay,) = pupils.record(desk, pupil.id).stays
    pupils.save_stay(desk, dataclasses.replace(stay, main_school="919/4001", next_school="919/4003"))
    text = plain_text(admission.paper(desk, admission.entries(desk, date(2026, 9, 1), DAY), date(2026, 9, 1), DAY)[0])
    story, _title = sheet.paper(desk, pupil.id)
    for words in (text, plain_text(story)):
        assert "Hill School (919/4001)" in words
        assert words.count("Vale School (919/4003)") == 2


def test_nobody_on_roll_is_said() -> None:
    assert plain_text(admission_register("Larkfield", "in May", [], "Made today.")).endswith("Nobody was on roll in these days.")


def test_a_fact_of_which_nothing_is_held_is_a_dash() -> None:
    text = plain_text(admission_register("Larkfield", "in May", [AdmissionEntry("Penn, Zoë", [("Address", "")])], "Made today."))
    assert text.endswith("Penn, Zoë\nAddress\n–")
