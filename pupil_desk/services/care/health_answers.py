"""The one answer to what is to be known of a pupil's health, and its words, those where nothing is recorded too: for every paper,
list and screen that speaks of health.

“None” is said only where nothing of any kind is held and somebody has said so, lately enough; else it is said whom to ask.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import (
    ALLERGY,
    CONDITION,
    LIFE_THREATENING,
    NO_STEPS,
    SEVERE,
    Disability,
    HealthAnswer,
    HealthItem,
    HealthStanding,
    Medicine,
    NothingKnown,
    health_answer,
    in_one_line,
    plan_of,
)
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.quality.rule import limits
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.tables import deadlines


class Answers(Protocol):
    """What is known of a pupil on a day, or on any day from it until another."""

    def __call__(self, pupil: Pupil, day: date, until: date | None = None) -> HealthAnswer: ...


def answers(vault: Vault, ids: Collection[str] | None = None) -> Answers:
    """The answer for a pupil on a day; all that it rests on is read at once, for everybody or for those of these identities."""
    items, medicines = several.by_pupil(vault, HealthItem, ids), several.by_pupil(vault, Medicine, ids)
    disabilities, statements = several.by_pupil(vault, Disability, ids), standing(vault, ids)

    def answer(pupil: Pupil, day: date, until: date | None = None) -> HealthAnswer:
        last = next(iter(reversed(statements.get(pupil.id, ()))), None)
        oldest = day - timedelta(days=limits()["nothing_known_days"])
        return health_answer(
            pupil.medical, items[pupil.id], medicines[pupil.id], disabilities[pupil.id], last, day=day, until=until, oldest=oldest
        )

    return answer


def standing(vault: Vault, ids: Collection[str] | None = None) -> Mapping[str, Sequence[NothingKnown]]:
    """By pupil, the words that nothing is known after which nothing was entered, the latest last."""
    overtaken = deadlines.overtaken(vault, ids)
    statements = several.by_pupil(vault, NothingKnown, ids)
    return {
        pupil_id: left
        for pupil_id, of_pupil in statements.items()
        if (left := [statement for statement in of_pupil if statement.id not in overtaken])
    }


def item_words(item: HealthItem) -> str:
    """What it is, with how severe it is where that is known: «Peanuts (life-threatening)»."""
    severity = codelist("severity").label_of(item.severity).lower()
    return _("{what} ({severity})").format(what=item.what, severity=severity) if severity else item.what


def item_with_kind(item: HealthItem) -> str:
    """The same led by its kind, for who cannot know from the name alone: «Allergy, severe: Penicillin»."""
    kind, severity = codelist("health_kind").label_of(item.kind), codelist("severity").label_of(item.severity).lower()
    return (
        _("{kind}, {severity}: {what}").format(kind=kind, severity=severity, what=item.what)
        if severity
        else _("{kind}: {what}").format(kind=kind, what=item.what)
    )


def how_grave(item: HealthItem) -> str:
    """«LIFE-THREATENING allergy», of what threatens life or is severe; empty of the rest."""
    if item.severity not in (LIFE_THREATENING, SEVERE):
        return ""
    return _("{severity} {kind}").format(
        severity=codelist("severity").label_of(item.severity).upper(), kind=codelist("health_kind").label_of(item.kind).lower()
    )


def kind_and_grade(item: HealthItem) -> tuple[str, str]:
    """«Allergy», and «peanuts (life-threatening)», or that nobody has said how grave it is."""
    severity = codelist("severity").label_of(item.severity).lower() if item.severity else _("how grave is not recorded")
    return codelist("health_kind").label_of(item.kind), _("{what} ({severity})").format(what=item.what, severity=severity)


def heading_of(item: HealthItem) -> tuple[str, str]:
    """«LIFE-THREATENING allergy» and «Peanuts»; of what is neither that nor severe its kind, and its grade behind it."""
    return (lead, item.what) if (lead := how_grave(item)) else kind_and_grade(item)


def alert_words(item: HealthItem, steps: Sequence[str]) -> str:
    """«Allergy: peanuts (life-threatening). Pen; then 999»; where there are no steps, what holds of everybody."""
    kind, words = kind_and_grade(item)
    return _("{kind}: {what}. {steps}").format(kind=kind, what=words, steps=in_one_line(steps) or NO_STEPS)


def danger_lines(item: HealthItem, cautions: Sequence[str], steps: Sequence[str]) -> tuple[str, ...]:
    """What a list says of what may be an emergency, the heading first, in the words of the first-aid card: the cautions, the steps in order, the plan, or that neither is held."""
    plan, (lead, words) = plan_of(item), heading_of(item)
    lines = [_("{number}. {step}").format(number=number, step=step) for number, step in enumerate(steps, 1)]
    if plan:
        lines.append(_("Action plan: {plan}").format(plan=plan))
    return (_("{how}: {what}").format(how=lead, what=words), *cautions, *(lines or [NO_STEPS]))


def medicine_words(medicine: Medicine) -> str:
    """A medicine with its dose and when it is given: «Medicine: Salbutamol, 2 puffs, given: when short of breath»; not where it is kept: on the way it is with the leader."""
    when_given = _("given: {taken}").format(taken=begun_small(medicine.taken))
    return _("Medicine: {name}, {dose}, {taken}").format(name=medicine.name, dose=medicine.dose, taken=when_given)


def disability_words(disability: Disability) -> str:
    """Its name in the list, said to be a disability."""
    return _("disability: {what}").format(what=begun_small(codelist("disability").label_of(disability.disability)))


def nothing_recorded_words(answer: HealthAnswer, ask: str = "") -> str:
    """What is said where nothing is held: who said so and when, or that it is not recorded and whom to ask. Empty where something is held."""
    statement = answer.none
    contact = ask or _("the office")
    if answer.standing is HealthStanding.HELD:
        return ""
    if statement is None:
        return _("Not recorded – ask {whom}").format(whom=contact)
    facts = {"who": statement.said_by, "day": show_date(statement.said_on), "whom": contact}
    if answer.standing is HealthStanding.SAID_LONG_AGO:
        return _("Nothing was known on {day}, as {who} said. That is too long ago – ask {whom}").format(**facts)
    return _("Nothing is known, as {who} said on {day}").format(**facts)


def unsaid(answer: HealthAnswer) -> bool:
    """Whether something is held, such as a diet, and yet nothing of allergies and conditions, so that nobody has said that there are none."""
    return (
        answer.standing is HealthStanding.HELD and not answer.notes and not any(item.kind in (ALLERGY, CONDITION) for item in answer.items)
    )


def open_words(answer: HealthAnswer) -> str:
    """That, for the cell of a table; empty where it is not so."""
    return _("allergies, conditions: not recorded, ask") if unsaid(answer) else ""


def short_words(answer: HealthAnswer) -> str:
    """The same for the cell of a table, without a name: «none known (3 September 2026)», «not recorded: ask»."""
    if answer.standing is HealthStanding.HELD:
        return ""
    if answer.standing is HealthStanding.NONE_SAID and answer.none is not None:
        return _("none known ({day})").format(day=show_date(answer.none.said_on))
    return _("not recorded: ask")
