"""To whom the privacy notice is due: households, holders of parental responsibility, and pupils from 16."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.consents.consent import ADULT
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil, house_key, same_place
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM

_ENVELOPE_LINE = 44  # characters of 11 point in the 90 mm of a window

_NOTICE = Facts(Section.NOTICES, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure")

ENGLISH, STANDARD, PUPIL = "en", "standard", "pupil"
WHOLE = frozenset({STANDARD, "large"})
"""Layouts that say all that the law asks. Another goes with one of them, and does not stand for it."""


EDITION_NAME = _("{day}, number {number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the notice. The digests say of what it was made, so that a later one can say why it is new."""

    id: str
    number: int
    made_on: date
    digest: str
    wording: str
    unit: str
    catalogue: str
    recipients: str

    @property
    def name(self) -> str:
        """«24 November 2026, number 3»."""
        return self.name_in(EDITION_NAME)

    def name_in(self, words: str) -> str:
        """The same in the words of a paper."""
        return words.format(day=show_date(self.made_on), number=self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssue:
    """One notice given to one person. ``contact_id`` is None when it was the pupil's own. Never edited."""

    id: str = ""
    pupil_id: str = ""
    edition_id: str = ""
    contact_id: str | None = None
    given_to: str = item(_("Given to"), Kind.NAME, facts=_NOTICE, required=True, longest=255)
    on: date = item(_("Given on"), Kind.DATE, facts=_NOTICE, required=True)
    channel: str = item(_("How it was given"), Kind.CODE, codes="notice_channel", facts=_NOTICE, required=True)
    language: str = item(_("Language of the notice"), Kind.CODE, codes="notice_language", facts=_NOTICE, default=ENGLISH)
    variant: str = item(_("Kind of notice"), Kind.CODE, codes="notice_variant", facts=_NOTICE, default=STANDARD)

    @property
    def whole(self) -> bool:
        """Whether it says all that the law asks, so that whoever has it has been told."""
        return self.variant in WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAcknowledgement:
    """Somebody has said that they have an edition. ``contact_id`` is None for the pupil; ``form_id`` is the slip, if it was one. Never edited."""

    id: str = ""
    pupil_id: str = ""
    edition_id: str = ""
    contact_id: str | None = None
    acknowledged_by: str = item(_("Who says that they have it"), Kind.NAME, facts=_NOTICE, required=True, longest=255)
    on: date = item(_("Said on"), Kind.DATE, facts=_NOTICE, required=True)
    channel: str = item(_("How it was said"), Kind.CODE, codes="channel", facts=_NOTICE, required=True)
    form_id: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One notice to one household, or to the pupil (``contacts`` empty). ``address`` is that household's, never another's."""

    pupil: Pupil
    contacts: tuple[Contact, ...]
    address: tuple[str, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Whom the letter names, each by name."""
        return tuple(contact.full_name for contact in self.contacts) or (self.pupil.legal_name,)

    @property
    def addressee(self) -> str:
        """The same in one line."""
        return _(" and ").join(self.people)

    @property
    def names(self) -> tuple[str, ...]:
        """The same in as many lines as the window of an envelope needs: one, or one each where the names are long."""
        if len(self.addressee) <= _ENVELOPE_LINE or not self.contacts:
            return (self.addressee,)
        *earlier, last = self.people
        return (*(_("{name} and").format(name=name) for name in earlier), last)

    @property
    def language(self) -> str:
        """The language that everybody it names would like to be written to in; empty where they differ, or nothing is known."""
        wished = {contact.language or "" for contact in self.contacts}
        return wished.pop() if len(wished) == 1 else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that those it names would like, each once, by code; empty text first where none is entered of one of them."""
        return tuple(sorted({contact.language or "" for contact in self.contacts}))

    @property
    def at_home(self) -> bool:
        """Whether it goes to where the pupil lives."""
        return not self.contacts or same_place(_fullest_home(self.pupil, self.contacts), self.pupil)

    @property
    def may_be_at_home(self) -> bool:
        """Whether it may go to where the pupil lives: to that house, whichever flat of it."""
        return not self.contacts or _may_be_at_home(self.pupil, self.contacts[0])


@dataclass(frozen=True, slots=True)
class Addressees:
    """Everyone of one pupil to whom a notice is due: the letters, and those who get none, with the reason in words."""

    letters: tuple[Letter, ...]
    left_out: tuple[tuple[Contact, str], ...] = field(default=())
    nobody: bool = False


CARERS = frozenset({"CAR", "FOF", "FOM", "PAF", "PAM", "STF", "STM"})
"""Relationships that come with the care of a pupil who lives with them: a parent to the Education Act 1996, section 576(1)(b)."""


def parents_of(contacts: Iterable[Contact]) -> list[Contact]:
    """The parents to the Education Act 1996, section 576: who has parental responsibility, and who has the care of a pupil with whom none of them lives."""
    contacts = list(contacts)
    holders = [contact for contact in contacts if contact.parental_responsibility]
    if any(holder.lives_with for holder in holders):
        return holders
    return holders + [
        contact for contact in contacts if contact.lives_with and contact.relationship in CARERS and not contact.parental_responsibility
    ]


def addressees(
    pupil: Pupil,
    contacts: Sequence[Contact],
    protections: Iterable[Protection],
    day: date,
    *,
    carers: bool = False,
    without_address: bool = False,
) -> Addressees:
    """The households with a holder of parental responsibility, one letter each; from 16 the pupil too, and from 18 the pupil alone.

    ``protections`` are those that count. A contact under an order gets none. ``parental_responsibility`` not known counts as no.
    ``carers``: also who has the care of a pupil with whom no holder of it lives, such as a foster mother; these are parents of one of 18 too. ``without_address``: who has none
    on file has a letter all the same, to be handed over or sent by e-mail.
    """
    barred = {p.contact_id for p in protections if p.kind == ORDER and p.contact_id}
    households: list[list[Contact]] = []
    left_out: list[tuple[Contact, str]] = []
    age = age_on(pupil.dob, day)
    holders = parents_of(contacts) if carers else [contact for contact in contacts if contact.parental_responsibility and age < ADULT]
    for holder in holders:
        address = _home(pupil, holder).address_lines
        if holder.id in barred:
            left_out.append((holder, _("under an order or restriction: gets no notice")))
        elif not address and not without_address:
            left_out.append((holder, _("has no address on file")))
        else:
            household = next((group for group in households if all(_is_one_home(pupil, holder, resident) for resident in group)), None)
            if household is None:
                households.append(household := [])
            household.append(holder)
    letters = [Letter(pupil=pupil, contacts=tuple(group), address=_fullest_home(pupil, group).address_lines) for group in households]
    of_age = age >= OWN_WORD_FROM
    if of_age:
        letters.append(Letter(pupil=pupil, contacts=(), address=pupil.address_lines))
    return Addressees(tuple(letters), tuple(left_out), nobody=not holders and not of_age)


def home_withheld(pupil: Pupil, contacts: Iterable[Contact], protections: Iterable[Protection]) -> bool:
    """Whether where the pupil lives must be withheld: for the pupil's sake, or for a contact's who lives there."""
    protected = {p.contact_id for p in protections if p.kind == ADDRESS_WITHHELD}
    return None in protected or any(contact.id in protected and _may_be_at_home(pupil, contact) for contact in contacts)


def _may_be_at_home(pupil: Pupil, contact: Contact) -> bool:
    return bool(contact.lives_with) or house_key(contact) == house_key(pupil)


def _is_one_home(pupil: Pupil, holder: Contact, resident: Contact) -> bool:
    home, other_home = _home(pupil, holder), _home(pupil, resident)
    return home is other_home or (bool(home.address_lines) and same_place(home, other_home))


def _fullest_home(pupil: Pupil, residents: Sequence[Contact]) -> Pupil | Contact:
    """Of those who share a home, the record that says most of where it is: the flat before all, where one of them has it."""
    return max((_home(pupil, resident) for resident in residents), key=lambda home: (bool(home.address_2), len(home.address_lines)))


def _home(pupil: Pupil, contact: Contact) -> Pupil | Contact:
    """Whose record has the address at which a contact is."""
    return pupil if contact.lives_with else contact
