"""What a form for one trip says beside its question: by when to answer, what is held of health, and whom we call; with room to correct it."""

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.consent_form import OnTheTrip
from pupil_desk.domain.consent import Occasion
from pupil_desk.domain.health import HealthAnswer, Standing
from pupil_desk.domain.notice import Letter
from pupil_desk.services import health_answers
from pupil_desk.services.cards import unbroken
from pupil_desk.services.desk import Desk

TRIP = "trip"
"""The type of consent to an occasion on which the unit goes out with pupils."""


def on_the_trip(desk: Desk, occasion: Occasion, letter: Letter) -> OnTheTrip:
    """What stands on the form for one household, or for the pupil; each household is shown its own numbers alone."""
    numbers = [(one.full_name, unbroken(" / ".join(filter(None, (one.mobile, one.phone))))) for one in letter.contacts]
    return OnTheTrip(
        reply_by=show_date(occasion.reply_by) if occasion.reply_by else "", health=_health(_answer(desk, letter)),
        numbers=[(name, each or _("no number")) for name, each in numbers],
    )  # fmt: skip


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that it tells, where something is held."""
    answer = _answer(desk, letter)
    found = ["pupil.medical"] if answer.notes else []
    found += ["health_item.what", "health_item.severity"] if answer.items else []
    found += ["medicine.name", "medicine.dose", "medicine.taken"] if answer.medicines else []
    found += [f"contact.{name}" for name in ("mobile", "phone") if any(getattr(one, name) for one in letter.contacts)]
    return tuple(found)


def _answer(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _health(answer: HealthAnswer) -> str:
    takes = [_("takes {name}, {dose}, {taken}").format(name=one.name, dose=one.dose, taken=one.taken) for one in answer.medicines]
    held = [*([answer.notes] if answer.notes else []), *map(health_answers.item_words, answer.items), *takes]
    if held:
        return "\n".join(held)
    return health_answers.none_words(answer) if answer.standing is Standing.NONE_SAID else _("Nothing is recorded. Write down what we should know.")
