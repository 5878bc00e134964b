"""What a record said before: every changed item, with the old and the new value, and each record added or taken away. Only ever added to.

A row names the act that made it: one transaction of a person at the desk. ``source`` is «form», «import», «period» (one began or
ended by itself), «bulk», «merge» or «undo».
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import stored_value
from pupil_desk.store.rows.same import as_kept, of_person

WHOLE = ""
"""The item of a row that says that the record itself was added or taken away."""
HELD = "held"
"""What such a row says of before, where the record was taken away; of after, it then says why."""

_KINDS: Mapping[type, str] = {record_type: kind for kind, record_type in RECORDS.items()}


@cache
def _insert(kind: str) -> str:
    """The query that adds a row about a kind of record. It belongs to whom that record's row belongs to (``same``); a pupil's to itself."""
    owner = "?3" if kind in _WITHOUT_OWNER else f'coalesce((SELECT o.pupil_id FROM "{kind}" o WHERE o.id = ?2), {as_kept("?3")})'
    return (
        'INSERT INTO amendment (kind, record_id, pupil_id, item, old, new, at, "by", source, act) '
        f"VALUES (?1, ?2, {owner}, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    )


_WITHOUT_OWNER = frozenset({"pupil", "mark"})


def kind_of(record: Any) -> str:
    """The short name of a record's type, as amendments bear it."""
    return _KINDS[type(record)]


def pupil_of(record: Any) -> str:
    """Whose record it is."""
    pupil_id: str = record.id if isinstance(record, Pupil) else record.pupil_id
    return pupil_id


def add(
    vault: Vault,
    *,
    kind: str,
    record_id: str,
    pupil_id: str,
    changes: Mapping[str, tuple[Any, Any]],
    moment: str,
    actor: str,
    source: str,
    act: str,
) -> None:
    """Record what changed in one record: the items, each with what it said before and what it says now."""
    vault.execute_many(
        _insert(kind),
        [(kind, record_id, pupil_id, name, _text(old), _text(new), moment, actor, source, act) for name, (old, new) in changes.items()],
    )


def record_added(vault: Vault, records: Sequence[Any], *, moment: str, actor: str, source: str, act: str) -> None:
    """Record that these were added, whatever their types."""
    for kind, same_kind in groupby(records, kind_of):
        vault.execute_many(
            _insert(kind), [(kind, record.id, pupil_of(record), WHOLE, None, None, moment, actor, source, act) for record in same_kind]
        )


def taken_away(vault: Vault, records: Iterable[Any], *, reason: str = "", moment: str, actor: str, source: str, act: str) -> None:
    """Record that these were taken away, and why."""
    for kind, same_kind in groupby(records, kind_of):
        vault.execute_many(
            _insert(kind),
            [(kind, record.id, pupil_of(record), WHOLE, HELD, reason or None, moment, actor, source, act) for record in same_kind],
        )


def _text(value: Any) -> str | None:
    return None if value is None else str(stored_value(value))


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """All that was changed in a pupil's records, in order."""
    return vault.rows(
        "SELECT a.kind, a.record_id, a.item, a.old, a.new, a.at, a.source, s.name AS by FROM amendment a "
        f"LEFT JOIN staff s ON s.id = a.by WHERE {of_person('a')} ORDER BY a.seq",
        (pupil_id,),
    )
