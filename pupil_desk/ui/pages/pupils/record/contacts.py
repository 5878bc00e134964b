"""Family and other contacts: the list, and the form of one."""

from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import contacts
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class ContactsPart(SeveralPart[Contact]):
    """The list of contacts and the form of one."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(Contact, today=context.desk.today, readonly=not context.desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _MANNER, form, lambda contact: contact.id)


def _columns(part: SeveralPart[Contact]) -> Sequence[Column[Contact]]:
    def protected(contact: Contact) -> str:
        kinds = codelist("protection_kind")
        protections = part.record.protections if part.record else []
        return join_words([kinds.label_of(p.kind).lower() for p in protections if p.contact_id == contact.id])

    def name(contact: Contact) -> str:
        words = protected(contact)
        return f"{contact.full_name} – {words}" if words else contact.full_name

    return (
        Column("order", _("Order"), lambda contact: str(contact.order or ""), align="right"),
        Column("name", _("Name"), name, stretch=True, icon=lambda contact: PROTECTED_SIGN if protected(contact) else ""),
        Column("relationship", _("Relationship"), _relationship, width=30),
        Column("phone", _("Telephone"), lambda contact: contact.mobile or contact.phone or ""),
    )


def _relationship(contact: Contact) -> str:
    words = codelist("relationship").label_of(contact.relationship)
    return _("{relationship}, parental responsibility").format(relationship=words) if contact.parental_responsibility else words


def _add(desk: Desk, contact: Contact) -> Changed:
    return Changed.of("contact", ids=(contacts.add_contact(desk, contact).pupil_id,))


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"order": max((contact.order or 0 for contact in record.contacts), default=0) + 1}


_MANNER = PartDefinition(
    name=_("Family and other contacts"),
    add_words=_("&Add a contact"),
    new_title=_("New contact"),
    empty_words=_("No contact is on file"),
    sign="users",
    columns=_columns,
    rows_of=lambda record: record.contacts,
    title_of=lambda contact: contact.full_name,
    new_keys=_new,
    add=_add,
    save=contacts.save_contact,
    spare={"order": 520, "phone": 620},
)
