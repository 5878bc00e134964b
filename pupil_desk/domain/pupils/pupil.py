"""A pupil: who they are, where they live, what they need.

Where a pupil lived before: the admission register keeps it, with the day from which the next address held (regulation 8(3)).
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.own_values import NOTHING, OwnValues, takes_own_fields

ADDRESS = ("address_1", "address_2", "locality", "town", "county", "postcode")
"""What an address is made of, of a pupil, a contact, or where a pupil lived before."""

_IDENTITY = Facts(Section.IDENTITY, Category.IDENTITY, Purpose.LEARNING, Basis.LEGAL_OBLIGATION)
_ADDRESS = Facts(Section.ADDRESS, Category.CONTACT_DETAILS, Purpose.CONTACT, Basis.LEGAL_OBLIGATION)
_CHARACTER = Facts(Section.CHARACTERISTICS, Category.CHARACTERISTICS, Purpose.QUALITY, Basis.LEGAL_OBLIGATION)
_POST_14 = Facts(Section.IDENTITY, Category.POST_14, Purpose.LEARNING, Basis.PUBLIC_TASK)
_STAY = Facts(Section.STAY, Category.STAYS, Purpose.LEARNING, Basis.LEGAL_OBLIGATION)
_ETHNIC = dataclasses.replace(_CHARACTER, special=Special.ETHNIC)
_NEEDS = Facts(Section.NEEDS, Category.NEEDS, Purpose.LEARNING, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="sen")
_WELFARE = Facts(Section.WELFARE, Category.WELFARE, Purpose.CARE, Basis.PUBLIC_TASK)
# What SI 2024/208 regulation 8 has the admission register show: its entries are kept as a register's are.
_REGISTER_NAME = dataclasses.replace(_IDENTITY, retention="register")
_NAME = dataclasses.replace(_IDENTITY, retention="name")  # what stays beside proof, so that it says whom it is about
_REGISTER_ADDRESS = dataclasses.replace(_ADDRESS, retention="register")
_REGISTER_SEX = dataclasses.replace(_CHARACTER, retention="register")
_REGISTER_SCHOOL = dataclasses.replace(_STAY, retention="register")
_GROUPS = dataclasses.replace(_STAY, basis=Basis.PUBLIC_TASK)
_MEDICAL = dataclasses.replace(_WELFARE, category=Category.MEDICAL, special=Special.HEALTH)


@takes_own_fields("pupil")
@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One pupil. ``id`` is ours and never changes; a UPN can be wrong, temporary or missing. ``ref`` is the short number for people."""

    id: str = ""
    ref: str = ""
    surname: str = item(
        _("Legal surname"), Kind.NAME, facts=_NAME, required=True, heads=("surname", "family name", "last name", "legal last name")
    )
    forename: str = item(
        _("Legal forename"),
        Kind.NAME,
        facts=_NAME,
        required=True,
        heads=("forename", "first name", "given name", "forenames", "legal first name"),
    )
    middle_names: str | None = item(
        _("Middle names"), Kind.NAME, facts=_REGISTER_NAME, heads=("middle name", "middle name(s)", "middle name s")
    )
    preferred_surname: str | None = item(
        _("Preferred surname"), Kind.NAME, facts=_IDENTITY, heads=("known as surname", "chosen surname", "preferred last name")
    )
    preferred_forename: str | None = item(
        _("Preferred forename"),
        Kind.NAME,
        facts=_IDENTITY,
        heads=("chosen name", "known as", "preferred name", "chosen forename", "preferred first name"),
    )
    dob: date = item(_("Date of birth"), Kind.DATE, facts=_NAME, required=True, heads=("date of birth", "birth date", "d o b"))
    upn: str | None = item(
        _("UPN"), Kind.UPN, facts=_IDENTITY, heads=("unique pupil number", "pupil upn"), hint=_("13 characters, such as Y919110026001")
    )
    former_upn: str | None = item(_("Former UPN"), Kind.UPN, facts=_IDENTITY, heads=("previous upn",))
    uln: str | None = item(
        _("ULN"), Kind.ULN, facts=_POST_14, heads=("unique learner number",), hint=_("10 digits, given from the age of 14")
    )
    sex: str | None = item(_("Sex"), Kind.CODE, codes="sex", facts=_REGISTER_SEX, heads=("gender", "legal sex"))
    ethnicity: str | None = item(
        _("Ethnic group"), Kind.CODE, codes="ethnicity", facts=_ETHNIC, heads=("ethnicity code", "ethnicity", "ethnic code")
    )
    ethnicity_source: str | None = item(
        _("Ethnic group: who said so"),
        Kind.CODE,
        codes="ethnicity_source",
        facts=_CHARACTER,
        heads=("ethnicity source", "source of ethnicity"),
    )
    first_language: str | None = item(
        _("First language"), Kind.CODE, codes="language", facts=_CHARACTER, heads=("language", "home language", "first language code")
    )
    address_1: str | None = item(
        _("Address line 1"), Kind.NAME, facts=_REGISTER_ADDRESS, heads=("home address", "address line 1", "street", "address")
    )
    address_2: str | None = item(_("Address line 2"), Kind.NAME, facts=_REGISTER_ADDRESS, heads=("address line 2",))
    locality: str | None = item(_("Locality"), Kind.NAME, facts=_REGISTER_ADDRESS, heads=("district", "village"))
    town: str | None = item(_("Town"), Kind.NAME, facts=_REGISTER_ADDRESS, heads=("post town", "city", "town or city"))
    county: str | None = item(_("County"), Kind.NAME, facts=_REGISTER_ADDRESS, heads=("administrative area",))
    postcode: str | None = item(_("Postcode"), Kind.POSTCODE, facts=_REGISTER_ADDRESS, heads=("post code",))
    phone: str | None = item(
        _("Telephone"),
        Kind.PHONE,
        facts=_ADDRESS,
        heads=("telephone number", "phone", "home telephone", "main telephone", "phone number", "home phone"),
        second_heads=(
            "mobile",
            "mobile number",
            "mobile phone",
            "mobile telephone",
            "student mobile",
            "pupil mobile",
            "telephone 2",
            "phone 2",
        ),
    )
    email: str | None = item(
        _("E-mail"),
        Kind.EMAIL,
        facts=_ADDRESS,
        heads=("email", "email address", "e mail address", "student email", "pupil email"),
        second_heads=("home email", "home email address", "personal email", "email 2", "second email"),
    )
    year_group: str | None = item(
        _("Year group"),
        Kind.CODE,
        codes="year_group",
        facts=_STAY,
        heads=("nc year", "year", "national curriculum year", "nc year actual", "year grp"),
    )
    tutor_group: str | None = item(
        _("Tutor group"), Kind.TEXT, facts=_GROUPS, heads=("registration group", "reg group", "form group", "tutor grp"), longest=60
    )
    site: str | None = item(_("Site"), Kind.TEXT, facts=_GROUPS, heads=("campus", "centre site"), longest=60)
    subject_sets: str | None = item(
        _("Subject sets"),
        Kind.TEXT,
        facts=_GROUPS,
        heads=("subject set", "teaching sets", "teaching set"),
        hint=_("Several with a comma between them, such as Maths 2, English 1"),
    )
    previous_school: str | None = item(
        _("Previous school"), Kind.SCHOOL, facts=_REGISTER_SCHOOL, heads=("last school", "previous school dfe number")
    )
    sen_provision: str | None = item(
        _("SEN provision"),
        Kind.CODE,
        codes="sen_provision",
        facts=_NEEDS,
        heads=("sen status", "sen provision code", "send status", "send status code"),
        hint=_("In force today; other days stand under Needs and care"),
    )
    sen_need_1: str | None = item(
        _("Main need"), Kind.CODE, codes="sen_need", facts=_NEEDS, heads=("primary sen need", "primary need", "sen need 1", "sen type")
    )
    sen_need_2: str | None = item(
        _("Second need"), Kind.CODE, codes="sen_need", facts=_NEEDS, heads=("secondary sen need", "secondary need", "sen need 2")
    )
    medical: str | None = item(
        _("Medical notes"), Kind.LINES, facts=_MEDICAL, heads=("medical", "medical conditions", "medical information")
    )
    looked_after: bool | None = item(
        _("Looked after by an authority"),
        Kind.YES_NO,
        facts=_WELFARE,
        heads=("looked after", "in care", "child looked after", "is looked after", "in lea care"),
    )
    care_authority: str | None = item(
        _("Caring authority"),
        Kind.AUTHORITY,
        facts=_WELFARE,
        heads=("care authority", "lea care authority"),
        hint=_("3 digits, such as 919"),
    )
    service_child: str | None = item(
        _("Service child"), Kind.CODE, codes="service_child", facts=_WELFARE, heads=("service child in education",)
    )
    young_carer: str | None = item(_("Young carer"), Kind.CODE, codes="young_carer", facts=_WELFARE)
    plaa: str | None = item(
        _("Post looked-after arrangements"),
        Kind.CODE,
        codes="plaa",
        facts=_WELFARE,
        heads=("plaa", "post looked after arrangements"),
        hint=_("What the family has told us; for the school census and the premium"),
    )
    kinship_care: str | None = item(
        _("Kinship care"),
        Kind.CODE,
        codes="kinship_care",
        facts=_WELFARE,
        heads=("kinship care", "kinship"),
        hint=_("What the family has told us"),
    )
    own: OwnValues = NOTHING

    @property
    def full_name(self) -> str:
        """The name the pupil goes by, for the screen: preferred forename and surname where there are any."""
        return f"{self.preferred_forename or self.forename} {self.preferred_surname or self.surname}"

    @property
    def surname_first(self) -> str:
        """As lists are ordered: «Quill, Ada», by the preferred forename where there is one."""
        return f"{self.surname}, {self.preferred_forename or self.forename}"

    @property
    def legal_name(self) -> str:
        """Legal forename and surname, for papers."""
        return f"{self.forename} {self.surname}"

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address that there are, the postcode last."""
        return address_lines(self)


def address_lines(record: object) -> tuple[str, ...]:
    """The filled lines of a pupil's or contact's address, the postcode last."""
    return tuple(line for name in ADDRESS if (line := getattr(record, name)))


def same_place(home: Any, other_home: Any) -> bool:
    """Whether two pupils or contacts have one address: one house, and no two second lines that differ, which may be flats of it."""
    lines = {fold(record.address_2) for record in (home, other_home) if record.address_2}
    return house_key(home) == house_key(other_home) and len(lines) < 2


def house_key(record: Any) -> tuple[str, ...]:
    """What tells one house from another, whichever flat: first line and postcode where there are both, else every line there is."""
    if record.address_1 and record.postcode:
        return (fold(record.address_1), record.postcode)
    return tuple(map(fold, address_lines(record)))


_BEFORE = Facts(
    Section.ADDRESS, Category.CONTACT_DETAILS, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="register"
)  # SI 2024/208 regulation 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAddress:
    """One earlier address of one pupil, as it was; never edited. ``moved_on`` is the day from which another one held."""

    id: str = ""
    pupil_id: str = ""
    address_1: str | None = item(_("Address line 1"), Kind.NAME, facts=_BEFORE)
    address_2: str | None = item(_("Address line 2"), Kind.NAME, facts=_BEFORE)
    locality: str | None = item(_("Locality"), Kind.NAME, facts=_BEFORE)
    town: str | None = item(_("Town"), Kind.NAME, facts=_BEFORE)
    county: str | None = item(_("County"), Kind.NAME, facts=_BEFORE)
    postcode: str | None = item(_("Postcode"), Kind.POSTCODE, facts=_BEFORE)
    moved_on: date | None = item(_("Moved on"), Kind.DATE, facts=_BEFORE, hint=_("From then on another address holds"))
    told_by: str | None = item(_("Who told us of the move"), Kind.NAME, facts=_BEFORE)

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines of the address that there are, the postcode last."""
        return address_lines(self)


@dataclass(frozen=True, slots=True)
class Move:
    """The day from which another address holds, and who told us, as far as that is known."""

    on: date
    told_by: str | None = None


def left_behind(old: Pupil, move: Move) -> FormerAddress:
    """The address that a pupil had, as one of the past."""
    lines = {name: getattr(old, name) for name in ADDRESS}
    return FormerAddress(pupil_id=old.id, moved_on=move.on, told_by=move.told_by, **lines)


def has_moved(old: Pupil, new: Pupil) -> bool:
    """Whether another address is more than a correction: both have a postcode, and another one."""
    return bool(old.postcode and new.postcode) and old.postcode != new.postcode


def address_differs(old: Pupil, new: Pupil) -> bool:
    """Whether anything of the address is other than it was, there having been one."""
    return bool(address_lines(old)) and any(getattr(old, name) != getattr(new, name) for name in ADDRESS)
