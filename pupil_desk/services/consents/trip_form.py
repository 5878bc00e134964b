"""What a form for one trip says beside its question: what is held of health, and whom we call; with room to correct it."""

from collections.abc import Collection

from pupil_desk.basics.words import _
from pupil_desk.documents.papers.consent_form import OnTheTrip
from pupil_desk.domain.care.health import DIETARY, HealthAnswer, Medicine, Standing
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import unbroken
from pupil_desk.services.consents import standings
from pupil_desk.services.desk import Desk

TRIP = "trip"
"""The type of consent to an occasion on which the unit goes out with pupils."""


def on_the_trip(desk: Desk, letter: Letter, forename: str) -> OnTheTrip:
    """What stands on the form for one household, or for the pupil; each household is shown its own numbers alone."""
    numbers = [(one.full_name, unbroken(" / ".join(filter(None, (one.mobile, one.phone))))) for one in letter.contacts]
    answer = _answer(desk, letter)
    return OnTheTrip(
        health=_health(answer, _agreed(desk, letter)), diet="\n".join(one.what for one in answer.items if one.kind == DIETARY),
        effect=_effect(forename, own=not letter.contacts), numbers=[(name, each or _("no number")) for name, each in numbers],
    )  # fmt: skip


def _effect(forename: str, *, own: bool) -> str:
    """What the lines do, by the rule: the answer is kept as it is ticked, and only what is agreed to in writing is given."""
    goes, still = (_("you come"), _("you still come")) if own else (_("{name} comes"), _("{name} still comes"))
    return _(
        "With a yes {goes}, whatever is written here or left empty. If we cannot reach you before the day to ask about it, {still}. "
        "A medicine written here is given only after a yes on its own form."
    ).format(goes=goes.format(name=forename), still=still.format(name=forename))  # fmt: skip


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that it tells, where something is held."""
    answer = _answer(desk, letter)
    found = ["pupil.medical"] if answer.notes else []
    found += ["health_item.what", "health_item.severity"] if answer.items else []
    found += ["medicine.name", "medicine.dose", "medicine.taken"] if answer.medicines else []
    found += ["medicine.stored"] if any(one.stored for one in answer.medicines) else []
    found += ["disability.disability"] if answer.disabilities else []
    found += [f"contact.{name}" for name in ("mobile", "phone") if any(getattr(one, name) for one in letter.contacts)]
    return tuple(found)


def _answer(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _agreed(desk: Desk, letter: Letter) -> frozenset[str]:
    """The medicines to which there is a yes."""
    return frozenset(row.medicine.id for row in standings.of_pupil(desk, letter.pupil.id) if row.medicine is not None and row.verdict.in_force)


def _medicine(one: Medicine, agreed: Collection[str]) -> str:
    """A medicine, and whether it is given on the trip."""
    given = _("agreed: given on the trip") if one.id in agreed else _("not agreed: not given, unless 999 tells us to")
    return _("{medicine} ({given})").format(medicine=health_answers.medicine_words(one), given=given)


def _health(answer: HealthAnswer, agreed: Collection[str]) -> str:
    """All but the diet, a line each, with the kind of each: «Allergy, severe: Penicillin»; and what nobody has told us, which is not that there is none."""
    known = [health_answers.item_with_kind(one) for one in answer.items if one.kind != DIETARY]
    held = [*known, *map(health_answers.disability_words, answer.disabilities), *([answer.notes] if answer.notes else []), *(_medicine(one, agreed) for one in answer.medicines)]
    if answer.standing is Standing.NONE_SAID:
        return health_answers.none_words(answer)
    unknown = [words for words, known in ((_("allergies, conditions"), answer.held and not health_answers.unsaid(answer)), (_("medicines"), answer.medicines)) if not known]
    open_ = [_("Not known: {what}. Please write below.").format(what=", ".join(unknown))] if unknown else []
    return "\n".join(line[:1].upper() + line[1:] for line in (*held, *open_))
