"""Family and other contacts: the list, and the form of one.

Who of a family has looked at what is held, what they said, and whether their corrections have been entered.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import DetailsCheck, check_details_check
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.services.pupils import contacts, details_checks
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.next_for_pupil import act_for
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class ContactsPart(SeveralPart[Contact]):
    """The list of contacts and the form of one."""

    next_act: NextAct

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(Contact, today=context.desk.today, readonly=not context.desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _MANNER, form, lambda contact: contact.id)
        self.same_button = button(_("Same address as the pu&pil"), self.copy_address, icon_name="copy")
        self.column.insertWidget(self.column.indexOf(form) + 1, self.same_button, 0, Qt.AlignmentFlag.AlignLeft)
        form.edited.connect(self._allow_copy)
        self.next_act = NextAct()
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        tab_after(self.add_button, self.next_act.buttons)

    def _reveal(self) -> None:
        super()._reveal()
        self.same_button.setVisible(not self.form.isHidden())
        self._allow_copy()

    def _allow_copy(self) -> None:
        refusal = self._why_no_copy()
        allow(self.same_button, not refusal, refusal)

    def _why_no_copy(self) -> str:
        if self.record is None or not self.context.desk.may(Action.EDIT_RECORD):
            return only(Action.EDIT_RECORD)
        if not self.record.pupil.address_lines:
            return _("No address of the pupil is on file.")
        protections = self.record.protections
        shown_id = self.current_row.id if self.current_row is not None else ""
        lives_here = bool(self.form.fields["lives_with"].reading().value)  # as it is typed now
        if any(protection.kind == ORDER and protection.contact_id == shown_id for protection in protections) or (
            not lives_here and home_withheld(self.record.pupil, self.record.contacts, protections)
        ):
            return _("The pupil’s address must be kept from this contact.")
        return ""

    def copy_address(self) -> None:
        """Type the pupil's address into the form, to be saved like anything typed: it stays when the pupil moves."""
        assert self.record is not None
        pupil = self.record.pupil
        self.form.take_draft({name: getattr(pupil, name) or "" for name in ADDRESS})

    def show_record(self, record: PupilRecord) -> None:
        super().show_record(record)
        step = act_for(self.context, record.pupil.id)
        if step is None or not record.contacts:  # a first contact is added by the button above
            self.next_act.offer("", ())
        else:
            self.next_act.offer(step[0], (step[1],))


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


_MANNER = PartDefinition(
    name=_("Family and other contacts"),
    add_words=_("&Add a contact"),
    new_title=_("New contact"),
    empty_words=_("No contact is on file"),
    sign="users",
    columns=_columns,
    rows_of=lambda record, _desk: record.contacts,
    title_of=lambda contact: contact.full_name,
    new_keys=lambda record, desk: {"order": max((contact.order or 0 for contact in record.contacts), default=0) + 1},
    add=lambda desk, contact: Changed.of("contact", ids=(contacts.add_contact(desk, contact).pupil_id,)),
    save=contacts.save_contact,
    spare={"order": 620, "relationship": 520},  # the telephone is what one looks for: it is the last to go
)


class ChecksPart(SeveralPart[DetailsCheck]):
    """Every answer to a data-check slip, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(DetailsCheck, today=desk.today, check=check_details_check, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _CHECK_MANNER, form, lambda check: check.id)


def _check_columns(part: SeveralPart[DetailsCheck]) -> Sequence[Column[DetailsCheck]]:
    return (
        Column("on", _("Checked on"), lambda check: short_date(check.on)),
        Column("checked_by", _("Who looked at it"), lambda check: check.checked_by, stretch=True),
        Column("answer", _("What they say"), lambda check: codelist("details_answer").label_of(check.answer), width=22, icon=_sign),
        Column("entered_on", _("Entered"), _entered),
    )


def _sign(check: DetailsCheck) -> str:
    return "warning" if check.waits else ""


def _entered(check: DetailsCheck) -> str:
    return _("waits") if check.waits else short_date(check.entered_on) if check.entered_on else ""


_CHECK_MANNER = PartDefinition[DetailsCheck](
    name=_("Family checks"),
    add_words=_("&Add a check"),
    new_title=_("Somebody has looked at what is held"),
    empty_words=_("Nobody of the family has looked at what is held yet. Print a data-check slip"),
    sign="checks",
    columns=_check_columns,
    rows_of=lambda record, desk: details_checks.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda check: check.checked_by,
    new_keys=lambda record, desk: {"on": desk.today, "channel": "phone"},
    add=details_checks.add,
    save=details_checks.save,
    spare={"entered_on": 520},
)
