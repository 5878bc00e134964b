"""The import of pupils: a row finds its pupil by number, else by name and date of birth among those without a lasting UPN."""

import dataclasses
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, entered_items_of, item_named
from pupil_desk.domain.catalogue.validation import Problem, check_age, check_enrolment, check_pupil, show
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.by_hand import parts_of_addresses
from pupil_desk.services.imports.cells.row_ids import (
    COLUMN,
    RowNumber,
    WorkbookRows,
    match_of_row,
    numbers_left,
    undecided_row,
    what_stays,
    without_number,
)
from pupil_desk.services.imports.cells.stay_columns import COLUMNS, first_stay, stay_of_row, stay_spoken_of
from pupil_desk.services.imports.ctf.parts import CONTACT
from pupil_desk.services.imports.ctf.taking import new_part, same_part
from pupil_desk.services.imports.kinds import (
    MINE,
    THEIRS,
    Difference,
    Fate,
    ImportKind,
    Judging,
    Plan,
    ReadPart,
    ReadRow,
    Write,
    refused_plan,
    writes_over,
)
from pupil_desk.services.imports.people import Match, NameKey, People, PupilsOnFile, name_key
from pupil_desk.services.imports.stays import stay_words
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import pupils as store

_NUMBERS = (Kind.UPN, Kind.ULN)
_STAY_NAMES = {attribute: column for column, attribute in COLUMNS.items()}
_CONTRACT_CODES = {"ends_before_start": "bad_date"}  # the command line's list of errors is closed


@dataclass(slots=True)
class StoredPupils(PupilsOnFile):
    """With the stays of the pupils on file."""

    stays: Mapping[str, list[Enrolment]]
    contacts: Mapping[str, Mapping[Hashable, Contact]]
    workbook: WorkbookRows
    changed_pupils: dict[str, Pupil] = field(default_factory=dict)
    further_contacts: dict[str, dict[Hashable, Contact]] = field(default_factory=dict)

    def fresh(self) -> "StoredPupils":
        """A view for one judging, which knows the contacts of earlier rows, too."""
        return dataclasses.replace(PupilsOnFile.fresh(self), further_contacts={}, changed_pupils={})

    def look_over(self, rows: Sequence[ReadRow]) -> None:
        """All rows, before any of them is judged."""
        self.workbook = self.workbook.of_rows(rows)

    def note(self, plan: Plan) -> None:
        """A pupil that will go in, and contacts."""
        PupilsOnFile.note(self, plan)
        for write in plan.writes:
            if isinstance(write.new, Pupil):
                self.changed_pupils[write.new.id] = write.new
            elif isinstance(write.new, Contact):
                self.further_contacts.setdefault(plan.pupil_id, {})[CONTACT.key(write.new)] = write.new

    def pupil_of_row(self, number: RowNumber) -> Pupil | None:
        """The pupil whose row has that number in a workbook of ours, as an earlier row leaves them."""
        pupil = self.workbook.pupils.get(number.digest)
        return self.changed_pupils.get(pupil.id, pupil) if pupil is not None else None

    def wrong_row(self, row: ReadRow) -> Problem | None:
        """What is wrong with the number of a row of a workbook of ours."""
        number, bad = RowNumber.in_row(row), self.workbook.bad_number(row)
        if number is None or bad is not None:
            return bad
        return self.workbook.wrong_row(self.people, number, self.pupil_of_row(number), row.values)

    def contact_like(self, contact: Contact) -> Contact | None:
        """The contact of that pupil, on file or of an earlier row, whom this one is about."""
        key = CONTACT.key(contact)
        return self.further_contacts.get(contact.pupil_id, {}).get(key) or self.contacts.get(contact.pupil_id, {}).get(key)


def _hold(vault: Vault) -> StoredPupils:
    contacts, _judged_by = CONTACT.hold(vault)
    return StoredPupils(
        People.on_file(vault), int(store.next_ref(vault)[1:]), enrolments.by_pupil(vault), contacts, WorkbookRows.on_file(vault)
    )


