"""The register as a person sees it: the pupils of some days, what each session says, and what it said before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.enrolment import OFF_THE_ROLL
from pupil_desk.domain.register.attendance import Session, Timetable
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.register.marking import begun_sessions
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import of_row
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import register as store

type Key = tuple[date, Session]
_SATURDAY = 5
TRANSPORT_SWITCH = "records_transport"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one session says. ``late``: first entered on a later day than the session's. ``is_planned``: ahead of it, and not yet confirmed."""

    code: str | None
    amended: bool
    is_planned: bool
    late: bool
    minutes_late: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One pupil. ``expected`` is what the timetable in force says of a session of a day that is open; ``on_register`` the days on which the pupil is on it,
    ``on_roll`` those of them on which not as a guest: only these are counted.

    ``main_school`` is that of the last stay in these days, by its name where the unit has written that down. ``tutor_group``, ``site`` and
    ``subject_sets`` are as the record has them, ``routes`` those by which the pupil is carried on any of these days.
    """

    pupil_id: str
    ref: str
    name: str
    year_group: str | None
    status: str
    cells: dict[Key, Cell]
    expected: dict[Key, str]
    on_register: frozenset[date] = frozenset()
    on_roll: frozenset[date] = frozenset()
    main_school: str = ""
    tutor_group: str = ""
    site: str = ""
    subject_sets: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register of some days. ``closed`` gives the reason of each day the unit is closed; ``begun_sessions`` the sessions that have begun."""

    days: tuple[date, ...]
    closed: dict[date, str]
    begun_sessions: frozenset[Key]
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One entry of a session: the original (``number`` 0) or an amendment, with when and by whom. ``recorded_at`` is the moment as kept."""

    day: date
    session: Session
    number: int
    code: str
    minutes_late: int | None
    note: str | None
    is_planned: bool
    reason: str
    recorded_at: str
    name: str
    title: str
    source: str


@dataclass(slots=True)
class _Pupil:
    first: Any
    status: str = ""
    main_school: str | None = None
    days: set[date] = field(default_factory=set)
    roll_days: set[date] = field(default_factory=set)


def view(desk: Desk, first: date, last: date) -> RegisterView:
    """The register of these days: Monday to Friday, or a day of a weekend that is asked for alone; pupils on roll, and guests."""
    desk.require(Action.READ_RECORD)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days = [day for day in days if day.weekday() < _SATURDAY] or days[:1]
    calendar, has_begun = school_calendar(desk.vault), begun_sessions(desk)
    keys = [(day, session) for day in days for session in Session]
    open_keys = [(day, session) for day, session in keys if calendar.is_open(day)]
    cells = _cells(desk, first, last)
    patterns, told_schools = store.timetables(desk.vault), desk.settings.told_schools
    routes = _routes(desk, days)
    rows = tuple(
        RegisterRow(
            pupil_id=pupil_id,
            ref=pupil.first["ref"],
            name=f"{pupil.first['surname']}, {pupil.first['preferred_forename'] or pupil.first['forename']}",
            year_group=pupil.first["year_group"],
            status=pupil.status,
            cells=cells[pupil_id],
            expected=_expected(patterns.get(pupil_id, ()), open_keys),
            on_register=frozenset(pupil.days),
            on_roll=frozenset(pupil.roll_days),
            main_school=school_named(pupil.main_school, told_schools),
            tutor_group=pupil.first["tutor_group"] or "",
            site=pupil.first["site"] or "",
            subject_sets=tuple(tidied for part in (pupil.first["subject_sets"] or "").split(",") if (tidied := tidy(part))),
            routes=routes.get(pupil_id, ()),
        )
        for pupil_id, pupil in _pupils(desk, days).items()
    )
    closed = {day: why_closed(calendar, day) for day in days if not calendar.is_open(day)}
    return RegisterView(tuple(days), closed, frozenset(key for key in keys if has_begun(*key)), rows)


def why_closed(calendar: SchoolCalendar, day: date) -> str:
    """Why the unit is closed on a day on which it is."""
    if day in calendar.closed:
        return calendar.closed[day]
    return _("Weekend") if day.weekday() >= _SATURDAY else _("Not in a term")


def _routes(desk: Desk, days: Sequence[date]) -> dict[str, tuple[str, ...]]:
    """The routes by which each pupil is carried on any of these days, where the unit records transport."""
    if not desk.settings.uses(TRANSPORT_SWITCH):
        return {}
    stays = enrolments.by_pupil(desk.vault)

    def is_carried(journey: Journey) -> bool:
        return any(journey.spans(day) and not journey.is_of_earlier_stay(stays[journey.pupil_id], day) for day in days)

    return {
        pupil_id: tuple(dict.fromkeys(journey.route for journey in journeys if is_carried(journey)))
        for pupil_id, journeys in several.by_pupil(desk.vault, Journey).items()
    }


def _pupils(desk: Desk, days: list[date]) -> dict[str, _Pupil]:
    """By name; of several stays in these days the status of the last."""
    pupils: dict[str, _Pupil] = {}
    texts = [(day, day.isoformat()) for day in days]
    for row in store.on_register(desk.vault, days[0], days[-1]):
        pupil = pupils.setdefault(row["id"], _Pupil(row))
        pupil.status, pupil.main_school = row["status"], row["main_school"]
        start, end = row["start_date"] or "", row["end_date"] or "9999-12-31"
        stay_days = {day for day, text in texts if start <= text <= end}
        pupil.days |= stay_days
        pupil.roll_days |= stay_days if pupil.status not in OFF_THE_ROLL else set()
    return {pupil_id: pupil for pupil_id, pupil in pupils.items() if pupil.days}


def _cells(desk: Desk, first: date, last: date) -> defaultdict[str, dict[Key, Cell]]:
    cells: defaultdict[str, dict[Key, Cell]] = defaultdict(dict)
    days: dict[str, date] = {}
    for row in store.between(desk.vault, first, last):
        day = days.get(row["day"]) or days.setdefault(row["day"], date.fromisoformat(row["day"]))
        cells[row["pupil_id"]][day, Session(row["session"])] = Cell(
            row["code"], row["amended"] > 0, bool(row["planned"]), bool(row["late"]), row["minutes_late"], note=row["note"]
        )
    return cells


def _expected(patterns: Any, keys: list[Key]) -> dict[Key, str]:
    return {(day, session): expected_code(patterns, day, session) for day, session in keys}


def expected_code(patterns: "list[Timetable] | tuple[()]", day: date, session: Session) -> str:
    """What the timetables say of a session; of several in force the one that began last. Empty where we expect the pupil."""
    force = [pattern for pattern in patterns if pattern.in_force(day)]
    return force[-1].code_for(day, session) if force else ""


def taken_back(desk: Desk, first: date, last: date) -> set[tuple[str, date, Session]]:
    """The sessions of these days of which the mark was taken back, and which have none now: pupil, day, session. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return set(store.taken_back(desk.vault, first, last))


def entries(desk: Desk, pupil_id: str, day: date, session: Session) -> list[RegisterEntry]:
    """The original entry of a session and its amendments, in order."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return [
        of_row(RegisterEntry, row, day=day, session=session, is_planned=bool(row["planned"]), recorded_at=row["at"])
        for row in store.entries(desk.vault, pupil_id, day, day, str(session))
    ]
