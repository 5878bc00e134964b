"""Which values of a pupil in a transfer file the records do not hold once it is in: each is told with its place, so that nothing is lost.

Nothing is taken on trust from the readers: a value counts as taken when the record that it went to says the same.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import tidy, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import read
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.formats.ctf import elements, names_read
from pupil_desk.services.imports.ctf.leaves import Leaf, around
from pupil_desk.services.imports.ctf.told import ENGLAND

_NUMBERED = re.compile(r"\[[0-9]+\]")
_NO_PLACE = _("There is no place for it here.")
_HELD_STAYS = _("The record has another value in its place.")
_NOT_CHOSEN = _("It was not chosen in the preview.")
_REASONS = {
    "BasicDetails/EnrolStatus": _("What the sender says of enrolment is not kept."),
    "BasicDetails/MedicalFlag": _("It says only whether the sender holds medical information. Ask for it."),
}
_NEVER = frozenset(_REASONS)
_OF_SCHOOL = {"LEA": "school", "Estab": "school", "SchoolName": "name"}
_TOTALS = {
    **_OF_SCHOOL,
    "Year": "year",
    "SessionsPossible": "possible",
    "SessionsAuthorised": "authorised",
    "SessionsAttended": "attended",
    "SessionsUnauthorised": "unauthorised",
}
_SCHOOLS = {
    **_OF_SCHOOL,
    "URN": "urn",
    "EntryDate": "start_date",
    "LeavingDate": "end_date",
    "LeavingReason": "leaving_reason",
    "RemovalGrounds": "removal_grounds",
    "LastSchool": "was_last",
}
_READ_AS: Mapping[str, tuple[str, ...]] = {
    "Gender": ("pupil.sex",),
    "SENhistory/SEN/SENprovision": ("sen_period.provision", "pupil.sen_provision"),
    "SENhistory/SENneeds/SENneed/SENtype": ("sen_need.need", "pupil.sen_need_1", "pupil.sen_need_2"),
    "ServiceChild": ("pupil.service_child",),
    **{f"Attendance/YearData/{tag}": (f"attendance_total.{name}",) for tag, name in _TOTALS.items()},
    **{f"SchoolHistory/School/{tag}": (f"school_attended.{name}",) for tag, name in _SCHOOLS.items()},
}
"""Where the import reads an element as other items than those that the export writes it from."""
_ADDRESSES = ("Address", "Contacts/Contact/Address")
_OF_ADDRESS = ("", "/AddressLines", "/BS7666Address")
_LISTS = {"subject": "assessment_subject", "component": "assessment_component"}
_KINDS_OF_PHONE = {"phone": "H", "mobile": "M"}
_MEALS = "FSMhistory"


class Holders:
    """The records as they will stand: the pupil, and of each further part of the file, by its place, the record that it went to."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._records: dict[str, list[Any]] = {}
        self._reasons: dict[str, str] = {}
        self._kept_as: dict[str, str] = {}

    def add(self, place: str, record: Any) -> None:
        """The record to which the part at this place went, «» being the pupil's own; None where it was not chosen."""
        if record is None:
            return self.leave(place)
        self._records.setdefault(place, []).append(record)
        parent = place.rpartition("/")[0]
        if (
            parent.startswith("StageAssessments/") or parent == _MEALS
        ):  # the stage stands once above all its results, the day of review above all meals
            self._records.setdefault(parent, []).append(record)
        return None

    def leave(self, place: str, reason: str = _NOT_CHOSEN) -> None:
        """The part at this place went to no record."""
        self._reasons[place] = reason

    def not_taken(self, leaves: Iterable[Leaf]) -> tuple[NotTaken, ...]:
        """The values that none of the records says."""
        found = {leaf: self._attribute(leaf) for leaf in leaves}
        self._kept_as = {leaf.parent: name for leaf, name in found.items() if name}
        return tuple(told(leaf, self._reason(leaf)) for leaf, name in found.items() if not (name or self._goes_with_another(leaf)))

    def _records_of(self, leaf: Leaf) -> list[Any]:
        """The records that a value may have gone to."""
        place = next((place for place in around(leaf.place) if place in self._records or place in self._reasons), "")
        return self._records.get(place, [])

    def _attribute(self, leaf: Leaf) -> str:
        """The name of the attribute that says the same; empty where none does."""
        if leaf.reason or leaf.kind in _NEVER or leaf.kind.endswith(("TelephoneType", "LanguageType", "UKcountry")):
            return ""
        for record in self._records_of(leaf):
            if name := next((name for name in _names(leaf.kind, type(record)) if self._says(record, name, leaf)), ""):
                return name
        return ""

    def _says(self, record: Any, name: str, leaf: Leaf) -> bool:
        value = getattr(record, name)
        if value is None:
            return False
        if leaf.kind.endswith(("/LEA", "/Estab")):
            return leaf.text == str(value).partition("/")[2 if leaf.kind.endswith("/Estab") else 0]
        if name in _KINDS_OF_PHONE and "".join(str(value).split()) == "".join(leaf.text.split()):
            return True
        if name in ADDRESS and _within(tokens(leaf.text), tokens(str(value))):
            return True
        if (
            str(value).casefold() == tidy(leaf.text).casefold()
            or read(item_named(record.__class__, name), leaf.text, self._today).value == value
        ):
            return True
        code = codelist(_LISTS[name]).match(leaf.text) if name in _LISTS else None
        return code is not None and code.code == value

    def _goes_with_another(self, leaf: Leaf) -> bool:
        """What only says of which kind the value beside it is: taken where that is, and is of that kind in the record."""
        beside = self._kept_as.get(leaf.parent, "")
        if leaf.kind.endswith("TelephoneType"):
            return _KINDS_OF_PHONE.get(beside) == leaf.text.upper()
        if leaf.kind.endswith("LanguageType"):
            return beside == "first_language" and leaf.text.upper() == "F"
        return leaf.kind.endswith(("UKcountry", "Locale")) and bool(beside) and leaf.text.upper() == ENGLAND

    def _reason(self, leaf: Leaf) -> str:
        if leaf.reason or leaf.kind in _REASONS:
            return leaf.reason or _REASONS[leaf.kind]
        if reason := next((self._reasons[place] for place in around(leaf.place) if place in self._reasons), ""):
            return reason
        values = (getattr(record, name) for record in self._records_of(leaf) for name in _names(leaf.kind, type(record)))
        return _HELD_STAYS if any(value is not None for value in values) else _NO_PLACE