def _as_held(stored: StoredPupils, row: ReadRow, judging: Judging) -> ReadRow:
    """A row without what is said of codes no longer used where they are those of its pupil's record; not where a person says that it is another's."""
    retired = {problem.column for problem in row.problems if problem.code == "retired_code"}
    if not retired or any(name not in row.values for name in ("surname", "forename", "dob")):
        return row
    pupil = _match(stored, row, judging).pupil
    if pupil is None:
        return row
    stay = stay_spoken_of(stored.stays.get(pupil.id, []), row.values.get("start_date"))
    values = {}
    for name in retired:
        held = getattr(stay, COLUMNS[name], None) if name in COLUMNS else getattr(pupil, name)
        if held is not None and tidy(row.texts.get(name, "")) in (held, show(_column_by_name()[name], held)):
            values[name] = held
    problems = tuple(problem for problem in row.problems if problem.code != "retired_code" or problem.column not in values)
    return dataclasses.replace(row, values={**row.values, **values}, problems=problems)


def _plan(stored: StoredPupils, row: ReadRow, judging: Judging) -> Plan:
    number, as_told = RowNumber.in_row(row), without_number(row)
    wrong, match = stored.wrong_row(row), _match(stored, row, judging)
    row = _known_as(as_told)
    if wrong is not None:
        return refused_plan(wrong)
    if number and match.pupil is not None and match.alike and not match.answer:
        return undecided_row(match.pupil)
    if match.must_be_said or (match.pupil is None and match.alike and not match.answer and "upn" not in row.values):
        return match.undecided()
    if match.pupil is not None and match.pupil.preferred_forename == as_told.values.get("preferred_forename"):
        row = as_told
    judging = match.judging(judging, row.number)
    plan = _new_pupil(stored, row) if match.pupil is None else _held_pupil(stored, match.pupil, row, judging, number)
    plan = _with_contacts(stored, plan, row, judging)
    problems = (
        *what_stays(plan.differences),
        *_odd_match(match, row, number),
        *(numbers_left(stored.people, match, row.values) if number else ()),
        *parts_of_addresses(plan.differences),
        *_other_start(plan),
        *_cross_checks(plan, judging),
    )
    if any(problem.stops for problem in problems):
        plan = refused_plan(*problems)
    return dataclasses.replace(plan, problems=problems, alike=match.alike, answer=match.answer)


def _with_contacts(stored: StoredPupils, plan: Plan, row: ReadRow, judging: Judging) -> Plan:
    """The plan with the contacts that stand in the row beside the pupil: with a new one they go in, of one who is here they are shown."""
    if not row.parts:
        return plan
    parts_by_key: dict[Hashable, tuple[ReadPart, Contact]] = {}
    for part in row.parts:
        contact = Contact(id=new_id(), pupil_id=plan.pupil_id, **part.values)
        parts_by_key.setdefault(CONTACT.key(contact), (part, contact))
    differences, writes, words = list(plan.differences), list[Write](), list(plan.further_records)
    for part, contact in parts_by_key.values():
        old = stored.contact_like(contact)
        if old is None and plan.fate is Fate.ADDED:
            writes.append(Write(None, contact))
            words.append(CONTACT.in_words(contact))
        else:
            decided = new_part(part, contact, row.number, judging) if old is None else same_part(old, part, contact, row.number, judging)
            differences += decided[0]
            writes += decided[1]
    fate = Fate.CHANGED if writes and plan.fate is Fate.UNCHANGED else plan.fate
    return dataclasses.replace(
        plan,
        fate=fate,
        differences=tuple(differences),
        writes=(*plan.writes, *writes),
        further_writes=tuple(writes),
        further_records=tuple(words),
    )


