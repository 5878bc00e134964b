"""Where the pupil and the contacts can be reached, marked line by line: of a contact but the one who asks, of one who is protected, of a home that is withheld.

So it is in records that were merged with theirs, in earlier addresses, and in what the record said before. What a contact is called stands
in the contact's own record, unless a protection is in force.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sheet.entries import changes_told
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import amendments

_WHERE_REACHED = re.compile(r"address|phone|\btel\b|mobile|e-?mail|post ?code|street|road|[PS]AON|town|locality|county", re.IGNORECASE)
_LEAST_DETAIL = 4  # letters of a value that tells where somebody can be reached


@dataclass(frozen=True, slots=True)
class _ToldRecord:
    """The record of a pupil, who of its contacts asks, those that a copy tells, and what it says of the pupil's home: read once."""

    record: PupilRecord
    asker_id: str
    contacts: Sequence[tuple[Contact, str]]
    of_home: frozenset[str]


def whole_facts(desk: Desk, record: PupilRecord, asker: Contact | None, parts: Iterable[CopyPart]) -> Iterator[WholeFact]:
    """Every such fact; with an empty code those of who asks, which are nobody else's."""
    by_name = {part.name: part for part in parts}
    of_home = people.values_in(people.homes_of(desk, record))
    told_record = _ToldRecord(record, asker.id if asker else "", people.told_contacts(desk, record), of_home)
    yield from _of_contacts(told_record, by_name["contacts"])
    yield from _of_changes(told_record, changes_told(amendments.of_pupil(desk.vault, record.pupil.id)), by_name["history"])
    yield from _from_files(record, by_name["not_taken"])
    if people.home_is_withheld(record):
        for part in (by_name["pupil"], by_name["former_addresses"]):
            yield from (((part.name, number, name), _home_mark()) for number in range(len(part.entries)) for name in people.ALL_LINES)


def _of_contacts(told_record: _ToldRecord, part: CopyPart) -> Iterator[WholeFact]:
    for number, ((contact, kept_id), _entry) in enumerate(zip(told_record.contacts, part.entries, strict=True)):
        if kept_id == told_record.asker_id:
            yield from (((part.name, number, name), ("", "")) for name in (*people.NAMES, *people.ALL_LINES))
            continue
        owner = people.whose_address(told_record.record, kept_id)
        for name in people.address_items(owner):
            if not people.is_of_home(told_record.record, kept_id, getattr(contact, name) or "", told_record.of_home):
                yield (part.name, number, name), _contact_mark(owner, contact.full_name)
        protected = any(protection.contact_id == kept_id for protection in told_record.record.protections)
        yield from (((part.name, number, name), (people.PROTECTED if protected else "", contact.full_name)) for name in people.NAMES)


def _of_changes(told_record: _ToldRecord, changes: Iterable[Row], part: CopyPart) -> Iterator[WholeFact]:
    """What an address or a number was before and then, the pupil's and each contact's."""
    kept_ids = {contact.id: kept_id for contact, kept_id in told_record.contacts}
    names = {contact.id: contact.full_name for contact, _kept_id in told_record.contacts}
    for number, (row, _entry) in enumerate(zip(changes, part.entries, strict=True)):
        if row["kind"] == "pupil" and row["item"] in people.ALL_LINES and people.home_is_withheld(told_record.record):
            yield from (((part.name, number, column), _home_mark()) for column in ("old", "new"))
        kept_id = kept_ids.get(row["record_id"], row["record_id"])
        owner = people.whose_address(told_record.record, kept_id) if row["kind"] == "contact" and kept_id != told_record.asker_id else ""
        if row["item"] in people.address_items(owner):
            mark = _contact_mark(owner, names.get(row["record_id"], _("a contact who is on file no more")))
            for column in ("old", "new"):
                if not people.is_of_home(told_record.record, kept_id, row[column] or "", told_record.of_home):
                    yield (part.name, number, column), mark


def _from_files(record: PupilRecord, part: CopyPart) -> Iterator[WholeFact]:
    """Where a file that was read in may tell how somebody can be reached, though no record of ours says it: a second address or number."""
    guarded = bool(record.protections) or people.home_is_withheld(record)
    for number, entry in enumerate(part.entries):
        words = {passage.field: passage.words for passage in entry}
        of_contact = words.get("path", "").startswith("Contacts/")
        if (guarded or of_contact) and _WHERE_REACHED.search(words.get("path", "")) and len(words.get("value", "")) >= _LEAST_DETAIL:
            rule = people.PROTECTED if guarded else people.DETAIL
            yield (part.name, number, "value"), (rule, _("where somebody can be reached, as a file told it"))


def _contact_mark(owner: str, name: str) -> tuple[str, str]:
    return owner, _("where {name} can be reached").format(name=name)


def _home_mark() -> tuple[str, str]:
    return people.PROTECTED, _("where the pupil can be reached, which is withheld")
