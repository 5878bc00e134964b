"""The one way in which a record is kept that is no pupil's and of which there is one for each key: a school's number, the name of a provider or of a route.

What was typed goes over the row of that key, as far as it differs; the key stays as it was first spelt.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import differences, new_id, update


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedKind[R]:
    """A kind of them: its name, which its table has too, the setting by which a unit switches it off, and the item that is the key; the rules across its
    items, the row on file of a record's key, how the first is added, and what goes with it when some items differ, by name."""

    name: str
    switch: str
    key_item: str
    check: Callable[[R], Iterable[Problem]]
    on_file: Callable[[Vault, R], R | None]
    add: Callable[[Vault, R], None]
    then: Callable[[Desk, R, Collection[str]], None] | None = None


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
        if old:
            update(desk.vault, kind.name, new)
        else:
            kind.add(desk.vault, new)
        if kind.then is not None:
            kind.then(desk, new, names)
    return Changed.of(kind.name)