def _known_as(row: ReadRow) -> ReadRow:
    """The row without the surname before or after the preferred forename: a school system’s «Preferred Name» holds both."""
    name_words = (row.values.get("preferred_forename") or "").replace(",", " ").split()
    if not name_words:
        return row
    surname = fold(row.values.get("preferred_surname") or row.values["surname"])
    count = len(surname.split())
    for forename, surname_words in ((name_words[:-count], name_words[-count:]), (name_words[count:], name_words[:count])):
        if forename and fold(" ".join(surname_words)) == surname:
            return dataclasses.replace(row, values={**row.values, "preferred_forename": " ".join(forename)})
    return row


def _match(stored: StoredPupils, row: ReadRow, judging: Judging) -> Match:
    """Whom a row is about, by its number before all else, and as far as a person has said."""
    number, answer = RowNumber.in_row(row), judging.answer_for(row.number)
    pupil = stored.pupil_of_row(number) if number else None
    return match_of_row(pupil, row.values, answer) if pupil else _find(stored.people, _known_as(row).values).said(answer)


def _find(people: People, values: Mapping[str, Any]) -> Match:
    """Whom a row is about."""
    upn, former = values.get("upn"), values.get("former_upn")
    pupil = (people.with_number(upn) if upn else None) or (people.with_number(former) if former else None)
    if pupil:
        return Match(pupil)
    name = _name_in(values)
    return Match.by_names(people, values, people.waiting(name), people.alike(name))


def _name_in(values: Mapping[str, Any]) -> NameKey:
    return name_key(values["surname"], values["forename"], values["dob"])


def _new_pupil(stored: StoredPupils, row: ReadRow) -> Plan:
    values = {name: value for name, value in row.values.items() if name not in COLUMNS}
    pupil = Pupil(id=new_id(), ref=f"P{stored.next_ref:04d}", **values)
    stay = first_stay(row.values, pupil.id)
    writes = (Write(None, pupil), Write(None, stay))
    return Plan(Fate.ADDED, pupil.id, key=pupil.id, contents=row.values, writes=writes, further_records=(stay_words(stay),))


def _held_pupil(stored: StoredPupils, old: Pupil, row: ReadRow, judging: Judging, number: RowNumber | None) -> Plan:
    values = {name: value for name, value in row.values.items() if name not in COLUMNS}
    if stored.people.is_merged(values.get("upn") or ""):
        del values["upn"]  # the file knows only the number of the record that was merged
    dear = stored.workbook.why_stays(old, old.id, values, number, judging.today) if number else {}
    if old.upn and values.get("upn", old.upn) != old.upn:
        if values["upn"] == old.former_upn:
            del values["upn"]  # the file knows only the number of before
        elif (judging.asked_for if "upn" in dear else judging.accept_for)(row.number, "upn") == THEIRS:
            values["former_upn"] = old.upn
    differences = judging.told_apart(row.number, _column_by_name(), old, values, dear=dear)
    stay_differences, stay_writes = _stay(stored, old.id, row, judging, number)
    writes = (*writes_over(old, differences), *stay_writes)
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, old.id, key=old.id, contents=row.values, differences=(*differences, *stay_differences), writes=writes)


def _stay(
    stored: StoredPupils, pupil_id: str, row: ReadRow, judging: Judging, number: RowNumber | None
) -> tuple[Sequence[Difference], tuple[Write, ...]]:
    old, new = stay_of_row(stored.stays.get(pupil_id, []), row.values, pupil_id)
    if new is None:
        return [], ()
    dear = dict(stored.workbook.why_stays(old, pupil_id, _STAY_NAMES, number, judging.today)) if number else {}
    if old is None:
        return _further_stay(new, row.number, judging, why=dear.get("start_date", ""))
    if old.start_date is not None:
        dear.setdefault("start_date", _("the stay began here on another day"))
    values = {name: getattr(new, name) for name in _STAY_NAMES if getattr(new, name) is not None}
    items = {name: _column_by_name()[column] for name, column in _STAY_NAMES.items()}
    differences = judging.told_apart(row.number, items, old, values, dear=dear)
    return differences, writes_over(old, differences, COLUMNS)


