"""Reads what the rules look at: a fixed number of queries for all pupils together."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.domain.care.health import Disability, HealthItem, Medicine
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.learning.destination import Destination
from pupil_desk.domain.learning.learning import Learning
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import Half
from pupil_desk.services.care import health_answers
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notices
from pupil_desk.services.quality.held import Around, PupilFile, file_of
from pupil_desk.services.quality.rule import limits
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import choices, contacts, enrolments, protections, pupils, quality, register, suspensions
from pupil_desk.store.tables import notices as notices_store

_PERIODS: tuple[tuple[str, type], ...] = (
    ("periods", SenPeriod), ("needs", SenNeed), ("care", CarePeriod), ("health", HealthItem), ("disabilities", Disability),
    ("medicines", Medicine), ("learning", Learning), ("destinations", Destination), ("checks", DetailsCheck),
)  # fmt: skip
_SIXTEEN = timedelta(days=16 * 365)  # or a little less: who has come to the end of compulsory school age was born before
type Step = Callable[[int], None]


def read(desk: Desk, step: Step) -> tuple[Around, Iterator[PupilFile]]:
    """What is around, and every pupil with all records, by name. ``step`` is told after each table how many were read."""
    everyone = pupils.everyone(desk.vault)
    around = _around(desk, everyone)
    held = _records(desk, around, step)
    assessed = quality.assessed(desk.vault)
    return around, (_one(pupil, around, held, assessed) for pupil in everyone)


def _around(desk: Desk, everyone: Sequence[Pupil]) -> Around:
    settings = desk.settings
    by_upn: defaultdict[str, list[Pupil]] = defaultdict(list)
    by_uln: defaultdict[str, list[Pupil]] = defaultdict(list)
    by_name: defaultdict[tuple[str, str, date], list[Pupil]] = defaultdict(list)
    for pupil in everyone:
        for number in {pupil.upn, pupil.former_upn} - {None}:
            by_upn[str(number)].append(pupil)
        if pupil.uln:
            by_uln[pupil.uln].append(pupil)
        by_name[fold(pupil.surname), fold(pupil.forename), pupil.dob].append(pupil)
    alike = [pupils for pupils in by_name.values() if len(pupils) > 1]
    namesakes = {one.id: [other for other in pupils if other is not one] for pupils in alike for one in pupils}
    return Around(
        today=desk.today, calendar=school_calendar(desk.vault), rules=settings.rules, dfe_number=settings.dfe_number,
        edition_id=notices.current_edition(desk).id, by_upn=by_upn, by_uln=by_uln, namesakes=namesakes,
        watched_from=desk.today - timedelta(days=limits()["suspension_marks_days"]),
    )  # fmt: skip


def _records(desk: Desk, around: Around, step: Step) -> dict[str, Mapping[str, Any]]:
    vault, today = desk.vault, around.today
    readers: dict[str, Callable[[], Mapping[str, Any]]] = {
        "stays": lambda: enrolments.by_pupil(vault),
        "contacts": lambda: contacts.by_pupil(vault),
        "protections": lambda: protections.by_pupil(vault, today),
        "choices": lambda: choices.by_pupil(vault),
        "issues": lambda: notices_store.issues_by_pupil(vault),
        "nothing": lambda: health_answers.standing(vault),
        "timetables": lambda: register.timetables(vault),
        "cases": lambda: suspensions.by_pupil(vault),
        "e_marks": lambda: _halves(quality.marked(vault, "E", around.watched_from, today)),
        "attained": lambda: quality.attained(vault, born_by=today - _SIXTEEN),
        "stands": lambda: quality.during_suspensions(vault, around.watched_from, today),
    }
    for name, record_type in _PERIODS:
        readers[name] = _of(desk, record_type)
    found: dict[str, Mapping[str, Any]] = {}
    for number, (name, reader) in enumerate(readers.items(), start=1):
        found[name] = reader()
        step(number)
    return found


def _of(desk: Desk, record_type: type) -> Callable[[], Mapping[str, Any]]:
    return lambda: several.by_pupil(desk.vault, record_type)


def _halves(rows: Sequence[Any]) -> Mapping[str, Sequence[Half]]:
    found: defaultdict[str, list[Half]] = defaultdict(list)
    for row in rows:
        found[row["pupil_id"]].append((date.fromisoformat(row["day"]), row["session"]))
    return found


def _one(pupil: Pupil, around: Around, held: Mapping[str, Mapping[str, Any]], assessed: set[str]) -> PupilFile:
    records = {name: rows[pupil.id] for name, rows in held.items() if pupil.id in rows}
    stays = records.pop("stays", ())
    return file_of(pupil, around, stays=stays, assessed=pupil.id in assessed, **records)
