"""Destinations: plain SQL over the table ``destination``."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.domain.destination import Destination
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert, insert_all, records_of, update
from pupil_desk.store.vault import Vault

_ORDER = "ORDER BY coalesce(start, ''), id"


def add(vault: Vault, record: Destination) -> None:
    """Keep a new one."""
    insert(vault, "destination", record)


def add_all(vault: Vault, records: Sequence[Destination]) -> None:
    """Keep many new ones."""
    insert_all(vault, "destination", records, {})


def save(vault: Vault, record: Destination) -> None:
    """Keep what has changed of one."""
    update(vault, "destination", record)


def of_pupil(vault: Vault, pupil_id: str) -> list[Destination]:
    """A pupil's own, the earliest first."""
    found = vault.rows(f"SELECT {columns(Destination)} FROM destination WHERE pupil_id = ? {_ORDER}", (pupil_id,))
    return records_of(Destination, found)


def by_pupil(vault: Vault) -> defaultdict[str, list[Destination]]:
    """Every pupil's, the earliest first."""
    return rows.by_pupil(vault, Destination, f"SELECT {columns(Destination)} FROM destination {_ORDER}")
