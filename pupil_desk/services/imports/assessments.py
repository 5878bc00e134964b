"""The import of assessments: found by pupil, stage, subject, method, component and date; a row that differs is a correction."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.learning.assessment import Assessment, Scales, check_assessment, scales_by_name, settled
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import UPN_COLUMN, People, found_by_upn
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import assessments as store

type Key = tuple[str, str, str, str, str, date | None]
_NOT_IN_FILES = frozenset({"published_on", "locale"})
_COLUMNS = {item.name: item for item in items_of(Assessment) if item.name not in _NOT_IN_FILES}


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


@found_by_upn
def _plan(stored: StoredAssessments, pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
    new = settled(Assessment(id=new_id(), pupil_id=pupil.id, **values), stored.scales)
    contents = {name: getattr(new, name) for name in values}
    old = stored.entries.get(_key(new))
    if old is None:
        return _checked_plan(
            stored, Plan(Fate.ADDED, pupil.id, key=_key(new), contents=contents, writes=(Write(None, new),)), pupil, judging
        )
    differences = judging.told_apart(row.number, _COLUMNS, old, contents)
    writes = writes_over(old, differences)
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
    columns=(UPN_COLUMN, *_COLUMNS.values()),
    hold=_hold,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
)
