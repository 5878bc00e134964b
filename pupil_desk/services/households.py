"""To whom papers about chosen pupils go: households with a holder of parental responsibility, pupils from 16, and who is left out.

A contact under an order or restriction never gets one. An address that must be withheld is left out unless it is asked for.

Papers for many: one that has letters which no font has is left out and named, and all the others are made.

A paper about a pupil that is addressed to one household.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.typography.fonts import signs_missing
from pupil_desk.domain.consents.consent import is_adult
from pupil_desk.domain.notices.addressees import ENGLISH, Letter, addressees, home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, RULES, PaperKind, PaperVisibility, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, protections, pupils

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document


class Audience(Enum):
    """Whom a paper is for."""

    FAMILIES = "families"
    PUPILS = "pupils"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who gets none: of which pupil, who by name (empty for the pupil), and why, as a sentence goes on.

    ``unprintable`` is one who would get the paper, if a font had all its letters. ``part`` is that of the record in which it is put right.
    """

    pupil: Pupil
    name: str
    reason: str
    unprintable: bool = False
    part: str = "contacts"


@dataclass(frozen=True, slots=True)
class Households:
    """The letters by pupil's name, those among them that go to an address to be withheld, and who gets none."""

    letters: tuple[Letter, ...]
    kept_back: frozenset[Letter]
    left_out: tuple[LeftOut, ...]


def households(desk: Desk, ids: Collection[str], audience: Audience = Audience.FAMILIES, *, withheld: bool = False) -> Households:
    """The households of these pupils. ``withheld`` lets through addresses that must be kept from someone."""
    desk.require(Action.READ_RECORD)
    people, protections_by_pupil = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, desk.today)
    letters: list[Letter] = []
    kept_back: set[Letter] = set()
    left_out: list[LeftOut] = []
    for pupil in pupils.some(desk.vault, ids):
        pupil_letters, none = _of_pupil(desk, pupil, people[pupil.id], protections_by_pupil[pupil.id], audience)
        left_out += none
        for letter in pupil_letters:
            is_kept_back = _kept_back(letter, people[pupil.id], protections_by_pupil[pupil.id])
            if is_kept_back and not withheld and RULES[PaperKind.TO_A_HOME].shown is PaperVisibility.LEFT_OUT:
                left_out.append(LeftOut(pupil, letter.addressee, _("the address must be kept from someone"), part="protections"))
                continue
            letters.append(letter)
            if is_kept_back:
                kept_back.add(letter)
    return Households(tuple(letters), frozenset(kept_back), tuple(left_out))


def _of_pupil(
    desk: Desk, pupil: Pupil, people: Sequence[Contact], pupil_protections: Sequence[Protection], audience: Audience
) -> tuple[list[Letter], list[LeftOut]]:
    addressed = addressees(pupil, people, pupil_protections, desk.today)
    audience_letters = [
        letter for letter in addressed.letters if audience is Audience.BOTH or bool(letter.contacts) == (audience is Audience.FAMILIES)
    ]
    letters = [letter for letter in audience_letters if letter.address]
    none = [
        LeftOut(pupil, "", _("has no address on file"), part="details" if letter.at_home else "contacts")
        for letter in audience_letters
        if not letter.address
    ]
    if is_adult(pupil.dob, desk.today):
        if audience is Audience.FAMILIES:
            none.append(LeftOut(pupil, "", _("is 18 or over: nobody has parental responsibility"), part="details"))
    elif audience is not Audience.PUPILS:
        none += _families_without(pupil, people, pupil_protections, addressed.left_out)
    elif not audience_letters:
        none.append(LeftOut(pupil, "", _("is not 16 yet")))
    return letters, none


