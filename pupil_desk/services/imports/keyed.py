"""Kinds of import whose rows name a pupil, by UPN or as another program does, and a record of that pupil's by a key of its own.

Contacts are found by the pupil, their names and the relationship, never across pupils; destinations by the pupil and the kind of
destination; learning after 14 by the pupil, the title and the day it began; places elsewhere by the pupil, the provider and the first day;
journeys by the pupil, the route, the first day and the days of the week, since a pupil with two homes has two from one day; what to know of health by
the pupil, its kind and what it is; medicines by the pupil, the name and when it is given; leave asked for by the pupil and its first day; exam entries by
the pupil, the series and its year, the board, the entry code, the paper, and the day of one on demand; access arrangements by the pupil,
the kind, and what more exactly.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, entered_items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.exams.exam import ON_DEMAND, ExamArrangement, ExamEntry, check_arrangement, check_entry
from pupil_desk.domain.learning.next_steps import Destination, Learning, check_destination, check_learning
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.nearly import nearly_called
from pupil_desk.domain.pupils.placement import Placement, check_placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exams import recording
from pupil_desk.services.imports.by_hand import parts_of_addresses
from pupil_desk.services.imports.cells.as_written import LONGEST_TIME, time_as_kept
from pupil_desk.services.imports.cells.numbered_records import NumberedRecords, named_otherwise, without_missing
from pupil_desk.services.imports.cells.row_ids import COLUMN, PUPIL_COLUMN, ROW_ID, what_stays, without_number
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import PERSON_COLUMNS, UPN_COLUMN, People, found_by_person, found_by_upn
from pupil_desk.services.providers import providers
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.rows.rows import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed[R]:
    """What tells one such kind from another. ``key_of`` is of a record, ``by_pupil`` reads those on file, ``check`` is the rule across items, ``check_on``
    what of it hangs on the day, ``times`` names the items that are a time of the day. ``by_person``: rows name a pupil by ``PERSON_COLUMNS``, since who
    writes the table may know no UPN. ``at_first`` is what a new one has where the file does not say; ``heads`` are further headings of other programs, by
    item, and ``no_columns`` items that no file tells. Two records of which ``near`` is the same may be one: a person is told to look. ``numbered`` reads
    those that a workbook of ours has numbers for; ``is_typed_over`` is whether a row with the number of one is about another. ``days`` are the first and the
    last day of a record, after which it is over. ``warned_of`` is what is to be thought of a new or changed record by what else is on file."""

    record_type: type[R]
    key_of: Callable[[R], tuple[Any, ...]]
    by_pupil: Callable[[Vault], Mapping[str, list[R]]]
    check: Callable[[R], tuple[Problem, ...]]
    times: tuple[str, ...] = ()
    by_person: bool = False
    at_first: Mapping[str, Any] = field(default_factory=dict)
    check_on: Callable[[R, date], Sequence[Problem]] = lambda _record, _today: ()
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_columns: tuple[str, ...] = ()
    near: Callable[[R], Any] | None = None
    numbered: Callable[[Vault], NumberedRecords[R]] | None = None
    is_typed_over: Callable[[R, R], bool] = lambda _old, _new: False
    days: Callable[[R], tuple[date | None, date | None]] = lambda _record: (None, None)
    warned_of: Callable[[Vault], Callable[[R], Iterable[Problem]]] = lambda _vault: lambda _record: ()

    def over_since(self, record: R, today: date) -> date | None:
        """The last day of one that is over: it is another than one that goes on, and than one that was over on another day."""
        last_day = self.days(record)[1]
        return last_day if last_day and last_day < today else None

    def column(self, item: Item) -> Item:
        """An item as a file has it."""
        return replace(
            item,
            longest=LONGEST_TIME if item.name in self.times else item.longest,
            required=item.required and item.name not in self.at_first,
            heads=(*item.heads, *self.heads.get(item.name, ())),
        )


@dataclass(slots=True)
class StoredByKey[R]:
    """The pupils and their records on file. Those of a pupil are looked through once, when a row first names the pupil."""

    people: People
    records: Mapping[str, list[R]]
    keyed: Keyed[R]
    warned_of: Callable[[R], Iterable[Problem]]
    alike: dict[str, dict[tuple[Any, ...], list[R]]] = field(default_factory=dict)
    numbered: NumberedRecords[R] | None = None

    def find(self, new: R, pupil_id: str, today: date) -> R | None:
        """Which of those alike a row speaks of: of several the one that ends last, else the last in their order. Where the row says that it is over, and none
        is known as such, one that goes on may be meant, unless it began later: only a person ends it."""
        if pupil_id not in self.alike:
            self.alike[pupil_id] = grouped((self.keyed.key_of(record), record) for record in self.records.get(pupil_id, ()))
        keyed, alike = self.keyed, self.alike[pupil_id].get(self.keyed.key_of(new), ())
        over_since = keyed.over_since(new, today)
        matches = [record for record in alike if keyed.over_since(record, today) == over_since]
        if over_since and not matches:
            going_on = [record for record in alike if keyed.over_since(record, today) is None]
            matches = [record for record in going_on if (keyed.days(record)[0] or date.min) <= over_since]
        last_day = keyed.days(new)[1]
        return max(reversed(matches), key=lambda record: ((end := keyed.days(record)[1]) == last_day, end or date.max), default=None)

    def problems(self, record: R, today: date) -> tuple[Problem, ...]:
        """What is wrong with a record across its items, and what is to be thought of it."""
        return (*self.keyed.check(record), *self.keyed.check_on(record, today), *self.warned_of(record))


def import_of[R](name: str, label: str, keyed: Keyed[R], *, switch: str = "") -> ImportKind[StoredByKey[R]]:
    """The kind of import of such records. ``switch`` is the setting by which a unit switches it off."""

    @by_rules
    def items() -> Mapping[str, Item]:  # those of the fields that the unit has made among them
        return {item.name: keyed.column(item) for item in entered_items_of(keyed.record_type) if item.name not in keyed.no_columns}

    def hold(vault: Vault) -> StoredByKey[R]:
        numbered = keyed.numbered(vault) if keyed.numbered else None
        return StoredByKey(People.on_file(vault), keyed.by_pupil(vault), keyed, keyed.warned_of(vault), numbered=numbered)

    def look_over(stored: StoredByKey[R], rows: Sequence[ReadRow]) -> None:
        stored.numbered = stored.numbered.of_rows(rows) if stored.numbered else None

    @(found_by_person if keyed.by_person else found_by_upn)
    def plan_of_list(stored: StoredByKey[R], pupil: Pupil, values: dict[str, Any], row: ReadRow, judging: Judging) -> Plan:
        new = _record_of(keyed, pupil.id, values)
        old = stored.find(new, pupil.id, judging.today)
        if old is not None:
            over_since = None if keyed.over_since(old, judging.today) else keyed.over_since(new, judging.today)
            dear = dict.fromkeys(values, _("the row is of one that is over, and this one goes on")) if over_since else {}
            held = _plan_of_held(stored, items(), old, values=_values_kept(keyed, values), row=row, judging=judging, dear=dear)
            return replace(held, key=(*held.key, over_since)) if over_since and held.fate is Fate.UNCHANGED else held  # it is no double
        return _plan_of_new(stored, new, judging, {**_values_kept(keyed, values), "pupil": pupil.id})

    def plan(stored: StoredByKey[R], row: ReadRow, judging: Judging) -> Plan:
        old = stored.numbered.record_of(row) if stored.numbered else None
        if isinstance(old, Problem):
            return refused_plan(old)
        return (
            plan_of_list(stored, without_number(row), judging)
            if old is None
            else _plan_of_number(stored, items(), old, row=row, judging=judging)
        )

    return ImportKind(
        name=name,
        label=label,
        columns=lambda: (
            *(PERSON_COLUMNS if keyed.by_person else (UPN_COLUMN,)),
            *items().values(),
            *((COLUMN, PUPIL_COLUMN) if keyed.numbered else ()),
        ),
        hold=hold,
        look_over=look_over,
        as_held=lambda _stored, row, _judging: without_missing(row, UPN_COLUMN.name),
        plan=plan,
        quiet=frozenset({"unknown_la"}),
        switch=switch,
    )


def _values_kept(keyed: Keyed[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: time_as_kept(value) if name in keyed.times else value for name, value in values.items()}


def _record_of[R](keyed: Keyed[R], pupil_id: str, values: Mapping[str, Any]) -> R:
    record: R = cast(Any, keyed.record_type)(id=new_id(), pupil_id=pupil_id, **{**keyed.at_first, **_values_kept(keyed, values)})
    return record


def _plan_of_new[R](stored: StoredByKey[R], new: R, judging: Judging, contents: Mapping[str, Any]) -> Plan:
    """The plan of a row about a record that is not on file."""
    keyed, record = stored.keyed, cast(Any, new)
    problems = (*stored.problems(new, judging.today), *_near(keyed, new, stored.records.get(record.pupil_id, ())))
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    key = (record.pupil_id, *keyed.key_of(new), keyed.over_since(new, judging.today))
    contact_id = record.id if keyed.record_type is Contact else None
    return Plan(Fate.ADDED, record.pupil_id, contact_id, key, contents, problems=problems, writes=(Write(None, new),))


def _plan_of_held[R](
    stored: StoredByKey[R],
    items: Mapping[str, Item],
    old: R,
    *,
    values: Mapping[str, Any],
    row: ReadRow,
    judging: Judging,
    dear: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """The plan of a row about a record on file: by its number and by its key it is one."""
    stored_record = cast(Any, old)
    differences = judging.told_apart(row.number, items, old, values, dear=dear)
    writes = writes_over(old, differences)
    problems = tuple(problem for write in writes for problem in stored.problems(write.new, judging.today))
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    told_problems = (*problems, *parts_of_addresses(differences), *what_stays(differences))
    key, contact_id = (stored_record.id,), stored_record.id if stored.keyed.record_type is Contact else None
    fate, contents = Fate.CHANGED if writes else Fate.UNCHANGED, {**values, "pupil": stored_record.pupil_id}
    return Plan(fate, stored_record.pupil_id, contact_id, key, contents, problems=told_problems, differences=differences, writes=writes)


def _plan_of_number[R](stored: StoredByKey[R], items: Mapping[str, Item], old: R, *, row: ReadRow, judging: Judging) -> Plan:
    """The plan of a row of our own workbook: its record is found, whatever of it was changed."""
    stored_record, values = cast(Any, old), dict(without_number(row).values)
    keyed, numbered = stored.keyed, stored.numbered
    assert numbered is not None
    wrong = named_otherwise(stored.people, values.pop(UPN_COLUMN.name, None), stored_record.pupil_id)
    if wrong is None and keyed.is_typed_over(old, _record_of(keyed, stored_record.pupil_id, values)):
        words = _("By its number the row is about another one. Put it right, or, in a row for a new one, empty the row number.")
        wrong = Problem(ROW_ID, "row_disagrees", words)
    if wrong is not None:
        return refused_plan(wrong)
    dear = numbered.why_stays(stored_record.id, stored_record.pupil_id, values, row, judging.today)
    return _plan_of_held(stored, items, old, values=_values_kept(keyed, values), row=row, judging=judging, dear=dear)


def _near[R](keyed: Keyed[R], new: R, on_file: Sequence[R]) -> Iterator[Problem]:
    """The warning about a new record that may be one on file under another key."""
    if keyed.near is not None and any(keyed.near(record) == keyed.near(new) for record in on_file):
        words = _("Another entry that is nearly this one is on file of the pupil. Check that they are two.")
        yield Problem.warning("", "nearly_same", words)


def _are_two(old: Contact, new: Contact) -> bool:
    """Whether they have no name in common, or forenames of two people where the relationship or a telephone is another one too: that is a relative."""
    old_names, new_names = ({fold(name) for name in (contact.surname, contact.forename) if name} for contact in (old, new))
    if old_names.isdisjoint(new_names):
        return True
    if not (old.forename and new.forename) or old_names == new_names or nearly_called(old.forename, new.forename):
        return False
    pairs = ((getattr(old, name), getattr(new, name)) for name in ("relationship", "phone", "mobile"))
    return any(was and now and was != now for was, now in pairs)


CONTACTS = import_of(
    "contacts",
    _("Contacts"),
    Keyed(
        record_type=Contact,
        key_of=lambda contact: (fold(contact.surname), fold(contact.forename or ""), contact.relationship),
        # of two alike the first one is meant
        by_pupil=lambda vault: {pupil_id: contacts[::-1] for pupil_id, contacts in several.by_pupil(vault, Contact).items()},
        check=lambda _contact: (),
        numbered=lambda vault: NumberedRecords.on_file(
            vault,
            (contact for of_pupil in several.by_pupil(vault, Contact).values() for contact in of_pupil),
            lambda contact: contact.id,
            amendments.last_by_item(vault, ("contact",)),
        ),
        is_typed_over=_are_two,
    ),
)


DESTINATIONS = import_of(
    "destinations",
    _("Where pupils go next"),
    Keyed(
        record_type=Destination,
        key_of=lambda record: (record.kind,),
        by_pupil=lambda vault: several.by_pupil(vault, Destination),
        check=check_destination,
    ),
)


PLACEMENTS = import_of(
    "placements",
    _("Places arranged elsewhere"),
    Keyed(
        record_type=Placement,
        key_of=lambda record: (fold(record.provider), record.start_date),
        by_pupil=lambda vault: several.by_pupil(vault, Placement),
        check=check_placement,
    ),
    switch=providers.SWITCH,
)


LEARNING = import_of(
    "learning",
    _("Learning after 14"),
    Keyed(
        record_type=Learning,
        key_of=lambda record: (fold(record.title), record.start),
        by_pupil=lambda vault: several.by_pupil(vault, Learning),
        check=check_learning,
    ),
)


def _sitting_of(entry: ExamEntry) -> tuple[Any, ...]:
    """What tells one entry from another: in a series each paper of a board is sat once, and on demand once a day."""
    day = entry.day if entry.series == ON_DEMAND else None
    return entry.series, entry.year, entry.board, fold(entry.entry_code), fold(entry.component or ""), day


EXAM_ENTRIES = import_of(
    "exam-entries",
    _("Exam entries"),
    Keyed(
        record_type=ExamEntry,
        key_of=_sitting_of,
        by_pupil=lambda vault: several.by_pupil(vault, ExamEntry),
        check=check_entry,
        times=("starts",),
        by_person=True,
        at_first={"status": "entered"},  # whom a board's list names is entered
    ),
    switch=recording.SWITCH,
)


EXAM_ARRANGEMENTS = import_of(
    "exam-arrangements",
    _("Access arrangements"),
    Keyed(
        record_type=ExamArrangement,
        key_of=lambda record: (record.kind, fold(record.detail or "")),
        by_pupil=lambda vault: several.by_pupil(vault, ExamArrangement),
        check=check_arrangement,
        by_person=True,
    ),
    switch=recording.SWITCH,
)
