"""The admission register as a whole document: read back in order, and nothing for the checkers to find."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.documents.papers.register import AdmissionEntry, admission_register
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.services.pupils import admission
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


def test_nobody_on_roll_is_said() -> None:
    assert plain_text(admission_register("Larkfield", "in May", [], "Made today.")).endswith("Nobody was on roll in these days.")


def test_a_fact_of_which_nothing_is_held_is_a_dash() -> None:
    text = plain_text(admission_register("Larkfield", "in May", [AdmissionEntry("Penn, Zoë", [("Address", "")])], "Made today."))
    assert text.endswith("Penn, Zoë\nAddress\n–")
