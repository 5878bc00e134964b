"""The tree of a transfer file as what it tells, element by element (domain reference, 2.4; checked against the published
structure, not certified). Elements nobody here knows are named, not dropped in silence.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.reading.table import Unreadable
from pupil_desk.services.formats.ctf import attributes, names_read
from pupil_desk.services.imports.ctf.leaves import Leaves
from pupil_desk.services.imports.ctf.told import (
    Address,
    Header,
    MealPeriod,
    Phone,
    School,
    SchoolStay,
    SenNeed,
    SenPeriod,
    StageResult,
    ToldContact,
    ToldDisability,
    ToldPupil,
    TransferFile,
    YearTotals,
    says_yes,
)

ROOT = "CTfile"
_OWN_WAY = _(
    "a program wrote it in a way of its own. It is not read. Ask the sender for a Common Transfer File made by their school system."
)
_PUPILS, _PUPIL_TAG = "CTFpupilData", "Pupil"
_BASIC, _CONTACT, _ADDRESS, _BS7666 = "BasicDetails", "Contacts/Contact", "Address", "Address/BS7666Address"
_PUPIL = "pupil"
_ALSO_READ = {
    "Gender": "sex",
    "ServiceChild": "service_child",
}  # the one up to version 24; the other is known by name alone, and not written

type Places = Mapping[Any, str]
"""The place of each element of a pupil."""


def parse(root: Any) -> TransferFile:
    """What the tree of a transfer file tells. Raises Unreadable for another kind of XML, or one without pupils."""
    if root.tag != ROOT and str(root.tag).lower() == ROOT.lower():
        words = _("This looks like a Common Transfer File written with other capitals, “{root}” for “{wanted}”: {own_way}")
        raise Unreadable(words.format(root=root.tag, wanted=ROOT, own_way=_OWN_WAY))
    if root.tag != ROOT:
        words = _(
            "This is XML of another kind, not a Common Transfer File: its outermost element is “{root}”, where such a file has “{wanted}”. A return, such as a school census, is not read here. Choose the file named like 9194003_CTF_9191100_001.xml."
        )
        raise Unreadable(words.format(root=str(root.tag)[:40], wanted=ROOT))
    header = root.find("Header")
    pupils = root.findall(f"{_PUPILS}/{_PUPIL_TAG}")
    if elsewhere := next((str(part.tag) for part in root if part.tag != _PUPILS and part.find(_PUPIL_TAG) is not None), ""):
        words = _("The file holds its pupils under “{place}”, where a Common Transfer File has “{wanted}”: {own_way}")
        raise Unreadable(words.format(place=elsewhere[:40], wanted=_PUPILS, own_way=_OWN_WAY))
    if header is not None and header.find("DestSchool") is None:
        words = _(
            "This looks like a Common Transfer File, but its header names no school to which it is written (“DestSchool”){more}: {own_way}"
        )
        attributes_told = [f"“{str(name)[:40]}”" for name in root.attrib if not str(name).startswith("{")]
        more = _(", and its outermost element says {names}").format(names=join_words(attributes_told[:3])) if attributes_told else ""
        raise Unreadable(words.format(more=more, own_way=_OWN_WAY))
    if header is None or not pupils:
        raise Unreadable(_("The Common Transfer File has no header or no pupil in it. Ask the sender for a whole one."))
    return TransferFile(_header(header), tuple(_pupil(pupil) for pupil in pupils), Leaves(root, pupils).all)


def _text(parent: Any, path: str) -> str:
    """The text of the first such element; empty where there is none."""
    element = parent.find(path)
    return "" if element is None else _whole(element)


def _whole(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _true(parent: Any, path: str) -> bool:
    return says_yes(_text(parent, path))


def _header(header: Any) -> Header:
    return Header(
        version=_text(header, "CTFversion"),
        written_at=_text(header, "DateTime"),
        qualifier=_text(header, "DocumentQualifier"),
        source=_school(header, "SourceSchool/"),
        destination=_school(header, "DestSchool/"),
    )


def _school(parent: Any, prefix: str = "") -> School:
    return School(
        _text(parent, f"{prefix}LEA"), _text(parent, f"{prefix}Estab"), _text(parent, f"{prefix}SchoolName"), _text(parent, f"{prefix}URN")
    )


def _pupil(pupil: Any) -> ToldPupil:
    basic, leaves = f"{_BASIC}/", Leaves(pupil)
    places = leaves.places
    former = (_text(pupil, basic + "FormerForename"), _text(pupil, basic + "FormerSurname"))
    return ToldPupil(
        items=tuple(_items(pupil)),
        enrolment=_text(pupil, basic + "EnrolStatus"),
        medical_flag=_true(pupil, basic + "MedicalFlag"),
        disabilities=tuple(ToldDisability(_whole(e), places[e]) for e in pupil.iterfind(basic + "Disabilities/Disability") if _whole(e)),
        former_names=" ".join(filter(None, former)),
        in_care=_text(pupil, "LookedAfter/InCare"),
        care_authority=_text(pupil, "LookedAfter/CareAuthority"),
        phones=_phones(pupil),
        languages=tuple((_text(e, "LanguageType"), _text(e, "Language")) for e in pupil.iterfind(basic + "Languages/Type")),
        contacts=tuple(_contact(contact, places) for contact in pupil.iterfind("Contacts/Contact")),
        sen=tuple(
            SenPeriod(_text(e, "StartDate"), _text(e, "EndDate"), _text(e, "SENprovision"), places[e])
            for e in pupil.iterfind("SENhistory/SEN")
        ),
        needs=tuple(
            SenNeed(_text(e, "SENtype"), _text(e, "SENtypeRank"), places[e]) for e in pupil.iterfind("SENhistory/SENneeds/SENneed")
        ),
        meals=tuple(_meals(e, places) for e in pupil.iterfind("FSMhistory/FSMinstance")),
        meals_review=_text(pupil, "FSMhistory/FSMreviewDate"),
        totals=tuple(_totals(year, places) for year in pupil.iterfind("Attendance/YearData")),
        results=tuple(_results(pupil, places)),
        schools=tuple(_school_stay(school, places) for school in pupil.iterfind("SchoolHistory/School")),
        unread=tuple(dict.fromkeys(_unread_elements(pupil))),
        leaves=leaves.all,
    )


def _items(pupil: Any) -> Iterator[tuple[str, str]]:
    of_basic = ((f"{_BASIC}/{tag}", name) for tag, name in attributes(_BASIC, _PUPIL).items())
    for path, name in (*attributes("", _PUPIL).items(), *_ALSO_READ.items(), *of_basic):
        if text := _text(pupil, path):
            yield name, text
    address = _address(pupil.find("Address"))
    for name in Address.__dataclass_fields__:
        if text := getattr(address, name):
            yield name, text


def _unread_elements(pupil: Any) -> Iterator[str]:
    yield from _unknown(pupil, names_read("") | _ALSO_READ.keys())
    for path in (_BASIC, _ADDRESS, _BS7666):
        if (part := pupil.find(path)) is not None:
            yield from _unknown(part, names_read(path))
    if pupil.find("Attendance/YearData/AttendSessions") is not None:
        yield "AttendSessions"


def _unknown(parent: Any, known_names: Iterable[str]) -> Iterator[str]:
    """The names of children that hold anything and are none of the known."""
    for child in parent:
        if isinstance(child.tag, str) and child.tag not in known_names and any(map(str.strip, child.itertext())):
            yield child.tag[:60]


def _address(address: Any) -> Address:
    if address is None:
        return Address()
    county, postcode = _text(address, "County"), _text(address, "PostCode")
    if (bs7666 := address.find("BS7666Address")) is not None:
        return _of_parts(bs7666, county, postcode)
    first, second, three, four, five = (_text(address, f"AddressLines/AddressLine{n}") for n in range(1, 6))
    locality, town = (three, four) if four else ("", three)  # the third line is the town where no fourth follows
    return Address(first, second, locality, town, county or five, postcode=postcode)


def _of_parts(parts: Any, county: str, postcode: str) -> Address:
    """An address by the parts of BS 7666: the flat, the number or name, the street."""
    flat, street = _text(parts, "SAON"), " ".join(filter(None, (_text(parts, "PAON"), _text(parts, "Street"))))
    locality, town, post_town = (_text(parts, name) for name in ("Locality", "Town", "PostTown"))
    if post_town and town and not locality and town != post_town:
        locality = town
    lines = [line for line in (flat, street) if line]
    return Address(
        lines[0] if lines else "",
        lines[1] if len(lines) > 1 else "",
        locality,
        post_town or town,
        county or _text(parts, "AdministrativeArea"),
        postcode=postcode,
    )


def _phones(parent: Any) -> tuple[Phone, ...]:
    phones = (Phone(_text(e, "TelephoneType"), _text(e, "PhoneNo")) for e in parent.iterfind("Phones/Phone"))
    return tuple(phone for phone in phones if phone.number)


def _contact(contact: Any, places: Places) -> ToldContact:
    return ToldContact(
        order=_text(contact, "Order"),
        title=_text(contact, "Title"),
        surname=_text(contact, "Surname"),
        forename=_text(contact, "Forename"),
        relationship=_text(contact, "Relationship"),
        responsibility=_text(contact, "Responsibility"),
        as_pupil=_true(contact, "Address/AddressAsPupil"),
        address=_address(contact.find("Address")),
        phones=_phones(contact),
        email=_text(contact, "Email"),
        place=places[contact],
        unread=tuple(_unknown(contact, names_read(_CONTACT))),
    )


_MEALS = {
    "start": "FSMstartDate",
    "end": "FSMendDate",
    "category": "FSMCategory",
    "country": "UKcountry",
    "verified": "FSMEligibilityVerificationDate",
}


def _meals(element: Any, places: Places) -> MealPeriod:
    return MealPeriod(place=places[element], **{name: _text(element, tag) for name, tag in _MEALS.items()})


_TOTALS = {
    "year": "Year",
    "possible": "SessionsPossible",
    "authorised": "SessionsAuthorised",
    "attended": "SessionsAttended",
    "unauthorised": "SessionsUnauthorised",
}


def _totals(year: Any, places: Places) -> YearTotals:
    return YearTotals(place=places[year], school=_school(year), **{name: _text(year, tag) for name, tag in _TOTALS.items()})


_RESULT = {
    "locale": "Locale",
    "year": "Year",
    "subject": "Subject",
    "method": "Method",
    "component": "Component",
    "status": "ResultStatus",
    "qualifier": "ResultQualifier",
    "result": "Result",
    "date": "ResultDate",
}


def _results(pupil: Any, places: Places) -> Iterator[StageResult]:
    for stage in pupil.iterfind("StageAssessments/KeyStage"):
        for assessment in stage.iterfind("StageAssessment"):
            texts = {name: _text(assessment, tag) for name, tag in _RESULT.items()}
            yield StageResult(stage=_text(stage, "Stage"), place=places[assessment], **texts)


_STAY = {"entry": "EntryDate", "leaving": "LeavingDate", "reason": "LeavingReason", "grounds": "RemovalGrounds", "last": "LastSchool"}


def _school_stay(school: Any, places: Places) -> SchoolStay:
    return SchoolStay(place=places[school], school=_school(school), **{name: _text(school, tag) for name, tag in _STAY.items()})
