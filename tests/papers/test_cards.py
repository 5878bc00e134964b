"""The first-aid card and the sheet of emergency contacts, as whole documents."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text, texts_of
from pupil_desk.documents.page import build_pdf
from pupil_desk.domain.health import HealthItem, Medicine
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import cards, health
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit


def _full(unit: Unit) -> Pupil:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Hidden Lane", postcode="SG4 7ZZ", upn=None, sen_provision="K",
                       ethnicity="WBRI", medical="Wears lenses.")  # fmt: skip
    for kind, what, severity, emergency in (
        ("A", "Peanuts", "LIFE", "Pen in the blue box.\nCall 999."),
        ("C", "Asthma", "MOD", "Two puffs."),
        ("D", "Halal", None, None),
    ):
        health.add_item(
            unit.desk, HealthItem(pupil_id=pupil.id, kind=kind, what=what, severity=severity, emergency=emergency)
        )
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="C", what="Grown out of", end_date=date(2026, 1, 1)))
    health.add_medicine(
        unit.desk,
        Medicine(
            pupil_id=pupil.id,
            name="Pen",
            dose="1",
            taken="In an attack",
            stored="Blue box",
            expiry=date(2026, 11, 1),
            consented_by="Ada",
            consented_on=DAY,
        ),
    )
    unit.contact(pupil, "Second", forename="Tom", order=2, phone="01632 960002")
    unit.contact(pupil, "First", forename="Ada", order=1, mobile="07700 900001", address_1="9 Own Road")
    barred = unit.contact(pupil, "Barred", forename="Max", order=3, mobile="07700 900003")
    unit.protect(pupil, "order", barred)
    unit.contact(pupil, "Numberless", forename="Una", order=4)
    return pupil


@pytest.mark.needs("pdftotext")
def test_the_card_says_what_first_aid_needs_and_the_checkers_find_nothing(unit: Unit, tmp_path: Path) -> None:
    story, title = cards.first_aid(unit.desk, [_full(unit).id])
    pdf = build_pdf(story, title=title)
    (page,) = pages_of(pdf, tmp_path, "-raw")
    for said in texts_of(story):
        assert squeezed(said) in squeezed(page), said
    assert_accessible(pdf)


def test_the_card_holds_nothing_else(unit: Unit) -> None:
    text = plain_text(cards.first_aid(unit.desk, [_full(unit).id])[0])
    for said in ("Zoë Penn", "Peanuts – life-threatening", "Pen in the blue box.", "Asthma – moderate", "Halal", "Wears lenses.", "Blue box",
                 "do not give it", "1. Ada First", "2. Tom Second", "There is no photograph on file."):  # fmt: skip
        assert said in text, said
    for unsaid in (
        "Hidden",
        "SG4",
        "Own Road",
        "SEN",
        "White",
        "Barred",
        "07700 900003",
        "Numberless",
        "Grown out of",
        "2012",
    ):
        assert unsaid not in text, unsaid
    assert text.index("Peanuts") < text.index("Asthma")
    assert text.index("Ada First") < text.index("Tom Second")


@pytest.mark.needs("pdftotext")
def test_the_sheet_of_contacts_has_everyone_on_roll_by_name(unit: Unit, tmp_path: Path) -> None:
    _full(unit)
    unit.pupil("Abel", "Una", date(2012, 5, 1))
    story, title = cards.emergency_contacts(unit.desk)
    text = plain_text(story)
    assert text.index("Abel, Una") < text.index("Penn, Zoë")
    assert "Nobody with a number is on file" in text
    assert "Barred" not in text
    assert "Road" not in text
    pdf = build_pdf(story, title=title)
    assert "07700 900001" in "".join(pages_of(pdf, tmp_path))
    assert_accessible(pdf)


def test_several_cards_are_one_document_and_each_is_logged(unit: Unit) -> None:
    first, second = _full(unit), unit.pupil("Abel", "Una", date(2012, 5, 1))
    text = plain_text(cards.first_aid(unit.desk, [first.id, second.id])[0])
    assert text.index("Una Abel") < text.index("Zoë Penn")
    assert {row[1] for row in unit.log() if row[2] == "first-aid card made"} == {first.id, second.id}


def test_nobody_on_roll_is_said(unit: Unit) -> None:
    assert "No pupil is on roll." in plain_text(cards.emergency_contacts(unit.desk)[0])
