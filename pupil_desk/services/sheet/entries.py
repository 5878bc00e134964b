"""What the sheet says of one record: its items, each as kept and in words.

The pupil's sheet: everything held on one pupil, in plain headings. For the office, so that it is set closer than what families read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para
from pupil_desk.documents.pdf.records import LYING as ACROSS
from pupil_desk.documents.pdf.records import Record, blocks_of, nothing_held
from pupil_desk.documents.pdf.style import A4
from pupil_desk.domain.catalogue.catalogue import NOT_ITEMS, RECORDS, item_at, label_of, record_word
from pupil_desk.domain.catalogue.items import Item, Kind, items_of, own_items_of
from pupil_desk.domain.catalogue.own_values import OWN, kept_values
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.store.rows import amendments
from pupil_desk.store.rows.rows import stored_value

_SCHOOLS = frozenset({"previous_school", "main_school", "commissioned_by", "last_school", "next_school", "school"})
"""Items that say a school, by its name or its number."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One record of a section: each item's name, label, value as kept, and value in words.

    Before the day ``not_before`` a copy for the family leaves out what ``secret`` names.
    """

    facts: tuple[tuple[str, str, Any, str], ...]
    not_before: date | None = None
    secret: frozenset[str] = frozenset()

    def told_on(self, day: date) -> "SheetEntry":
        """The record as a copy for the family made on a day tells it: what is not published yet is named, and not told."""
        if self.not_before is None or day >= self.not_before:
            return self
        words = _("Not told before {day}").format(day=show_date(self.not_before))
        return SheetEntry(
            tuple(
                (name, label, None, words) if name in self.secret else (name, label, value, text) for name, label, value, text in self.facts
            )
        )

    def schools_named(self, told_schools: str | None) -> "SheetEntry":
        """The same record with the names of schools of which it keeps the number."""
        return self.worded(
            **{name: school_named(text, told_schools) for name, _label, _value, text in self.facts if name in _SCHOOLS and text}
        )

    def as_kept(self) -> dict[str, Any]:
        """Names to values, for a file."""
        return {name: value for name, _label, value, _words in self.facts}

    def labelled(self, **labels: str) -> "SheetEntry":
        """The same record with other labels for some of its items."""
        return replace(self, facts=tuple((name, labels.get(name, label), value, text) for name, label, value, text in self.facts))

    def worded(self, **words: str) -> "SheetEntry":
        """The same record with other words for some of its items; what is kept stays as it is."""
        return replace(self, facts=tuple((name, label, value, words.get(name, text)) for name, label, value, text in self.facts))


@dataclass(frozen=True, slots=True)
class SheetSection:
    """One section of the sheet; no entries means that nothing is held."""

    name: str
    title: str
    entries: tuple[SheetEntry, ...]

    def schools_named(self, told_schools: str | None) -> "SheetSection":
        """The same section with the names of schools."""
        return replace(self, entries=tuple(entry.schools_named(told_schools) for entry in self.entries))


def of_record(record: Any, **first: tuple[str, Any]) -> SheetEntry:
    """A record of the catalogue, item by item; ``first`` are facts beside its items, each a label and what it says."""
    facts = [(name, label, value, str(value)) for name, (label, value) in first.items()]
    for item in items_of(type(record)):
        value = getattr(record, item.name)
        facts.append((item.name, item.label, stored_value(value) if not isinstance(value, bool) else value, show(item, value)))
    return SheetEntry(tuple(facts))


LABELS = {
    "at": _("Recorded"), "set_by": _("Set by"), "lift_reason": _("Lifted because"), "lifted_at": _("Lifted"), "lifted_by": _("Lifted by"),
    "issued_by": _("Given by"), "number": _("Edition"), "made_on": _("Edition of"), "name": _("By what"), "way": _("How it was told"), "on": _("Of what day"), "recipient": _("Told to"),
    "law": _("On what law"), "purpose": _("What for"), "level": _("How much"), "decided_by": _("Decided by"), "reason": _("Why"),
    "fields": _("What was told"), "made_by": _("Sent by"), "struck_because": _("Struck out, because"), "back_because": _("Taken back, and counts no more, because"), "without_consent": _("Without a consent in force"), "kind": _("Kind"), "item": _("Item"), "old": _("Before"), "new": _("After"),
    "source": _("How"), "by": _("Changed by"),
    "what": _("What was said"), "said": _("What was said"), "record": _("Of the record"), "beside": _("And of the record"),
    "recorded_by": _("Recorded by"), "of": _("Of the suspension from"),
    "of_incident": _("Of the incident of"), "of_plan": _("Of which plan"), "parent": _("Which parent"),
    "in_export": _("In the export"), "cells": _("Number of values in it"), "kept_until": _("Its files are kept until"),
    "language": _("Language of the paper"), "ref": _("Number of the case"), "case_ref": _("Number of the case"),
}  # fmt: skip
_MOMENTS = {"at", "lifted_at"}
_DAYS = {"made_on", "of", "of_incident", "on", "kept_until"}
_CODED = {"language": "notice_language", "level": "level", "way": "disclosure_way", "of_plan": "plan_kind"}
_OF_OURS: Mapping[tuple[str, Any], str] = {
    ("said", "mistaken"): _("Entered by mistake"),
    ("said", "put back"): _("Put back"),
    ("what", "merged"): _("One person: merged"),
    ("what", "parted"): _("Parted again"),
    ("what", "apart"): _("Two people"),
    ("source", "form"): _("On the screen"),
    ("source", "import"): _("By an import"),
    ("source", "period"): _("A period began or ended"),
    ("source", "undo"): _("By undoing an earlier change"),
    ("source", "bulk"): _("By a change of several pupils"),
    ("source", "merge"): _("By merging two records"),
    ("source", "route"): _("By renaming a route"),
    ("in_export", "told"): _("Told"),
    ("in_export", "left-out"): _("Left out"),
    ("in_export", "asked"): _("Asked for, and not covered"),
    ("decided_by", "rule"): _("The rule"),
    ("without_consent", 1): _("Yes"),
    ("without_consent", 0): "",
    ("decided_by", "parent"): _("A parent"),
    ("decided_by", "pupil"): _("The pupil"),
}
_OURS = (NOT_ITEMS.keys() - LABELS.keys() - {OWN}) | {"record_id"}
"""Columns that tell nothing of the pupil, unless they are an item of the record."""


def of_rows(rows: Iterable[Any], record: str, without: Collection[str] = ()) -> tuple[SheetEntry, ...]:
    """Rows of the file as they stand; ``record`` is the kind of record whose items the columns are, empty for none; ``without`` these columns."""
    ours = _OURS.difference(item.name for item in items_of(RECORDS[record])).union(without) if record else _OURS.union(without)
    return tuple(_row(_apart({name: row[name] for name in row.keys() if name not in ours}, record), record) for row in rows)  # noqa: SIM118 - going through a row gives its values


def _apart(values: Mapping[str, Any], record: str) -> Mapping[str, Any]:
    """The same with the fields of the unit's own one by one."""
    if OWN not in values:
        return values
    own = dict.fromkeys((item.name for item in own_items_of(RECORDS[record])), None) | kept_values(values[OWN])
    return {name: value for name, value in values.items() if name != OWN} | own


