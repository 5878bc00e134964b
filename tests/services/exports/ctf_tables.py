"""What a transfer file should say of a pupil, worked out from the unit's tables by plain SQL."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from pupil_desk.services.desk import Desk
from pupil_desk.store.file.vault import Row
from tests.services.exports.made import DAY
from tests.services.exports.test_returns_recomputed import last_friday_of_june_at_16

TODAY = DAY.isoformat()
ATTENDED, AUTHORISED, UNAUTHORISED = (
    ("/", "\\", "L", "K", "V", "P", "W", "B"),
    ("C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"),
    ("G", "N", "O", "U"),
)
ONE_TO_ONE = {
    "UPN": "upn",
    "UniqueLearnerNumber": "uln",
    "Surname": "surname",
    "Forename": "forename",
    "DOB": "dob",
    "Sex": "sex",
    "Email": "email",
    "BasicDetails/FormerUPN": "former_upn",
    "BasicDetails/PreferredSurname": "preferred_surname",
    "BasicDetails/PreferredForename": "preferred_forename",
    "BasicDetails/MiddleNames": "middle_names",
    "BasicDetails/NCyearActual": "year_group",
    "BasicDetails/Ethnicity": "ethnicity",
    "BasicDetails/EthnicitySource": "ethnicity_source",
    "BasicDetails/Languages/Type/Language": "first_language",
    "Address/County": "county",
    "Address/PostCode": "postcode",
    "Phones/Phone/PhoneNo": "phone",
    "LookedAfter/CareAuthority": "care_authority",
    "Address/AddressLines/AddressLine1": "address_1",
    "Address/AddressLines/AddressLine2": "address_2",
}
ARRANGED = (
    "BasicDetails/Languages/Type/LanguageType",
    "Phones/Phone/TelephoneType",
    "Address/AddressLines/AddressLine3",
    "Address/AddressLines/AddressLine4",
)
PARTS = ("Contacts", "FSMhistory", "SENhistory", "Attendance", "StageAssessments", "SchoolHistory", "BasicDetails/Disabilities")
ELSE = ("BasicDetails/MedicalFlag", "BasicDetails/EnrolStatus", "LookedAfter/InCare")


def school_days(desk: Desk, after: str) -> list[str]:
    """Those from the day after a leaving day to the day of the file, by the terms on file."""
    terms = desk.vault.rows('SELECT "start", "end" FROM term')
    closed = {row["day"] for row in desk.vault.rows("SELECT day FROM closure")}
    days = [date.fromisoformat(after) + timedelta(days=number) for number in range(1, (DAY - date.fromisoformat(after)).days + 1)]
    return [
        str(day)
        for day in days
        if day.weekday() < 5 and str(day) not in closed and any(term["start"] <= str(day) <= term["end"] for term in terms)
    ]


def fate(desk: Desk, pupil: Row, *, named: bool) -> str | None:
    """Reference 2.1 and 2.3: the seven signs of where a pupil's file goes; empty where it must wait or is not owed, None where nothing is due.

    Due is the file of who left, up to 15 school days beyond the 15 that the law gives; by name that of any leaver, and a copy to the other school of who
    is registered at two. None was sent from either unit yet.
    """
    stays = [
        stay
        for stay in rows(desk, "SELECT * FROM enrolment WHERE ({own})", pupil["id"])
        if stay["status"] in ("C", "M", "S") or (stay["status"] == "P" and stay["end_date"])
    ]
    here = [stay for stay in stays if not stay["end_date"] or stay["end_date"] >= TODAY]
    if here or not stays:
        other = digits(here[-1]["main_school"]) if here and here[-1]["status"] in ("M", "S") else ""
        return (other if pupil["upn"] else "") if named else None
    last = max(stays, key=lambda stay: stay["end_date"])
    passed = len(school_days(desk, last["end_date"])) if last["end_date"] > "2026-07-31" else 99
    if passed > 15 + 15 and not named:
        return None
    steps = rows(desk, "SELECT activity FROM destination WHERE ({own}) AND kind = 'actual'", pupil["id"])
    beyond_school = any(step["activity"][0] in "3456" or step["activity"] in ("220", "230", "240", "250", "270") for step in steps)
    of_age = last["end_date"] >= str(last_friday_of_june_at_16(pupil["dob"]))
    school = digits(last["next_school"] or (last["main_school"] if last["status"] in ("M", "S") else ""))
    if not pupil["upn"]:
        return ""
    if school:
        return school if school[3] != "6" else "MMMMMMM"
    if last["deletion_ground"] in ("9(1)(f)", "9(1)(k)", "9(1)(l)") or (of_age and beyond_school):
        return "MMMMMMM"
    return "XXXXXXX" if passed >= 15 else ""


def digits(school: str | None) -> str:
    """«919/4003» as it stands in the name of a file."""
    return (school or "").replace("/", "")


def leaves(of: ET.Element, within: str = "") -> Iterator[tuple[str, str]]:
    for child in of:
        path = f"{within}{child.tag}"
        if len(child):
            yield from leaves(child, f"{path}/")
        else:
            yield path, child.text or ""


def straight(value: Any) -> str:
    return str(value).replace("’", "'")


def groups(pupil: ET.Element, path: str) -> list[dict[str, str]]:
    return [dict(leaves(group)) for group in pupil.iterfind(path)]


def filled(**values: Any) -> dict[str, str]:
    return {name.replace("__", "/"): straight(value) for name, value in values.items() if value is not None}


def rows(desk: Desk, sql: str, pupil_id: str) -> list[dict[str, Any]]:
    return [
        dict(row)
        for row in desk.vault.rows(
            sql.replace("{own}", "pupil_id = ?1 OR pupil_id IN (SELECT id FROM pupil WHERE same_as = ?1)"), (pupil_id,)
        )
    ]
