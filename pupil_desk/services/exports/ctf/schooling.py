"""The schools that a pupil went to and how much was attended in each school year, here and elsewhere, as the transfer file has them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports.ctf.held import TransferRecord

type _Element = Mapping[str, Any]


def schools(record: TransferRecord, unit: UnitSettings) -> list[_Element]:
    """The times at schools, the earliest first; the last school is always this one. Without a DfE number one is left out by the structure."""
    here = {stay.start_date for stay in record.stays}
    elsewhere = [
        (school.start_date, _school(school)) for school in record.schools if not (_is_ours(school, unit) and school.start_date in here)
    ]
    own = [(stay.start_date, _stay(stay, record, unit)) for stay in record.stays]
    return [school for _day, school in sorted([*elsewhere, *own], key=lambda pair: pair[0] or date.min)]


def attendance(record: TransferRecord, unit: UnitSettings) -> list[_Element]:
    """The totals by school year: those of other schools as they told them, and ours of the year in which the pupil left."""
    own = list(_own_year(record, unit))
    counted = {year["Year"] for year in own}
    return [*(_total(total) for total in record.totals_elsewhere if not (_is_ours(total, unit) and str(total.year) in counted)), *own]


def _is_ours(told: SchoolAttended | AttendanceTotal, unit: UnitSettings) -> bool:
    """Whether another school's file told of our own school."""
    return told.school == unit.dfe_number


def _own_school(unit: UnitSettings) -> dict[str, str]:
    return {"LEA": unit.la, "Estab": unit.estab, "SchoolName": unit.name}


def _other_school(told: SchoolAttended | AttendanceTotal) -> dict[str, str | None]:
    la, _stroke, estab = (told.school or "").partition("/")
    return {"LEA": la, "Estab": estab, "SchoolName": told.name}


def _stay(stay: Enrolment, record: TransferRecord, unit: UnitSettings) -> _Element:
    has_left = stay.end_date is not None and stay.end_date <= record.day
    return _own_school(unit) | {
        "URN": unit.urn,
        "EntryDate": stay.start_date,
        "LeavingDate": stay.end_date if has_left else None,
        "LeavingReason": sending_rules().leaving_reasons.get(stay.deletion_ground or "") if has_left else None,
        "LastSchool": stay.id == record.leaver.stay.id,
    }


def _school(school: SchoolAttended) -> _Element:
    return _other_school(school) | {
        "URN": school.urn,
        "EntryDate": school.start_date,
        "LeavingDate": school.end_date,
        "LeavingReason": school.leaving_reason if school.leaving_reason in sending_rules().leaving_reasons.values() else None,
        "LastSchool": None if school.was_last is None else False,
    }


def _own_year(record: TransferRecord, unit: UnitSettings) -> Iterator[_Element]:
    if record.totals is None:
        return
    year = record.year if sending_rules().attendance_from_start else record.year + 1
    sessions = {
        "SessionsPossible": record.totals.possible,
        "SessionsAuthorised": record.totals.authorised,
        "SessionsAttended": record.totals.attended,
        "SessionsUnauthorised": record.totals.unauthorised,
    }
    yield {"Year": str(year), **_own_school(unit), **{name: str(number) for name, number in sessions.items()}}


def _total(total: AttendanceTotal) -> _Element:
    numbers = {
        "Year": total.year,
        "SessionsPossible": total.possible,
        "SessionsAuthorised": total.authorised,
        "SessionsAttended": total.attended,
        "SessionsUnauthorised": total.unauthorised,
    }
    return _other_school(total) | {name: None if number is None else str(number) for name, number in numbers.items()}
