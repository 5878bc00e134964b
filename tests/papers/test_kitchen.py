"""The kitchen list: who may be hurt first, diets counted, nobody named without need, and no word of free meals."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.documents.blocks import Keep, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.pupils import details_checks, placements, pupils
from pupil_desk.services.register import kitchen
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 5, 1)


@pytest.fixture
def full(unit: Unit) -> Unit:
    """In: one with a life-threatening allergy, two of a diet, one with notes, one with nothing; one without a mark; one who is suspended."""
    for surname, forename, code, items, notes in (
        ("Adder", "Ann", "/", [("A", "Sesame paste", "sesame", None, "LIFE", "Pen in the thigh\nCall 999")], ""),
        ("Bell", "Bo", "/", [("D", "Halal", None, "halal", None, None)], ""),
        ("Cole", "Bo", "L", [("D", "no pork at all", None, "halal", None, None), ("A", "Penicillin", "no-food", None, "SEV", None)], ""),
        ("Bird", "Bo", "/", [("A", "Kiwi", None, None, None, None)], ""),
        ("Dale", "Di", "/", [], "Coeliac, and asthma"),
        ("Eves", "Ed", "/", [("C", "Asthma", "no-food", None, "MOD", None)], ""),
        ("Fern", "Flo", "", [("A", "Eggs", "eggs", None, "MILD", None)], ""),
        ("Gore", "Gus", "E", [("A", "Milk", "milk", None, "LIFE", None)], ""),
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
            halves = Session if code == "E" else [Session.AM]
            register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=session, code=code) for session in halves])
    return unit


def test_it_names_whom_the_kitchen_must_know_and_counts_the_rest(full: Unit) -> None:
    printed = kitchen.paper(full.desk)
    words = plain_text(printed.story)
    assert "6 pupils in by the register of the morning, and 1 not marked yet." in words
    grave = words[words.index("May kill or badly hurt") : words.index("Diets and other allergies")]
    assert "Ann A." in grave
    assert "Life-threatening: Sesame (Sesame paste)" in grave
    assert "Pen in the thigh; Call 999" in grave
    assert "Bo Bird How grave is not recorded: Kiwi" in " ".join(grave.split()), "it is not said to what, nor how grave"
    assert "Bo Bell" not in grave
    assert "Bo C." not in grave
    assert "Bo Bell" in words, "two are Bo B., so both have their whole names"
    assert "Bo C." in words
    assert "Flo F. (not marked yet)" in words
    assert "Halal (no pork at all)" in words
    assert "Di D. medical notes speak of cereals containing gluten: ask the office" in " ".join(grave.split())
    for hidden in ("Penicillin", "Asthma", "Gus", "Ed E.", "Coeliac", "Adder", "free", "2012"):
        assert hidden not in words, hidden
    assert (printed.number, printed.named) == (6, 6)
    kitchen.log_print(full.desk, printed)
    assert full.log()[-1] == ("contact-sheet", "", "kitchen list of 2026-11-24: 6 in, 6 named")


def test_the_counts_are_of_pupils(full: Unit) -> None:
    words = plain_text(kitchen.paper(full.desk).story)
    counts = words[words.index("How many") :]
    for line in (
        "Halal 2",
        "Eggs 1",
        "Cereals containing gluten 1",
        "Sesame 1",
        "Something else, as written above 1",
        "Allergies: nobody has said 2",
        "Nothing to look out for 0",
    ):
        assert line in " ".join(counts.split()), (line, counts)


def test_it_is_a_tagged_paper_and_says_where_nobody_has_a_diet(unit: Unit) -> None:
    assert "No diet and no allergy is on file" in plain_text(kitchen.paper(unit.desk).story)


def test_it_can_be_heard(full: Unit) -> None:
    printed = kitchen.paper(full.desk)
    assert_accessible(build_pdf(printed.story, title=printed.title, stamp=printed.guard.stamp))


def eater(unit: Unit, surname: str, *items: HealthItem, am: str = "/", pm: str = "") -> Pupil:
    """A pupil with what is known of health, and marks of the day."""
    pupil = unit.pupil(surname, "Al", BORN)
    for one in items:
        health.add_item(unit.desk, dataclasses.replace(one, pupil_id=pupil.id))
    marks = [Mark(pupil_id=pupil.id, day=DAY, session=half, code=code) for half, code in ((Session.AM, am), (Session.PM, pm)) if code]
    if marks:
        register.mark(unit.desk, marks)
    return pupil


def listed(unit: Unit) -> str:
    return " ".join(plain_text(kitchen.paper(unit.desk).story).split())


COELIAC = HealthItem(kind="C", what="Coeliac disease", allergen="gluten", severity="SEV")


@pytest.mark.parametrize("kind", ["A", "C", "D"])
@pytest.mark.parametrize("allergen", [None, "gluten", "no-food"])
@pytest.mark.parametrize("diet", [None, "halal"])
def test_each_kind_with_each_pair_of_allergen_and_diet_is_named_and_counted_whole(
    unit: Unit, kind: str, allergen: str | None, diet: str | None
) -> None:
    eater(unit, "Ash", HealthItem(kind=kind, what="Written", allergen=allergen, diet=diet, severity="MOD"))
    words = listed(unit)
    concerns = kind == "D" or diet is not None or allergen != "no-food"
    assert ("Al A." in words) == concerns
    for code, label in ((allergen, "Cereals containing gluten"), (diet, "Halal")):
        assert words.count(label) == (2 if code in ("gluten", "halal") else 0), (label, words)
    bare = kind == "C" and allergen is None and diet is None
    assert ("a condition: ask the office" in words) == bare
    assert ("Written" in words) == (concerns and not bare)
    assert ("Something else, as written above 1" in words) == (concerns and allergen != "gluten" and diet is None)
    spoken_of = kind == "A" or allergen == "gluten"
    assert ("Allergies: nobody has said 1" in words) != spoken_of, "a condition without a food, or a diet, says nothing of allergies"
    assert f"Nothing to look out for {1 if spoken_of and not concerns else 0}" in words


def test_a_severe_condition_with_an_allergen_stands_in_the_frame(unit: Unit) -> None:
    eater(unit, "Ash", COELIAC)
    words = listed(unit)
    assert "Diets and other allergies" not in words
    assert "Severe: Cereals containing gluten (Coeliac disease)" in words[words.index("May kill or badly hurt") :]


def test_the_rest_stand_by_how_grave_they_are(unit: Unit) -> None:
    eater(unit, "Ash", HealthItem(kind="D", what="Halal", diet="halal"))
    eater(unit, "Birch", HealthItem(kind="A", what="Eggs", allergen="eggs", severity="MILD"))
    eater(unit, "Cole", HealthItem(kind="A", what="Milk", allergen="milk", severity="MOD"))
    words = listed(unit)
    assert words.index("Al C.") < words.index("Al B.") < words.index("Al A.")


def test_who_has_a_diet_or_a_medicine_alone_is_among_those_of_whose_allergies_nobody_has_spoken(unit: Unit) -> None:
    eater(unit, "Ash", HealthItem(kind="D", what="Halal", diet="halal"))
    pen = eater(unit, "Birch")
    health.add_medicine(unit.desk, Medicine(pupil_id=pen.id, name="Adrenaline pen", dose="1 pen", taken="In a reaction"))
    words = listed(unit)
    assert "Of 2 pupils nobody has said which allergies there are." in words
    assert "Allergies: nobody has said 2 Nothing to look out for 0" in words
    assert "Halal allergies: nobody has said, ask the office" in words


@pytest.mark.parametrize(
    ("am", "pm", "may_come"),
    [("N", "", True), ("C2", "", True), ("V", "", True), ("I", "", True), ("V", "V", True), ("D", "", True), ("E", "E", False), ("D", "D", False), ("C", "C", False), ("C2", "C2", False)],
)  # fmt: skip
def test_who_is_not_in_now_and_may_come_for_lunch_is_named_and_not_counted(unit: Unit, am: str, pm: str, *, may_come: bool) -> None:
    eater(unit, "Ash", COELIAC, am=am, pm=pm)
    eater(unit, "Birch", am=am, pm=pm)
    words = listed(unit)
    assert "0 pupils in by the register of the morning." in words
    assert ("Not in now, may come" in words) == may_come
    assert ("Al A. Severe: Cereals containing gluten" in words) == may_come
    assert "Al B." not in words, "nothing is known that the kitchen must know"
    assert "Cereals containing gluten 1" not in words


def test_corrections_that_a_family_wrote_and_nobody_entered_are_pointed_out(unit: Unit) -> None:
    pupil = eater(unit, "Ash", COELIAC)
    check = DetailsCheck(pupil_id=pupil.id, on=date(2026, 11, 20), checked_by="Ada Ash", answer="wrong", channel="form")
    details_checks.add(unit.desk, check)
    assert "corrections of the family wait: ask the office" in listed(unit)


@pytest.mark.parametrize(
    ("notes", "words", "is_grave"),
    [
        ("Nut allergy, pen in the office", "medical notes speak of nuts: ask the office", True),
        ("allergic to PEANUTS and eggs", "medical notes speak of eggs and peanuts: ask the office", True),
        ("Had anaphylaxis once", "medical notes speak of an allergy: ask the office", True),
        ("Asthma; glasses for reading", "medical notes: ask the office", False),
        ("Wears a coconut-brown brace", "medical notes: ask the office", False),
    ],
)
def test_an_allergy_that_stands_in_the_medical_notes_alone_is_in_the_frame(unit: Unit, notes: str, words: str, *, is_grave: bool) -> None:
    register.mark(unit.desk, [Mark(pupil_id=unit.pupil("Ash", "Al", BORN, medical=notes).id, day=DAY, session=Session.AM, code="/")])
    text = listed(unit)
    assert f"Al A. {words}" in text
    assert ("May kill or badly hurt" in text) == is_grave
    assert notes not in text


def test_what_is_entered_is_not_said_again_of_the_notes(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Al", BORN, medical="Nut allergy")
    health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what="Nuts", allergen="nuts", severity="LIFE"))
    text = listed(unit)
    assert "Life-threatening: Nuts medical notes speak of an allergy: ask the office" in text
    assert "Nuts 1" in text


NOT_SAID = "It is not recorded what to do first. In danger, call 999; then tell the office."


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (HealthItem(kind="C", what="Anaphylaxis to peanuts", emergency="Pen\nCall 999"), "How grave is not recorded: Peanuts (Anaphylaxis to peanuts) Pen; Call 999"),
        (HealthItem(kind="D", what="No nuts, anaphylaxis"), f"How grave is not recorded: Nuts (No nuts, anaphylaxis) {NOT_SAID}"),
        (HealthItem(kind="A", what="Peanuts", allergen="no-food", severity="LIFE", emergency="Pen"), "Life-threatening: Peanuts Pen"),
        (HealthItem(kind="C", what="Fainting", severity="LIFE", emergency="Lay flat"), "Life-threatening: a condition: ask the office"),
    ],
)  # fmt: skip
def test_the_words_of_an_entry_bring_it_into_the_frame_with_what_to_do(unit: Unit, item: HealthItem, words: str) -> None:
    eater(unit, "Ash", item)
    text = listed(unit)
    assert f"May kill or badly hurt Pupil Not to be given, or diet What to do if it was eaten Al A. {words}" in text
    assert ("Lay flat" in text, "Fainting" in text) == (item.what == "Fainting", False)


def test_a_pen_of_which_no_allergy_says_what_it_is_for_is_in_the_frame(unit: Unit) -> None:
    pen = Medicine(name="EpiPen 300", dose="1", taken="when told")
    for surname, items in (("Ash", []), ("Birch", [HealthItem(kind="A", what="Eggs", allergen="eggs", severity="MILD")])):
        health.add_medicine(unit.desk, dataclasses.replace(pen, pupil_id=eater(unit, surname, *items).id))
    text = listed(unit)
    assert text.count("a medicine against an allergic reaction is held: ask the office") == 1
    assert (
        text.index("May kill")
        < text.index("Al A. a medicine against")
        < text.index(NOT_SAID)
        < text.index("Diets and other")
        < text.index("Al B.")
    )


def test_of_two_foods_each_has_what_to_do_by_itself(unit: Unit) -> None:
    eggs = HealthItem(kind="A", what="Eggs", allergen="eggs", severity="MILD", emergency="Antihistamine")
    eater(unit, "Ash", HealthItem(kind="A", what="Nuts", allergen="nuts", severity="LIFE"), eggs)
    assert f"Nuts: {NOT_SAID} Eggs: Antihistamine" in listed(unit)


def test_what_the_notes_only_deny_is_named_and_not_in_the_frame(unit: Unit) -> None:
    register.mark(
        unit.desk, [Mark(pupil_id=unit.pupil("Ash", "Al", BORN, medical="No known nut allergy").id, day=DAY, session=Session.AM, code="/")]
    )
    text = listed(unit)
    assert "Diets and other allergies Pupil Not to be given, or diet What to do Al A. medical notes speak of nuts: ask the office" in text
    assert "May kill" not in text


def test_namesakes_are_told_apart_by_their_birthdays(unit: Unit) -> None:
    for born in (BORN, date(2013, 1, 7)):
        pupil = unit.pupil("Ash", "Al", born, medical="Nuts")
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="/")])
    text = listed(unit)
    assert ("Ash, Al, born 1 May 2012" in text, "Ash, Al, born 7 January 2013" in text) == (True, True)


def test_steps_and_words_stand_one_behind_the_other_without_doubled_signs(unit: Unit) -> None:
    steps = "Give the pen.\nCall 999;\nLay flat"
    eater(
        unit,
        "Ash",
        HealthItem(
            kind="D", what="No gluten (coeliac disease)", allergen="gluten", severity="SEV", emergency=steps, plan="In the office.\nAsk."
        ),
    )
    text = listed(unit)
    assert "Cereals containing gluten (No gluten, coeliac disease)" in text
    assert "Give the pen; Call 999; Lay flat; In the office; Ask" in text
    (pupil,) = pupils.all_pupils(unit.desk)
    health.add_medicine(unit.desk, Medicine(pupil_id=pupil.id, name="EpiPen", dose="1", taken="In an emergency"))
    assert "Call 999 at once, and the medicine only when they say so: Give the pen; Call 999; Lay flat" in listed(unit), "not agreed to"


def test_the_foot_is_on_a_page_with_the_numbers_and_no_stamp_of_the_office_is_on_it(full: Unit) -> None:
    full.protect(next(pupil for pupil in pupils.on_roll(full.desk, DAY) if pupil.surname == "Adder"))
    printed = kitchen.paper(full.desk)
    last = printed.story[-1]
    assert isinstance(last, Keep)
    assert [text in " ".join(plain_text([last]).split()) for text in ("How many", "shred it after the meal")] == [True, True]
    assert (printed.guard.stamp, "Nothing on the paper says so" in printed.guard.question) == ("", True)


HALAL = HealthItem(kind="D", what="Halal", diet="halal")


@pytest.mark.parametrize(
    ("plan", "number", "is_later"),
    [
        ({}, 1, False),
        ({"tue_am": "C2", "tue_pm": "C2"}, 0, False),
        ({"tue_am": "D", "tue_pm": "D"}, 0, False),
        ({"tue_am": "C2"}, 0, True),
        ({"tue_pm": "C2"}, 1, False),
        ({"wed_am": "C2", "wed_pm": "C2"}, 1, False),
    ],
)
def test_before_the_register_is_taken_the_count_of_a_diet_goes_by_the_timetable(
    unit: Unit, plan: dict[str, str], number: int, is_later: bool
) -> None:
    pupil = eater(unit, "Ash", HALAL, am="")
    if plan:
        register.add_timetable(unit.desk, Timetable(pupil_id=pupil.id, since=date(2026, 11, 2), until=date(2026, 12, 18), **plan))
    words = listed(unit)
    assert (f"Halal {number}" in words[words.index("How many") :]) == bool(number), words
    assert ("Not in now, may come" in words, "Al A." in words) == (is_later, bool(number) or is_later)
    assert f"and {number} not marked yet" in words if number else "not marked yet" not in words


@pytest.mark.parametrize(("days", "number", "is_later"), [("Tue", 0, True), ("Tue am", 0, True), ("Tue pm", 1, False), ("Wed", 1, False)])
def test_whoever_is_at_a_provider_is_not_cooked_for_and_may_come_back(unit: Unit, days: str, number: int, is_later: bool) -> None:
    pupil = eater(unit, "Ash", HALAL, am="")
    place = Placement(pupil_id=pupil.id, provider="Marden Farm", start_date=date(2026, 11, 2), setting="OTH", sessions=days)
    placements.add(unit.desk, place)
    words = listed(unit)
    assert (f"Halal {number}" in words[words.index("How many") :], "Not in now, may come" in words) == (bool(number), is_later), words


def test_whoever_comes_for_the_afternoon_alone_is_told_of_though_there_is_nothing_to_look_out_for(unit: Unit) -> None:
    for surname, codes in (
        ("Ash", {"tue_am": "C2"}),
        ("Birch", {"tue_am": "D"}),
        ("Cole", {"tue_am": "C2", "tue_pm": "C2"}),
        ("Dale", {"tue_pm": "C2"}),
    ):
        pupil = eater(unit, surname, am="")
        register.add_timetable(unit.desk, Timetable(pupil_id=pupil.id, since=date(2026, 11, 2), until=date(2026, 12, 18), **codes))
    for surname, code in (("Elder", "C2"), ("Fern", "B"), ("Gore", "I"), ("Holt", "/")):
        eater(unit, surname, am=code)
    words = plain_text(kitchen.paper(unit.desk).story)
    assert "1 pupil in by the register of the morning, and 1 not marked yet." in words
    assert "For the afternoon alone 4 pupils are expected besides, not among the numbers: ask the office who of them eats here." in words


def test_a_suspension_that_was_entered_ahead_takes_a_pupil_off_the_list(unit: Unit) -> None:
    pupil = eater(unit, "Ash", HALAL, am="")
    assert "Halal 1" in listed(unit)
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=session, code="E") for session in Session])
    assert "Halal" not in listed(unit)
