"""The accident book: entries of a pupil are added and corrected, and begun from an incident in which the pupil was injured."""

import dataclasses
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident, check_accident
from pupil_desk.domain.accidents.riddor import RiddorDecision, riddor, riddor_rules
from pupil_desk.domain.care.health import tidy_time
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.incidents.incident import HURT, Incident, IncidentCase
from pupil_desk.services import further
from pupil_desk.services.accidents import told_hse
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.tables import accidents as store
from pupil_desk.store.tables import incidents as incident_store

SWITCH = "keeps_accidents"
"""The setting by which a unit that keeps its accident book elsewhere switches it off."""
FROM_INCIDENT = "incident:"
"""Begins the item of a place that is an accident still to be entered, before the entry of the incident from which it is taken over."""
_NO_INJURY = frozenset({"", "none", "no", "nil", "no injury", "no injuries", "nobody was hurt", "n/a", "-"})


def of_pupil(desk: Desk, pupil_id: str) -> list[Accident]:
    """A pupil's accidents, the latest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Accident, pupil_id)[::-1]


def problems(desk: Desk, accident: Accident) -> tuple[Problem, ...]:
    """What is wrong with an entry across its items."""
    return check_accident(accident, desk.today, f"{desk.clock.now().astimezone():%H:%M}")


def add(desk: Desk, accident: Accident) -> Changed:
    """Keep a new entry. Raises Refused, NotAllowed; WrongUse where the unit keeps the book elsewhere."""
    require_use(desk, SWITCH)
    return further.add(
        desk,
        "accident",
        _with_times(accident),
        lambda entry: problems(desk, entry),
        then=lambda work, entry: told_hse.follow(work, None, entry),
        news=(),
    )


def save(desk: Desk, accident: Accident) -> Changed:
    """Keep what has changed of one; what it said before stays in the history. Raises Refused, WrongUse, NotAllowed."""
    old = several.get(desk.vault, Accident, accident.id)
    return further.save(
        desk,
        "accident",
        _with_times(accident),
        lambda entry: problems(desk, entry),
        then=lambda work, entry: told_hse.follow(work, old, entry),
        news=(),
    )


def _with_times(accident: Accident) -> Accident:
    """The entry with its times as the file keeps them; what is no time stays as it is, and is refused."""
    return dataclasses.replace(accident, time=_tidy_time(accident.time), parent_told_time=_tidy_time(accident.parent_told_time))


def _tidy_time(value: str | None) -> str | None:
    return tidy_time(value) if value else None


def to_enter(desk: Desk, case: IncidentCase) -> bool:
    """Whether a pupil's entry of an incident tells of an injury that is not in the accident book yet, and the book is kept here."""
    if case.struck or not desk.settings.uses(SWITCH) or fold(case.now.injury or "").strip(" .") in _NO_INJURY:
        return False
    return not store.is_entered(desk.vault, case.now.entry_id)


def begun_from(desk: Desk, entry_id: str) -> dict[str, Any]:
    """What an entry of the book takes over from a pupil's entry of an incident; nothing where there is none. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    case = incident_store.entry(desk.vault, entry_id)
    return _taken_over(case.now) if case is not None and not case.struck else {}


def _taken_over(incident: Incident) -> dict[str, Any]:
    texts = {"account": incident.account, "injury_detail": " ".join((incident.injury or "").split()), "place_detail": incident.place}
    shortened = {name: text[: item_named(Accident, name).longest] for name, text in texts.items() if text}
    return {"entry_id": incident.entry_id, "day": incident.day, "time": incident.time, "first_aid": incident.first_aid, **shortened}


def injured_first(cases: list[IncidentCase]) -> list[IncidentCase]:
    """The entries of an incident, of whom was hurt first."""
    return sorted(cases, key=lambda case: case.now.part != HURT)


def riddor_words(accident: Accident) -> str:
    """Whether it must be reported, why, and on what rule; or which question is to be answered first, and why it is asked."""
    decision = riddor(accident)
    if decision.rule is None:
        return _question_words(decision)
    rule = decision.rule
    days = _(" The report is to be made within {days} days of the accident.").format(days=rule.days) if rule.is_to_report else ""
    first = _("RIDDOR: report it.") if rule.is_to_report else _("RIDDOR: this injury need not be reported.")
    if rule.is_to_report and accident.is_at_provider:
        days += " " + _("Where it happened at another provider, that provider reports it: ask whether it was done.")
    return _("{first} {because}{days} ({law}.)").format(first=first, because=rule.because, days=days, law=rule.law)


def _question_words(decision: RiddorDecision) -> str:
    label = item_named(Accident, decision.question).label
    return (
        _("RIDDOR: not decided yet. Answer “{question}”. {why}")
        .format(question=label, why=riddor_rules().reasons.get(decision.question, ""))
        .strip()
    )


def title_of(accident: Accident) -> str:
    """What an entry is called: the injury and the part of the body."""
    injury, part = codelist("accident_injury").label_of(accident.injury), codelist("accident_body_part").label_of(accident.body_part)
    return _("{injury}: {part}").format(injury=injury, part=part[:1].lower() + part[1:])