def told(leaf: Leaf, reason: str) -> NotTaken:
    """A value that is in no record."""
    return NotTaken(path=leaf.place, value=leaf.text, reason=reason)


def place_words(path: str) -> str:
    """Where a value stood, by the words of the item that such an element is read as; of others the path as it is."""
    names = _READ_AS.get(_NUMBERED.sub("", path)) or _written_from().get(_NUMBERED.sub("", path), ())
    if not names:
        return path
    record, _dot, name = names[0].partition(".")
    number = next(iter(_NUMBERED.findall(path)), "").strip("[]")
    return " ".join(filter(None, (item_named(RECORDS[record], name).label, f"({number})" if number else "")))


@by_rules
def _names(kind: str, record_type: type) -> tuple[str, ...]:
    """The attributes of a record that may say what stands in an element of this kind."""
    if kind in _address_lines() and record_type in (Pupil, Contact):
        return ADDRESS
    items = (item.split(".") for item in _READ_AS.get(kind) or _written_from().get(kind, ()))
    return tuple(name for record, name in items if RECORDS[record] is record_type)


@by_rules
def _written_from() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({element.path: element.items for top in elements() for element in top.walk() if not element.parts})


@by_rules
def _address_lines() -> frozenset[str]:
    """Every element that the import reads as a part of an address."""
    lines = [f"{part}/{name}" for part in _OF_ADDRESS for name in names_read(f"{_ADDRESSES[0]}{part}")]
    return frozenset(f"{address}{line}" for address in _ADDRESSES for line in lines)


def _within(some: list[str], words: list[str]) -> bool:
    return bool(some) and any(words[place : place + len(some)] == some for place in range(len(words)))
