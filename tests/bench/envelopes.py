"""The week's files for main and commissioning schools, each locked by the school's own password, with one receipt."""

import dataclasses
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import floors
from bench.exchange import bare_told, bare_workbook
from bench.made import CLOCK, Unit
from bench.measuring import Row, by_turns, timed
from bench.records import signed_in
from pupil_desk.services.exports import run_export, school_week
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.unit import settings

_SCHOOLS = {f"919/{number}": f"School {number}" for number in range(4001, 4013)}
_PUPILS = 60  # five of each school, as far as there are so many
_MONDAY = CLOCK.today() - timedelta(days=CLOCK.today().weekday() + 7)
_WEEK = [_MONDAY + timedelta(days=number) for number in range(5)]


def rows(unit: Unit, bare: Path, times: int, folder: Path) -> list[Row]:
    """A week's files for 12 schools, whose pupils have a mark in each session."""
    row = Row(
        name="A week's envelopes for 12 schools",
        most_ratio=4,
        most=20_000,
        target="≤ 4×, ≤ 20 s",
        floor="bare query of each school's marks, XlsxWriter, the same lock unproved, safely written; a receipt; who was told, in one commit",
        note=f"Sizes are those of the unit: {_PUPILS} of its pupils have a school. Ours judges each pupil, writes four tabs and a sheet about the file, "
        "looks for names of others in notes, opens each lock again, and keeps a digest of each value.",
    )
    place = folder / "envelopes"
    place.mkdir()
    con, turn = floors.bare_connection(bare, unit.raw_key), iter(range(10**6))
    with signed_in(unit) as desk:
        ids = [row[0] for row in con.execute(_ON_ROLL, (_PUPILS,)).fetchall()]
        _fill(con, ids)
        with desk.vault.transaction():
            _fill(desk.vault, ids)
        lines = "\n".join(f"{name}, {number}" for number, name in _SCHOOLS.items())
        settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=lines))
        order = ExportOrder(reason="measured", period=Period(_WEEK[0], _WEEK[-1]))

        def ours() -> None:
            made = run_export(desk, school_week.NAME, place, order)
            assert len(made.files) == len(_SCHOOLS) or (made.files and unit.size < _PUPILS), (
                made.left_out
            )  # of a few pupils not every school has one

        floor = timed(lambda: _bare_files(con, place / f"bare-{next(turn)}"))
        row.cells.append(by_turns(floor, timed(ours), times, unit.size))
    con.close()
    return [row]


_ON_ROLL = "SELECT pupil_id FROM enrolment WHERE end_date IS NULL ORDER BY pupil_id LIMIT ?"


def _fill(con: Any, ids: Sequence[str]) -> None:
    """A school for each of these pupils, each school as many; and their marks of the week."""
    con.execute(
        "INSERT INTO entering (id, at, \"by\", name, title, source) VALUES (1, ?, 'b', 'B', 'T', 'form')", (CLOCK.now().isoformat(),)
    )
    for place, pupil_id in enumerate(ids):
        con.execute("UPDATE enrolment SET main_school = ? WHERE pupil_id = ?", ([*_SCHOOLS][place % len(_SCHOOLS)], pupil_id))
        for day in _WEEK:
            for half, code in (("AM", "/"), ("PM", "\\")):
                values = (pupil_id, day.isoformat(), half, code)
                con.execute("INSERT INTO mark (pupil_id, day, session, code, planned, entering) VALUES (?, ?, ?, ?, 0, 1)", values)


_OF_SCHOOL = """SELECT p.id, p.upn, p.surname, p.forename, p.year_group, m.day, m.session, m.code, m.minutes_late
  FROM pupil p JOIN enrolment e ON e.pupil_id = p.id AND e.end_date IS NULL JOIN mark m ON m.pupil_id = p.id
  WHERE e.main_school = ? AND m.day BETWEEN ? AND ? ORDER BY p.sort_key, m.day, m.session"""


def _bare_files(con: Any, place: Path) -> None:
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    header = ("upn", "surname", "forename", "year_group", "date", "session", "code", "minutes_late")
    for school in _SCHOOLS:
        told = con.execute(_OF_SCHOOL, (school, _iso(_WEEK[0]), _iso(_WEEK[-1]))).fetchall()
        if not told:
            continue  # ours writes none to a school without a pupil either
        book = io.BytesIO(bare_workbook(header, [row[1:] for row in told]))
        data: bytes = ECMA376Agile.encrypt("quiet meadow copper kettle", book)
        bare_told(con, place.with_name(f"{place.name}-{school.replace('/', '-')}.xlsx"), data, list(dict.fromkeys(row[0] for row in told)))


def _iso(day: date) -> str:
    return day.isoformat()
