"""Who may be named in the pack of one pupil: everyone the file knows, and how each stands to that pupil.

What is proposed of whose name: data (``resources/codes/redaction.toml``), and never more than a proposal where a person is there to decide.

Where a pupil in care lives, and with whom, is told to the pupil, the carers and the authority. Of a parent it is for the authority to say: it must
keep parents informed of the child's whereabouts unless that would prejudice the child's welfare (Children Act 1989, schedule 2, paragraph 15; sure:
medium, as it binds the authority and is silent on a unit that was asked for a copy), so that it is withheld until the authority agrees.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.name_forms import Detail, NamedPerson
from pupil_desk.domain.pupils.pupil import FormerAddress, Pupil
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.requests.redaction import TITLES, NameFinder
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.rows import merging
from pupil_desk.store.tables import addresses, contacts, staff
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import pupils as pupils_store

WORD, HAND, DETAIL, PROTECTED, IN_CARE, STAFF = "word", "hand", "own-contact-detail", "protected", "in-care", "staff"
GROUND, KEPT_FROM_FAMILY, CONTACT_FIELD, SHARED = "ground", "kept-from-family", "contact-field", "shared-account"
PUPIL, OTHER_FAMILY, OWN_FAMILY, PROFESSIONAL = "pupil", "other-family", "own-family", "professional"
DETAILS = frozenset({DETAIL, PROTECTED, IN_CARE, GROUND, KEPT_FROM_FAMILY, CONTACT_FIELD, SHARED})
"""Of which the words tell only together, as an address line does."""
SECRET = frozenset({PROTECTED, IN_CARE})
"""Under which an address is marked to its last line, and a contact by name."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")


@dataclass(frozen=True, slots=True)
class RedactionRule:
    """Of one kind of person: in words, what is proposed to a person, what is done without one, and why."""

    code: str
    label: str
    proposed: PlaceVerdict
    alone: PlaceVerdict
    why: str


@by_rules
def rules() -> dict[str, RedactionRule]:
    """By the code of the list «redaction»."""
    codes = _data()["codes"]
    return {
        code: RedactionRule(code, facts["label"], PlaceVerdict(facts["proposed"]), PlaceVerdict(facts["alone"]), facts["why"])
        for code, facts in codes.items()
    }


@by_rules
def professionals() -> frozenset[str]:
    """Relationships of those who act for the pupil in their work."""
    return frozenset(_data()["professionals"])


def _data() -> dict[str, Any]:
    return rule_data("codes", "redaction.toml")


def rule_for(codes: Collection[str]) -> RedactionRule:
    """Of several who could be meant, the rule that protects most; of those the first."""
    candidates = [rules()[code] for code in codes]
    return min(candidates, key=lambda rule: (rule.proposed is not PlaceVerdict.WITHHOLD, rule.alone is not PlaceVerdict.WITHHOLD))


@cache
def common_words() -> frozenset[str]:
    """Words that are no name by themselves, small as they stand in a text."""
    lists = [resource("words", name).read_text(encoding="utf-8").split() for name in ("passphrase.txt", "name_or_word.txt")]
    return frozenset(word.lower() for words in lists for word in words) | frozenset(_MONTHS)


@dataclass(frozen=True, slots=True)
class HomeKept:
    """How where the pupil lives is kept from who is given a paper: the code under which it is marked, and in words what it is; empty where it is told.

    ``carers`` are the contacts of a pupil in care whose names are marked with it; ``readers_own`` is what the readers' own records say of their
    homes, which is nobody else's where the pupil lived there before.
    """

    code: str = ""
    said: str = ""
    carers: frozenset[str] = frozenset()
    readers_own: frozenset[str] = frozenset()

    def is_readers_own(self, text: str) -> bool:
        """Whether it is an address line or a number of who reads it."""
        return fold(text) in self.readers_own


_SOCIAL_WORKER, _FOSTER_CARERS = "SWR", frozenset({"CAR", "FOF", "FOM"})

NAMES = ("forename", "surname")
"""Items of a contact's own record that name the contact: there it is known who is meant. A title alone names nobody."""

_REACHED = ("address_1", "postcode", "phone", "mobile", "email")  # what is looked for in all texts
_LINES = ("address_1", "address_2", "postcode", "phone", "mobile", "email")
ALL_LINES = (*_LINES, "locality", "town", "county")


