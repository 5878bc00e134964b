"""Invented marks for the training unit: the school days of the term so far, today left to be marked; some amended, some not settled."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pupil_desk.basics.clock import stamp
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services import records
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Work
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
