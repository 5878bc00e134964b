"""Which foods and dangers the health record of a pupil speaks of: one rule for every paper that says them, and Check records.

Everything of any kind is read, what it is, what to do, the plan, and a medicine's name and when it is given. The words win over the codes:
an allergy coded «no food» that names one is to that food. What is in doubt counts.
"""

from collections.abc import Collection, Iterable

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import tokens
from pupil_desk.domain.care.health import (
    ALLERGY,
    CONDITION,
    DIETARY,
    LIFE_THREATENING,
    SEVERE,
    HealthAnswer,
    HealthItem,
    Medicine,
    food_allergen,
)
from pupil_desk.domain.care.health_words import HealthWords, left_out_by, read_medicine, read_words

_NAME_LETTERS = 5  # of a word by which a medicine is known; shorter ones are doses and the like
_FORMS = frozenset(
    [
        "capsule",
        "cream",
        "drop",
        "emergency",
        "gel",
        "inhaler",
        "injection",
        "injector",
        "liquid",
        "medication",
        "medicine",
        "nasal",
        "ointment",
        "oral",
        "patch",
        "pen",
        "powder",
        "rectal",
        "rescue",
        "sachet",
        "solution",
        "spacer",
        "spray",
        "suppository",
        "syringe",
        "syrup",
        "tablet",
        "tube",
    ]
)
"""Words that say in what form a medicine is, in the singular: an entry that has one alone may mean another medicine."""
_GIVES = frozenset({"give", "use", "administer", "inject"})
_INHALED, _OF_BREATHING = frozenset({"spacer", "inhaler"}), ("asthma", "breath", "wheez")
_TELLS_OF_A_REACTION = ("anaph", "anaf")
FIRST_TURN, DANGER_TURN, LAST_TURN = range(3)
"""Where a pupil stands on a list that is acted on in an emergency."""


def tells_allergy(item: HealthItem) -> bool:
    """Whether it is an allergy, by its kind or by any of its words; a food alone in the words makes it none."""
    return item.kind == ALLERGY or _names_allergy(item)


def foods_of(item: HealthItem) -> tuple[str, ...]:
    """The codes of the allergens that it is to, by its code and by its words, in the order of the list.

    What its diet leaves out anyhow is not among them. What to do is read for a food only where an allergy names none: a sweet drink is given, not kept away.
    """
    codes = set(read_words(item.what).foods)
    coded = food_allergen(item)
    if not codes and not coded and tells_allergy(item):
        codes = set(read_words(_steps_and_plan(item)).foods)
    if not _names_allergy(item):
        codes -= left_out_by(item.diet or "")
    return tuple(code for code in codelist("allergen").codes if code in codes | {coded})


def concerns_kitchen(item: HealthItem) -> bool:
    """Whether the kitchen must know of it, whatever its kind: all but an allergy or a condition of which it is said that it is to no food, and which names none."""
    is_coded = item.kind == DIETARY or bool(item.diet) or not item.allergen or bool(food_allergen(item))
    return is_coded or names_food(item)


def names_food(item: HealthItem) -> bool:
    """Whether its words name a food, on the list of allergens or not."""
    return bool(foods_of(item)) or read_words(item.what).names_other_food


def is_bare_condition(item: HealthItem) -> bool:
    """Whether it is a condition of which neither codes nor words say whether any food bears on it."""
    return item.kind == CONDITION and not item.allergen and not item.diet and not names_food(item) and not _names_allergy(item)


def is_ungraded_danger(item: HealthItem) -> bool:
    """Whether it may be grave, since it is not said how grave an allergy, or what names a food that no diet of it leaves out, is."""
    return item.severity is None and (tells_allergy(item) or bool(foods_of(item)))


def is_alert(item: HealthItem) -> bool:
    """Whether it is grave, as graded or by its words, or an allergy that nobody has graded."""
    if item.severity in (LIFE_THREATENING, SEVERE) or _all_words(item).tells_anaphylaxis:
        return True
    return item.severity is None and tells_allergy(item)


def may_be_grave(item: HealthItem) -> bool:
    """Whether it is grave, or nobody has graded it."""
    return is_alert(item) or item.severity is None


def is_alert_on_way(item: HealthItem) -> bool:
    """Whether who is alone with the pupil must know of it: an alert, whatever says what to do, and what may be an emergency and nobody has graded."""
    return is_alert(item) or bool(item.emergency) or (item.severity is None and _all_words(item).tells_emergency)


def alerts_on_way_of(answer: HealthAnswer) -> tuple[HealthItem, ...]:
    """The gravest first: what leads, with what to do, wherever an emergency is met from a paper."""
    return tuple(item for item in answer.items if is_alert_on_way(item))


def turn_of(answer: HealthAnswer) -> int:
    """First where something threatens life; then where anything else may be an emergency, by an entry, a medicine or the notes."""
    if any(item.severity == LIFE_THREATENING for item in answer.items):
        return FIRST_TURN
    notes = read_words(answer.notes)
    if alerts_on_way_of(answer) or rescue_medicines(answer) or notes.tells_allergy or notes.tells_emergency:
        return DANGER_TURN
    return LAST_TURN


def rescue_medicines(answer: HealthAnswer) -> tuple[Medicine, ...]:
    """The medicines that speak of an emergency or of an allergic reaction."""
    return tuple(row for row in answer.medicines if (words := _medicine_words(row)).tells_emergency or words.tells_allergy)


def allergy_medicines(answer: HealthAnswer) -> tuple[Medicine, ...]:
    """The medicines that speak of an allergic reaction."""
    return tuple(row for row in answer.medicines if _medicine_words(row).tells_allergy)


