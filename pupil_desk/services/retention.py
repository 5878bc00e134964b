"""What is due to be erased: each pupil's record, and later the proof of what was chosen and told; and how long each class is kept.

The classes and their periods are data (``resources/retention``). Which section of the sheet is of which class follows from the
catalogue. Nothing goes by itself: the list is for people to decide by (``erasure_cases``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import birthday
from pupil_desk.domain.catalogue import RECORDS
from pupil_desk.domain.erasure_case import Reach
from pupil_desk.domain.items import items_of
from pupil_desk.domain.retention import PROOF, RECORD, Period, longest, periods
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.sections import TABLES
from pupil_desk.store import enrolments
from pupil_desk.store import retention as store

REGISTER = "register"
_NO_ITEMS: Mapping[str, str] = {"disclosures": PROOF, "returns": REGISTER}
"""Sections whose rows are no records of the catalogue, and are not of the usual class."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of one pupil need not be kept from a day on."""

    pupil_id: str
    name: str
    ref: str
    reach: Reach
    on: date


def class_of(section: str) -> str:
    """Of which class a section of the sheet is: where its records are of several, the one that is kept the longest."""
    if section in _NO_ITEMS:
        return _NO_ITEMS[section]
    names = {item.facts.retention for table in TABLES[section] if table in RECORDS for item in items_of(RECORDS[table])}
    return longest(frozenset(names))


def proof_sections() -> tuple[str, ...]:
    """The sections that outlive the record: they prove what was chosen, given and told."""
    return tuple(section for section in TABLES if section != "pupil" and periods()[class_of(section)].more)


def classes() -> list[tuple[Period, tuple[str, ...]]]:
    """Every class that something is of, with its sections, in the order of the periods' file."""
    found: dict[str, list[str]] = {}
    for section in TABLES:
        found.setdefault(class_of(section), []).append(section)
    return [(period, tuple(found[name])) for name, period in periods().items() if name in found]


def due_on(reach: Reach, dob: date, last_entry: date | None) -> date:
    """The first day on which so much of a pupil's need not be kept any longer."""
    names = {class_of(section) for section in TABLES if reach is Reach.ALL or not periods()[class_of(section)].more} | {RECORD}
    return max(periods()[name].until(dob, last_entry) for name in names)


def law_keeps_until(last_entry: date | None) -> date | None:
    """The day until which the law itself keeps entries of the registers; None where there are none."""
    years = periods()[REGISTER].from_entry
    return birthday(last_entry, years) if last_entry is not None and years else None


def due(desk: Desk, until: date) -> list[Due]:
    """What is due by a day, of pupils not on roll today, the longest due first; of a pupil perhaps the record and all of it.

    What has been done is not known here: ``erasure_cases`` leaves it out.
    """
    desk.require(Action.READ_RECORD)
    old = store.people(desk.vault, _born_until(until))  # of younger ones nothing can be due
    stays = enrolments.by_pupil(desk.vault, [row["id"] for row in old])
    found = []
    for row in old:
        if not any(stay.on_roll(desk.today) for stay in stays.get(row["id"], ())):
            dob, last = date.fromisoformat(row["dob"]), store.last_entry(desk.vault, row["id"])
            found += [Due(row["id"], f"{row['surname']}, {row['forename']}", row["ref"], reach, due_on(reach, dob, last)) for reach in Reach]
    return sorted((one for one in found if one.on <= until), key=lambda one: (one.on, one.name))


def _born_until(until: date) -> date:
    years = min(period.birthday for period in periods().values())
    return date(until.year - years, until.month, min(until.day, 28)) + timedelta(days=3)  # a 29 February is no matter then


def last_entry(desk: Desk, pupil_id: str) -> date | None:
    """The last day that the registers say anything of one pupil."""
    return store.last_entry(desk.vault, pupil_id)
