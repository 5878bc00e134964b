"""What is on file of a pupil as the values of a transfer file, each with its path. Order, versions and code sets are the structure's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.text import straight_quotes
from pupil_desk.domain.care.needs import CarePeriod, in_force
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports.ctf.held import TransferRecord
from pupil_desk.services.exports.ctf.results import stages
from pupil_desk.services.exports.ctf.schooling import attendance, schools
from pupil_desk.services.formats.ctf import CtfElement, Need, attributes

type Tree = Mapping[str, Any]
"""By the name of an element: its value, the tree within it, or a list of either where it may stand several times."""

_HOME, _MOBILE = "H", "M"
_NOT_KNOWN = "U"
_FIRST = "F"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def values_of(record: TransferRecord, unit: UnitSettings, structure: Sequence[CtfElement]) -> list[tuple[str, str, CtfElement]]:
    """Path, value and element of all that the file tells, in its order."""
    return list(_values(structure, _pupil(record, unit), ""))


def _values(structure: Iterable[CtfElement], tree: Tree, parent_path: str) -> Iterator[tuple[str, str, CtfElement]]:
    for element in structure:
        content: Any = element.fixed or tree.get(element.name)
        if content is None or content in ("", [], {}):
            continue
        number = 0
        for occurrence in content if element.may_repeat else (content,):
            if element.parts and any(part.need is Need.MUST and not (part.fixed or occurrence.get(part.name)) for part in element.parts):
                continue
            number += 1
            path = f"{parent_path}{element.name}[{number}]" if element.may_repeat else f"{parent_path}{element.name}"
            if element.parts:
                yield from _values(element.parts, occurrence, f"{path}/")
            elif value := _text(occurrence, element.codes):
                yield path, value, element


def _text(value: Any, codes: Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date) else _NO_XML.sub("", straight_quotes(str(value))).strip()
    return text if not codes or text in codes else ""


def _simple(record: Any, path: str, name: str) -> dict[str, Any]:
    """The elements right under a path that hold one item of a record."""
    return {element: getattr(record, attribute) for element, attribute in attributes(path, name).items()}


def _pupil(record: TransferRecord, unit: UnitSettings) -> Tree:
    pupil = record.leaver.pupil
    return _simple(pupil, "", "pupil") | {
        "Sex": pupil.sex or _NOT_KNOWN,
        "BasicDetails": _basic(record),
        "FSMhistory": {"FSMreviewDate": _meals_review(record), "FSMinstance": [_meals(period) for period in record.meals]},
        "LookedAfter": _simple(pupil, "LookedAfter", "pupil"),
        "SENhistory": {
            "SEN": [_simple(period, "SENhistory/SEN", "sen_period") for period in record.sen],
            "SENneeds": {
                "SENneed": [_simple(need, "SENhistory/SENneeds/SENneed", "sen_need") for need in record.needs if not record.no_need]
            },
        },
        "Address": _address(pupil),
        "Phones": {"Phone": [_phone(_MOBILE if _mobile(pupil.phone) else _HOME, pupil.phone)]},
        "Contacts": {"Contact": [_contact(contact, pupil, place) for place, contact in enumerate(record.family, start=1)]},
        "Attendance": {"YearData": attendance(record, unit)},
        "StageAssessments": {"KeyStage": list(stages(record.results))},
        "SchoolHistory": {"School": schools(record, unit)},
    }


def _basic(record: TransferRecord) -> Tree:
    pupil, leaver = record.leaver.pupil, record.leaver
    language = pupil.first_language
    return _simple(pupil, "BasicDetails", "pupil") | {
        "Languages": {"Type": [{"LanguageType": _FIRST, "Language": language}] if language else []},
        "MedicalFlag": record.medical_flag,
        "Disabilities": {"Disability": [row.disability for row in record.disabilities]},
        "EnrolStatus": leaver.stay.status if leaver.is_copy else sending_rules().left_status,
    }


def _meals(period: CarePeriod) -> Tree:
    return {
        "FSMstartDate": period.start_date,
        "FSMEligibilityVerificationDate": period.verified_on,
        "FSMendDate": period.end_date,
        "FSMCategory": period.kind,
    }


def _meals_review(record: TransferRecord) -> date | None:
    """The file has one day for all times: that of the one that lasts, or else the latest."""
    period = in_force(record.meals, record.day) or next(reversed(record.meals), None)
    return period.review_date if period else None


def _address(holder: Any) -> Tree:
    """In lines as the import reads them: the third is the town where no fourth follows."""
    lines = {"AddressLine1": holder.address_1, "AddressLine2": holder.address_2, "AddressLine3": holder.locality or holder.town}
    if holder.locality:
        lines["AddressLine4"] = holder.town
    return {"AddressLines": lines, "County": holder.county, "PostCode": holder.postcode}


def _mobile(number: str | None) -> bool:
    return (number or "").replace(" ", "").replace("(0)", "").replace("+44", "0").startswith("07")


def _phone(kind: str, number: str | None) -> Tree:
    """Without blanks: school systems refuse a number that has any."""
    return {"TelephoneType": kind, "PhoneNo": "".join((number or "").split())}


def _contact(contact: Contact, pupil: Pupil, place: int) -> Tree:
    return _simple(contact, "Contacts/Contact", "contact") | {
        "Order": place,
        "Address": {"AddressAsPupil": True} if home_of(contact, pupil) is pupil else _address(contact),
        "Phones": {"Phone": [_phone(_HOME, contact.phone), _phone(_MOBILE, contact.mobile)]},
    }
