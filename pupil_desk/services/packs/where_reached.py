"""Where the pupil and the contacts can be reached, marked line by line: of a contact but the one who asks, of one who is protected, of a home that is withheld.

So it is in records that were merged with theirs, in earlier addresses, and in what the record said before. What a contact is called stands
in the contact's own record, unless a protection is in force, or it is a carer of a pupil in care of whom who asks may not know.
"""

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.file.vault import Row

_WHERE_REACHED = re.compile(r"address|phone|\btel\b|mobile|e-?mail|post ?code|street|road|[PS]AON|town|locality|county", re.IGNORECASE)
_LEAST_DETAIL = 4  # letters of a value that tells where somebody can be reached


@dataclass(frozen=True, slots=True)
class _ToldRecord:
    """The record of a pupil, who of its contacts asks, those that a copy tells, and what it says of the pupil's home: read once."""

    record: PupilRecord
    asker_id: str
    contacts: Sequence[tuple[Contact, str]]
    of_home: frozenset[str]
    home: people.HomeKept

    def name_mark(self, kept_id: str, item: str, text: str | None, name: str) -> tuple[str, str]:
        """How the name of a contact is marked; of a carer in whose care the pupil is, what the pupil is called too tells of nobody."""
        code, pupil = people.whose_name(self.record, kept_id, self.home), self.record.pupil
        shared = item == "surname" and fold(text or "") in (fold(pupil.surname), fold(pupil.preferred_surname or ""))
        return "" if shared and code == people.IN_CARE else code, name


def with_askers_own(
    desk: Desk, record: PupilRecord, asker: Asker, parts: Iterable[CopyPart], changes: Sequence[Row]
) -> tuple[CopyPart, ...]:
    """The same with the names of who asks and where they are reached told apart, in their own records and in what those said before."""
    if asker.contact is None:
        return tuple(parts)
    own_items = frozenset((*people.NAMES, *people.ALL_LINES))
    told_contacts = people.told_contacts(desk, record)
    own_ids = {contact.id for contact, kept_id in told_contacts if kept_id == asker.contact.id}
    own_fields: dict[str, list[Collection[str]]] = {
        "contacts": [own_items if contact.id in own_ids else () for contact, _kept_id in told_contacts],
        "history": [
            ("old", "new") if row["kind"] == "contact" and row["record_id"] in own_ids and row["item"] in own_items else ()
            for row in changes
        ],
    }
    return tuple(_with_own(part, own_fields[part.name]) if part.name in own_fields else part for part in parts)


def _with_own(part: CopyPart, own_fields: Iterable[Collection[str]]) -> CopyPart:
    entries = (
        tuple(dataclasses.replace(passage, is_askers=True) if passage.field in fields else passage for passage in entry)
        for entry, fields in zip(part.entries, own_fields, strict=True)
    )
    return dataclasses.replace(part, entries=tuple(entries))


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Iterable[CopyPart], changes: Sequence[Row]) -> Iterator[WholeFact]:
    """Every such fact; with an empty code a name that tells of nobody. ``changes`` are those of the history, as of all of these."""
    by_name = {part.name: part for part in parts}
    of_home, home = people.values_in(people.homes_of(desk, record)), asker.home_kept(record)
    told_record = _ToldRecord(record, asker.contact.id if asker.contact else "", people.told_contacts(desk, record), of_home, home)
    yield from _of_contacts(told_record, by_name["contacts"])
    yield from _of_changes(told_record, changes, by_name["history"])
    yield from _from_files(record, home, by_name["not_taken"])
    for part in (by_name["pupil"], by_name["former_addresses"]) if home.code else ():
        for number, entry in enumerate(part.entries):
            if part.name == "pupil" or not any(passage.field == "address_1" and home.is_readers_own(passage.words) for passage in entry):
                yield from (((part.name, number, name), (home.code, home.said)) for name in people.ALL_LINES)


def _of_contacts(told_record: _ToldRecord, part: CopyPart) -> Iterator[WholeFact]:
    for number, ((contact, kept_id), _entry) in enumerate(zip(told_record.contacts, part.entries, strict=True)):
        if kept_id == told_record.asker_id:
            continue
        owner = people.whose_address(told_record.record, kept_id, told_record.home)
        for name in people.address_items(owner):
            if not people.is_of_home(told_record.record, kept_id, getattr(contact, name) or "", told_record.of_home, told_record.home):
                yield (part.name, number, name), _contact_mark(owner, contact.full_name)
        for name in people.NAMES:
            yield (part.name, number, name), told_record.name_mark(kept_id, name, getattr(contact, name), contact.full_name)


def _of_changes(told_record: _ToldRecord, changes: Iterable[Row], part: CopyPart) -> Iterator[WholeFact]:
    """What an address or a number was before and then, the pupil's and each contact's."""
    kept_ids = {contact.id: kept_id for contact, kept_id in told_record.contacts}
    names = {contact.id: contact.full_name for contact, _kept_id in told_record.contacts}
    home = told_record.home
    for number, (row, _entry) in enumerate(zip(changes, part.entries, strict=True)):
        if row["kind"] == "pupil" and row["item"] in people.ALL_LINES and home.code:
            columns = (column for column in ("old", "new") if not home.is_readers_own(row[column] or ""))
            yield from (((part.name, number, column), (home.code, home.said)) for column in columns)
        kept_id = kept_ids.get(row["record_id"], row["record_id"])
        if row["kind"] != "contact" or kept_id == told_record.asker_id:
            continue
        owner, code = people.whose_address(told_record.record, kept_id, home), people.whose_name(told_record.record, kept_id, home)
        name = names.get(row["record_id"], _("a contact who is on file no more"))
        if code and row["item"] in people.NAMES:
            for column in ("old", "new"):
                yield (part.name, number, column), told_record.name_mark(kept_id, row["item"], row[column], name)
        elif row["item"] in people.address_items(owner):
            mark = _contact_mark(owner, name)
            for column in ("old", "new"):
                if not people.is_of_home(told_record.record, kept_id, row[column] or "", told_record.of_home, home):
                    yield (part.name, number, column), mark


def _from_files(record: PupilRecord, home: people.HomeKept, part: CopyPart) -> Iterator[WholeFact]:
    """Where a file that was read in may tell how somebody can be reached, though no record of ours says it: a second address or number."""
    secret = people.PROTECTED if record.protections else home.code
    for number, entry in enumerate(part.entries):
        words = {passage.field: passage.words for passage in entry}
        of_contact = words.get("path", "").startswith("Contacts/")
        if (secret or of_contact) and _WHERE_REACHED.search(words.get("path", "")) and len(words.get("value", "")) >= _LEAST_DETAIL:
            yield (part.name, number, "value"), (secret or people.DETAIL, _("where somebody can be reached, as a file told it"))


def _contact_mark(owner: str, name: str) -> tuple[str, str]:
    return owner, _("where {name} can be reached").format(name=name)
