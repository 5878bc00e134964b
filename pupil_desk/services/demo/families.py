"""Inventing a pupil's family: who they live with, what was said about sharing, and who must be kept from what.

Words of our own from which people and places are made up. No row of any real list stands here.
"""

import dataclasses
import random
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import ALLOW, OWN_WORD_FROM, PARENT, PUPIL, RESTRICT, Choice
from pupil_desk.domain.sharing.sharing import YOUTH_SUPPORT_FROM

GIRLS = (
    "Amelia", "Zoë", "Siân", "Chloé", "Niamh", "Aoife", "Ruby-Mae", "Fatima", "Amara", "Jasmine", "Leila", "Poppy", "Ottilie",
    "Nia", "Keira", "Ines", "Marta", "Zuzanna", "Priya", "Safiya", "Tilly", "Elodie", "Grace", "Maisie", "Anjali", "Renée",
    "Freya", "Ebony", "Hana", "Lucía", "Beatrix", "Ayesha", "Orla", "Mabel", "Tamsin", "Yara", "Ingrid", "Cerys",
)  # fmt: skip
BOYS = (
    "Callum", "Tomasz", "Łukasz", "Oisín", "Kofi", "Jayden", "Reuben", "Idris", "Mateo", "Rhys", "Farhan", "Alfie", "Tyler-James",
    "Björn", "Declan", "Emre", "Harvey", "Ifan", "Jude", "Kacper", "Leon", "Malachi", "Noah", "Otis", "Pàdraig", "Rohan",
    "Samir", "Theo", "Umar", "Vincent", "Wilfred", "Xander", "Yusuf", "Zachary", "Bilal", "Curtis", "Dominic", "Ezra",
)  # fmt: skip
PARENTS_F = (
    "Joanne", "Rachel", "Danuta", "Shabnam", "Clare", "Adaeze", "Michelle", "Françoise", "Bronwen", "Teresa", "Nasreen", "Leanne",
    "Kathleen", "Sunita", "Gemma", "Olga", "Yvonne", "Marie-Ange", "Hayley", "Paula",
)  # fmt: skip
PARENTS_M = (
    "Darren", "Piotr", "Imran", "Gareth", "Kwame", "Neil", "Seán", "Rajesh", "Marcus", "Craig", "Andrzej", "Stephen", "Jérôme",
    "Lee", "Tariq", "Dylan", "Vikram", "Anthony", "Karl", "Winston",
)  # fmt: skip
SURNAMES = (
    "Ashbourne", "O’Farrelly", "Kowalczyk", "Okonjo", "Brackenbury", "Llewelyn-Pryce", "Dąbrowski", "Hussaini", "Fairweather",
    "MacAllery", "Quartermaine", "Sandhu-Hall", "Thistlewood", "Nwosu", "Béranger", "Petherick", "Ravenscroft", "Szabó", "Tillotson",
    "Underhay", "Vanterpool", "Whitlamb", "Yeardley", "Zieliński", "Adeyinka", "Birtwhistle", "Coldicott", "D’Souza-Lane", "Elphick",
    "Featherstone", "Garthwaite", "Holloway-King", "Ibáñez", "Jellicoe", "Kettlewell", "Lovelock", "Mbeki-Stone", "Nightingale",
    "Ó Conaill", "Pellingham", "Rosewarne", "Şahin", "Trevanion", "Uddin-Marsh", "Venables", "Wetherall", "Yorath", "Çelik",
    "Braithwaite", "Cartmell", "Dunnock", "Ferncastle", "Greenhalgh", "Hartnoll", "Ingledew", "Murgatroyd", "Oldroyd", "Pomeroy",
)  # fmt: skip
STREETS = (
    "Lapwing", "Kestrel", "Mill", "Orchard", "Quarry", "Chapel", "Bramble", "Station", "Saddlers", "Foundry", "Willow", "Barley",
    "Tannery", "Juniper", "Windmill", "Larkspur", "Gatehouse", "Copper", "Priory", "Meadow",
)  # fmt: skip
STREET_KINDS = ("Road", "Close", "Lane", "Way", "Avenue", "Gardens", "Drive", "Crescent")
HOUSES = ("Flat 2, Hawthorn Court", "The Old Forge", "Flat 11, Rowan House", "Rose Cottage")
TOWNS = (("Larkminster", "AL28"), ("Wexbridge", "WD53"), ("Hatherford", "HP48"))
"""Invented towns, each with a postcode district that is not in use."""
COUNTY = "Larkshire"
LOCALITIES = ("Upper Green", "Nether End", "Mill Side")
MEDICAL = (
    "Asthma. Carries a blue inhaler.",
    "Nut allergy. Adrenaline pen in the office.",
    "Epilepsy. Care plan in the office, reviewed each term.",
    "Type 1 diabetes. Checks blood sugar before lunch.",
)
ETHNIC_GROUPS = ("WBRI", "WBRI", "WBRI", "WBRI", "WOTH", "WIRI", "MWBC", "MWBA", "APKN", "AIND", "BAFR", "BCRB", "CHNE", "REFU", "NOBT")
LANGUAGES = ("ENG", "ENG", "ENG", "ENG", "ENG", "ENG", "POL", "URD", "TUR", "FRN")
NEEDS = ("SEMH", "SEMH", "SEMH", "SLCN", "ASD", "MLD", "SPLD")
SCHOOLS = ("919/4001", "919/4003", "919/4011", "919/4017", "919/4020")
"""Numbers of secondary schools in the invented authority."""


