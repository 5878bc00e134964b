"""The import of assessments: found by pupil, stage, subject, method, component and date; a row that differs is a correction."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.learning.assessment import Assessment, Scales, check_assessment, scales_by_name, settled
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import (
    THEIRS,
    Difference,
    Fate,
    ImportKind,
    Judging,
    Plan,
    ReadRow,
    Write,
    as_it_is,
    differs,
    not_noted,
    nothing_more,
    refused_plan,
)
from pupil_desk.services.imports.people import People, no_such_pupil
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import assessments as store

type Key = tuple[str, str, str, str, str, date | None]
_NOT_IN_FILES = frozenset({"published_on"})


@dataclass(frozen=True, slots=True)
class StoredAssessments:
    """The pupils, what stands of their assessments, and the unit's own scales."""

    people: People
    entries: dict[Key, Assessment]
    scales: Scales


def _key(entry: Assessment) -> Key:
    subject, component = fold(entry.subject), fold(entry.component or "")
    return entry.pupil_id, entry.stage, subject, entry.method, component, entry.date


def _hold(vault: Vault) -> StoredAssessments:
    entries = {_key(entry): entry for entry in store.standing(vault)}
    return StoredAssessments(People.on_file(vault), entries, scales_by_name(store.scales(vault)))


def _plan(stored: StoredAssessments, row: ReadRow, judging: Judging) -> Plan:
    values = dict(row.values)
    pupil = stored.people.with_number(values.pop("upn"))
    if pupil is None:
        return refused_plan(no_such_pupil())
    new = settled(Assessment(id=new_id(), pupil_id=pupil.id, **values), stored.scales)
    contents = {name: getattr(new, name) for name in values}
    old = stored.entries.get(_key(new))
    if old is None:
        return _checked_plan(
            stored, Plan(Fate.ADDED, pupil.id, key=_key(new), contents=contents, writes=(Write(None, new),)), pupil, judging
        )
    differences = tuple(
        Difference(ASSESSMENTS.column(name), getattr(old, name), value, judging.accept_for(row.number, name))
        for name, value in contents.items()
        if differs(ASSESSMENTS.column(name), getattr(old, name), value)
    )
    believed: dict[str, Any] = {d.column: d.new for d in differences if d.accept == THEIRS}
    writes = (Write(old, dataclasses.replace(old, **believed)),) if believed else ()
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    plan = Plan(fate, pupil.id, key=_key(new), contents=contents, differences=differences, writes=writes)
    return _checked_plan(stored, plan, pupil, judging)


def _checked_plan(stored: StoredAssessments, plan: Plan, pupil: Pupil, judging: Judging) -> Plan:
    """The plan, unless what it would keep must not be kept."""
    for write in plan.writes:
        problems = check_assessment(write.new, pupil.dob, judging.today, stored.scales)
        if any(problem.stops for problem in problems):
            return dataclasses.replace(refused_plan(*problems), differences=plan.differences)
        plan = dataclasses.replace(plan, problems=problems)
    return plan


ASSESSMENTS = ImportKind(
    name="assessments",
    label=_("Assessments and results"),
    columns=(
        dataclasses.replace(item_named(Pupil, "upn"), required=True),
        *(item for item in items_of(Assessment) if item.name not in _NOT_IN_FILES),
    ),
    hold=_hold,
    fresh=as_it_is,
    plan=_plan,
    note=not_noted,
    needs=nothing_more,
    quiet=frozenset({"unknown_la"}),
)