def _further_stay(new: Enrolment, row: int, judging: Judging, *, why: str) -> tuple[list[Difference], tuple[Write, ...]]:
    """A stay that begins after all others: one decision, shown by its starting day or, without one, by its status."""
    name = "start_date" if new.start_date else "status"
    accept = (judging.asked_for if why else judging.accept_for)(row, _STAY_NAMES[name])
    difference = Difference(_column_by_name()[_STAY_NAMES[name]], None, getattr(new, name), accept, by_hand=bool(why), why=why)
    if difference.accept == MINE:
        return [difference], ()
    return [difference], (Write(None, new),)


def _odd_match(match: Match, row: ReadRow, number: RowNumber | None) -> Iterator[Problem]:
    """Warnings about which pupil a row was taken for."""
    values, old = row.values, match.pupil
    if old is None and match.alike and not number:
        yield match.check_they_are_two()
    if old is not None and match.answer and not number:
        words = _("Taken for {ref}, by name and date of birth alone. Check that it is the same pupil.")
        yield Problem.warning("upn", "matched_by_name", words.format(ref=old.ref))
    if old is not None and not match.by_name:
        row_name, stored_name = _name_in(values), name_key(old.surname, old.forename, old.dob)
        if not number and stored_name[2] != row_name[2] and stored_name[:2] != row_name[:2]:
            yield Problem.warning(
                "upn",
                "name_differs",
                _("The pupil with this UPN has another name and date of birth here. Check that it is the same pupil."),
            )
        if values.get("upn") not in (None, old.upn) and values.get("upn") == old.former_upn:
            yield Problem.warning("upn", "old_upn", _("This is the pupil’s former UPN. The UPN held here stays."))
    if "upn" not in values and (old is None or old.upn is None):
        yield Problem.warning("upn", "no_upn", _("The pupil has no UPN yet. Add it when it is known."))


def _other_start(plan: Plan) -> Iterator[Problem]:
    """The warning about a stay that began here on another day."""
    for difference in plan.differences:
        if difference.column == "start_date" and difference.old is not None and difference.accept == MINE:
            words = _("The stay began here on {day}. That stays unless you take the day from the file.")
            yield Problem.warning("start_date", "other_start", words.format(day=difference.old_text))


def _cross_checks(plan: Plan, judging: Judging) -> Iterator[Problem]:
    """The rules across items, for what would be kept; a warning only about columns that the file has."""
    for write in plan.writes:
        if isinstance(write.new, Contact):
            continue
        is_pupil = isinstance(write.new, Pupil)
        for problem in (*check_pupil(write.new), *check_age(write.new, judging.today)) if is_pupil else check_enrolment(write.new):
            column = _STAY_NAMES.get(problem.column, problem.column)
            if problem.stops or column in judging.columns:
                yield dataclasses.replace(problem, column=column, code=_CONTRACT_CODES.get(problem.code, problem.code))


@by_rules
def _columns() -> tuple[Item, ...]:
    """In the contract's order: the required ones, the numbers, the rest as in the catalogue, the stay after the year group."""
    items = entered_items_of(Pupil)
    first = [item for item in items if item.required] + [item for item in items if item.kind in _NUMBERS]
    stay = [dataclasses.replace(item_named(Enrolment, attribute), name=column, required=False) for column, attribute in COLUMNS.items()]
    remaining = [item for item in items if item not in first]
    place = next(i for i, item in enumerate(remaining) if item.name == "year_group") + 1
    return (*first, *remaining[:place], *stay, *remaining[place:], COLUMN)


PUPILS = ImportKind(
    name="pupils",
    label=_("Pupils"),
    columns=_columns,
    hold=_hold,
    fresh=StoredPupils.fresh,
    plan=_plan,
    note=StoredPupils.note,
    look_over=StoredPupils.look_over,
    as_held=_as_held,
    brings_contacts=True,
)


@by_rules
def _column_by_name() -> Mapping[str, Item]:
    return {item.name: item for item in PUPILS.columns}
