"""The import of the marks of a main or commissioning school's own register, as its system exports them, to be compared with the unit's.

A row names a pupil by UPN; without a UPN by legal or preferred name, where just one pupil of the school on that day has it. The school is the one
that the row names, else the only one whose pupil it is on that day; of a pupil of several a row that names none is refused. A row of a day on which the pupil is no school's own is refused: it is
nobody's to tell here.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.of_pupils import SchoolsOfPupils
from pupil_desk.domain.schools.school_mark import SchoolMark, check_school_mark
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import UPN_COLUMN, People, by_any_name
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import pupils, schools

_COLUMNS = {"day": "date"}
"""What a file calls otherwise than the record does."""
_ITEMS = {item.name: item for item in items_of(SchoolMark)}


@dataclass(slots=True)
class StoredSchoolMarks:
    """The pupils by number and by name, whose pupil each is, and the marks of the schools on file by pupil and key."""

    people: People
    by_name: Mapping[tuple[str, str], list[Pupil]]
    schools: SchoolsOfPupils
    marks: Mapping[str, list[SchoolMark]]
    keyed: dict[str, dict[Any, SchoolMark]] = dataclasses.field(default_factory=dict)

    def standing(self, mark: SchoolMark) -> SchoolMark | None:
        """What an earlier file said of a session."""
        if mark.pupil_id not in self.keyed:
            self.keyed[mark.pupil_id] = {stored.key: stored for stored in self.marks.get(mark.pupil_id, ())}
        return self.keyed[mark.pupil_id].get(mark.key)


def _hold(vault: Vault) -> StoredSchoolMarks:
    by_name = by_any_name(pupils.all_pupils(vault))
    return StoredSchoolMarks(People.on_file(vault), by_name, schools.of_pupils(vault), several.by_pupil(vault, SchoolMark))


def _pupil_of(stored: StoredSchoolMarks, values: Mapping[str, Any]) -> Pupil | Problem:
    """Whom a row is about, or why nobody can be found."""
    if values.get("upn"):
        pupil = stored.people.with_number(values["upn"])
        return pupil or Problem(
            "upn", "no_such_pupil", _("No pupil here has this UPN. It may be a pupil of the school who does not come here.")
        )
    surname, forename = values.get("surname"), values.get("forename")
    if not surname or not forename:
        return Problem("upn", "missing", _("The row names no pupil. It needs the UPN, or surname and forename."))
    namesakes = stored.by_name.get((fold(surname), fold(forename)), [])
    matches = [pupil for pupil in namesakes if stored.schools.schools_on(pupil.id, values["date"])]
    if len(matches) == 1:
        return matches[0]
    words = (
        _("Several pupils here have this name. The row needs the UPN.")
        if matches
        else _("No pupil here of a school has this name on that day.")
    )
    return Problem("surname", "no_such_pupil", words)


def _plan(stored: StoredSchoolMarks, row: ReadRow, judging: Judging) -> Plan:
    values = dict(row.values)
    pupil = _pupil_of(stored, values)
    if isinstance(pupil, Problem):
        return refused_plan(pupil)
    numbers = stored.schools.schools_on(pupil.id, values["date"])
    if len(numbers) > 1 and not values.get("school"):
        words = _("The pupil has several schools on that day. The row needs the school’s DfE number.")
        return refused_plan(Problem("school", "several_schools", words))
    school = values.get("school") or next(iter(numbers), "")
    if not school or school not in numbers:
        words = _("On that day the pupil is not of this school, by the stay and the places agreed. Correct those, or leave the row out.")
        return refused_plan(Problem("school" if values.get("school") else "date", "not_of_school", words))
    mark = SchoolMark(
        id=new_id(), pupil_id=pupil.id, school=school, day=values["date"], session=Session(values["session"]), code=values["code"]
    )
    problems = check_school_mark(mark)
    if mark.day > judging.today:
        problems = (*problems, Problem("date", "future_date", _("That day is still to come: no register has a mark of it.")))
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    key, contents = (pupil.id, *mark.key), mark.code
    old = stored.standing(mark)
    if old is None:
        return Plan(Fate.ADDED, pupil.id, None, key, contents, problems=problems, writes=(Write(None, mark),))
    differences = judging.told_apart(row.number, _ITEMS, old, {"code": mark.code})
    writes = writes_over(old, differences)
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, pupil.id, None, key, contents, problems=problems, differences=differences, writes=writes)


SCHOOL_MARKS = ImportKind(
    name="school-marks",
    label=_("Marks of a main school’s register"),
    columns=(
        *(dataclasses.replace(_ITEMS[name], name=_COLUMNS.get(name, name)) for name in ("day", "session", "code")),
        dataclasses.replace(UPN_COLUMN, required=False),
        *(dataclasses.replace(item_named(Pupil, name), required=False) for name in ("surname", "forename")),
        dataclasses.replace(_ITEMS["school"], required=False),
    ),
    hold=_hold,
    plan=_plan,
    quiet=frozenset({"unknown_la", "no_upn"}),
    switch="records_schools",
    is_guessed=False,
)
