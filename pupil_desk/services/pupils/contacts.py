"""Contacts of a pupil. Never merged across pupils: two families' data never meet."""

import dataclasses

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services import records
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import contacts as store


def add_contact(desk: Desk, contact: Contact) -> Contact:
    """Keep a new contact of a pupil. Raises Refused."""
    contact = tidied(contact, desk.today)
    refuse(problems_of(contact, desk.today))
    contact = dataclasses.replace(contact, id=new_id())
    with desk.act(Action.EDIT_RECORD, "pupil", contact.pupil_id, "contact added") as work:
        records.add(work, [contact], source="form")
    return contact


def save_contact(desk: Desk, contact: Contact) -> Changed:
    """Keep what has changed of a contact. Raises Refused; WrongUse for one that is not this pupil's."""
    old = store.get(desk.vault, contact.id)
    if old is None or old.pupil_id != contact.pupil_id:
        raise WrongUse(_("That contact is no longer on file. Open the pupil again."))
    contact = tidied(contact, desk.today)
    names = differences(old, contact)
    if not names:
        return Changed.of()
    refuse(problems_of(contact, desk.today, names))
    with desk.act(Action.EDIT_RECORD, "pupil", contact.pupil_id, "contact: " + ", ".join(names)) as work:
        records.change(work, old, contact, source="form")
    return Changed.of("contact", ids=(contact.pupil_id,))
