"""What health notes, as people write, say of foods and dangers; and that the words of a record win over its codes."""

import pytest

from pupil_desk.domain.care.food_dangers import (
    allergy_medicines,
    concerns_kitchen,
    foods_of,
    is_alert,
    is_alert_on_way,
    is_bare_condition,
    medicines_for,
    rescue_medicines,
)
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, Medicine
from pupil_desk.domain.care.health_words import read_words


@pytest.mark.parametrize(
    "notes",
    ["Carries an Epi-Pen", "Has an Epi Pen in bag", "EPIPENS x2", "Emerade pen in office", "auto-injector in bag", "anaphalaxis, bee stings", "Anafilaxis", "had anaphilaxis", "adrenalin pen", "Jext"],
)  # fmt: skip
def test_a_pen_and_anaphylaxis_are_met_however_they_are_written(notes: str) -> None:
    words = read_words(notes)
    assert (words.tells_anaphylaxis, words.tells_allergy) == (True, True)


@pytest.mark.parametrize(
    ("notes", "foods"),
    [
        ("Dairyfree", ["milk"]),
        ("glutenfree", ["gluten"]),
        ("egg-free", ["eggs"]),
        ("Oats make her ill", ["gluten"]),
        ("Cannot eat scallops, mackerel", ["fish", "molluscs"]),
        ("Haddock swells throat", ["fish"]),
        ("Severe reaction to Brazils", ["nuts"]),
        ("No pine-nuts", ["nuts"]),
        ("yoghurt, hummus; anchovies", ["fish", "milk", "sesame"]),
        ("hazlenuts and pistacios and cashews", ["nuts"]),
        ("shelfish", ["crustaceans", "molluscs"]),
        ("No known nut allergy but eggs make him ill", ["eggs", "nuts"]),
    ],
)
def test_foods_are_met_in_the_plural_apart_together_and_with_a_slip(notes: str, foods: list[str]) -> None:
    words = read_words(notes)
    assert (list(words.foods), words.tells_allergy) == (foods, True)


@pytest.mark.parametrize(
    "notes", ["Alergic to kiwi", "alergy: bananas", "ALLERGIC", "lactos intollerant", "No known allergies except wasps: allergic"]
)
def test_an_allergy_is_met_with_a_slip(notes: str) -> None:
    assert read_words(notes).tells_allergy


@pytest.mark.parametrize(
    ("notes", "foods"),
    [("No known nut allergy", ["nuts"]), ("No known allergies", []), ("eats fish fine", ["fish"]), ("Not allergic to eggs or milk. Asthma", ["eggs", "milk"])],
)  # fmt: skip
def test_what_is_only_denied_speaks_of_no_allergy_and_names_its_food_all_the_same(notes: str, foods: list[str]) -> None:
    words = read_words(notes)
    assert (words.tells_allergy, list(words.foods)) == (False, foods)


@pytest.mark.parametrize(
    "notes",
    ["No known nut allergy, carries an EpiPen", "No known allergies apart from nuts", "No nuts", "No known cure for nut allergy", "eats fish fine but no eggs", "Not known how bad the nut allergy is"],
)  # fmt: skip
def test_what_is_in_doubt_is_no_denial(notes: str) -> None:
    assert read_words(notes).tells_allergy


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "Asthma; glasses for reading",
        "Salbutamol sulphate",
        "barely reads",
        "nutrition drinks",
        "glute injury",
        "diary kept; better now",
        "lactulose",
    ],
)
def test_other_words_name_no_food(notes: str) -> None:
    assert (read_words(notes).foods, read_words(notes).tells_allergy) == ((), False)


PEN = "EpiPen in thigh\nCall 999"


