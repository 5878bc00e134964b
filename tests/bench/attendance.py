"""Marking a class, and a year's totals for everybody."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import floors
from bench.made import CLOCK, DAYS, Unit
from bench.measuring import Row, Run, by_turns, timed
from bench.records import signed_in
from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, Mark, Session, codes_of
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables.attendance_counts import weight_of

_CLASS = 12


def rows(units: Sequence[tuple[Unit, Path]], times: int) -> list[Row]:
    """A class of 12 marked, beside 12 bare rows in one commit; a year's totals, beside the best query on the same tables. Units with a year's marks."""
    marking = Row(
        name="Mark a class of 12",
        target="≤ 2.5×",
        most_ratio=2.5,
        floor="12 bare rows of the register in one commit",
        note="Ours looks up what stands, the calendar and who is on the register.",
    )
    totals = Row(
        name="A year's totals for all",
        target="≤ 2×",
        most_ratio=2.0,
        floor="the quickest grouped query that we found over the same table",
        note=f"{len(DAYS)} days, two sessions, one mark in a thousand amended",
    )
    for unit, bare in units:
        con = floors.bare_connection(bare, unit.raw_key)
        with signed_in(unit) as desk:
            ids, days = [row["id"] for row in desk.vault.rows("SELECT id FROM pupil ORDER BY id")], DAYS
            desk.vault._head_kept_at = time.monotonic() + 3600
            totals.cells.append(
                by_turns(_bare_totals(con, days), timed(lambda: register.totals(desk, days[0], days[-1])), times, unit.size)  # noqa: B023
            )
            marking.cells.append(by_turns(_bare_marks(con, ids), _marks(desk), max(times, 20), unit.size))
        con.close()
    return [marking, totals]


def _bare_totals(con: Any, days: Sequence[date]) -> Run:
    weight = weight_of((codes_of(ATTENDING, ELSEWHERE), codes_of(AUTHORISED), codes_of(UNAUTHORISED)))
    query = f"SELECT pupil_id, count(*), sum({weight}) FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil_id"
    return timed(lambda: con.execute(query, (days[0].isoformat(), days[-1].isoformat())).fetchall())


def _school_days(desk: Desk) -> list[date]:
    return school_calendar(desk.vault).school_days(date(2026, 9, 1), date(2027, 7, 31))


def _marks(desk: Desk) -> Run:
    """Each turn marks the session after the last one, as someone would at the end of the year."""
    late = Desk(desk.vault, desk.user, FixedClock(datetime(2027, 7, 30, 15, tzinfo=CLOCK.now().tzinfo)))
    halves = iter([(day, session) for day in _school_days(desk) for session in Session])
    pupils = [row.pupil_id for row in register.view(late, *[_school_days(desk)[0]] * 2).rows][:_CLASS]

    def run() -> float:
        day, session = next(halves)
        marks = [Mark(pupil_id=one, day=day, session=session, code="/" if session is Session.AM else "\\") for one in pupils]
        started = time.perf_counter()
        register.mark(late, marks)
        return time.perf_counter() - started

    return run


def _bare_marks(con: Any, ids: Sequence[str]) -> Run:
    halves = iter([(date(2027, 1, 1) + timedelta(days=number)).isoformat() for number in range(1000)])

    def run() -> float:
        day = next(halves)
        started = time.perf_counter()
        con.execute("BEGIN IMMEDIATE")
        con.executemany(
            "INSERT INTO mark (pupil_id, day, session, code, planned, entering) VALUES (?, ?, 'AM', '/', 0, 1)",
            [(one, day) for one in ids[:_CLASS]],
        )
        con.execute("COMMIT")
        return time.perf_counter() - started

    return run
