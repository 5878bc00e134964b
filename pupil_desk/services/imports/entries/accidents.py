"""The import of the accident book, as other programs write it: an accident of a pupil each row.

What is on file stays: a row of an accident that is there already, by pupil, day and time, or by what it tells where no time is told, adds what the book
leaves open (who was told, a report), and where it says otherwise a person decides.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident, check_accident
from pupil_desk.domain.accidents.riddor import riddor
from pupil_desk.domain.catalogue.items import Item, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.accidents.recording import SWITCH
from pupil_desk.services.imports.cells.as_written import LONGEST_TIME, names_as_kept, time_as_kept
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import PERSON_COLUMNS, People, found_by_person
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id

_HEADS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "accident date", "date of accident", "date of incident", "incident date"),
    "time": ("time", "accident time", "time of accident", "incident time"),
    "place": ("location", "area"),
    "place_detail": ("exact location", "location detail"),
    "account": ("description", "details", "what happened", "description of accident", "accident details", "circumstances", "cause"),
    "injury": ("injury type", "type of injury", "nature of injury"),
    "body_part": ("body part", "part of body", "area of injury", "body area", "site of injury"),
    "injury_detail": ("injury details", "injury description"),
    "witnesses": ("witnesses", "witness"),
    "first_aid": ("treatment", "treatment given", "first aid treatment", "action taken"),
    "first_aider": ("first aider", "treated by", "first aid by", "seen by"),
    "afterwards": ("outcome", "action after", "what happened next"),
    "parent": ("parent informed", "parent contacted", "contact informed"),
    "parent_told_on": ("date parent informed", "parent informed on"),
    "parent_told_time": ("time parent informed", "parent informed at"),
    "parent_told_by": ("parent informed by",),
    "hospital": ("hospital", "taken to hospital"),
    "reported_on": ("riddor reported on", "riddor date", "hse reported on"),
    "reported_by": ("riddor reported by",),
    "report_reference": ("riddor reference", "hse reference", "riddor number"),
}
"""Further headings of other programs, by our column; our own reading of what accident books are headed, none fixed by anybody."""
_TIMES = ("time", "parent_told_time")
_END_OF_DAY = "24:00"  # a file does not say at what hour it was made: a day that is not over yet may hold all of its hours


def _column(item: Item) -> Item:
    longest = LONGEST_TIME if item.name in _TIMES else item.longest
    return dataclasses.replace(item, longest=longest, heads=(*item.heads, *_HEADS.get(item.name, ())))


_ITEMS = {item.name: _column(item) for item in items_of(Accident)}


@dataclass(slots=True)
class StoredAccidents:
    """The pupils, the accident book by pupil, and the accidents that rows before this one add."""

    people: People
    accidents: Mapping[str, Sequence[Accident]]
    added: list[Accident] = field(default_factory=list)


def _hold(vault: Vault) -> StoredAccidents:
    return StoredAccidents(People.on_file(vault), several.by_pupil(vault, Accident))


def _fresh(stored: StoredAccidents) -> StoredAccidents:
    return dataclasses.replace(stored, added=[])


@found_by_person
def _plan(stored: StoredAccidents, pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
    row_values = {name: _as_kept(name, value) for name, value in values.items()}
    new = Accident(pupil_id=pupil.id, **row_values)
    book, key = stored.accidents.get(pupil.id, ()), (pupil.id, new.day, new.time or fold(new.account))
    old = next((accident for accident in book if _is_same(accident, new)), None)
    if old is None:
        problems = [
            *check_accident(new, judging.today, _END_OF_DAY),
            *_to_look_at(new, [*book, *(accident for accident in stored.added if accident.pupil_id == pupil.id)]),
        ]
        if any(problem.stops for problem in problems):
            return refused_plan(*problems)
        stored.added.append(new)
        addition = Write(None, dataclasses.replace(new, id=new_id()))
        return Plan(Fate.ADDED, pupil.id, key=key, contents=new, problems=tuple(problems), writes=(addition,))
    differences = judging.told_apart(row.number, _ITEMS, old, row_values)
    writes = writes_over(old, differences)
    problems = [problem for write in writes for problem in check_accident(write.new, judging.today, _END_OF_DAY)]
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, pupil.id, key=key, contents=new, problems=tuple(problems), differences=differences, writes=writes)


def _as_kept(name: str, value: Any) -> Any:
    if name in _TIMES:
        return time_as_kept(value)
    return names_as_kept(value) if name == "witnesses" else value


def _is_same(accident: Accident, new: Accident) -> bool:
    """By day and time; where one of the two has no time, by what it tells."""
    if accident.day != new.day:
        return False
    if accident.time and new.time:
        return accident.time == new.time
    return fold(accident.account) == fold(new.account)


def _to_look_at(new: Accident, book: Sequence[Accident]) -> list[Problem]:
    problems = []
    if any(accident.day == new.day for accident in book):
        words = _("Another accident of the pupil on this day is in the book, or in a row above. Check that they are two.")
        problems.append(Problem.warning("day", "same_day", words))
    decision = riddor(new)
    if decision.rule is not None and decision.rule.is_to_report and new.reported_on is None:
        words = _("By what is answered it is to be reported to HSE, and no day of a report is told. Enter it under Accidents.")
        problems.append(Problem.warning("reported_on", "not_reported", words))
    return problems


ACCIDENTS = ImportKind(
    name="accidents",
    label=_("Accident book"),
    columns=(*PERSON_COLUMNS, *_ITEMS.values()),
    hold=_hold,
    fresh=_fresh,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
    switch=SWITCH,
)
