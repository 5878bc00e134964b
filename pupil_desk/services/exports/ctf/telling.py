"""What is on file of a pupil as the values of a transfer file, each with its path. Order, versions and code sets are the structure's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import straight_quotes
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.learning.assessment import Assessment, school_year_end
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports.ctf.held import Held
from pupil_desk.services.exports.ctf.sending import sending_rules
from pupil_desk.services.formats.ctf import Element, Need, attributes

type Tree = Mapping[str, Any]
"""By the name of an element: its value, the tree within it, or a list of either where it may stand several times."""

_HOME, _MOBILE = "H", "M"
_NOT_KNOWN = "U"
_FIRST = "F"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def values_of(held: Held, unit: UnitSettings, structure: Sequence[Element]) -> list[tuple[str, str, Element]]:
    """Path, value and element of all that the file tells, in its order."""
    return list(_values(structure, _pupil(held, unit), ""))


def _values(structure: Iterable[Element], tree: Tree, within: str) -> Iterator[tuple[str, str, Element]]:
    for element in structure:
        told: Any = element.fixed or tree.get(element.name)
        if told is None or told in ("", [], {}):
            continue
        number = 0
        for one in told if element.many else (told,):
            if element.parts and any(part.need is Need.MUST and not (part.fixed or one.get(part.name)) for part in element.parts):
                continue
            number += 1
            path = f"{within}{element.name}[{number}]" if element.many else f"{within}{element.name}"
            if element.parts:
                yield from _values(element.parts, one, f"{path}/")
            elif value := _text(one, element.codes):
                yield path, value, element


def _text(value: Any, codes: Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date) else _NO_XML.sub("", straight_quotes(str(value))).strip()
    return text if not codes or text in codes else ""


def _simple(record: Any, path: str, name: str) -> dict[str, Any]:
    """The elements right under a path that hold one item of a record."""
    return {element: getattr(record, attribute) for element, attribute in attributes(path, name).items()}


def _pupil(held: Held, unit: UnitSettings) -> Tree:
    pupil = held.leaver.pupil
    return _simple(pupil, "", "pupil") | {
        "Sex": pupil.sex or _NOT_KNOWN,
        "BasicDetails": _basic(held),
        "FSMhistory": {"FSMinstance": [_meals(period) for period in held.meals]},
        "LookedAfter": _simple(pupil, "LookedAfter", "pupil"),
        "SENhistory": {
            "SEN": [_simple(period, "SENhistory/SEN", "sen_period") for period in held.sen],
            "SENneeds": {"SENneed": [_simple(need, "SENhistory/SENneeds/SENneed", "sen_need") for need in held.needs if not held.no_need]},
        },
        "Address": _address(pupil),
        "Phones": {"Phone": [_phone(_MOBILE if _mobile(pupil.phone) else _HOME, pupil.phone)]},
        "Contacts": {"Contact": [_contact(contact, pupil, place) for place, contact in enumerate(held.family, start=1)]},
        "Attendance": {"YearData": _attendance(held, unit)},
        "StageAssessments": {"KeyStage": list(_stages(held.results))},
        "SchoolHistory": {"School": [_school(stay, held, unit) for stay in held.stays]},
    }  # fmt: skip


def _basic(held: Held) -> Tree:
    pupil, leaver = held.leaver.pupil, held.leaver
    language = pupil.first_language
    return _simple(pupil, "BasicDetails", "pupil") | {
        "Languages": {"Type": [{"LanguageType": _FIRST, "Language": language}] if language else []},
        "MedicalFlag": held.medical,
        "Disabilities": {"Disability": [row.disability for row in held.disabilities]},
        "EnrolStatus": leaver.stay.status if leaver.copy else sending_rules().left_status,
    }


def _meals(period: CarePeriod) -> Tree:
    return {"FSMstartDate": period.start_date, "FSMendDate": period.end_date, "FSMCategory": period.kind}


def _address(of: Any) -> Tree:
    """In lines as the import reads them: the third is the town where no fourth follows."""
    lines = {"AddressLine1": of.address_1, "AddressLine2": of.address_2, "AddressLine3": of.locality or of.town}
    if of.locality:
        lines["AddressLine4"] = of.town
    return {"AddressLines": lines, "County": of.county, "PostCode": of.postcode}


def _mobile(number: str | None) -> bool:
    return (number or "").replace(" ", "").replace("(0)", "").replace("+44", "0").startswith("07")


def _phone(kind: str, number: str | None) -> Tree:
    return {"TelephoneType": kind, "PhoneNo": number}


def _contact(contact: Contact, pupil: Pupil, place: int) -> Tree:
    return _simple(contact, "Contacts/Contact", "contact") | {
        "Order": place,
        "Address": {"AddressAsPupil": True} if home_of(contact, pupil) is pupil else _address(contact),
        "Phones": {"Phone": [_phone(_HOME, contact.phone), _phone(_MOBILE, contact.mobile)]},
    }


def _ours(unit: UnitSettings) -> dict[str, str]:
    return {"LEA": unit.la, "Estab": unit.estab, "SchoolName": unit.name}


def _attendance(held: Held, unit: UnitSettings) -> list[Tree]:
    if held.totals is None:
        return []
    year = held.year if sending_rules().attendance_from_start else held.year + 1
    sessions = {"SessionsPossible": held.totals.possible, "SessionsAuthorised": held.totals.authorised,
                "SessionsAttended": held.totals.attended, "SessionsUnauthorised": held.totals.unauthorised}  # fmt: skip
    return [{"Year": str(year), **_ours(unit), **{name: str(number) for name, number in sessions.items()}}]


def _stages(results: Iterable[Assessment]) -> Iterator[Tree]:
    order = {stage: place for place, stage in enumerate(codelist("assessment_stage").codes)}
    entries = sorted(results, key=lambda entry: (order.get(entry.stage, len(order)), _year(entry), entry.subject, entry.method, entry.component or "", entry.id))
    for stage, told in groupby(entries, attrgetter("stage")):
        yield {"Stage": stage, "StageAssessment": [_result(entry) for entry in told]}


def _year(entry: Assessment) -> int:
    return entry.year or (school_year_end(entry.date) if entry.date else 0)


def _result(entry: Assessment) -> Tree:
    return {
        "Year": _year(entry) or None, "Subject": entry.subject, "Method": entry.method, "Component": entry.component, "ResultStatus": entry.status,
        "ResultQualifier": entry.qualifier, "Result": entry.result, "ResultDate": entry.date,
    }  # fmt: skip


def _school(stay: Enrolment, held: Held, unit: UnitSettings) -> Tree:
    ended = stay.end_date is not None and stay.end_date <= held.day
    return _ours(unit) | {
        "EntryDate": stay.start_date,
        "LeavingDate": stay.end_date if ended else None,
        "LeavingReason": sending_rules().leaving_reasons.get(stay.deletion_ground or "") if ended else None,
        "LastSchool": stay.id == held.leaver.stay.id,
    }
