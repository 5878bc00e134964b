"""The exports that tell of a year's marks, the census among them, and the memory that they take."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import floors
from bench.exchange import bare_kept
from bench.made import DAYS, Unit
from bench.measuring import Cell, Row, by_turns, timed
from bench.processes import probe
from bench.records import signed_in
from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, codes_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.store.file.keyslots import STANDARD
from pupil_desk.store.tables.attendance_counts import weight_of

_PERIOD = (DAYS[0].isoformat(), DAYS[-1].isoformat())


def rows(made: Sequence[tuple[Unit, Path]], times: int, folder: Path) -> list[Row]:
    """The register and the attendance return of a year and the census, locked, and the most memory of the register's process."""
    register = Row(
        name="Register of a year, locked",
        most_ratio=3,
        target="≤ 3×",
        floor="bare query of what stands, csv, AES-256 ZIP, safely written; a receipt; who was told, in one commit",
        note=f"{len(DAYS)} days, two sessions. Ours proves that the lock gives everything back, and keeps a digest of each value.",
    )
    absent = Row(
        name="Attendance return of a year, locked",
        most_ratio=3,
        target="≤ 3×",
        floor="bare sums of the same marks, csv, AES-256 ZIP, safely written; a receipt; who was told, in one commit",
        note="Ours also looks who missed ten school days together.",
    )
    memory = Row(
        name="Memory at the register's most",
        unit="MB",
        most_ratio=1,
        target="≤ Argon2id and the file",
        floor="bare Qt and Argon2id, and the size of the file",
    )
    census = Row(
        name="School census, locked",
        most_ratio=3,
        target="≤ 3×",
        floor="the very queries that it asks of the file, asked bare one after another; all they give as csv, AES-256 ZIP, safely written; a receipt",
        note="Ours judges each pupil by the rules of the census and of the records, and keeps a digest of each value.",
    )
    for unit, bare in made:
        place, con = folder / f"year-{unit.size}", floors.bare_connection(bare, unit.raw_key)
        place.mkdir()
        turn = iter(range(10**6))
        with signed_in(unit) as desk:
            for row, name, query in ((register, "register", _STANDS), (absent, "la-attendance", _SUMS)):
                floor = timed(lambda: _bare(con, query, place / f"bare-{next(turn)}.zip"))  # noqa: B023
                ours = timed(lambda: run_export(desk, name, place, ExportOrder(reason="measured", period=Period(DAYS[0], DAYS[-1]))))  # noqa: B023
                row.cells.append(by_turns(floor, ours, times, unit.size))
            order = ExportOrder(reason="measured")
            asked = _asked(desk, lambda: run_export(desk, "school-census", place, order))  # noqa: B023
            floor = timed(lambda: _answers(con, desk.vault._con, asked, place / f"bare-{next(turn)}.zip"))  # noqa: B023
            census.cells.append(by_turns(floor, timed(lambda: run_export(desk, "school-census", place, order)), times, unit.size))  # noqa: B023
        con.close()
        told = probe("export", str(unit.file), unit.name, unit.password, "register", _PERIOD[0], _PERIOD[1])
        if told["most"] is not None:
            argon2id = probe("argon2id-memory", str(STANDARD.memory_kib), str(STANDARD.passes), str(STANDARD.lanes))
            memory.cells.append(Cell(unit.size, argon2id["most"] + told["bytes"] / 2**20, told["most"]))
    return [register, absent, census, memory]


_STANDS = """SELECT p.id, p.upn, r.day, r.session, r.code, r.minutes_late, r.note FROM pupil p CROSS JOIN register_mark r ON r.pupil_id = p.id
  WHERE p.upn IS NOT NULL AND r.day BETWEEN ? AND ?"""
_SUMS = f"""SELECT p.id, p.upn, p.surname, p.forename, p.middle_names, p.address_1, p.address_2, p.locality, p.town, p.county, p.postcode, count(*),
  sum({weight_of((codes_of(ATTENDING, ELSEWHERE), codes_of(AUTHORISED), codes_of(UNAUTHORISED)))})
  FROM pupil p CROSS JOIN mark m ON m.pupil_id = p.id WHERE m.day BETWEEN ? AND ? GROUP BY p.id"""


def _asked(desk: Desk, run: Callable[[], object]) -> list[str]:
    """What a work reads of the file: its queries, with the values that were asked for."""
    said: list[str] = []
    desk.vault._con.set_trace_callback(said.append)
    run()
    desk.vault._con.set_trace_callback(None)
    return [query for query in said if query.lstrip().upper().startswith(("SELECT", "WITH"))]


def _answers(con: Any, file: Any, queries: Sequence[str], path: Path) -> None:
    """All that these queries give, as a locked file; and that it was told."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for query in queries:
        writer.writerows(file.execute(query))
    bare_kept(con, path, text.getvalue(), [])


def _bare(con: Any, query: str, path: Path) -> None:
    """The rows of a query, of which the first column says whose each is, as a locked file; and that they were told."""
    text, told = io.StringIO(newline=""), dict[str, None]()
    writer = csv.writer(text)
    for row in con.execute(query, _PERIOD):
        told[row[0]] = None
        writer.writerow(row[1:])
    bare_kept(con, path, text.getvalue(), list(told))
