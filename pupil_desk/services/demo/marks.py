"""Invented marks for the training unit: the school days of the term so far, today left to be marked; some amended, some not settled.

Two invented suspensions of the training unit: one that begins on the next school day, and lunchtimes that were served.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice

from pupil_desk.basics.clock import stamp
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.services import records
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import register as store

_MANY = 500  # pupils: of more than so many only the last days are marked, so that a large unit is soon there
_LAST_DAYS = 10
_TIMES = {Session.AM: time(9, 4), Session.PM: time(13, 3)}
_PRESENT = {Session.AM: "/", Session.PM: "\\"}
_ABSENT = ("I", "I", "M", "O", "N", "C", "J1", "V", "W")


def keep_marks_of(work: Work, people: Sequence[Invented]) -> None:
    """Within a transaction: keep the marks of these pupils, each session entered on its day, with amendments and two part-time patterns."""
    today = work.desk.today
    days = school_calendar(work.desk.vault).school_days(date(school_year(today), 8, 1), today - timedelta(days=1))
    days = days[-_LAST_DAYS:] if len(people) > _MANY else days
    patterns = _patterns(work, people, days)
    chance = random.Random(len(days))  # noqa: S311 invented people; the same for the same day
    leaning = {person.pupil.id: chance.choice((0.02, 0.03, 0.05, 0.08, 0.15, 0.35)) for person in people}
    for day in days:
        for session in Session:
            _enter(
                work,
                [_mark(person, day, session, patterns, chance, leaning=leaning) for person in people if person.stay.on_roll(day)],
                day,
                session,
            )
    _amend(work, days, chance)


def _enter(work: Work, marks: list[Mark], day: date, session: Session) -> None:
    entering = store.begin_entering(
        work.desk.vault,
        moment=stamp(datetime.combine(day, _TIMES[session]).astimezone()),
        actor=work.actor,
        name=work.desk.user.name,
        title=work.desk.user.role.label,
        source="form",
        act=new_id(),
        marks=len(marks),
    )
    store.add_marks(work.desk.vault, [(mark, False) for mark in marks], entering)


def _patterns(work: Work, people: Sequence[Invented], days: list[date]) -> dict[str, Timetable]:
    """Two pupils of the first on roll have a part-time pattern: one at home, one at the other school."""
    patterns = {}
    if not days:
        return {}
    on_roll = [person for person in people if person.stay.on_roll(days[-1])]
    for person, code, agreed_with in zip(on_roll[2:4], ("C2", "D"), ("A parent", "The main school"), strict=False):
        pattern = Timetable(
            id=new_id(),
            pupil_id=person.pupil.id,
            since=days[0],
            until=days[-1] + timedelta(weeks=4),
            thu_pm=code,
            fri_am=code,
            fri_pm=code,
            reason="reintegration" if code == "C2" else None,
            hours=18,
            agreed_with=agreed_with,
            review_on=days[-1] + timedelta(weeks=2),
        )
        records.add(work, [pattern], source="form")
        patterns[person.pupil.id] = pattern
    return patterns


def _mark(
    person: Invented, day: date, session: Session, patterns: dict[str, Timetable], chance: random.Random, *, leaning: dict[str, float]
) -> Mark:
    pupil_id = person.pupil.id
    pattern = patterns.get(pupil_id)
    code = (pattern.code_for(day, session) if pattern else "") or _PRESENT[session]
    if code == _PRESENT[session]:
        fate = chance.random()
        if fate < leaning[pupil_id]:
            code = chance.choice(_ABSENT)
        elif fate > 1 - leaning[pupil_id] / 2:
            return Mark(pupil_id=pupil_id, day=day, session=session, code="L", minutes_late=chance.randint(3, 25))
    return Mark(pupil_id=pupil_id, day=day, session=session, code=code)


def _amend(work: Work, days: list[date], chance: random.Random) -> None:
    """Most of the N are settled the next morning by an amendment; of the last days some stand."""
    if not days:
        return
    settled = []
    for row in store.between(work.desk.vault, days[0], days[-1]):
        if row["code"] == "N" and chance.random() < 0.9:
            mark = Mark(
                pupil_id=row["pupil_id"],
                day=date.fromisoformat(row["day"]),
                session=Session(row["session"]),
                code=chance.choice(("I", "O", "M")),
            )
            settled.append((mark, False, 1, "The family was rung"))
    if settled:
        entering = store.begin_entering(
            work.desk.vault, name=work.desk.user.name, title=work.desk.user.role.label, marks=len(settled), **work.provenance("form")
        )
        store.add_amendments(work.desk.vault, settled, entering)


_WEEKS_BACK = 14  # days in which two lunchtimes are looked for


def suspend(desk: Desk, people: Sequence[Invented]) -> None:
    """Decide them for the last two on roll; none where the calendar has no term about today."""
    on_roll = [person.pupil for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None]
    calendar, today = school_calendar(desk.vault), desk.today
    coming = list(islice(calendar.halves_from(today + timedelta(days=1)), 4))
    past = calendar.school_days(today - timedelta(days=_WEEKS_BACK), today - timedelta(days=1))[-2:]
    if len(on_roll) < 2 or len(coming) < 4 or len(past) < 2:
        return
    first, second = on_roll[-2:]
    decisions.decide(
        desk,
        Suspension(
            pupil_id=first.id,
            category="SUSP",
            start=coming[0][0],
            session="AM",
            sessions=4,
            reason_1="VA",
            reason_2="DM",
            circumstances="There was shouting at two members of staff, and a window was broken.",
            decided_by=desk.settings.head,
        ),
    )
    decisions.decide(
        desk,
        Suspension(
            pupil_id=second.id, category="LNCH", start=past[0], session="PM", sessions=2, reason_1="DB", decided_by=desk.settings.head
        ),
    )
    (case,) = decisions.overview(desk, first.id).cases
    decision = case.suspension.decision
    for kind in (SuspensionEventKind.TOLD_PARENTS, SuspensionEventKind.TOLD_LA):
        decisions.record_event(
            desk, SuspensionEvent(pupil_id=first.id, decision=decision, kind=kind, on=today, time="09:10", note="By phone")
        )
    (over,) = decisions.overview(desk, second.id).cases
    decisions.record(
        desk,
        SuspensionEvent(
            pupil_id=second.id,
            decision=over.suspension.decision,
            kind=SuspensionEventKind.BOARD_UPHELD,
            on=today,
            note="The parents had nothing to say against it",
        ),
    )