def medicines_for(item: HealthItem, answer: HealthAnswer) -> tuple[Medicine, ...]:
    """The medicines for an emergency that may belong to an entry: those that its words name; and, if it may be grave or has the words of their
    form alone, to an allergy those that speak of one, to anything else those of the others that no entry names which is told of in an emergency.
    """
    of_allergy, rescue = allergy_medicines(answer), rescue_medicines(answer)
    if tells_allergy(item):
        return tuple(row for row in rescue if _names_medicine(item, row) or (row in of_allergy and _may_mean(item, row)))
    entries = [entry for entry in alerts_on_way_of(answer) if not tells_allergy(entry)]
    return tuple(
        row
        for row in rescue
        if _names_medicine(item, row)
        or (
            not (row in of_allergy or _is_preventer(row))
            and _may_mean(item, row)
            and not any(_names_medicine(entry, row) for entry in entries)
        )
    )


def step_gives(step: str, medicine: Medicine, *, is_only: bool) -> bool:
    """Whether a step of what to do may be to give a medicine: by its name or form, by any name of a pen against anaphylaxis; where no other is
    for the entry (``is_only``) by any form, or as “it”.
    """
    words = _singulars(step)
    shared = _words_shared(step, medicine) - {"emergency"}
    if any(len(word) >= _NAME_LETTERS or word in _FORMS for word in shared):
        return True
    if _names_pen(step, medicine):
        return True
    return is_only and (not words.isdisjoint(_FORMS - {"emergency"}) or ("it" in words and not words.isdisjoint(_GIVES)))


def step_names(step: str, medicine: Medicine) -> bool:
    """Whether a step has a word of the name of a medicine that says more than its form, however short."""
    return bool(_words_shared(step, medicine) - _FORMS)


def means_reliever(text: str) -> bool:
    """Whether a text has any word for an inhaler against an attack of asthma, or speaks of breathing and by what such a one is taken."""
    said, words = read_words(text), _singulars(text)
    is_taken_so = not words.isdisjoint(_INHALED) or ("puff" in words and any(word.startswith(_OF_BREATHING) for word in words))
    return said.tells_reliever or (is_taken_so and not said.tells_preventer)


def is_reliever(medicine: Medicine, *, surely: bool) -> bool:
    """Whether a medicine is an inhaler against an attack of asthma, by its name: ``surely`` by a word for one, or by «inhaler» alone; else any inhaler
    may be one that is not known to be taken each day, and to help in no attack.
    """
    words = _singulars(medicine.name)
    if read_words(medicine.name).tells_reliever:
        return True
    return words == {"inhaler"} if surely else "inhaler" in words and not _medicine_words(medicine).tells_preventer


def _is_preventer(medicine: Medicine) -> bool:
    return _medicine_words(medicine).tells_preventer and not read_words(medicine.name).tells_reliever


def foods_of_notes_alone(notes: str | None, items: Iterable[HealthItem]) -> tuple[str, ...]:
    """The codes of the allergens of which the medical notes speak and no item of any kind does."""
    entered = {code for item in items for code in foods_of(item)}
    return tuple(code for code in read_words(notes).foods if code not in entered)


def notes_alone_tell_allergy(notes: str | None, items: Collection[HealthItem]) -> bool:
    """Whether the medical notes speak of an allergy, or of a food that no item does: one of which no item names the food, or that no item may be."""
    words = read_words(notes)
    if not words.tells_allergy:
        return False
    return bool(foods_of_notes_alone(notes, items)) or (
        not words.foods and not any(tells_allergy(item) or foods_of(item) for item in items)
    )


def _names_allergy(item: HealthItem) -> bool:
    """Whether the words of it speak of an allergy in so many words: a food in what it is, or what to do, is none by itself."""
    name_words, step_words = read_words(item.what), read_words(_steps_and_plan(item))
    return any(words.tells_anaphylaxis or words.names_allergy for words in (name_words, step_words))


def _steps_and_plan(item: HealthItem) -> str:
    return f"{item.emergency or ''}\n{item.plan or ''}"


def _said_in(item: HealthItem) -> str:
    return f"{item.what}\n{_steps_and_plan(item)}"


def _all_words(item: HealthItem) -> HealthWords:
    return read_words(_said_in(item))


def _names_medicine(item: HealthItem, medicine: Medicine) -> bool:
    """Whether the words of an entry have a long word of the name of a medicine, which says more than its form, or any name of a pen or of a reliever

    where it is one.
    """
    said = _said_in(item)
    if _names_pen(said, medicine) or (is_reliever(medicine, surely=False) and means_reliever(said)):
        return True
    return any(len(word) >= _NAME_LETTERS and word not in _FORMS for word in _words_shared(said, medicine))


def _names_pen(text: str, medicine: Medicine) -> bool:
    """Whether a text has any name of a pen against anaphylaxis, and the medicine is one; that there is anaphylaxis names none."""
    return read_words(medicine.name).tells_anaphylaxis and any(
        word.removesuffix("s") in ("pen", "injector") or (read_words(word).tells_anaphylaxis and not word.startswith(_TELLS_OF_A_REACTION))
        for word in tokens(text)
    )


def _may_mean(item: HealthItem, medicine: Medicine) -> bool:
    """Whether a medicine may be meant without its name: by an entry that may be grave, or that has the word of its form."""
    return may_be_grave(item) or not _words_shared(_said_in(item), medicine).isdisjoint(_FORMS)


def _words_shared(text: str, medicine: Medicine) -> set[str]:
    return _singulars(text) & _singulars(medicine.name)


def _singulars(text: str) -> set[str]:
    return {word.removesuffix("s") for word in tokens(text)}


def _medicine_words(medicine: Medicine) -> HealthWords:
    return read_medicine(medicine.name, medicine.taken)
