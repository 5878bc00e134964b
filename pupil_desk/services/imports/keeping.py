"""Keeping what an import planned, inside its one transaction: each type of record by its own service or store."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.text import printable
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services import records
from pupil_desk.services.accidents import told_hse
from pupil_desk.services.care.needs import keep_periods
from pupil_desk.services.desk import Work
from pupil_desk.services.imports.elsewhere.keyed_tables import KEYED_TABLES
from pupil_desk.services.imports.kinds import Write
from pupil_desk.services.imports.suspensions import ImportedDecision as ToldSuspension
from pupil_desk.services.imports.suspensions import keep_changed as keep_changed_suspension
from pupil_desk.services.imports.suspensions import keep_new as keep_new_suspensions
from pupil_desk.services.incidents.recording import keep_new as keep_incidents
from pupil_desk.services.keyed_records import keep_from_file
from pupil_desk.services.learning.assessments import keep_correction as keep_assessment
from pupil_desk.services.learning.assessments import keep_new as keep_assessments
from pupil_desk.services.leave.recording import keep_wording as keep_leave
from pupil_desk.services.plans.recording import keep_version as keep_plan
from pupil_desk.services.providers.checks import keep_check
from pupil_desk.services.pupils.protections import keep_protection
from pupil_desk.services.pupils.pupils import keep_new_pupils, keep_pupil
from pupil_desk.services.register.marking import keep_marks
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import choices, protections

_SOURCE = "import"


def _add(work: Work, new: Sequence[Any]) -> None:
    records.add(work, new, source=_SOURCE)


def _change(work: Work, old: Any, new: Any) -> None:
    records.change(work, old, new, source=_SOURCE)


def _add_accidents(work: Work, new: Sequence[Accident]) -> None:
    _add(work, new)
    for accident in new:
        told_hse.follow(work, None, accident)


def _change_accident(work: Work, old: Accident, new: Accident) -> None:
    _change(work, old, new)
    told_hse.follow(work, old, new)


def _add_plans(work: Work, new: Sequence[PupilPlan]) -> None:
    for plan in new:
        keep_plan(work, plan)


def _add_leave(work: Work, new: Sequence[LeaveRequest]) -> None:
    for request in new:
        keep_leave(work, request)


def _add_checks(work: Work, new: Sequence[ProviderCheck]) -> None:
    for check in new:
        keep_check(work, check)


_KEYED = {table.record_type: table.keyed for table in KEYED_TABLES}


def _add_keyed(work: Work, new: Sequence[Any]) -> None:
    for record in new:
        keep_from_file(work, _KEYED[type(record)], None, record)


_ADD: Mapping[type, Callable[[Work, Sequence[Any]], None]] = {
    Pupil: lambda work, new: keep_new_pupils(work, new, source=_SOURCE),
    Enrolment: _add,
    Contact: _add,
    Choice: lambda work, new: choices.add_all(work.desk.vault, new, moment=work.stamp, actor=work.actor, act=work.act),
    SenPeriod: lambda work, new: keep_periods(work, new, source=_SOURCE),
    SenNeed: lambda work, new: keep_periods(work, new, source=_SOURCE),
    CarePeriod: _add,
    Disability: _add,
    Assessment: keep_assessments,
    ToldSuspension: keep_new_suspensions,
    Incident: keep_incidents,
    Accident: _add_accidents,
    PupilPlan: _add_plans,
    LeaveRequest: _add_leave,
    **dict.fromkeys(_KEYED, _add_keyed),
    ProviderCheck: _add_checks,
    Learning: _add,
    Destination: _add,
    Placement: _add,
    Mark: lambda work, new: keep_marks(work, new, reason=_("Read from a file"), source=_SOURCE),
}  # in the order of keeping: a record stands before those that name it. A type that is not here comes last, and is added as every record is
_CHANGE: Mapping[type, Callable[[Work, Any, Any], None]] = {
    Pupil: lambda work, old, new: keep_pupil(work, old, new, source=_SOURCE),
    SenPeriod: lambda work, old, new: keep_periods(work, changed=[(old, new)], source=_SOURCE),
    SenNeed: lambda work, old, new: keep_periods(work, changed=[(old, new)], source=_SOURCE),
    Assessment: lambda work, old, new: keep_assessment(work, old, new, source=_SOURCE),
    ToldSuspension: keep_changed_suspension,
    Accident: _change_accident,
    PupilPlan: lambda work, _old, new: keep_plan(work, new),
    LeaveRequest: lambda work, _old, new: keep_leave(work, new),
    **dict.fromkeys(_KEYED, lambda work, old, new: keep_from_file(work, _KEYED[type(new)], old, new)),
}  # a type that is not here is changed as every record is


def keep_writes(work: Work, writes: Iterable[Write]) -> None:
    """Keep planned records; what a changed one said before is recorded as an amendment."""
    new_by_type: dict[type, list[Any]] = {record_type: [] for record_type in _ADD}
    for write in writes:
        if write.old is None:
            new_by_type.setdefault(type(write.new), []).append(write.new)
        else:
            _CHANGE.get(type(write.new), _change)(work, write.old, write.new)
    for record_type, new in new_by_type.items():
        _ADD.get(record_type, _add)(work, new)


def keep_not_taken(work: Work, import_id: str, values_by_pupil: Iterable[tuple[str, Sequence[NotTaken]]]) -> set[str]:
    """Keep, with each pupil, the values of the file that no record says, each once; returns the pupils of whom there is any new."""
    kept: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for pupil_id, stored in several.by_pupil(work.desk.vault, NotTaken).items():
        kept[pupil_id] = {(value.path, value.value) for value in stored}
    new: list[NotTaken] = []
    for pupil_id, values in values_by_pupil:
        for value in map(_as_kept, values if pupil_id else ()):
            if value.value and (value.path, value.value) not in kept[pupil_id]:
                kept[pupil_id].add((value.path, value.value))
                new.append(dataclasses.replace(value, id=new_id(), pupil_id=pupil_id, import_id=import_id))
    if new:
        _add(work, new)
    return {value.pupil_id for value in new}


def _as_kept(value: NotTaken) -> NotTaken:
    """A value as far as it is kept: what is longer, or no text, is told whole in the import alone."""
    return NotTaken(**{item.name: printable(getattr(value, item.name))[: item.longest] for item in items_of(NotTaken)})


def keep_orders(work: Work, subjects: Iterable[tuple[str, str | None]], today: date) -> set[str]:
    """Put an «order or restriction» on each (pupil, contact) that has none in force; returns the pupils it was put on.

    ``contact`` is None where the file speaks of the pupil alone. Each has its own row in the log.
    """
    pairs = list(dict.fromkeys(subjects))
    if not pairs:
        return set()
    protections_by_pupil = protections.by_pupil(work.desk.vault, today)
    pupil_ids = set()
    for pupil_id, contact_id in pairs:
        if any(protection.kind == ORDER and protection.contact_id == contact_id for protection in protections_by_pupil[pupil_id]):
            continue
        reason = _("from import: check")
        keep_protection(work, Protection(pupil_id=pupil_id, contact_id=contact_id, kind=ORDER, reason=reason, since=today))
        work.note(Action.SET_PROTECTION, "pupil", pupil_id, ORDER)
        pupil_ids.add(pupil_id)
    return pupil_ids
