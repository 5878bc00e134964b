"""Kinds of import whose rows name a pupil by UPN and a record of that pupil's by a key of its own.

Destinations are found by the pupil and the kind of destination; learning after 14 by the pupil, the title and the day it began.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.learning.next_steps import Destination, Learning, check_destination, check_learning
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
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed[R]:
    """What tells one such kind from another. ``key_of`` is of a record, ``by_pupil`` reads those on file, ``check`` is the rule across items."""

    record_type: type[R]
    key_of: Callable[[R], tuple[Any, ...]]
    by_pupil: Callable[[Vault], Mapping[str, list[R]]]
    check: Callable[[R], tuple[Problem, ...]]


@dataclass(slots=True)
class StoredByKey[R]:
    """The pupils and their records on file. Those of a pupil are looked through once, when a row first names the pupil."""

    people: People
    records: Mapping[str, list[R]]
    key_of: Callable[[R], tuple[Any, ...]]
    keyed: dict[str, dict[tuple[Any, ...], R]] = field(default_factory=dict)

    def find(self, pupil_id: str, key: tuple[Any, ...]) -> R | None:
        """The record that a row of this key speaks of; the latest, should there be several."""
        if pupil_id not in self.keyed:
            self.keyed[pupil_id] = {self.key_of(record): record for record in self.records.get(pupil_id, ())}
        return self.keyed[pupil_id].get(key)


def import_of[R](name: str, label: str, keyed: Keyed[R]) -> ImportKind[StoredByKey[R]]:
    columns = (dataclasses.replace(item_named(Pupil, "upn"), required=True), *items_of(keyed.record_type))
    items = {item.name: item for item in columns}

    def hold(vault: Vault) -> StoredByKey[R]:
        return StoredByKey(People.on_file(vault), keyed.by_pupil(vault), keyed.key_of)

    def plan(stored: StoredByKey[R], row: ReadRow, judging: Judging) -> Plan:
        values = dict(row.values)
        pupil = stored.people.with_number(values.pop("upn"))
        if pupil is None:
            return refused_plan(no_such_pupil())
        new: R = cast(Any, keyed.record_type)(id=new_id(), pupil_id=pupil.id, **values)
        problems = keyed.check(new)
        if any(problem.stops for problem in problems):
            return refused_plan(*problems)
        key, contents = (pupil.id, *keyed.key_of(new)), {**values, "pupil": pupil.id}
        old = stored.find(pupil.id, keyed.key_of(new))
        if old is None:
            return Plan(Fate.ADDED, pupil.id, key=key, contents=contents, problems=problems, writes=(Write(None, new),))
        differences = tuple(
            Difference(items[column], getattr(old, column), value, judging.accept_for(row.number, column))
            for column, value in values.items()
            if differs(items[column], getattr(old, column), value)
        )
        believed = {difference.column: difference.new for difference in differences if difference.accept == THEIRS}
        writes = (Write(old, dataclasses.replace(old, **believed)),) if believed else ()  # type: ignore[type-var]  # every record is a dataclass
        fate = Fate.CHANGED if writes else Fate.UNCHANGED
        return Plan(fate, pupil.id, key=key, contents=contents, problems=problems, differences=differences, writes=writes)

    return ImportKind(
        name=name,
        label=label,
        columns=columns,
        hold=hold,
        fresh=as_it_is,
        plan=plan,
        note=not_noted,
        needs=nothing_more,
        quiet=frozenset({"unknown_la"}),
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
