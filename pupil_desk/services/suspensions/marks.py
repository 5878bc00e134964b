"""The E marks of a suspension, written into the register and taken back with it. Inside the caller's transaction."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.calendar import AM, HALVES, Half
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, Suspension
from pupil_desk.services import register
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import register as store

SUSPENDED, NO_MARK, SOURCE = "E", "", "suspension"
_BEFORE_DAY_SIX = 10  # sessions of a permanent exclusion marked E; from day six the authority arranges education


def marked(suspension: Suspension, halves: Sequence[Half], desk: Desk) -> tuple[Half, ...]:
    """The sessions that bear an E: none for lunchtimes, nor for another school's decision, whose register is not ours."""
    if suspension.category == LUNCHTIME or suspension.school:
        return ()
    if not suspension.permanent:
        return tuple(halves)
    marked_halves: list[Half] = []
    for half in school_calendar(desk.vault).halves_from(suspension.start, suspension.session):
        if len(marked_halves) == _BEFORE_DAY_SIX:
            break
        marked_halves.append(half)
    return tuple(marked_halves)


def write(work: Work, suspension: Suspension, halves: Sequence[Half], *, replaces: bool) -> None:
    """Enter E for each session. ``replaces`` False leaves a session alone that has a mark, as for what came with a file."""
    e_marks = [_mark(suspension.pupil_id, half, SUSPENDED) for half in marked(suspension, halves, work.desk)]
    if not replaces:
        standing_marks = store.standing(work.desk.vault, e_marks)
        e_marks = [mark for mark in e_marks if mark.key not in standing_marks]
    register.keep_marks(work, e_marks, reason=_("Suspended"), source=SOURCE)


def replaced(desk: Desk, suspension: Suspension, halves: Sequence[Half]) -> list[tuple[Half, str]]:
    """The sessions whose saved mark a decision of these sessions would change to E, each with the code that stands there now."""
    e_marks = [_mark(suspension.pupil_id, half, SUSPENDED) for half in marked(suspension, halves, desk)]
    standing_marks = store.standing(desk.vault, e_marks)
    codes = (((mark.day, mark.session.value), standing_marks.get(mark.key)) for mark in e_marks)
    return [(half, standing_mark.code) for half, standing_mark in codes if standing_mark is not None and standing_mark.code != SUSPENDED]


def suspended(desk: Desk, pupil_id: str) -> frozenset[Half]:
    """The sessions of a pupil of which the register says E now."""
    codes = {
        (date.fromisoformat(row["day"]), row["session"]): row["code"] for row in store.entries(desk.vault, pupil_id, date.min, date.max)
    }
    return frozenset(half for half, code in codes.items() if code == SUSPENDED)


def first_missed(desk: Desk, pupil_id: str) -> Half:
    """With which session a decision of now would begin: the first of today that is not over and has no saved mark, else the next school day's."""
    today, has_begun = desk.today, register.begun_sessions(desk)
    halves = school_calendar(desk.vault).halves_from(today)
    saved_marks = store.standing(desk.vault, [_mark(pupil_id, (today, half), SUSPENDED) for half in HALVES])
    for day, half in halves:
        is_over = half == AM and has_begun(day, Session.PM)
        if day > today or not (is_over or (pupil_id, day, Session(half)) in saved_marks):
            return day, half
    return today, AM


def take_back(work: Work, pupil_id: str, halves: Sequence[Half], reason: str) -> None:
    """Amend the E of these sessions to what stood there before it, or to no mark where nothing did. One that is E no more stays."""
    entries = _entries(work.desk, pupil_id, halves)
    amended = []
    for half in halves:
        rows = entries.get(half, [])
        if rows and rows[-1]["code"] == SUSPENDED:
            before = [row for row in rows if row["code"] != SUSPENDED and row["source"] != SOURCE]
            amended.append(_as_before(pupil_id, half, before[-1] if before else None))
    register.keep_marks(work, amended, reason=reason, source=SOURCE)


def enter_again(work: Work, suspension: Suspension, halves: Sequence[Half]) -> None:
    """Enter E again for the sessions that ``take_back`` amended: what somebody else has entered, before or since, stays."""
    e_marks = marked(suspension, halves, work.desk)
    entries = _entries(work.desk, suspension.pupil_id, e_marks)
    amended = [half for half in e_marks if (rows := entries.get(half)) and rows[-1]["source"] == SOURCE and rows[-1]["code"] != SUSPENDED]
    register.keep_marks(work, [_mark(suspension.pupil_id, half, SUSPENDED) for half in amended], reason=_("Suspended"), source=SOURCE)


def _entries(desk: Desk, pupil_id: str, halves: Sequence[Half]) -> defaultdict[Half, list[Row]]:
    """All that was ever entered for the sessions from the first to the last of these, in order."""
    if not halves:
        return defaultdict(list)
    rows = store.entries(desk.vault, pupil_id, min(halves)[0], max(halves)[0])
    return grouped(((date.fromisoformat(row["day"]), row["session"]), row) for row in rows)


def _as_before(pupil_id: str, half: Half, row: Row | None) -> Mark:
    """A session as somebody entered it, or with no mark."""
    if row is None:
        return _mark(pupil_id, half, NO_MARK)
    return dataclasses.replace(_mark(pupil_id, half, row["code"]), minutes_late=row["minutes_late"], note=row["note"])


def _mark(pupil_id: str, half: Half, code: str) -> Mark:
    return Mark(pupil_id=pupil_id, day=half[0], session=Session(half[1]), code=code)