def finder_for(
    desk: Desk,
    record: PupilRecord,
    readers: Collection[Contact],
    further: Iterable[NamedPerson] = (),
    details: Iterable[Detail] = (),
    *,
    home_told: bool = False,
) -> NameFinder:
    """Finds all others in what a pupil's own are given: a pack, a report. Who reads it is not hidden from themselves; ``home_told`` as of ``home_kept``.

    ``further`` are people whom the file does not know, ``details`` where others can be reached, beside the pupil's own contacts.
    """
    rows = store.people(desk.vault)
    own_person = _pupil_person(record.pupil, rows)
    names = {contact.id: contact.full_name for contact in readers}
    home = home_kept(record, readers, home_told=home_told)
    not_hidden = [_person(OWN_FAMILY, names[row["id"]], row) for row in rows if row["kind"] == "contact" and row["id"] in names]
    return NameFinder(
        [*_people(desk, record, rows, names, home), *further],
        [*_details(desk, record, readers, home), *details],
        pupil=own_person,
        not_hidden=not_hidden,
        common=common_words(),
    )


def another_pupil(name: str) -> str:
    """How it is said that a place names a pupil of that name."""
    return _("{name}, another pupil").format(name=name)


def pupil_named(desk: Desk, pupil: Pupil) -> NamedPerson:
    """A pupil by every name that any of the person's records has."""
    return _pupil_person(pupil, store.people(desk.vault))


def _pupil_person(pupil: Pupil, all_rows: list[Any]) -> NamedPerson:
    rows = [row for row in all_rows if row["kind"] == "pupil" and row["pupil_id"] == pupil.id]
    return NamedPerson(
        whose=PUPIL,
        said=pupil.full_name,
        forenames=(*_values_of(rows, "forename", "preferred_forename"), *_middles(rows)),
        surnames=_values_of(rows, "surname", "preferred_surname"),
        middles=_middles(rows),
    )


def _values_of(rows: list[Any], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[name] for row in rows for name in names if row[name]))


def _middles(rows: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in (row["middle_names"] or "").split()))


def _people(desk: Desk, record: PupilRecord, rows: list[Any], reader_ids: Collection[str], home: HomeKept) -> Iterator[NamedPerson]:
    known_names = {_name_key(row) for row in rows if row["kind"] == "contact" and row["pupil_id"] == record.pupil.id}
    for row in (row for row in rows if row["id"] not in reader_ids):
        if row["kind"] == "pupil":
            if row["pupil_id"] != record.pupil.id:
                yield _person(PUPIL, another_pupil(_full(row)), row)
        elif row["pupil_id"] == record.pupil.id:
            yield _own_contact(row, whose_name(record, row["id"], home))
        elif _name_key(row) not in known_names:  # a parent of two pupils is one person
            professional = row["relationship"] in professionals()
            label = _("{name}, a contact of another pupil").format(name=_full(row))
            yield _person(PROFESSIONAL if professional else OTHER_FAMILY, label, row, whole_only=professional)
    for member in staff.all_staff(desk.vault):
        yield who_works_here(member.name)


def who_works_here(name: str) -> NamedPerson:
    """Somebody of the unit, by a name of one word or more, a title before it or not."""
    words = name.split()
    *forenames, surname = words[1:] if len(words) > 1 and fold(words[0]) in TITLES else words
    label = _("{name}, who works here").format(name=name)
    return NamedPerson(whose=STAFF, said=label, forenames=(" ".join(forenames),) if forenames else (), surnames=(surname,))


def _own_contact(row: Any, secret: str) -> NamedPerson:
    """``secret``: the code under which the name is marked whoever the contact is, or none."""
    professional = row["relationship"] in professionals()
    owner = secret or (PROFESSIONAL if professional else OWN_FAMILY)
    relationship = codelist("relationship").label_of(row["relationship"]).lower()
    label = _("{name}, {relationship} of the pupil").format(name=_full(row), relationship=relationship)
    return _person(owner, label, row, whole_only=professional)


def _person(owner: str, label: str, row: Any, *, whole_only: bool = False) -> NamedPerson:
    """``whole_only``: a surname that may be that of a surgery or an office is looked for as a whole alone."""
    return NamedPerson(
        whose=owner,
        said=label,
        forenames=_values_of([row], "forename", "preferred_forename"),
        surnames=_values_of([row], "surname", "preferred_surname"),
        middles=_middles([row]),
        whole=whole_only,
    )


def _full(row: Any) -> str:
    return " ".join(part for part in (row["forename"], row["surname"]) if part)


def _name_key(row: Any) -> tuple[str, str]:
    return fold(row["forename"] or ""), fold(row["surname"])


# -- where people can be reached


def told_contacts(desk: Desk, record: PupilRecord) -> list[tuple[Contact, str]]:
    """The contacts as the sheet tells them, those kept and then those merged with them; each with the identity of the one kept."""
    kept_ids = {row["id"]: row["same_as"] for row in merging.contacts_merged(desk.vault, record.pupil.id)}
    every_contact = (*record.contacts, *contacts.merged(desk.vault, record.pupil.id))
    return [(contact, kept_ids.get(contact.id, contact.id)) for contact in every_contact]


