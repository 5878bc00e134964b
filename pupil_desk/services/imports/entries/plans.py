"""The import of plans, as other programs list them: a plan of a pupil each row, found again by pupil, kind and the day on which it was first made.

A row that says otherwise of a plan on file makes a further version of it; what it said before stays. A column that a plan of the kind does not have is
not typed into it: what stands there is kept with the pupil, under *From files*.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, entered_items_of
from pupil_desk.domain.catalogue.validation import Problem, show
from pupil_desk.domain.plans.kinds import is_guarded, plan_kind
from pupil_desk.domain.plans.plan import PARTS, PlanCase, PupilPlan, check_plan
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.cells.numbered_records import NumberedRecords, named_otherwise
from pupil_desk.services.imports.cells.row_ids import COLUMN, ROW_ID, what_stays, without_number
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import PERSON_COLUMNS, People, found_by_person
from pupil_desk.services.plans.recording import SWITCH
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.amendments import WHOLE
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import plans as store

_HEADS: Mapping[str, tuple[str, ...]] = {
    "kind": ("plan type", "type of plan", "plan"),
    "made_on": ("start date", "plan date", "date of plan", "plan start", "date made"),
    "version_day": ("version date", "date of version"),
    "lead": ("plan lead", "coordinator", "key worker", "plan owner"),
    "reviewed_on": ("last review", "last reviewed", "date of last review"),
    "review_by": ("review date", "next review", "review due", "date of next review"),
    "views": ("pupil views", "pupil voice", "views"),
    "strengths": ("strengths",),
    "needs": ("needs", "area of need", "risks", "hazards", "risk"),
    "warning_signs": ("warning signs", "symptoms"),
    "outcomes": ("outcome", "targets", "target", "objectives"),
    "provision": ("provision", "strategies", "support", "interventions", "control measures"),
    "response": ("response", "emergency procedure", "what to do"),
    "progress": ("progress", "impact", "review notes", "outcome of review"),
    "ended_on": ("plan end", "end date", "plan closed on"),
    "ended_because": ("reason for ending", "reason closed"),
}
"""Further headings of other programs, by our column; our own reading of what such lists are headed, none fixed by anybody."""


def _items() -> dict[str, Item]:
    """The columns of a plan: the program's, and those of the fields that the unit has made."""
    return {
        item.name: dataclasses.replace(item, heads=(*item.heads, *_HEADS.get(item.name, ())))
        for item in entered_items_of(PupilPlan)
        if item.name != "struck"
    }


@dataclass(slots=True)
class StoredPlans:
    """The pupils, the plans on file by pupil that are not struck out, and those that are, by pupil, kind and day."""

    people: People
    cases: Mapping[str, Sequence[PlanCase]]
    struck: frozenset[tuple[str, str, date]]
    numbered: NumberedRecords[PlanCase]

    def look_over(self, rows: Sequence[ReadRow]) -> None:
        """All rows, before any of them is judged."""
        self.numbered = self.numbered.of_rows(rows)


def _hold(vault: Vault) -> StoredPlans:
    cases: dict[str, list[PlanCase]] = {}
    struck, every_case = set(), store.every(vault)
    changed = {(case.now.entry_id, WHOLE): case.wordings[-1].at for case in every_case}
    numbered = NumberedRecords.on_file(vault, every_case, lambda case: case.now.entry_id, changed)
    for case in every_case:
        if case.now.struck is None:
            cases.setdefault(case.now.pupil_id, []).append(case)
        else:
            struck.add((case.now.pupil_id, case.now.kind, case.now.made_on))
    return StoredPlans(People.on_file(vault), cases, frozenset(struck), numbered)


def _plan(stored: StoredPlans, row: ReadRow, judging: Judging) -> Plan:
    case = stored.numbered.record_of(row)
    if isinstance(case, Problem):
        return refused_plan(case)
    return _plan_of_list(stored, without_number(row), judging) if case is None else _plan_of_number(stored, case, row, judging)