_WITHHELD, _ORDER, _NOBODY, _NO_ADDRESS, _DISAGREE, _WITHDRAWN = 15, 16, 17, 18, 19, 20
"""The places of pupils with something out of the ordinary, so that a unit of 60 has each of them."""
STORIES = range(15, 21)
"""All of these: pupils of 13 to 15 who live with their families."""
_LOOKED_AFTER_CONTACTS = ("FOM", "SWR")


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil with the contacts."""

    pupil: Pupil
    contacts: tuple[Contact, ...]


def address_at(chance: random.Random) -> dict[str, Any]:
    """An address with a telephone number and an e-mail address, as a pupil's or contact's attributes."""
    town, district = chance.choice(TOWNS)
    street = f"{chance.randrange(1, 140)} {chance.choice(STREETS)} {chance.choice(STREET_KINDS)}"
    house = chance.choice(HOUSES) if chance.random() < 0.15 else None
    return {
        "address_1": house or street,
        "address_2": street if house else None,
        "locality": chance.choice(LOCALITIES) if chance.random() < 0.25 else None,
        "town": town,
        "county": COUNTY,
        "postcode": f"{district} {chance.randrange(1, 10)}{chance.choice('ABDEFGHJLN')}{chance.choice('PQRSTUWXYZ')}",
        "phone": f"01632 960{chance.randrange(1000):03d}",
        "email": f"family{chance.randrange(10_000):04d}@example.org",
    }


def family_of(place: int, pupil: Pupil, chance: random.Random) -> Family:
    """The pupil's contacts: parents at one address or two, a foster family, a grandparent."""
    if pupil.looked_after:
        people = [_adult(chance, pupil, code, order=n, holder=False) for n, code in enumerate(_LOOKED_AFTER_CONTACTS, start=1)]
        people.append(_living_apart(chance, _adult(chance, pupil, "PAM", order=3)))
    elif place == _NOBODY:
        people = [_adult(chance, pupil, "REL", order=1, holder=None)]
    else:
        people = _parents(place, chance, pupil)
    return Family(pupil, tuple(people))


def _parents(place: int, chance: random.Random, pupil: Pupil) -> list[Contact]:
    mother, father = _adult(chance, pupil, "PAM", order=1), _adult(chance, pupil, "PAF", order=2)
    if place in (_DISAGREE, _ORDER):
        return [mother, _living_apart(chance, father)]
    if place == _NO_ADDRESS:
        return [mother, dataclasses.replace(father, lives_with=False)]
    kind = chance.random()
    if kind < 0.35:
        return [mother, father]
    if kind < 0.6:
        return [mother]
    if kind < 0.8:
        return [mother, _living_apart(chance, father)]
    if kind < 0.9:
        return [mother, _adult(chance, pupil, "STF", order=2, holder=False)]
    return [_adult(chance, pupil, "FAM", order=1), _living_apart(chance, dataclasses.replace(father, parental_responsibility=None))]


_MEN = ("PAF", "STF")
_TITLES = {"PAF": "Mr", "STF": "Mr", "PAM": "Ms", "FOM": "Mrs", "FAM": "Mrs", "REL": "Mrs", "SWR": None}


