"""The import of marks: a session not yet in the register is entered; another word about one that is becomes an amendment.

A session counts as begun when its day has come: what is read in was entered in another register, by that one's clock.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session, check_mark, only_when_begun, too_soon, unknown_year
from pupil_desk.domain.register.calendar import beyond_known_years
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, believed, refused_plan
from pupil_desk.services.imports.people import UPN_COLUMN, People, found_by_upn
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import register, settings
from pupil_desk.store.tables.register import StandingMark

_COLUMNS = {"date": "day"}
"""What the contract calls otherwise than the record does."""
_ITEMS = {item.name: item for item in items_of(Mark)}


@dataclass(slots=True)
class StoredMarks:
    """The pupils on file, and the terms; a pupil's marks are read when a row first names the pupil."""

    vault: Vault
    people: People
    terms: Sequence[Term]
    marks: dict[str, dict[tuple[date, Session], StandingMark]] = field(default_factory=dict)

    def standing(self, mark: Mark) -> StandingMark | None:
        """What the register says of a session now."""
        if mark.pupil_id not in self.marks:
            self.marks[mark.pupil_id] = register.all_of_pupil(self.vault, mark.pupil_id)
        return self.marks[mark.pupil_id].get((mark.day, mark.session))


def _hold(vault: Vault) -> StoredMarks:
    return StoredMarks(vault, People.on_file(vault), settings.terms(vault))


@found_by_upn
def _plan(stored: StoredMarks, pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
    values = {_COLUMNS.get(column, column): value for column, value in values.items()}
    mark = Mark(pupil_id=pupil.id, **{**values, "session": Session(values["session"])})
    problems = check_mark(mark)
    if only_when_begun(mark.code) and mark.day > judging.today:
        problems = (*problems, dataclasses.replace(too_soon(mark), column="date"))
    if beyond_known_years(mark.day, stored.terms, judging.today):
        problems = (*problems, unknown_year(mark.day, "date"))
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    old = stored.standing(mark)
    plan_values: dict[str, Any] = {"pupil_id": pupil.id, "key": mark.key, "contents": mark, "problems": problems}
    if old is None:
        return Plan(Fate.ADDED, writes=(Write(None, mark),), **plan_values)
    mark_values: dict[str, Any] = {name: getattr(mark, name) for name in ("code", "minutes_late", "note") if name in values}
    differences = judging.told_apart(row.number, _ITEMS, old, mark_values)
    new_values = believed(differences)
    if not new_values:
        return Plan(Fate.UNCHANGED, differences=differences, **plan_values)
    # the record it was is not handed on: the register keeps it, and adds what is said now
    held_now = {"code": old.code, "minutes_late": old.minutes_late, "note": old.note}
    writes = (Write(None, dataclasses.replace(mark, **{**held_now, **new_values})),)
    return Plan(Fate.CHANGED, differences=differences, writes=writes, **plan_values)


ATTENDANCE = ImportKind(
    name="attendance",
    label=_("Attendance"),
    columns=(UPN_COLUMN, *(dataclasses.replace(item, name="date") if item.name == "day" else item for item in items_of(Mark))),
    hold=_hold,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
)
