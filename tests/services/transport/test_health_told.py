"""What a transport sheet says of health: what to do is never left out, what is in doubt is shown, and namesakes are told apart."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import NO_STEPS, HealthItem, Medicine
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.care import health
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.transport.route_sheet import RouteSheet
from pupil_desk.services.unit import settings
from tests.services.exports.made import Unit

BORN = date(2012, 5, 4)
EPILEPSY = HealthItem(kind="C", what="Epilepsy", emergency="Time it\nBuccolam\nCall 999")
BUCCOLAM = Medicine(name="Buccolam", dose="1 syringe", taken="Seizure over 5 minutes", stored="With the pupil")
PEN = Medicine(name="EpiPen 300", dose="1", taken="When told")
ADHD = Medicine(name="Methylphenidate", dose="10 mg", taken="12:30")


@pytest.fixture
def north(unit: Unit) -> Unit:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_transport="City Cabs"))
    routes.save(unit.desk, Route(name="North", operator="City Cabs"))
    return unit


def rider(unit: Unit, notes: str | None = None, born: date = BORN) -> Pupil:
    pupil = unit.pupil("Elm", "Eve", born, medical=notes)
    journeys.add(unit.desk, Journey(pupil_id=pupil.id, route="North", start_date=date(2026, 9, 2), days="Mon-Fri", receivers="Ruth Elm"))
    return pupil


def printed(unit: Unit) -> RouteSheet:
    (standing,) = routes.standings(unit.desk)
    return route_sheet.sheet(unit.desk, standing)


def words_of(made: RouteSheet) -> str:
    return " ".join(plain_text(made.story).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("items", "medicines", "notes", "words"),
    [
        ([EPILEPSY], [BUCCOLAM], None, "Medicine for an emergency: Buccolam, 1 syringe, given: seizure over 5 minutes. Kept: with the pupil. Do not give it unless 999 says so: call 999 at once. Condition: Epilepsy (how grave is not recorded). Time it; Call 999 at once, and the medicine only when they say so: Buccolam; Call 999"),
        ([], [PEN], None, f"Medicine for an emergency: EpiPen 300, 1, given: when told. Kept: not recorded, ask the office. Do not give it unless 999 says so: call 999 at once. {NO_STEPS}"),
        ([], [], "Severe nut allergy, carries EpiPen", f"Medical notes speak of nuts: ask the office. {NO_STEPS}"),
        ([], [], "Has seizures", f"Medical notes speak of what may be an emergency: ask the office. {NO_STEPS}"),
        ([], [], "No known nut allergy", "Medical notes speak of nuts: ask the office"),
        ([], [], "Wears glasses", "Medical notes are held: ask the office"),
        ([dataclasses.replace(EPILEPSY, severity="MOD")], [ADHD], None, "Condition: Epilepsy (moderate). Time it; Buccolam; Call 999 More is recorded of health: ask the office"),
        ([HealthItem(kind="C", what="Epilepsy", severity="LIFE")], [], None, f"Condition: Epilepsy (life-threatening). {NO_STEPS}"),
        ([], [ADHD], None, "Nothing grave is recorded, more is: ask the office"),
    ],
)  # fmt: skip
def test_what_may_be_an_emergency_is_told_with_what_to_do(
    north: Unit, items: list[HealthItem], medicines: list[Medicine], notes: str | None, words: str
) -> None:
    pupil = rider(north, notes)
    for item in items:
        health.add_item(north.desk, dataclasses.replace(item, pupil_id=pupil.id))
    for medicine in medicines:
        health.add_medicine(north.desk, dataclasses.replace(medicine, pupil_id=pupil.id))
    made = printed(north)
    assert f"Elm, Eve {words} Nobody is entered" in words_of(made)
    told = set(made.items_by_pupil[pupil.id])
    assert ("medicine.dose" in told, "pupil.medical" in told) == ("Medicine for" in words, "speak of" in words)
    assert told <= set(register()["transport"].full)


def test_of_a_medicine_that_is_agreed_to_the_steps_come_first_and_past_its_day_that_it_may_not_be_given(north: Unit) -> None:
    pupil = rider(north)
    mother = north.contact(pupil, "Elm", forename="Ruth", parental_responsibility=True)
    health.add_item(north.desk, dataclasses.replace(EPILEPSY, pupil_id=pupil.id))
    agreed = dataclasses.replace(BUCCOLAM, pupil_id=pupil.id, consented_by=mother.full_name, consented_on=date(2026, 9, 2))
    health.add_medicine(north.desk, agreed)
    made = printed(north)
    assert (
        "Call 999 Medicine for an emergency: Buccolam, 1 syringe, given: seizure over 5 minutes. Kept: with the pupil. Nobody"
        in words_of(made)
    )
    (medicine,) = health.of_pupil(north.desk, pupil.id).medicines
    health.save_medicine(north.desk, dataclasses.replace(medicine, expiry=date(2026, 11, 1)))
    words = words_of(printed(north))
    assert (
        0
        < words.index("Do not give it unless 999 says so: call 999 at once. Condition: Epilepsy")
        < words.index("Time it; Call 999 at once, and the medicine only when they say so: Buccolam; Call 999")
    )
    assert printed(north).digest != made.digest, "the sheet that was printed before is out of date"
    nuts = HealthItem(kind="A", what="Nuts", severity="LIFE", emergency="Give Piriton syrup\nGive the EpiPen\nCall 999")
    health.add_item(north.desk, dataclasses.replace(nuts, pupil_id=pupil.id))
    for new in (PEN, dataclasses.replace(agreed, name="Piriton syrup", taken="As needed")):
        health.add_medicine(north.desk, dataclasses.replace(new, pupil_id=pupil.id))
    steps = "Give Piriton syrup; Call 999 at once, and the medicine only when they say so: Give the EpiPen; Call 999"
    assert f"Nuts (life-threatening). {steps}" in words_of(printed(north)), "a step to give another that is agreed to stands as written"


def test_namesakes_are_told_apart_by_their_birthdays_and_only_they(north: Unit) -> None:
    first = rider(north)
    assert ("born" in words_of(printed(north)), "pupil.dob" in printed(north).items_by_pupil[first.id]) == (False, False)
    rider(north, born=date(2013, 1, 7))
    made = printed(north)
    for born in ("4 May 2012", "7 January 2013"):
        assert words_of(made).count(f"Elm, Eve, born {born}") == 3, "each way, and what to know"
    assert all("pupil.dob" in items for items in made.items_by_pupil.values())
