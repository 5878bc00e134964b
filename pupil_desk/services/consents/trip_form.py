"""What a form for one trip says beside its question: what is held of health, and whom we call; with room to correct it."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.papers.consent_form import ConsentBox, OnTheTrip
from pupil_desk.domain.care.health import DIETARY, HealthAnswer, Standing
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
    numbers = [(one.full_name, unbroken(" / ".join(filter(None, (one.mobile, one.phone))))) for one in letter.contacts]
    answer, agreed = _answer(desk, letter), frozenset(one.id for one in wrong_medicines.agreed(desk, letter.pupil.id))
    return OnTheTrip(
        health=_health(answer, agreed), wrong=[ConsentBox(f"{one.question}/{WRONG}", one.words) for one in wrong], diet="\n".join(one.what for one in answer.items if one.kind == DIETARY),
        effect=_effect(forename, wrong_medicines.effect(forename, agreed=bool(agreed), boxes=bool(wrong)), own=not letter.contacts), numbers=[(name, each or _("no number")) for name, each in numbers],
    )  # fmt: skip


def _effect(forename: str, if_wrong: str, *, own: bool) -> str:
    """What the lines do, by the rule: the answer is kept as it is ticked, and only what is agreed to in writing is given."""
    goes = _("you come") if own else _("{name} comes")
    words = _(
        "With a yes {goes}, whatever is written here or left empty, even if we cannot reach you first to ask about it. "
        "A medicine written here is given only after a yes on its own form."
    ).format(goes=goes.format(name=forename))  # fmt: skip
    return f"{words} {if_wrong}".strip()


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that it tells, where something is held."""
    answer = _answer(desk, letter)
    found = ["pupil.medical"] if answer.notes else []
    found += ["health_item.what", "health_item.severity"] if answer.items else []
    found += ["medicine.name", "medicine.dose", "medicine.taken"] if answer.medicines else []
    found += ["disability.disability"] if answer.disabilities else []
    found += [f"contact.{name}" for name in ("mobile", "phone") if any(getattr(one, name) for one in letter.contacts)]
    return tuple(found)


def _answer(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _health(answer: HealthAnswer, agreed: frozenset[str]) -> str:
    """All but the diet, a line each, with the kind of each: «Allergy, severe: Penicillin»; and what nobody has told us, which is not that there is none."""
    known = [health_answers.item_with_kind(one) for one in answer.items if one.kind != DIETARY]
    held = [*known, *map(health_answers.disability_words, answer.disabilities), *([answer.notes] if answer.notes else []), *(wrong_medicines.words_of(one, agreed, place=False) for one in answer.medicines)]
    if answer.standing is Standing.NONE_SAID:
        return health_answers.none_words(answer)
    unknown = [words for words, known in ((_("allergies, conditions"), answer.held and not health_answers.unsaid(answer)), (_("medicines"), answer.medicines)) if not known]
    open_ = [_("Not known: {what}. Please write below; if you know of nothing, “none known”.").format(what=", ".join(unknown))] if unknown else []
    return "\n".join(line[:1].upper() + line[1:] for line in (*held, *open_))
