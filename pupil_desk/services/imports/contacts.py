"""The import of contacts: of one pupil, never merged across pupils; found by names and relationship."""

import dataclasses
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import (
    THEIRS,
    Difference,
    Fate,
    ImportKind,
    Judging,
    Plan,
    ReadRow,
    Write,
    as_it_is,
    differs,
    not_noted,
    nothing_more,
    refused_plan,
)
from pupil_desk.services.imports.people import People, no_such_pupil
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts as store

type Key = tuple[str, str, str, str]


@dataclass(slots=True)
class StoredContacts:
    """The pupils and their contacts on file. Those of a pupil are looked through once, when a row first names the pupil."""

    people: People
    contacts: defaultdict[Any, list[Contact]]
    keyed: dict[str, dict[Key, Contact]] = field(default_factory=dict)

    def find(self, key: Key) -> Contact | None:
        pupil_id = key[0]
        if pupil_id not in self.keyed:
            self.keyed[pupil_id] = {
                _key(pupil_id, contact.surname, contact.forename, contact.relationship): contact
                for contact in reversed(self.contacts[pupil_id])
            }
        return self.keyed[pupil_id].get(key)


def _key(pupil_id: str, surname: str, forename: str | None, relationship: str) -> Key:
    return pupil_id, fold(surname), fold(forename or ""), relationship


def _hold(vault: Vault) -> StoredContacts:
    return StoredContacts(People.on_file(vault), store.by_pupil(vault))


def _plan(stored: StoredContacts, row: ReadRow, judging: Judging) -> Plan:
    values = dict(row.values)
    pupil = stored.people.with_number(values.pop("upn"))
    if pupil is None:
        return refused_plan(no_such_pupil())
    key = _key(pupil.id, values["surname"], values.get("forename"), values["relationship"])
    contents = {**values, "pupil": pupil.id}
    old = stored.find(key)
    if old is None:
        contact = Contact(id=new_id(), pupil_id=pupil.id, **values)
        return Plan(Fate.ADDED, pupil.id, contact.id, key, contents, writes=(Write(None, contact),))
    differences = tuple(
        Difference(CONTACTS.column(name), getattr(old, name), value, judging.accept_for(row.number, name))
        for name, value in values.items()
        if differs(CONTACTS.column(name), getattr(old, name), value)
    )
    believed = {difference.column: difference.new for difference in differences if difference.accept == THEIRS}
    writes = (Write(old, dataclasses.replace(old, **believed)),) if believed else ()
    return Plan(Fate.CHANGED if writes else Fate.UNCHANGED, pupil.id, old.id, key, contents, differences=differences, writes=writes)


CONTACTS = ImportKind(
    name="contacts",
    label=_("Contacts"),
    columns=(dataclasses.replace(item_named(Pupil, "upn"), required=True), *items_of(Contact)),
    hold=_hold,
    fresh=as_it_is,
    plan=_plan,
    note=not_noted,
    needs=nothing_more,
    quiet=frozenset({"unknown_la"}),
)
