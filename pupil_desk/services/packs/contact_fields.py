"""What fields of the unit's own say of the contacts of a pupil: in a copy it is marked as a whole, of each contact but the one who asks.

It may be of anyone's health or belief, and no name in it need tell whom it is of.
"""

from collections.abc import Iterable, Iterator, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Kind, own_items_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.file.vault import Row

type WholeFact = tuple[tuple[str, int, str], tuple[str, str]]
"""A fact by section, place of its record and field; the code under which it is marked, and whom it is of."""
_WRITTEN = frozenset({Kind.TEXT, Kind.CODE})  # a «Yes», a day or a number stands in many a change: of these the name of the field is marked


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Iterable[CopyPart], changes: Sequence[Row]) -> Iterator[WholeFact]:
    """Every such fact, in the contacts' own records, in those that were merged with them, and in what they said before."""
    kinds = {own_item.name: own_item.kind for own_item in own_items_of(Contact)}
    if not kinds:
        return
    told_contacts = people.told_contacts(desk, record)
    kept_ids = {contact.id: kept_id for contact, kept_id in told_contacts}
    asker_id, home = asker.contact.id if asker.contact else "", asker.home_kept(record)
    entries = {part.name: part.entries for part in parts}
    for number, ((_contact, contact_id), _entry) in enumerate(zip(told_contacts, entries["contacts"], strict=True)):
        if contact_id != asker_id:
            yield from ((("contacts", number, name), _mark(record, contact_id, home)) for name in kinds)
    for number, (row, _entry) in enumerate(zip(changes, entries["history"], strict=True)):
        contact_id = kept_ids.get(row["record_id"], row["record_id"])
        if row["kind"] == "contact" and row["item"] in kinds and contact_id != asker_id:
            fields = ("old", "new") if kinds[row["item"]] in _WRITTEN else ("item",)
            yield from ((("history", number, field), _mark(record, contact_id, home)) for field in fields)


def _mark(record: PupilRecord, contact_id: str, home: people.HomeKept) -> tuple[str, str]:
    """Under which code what is of a contact is marked, and whom it is of, in words."""
    secret = people.whose_address(record, contact_id, home)
    contact = next((contact for contact in record.contacts if contact.id == contact_id), None)
    person = _("about {name}").format(name=contact.full_name) if contact else _("about a contact who is on file no more")
    return secret if secret in people.SECRET else people.CONTACT_FIELD, person
