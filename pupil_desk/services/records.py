"""The one way in which a pupil's records are kept: whatever is added, changed or taken away is said in the history, with its act.

What hangs on a record (the periods on a pupil's row, the address left behind) is kept by the service of its own kind, which asks here.
Records that only grow (marks, choices, decisions, doses, results) do not come through here: each of them is its own history.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from pupil_desk.domain.catalogue.items import value_names_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Work
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.rows.amendments import kind_of, pupil_of
from pupil_desk.store.rows.rows import differences
from pupil_desk.store.tables import pupils


@cache
def kinds() -> Mapping[str, type]:
    """The kinds of record that are kept here."""
    from pupil_desk.domain.catalogue.catalogue import RECORDS  # it brings every type of record: who only reads does without

    return {kind: record_type for kind, record_type in RECORDS.items() if record_type is Pupil or record_type in several.CHANGING}


def get(vault: Vault, kind: str, record_id: str) -> Any | None:
    """The record of that kind and identity; None for one that is not on file."""
    record_type = kinds()[kind]
    return pupils.own_row(vault, record_id) if record_type is Pupil else several.get(vault, record_type, record_id)


def add(work: Work, records: Sequence[Any], *, source: str) -> None:
    """Within a transaction: keep checked new records, each with its own id."""
    vault = work.desk.vault
    for record_type, same_type in groupby(records, type):
        (pupils if record_type is Pupil else several).add_all(vault, list(same_type))
    amendments.record_added(vault, records, **work.provenance(source))


def change(work: Work, old: Any, new: Any, *, source: str) -> None:
    """Within a transaction: keep a checked record in place of another, and what that one said."""
    vault = work.desk.vault
    changes = differences(old, new)
    if changes:
        (pupils if isinstance(new, Pupil) else several).save(vault, new)
        amendments.add(vault, kind=kind_of(new), record_id=new.id, pupil_id=pupil_of(new), changes=changes, **work.provenance(source))


def take_away(work: Work, record: Any, *, source: str, reason: str = "") -> None:
    """Within a transaction: take a record off the file to which nothing refers; what it said stays in the history."""
    vault = work.desk.vault
    changes = {name: (value, None) for name, value in _values(record) if value is not None}
    amendments.add(vault, kind=kind_of(record), record_id=record.id, pupil_id=pupil_of(record), changes=changes, **work.provenance(source))
    amendments.taken_away(vault, [record], reason=reason, **work.provenance(source))
    (pupils if isinstance(record, Pupil) else several).remove(vault, record)


def _values(record: Any) -> list[tuple[str, Any]]:
    names = (name for name in value_names_of(type(record)) if name not in ("id", "pupil_id"))
    return [(name, getattr(record, name)) for name in names]
