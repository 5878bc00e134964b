"""The one way in which a record is kept that is no pupil's and of which there is one for each key: a school's number, the name of a provider or of a route.

What was typed goes over the row of that key, as far as it differs; the key stays as it was first spelt.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import value_names_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import differences, new_id, update
from pupil_desk.store.tables import keyed_amendments
from pupil_desk.store.tables.keyed_amendments import WHOLE, as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedKind[R]:
    """A kind of them: its name, which its table has too, the setting by which a unit switches it off, and the item that is the key; the rules across its
    items, the row on file of a record's key, how the first is added, what goes with it when a person or a file says some items otherwise, by name, the columns
    beside its items that this writes, each with the items with which it goes back, and why one that a file added stays when that is undone, empty where it
    may go."""

    name: str
    switch: str
    key_item: str
    check: Callable[[R], Iterable[Problem]]
    on_file: Callable[[Vault, R], R | None]
    add: Callable[[Vault, R], None]
    then: Callable[[Desk, R, Collection[str]], None] | None = None
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    why_stays: Callable[[Desk, R], str] | None = None


def keep[R](desk: Desk, kind: KeyedKind[R], record: R) -> Changed:
    """Keep what was typed of one. Raises Refused, NotAllowed; WrongUse where the unit has switched the kind off."""
    require_use(desk, kind.switch)
    typed: Any = tidied(record, desk.today)
    refuse((*problems_of(typed, desk.today), *kind.check(typed)))
    old: Any = kind.on_file(desk.vault, typed)
    kept_key = getattr(old or typed, kind.key_item)
    new = dataclasses.replace(typed, **{"id": old.id if old else new_id(), kind.key_item: kept_key})
    names = differences(old, new) if old else [kind.key_item]
    if not names:
        return Changed.of()
    with desk.act(Action.EDIT_RECORD, kind.name, new.id, ", ".join(names)):
        _write(desk, kind, new, names, is_new=old is None)
    return Changed.of(kind.name)


def _write[R](desk: Desk, kind: KeyedKind[R], new: R, names: Collection[str], *, is_new: bool) -> None:
    if is_new:
        kind.add(desk.vault, new)
    else:
        update(desk.vault, kind.name, new)
    if kind.then is not None:
        kind.then(desk, new, names)


def keep_from_file[R](work: Work, kind: KeyedKind[R], old: R | None, new: R) -> None:
    """Within a transaction: keep a checked one in the place of another, None for none, and what that one said, so that the file can be undone."""
    typed_record: Any = new
    names_filled = [name for name in value_names_of(type(new)) if name != "id" and getattr(new, name) is not None]
    changes = {WHOLE: (None, None)} | {name: (None, getattr(new, name)) for name in names_filled} if old is None else differences(old, new)
    if not changes:
        return
    vault, record_id = work.desk.vault, typed_record.id
    before = keyed_amendments.beside(vault, kind.name, record_id, kind.beside)
    _write(work.desk, kind, new, [name for name in changes if name], is_new=old is None)
    after = keyed_amendments.beside(vault, kind.name, record_id, kind.beside) if before else {}
    changes |= {name: (text, after[name]) for name, text in before.items() if text != after[name]}
    keyed_amendments.add(vault, kind=kind.name, record_id=record_id, changes=changes, moment=work.stamp, actor=work.actor, act=work.act)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One record that a file changed, by the key it is known by: what became of it, in words; ``stays`` is why it, or an item of it, stays."""

    kind: str
    record_id: str
    name: str
    done_words: str = ""
    item: str = ""
    stays: str = ""


def take_back(work: Work, act: str, kinds: Mapping[str, tuple[KeyedKind[Any], type]]) -> Iterator[TakenBack]:
    """Within a transaction: what a file added goes, and what it changed goes back, unless it says otherwise by now. ``kinds`` by name, with the record's type."""
    for (kind_name, record_id), rows in grouped(
        ((row["kind"], row["record_id"]), row) for row in keyed_amendments.of_act(work.desk.vault, act)
    ).items():
        if kind_name not in kinds:
            continue
        kind, record_type = kinds[kind_name]
        record = keyed_amendments.record(work.desk.vault, kind_name, record_type, record_id)
        if record is None:
            continue
        name, texts = (
            getattr(record, kind.key_item),
            {item: as_text(getattr(record, item)) for item in value_names_of(record_type) if item != "id"},
        )
        rows_by_item = {row["item"]: row for row in rows}
        if WHOLE in rows_by_item:
            if any(text != (rows_by_item[item]["new"] if item in rows_by_item else None) for item, text in texts.items()):
                yield TakenBack(kind_name, record_id, name, stays=_("It was changed since."))
            elif kind.why_stays is not None and (reason := kind.why_stays(work.desk, record)):
                yield TakenBack(kind_name, record_id, name, stays=reason)
            else:
                keyed_amendments.remove(work.desk.vault, kind_name, record_id)
                yield TakenBack(kind_name, record_id, name, _("Taken away"))
            continue
        back = {item: row["old"] for item, row in rows_by_item.items() if item in texts and texts[item] == row["new"]}
        stay = rows_by_item.keys() - back.keys() - kind.beside.keys()
        for item in stay:
            yield TakenBack(kind_name, record_id, name, item=item, stays=_("It was changed since."))
        if back:
            columns_now = keyed_amendments.beside(work.desk.vault, kind_name, record_id, kind.beside)
            columns_back = {
                column: rows_by_item[column]["old"]
                for column, items in kind.beside.items()
                if column in rows_by_item and columns_now[column] == rows_by_item[column]["new"] and items.isdisjoint(stay)
            }
            update(work.desk.vault, kind_name, dataclasses.replace(record, **back), **columns_back)
            yield TakenBack(kind_name, record_id, name, _("As before"))
