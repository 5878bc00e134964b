"""Contacts: plain SQL over the table ``contact``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert_all, read, read_first
from pupil_desk.store.rows.same import PERSON, among, id_list, of_person

_ORDER = 'ORDER BY coalesce("order", 99), surname, forename, id'


def add_all(vault: Vault, contacts: Sequence[Contact]) -> None:
    """Keep many new contacts."""
    insert_all(vault, "contact", contacts, {})


def get(vault: Vault, contact_id: str) -> Contact | None:
    return read_first(vault, Contact, f"SELECT {columns(Contact)} FROM contact WHERE id = ? AND {PERSON}", (contact_id,))


def own_row(vault: Vault, contact_id: str) -> Contact | None:
    """The contact of that identity, whether or not it stands for another."""
    return read_first(vault, Contact, f"SELECT {columns(Contact)} FROM contact WHERE id = ?", (contact_id,))


def owner(vault: Vault, contact_id: str) -> str:
    """In whose record the contact's own row stands."""
    row = vault.first_row("SELECT pupil_id AS own FROM contact WHERE id = ?", (contact_id,))
    return row["own"] if row else ""


def merged(vault: Vault, pupil_id: str) -> list[Contact]:
    """Of a pupil's contacts, those that stand for another."""
    return read(vault, Contact, f"SELECT {columns(Contact)} FROM contact WHERE {of_person()} AND NOT {PERSON} {_ORDER}", (pupil_id,))


def of_pupil(vault: Vault, pupil_id: str) -> list[Contact]:
    """A pupil's contacts, in their order."""
    return read(vault, Contact, f"SELECT {columns(Contact)} FROM contact WHERE {of_person()} AND {PERSON} {_ORDER}", (pupil_id,))


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[Contact]]:
    """Every pupil's contacts; with ``ids`` these pupils'."""
    return rows.by_pupil(
        vault, Contact, f"SELECT {columns(Contact)} FROM contact WHERE {PERSON} AND {among('pupil_id', 1)} {_ORDER}", (id_list(ids),)
    )
