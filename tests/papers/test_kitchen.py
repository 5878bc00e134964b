"""The kitchen list: who may be hurt first, diets counted, nobody named without need, and no word of free meals."""

from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.register import kitchen
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 5, 1)


@pytest.fixture
def full(unit: Unit) -> Unit:
    """In: one with a life-threatening allergy, two of a diet, one with notes, one with nothing; one without a mark; one who is ill."""
    for surname, forename, code, items, notes in (
        ("Adder", "Ann", "/", [("A", "Sesame paste", "sesame", None, "LIFE", "Pen in the thigh\nCall 999")], ""),
        ("Bell", "Bo", "/", [("D", "Halal", None, "halal", None, None)], ""),
        ("Cole", "Bo", "L", [("D", "no pork at all", None, "halal", None, None), ("A", "Penicillin", "no-food", None, "SEV", None)], ""),
        ("Bird", "Bo", "/", [("A", "Kiwi", None, None, None, None)], ""),
        ("Dale", "Di", "/", [], "Coeliac, and asthma"),
        ("Eves", "Ed", "/", [("C", "Asthma", None, None, "MOD", None)], ""),
        ("Fern", "Flo", "", [("A", "Eggs", "eggs", None, "MILD", None)], ""),
        ("Gore", "Gus", "I", [("A", "Milk", "milk", None, "LIFE", None)], ""),
    ):
        pupil = unit.pupil(surname, forename, BORN, medical=notes or None)
        for kind, what, allergen, diet, severity, emergency in items:
            health.add_item(
                unit.desk,
                HealthItem(pupil_id=pupil.id, kind=kind, what=what, allergen=allergen, diet=diet, severity=severity, emergency=emergency),
            )
        if surname == "Bell":
            needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="FSM", start_date=date(2026, 9, 2)))
        if code:
            register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code=code)])
    return unit


def test_it_names_whom_the_kitchen_must_know_and_counts_the_rest(full: Unit) -> None:
    printed = kitchen.paper(full.desk)
    words = plain_text(printed.story)
    assert "6 pupils in by the register, and 1 not marked yet." in words
    grave = words[words.index("May kill or badly hurt") : words.index("Diets and other allergies")]
    assert "Ann A." in grave
    assert "Life-threatening: Sesame (Sesame paste)" in grave
    assert "Pen in the thigh; Call 999" in grave
    assert "Bo" not in grave
    assert "Bo Bell" in words, "two are Bo B., so both have their whole names"
    assert "Bo C." in words
    assert "Flo F. (not marked yet)" in words
    assert "Halal (no pork at all)" in words
    assert "Kiwi" in words, "an allergy of which it is not said to what"
    assert "medical notes: ask the office" in words
    for hidden in ("Penicillin", "Asthma", "Gus", "Ed E.", "Coeliac", "Adder", "free", "2012"):
        assert hidden not in words, hidden
    assert (printed.number, printed.named) == (6, 6)
    kitchen.log_print(full.desk, printed)
    assert full.log()[-1] == ("contact-sheet", "", "kitchen list of 2026-11-24: 6 in, 6 named")


def test_the_counts_are_of_pupils(full: Unit) -> None:
    words = plain_text(kitchen.paper(full.desk).story)
    counts = words[words.index("How many") :]
    for line in ("Halal 2", "Eggs 1", "Sesame 1", "Something else, as written above 1", "Nothing to look out for 1"):
        assert line in " ".join(counts.split()), (line, counts)


def test_it_is_a_tagged_paper_and_says_where_nobody_has_a_diet(unit: Unit) -> None:
    assert "No diet and no allergy is on file" in plain_text(kitchen.paper(unit.desk).story)


def test_it_can_be_heard(full: Unit) -> None:
    printed = kitchen.paper(full.desk)
    assert_accessible(build_pdf(printed.story, title=printed.title, stamp=printed.guard.stamp))