@pytest.mark.parametrize(
    ("item", "foods", "concerns", "alert"),
    [
        (HealthItem(kind="C", what="Anaphylaxis to peanuts", emergency=PEN), ["peanuts"], True, True),
        (HealthItem(kind="C", what="Anaphylaxis", severity="MOD"), [], True, True),
        (HealthItem(kind="D", what="No nuts, anaphylaxis, carries pen"), ["nuts"], True, True),
        (HealthItem(kind="A", what="Peanuts", allergen="no-food", severity="LIFE"), ["peanuts"], True, True),
        (HealthItem(kind="A", what="Kiwi", allergen="no-food", severity="MILD"), [], True, False),
        (HealthItem(kind="A", what="Bee stings", allergen="no-food", severity="LIFE", emergency=PEN), [], False, True),
        (HealthItem(kind="A", what="Nuts and eggs", allergen="nuts", severity="MOD"), ["eggs", "nuts"], True, False),
        (HealthItem(kind="A", what="See plan", emergency="Keep peanuts away"), ["peanuts"], True, True),
        (HealthItem(kind="C", what="Diabetes", allergen="no-food", severity="SEV", emergency="Give milk and a biscuit"), [], False, True),
        (HealthItem(kind="D", what="No gluten (coeliac disease)", diet="gluten-free"), [], True, False),
        (HealthItem(kind="D", what="Halal, gelatine", diet="halal"), [], True, False),
        (HealthItem(kind="C", what="Asthma", allergen="no-food", severity="MOD"), [], False, False),
    ],
)
def test_the_words_of_a_record_win_over_its_codes(item: HealthItem, foods: list[str], *, concerns: bool, alert: bool) -> None:
    assert (list(foods_of(item)), concerns_kitchen(item), is_alert(item)) == (foods, concerns, alert)
    assert not is_bare_condition(item)


@pytest.mark.parametrize(
    ("item", "on_way"),
    [
        (HealthItem(kind="C", what="Epilepsy", emergency="Time it"), True),
        (HealthItem(kind="C", what="Epilepsy"), True),
        (HealthItem(kind="C", what="Asthma", severity="MOD", emergency="Two puffs"), True),
        (HealthItem(kind="C", what="Low mood"), False),
        (HealthItem(kind="A", what="Hay fever", severity="MILD"), False),
    ],
)
def test_whatever_says_what_to_do_is_known_on_the_way(item: HealthItem, *, on_way: bool) -> None:
    assert is_alert_on_way(item) == on_way


def test_a_medicine_stands_before_each_entry_that_it_may_belong_to() -> None:
    def named(*entries: tuple[str, str, str, str], medicine: str, taken: str = "") -> list[str]:
        items = tuple(HealthItem(kind=kind, what=what, severity=severity, emergency=steps) for kind, what, severity, steps in entries)
        answer = HealthAnswer(items=items, medicines=(Medicine(name=medicine, dose="1", taken=taken),))
        return [item.what for item in items if medicines_for(item, answer)]

    stung, mild = ("A", "Bee stings", "MOD", "Give cetirizine"), ("A", "Dust", "MILD", "Air the room")
    assert named(stung, mild, medicine="Cetirizine", taken="In an allergic reaction") == ["Bee stings"]
    assert named(("A", "Cats", "MOD", "The blue tablets"), mild, medicine="Cetirizine tablet", taken="For allergies") == ["Cats"]
    asthma, nuts = ("C", "Asthma", "SEV", "Call 999"), ("A", "Peanuts", "SEV", "Salbutamol if wheezy, then 999")
    assert named(asthma, nuts, medicine="Salbutamol inhaler") == ["Asthma", "Peanuts"]
    assert named(asthma, ("C", "Cough", "MILD", ""), medicine="Salbutamol inhaler") == ["Asthma"]
    low, taken = ("C", "Diabetes", "SEV", "Give GlucoGel"), "Hypo: one tube, then a glass of milk"
    assert named(low, asthma, medicine="GlucoGel", taken=taken) == ["Diabetes"], "the milk makes it no other entry’s medicine"
    diabetes, fits = ("C", "Diabetes", "MOD", "Glucose tablets"), ("C", "Epilepsy", "SEV", "Call 999 after five minutes")
    assert named(diabetes, fits, medicine="Diazepam tablets") == ["Diabetes", "Epilepsy"], "in doubt before both"
    assert named(diabetes, (*fits[:3], "Diazepam, then 999"), medicine="Diazepam tablets") == ["Epilepsy"]


@pytest.mark.parametrize(
    ("taken", "allergy", "emergency"),
    [
        ("when stung", True, False),
        ("After a bee-sting", True, False),
        ("if there is a reaction", True, False),
        ("in an attack", False, True),
        ("If a fit lasts five minutes", False, True),
        ("when wheezy or out of breath", False, True),
        ("in a seizure", False, True),
        ("when hungry", False, False),
        ("At noon, until fit again", False, False),
        ("When he asks for it", False, False),
    ],
)
def test_when_a_medicine_is_given_tells_whether_it_is_for_an_emergency(taken: str, *, allergy: bool, emergency: bool) -> None:
    answer = HealthAnswer(medicines=(Medicine(name="Cetirizine", dose="10 mg", taken=taken),))
    assert (bool(allergy_medicines(answer)), bool(rescue_medicines(answer))) == (allergy, allergy or emergency)
    assert not read_words("Attacks others when stung by a word, a fit of anger").tells_emergency, "of anything else they are said too"