def _plan_of_number(stored: StoredPlans, case: PlanCase, row: ReadRow, judging: Judging) -> Plan:
    """The plan of a row of our own workbook: its plan is found, whatever of it was changed."""
    values = {name: value for name, value in without_number(row).values.items() if name not in ("surname", "forename", "dob")}
    wrong = named_otherwise(stored.people, values.pop("upn", None), case.now.pupil_id)
    if wrong is None and values["kind"] != case.now.kind:
        words = _("A plan stays of its kind. Put it back, or, in a row for a new plan, empty the row number.")
        wrong = Problem("kind", "row_disagrees", words)
    if wrong is None and case.now.struck is not None:
        wrong = Problem(ROW_ID, "no_such_row", _("The plan of the row was struck out since. For a new plan, empty the row number."))
    if wrong is not None:
        return refused_plan(wrong)
    dear = stored.numbered.why_stays(case.now.entry_id, case.now.pupil_id, values, row, judging.today)
    return _plan_of_held(case, values, row, judging, dear)


@found_by_person
def _plan_of_list(stored: StoredPlans, pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
    not_taken = tuple(_of_other_kinds(values["kind"], values))
    new = PupilPlan(pupil_id=pupil.id, **values)
    on_file, new_key = stored.cases.get(pupil.id, ()), (pupil.id, new.kind, new.made_on)
    case = next((case for case in on_file if (case.now.kind, case.now.made_on) == new_key[1:]), None)
    if case is None:
        return _plan_of_new(new, on_file, new_key, judging, not_taken, was_struck=new_key in stored.struck)
    if new.version_day is not None and new.version_day < case.now.day and judging.told_apart(row.number, _items(), case.now, values):
        words = _("The plan on file has a later version, of {day}: this row is of an older one, and is not taken.")
        older = Problem.warning("version_day", "older_version", words.format(day=short_date(case.now.day)))
        key = case.now.entry_id, new.version_day  # a newer one further down is taken
        return Plan(Fate.UNCHANGED, pupil.id, key=key, contents=values, problems=(older,), not_taken=not_taken)
    return dataclasses.replace(_plan_of_held(case, values, row, judging, {}), not_taken=not_taken)


def _plan_of_held(case: PlanCase, values: dict[str, Any], row: ReadRow, judging: Judging, dear: Mapping[str, str]) -> Plan:
    """The plan of a row about one on file, by its number or not: what it says otherwise is a further version."""
    not_taken = tuple(_of_other_kinds(case.now.kind, values))
    differences = judging.told_apart(row.number, _items(), case.now, values, dear=dear)
    writes = writes_over(case.now, differences)
    problems = [problem for write in writes for problem in check_plan(write.new, judging.today)]
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    told = (*problems, *what_stays(differences))
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    key, contents = case.now.entry_id, dict(values)
    return Plan(
        fate, case.now.pupil_id, key=key, contents=contents, problems=told, differences=differences, writes=writes, not_taken=not_taken
    )


def _plan_of_new(
    new: PupilPlan, on_file: Sequence[PlanCase], key: Any, judging: Judging, not_taken: tuple[NotTaken, ...], *, was_struck: bool
) -> Plan:
    problems = [*check_plan(new, judging.today)]
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    if new.runs_on(judging.today) and any(case.now.kind == new.kind and case.now.runs_on(judging.today) for case in on_file):
        words = _("Another plan of this kind runs already. Check that they are two, or end the older one.")
        problems.append(Problem.warning("kind", "same_kind", words))
    if was_struck:
        words = _("A plan of this kind that was first made on this day was struck out here. Leave the row out, unless it is to come back.")
        problems.append(Problem.warning("made_on", "struck_out", words))
    writes = (Write(None, dataclasses.replace(new, entry_id=new_id())),)
    return Plan(Fate.ADDED, new.pupil_id, key=key, contents=new, problems=tuple(problems), writes=writes, not_taken=not_taken)


def _of_other_kinds(kind_code: str, values: dict[str, Any]) -> Iterator[NotTaken]:
    """What a plan of the kind has no place for: taken out of the values, to be kept beside."""
    kind = plan_kind(kind_code)
    if kind is None:
        return
    items, own_parts = _items(), {part.item for part in kind.parts}
    for name in [name for name in values if name in PARTS and name not in own_parts]:
        words = _("A plan of the kind “{kind}” has no such part.")
        reason = words.format(kind=codelist("plan_kind").label_of(kind.code))
        yield NotTaken(path=items[name].label, value=show(items[name], values.pop(name)), reason=reason)


PLANS = ImportKind(
    name="plans",
    label=_("Plans"),
    columns=lambda: (*PERSON_COLUMNS, *_items().values(), COLUMN),
    hold=_hold,
    look_over=StoredPlans.look_over,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
    switch=SWITCH,
    shown_by=lambda row: Action.SEE_GUARDED_PLAN if is_guarded(row.values["kind"]) else None,
)
