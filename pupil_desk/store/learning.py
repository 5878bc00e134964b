"""Learning: plain SQL over the table ``learning``."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.domain.learning import Learning
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert, insert_all, records_of, update
from pupil_desk.store.vault import Vault

_ORDER = "ORDER BY coalesce(start, ''), title, id"


def add(vault: Vault, record: Learning) -> None:
    """Keep a new one."""
    insert(vault, "learning", record)


def add_all(vault: Vault, records: Sequence[Learning]) -> None:
    """Keep many new ones."""
    insert_all(vault, "learning", records, {})


def save(vault: Vault, record: Learning) -> None:
    """Keep what has changed of one."""
    update(vault, "learning", record)


def of_pupil(vault: Vault, pupil_id: str) -> list[Learning]:
    """A pupil's own, the earliest first."""
    found = vault.rows(f"SELECT {columns(Learning)} FROM learning WHERE pupil_id = ? {_ORDER}", (pupil_id,))
    return records_of(Learning, found)


def by_pupil(vault: Vault) -> defaultdict[str, list[Learning]]:
    """Every pupil's, the earliest first."""
    return rows.by_pupil(vault, Learning, f"SELECT {columns(Learning)} FROM learning {_ORDER}")
