"""What a form for one trip says beside its question: what is held of health, and whom we call; with room to correct it."""

from collections.abc import Sequence

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.consent_form import ConsentBox, OnTheTrip
from pupil_desk.domain.care.health import DIETARY, HealthAnswer, HealthStanding
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import unbroken
from pupil_desk.services.consents import wrong_medicines
from pupil_desk.services.consents.wrong_medicines import WRONG, WrongBox
from pupil_desk.services.desk import Desk

TRIP = "trip"
"""The type of consent to an occasion on which the unit goes out with pupils."""


def on_the_trip(desk: Desk, letter: Letter, forename: str, wrong: Sequence[WrongBox]) -> OnTheTrip:
    """What stands on the form for one household, or for the pupil; each household is shown its own numbers alone. ``wrong`` are the boxes of medicines."""
    numbers = [(contact.full_name, unbroken(" / ".join(filter(None, (contact.mobile, contact.phone))))) for contact in letter.contacts]
    answer, agreed = _answer(desk, letter), frozenset(medicine.id for medicine in wrong_medicines.agreed(desk, letter.pupil.id))
    return OnTheTrip(
        health=_health(answer, agreed),
        wrong=[ConsentBox(f"{box.question}/{WRONG}", box.words) for box in wrong],
        diet="\n".join(item.what for item in answer.items if item.kind == DIETARY),
        effect=_effect(
            forename, wrong_medicines.effect(forename, agreed=bool(agreed), has_boxes=bool(wrong)), to_pupil=not letter.contacts
        ),
        has_medicines=bool(answer.medicines),
        numbers=[(name, number or _("no number")) for name, number in numbers],
    )


def _effect(forename: str, if_wrong: str, *, to_pupil: bool) -> str:
    """What the lines do, by the rule: the answer is kept as it is ticked, and only what is agreed to in writing is given.

    That somebody comes is promised to nobody here: a parent’s yes may have another’s no beside it, which only its giver takes back.
    """
    goes = _("you come") if to_pupil else _("{name} comes")
    words = _(
        "What is written here or left empty does not change whether {goes}, even if we cannot ask you first. "
        "A medicine written here is given only after a yes on its own form. "
        "Somebody else to call is called on this trip alone, if nobody above answers."
    ).format(goes=goes.format(name=forename))
    return f"{words} {if_wrong}".strip()


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that it tells, where something is held."""
    answer = _answer(desk, letter)
    items = ["pupil.medical"] if answer.notes else []
    items += ["health_item.what", "health_item.severity"] if answer.items else []
    items += ["medicine.name", "medicine.dose", "medicine.taken"] if answer.medicines else []
    items += ["disability.disability"] if answer.disabilities else []
    items += [f"contact.{name}" for name in ("mobile", "phone") if any(getattr(contact, name) for contact in letter.contacts)]
    return tuple(items)


def _answer(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _health(answer: HealthAnswer, agreed: frozenset[str]) -> str:
    """All but the diet, a line each, with the kind of each: «Allergy, severe: Penicillin»; and what nobody has told us, which is not that there is none."""
    item_lines = [health_answers.item_with_kind(item) for item in answer.items if item.kind != DIETARY]
    lines = [
        *item_lines,
        *map(health_answers.disability_words, answer.disabilities),
        *([answer.notes] if answer.notes else []),
        *(wrong_medicines.words_of(medicine, agreed, with_place=False) for medicine in answer.medicines),
    ]
    if answer.standing is HealthStanding.NONE_SAID:
        return health_answers.none_words(answer)
    return "\n".join(map(capital, (*lines, *_not_known(answer))))


def _not_known(answer: HealthAnswer) -> list[str]:
    """What nobody has told us of, each with its own line to write on: “none known” on one says nothing of the other."""
    health, medicines = not answer.held or health_answers.unsaid(answer), not answer.medicines
    if health and medicines:
        return [
            _(
                "Not known: allergies and conditions; medicines. Please write on the lines “Health” and “Medicines”; “none known” counts for its line alone, and an empty line stays not known."
            )
        ]
    asked = (_("allergies and conditions"), _("Health")) if health else (_("medicines"), _("Medicines")) if medicines else None
    if asked is None:
        return []
    words = _("Not known: {what}. Please write on the line “{line}”, or “none known”; empty, it stays not known.")
    return [words.format(what=asked[0], line=asked[1])]
