"""Parents, carers and others to reach about a pupil. Never merged across pupils."""

import dataclasses
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.own_values import NOTHING, OwnValues, takes_own_fields
from pupil_desk.domain.pupils.pupil import Pupil, address_lines

_CONTACT = Facts(Section.CONTACTS, Category.FAMILY, Purpose.CONTACT, Basis.LEGAL_OBLIGATION)
_NAME = dataclasses.replace(_CONTACT, retention="name")  # what stays beside proof of what they said or were told
_REGISTER = dataclasses.replace(_CONTACT, retention="register")  # what the admission register shows of a parent

_SECOND_NUMBERS = (
    "work telephone",
    "work phone",
    "day telephone",
    "daytime telephone",
    "daytime phone",
    "telephone 2",
    "phone 2",
    "second telephone",
    "other telephone",
    "other phone",
    "alternative telephone",
    "tel 2",
    "work tel",
    "day tel",
)


@takes_own_fields("contact")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact of one pupil. ``parental_responsibility`` left empty is not known, and counts as no."""

    id: str = ""
    pupil_id: str = ""
    surname: str = item(_("Surname"), Kind.NAME, facts=_NAME, required=True, heads=("contact surname", "surname"))
    relationship: str = item(
        _("Relationship"), Kind.CODE, codes="relationship", facts=_NAME, required=True, heads=("relationship", "relationship to pupil")
    )
    order: int | None = item(
        _("Order"), Kind.NUMBER, facts=_CONTACT, heads=("priority", "contact order", "contact priority"), hint=_("1 is called first")
    )
    title: str | None = item(_("Title"), Kind.NAME, facts=_NAME, heads=("contact title",))
    forename: str | None = item(_("Forename"), Kind.NAME, facts=_NAME, heads=("contact forename", "first name"))
    parental_responsibility: bool | None = item(
        _("Has parental responsibility"), Kind.YES_NO, facts=_CONTACT, heads=("parental responsibility",)
    )
    lives_with: bool | None = item(_("Lives with the pupil"), Kind.YES_NO, facts=_CONTACT, heads=("lives with pupil", "lives with"))
    phone: str | None = item(
        _("Telephone"),
        Kind.PHONE,
        facts=_REGISTER,
        heads=(
            "main telephone",
            "home telephone",
            "contact telephone",
            "telephone number",
            "home phone",
            "main phone",
            "phone number",
            "home tel",
            "main tel",
            "tel",
            "tel 1",
        ),
        second_heads=_SECOND_NUMBERS,
    )
    mobile: str | None = item(
        _("Mobile"),
        Kind.PHONE,
        facts=_REGISTER,
        heads=("mobile telephone", "mobile phone", "mobile number", "mobile tel"),
        second_heads=("mobile 2", "second mobile", "other mobile", "work mobile", *_SECOND_NUMBERS),
    )
    email: str | None = item(
        _("E-mail"),
        Kind.EMAIL,
        facts=_CONTACT,
        heads=("contact email", "email address", "email", "primary email", "home email", "personal email"),
        second_heads=("work email", "email 2", "second email", "secondary email", "other email", "work email address"),
    )
    language: str | None = item(
        _("Language to write in"),
        Kind.CODE,
        codes="notice_language",
        facts=_CONTACT,
        heads=("preferred language", "language", "contact language", "correspondence language"),
    )
    address_1: str | None = item(_("Address line 1"), Kind.NAME, facts=_REGISTER, heads=("home address", "address"))
    address_2: str | None = item(_("Address line 2"), Kind.NAME, facts=_REGISTER)
    locality: str | None = item(_("Locality"), Kind.NAME, facts=_REGISTER, heads=("district",))
    town: str | None = item(_("Town"), Kind.NAME, facts=_REGISTER, heads=("post town", "city"))
    county: str | None = item(_("County"), Kind.NAME, facts=_REGISTER)
    postcode: str | None = item(_("Postcode"), Kind.POSTCODE, facts=_REGISTER, heads=("post code",))
    own: OwnValues = NOTHING

    @property
    def full_name(self) -> str:
        """Title, forename and surname, as far as there are any."""
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of an address of their own; one who lives with the pupil is at the pupil's."""
        return address_lines(self)


def home_of(contact: Contact, pupil: Pupil) -> Contact | Pupil:
    """Whose record holds the address at which a contact lives: their own, or the pupil's where they live with the pupil and have none of their own.

    The admission register has the address of each parent, and beside it with whom the pupil lives: with both, perhaps, in two homes (SI 2024/208, regulation 8).
    """
    return pupil if contact.lives_with and not contact.address_lines else contact
