"""Who asks for a copy: as the request that it answers stands now, else by the name that the copy was begun for."""

from dataclasses import dataclass

from pupil_desk.basics.text import fold
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.requests.case import Capacity, RequestCase
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.domain.requests.redaction import NameFinder
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import requests


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a contact of the pupil's, the pupil, or neither.

    ``changed_to`` is who asks now, where the request was put right after the copy was begun for another: it is written for nobody then.
    """

    contact: Contact | None = None
    is_pupil: bool = False
    changed_to: str = ""

    def home_kept(self, record: PupilRecord) -> people.HomeKept:
        """How where the pupil lives is kept from who asks."""
        return people.home_kept(record, self.readers, home_told=self.is_pupil)

    def finder(self, desk: Desk, record: PupilRecord) -> NameFinder:
        """What finds whoever is not told to who asks."""
        return people.finder_for(desk, record, self.readers, home_told=self.is_pupil)

    @property
    def readers(self) -> tuple[Contact, ...]:
        """From whom the asker's own name and address are not hidden."""
        return (self.contact,) if self.contact else ()


def asker_of_copy(desk: Desk, pack: PackBegun, record: PupilRecord) -> Asker:
    """Who asks for a copy that is under way."""
    case = requests.get(desk.vault, pack.case_id) if pack.case_id else None
    if case is None:
        return _by_name(record, pack.asker)
    asker = asker_of_case(desk, record, case)
    return Asker(asker.contact, asker.is_pupil, changed_to="" if is_for_who_asks(desk, pack, case) else case.requester)


def is_for_who_asks(desk: Desk, pack: PackBegun, case: RequestCase) -> bool:
    """Whether a copy was begun for whoever asks by its request as it stands."""
    begun_for = store.case_when_begun(desk.vault, pack.id)
    return begun_for is None or all(getattr(begun_for, name) == getattr(case, name) for name in _WHO_ASKS)


_WHO_ASKS = ("requester", "contact_id", "capacity")


def asker_of_case(desk: Desk, record: PupilRecord, case: RequestCase) -> Asker:
    """Who asks by a request's own word; by name only where it names no contact, and is not the pupil's own."""
    if case.contact_id:
        kept_ids = {contact.id: kept_id for contact, kept_id in people.told_contacts(desk, record)}
        return Asker(next((contact for contact in record.contacts if contact.id == kept_ids.get(case.contact_id)), None))
    if case.capacity == Capacity.PUPIL:
        return Asker(is_pupil=True)
    return Asker(_contact_named(record, case.requester))


def _by_name(record: PupilRecord, name: str) -> Asker:
    """Whose request it is cannot be told by a name that the pupil and a contact bear."""
    if fold(name) in (fold(record.pupil.legal_name), fold(record.pupil.full_name)):
        return Asker(is_pupil=not _contacts_named(record, name))
    return Asker(_contact_named(record, name))


def _contact_named(record: PupilRecord, name: str) -> Contact | None:
    """The one contact of that name."""
    matches = _contacts_named(record, name)
    return matches[0] if len(matches) == 1 else None


def _contacts_named(record: PupilRecord, name: str) -> list[Contact]:
    return [
        contact for contact in record.contacts if fold(name) in (fold(contact.full_name), fold(f"{contact.forename} {contact.surname}"))
    ]