def _adult(chance: random.Random, pupil: Pupil, relationship: str, *, order: int, holder: bool | None = True) -> Contact:
    names = PARENTS_M if relationship in _MEN else PARENTS_F
    own_name = relationship in ("PAM", "PAF") and chance.random() < 0.75
    at_home = relationship != "SWR"
    return Contact(
        id=identity(chance),
        pupil_id=pupil.id,
        relationship=relationship,
        order=order,
        title=_TITLES[relationship],
        surname=pupil.surname if own_name else chance.choice(SURNAMES),
        forename=chance.choice(names),
        parental_responsibility=holder,
        lives_with=at_home,
        mobile=f"07700 900{chance.randrange(1000):03d}",
        email=f"contact{chance.randrange(10_000):04d}@example.org" if chance.random() < 0.6 else None,
    )


def _living_apart(chance: random.Random, contact: Contact) -> Contact:
    """One who lives at an address of their own."""
    home = address_at(chance)
    return dataclasses.replace(contact, lives_with=False, **{name: value for name, value in home.items() if name != "email"})


def identity(chance: random.Random) -> str:
    """A number of the kind that the store gives, but the same each time."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


# -- what was said about sharing


def choices_of(place: int, pupil: Pupil, contacts: tuple[Contact, ...], chance: random.Random, today: date) -> tuple[Choice, ...]:
    """What parents said before the 16th birthday, and the pupil from it; nobody spoke for some."""
    holders = [contact for contact in contacts if contact.parental_responsibility]
    age = age_on(pupil.dob, today)
    choices: list[Choice] = []
    if age >= YOUTH_SUPPORT_FROM and holders:
        choices += _of_parents(place, pupil, holders, chance, today)
    if age >= OWN_WORD_FROM and chance.random() < 0.5:
        first = birthday(pupil.dob, OWN_WORD_FROM)
        day = first + timedelta(days=chance.randrange(max(1, min(60, (today - first).days + 1))))
        choices += [
            _choice(pupil, recipient, chance.choice((RESTRICT, ALLOW)), PUPIL, day, giver=pupil.legal_name)
            for recipient in ("youth-support", "post-16")
        ]
    return tuple(choices)


def _of_parents(place: int, pupil: Pupil, holders: list[Contact], chance: random.Random, today: date) -> list[Choice]:
    latest = min(today, birthday(pupil.dob, OWN_WORD_FROM) - timedelta(days=1))
    day = latest - timedelta(days=chance.randrange(20, 160))
    first, last = holders[0].full_name, holders[-1].full_name
    if place == _DISAGREE:
        return [
            _choice(pupil, "youth-support", ALLOW, PARENT, day, giver=first),
            _choice(pupil, "youth-support", RESTRICT, PARENT, day + timedelta(days=3), giver=last),
        ]
    if place == _WITHDRAWN:
        return [
            _choice(pupil, "youth-support", RESTRICT, PARENT, day, giver=first),
            _choice(pupil, "youth-support", ALLOW, PARENT, day + timedelta(days=15), giver=first),
        ]
    choices = []
    if chance.random() < 0.45:
        choices.append(_choice(pupil, "youth-support", chance.choice((RESTRICT, ALLOW)), PARENT, day, giver=first))
    if chance.random() < 0.2:
        choices.append(_choice(pupil, "post-16", ALLOW, PARENT, day, giver=first))
    return choices


def _choice(pupil: Pupil, recipient: str, choice: str, capacity: str, day: date, *, giver: str) -> Choice:
    return Choice(
        pupil_id=pupil.id,
        recipient=recipient,
        choice=choice,
        by=capacity,
        on=day,
        giver=giver,
        channel="form",
        note="Invented for training.",
    )


# -- protections


def protections_of(place: int, family: Family, today: date) -> tuple[Protection, ...]:
    """An address that is withheld on one pupil, and an order about one pupil's father."""
    since = today - timedelta(days=50)
    if place == _WITHHELD:
        return (Protection(pupil_id=family.pupil.id, kind=ADDRESS_WITHHELD, reason="Invented for training: refuge", since=since),)
    if place == _ORDER:
        father = family.contacts[-1]
        return (
            Protection(
                pupil_id=family.pupil.id, contact_id=father.id, kind=ORDER, reason="Invented for training: court order", since=since
            ),
        )
    return ()
