"""The import of suspensions: a decision each row, by pupil, first day and session; what became of it is an event."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import Half, SchoolCalendar
from pupil_desk.domain.suspensions.suspension import (
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    SuspensionStanding,
    check_correction,
    check_suspension,
)
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Work
from pupil_desk.services.imports.kinds import Difference, Fate, ImportKind, Judging, Plan, ReadRow, Write, believed, refused_plan
from pupil_desk.services.imports.people import UPN_COLUMN, People, found_by_upn
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.suspensions.rules import plan as plan_suspension
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import settings as settings_store
from pupil_desk.store.tables import suspensions as store

_TOLD = ("category", "start", "session", "sessions", "reason_1", "reason_2", "reason_3")
_ITEMS = {name: item_named(Suspension, name) for name in _TOLD}
_STATUS = Item("status", _("How it stands"), Kind.CODE, _ITEMS["category"].facts, codes="suspension_standing", heads=("standing",))


@dataclass(frozen=True, slots=True)
class ImportedDecision:
    """What a row says of one decision: as entered, its sessions, and how it stands; None where the row is silent."""

    suspension: Suspension
    halves: tuple[Half, ...]
    standing: SuspensionStanding | None


@dataclass(slots=True)
class StoredCases:
    """The pupils and their decisions on file, the calendar, and the decisions that the file brings."""

    people: People
    cases: dict[str, list[SuspensionCase]]
    calendar: SchoolCalendar
    settings: UnitSettings
    new_cases: defaultdict[str, list[SuspensionCase]] = field(default_factory=lambda: defaultdict(list))


def _hold(vault: Vault) -> StoredCases:
    people = People.on_file(vault)
    return StoredCases(people, dict(store.by_pupil(vault)), school_calendar(vault), settings_store.current(vault))


def _fresh(stored: StoredCases) -> StoredCases:
    return dataclasses.replace(stored, new_cases=defaultdict(list))


def _note(stored: StoredCases, plan: Plan) -> None:
    for write in plan.writes:
        if write.old is None:
            stored.new_cases[plan.pupil_id].append(SuspensionCase(write.new.suspension, write.new.halves, imported=True))


@found_by_upn
def _plan(stored: StoredCases, pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
    standing = SuspensionStanding(values.pop("status")) if "status" in values else None
    new = Suspension(pupil_id=pupil.id, **values)
    if new.permanent and not new.sessions:
        new = dataclasses.replace(new, sessions=None)
    problems = check_suspension(new)
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    key = (pupil.id, new.start, new.session)
    on_file = [case for case in stored.cases.get(pupil.id, ()) if not _mistaken(case)]
    old = next((case for case in on_file if (case.suspension.start, case.suspension.session) == key[1:]), None)
    if old is not None:
        return _plan_of_known(stored, old, new, standing, row, judging=judging)
    comes_to = plan_suspension(new, [*on_file, *stored.new_cases[pupil.id]], stored.calendar, stored.settings, imported=True)
    write = Write(None, ImportedDecision(new, comes_to.halves, standing))
    return Plan(Fate.ADDED, pupil.id, key=key, contents=(new, standing), problems=comes_to.problems, writes=(write,))


def _mistaken(case: SuspensionCase) -> bool:
    return case.ending is not None and case.ending.kind == SuspensionEventKind.MISTAKEN


def _plan_of_known(
    stored: StoredCases, old: SuspensionCase, new: Suspension, standing: SuspensionStanding | None, row: ReadRow, *, judging: Judging
) -> Plan:
    """A row about a decision on file: what is entered otherwise puts it right, what has become of it is an event."""
    key, pupil_id = (new.pupil_id, new.start, new.session), new.pupil_id
    row_values = {name: getattr(new, name) for name in _ITEMS if name in row.values}
    differences = [*judging.told_apart(row.number, _ITEMS, old.suspension, row_values)]
    problems: list[Problem] = []
    stands = old.standing(judging.today)
    if standing and standing is not stands:
        if old.ending:
            words = _("Here it has ended otherwise already. How it stands in the file is not taken over.")
            problems.append(Problem.warning("status", "ended", words))
            standing = None
        elif standing is not SuspensionStanding.IN_FORCE:  # one that is over by its days is served, whatever a file of before says
            differences.append(Difference(_STATUS, stands.value, standing.value, judging.accept_for(row.number, "status")))
    new_values = believed(differences)
    became = SuspensionStanding(new_values.pop("status")) if "status" in new_values else None
    right = dataclasses.replace(old.suspension, **new_values)
    comes_to = plan_suspension(right, stored.cases.get(pupil_id, ()), stored.calendar, stored.settings, imported=True)
    if new_values:
        problems += [*check_suspension(right), *check_correction(old, right, judging.today), *comes_to.problems]
        if old.broken_off:
            problems.append(
                Problem("", "ended", _("It was cancelled or reinstated here. What was entered of it can no longer be changed."))
            )
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    writes = (Write(old, ImportedDecision(right, comes_to.halves if new_values else old.halves, became)),) if new_values or became else ()
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, pupil_id, key=key, contents=(new, standing), problems=tuple(problems), differences=tuple(differences), writes=writes)


def keep_new(work: Work, new: Sequence[ImportedDecision]) -> None:
    """Within a transaction: keep decisions that came with a file, and how they stand."""
    for decision in new:
        stays = decision.standing not in (SuspensionStanding.CANCELLED, SuspensionStanding.REINSTATED)
        suspension = decisions.keep_decision(work, decision.suspension, decision.halves, source=decisions.IMPORT, writes_marks=stays)
        if decision.standing not in (None, SuspensionStanding.IN_FORCE):
            case = SuspensionCase(suspension, decision.halves, imported=True)
            decisions.keep_event(work, case, _event(suspension, decision, decision.suspension.start))


def keep_changed(work: Work, old: SuspensionCase, decision: ImportedDecision) -> None:
    """Within a transaction: put right what was entered, and record what has become of it."""
    if decision.suspension != old.suspension:
        decisions.keep_correction(work, old, decision.suspension, decision.halves, source=decisions.IMPORT)
    if decision.standing not in (None, SuspensionStanding.IN_FORCE):
        event = _event(old.suspension, decision, work.desk.today)
        decisions.keep_event(work, dataclasses.replace(old, halves=decision.halves), event)


def _event(suspension: Suspension, decision: ImportedDecision, unknown: date) -> SuspensionEvent:
    """The file does not say when: served on the last day, else on the day given."""
    day = decision.halves[-1][0] if decision.standing is SuspensionStanding.SERVED and decision.halves else unknown
    note = _("From an import, which does not say on what day")
    kind = str(decision.standing)
    return SuspensionEvent(pupil_id=suspension.pupil_id, decision=suspension.decision, kind=kind, on=day, note=note)


SUSPENSIONS = ImportKind(
    name="suspensions",
    label=_("Suspensions and exclusions"),
    columns=(UPN_COLUMN, *_ITEMS.values(), _STATUS),
    hold=_hold,
    fresh=_fresh,
    plan=_plan,
    note=_note,
    needs=lambda _row: Action.SUSPEND,  # a suspension is not the office's to enter
    quiet=frozenset({"unknown_la"}),
    expected=frozenset({"sessions"}),
)
