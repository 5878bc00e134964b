"""Contacts: plain SQL over the table ``contact``."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.domain.contact import Contact
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert, insert_all, record_of, update
from pupil_desk.store.vault import Vault

_ORDER = 'ORDER BY coalesce("order", 99), surname, forename, id'


def add(vault: Vault, contact: Contact) -> None:
    """Keep a new contact."""
    insert(vault, "contact", contact)


def add_all(vault: Vault, contacts: Sequence[Contact]) -> None:
    """Keep many new contacts."""
    insert_all(vault, "contact", contacts, {})


def save(vault: Vault, contact: Contact) -> None:
    """Keep what has changed of a contact."""
    update(vault, "contact", contact)


def get(vault: Vault, contact_id: str) -> Contact | None:
    """The contact of that identity."""
    row = vault.one(f"SELECT {columns(Contact)} FROM contact WHERE id = ?", (contact_id,))
    return record_of(Contact, row) if row else None


def of_pupil(vault: Vault, pupil_id: str) -> list[Contact]:
    """A pupil's contacts, in their order."""
    rows = vault.rows(f"SELECT {columns(Contact)} FROM contact WHERE pupil_id = ? {_ORDER}", (pupil_id,))
    return [record_of(Contact, row) for row in rows]


def by_pupil(vault: Vault) -> defaultdict[str, list[Contact]]:
    """Every pupil's contacts."""
    return rows.by_pupil(vault, Contact, f"SELECT {columns(Contact)} FROM contact {_ORDER}")
