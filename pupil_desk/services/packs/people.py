"""Who may be named in the pack of one pupil: everyone the file knows, and how each stands to that pupil."""

from collections.abc import Iterator
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.name_forms import Detail, Person
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.redaction import Finder
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import policy
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import staff

NAMES = ("title", "forename", "surname")
"""Items of a contact's own record that name the contact: there it is known who is meant."""

_REACHED = ("address_1", "postcode", "phone", "mobile", "email")  # what is looked for in all texts
_LINES = ("address_1", "address_2", "postcode", "phone", "mobile", "email")
_ALL_LINES = (*_LINES, "locality", "town", "county")


def finder_for(desk: Desk, record: PupilRecord, asker: Contact | None) -> Finder:
    """Finds all others in the texts of a pupil's pack; who asks is not hidden from themselves."""
    everyone = store.people(desk.vault)
    own = _own(record.pupil, everyone)
    known = [_person(policy.OWN_FAMILY, asker.full_name, row) for row in everyone if asker is not None and row["kind"] == "contact" and row["id"] == asker.id]
    others = [row for row in everyone if asker is None or row["id"] != asker.id]
    return Finder([*_people(desk, record, others)], [*_details(record, asker)], own=own, known=known, common=policy.common_words())


def asker_of(record: PupilRecord, asker: str, contact_id: str | None) -> Contact | None:
    """The contact who asks for the copy: by the request's own word, else the one contact of that name."""
    found = [one for one in record.contacts if one.id == contact_id or fold(one.full_name) == fold(asker) or fold(f"{one.forename} {one.surname}") == fold(asker)]
    return next((one for one in found if one.id == contact_id), found[0] if len(found) == 1 else None)


def _own(pupil: Pupil, everyone: list[Any]) -> Person:
    """The pupil by every name that any of the person's records has."""
    rows = [row for row in everyone if row["kind"] == "pupil" and row["pupil_id"] == pupil.id]
    return Person(whose=policy.PUPIL, said=pupil.full_name, forenames=(*_of(rows, "forename", "preferred_forename"), *_middles(rows)),
                  surnames=_of(rows, "surname", "preferred_surname"), middles=_middles(rows))  # fmt: skip


def _of(rows: list[Any], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[name] for row in rows for name in names if row[name]))


def _middles(rows: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in (row["middle_names"] or "").split()))


def _people(desk: Desk, record: PupilRecord, everyone: list[Any]) -> Iterator[Person]:
    protected = {protection.contact_id for protection in record.protections if protection.contact_id}
    known = {_name_key(row) for row in everyone if row["kind"] == "contact" and row["pupil_id"] == record.pupil.id}
    for row in everyone:
        if row["kind"] == "pupil":
            if row["pupil_id"] != record.pupil.id:
                yield _person(policy.PUPIL, _("{name}, another pupil").format(name=_full(row)), row)
        elif row["pupil_id"] == record.pupil.id:
            yield _own_contact(row, protected=row["id"] in protected)
        elif _name_key(row) not in known:  # a parent of two pupils is one person
            professional = row["relationship"] in policy.professionals()
            said = _("{name}, a contact of another pupil").format(name=_full(row))
            yield _person(policy.PROFESSIONAL if professional else policy.OTHER_FAMILY, said, row, whole=professional)
    for member in staff.all_staff(desk.vault):
        *forenames, surname = member.name.split()
        said = _("{name}, who works here").format(name=member.name)
        yield Person(whose=policy.STAFF, said=said, forenames=(" ".join(forenames),) if forenames else (), surnames=(surname,))


def _own_contact(row: Any, *, protected: bool) -> Person:
    professional = row["relationship"] in policy.professionals()
    whose = policy.PROTECTED if protected else policy.PROFESSIONAL if professional else policy.OWN_FAMILY
    relationship = codelist("relationship").label_of(row["relationship"]).lower()
    said = _("{name}, {relationship} of the pupil").format(name=_full(row), relationship=relationship)
    return _person(whose, said, row, whole=professional)


def _person(whose: str, said: str, row: Any, *, whole: bool = False) -> Person:
    """``whole``: a surname that may be that of a surgery or an office is looked for as a whole alone."""
    return Person(whose=whose, said=said, forenames=_of([row], "forename", "preferred_forename"),
                  surnames=_of([row], "surname", "preferred_surname"), middles=_middles([row]), whole=whole)  # fmt: skip


def _full(row: Any) -> str:
    return " ".join(part for part in (row["forename"], row["surname"]) if part)


def _name_key(row: Any) -> tuple[str, str]:
    return fold(row["forename"] or ""), fold(row["surname"])


# -- where people can be reached


def _details(record: PupilRecord, asker: Contact | None) -> Iterator[Detail]:
    for contact in record.contacts:
        whose = whose_address(record, contact)
        if whose and contact != asker:
            yield from _reached(contact, whose, _("where {name} can be reached").format(name=contact.full_name))
    if home_is_withheld(record):
        yield from _reached(record.pupil, policy.PROTECTED, _("where the pupil can be reached, which is withheld"))


def _reached(of: Contact | Pupil, whose: str, said: str) -> Iterator[Detail]:
    for name in _REACHED:
        if text := getattr(of, name, None):
            yield Detail(whose=whose, said=said, text=text)


def home_is_withheld(record: PupilRecord) -> bool:
    """Whether where the pupil lives is under a protection."""
    return home_withheld(record.pupil, record.contacts, record.protections)


def whose_address(record: PupilRecord, contact: Contact) -> str:
    """The code under which a contact's address and numbers are marked; empty where they need no mark."""
    if any(protection.contact_id == contact.id for protection in record.protections):
        return policy.PROTECTED
    if contact.lives_with:
        return policy.PROTECTED if home_is_withheld(record) else ""
    return "" if contact.relationship in policy.professionals() else policy.DETAIL


def address_items(whose: str) -> tuple[str, ...]:
    """The items that say where someone can be reached. A town or county alone tells of nobody, unless a protection is in force."""
    return _ALL_LINES if whose == policy.PROTECTED else _LINES if whose else ()
