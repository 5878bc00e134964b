"""Which absences nobody explained, and of which of them the pupil's social worker was never told, by the log of disclosures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.care.needs import SOCIAL_WORK, CarePeriod, social_work_on
from pupil_desk.domain.register.attendance import Session, attended
from pupil_desk.services.register.calling import WITHOUT_REASON
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import erasing, merging
from pupil_desk.store.tables import standing, told


def is_unexplained(morning_code: str | None, afternoon_code: str) -> bool:
    """Whether a day's absence is one that nobody explained: what explains the afternoon does not explain the morning."""
    return morning_code in WITHOUT_REASON and not attended(afternoon_code)


def step_of(pupil_id: str, day: date) -> str:
    """Tells one absence from another, as a step that says that somebody was told; it does not say whose it is."""
    return str(uuid5(NAMESPACE_OID, f"absence/{pupil_id}/{day}"))


def steps_of_person(vault: Vault, pupil_id: str, day: date) -> list[str]:
    """The step of the absence under each record of the person: what was told under one that another stands for now was told of this pupil."""
    return [step_of(record_id, day) for record_id in erasing.records_of(vault, pupil_id)]


def never_told(vault: Vault, periods: Mapping[str, Sequence[CarePeriod]], since: date, until: date) -> dict[str, list[date]]:
    """The days of these of which an absence stands unexplained and the social worker whom the pupil had that day was never told; by pupil.

    ``periods`` are everybody's times of care and social work, by pupil.
    """
    ids = [pupil_id for pupil_id, rows in periods.items() if any(row.kind in SOCIAL_WORK for row in rows)]
    marks = standing.by_pupil(vault, since, until, ids=ids) if ids else {}
    days = {
        pupil_id: [day for day in _unexplained_days(of_pupil) if social_work_on(periods[pupil_id], day)]
        for pupil_id, of_pupil in marks.items()
    }
    merged = merging.together(vault)
    records = {pupil_id: merged[pupil_id].records if pupil_id in merged else (pupil_id,) for pupil_id in days}
    steps = {
        step_of(record_id, day): (pupil_id, day)
        for pupil_id, of_pupil in days.items()
        for day in of_pupil
        for record_id in records[pupil_id]
    }
    told_places = {steps[step] for step in told.events_told(vault, steps)} if steps else set()
    return grouped(place for place in dict.fromkeys(steps.values()) if place not in told_places)


def _unexplained_days(marks: standing.Marks) -> Iterator[date]:
    codes: dict[str, dict[str, str]] = {}
    for day, session, code, *_more in marks:
        codes.setdefault(day, {})[session] = code
    for day, halves in codes.items():
        if is_unexplained(halves.get(Session.AM), halves.get(Session.PM, "")):
            yield date.fromisoformat(day)
