"""Health: conditions, allergies, dietary needs, disabilities and medicines."""

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.domain.care.health import (
    Disability,
    Dose,
    HealthAnswer,
    HealthItem,
    Medicine,
    NothingKnown,
    check_medicine,
    check_nothing_known,
)
from pupil_desk.domain.care.needs import check_days
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import further
from pupil_desk.services.care import health_answers
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several as store
from pupil_desk.store.tables import deadlines, pupils

SAY_SOMETHING = ("pupil.medical", "health_item.what", "medicine.name")
"""The items by any of which there is something to know of a pupil's health."""


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """What is held on one pupil's health; the doses in the order they were given, wrong ones and their corrections too.

    ``entered_by`` is who entered each dose, by its identity.
    """

    items: list[HealthItem]
    disabilities: list[Disability]
    medicines: list[Medicine]
    doses: list[Dose]
    nothing_known: list[NothingKnown] = dataclasses.field(default_factory=list)
    answer: HealthAnswer = dataclasses.field(default_factory=HealthAnswer)
    entered_by: Mapping[str, str] = dataclasses.field(default_factory=dict)


def something_known(vault: Vault, ids: Collection[str] | None = None) -> Callable[[Pupil, date], tuple[str, ...]]:
    """What of a pupil's health there is to know on a day, as the items that say it; read for all at once, or for those of these identities."""
    answers = health_answers.answers(vault, ids)

    def items_known(pupil: Pupil, day: date) -> tuple[str, ...]:
        answer = answers(pupil, day)
        is_held = (bool(answer.notes), bool(answer.items), bool(answer.medicines))
        return tuple(item for item, held_item in zip(SAY_SOMETHING, is_held, strict=True) if held_item)

    return items_known


def of_pupil(desk: Desk, pupil_id: str) -> HealthRecord:
    """A pupil's health; that the record was looked at is logged."""
    desk.viewed("pupil", pupil_id)
    vault = desk.vault
    return HealthRecord(
        items=store.of_pupil(vault, HealthItem, pupil_id),
        disabilities=store.of_pupil(vault, Disability, pupil_id),
        medicines=store.of_pupil(vault, Medicine, pupil_id),
        doses=store.of_pupil(vault, Dose, pupil_id),
        nothing_known=store.of_pupil(vault, NothingKnown, pupil_id),
        answer=answer_on_file(desk, pupil_id),
        entered_by=store.entered_by(vault, pupil_id),
    )


def answer_on_file(desk: Desk, pupil_id: str) -> HealthAnswer:
    """The one answer on a pupil's health today."""
    matches = pupils.some(desk.vault, [pupil_id])
    return health_answers.answers(desk.vault, [pupil.id for pupil in matches])(matches[0], desk.today) if matches else HealthAnswer()


def add_item(desk: Desk, item: HealthItem) -> Changed:
    """Keep a condition, an allergy or a dietary need. Raises Refused."""
    return further.add(desk, "health_item", item, check_days)


def save_item(desk: Desk, item: HealthItem) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "health_item", item, check_days)


def say_nothing(desk: Desk, statement: NothingKnown) -> Changed:
    """Keep that somebody has said that there is nothing to know. Raises Refused, also where something is on file."""
    return further.add(desk, "health_none", statement, _nothing_check(desk))


def save_nothing(desk: Desk, statement: NothingKnown) -> Changed:
    """Keep what has changed of who said so, when and how. Raises Refused, WrongUse."""
    return further.save(desk, "health_none", statement, _nothing_check(desk))


def _nothing_check(desk: Desk) -> Callable[[NothingKnown], tuple[Problem, ...]]:
    return lambda statement: check_nothing_known(statement, answer_on_file(desk, statement.pupil_id), desk.today)


def add_disability(desk: Desk, disability: Disability) -> Changed:
    """Keep a disability. Raises Refused."""
    return further.add(desk, "disability", disability, check_days)


def save_disability(desk: Desk, disability: Disability) -> Changed:
    """Keep what has changed of a disability. Raises Refused, WrongUse."""
    return further.save(desk, "disability", disability, check_days)


def add_medicine(desk: Desk, medicine: Medicine) -> Changed:
    """Keep a medicine. Raises Refused."""
    return further.add(desk, "medicine", medicine, check_medicine)


def save_medicine(desk: Desk, medicine: Medicine) -> Changed:
    """Keep what has changed of a medicine. Raises Refused, WrongUse."""
    return further.save(desk, "medicine", medicine, check_medicine)


def running_out(desk: Desk, within_days: int = 30) -> list[Medicine]:
    """The medicines still given whose use-by day has passed or comes within so many days, the earliest first."""
    desk.require(Action.READ_RECORD)
    return deadlines.expiring(desk.vault, desk.today, desk.today + timedelta(days=within_days))