def _families_without(
    pupil: Pupil, people: Sequence[Contact], pupil_protections: Sequence[Protection], left_out: Sequence[tuple[Contact, str]]
) -> Iterator[LeftOut]:
    barred = {protection.contact_id for protection in pupil_protections if protection.kind == ORDER}
    for contact, reason in left_out:
        if contact.id in barred:
            yield LeftOut(pupil, contact.full_name, _("is under an order or restriction"), part="protections")
        else:
            yield LeftOut(pupil, contact.full_name, reason)
    if not any(contact.parental_responsibility for contact in people):
        yield LeftOut(pupil, "", _("nobody with parental responsibility is on file"))


def _kept_back(letter: Letter, people: Sequence[Contact], pupil_protections: Sequence[Protection]) -> bool:
    """Whether the address of the letter is one that must be withheld: of somebody whom it names, or the pupil's home."""
    named_ids = {contact.id for contact in letter.contacts}
    if any(protection.kind == ADDRESS_WITHHELD and protection.contact_id in named_ids for protection in pupil_protections):
        return True
    return letter.may_be_at_home and home_withheld(letter.pupil, people, pupil_protections)


def against(texts: Iterable[str]) -> str:
    """Why a paper with these texts cannot be printed, as a sentence goes on, with the letters; empty where it can."""
    signs = signs_missing(texts)
    return _("no font here has these characters: {signs}").format(signs=signs) if signs else ""


def left_out(letter: Letter, texts: Iterable[str]) -> LeftOut | None:
    """The household, or pupil, that gets none of a paper with these texts, because some cannot be printed; None where all can."""
    reason = against(texts)
    return LeftOut(letter.pupil, letter.addressee, reason, unprintable=True) if reason else None


def sorted_out(letters: Iterable[Letter]) -> tuple[list[Letter], list[LeftOut]]:
    """The letters whose own words, the names and the address, can be printed, and who is left out. What is the unit's own stands on all of them."""
    printable: list[Letter] = []
    not_printable: list[LeftOut] = []
    for letter in letters:
        unprintable = left_out(letter, _own_words(letter))
        if unprintable is None:
            printable.append(letter)
        else:
            not_printable.append(unprintable)
    return printable, not_printable


def _own_words(letter: Letter) -> Sequence[str]:
    pupil = letter.pupil
    return (*letter.names, *letter.address, letter.addressee, pupil.legal_name, pupil.full_name)


def unread(_stamp: str, _pdf: bytes) -> None:
    """Nothing is looked for in a paper that leaves nobody out."""


@dataclass(frozen=True, slots=True)
class HouseholdPaper:
    """One paper as a story, and the letter of the notice that it goes with; its file name says nothing but our reference.

    ``translated`` is the same in the ``language`` of the household, where there is a translation to be given: it goes first, on a sheet of its own, and
    ``translation`` is which, ``lang`` its code with the script it is written in. ``prove`` reads again what was made, with the stamp on it, and raises WrongUse where it tells what it must not.
    ``base_size`` is the size of its body text, in points; ``in_english_because`` says as a sentence goes on why it is in English alone though another language is wished.
    """

    letter: Letter
    story: Sequence[Block]
    title: str
    file_stem: str
    prove: Callable[[str, bytes], None] = unread
    language: str = ENGLISH
    translated: Sequence[Block] = ()
    translation: str | None = None
    lang: str = ""
    base_size: float = 12
    in_english_because: str = ""

    def documents(self, footer: str = "", stamp: str = "") -> "list[Document]":
        """The paper as documents of a file to print, each on a sheet of its own: in the language of the household first, then in English."""
        from pupil_desk.documents.pdf.page import Document

        english = Document(self.story, self.title, footer, stamp=stamp)
        return [Document(self.translated, self.title, footer, lang=self.lang, stamp=stamp), english] if self.translated else [english]

    def pdf(self, stamp: str = "") -> bytes:
        """The paper, read again. Raises CannotPrint, WrongUse."""
        from pupil_desk.documents.pdf.page import build_pdf, build_print_file

        data = (
            build_print_file(self.documents(stamp=stamp), title=self.title, base_size=self.base_size)
            if self.translated
            else build_pdf(self.story, title=self.title, stamp=stamp, base_size=self.base_size)
        )
        self.prove(stamp, data)
        return data
