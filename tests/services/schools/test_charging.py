"""The statement of charges: of one school, by what was agreed and the school days; to none that the notice does not name, and logged when it is printed."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.schools import charging, places, schools
from pupil_desk.services.unit import calendars, settings
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

HILL, VALE = "919/4001", "919/4003"
TERM = Term(start=date(2026, 11, 2), end=date(2026, 12, 18))
BORN = date(2012, 5, 4)


@pytest.fixture
def charged(unit: Unit) -> Unit:
    desk = unit.desk
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    calendars.save_calendar(desk, [TERM], [])
    schools.save(desk, School(number=HILL, finance="Finance office"))
    for surname, school, items in (
        ("Ash", HILL, {"days": "Mon, Tue", "price": "95.50", "price_per": "day"}),
        ("Birch", HILL, {}),
        ("Cedar", VALE, {"price": "10", "price_per": "day"}),
    ):
        pupil = unit.pupil(surname, "Zoë", BORN, preferred_forename="Zo")
        places.add(desk, SchoolPlace(pupil_id=pupil.id, school=school, kind="bought", start_date=date(2026, 9, 2), **items))  # type: ignore[arg-type]
    return unit


def test_a_school_owes_what_was_agreed_for_its_own_pupils(charged: Unit) -> None:
    made = charging.statement(charged.desk, HILL, TERM)
    text = plain_text(made.story)
    assert [(pupil.surname, charge.days, charge.amount) for pupil, charge in made.charged] == [
        ("Ash", 14, Decimal("1337.00")),
        ("Birch", 35, None),
    ]
    for words in (
        "Finance office",
        "Zoë Ash",
        show_date(charged.desk.today),
        "919-4001-2026-11",
        "Hill School (919/4001)",
        "2 November 2026 to 18 December 2026",
        "£95.50 a day",
        "£1,337.00",
        "not agreed",
        "Mon, Tue, since 2 September 2026",
        "of its school days, 18 are still to come",
    ):
        assert words in text
    (last_day,) = charging.still_to_come(charged.desk, dataclasses.replace(TERM, end=date(2026, 11, 25)))
    assert "of its school days, 1 is still to come" in last_day
    assert "Without a price, and so without an amount: 1 place." in text
    assert "Cedar" not in text
    assert "bought" not in text.lower()
    assert_accessible(build_pdf(made.story, title=made.title))
    charging.log_print(charged.desk, made)
    told = charged.desk.vault.rows("SELECT recipient, told_to, what, fields FROM disclosure")
    assert {(row["recipient"], row["told_to"], row["what"]) for row in told} == {
        ("Hill School (919/4001)", "main-school", "Statement of charges")
    }
    assert len(told) == 2
    assert "school_place.price" in told[0]["fields"]


def test_a_school_owes_nothing_for_a_leaver_or_for_one_who_has_not_come_yet(charged: Unit) -> None:
    desk = charged.desk
    for surname, since, until in (("Dale", date(2026, 9, 2), date(2026, 11, 4)), ("Elm", date(2026, 12, 17), None)):
        stay = Enrolment(status="C", start_date=since, end_date=until)
        pupil = charged.pupil(surname, "Zoë", BORN, stay)
        place = SchoolPlace(pupil_id=pupil.id, school=HILL, kind="bought", start_date=date(2026, 9, 2), price="10", price_per="day")
        places.add(desk, place)
    owed = {pupil.surname: charge.days for pupil, charge in charging.statement(desk, HILL, TERM).charged}
    assert (owed["Dale"], owed["Elm"]) == (3, 2), "Monday to Wednesday, and the last two days of term"


def test_nobody_is_charged_whom_the_notice_does_not_name_and_a_data_officer_alone_makes_it(charged: Unit) -> None:
    with pytest.raises(WrongUse, match="does not name the school with the DfE number 919/4003"):
        charging.statement(charged.desk, VALE, TERM)
    with pytest.raises(NotAllowed):
        charging.statement(charged.as_role(Role.OFFICE), HILL, TERM)
    assert plain_text(charging.statement(charged.desk, HILL, Term(start=date(2026, 1, 5), end=date(2026, 2, 13))).story).endswith(
        "No place that was agreed fell into this half-term."
    )
