"""Who moves house together: those on file at one address, as far as one household may be told of another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import fold
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil, address_lines, same_place


@dataclass(frozen=True, slots=True)
class PupilHome:
    """A pupil with the contacts, and the protections in force."""

    pupil: Pupil
    contacts: Sequence[Contact]
    protections: Sequence[Protection]

    @property
    def is_withheld(self) -> bool:
        """Whether where the pupil lives must be kept from somebody."""
        return home_withheld(self.pupil, self.contacts, self.protections)

    @property
    def open_contacts(self) -> list[Contact]:
        """The contacts without those whom an order names, or whose own address must be withheld."""
        apart = {protection.contact_id for protection in self.protections if protection.kind in (ORDER, ADDRESS_WITHHELD)}
        return [contact for contact in self.contacts if contact.id not in apart]


@dataclass(frozen=True, slots=True)
class Mover:
    """One record whose address would change. ``is_likely``: of the pupil's own family, as far as the file can tell."""

    record: Pupil | Contact
    pupil: Pupil
    is_likely: bool

    @property
    def id(self) -> str:
        return self.record.id


def movers_with(home: PupilHome, other_homes: Iterable[PupilHome]) -> list[Mover]:
    """Who may move with a pupil: the pupil, the contacts at the same address, and of other pupils those who live there too.

    Where somebody's address must be withheld, one household is never offered to another, neither this one nor theirs.
    """
    has_address = bool(address_lines(home.pupil))
    contacts_there = [
        Mover(contact, home.pupil, contact.lives_with is not False)
        for contact in home.open_contacts
        if has_address and same_place(contact, home.pupil) and (contact.lives_with or not home.is_withheld)
    ]
    movers = [Mover(home.pupil, home.pupil, is_likely=True), *contacts_there]
    if not has_address or home.is_withheld:
        return movers
    for other_home in other_homes:
        if not (other_home.is_withheld or any(protection.kind == ADDRESS_WITHHELD for protection in other_home.protections)):
            movers += _of_other(home, other_home)
    return movers


def _of_other(home: PupilHome, other_home: PupilHome) -> Iterator[Mover]:
    people = {_person(contact) for contact in home.contacts}
    is_family = fold(other_home.pupil.surname) == fold(home.pupil.surname) or any(
        _person(contact) in people for contact in other_home.contacts
    )
    lives_there = same_place(other_home.pupil, home.pupil)
    if lives_there:
        yield Mover(other_home.pupil, other_home.pupil, is_family)
    for contact in other_home.open_contacts:
        if same_place(contact, home.pupil) and (lives_there or _person(contact) in people):
            yield Mover(contact, other_home.pupil, is_family and contact.lives_with is not False)


def _person(contact: Contact) -> tuple[str, str]:
    return fold(contact.surname), fold(contact.forename or "")