def _row(values: Mapping[str, Any], record: str) -> SheetEntry:
    facts = []
    items_by_name = {item.name: item for item in items_of(RECORDS[record])} if record else {}
    for name, value in values.items():
        item = items_by_name.get(name)
        label = item.label if item and name not in _MOMENTS else LABELS.get(name, name)
        facts.append((name, label, value, in_words(name, value, item)))
    return SheetEntry(tuple(facts))


def in_words(name: str, value: Any, item: Item | None = None) -> str:
    """A kept value in words: by its item, where it is one, else by what the column is."""
    if value is None:
        return ""
    if name in _MOMENTS:
        moment = local_time(value)
        return _("{day}, {time}").format(day=show_date(moment.date()), time=moment.strftime("%H:%M"))
    if name in _DAYS or (item and item.kind is Kind.DATE):
        return show_date(date.fromisoformat(value))
    if item and item.kind is Kind.YES_NO:
        return show(item, str(value) == "1")
    if item and item.codes:
        return codelist(item.codes).label_of(value)
    if name in _CODED:
        return codelist(_CODED[name]).label_of(value)
    return _OF_OURS.get((name, value), str(value))


def of_history(rows: Iterable[Any]) -> tuple[SheetEntry, ...]:
    """What records said before, change by change; what is no item, such as in which file a value stood, tells nothing of the pupil."""
    entries = []
    for row in changes_told(rows):
        values = {name: row[name] for name in ("at", "item", "old", "new", "by", "source")}
        change_words = _changed(row["kind"], row["item"], row["old"], row["new"])
        facts = [(name, LABELS[name], value, change_words.get(name, in_words(name, value))) for name, value in values.items()]
        entries.append(SheetEntry(tuple(facts)))
    return tuple(entries)


def changes_told(rows: Iterable[Any]) -> Iterator[Any]:
    """The changes that the history tells, in its order."""
    return (row for row in rows if _tells_item(row["kind"], row["item"]))


def _tells_item(kind: str, name: str) -> bool:
    return name == amendments.WHOLE or any(known_item.name == name for known_item in items_of(RECORDS[kind]))


def _changed(kind: str, name: str, old: str | None, new: str | None) -> dict[str, str]:
    """What was changed, in words: an item with both its values, or the whole record, added or taken away."""
    if name == amendments.WHOLE:
        change = _("Taken away") if old == amendments.HELD else _("Added")
        change = f"{change}: {new}" if new else change
        return {"item": record_word(kind), "old": "", "new": change}
    path = f"{kind}.{name}"
    item = item_at(path)
    return {"item": label_of(path), "old": in_words("old", old, item), "new": in_words("new", new, item)}


LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One section: its title, and per record its facts as label and words; ``in_rows`` are read one under the other, as in a register."""

    title: str
    records: Sequence[Record]
    in_rows: bool = False


def pupil_sheet(name: str, parts: Sequence[SheetPart], imprint: str) -> list[Block]:
    """The sheet as blocks; the sections in which nothing is held stand together in one line, before the others."""
    blocks: list[Block] = [
        Heading(1, name),
        Para(imprint, style="small"),
        *nothing_held([part.title for part in parts if not part.records]),
    ]
    for part in parts:
        if part.records:
            blocks += [Heading(2, part.title), *blocks_of(part.title, part.records, ACROSS, in_rows=part.in_rows)]
    return blocks