def homes_of(desk: Desk, record: PupilRecord) -> list[Pupil | FormerAddress]:
    """Where the pupil lives and lived, by every record of the person's; what was taken back too."""
    vault, pupil_id = desk.vault, record.pupil.id
    merged_pupils = (pupil for pupil, kept_id in pupils_store.merged(vault) if kept_id == pupil_id)
    taken_back = (address for address, _reason in addresses.taken_back(vault, pupil_id))
    return [record.pupil, *merged_pupils, *addresses.of_pupil(vault, pupil_id), *taken_back]


def values_in(homes: Iterable[Pupil | FormerAddress]) -> frozenset[str]:
    """What the pupil's own records say of the home: of a contact who lives there it is marked nowhere."""
    return frozenset(fold(text) for home in homes for name in ALL_LINES if (text := getattr(home, name, None)))


def _details(desk: Desk, record: PupilRecord, readers: Collection[Contact], home: HomeKept) -> Iterator[Detail]:
    reader_ids, homes = {contact.id for contact in readers}, homes_of(desk, record)
    of_home = values_in(homes)
    for contact, kept_id in told_contacts(desk, record):
        owner = whose_address(record, kept_id, home)
        if owner and kept_id not in reader_ids:
            person = _("where {name} can be reached").format(name=contact.full_name)
            contact_details = details_of(contact, owner, person)
            yield from (detail for detail in contact_details if not is_of_home(record, kept_id, detail.text, of_home, home))
    for lived_at in homes if home.code else ():
        yield from (detail for detail in details_of(lived_at, home.code, home.said) if not home.is_readers_own(detail.text))


def details_of(record: Contact | Pupil | FormerAddress, owner: str, label: str) -> Iterator[Detail]:
    """Each address, number and e-mail address by which somebody can be found in a text."""
    for name in _REACHED:
        if text := getattr(record, name, None):
            yield Detail(whose=owner, said=label, text=text)
    if owner in SECRET and record.address_2 and len(record.address_2.split()) > 1:  # «34 Mill Road», below the name of a house
        yield Detail(whose=owner, said=label, text=record.address_2)


def home_kept(record: PupilRecord, readers: Collection[Contact], *, home_told: bool = False) -> HomeKept:
    """How the home is kept from who is given a paper; ``home_told`` where it is the pupil's own, or the authority's."""
    is_told = home_told or (bool(readers) and all(_knows_home(reader) for reader in readers))
    from_parents = bool(record.pupil.looked_after) and not is_told
    if home_withheld(record.pupil, record.contacts, record.protections):
        code, said = PROTECTED, _("where the pupil can be reached, which is withheld")
    else:
        code, said = (IN_CARE, _("where the pupil lives, who is in care")) if from_parents else ("", "")
    carers = (contact.id for contact in record.contacts if from_parents and _is_carer(contact))
    own = (fold(text) for reader in readers for name in _LINES if code == IN_CARE and (text := getattr(reader, name)))
    return HomeKept(code, said, frozenset(carers), frozenset(own))


def _knows_home(reader: Contact) -> bool:
    """A file may leave open whether a foster carer lives with the pupil."""
    fosters = reader.lives_with is None and reader.relationship in _FOSTER_CARERS
    return bool(reader.lives_with) or fosters or reader.relationship == _SOCIAL_WORKER


def _is_carer(contact: Contact) -> bool:
    return contact.relationship in _FOSTER_CARERS or bool(contact.lives_with and not contact.parental_responsibility)


def whose_name(record: PupilRecord, contact_id: str, home: HomeKept) -> str:
    """The code under which a contact is marked by name even in the contact's own record; empty for most."""
    if any(protection.contact_id == contact_id for protection in record.protections):
        return PROTECTED
    return home.code if contact_id in home.carers else ""


def whose_address(record: PupilRecord, contact_id: str, home: HomeKept) -> str:
    """The code under which the address and numbers of a contact who is kept are marked; empty for one who acts for the pupil in their work."""
    contact = _kept_contact(record, contact_id)
    if secret := whose_name(record, contact_id, home) or (home.code if contact is not None and contact.lives_with else ""):
        return secret
    return "" if contact is not None and contact.relationship in professionals() else DETAIL


def is_of_home(record: PupilRecord, contact_id: str, text: str, of_home: frozenset[str], home: HomeKept) -> bool:
    """Whether what is told of a contact who lives with the pupil is what the pupil's own record tells, and the home is no secret."""
    contact = _kept_contact(record, contact_id)
    at_home = contact is not None and bool(contact.lives_with)
    return at_home and fold(text) in of_home and whose_address(record, contact_id, home) not in SECRET


def _kept_contact(record: PupilRecord, contact_id: str) -> Contact | None:
    return next((contact for contact in record.contacts if contact.id == contact_id), None)


def address_items(owner: str) -> tuple[str, ...]:
    """The items that say where someone can be reached. A town or county alone tells of nobody, unless a protection is in force."""
    return ALL_LINES if owner in SECRET else _LINES if owner else ()
