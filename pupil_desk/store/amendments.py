"""What a record said before: every changed item, with the old and the new value, only ever added."""

from typing import Any

from pupil_desk.store.rows import insert_row, kept
from pupil_desk.store.vault import Row, Vault


def add(
    vault: Vault,
    *,
    kind: str,
    record_id: str,
    pupil_id: str,
    changes: dict[str, tuple[Any, Any]],
    at: str,
    by: str,
    source: str,
) -> None:
    """Record what changed in one record. ``source`` is «form» or «import»."""
    for name, (old, new) in changes.items():
        insert_row(vault, "amendment", {"kind": kind, "record_id": record_id, "pupil_id": pupil_id, "item": name, "old": _text(old),
                                        "new": _text(new), "at": at, "by": by, "source": source})  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(kept(value))


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """All that was changed in a pupil's records, in order."""
    return vault.rows(
        "SELECT a.kind, a.record_id, a.item, a.old, a.new, a.at, a.source, s.name AS by FROM amendment a "
        "LEFT JOIN staff s ON s.id = a.by WHERE a.pupil_id = ? ORDER BY a.seq",
        (pupil_id,),
    )
