"""Contacts: plain SQL over the table ``contact``."""

from collections import defaultdict
from collections.abc import Iterable

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import read, read_first
from pupil_desk.store.rows.same import PERSON, of_person


def get(vault: Vault, contact_id: str) -> Contact | None:
    """The contact of that identity."""
    return several.get(vault, Contact, contact_id)


def own_row(vault: Vault, contact_id: str) -> Contact | None:
    """The contact of that identity, whether or not it stands for another."""
    return read_first(vault, Contact, f"{several.select(Contact)} WHERE id = ?", (contact_id,))


def owner(vault: Vault, contact_id: str) -> str:
    """In whose record the contact's own row stands."""
    row = vault.first_row("SELECT pupil_id AS own FROM contact WHERE id = ?", (contact_id,))
    return row["own"] if row else ""


def merged(vault: Vault, pupil_id: str) -> list[Contact]:
    """Of a pupil's contacts, those that stand for another."""
    order = 'ORDER BY coalesce("order", 99), surname, forename, id'
    return read(vault, Contact, f"{several.select(Contact)} WHERE {of_person()} AND NOT {PERSON} {order}", (pupil_id,))


def of_pupil(vault: Vault, pupil_id: str) -> list[Contact]:
    """A pupil's contacts, in their order."""
    return several.of_pupil(vault, Contact, pupil_id)


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[Contact]]:
    """Every pupil's contacts; with ``ids`` these pupils'."""
    return several.by_pupil(vault, Contact, ids)
