"""What a transfer file tells, as text, before anything of it is understood or judged. An element that is not there is empty."""

from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.care.needs import MEALS
from pupil_desk.services.imports.ctf.leaves import Leaf

ENGLAND = "ENG"  # whose scheme or curriculum it is, where nothing else is said
_HOME, _MOBILE = "H", "M"
_MEALS_OF_NO_CATEGORY = "FSM"


_YES = frozenset({"true", "1", "y", "yes"})


def says_yes(text: str) -> bool:
    """Whether a text of a file is a yes."""
    return text.lower() in _YES


@dataclass(frozen=True, slots=True)
class School:
    """A school or authority as a file names it."""

    la: str = ""
    estab: str = ""
    name: str = ""
    urn: str = ""

    @property
    def number(self) -> str:
        """Authority and establishment, such as 919/4003; empty where it is not a school's."""
        return f"{self.la}/{self.estab}" if self.la.isdigit() and self.estab.isdigit() else ""

    @property
    def words(self) -> str:
        """Name and number, as far as there are any."""
        number = self.number or self.la
        return f"{self.name} ({number})" if self.name and number else self.name or number


@dataclass(frozen=True, slots=True)
class Header:
    """Who wrote the file, for whom, when (ISO) and in which version."""

    version: str = ""
    written_at: str = ""
    qualifier: str = ""
    source: School = School()
    destination: School = School()

    @property
    def is_partial(self) -> bool:
        """Whether the file says that it tells a part of each pupil’s record, such as results."""
        return self.qualifier.lower() == "partial"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in our own lines."""

    address_1: str = ""
    address_2: str = ""
    locality: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and its kind: H home, M mobile, W work and others."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldContact:
    """One contact. ``as_pupil`` is true where the file says that the address is the pupil's."""

    order: str = ""
    title: str = ""
    surname: str = ""
    forename: str = ""
    relationship: str = ""
    responsibility: str = ""
    as_pupil: bool = False
    address: Address = Address()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    place: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SenPeriod:
    """SEN provision over a time."""

    start: str
    end: str
    provision: str
    place: str


@dataclass(frozen=True, slots=True)
class SenNeed:
    """A need and its rank, 1 the main one."""

    need: str
    rank: str
    place: str


@dataclass(frozen=True, slots=True)
class MealPeriod:
    """Free school meals over a time. ``category`` comes from version 26; ``country`` is whose scheme it was, ``verified`` when it was looked into."""

    start: str
    end: str
    category: str
    country: str
    verified: str
    place: str


@dataclass(frozen=True, slots=True)
class ToldDisability:
    """One disability, by its code."""

    code: str
    place: str


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Attendance of one school year at one school."""

    place: str
    year: str
    school: School
    possible: str
    authorised: str
    attended: str
    unauthorised: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """One result of an assessment."""

    stage: str
    locale: str
    year: str
    subject: str
    method: str
    component: str
    status: str
    qualifier: str
    result: str
    date: str
    place: str


@dataclass(frozen=True, slots=True)
class SchoolStay:
    """A time at a school."""

    place: str
    school: School
    entry: str
    leaving: str
    reason: str
    grounds: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPupil:
    """One pupil. ``items`` are the pupil's own, by the names of our record; ``unread`` names elements that are not understood.

    ``leaves`` are all values, whoever reads them; ``place`` of what stands in the pupil is its place among them.
    """

    items: tuple[tuple[str, str], ...] = ()
    enrolment: str = ""
    medical_flag: bool = False
    disabilities: tuple[ToldDisability, ...] = ()
    former_names: str = ""
    in_care: str = ""
    care_authority: str = ""
    phones: tuple[Phone, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    contacts: tuple[ToldContact, ...] = ()
    sen: tuple[SenPeriod, ...] = ()
    needs: tuple[SenNeed, ...] = ()
    meals: tuple[MealPeriod, ...] = ()
    meals_review: str = ""
    totals: tuple[YearTotals, ...] = ()
    results: tuple[StageResult, ...] = ()
    schools: tuple[SchoolStay, ...] = ()
    unread: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()


def meal_code(period: MealPeriod) -> str:
    """The code of our list for a time with free school meals; of one without a category that we know, the one for that."""
    code = codelist("care_kind").get(period.category)
    return period.category if code is not None and code.category == MEALS else _MEALS_OF_NO_CATEGORY


def main_phone(phones: tuple[Phone, ...]) -> str:
    """The number at home; without one, the first of all."""
    return next((phone.number for phone in phones if phone.kind == _HOME), phones[0].number if phones else "")


def contact_numbers(contact: ToldContact) -> tuple[str, str]:
    """A contact's telephone and mobile, as they are taken; either may be empty."""
    fixed = tuple(phone for phone in contact.phones if phone.kind != _MOBILE)
    return main_phone(fixed), next((phone.number for phone in contact.phones if phone.kind == _MOBILE), "")


def first_language(pupil: ToldPupil) -> str:
    """The language told as the first; the only one where none is."""
    firsts = [language for kind, language in pupil.languages if kind == "F"]
    return firsts[0] if firsts else pupil.languages[0][1] if len(pupil.languages) == 1 else ""


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A whole file; ``leaves`` are the values that stand in no pupil."""

    header: Header
    pupils: tuple[ToldPupil, ...]
    leaves: tuple[Leaf, ...]
