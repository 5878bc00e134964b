"""The first-aid card and the sheet of emergency contacts, as whole documents."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.documents.blocks import Bullets, NoticeBox, plain_text, texts_of
from pupil_desk.documents.papers import first_aid_card
from pupil_desk.documents.papers.first_aid_card import BASE, Caller, FirstAidCard, KnownCondition
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, Medicine, NothingKnown
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards, health
from pupil_desk.services.pupils import pupils
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit


def _full(unit: Unit) -> Pupil:
    pupil = unit.pupil(
        "Penn",
        "Zoë",
        date(2012, 5, 1),
        address_1="1 Hidden Lane",
        postcode="SG4 7ZZ",
        upn=None,
        sen_provision="K",
        ethnicity="WBRI",
        medical="Wears lenses.",
    )
    for kind, what, severity, emergency in (
        ("A", "Peanuts", "LIFE", "Pen in the blue box.\nCall 999."),
        ("C", "Asthma", "MOD", "Two puffs."),
        ("D", "Halal", None, None),
    ):
        health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind=kind, what=what, severity=severity, emergency=emergency))
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
    story, title, _on_paper = cards.first_aid(unit.desk, [_full(unit).id])
    pdf = build_pdf(story, title=title)
    (page,) = pages_of(pdf, tmp_path, "-raw")
    for said in texts_of(story):
        assert squeezed(said) in squeezed(page), said
    assert_accessible(pdf)


def test_the_card_holds_nothing_else(unit: Unit) -> None:
    text = plain_text(cards.first_aid(unit.desk, [_full(unit).id])[0])
    for said in (
        "Zoë Penn",
        "LIFE-THREATENING allergy: Peanuts",
        "Born 1 May 2012",
        "Pen in the blue box.",
        "Asthma (moderate)",
        "Halal",
        "Wears lenses.",
        "Blue box",
        "do not give it",
        "1. Ada First",
        "2. Tom Second",
        "No photograph is printed.",
    ):
        assert said in text, said
    for unsaid in ("Hidden", "SG4", "Own Road", "SEN", "White", "Barred", "07700 900003", "Numberless", "Grown out of", "None on file"):
        assert unsaid not in text, unsaid
    assert text.index("Peanuts") < text.index("Asthma")
    assert text.index("Ada First") < text.index("Tom Second")


@pytest.mark.needs("pdftotext")
def test_the_sheet_of_contacts_has_everyone_on_roll_by_name(unit: Unit, tmp_path: Path) -> None:
    _full(unit)
    unit.pupil("Abel", "Una", date(2012, 5, 1))
    story, title, _on_paper = cards.emergency_contacts(unit.desk)
    text = plain_text(story)
    assert text.index("Abel, Una") < text.index("Penn, Zoë")
    assert "Nobody with a number is on file" in text
    assert "Barred" not in text
    assert "Road" not in text
    assert text.count("Somebody is left out here for the pupil’s safety. Ask the office before you tell anyone else.") == 1, (
        "as on the card"
    )
    assert text.count("Penn, Zoë") == 1
    assert text.index("1. Ada First") < text.index("07700 900001") < text.index("2. Tom Second") < text.index("01632 960002")
    pdf = build_pdf(story, title=title, base_size=BASE)
    assert "07700 900001" in "".join(pages_of(pdf, tmp_path))
    assert_accessible(pdf)


def card_of(unit: Unit, pupil: Pupil) -> str:
    return plain_text(cards.first_aid(unit.desk, [pupil.id])[0])


def test_a_free_text_alone_is_the_answer_and_nothing_is_said_to_be_none(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Ann", date(2012, 5, 1), medical="Nut allergy. Adrenaline pen in the office")
    text = card_of(unit, pupil)
    assert "Nut allergy. Adrenaline pen in the office" in text
    for unsaid in ("None", "Nothing is", "none", "not recorded"):
        assert unsaid not in text


def test_that_there_is_nothing_is_said_only_once_somebody_has_said_so(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Ann", date(2012, 5, 1))
    assert "Health: not recorded – ask the office." in card_of(unit, pupil)
    unit.contact(pupil, "Ash", forename="Bea", mobile="07700 900001")
    assert "Health: not recorded – ask Bea Ash, mother: 07700 900001." in card_of(unit, pupil)
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, dob=date(2008, 11, 24)))
    assert "Health: not recorded – ask the pupil." in card_of(unit, pupil), "who is 18"
    pupils.save_pupil(unit.desk, pupil)
    health.say_nothing(unit.desk, NothingKnown(pupil_id=pupil.id, said_by="Bea Ash, mother", said_on=date(2026, 9, 3), channel="form"))
    assert "nothing is known, as Bea Ash, mother said on 3 September 2026." in card_of(unit, pupil)
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, medical="Faints"))
    assert "Faints" in card_of(unit, pupil)
    pupils.save_pupil(unit.desk, pupil)
    assert "Health: not recorded" in card_of(unit, pupil)


def test_that_a_medicine_for_what_is_grave_is_not_agreed_to_stands_before_its_steps(unit: Unit) -> None:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    health.add_item(
        unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what="Peanuts", severity="LIFE", emergency="Give the pen.\nCall 999.")
    )
    health.add_medicine(unit.desk, Medicine(pupil_id=pupil.id, name="Adrenaline pen", dose="1", taken="In an allergic reaction"))
    text = plain_text(cards.first_aid(unit.desk, [pupil.id])[0])
    words = "Adrenaline pen: not agreed to. Call 999 at once, and give it only when they say so."
    assert 0 < text.index(words) < text.index("Call 999 at once, and the medicine only when they say so: Give the pen.")
    (frame,) = (block for block in cards.first_aid(unit.desk, [pupil.id])[0] if isinstance(block, NoticeBox))
    numbered = [list(block.items) for block in frame.blocks if isinstance(block, Bullets)]
    assert numbered == [["Call 999 at once, and the medicine only when they say so: Give the pen.", "Call 999."]], "a caution is no step"
    mother = unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True)
    (medicine,) = health.of_pupil(unit.desk, pupil.id).medicines
    health.save_medicine(unit.desk, dataclasses.replace(medicine, consented_by=mother.full_name, consented_on=DAY))
    text = card_of(unit, pupil)
    assert words not in text
    assert "only when they say so" not in text, "agreed to, the steps are as they were"
    (item,), (medicine,) = health.of_pupil(unit.desk, pupil.id).items, health.of_pupil(unit.desk, pupil.id).medicines
    as_condition = dataclasses.replace(item, kind="C", what="Nut anaphylaxis", severity=None)
    health.save_item(unit.desk, as_condition)
    health.save_medicine(unit.desk, dataclasses.replace(medicine, expiry=date(2026, 11, 1)))
    text = plain_text(cards.first_aid(unit.desk, [pupil.id])[0])
    order = [
        "Condition: Nut anaphylaxis (how grave is not recorded)",
        "Adrenaline pen: past its use-by day, 1 November 2026. Call 999 at once, and give it only when they say so.",
        "Give the pen.",
        "Adrenaline pen – Not known (past its use-by day, 1 November 2026: we do not give it, unless 999 tells us to)",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order), "ungraded, in the frame"
    assert "agreed: we give it" not in text
    health.add_medicine(unit.desk, dataclasses.replace(medicine, id=""))
    assert order[1] not in card_of(unit, pupil), "another of its name is agreed to and in date"
    health.save_item(unit.desk, dataclasses.replace(as_condition, severity="LIFE"))
    health.add_medicine(unit.desk, Medicine(pupil_id=pupil.id, name="Jext", dose="1", taken="In an allergic reaction"))
    assert "Jext: not agreed to. Call 999 at once, and give it only when they say so." in card_of(unit, pupil)


def test_a_diet_alone_says_nothing_of_allergies(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Ann", date(2012, 5, 1))
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="D", what="Halal"))
    assert "Nothing is recorded of allergies and conditions; that there are none, nobody has said. Ask the office." in card_of(unit, pupil)


def test_a_danger_to_life_without_steps_says_what_is_not_known(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Ann", date(2012, 5, 1), medical="Wears lenses.")
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what="Wasps", severity="LIFE"))
    text = card_of(unit, pupil)
    assert text.index("LIFE-THREATENING allergy: Wasps") < text.index("It is not recorded what to do first.") < text.index("Wears lenses.")


def test_cards_stand_two_to_a_page_and_short_ones_four_and_none_is_divided(unit: Unit, tmp_path: Path) -> None:
    for number in range(6):
        pupil = unit.pupil(f"Ash {number}", "Ann", date(2012, 5, 1), medical="Wears lenses.")
        unit.contact(pupil, "Ash", forename="Bea", mobile="07700 900001")
    full = _full(unit)
    health.save_item(unit.desk, dataclasses.replace(health.of_pupil(unit.desk, full.id).items[0], plan="The folder in the office. " * 8))
    ids = [one.id for one in pupils.on_roll(unit.desk, DAY)]
    story, title, _on_paper = cards.first_aid(unit.desk, ids)
    pdf = build_pdf(story, title=title)
    pages = pages_of(pdf, tmp_path)
    assert [[f"Ash {number}" for number in range(6) if f"Ann Ash {number}" in page] for page in pages] == [
        [],
        ["Ash 0", "Ash 1", "Ash 2", "Ash 3"],
        ["Ash 4", "Ash 5"],
    ]
    assert "No photograph is printed." in pages[2]
    assert "Zoë Penn" in pages[0]
    assert_accessible(pdf)


def test_several_cards_are_one_document_the_gravest_first_and_each_is_logged(unit: Unit) -> None:
    full, una, kit, abe = _full(unit), *(unit.pupil(surname, "Una", date(2012, 5, 1)) for surname in ("Abel", "Kit", "Zoll"))
    health.add_item(unit.desk, HealthItem(pupil_id=abe.id, kind="C", what="Epilepsy", severity="SEV"))
    health.add_item(unit.desk, HealthItem(pupil_id=kit.id, kind="C", what="Hay fever", severity="MILD"))
    pen = unit.pupil("Aaron", "Una", date(2012, 5, 1), medical="Adrenaline pen in the office")
    text = plain_text(cards.first_aid(unit.desk, [una.id, full.id, kit.id, abe.id, pen.id])[0])
    order = ["First-aid cards, the gravest first", "Zoë Penn", "Una Aaron", "Una Zoll", "Una Abel", "Una Kit"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert {row[1] for row in unit.log() if row[2] == "first-aid card made"} == {full.id, una.id, kit.id, abe.id, pen.id}


def test_nothing_is_said_of_the_order_where_it_is_that_of_the_names(unit: Unit) -> None:
    ids = [unit.pupil(surname, "Una", date(2012, 5, 1)).id for surname in ("Abel", "Kit")]
    assert "gravest first" not in plain_text(cards.first_aid(unit.desk, ids)[0])


def test_nobody_on_roll_is_said(unit: Unit) -> None:
    assert "No pupil is on roll." in plain_text(cards.emergency_contacts(unit.desk)[0])


def test_two_of_one_name_are_told_apart_on_a_list_by_their_birthdays(unit: Unit) -> None:
    pair = [unit.pupil("Nightingale", "Idris", born) for born in (date(2010, 11, 28), date(2014, 8, 31))]
    other = unit.pupil("Nwosu", "Umar", date(2013, 7, 29))
    said = plain_text(cards.emergency_contacts(unit.desk, [one.id for one in (*pair, other)])[0])
    for name in ("Nightingale, Idris, born 28 November 2010", "Nightingale, Idris, born 31 August 2014"):
        assert name in said
    assert "Nwosu, Umar, born" not in said


@pytest.mark.parametrize(
    ("changed", "short"),
    [
        ({}, True),
        ({"medicines": [("Pen", "1", "Box")]}, False),
        ({"conditions": [KnownCondition("Nuts", ("Call 999",), "", "SEVERE allergy")]}, False),
        ({"conditions": [KnownCondition("Asthma (mild)")]}, True),
        ({"notes": "word " * 90}, False),
        ({"name": "Una Featherstonehaugh-Throckmorton"}, False),
    ],
)
def test_a_card_is_short_only_where_nothing_on_it_needs_the_room(changed: dict[str, Any], short: bool) -> None:
    card = FirstAidCard(
        "Ann Ash",
        "Born 1 May 2012",
        [],
        [],
        "Wears lenses.",
        [],
        [Caller("Bea Ash, mother", "07700 900001")],
        also="This is all that is recorded.",
    )
    assert first_aid_card.is_short(dataclasses.replace(card, **changed)) is short


@pytest.mark.parametrize(
    "much",
    [{"notes": "Wears lenses. " * 6}, {"notes": "Wears lenses.", "conditions": [KnownCondition("Asthma (mild)")], "diet": ["Halal"]}],
)
def test_the_fullest_short_card_fits_its_quarter(much: dict[str, Any], tmp_path: Path) -> None:
    callers = [Caller("Bea Ash, mother", "07700 900001 / 01632 960001")] * (2 if len(much) == 1 else 1)
    full = dataclasses.replace(
        FirstAidCard(
            "Ann Ash",
            "Born 1 May 2012, year 9",
            [],
            [],
            "",
            [],
            callers,
            also="This is all that is recorded; it does not say that there is nothing else.",
        ),
        **much,
    )
    assert first_aid_card.is_short(full)
    pages = pages_of(build_pdf(first_aid_card.story([full] * 8, "Printed on a day by somebody."), title="Cards"), tmp_path)
    assert [page.count("Ann Ash") for page in pages] == [4, 4]
