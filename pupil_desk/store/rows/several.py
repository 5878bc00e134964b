"""Records of which a pupil has several, in tables that are all shaped alike: plain SQL over any of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.care.health import Disability, Dose, HealthItem, Medicine, NothingKnown
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, SchoolPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, insert_all, read, read_first, update
from pupil_desk.store.rows.same import PERSON, among, id_list, of_person


class _Tables(dict[type, str]):
    """By type of record. One that has no table here is a bug, and is told with its place."""

    def __missing__(self, record_type: type) -> str:
        raise LookupError(f"{record_type.__name__} has no table: add its line to TABLES, pupil_desk/store/rows/several.py")


TABLES: Mapping[type, str] = _Tables(
    {
        Enrolment: "enrolment",
        Contact: "contact",
        Timetable: "timetable",
        AbsenceStep: "absence_step",
        SenPeriod: "sen_period",
        SenNeed: "sen_need",
        CarePeriod: "care_period",
        HealthItem: "health_item",
        Disability: "disability",
        NothingKnown: "health_none",
        Medicine: "medicine",
        Dose: "dose",
        Learning: "learning",
        DetailsCheck: "details_check",
        Destination: "destination",
        Attachment: "attachment",
        Placement: "placement",
        BoughtPlaceReview: "bought_place_review",
        SchoolPlace: "school_place",
        SchoolPlaceReview: "school_place_review",
        SchoolMark: "school_mark",
        ProviderReturn: "provider_return",
        Journey: "journey",
        NotTaken: "not_taken",
        SchoolAttended: "school_attended",
        AttendanceTotal: "attendance_total",
        Accident: "accident",
        ExamEntry: "exam_entry",
        ExamArrangement: "exam_arrangement",
        ResultsCollector: "exam_collector",
    }
)
CHANGING = frozenset(TABLES) - {Dose, AbsenceStep}
"""Those that are corrected and may be taken away; the others only grow."""
_ORDERS: Mapping[type, str] = {
    Enrolment: "coalesce(start_date, ''), id",
    Contact: 'coalesce("order", 99), surname, forename, id',
    Timetable: "since, id",
    AbsenceStep: '"on", seq',
    SenPeriod: "coalesce(start_date, ''), id",
    SenNeed: "rank, coalesce(start_date, ''), id",
    CarePeriod: "coalesce(start_date, ''), kind, id",
    HealthItem: "kind, CASE severity WHEN 'LIFE' THEN 0 WHEN 'SEV' THEN 1 WHEN 'MOD' THEN 2 ELSE 3 END, what, id",
    Disability: "coalesce(start_date, ''), id",
    NothingKnown: "said_on, rowid",
    Medicine: "name, id",
    Dose: "given_on, given_time, rowid",
    Learning: "coalesce(start, ''), title, id",
    Destination: "coalesce(start, ''), id",
    DetailsCheck: '"on", rowid',
    Placement: "start_date, id",
    BoughtPlaceReview: "day, rowid",
    SchoolPlace: "start_date, id",
    SchoolPlaceReview: "day, rowid",
    SchoolMark: "day, session, school, id",
    Journey: "start_date, id",
    ProviderReturn: "day, session, provider, id",
    SchoolAttended: "coalesce(start_date, ''), id",
    AttendanceTotal: "year, id",
    ExamEntry: "coalesce(day, '9999'), session, qualification, id",
    ExamArrangement: "kind, id",
    ResultsCollector: "year, series, id",
    Accident: "day, coalesce(time, ''), id",
    Attachment: "set_aside_on IS NOT NULL, coalesce(paper_day, kept_on) DESC, rowid DESC",
}
_AS_ENTERED = "rowid"


def _person(record_type: type) -> str:
    """Of contacts, those that stand for themselves alone."""
    return f" AND {PERSON}" if record_type is Contact else ""


def select(record_type: type) -> str:
    """The beginning of a query for all columns of a record type."""
    return f"SELECT {columns(record_type)} FROM {TABLES[record_type]}"


def add(vault: Vault, record: Any, **extra_columns: Any) -> None:
    """Keep a new record; a dose comes with ``at`` and ``recorded_by``."""
    insert(vault, TABLES[type(record)], record, **extra_columns)


def add_all(vault: Vault, records: Sequence[Any]) -> None:
    """Keep many new records of one type."""
    if records:
        insert_all(vault, TABLES[type(records[0])], records, {})


def save(vault: Vault, record: Any) -> None:
    """Keep what has changed of a record. A dose is never changed, and the file refuses it."""
    update(vault, TABLES[type(record)], record)


def remove(vault: Vault, record: Any) -> None:
    """Take a record away again. A dose stays, and the file refuses it."""
    vault.execute(f"DELETE FROM {TABLES[type(record)]} WHERE id = ?", (record.id,))


def get[R](vault: Vault, record_type: type[R], record_id: str) -> R | None:
    """The record of that identity."""
    return read_first(vault, record_type, f"{select(record_type)} WHERE id = ?{_person(record_type)}", (record_id,))


def of_pupil[R](vault: Vault, record_type: type[R], pupil_id: str) -> list[R]:
    """A pupil's records of one type, in their order."""
    return read(
        vault,
        record_type,
        f"{select(record_type)} WHERE {of_person()}{_person(record_type)} ORDER BY {_ORDERS.get(record_type, _AS_ENTERED)}",
        (pupil_id,),
    )


def any_of_pupil(vault: Vault, tables: Iterable[str], pupil_id: str) -> bool:
    """Whether a pupil has any row in one of these tables, which are names of ours."""
    rows = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {of_person()}" for table in tables)
    return vault.first_row(f"{rows} LIMIT 1", (pupil_id,)) is not None


def entered_by(vault: Vault, pupil_id: str) -> dict[str, str]:
    """Who entered each of a pupil's doses, by the identity of the dose."""
    rows = vault.rows(
        f"SELECT d.id, coalesce(s.name, d.recorded_by) AS name FROM dose d LEFT JOIN staff s ON s.id = d.recorded_by WHERE {of_person('d')}",
        (pupil_id,),
    )
    return {row["id"]: row["name"] for row in rows}


def by_pupil[R](vault: Vault, record_type: type[R], ids: Iterable[str] | None = None) -> defaultdict[str, list[R]]:
    """Every pupil's records of one type; with ``ids`` these pupils'."""
    return rows.by_pupil(
        vault,
        record_type,
        f"{select(record_type)} WHERE {among('pupil_id', 1)}{_person(record_type)} ORDER BY {_ORDERS.get(record_type, _AS_ENTERED)}",
        (id_list(ids),),
    )
