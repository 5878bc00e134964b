"""Every rule of «Check records», and what they find in one pupil's file.

What they look at is read for all pupils together, in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.domain.care.health import Disability, HealthItem, Medicine
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.providers.provider import ProviderFacts
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import Half
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.unit.school_name import schools_by_number
from pupil_desk.services.attachments import photographs
from pupil_desk.services.care import health_answers
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.seeing import kinds_seen, seen
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.quality import (
    absences,
    accidents,
    after14,
    bought_places,
    carried,
    exams,
    family,
    health,
    identity,
    incident_steps,
    needs,
    of_plans,
    school_places,
    sharing,
    stays,
    suspended,
    values,
)
from pupil_desk.services.quality.rule import Gap, Need, PupilFile, QualityContext, QualityRule, Scope, file_of, limits
from pupil_desk.services.register import untold
from pupil_desk.services.transport import routes
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.tables import accidents as accidents_store
from pupil_desk.store.tables import choices, contacts, enrolments, incidents, plans, protections, pupils, quality, register, suspensions
from pupil_desk.store.tables import exams as exam_store
from pupil_desk.store.tables import notices as notices_store

_PERIODS: tuple[tuple[str, type], ...] = (
    ("periods", SenPeriod),
    ("needs", SenNeed),
    ("care", CarePeriod),
    ("health", HealthItem),
    ("disabilities", Disability),
    ("medicines", Medicine),
    ("learning", Learning),
    ("destinations", Destination),
    ("exam_entries", ExamEntry),
    ("exam_arrangements", ExamArrangement),
    ("checks", DetailsCheck),
    ("placements", Placement),
    ("school_places", SchoolPlace),
    ("journeys", Journey),
)
_SIXTEEN = timedelta(days=16 * 365)  # or a little less: who has come to the end of compulsory school age was born before
type Step = Callable[[int], None]


def read(desk: Desk, step: Step, *, edition_id: str = "") -> tuple[QualityContext, Iterator[PupilFile]]:
    """What is around, and every pupil with all records, by name. ``step`` is told after each table how many were read.

    ``edition_id`` is the current edition of the notice: it may be left out where no rule about notices is asked.
    """
    every_pupil = pupils.all_pupils(desk.vault)
    context = _context(desk, every_pupil, edition_id)
    records_by_kind = _records(desk, context, step)
    assessed = quality.assessed(desk.vault)
    return context, (_pupil_file(pupil, context, records_by_kind, assessed) for pupil in every_pupil)


def _context(desk: Desk, every_pupil: Sequence[Pupil], edition_id: str) -> QualityContext:
    settings = desk.settings
    by_upn: defaultdict[str, list[Pupil]] = defaultdict(list)
    by_uln: defaultdict[str, list[Pupil]] = defaultdict(list)
    by_name: defaultdict[tuple[str, str, date], list[Pupil]] = defaultdict(list)
    for pupil in every_pupil:
        for number in {pupil.upn, pupil.former_upn} - {None}:
            by_upn[str(number)].append(pupil)
        if pupil.uln:
            by_uln[pupil.uln].append(pupil)
        by_name[fold(pupil.surname), fold(pupil.forename), pupil.dob].append(pupil)
    alike = [pupils for pupils in by_name.values() if len(pupils) > 1]
    namesakes = {pupil.id: [namesake for namesake in pupils if namesake is not pupil] for pupils in alike for pupil in pupils}
    return QualityContext(
        today=desk.today,
        calendar=school_calendar(desk.vault),
        rules=settings.rules,
        dfe_number=settings.dfe_number,
        edition_id=edition_id,
        keeps_plans=settings.keeps_plans,
        plan_kinds_seen=frozenset(kinds_seen(desk, plan_kinds())),
        schools_named=schools_by_number(settings.told_schools) if settings.records_schools else None,
        providers=_providers(desk) if settings.buys_places else None,
        routes_told=routes.told_keys(desk) if settings.records_transport else None,
        by_upn=by_upn,
        by_uln=by_uln,
        namesakes=namesakes,
        watched_from=desk.today - timedelta(days=limits()["suspension_marks_days"]),
    )


def _providers(desk: Desk) -> dict[str, ProviderFacts]:
    return {
        standing.id: ProviderFacts(
            standing.is_named,
            tuple(state.words for state in standing.lacking),
            standing.provider.registration,
            providers.full_time_pupils(standing.placements),
        )
        for standing in providers.standings(desk)
    }


def _records(desk: Desk, context: QualityContext, step: Step) -> dict[str, Mapping[str, Any]]:
    vault, today = desk.vault, context.today
    readers: dict[str, Callable[[], Mapping[str, Any]]] = {
        "stays": lambda: enrolments.by_pupil(vault),
        "contacts": lambda: contacts.by_pupil(vault),
        "protections": lambda: protections.by_pupil(vault, today),
        "choices": lambda: choices.by_pupil(vault),
        "issues": lambda: notices_store.issues_by_pupil(vault),
        "nothing_known": lambda: health_answers.standing(vault),
        "timetables": lambda: register.timetables(vault),
        "cases": lambda: suspensions.by_pupil(vault),
        "incidents": lambda: grouped((case.now.pupil_id, case) for case in incidents.between(vault, context.since, today)),
        "accidents": lambda: (
            grouped((row.pupil_id, row) for row in accidents_store.between(vault, context.since, today))
            if desk.settings.keeps_accidents
            else {}
        ),
        "plans": lambda: grouped((case.now.pupil_id, case) for case in seen(desk, plans.every(vault))) if desk.settings.keeps_plans else {},
        "unconfirmed": lambda: grouped((session.pupil.id, session.expected) for session in returns.to_confirm(desk)),
        "e_marks": lambda: _halves(quality.marked(vault, "E", context.watched_from, today)),
        "attained": lambda: quality.attained(vault, born_by=today - _SIXTEEN),
        "results": lambda: exam_store.results_of_entered(vault) if desk.settings.enters_exams else {},
        "photograph": lambda: photographs.ended_photographs(desk),
        "stands": lambda: quality.during_suspensions(vault, context.watched_from, today),
    }
    unused = () if desk.settings.enters_exams else (ExamEntry, ExamArrangement)
    for name, record_type in _PERIODS:
        readers[name] = dict if record_type in unused else _reader_of(desk, record_type)
    records_by_kind: dict[str, Mapping[str, Any]] = {}
    since = today - timedelta(days=limits()["untold_absence_days"])
    readers["untold"] = lambda: untold.never_told(vault, records_by_kind["care"], since, today)
    for number, (name, reader) in enumerate(readers.items(), start=1):
        records_by_kind[name] = reader()
        step(number)
    return records_by_kind


def _reader_of(desk: Desk, record_type: type) -> Callable[[], Mapping[str, Any]]:
    return lambda: several.by_pupil(desk.vault, record_type)


def _halves(rows: Sequence[Any]) -> Mapping[str, Sequence[Half]]:
    return grouped((row["pupil_id"], (date.fromisoformat(row["day"]), row["session"])) for row in rows)


def _pupil_file(pupil: Pupil, context: QualityContext, records_by_kind: Mapping[str, Mapping[str, Any]], assessed: set[str]) -> PupilFile:
    records = {name: rows[pupil.id] for name, rows in records_by_kind.items() if pupil.id in rows}
    stays = records.pop("stays", ())
    return file_of(pupil, context, stays=stays, assessed=pupil.id in assessed, **records)


RULES: tuple[QualityRule, ...] = (
    *identity.RULES,
    *family.RULES,
    *stays.RULES,
    *school_places.RULES,
    *bought_places.RULES,
    *carried.RULES,
    *needs.RULES,
    *health.RULES,
    *absences.RULES,
    *suspended.RULES,
    *incident_steps.RULES,
    *accidents.RULES,
    *of_plans.RULES,
    *after14.RULES,
    *exams.RULES,
    *sharing.RULES,
    *values.RULES,
)
"""Every rule, in the order in which a pupil's lines stand."""


def gaps(file: PupilFile, context: QualityContext, need: Need | None = None) -> Iterator[tuple[QualityRule, Gap]]:
    """What the rules find in one pupil's file; with ``need``, those alone that this return needs."""
    for rule in _rules_for(file.scopes, need):
        for gap in rule.check(file, context):
            yield rule, gap


@cache
def _rules_for(scopes: frozenset[Scope], need: Need | None) -> tuple[QualityRule, ...]:
    return tuple(rule for rule in RULES if rule.scope in scopes and (need is None or need in rule.needs))
