"""Importing, exporting and backing up."""

import csv
import gc
import io
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import floors
from bench.made import CLOCK, Unit, people
from bench.measuring import Cell, Row, Run, by_turns, timed
from bench.records import signed_in
from pupil_desk import __version__
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import Ask, Writing
from pupil_desk.services.exports.layouts import xlsx_files
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.imports.cells.stay_columns import COLUMNS
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.store.file import backup
from pupil_desk.store.file.migrate import scripts, statements

# -- importing


def csv_of(size: int) -> bytes:
    """Invented pupils as a school system's export would have them: every column of the contract."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    header = template("pupils").split(",")
    writer.writerow(header)
    writer.writerows(_cells(size, header))
    return text.getvalue().encode("utf-8")


def _cells(size: int, header: Sequence[str]) -> list[list[str]]:
    rows = []
    for one in people(size):
        told = {name: getattr(one.stay, own) if (own := COLUMNS.get(name)) else getattr(one.pupil, name) for name in header}
        rows.append(["" if value is None else {True: "Y", False: "N"}.get(value, str(value)) for value in told.values()])
    return rows


def importing(empty: Unit, sizes: Sequence[int], times: int, folder: Path) -> list[Row]:
    """A file of pupils read into an empty unit: what it would do, and doing it; the same as a workbook."""
    floor_words = "reads the file, and inserts the same rows (pupil, enrolment, their words for finding), bare, in one transaction"
    dry = Row(
        name="Import a CSV file, dry run",
        most_ratio=5,
        target="≤ 5×",
        floor=floor_words,
        note="Ours reads each cell by the catalogue and judges each row, a fifth of a millisecond for each; what the floor takes to begin and to write "
        "weighs the more the longer the list.",
    )
    real = Row(
        name="Import a CSV file",
        most_ratio=6,
        target="≤ 6×",
        floor=floor_words,
        note="Ours judges each cell, looks for each pupil among those who are here, begins their periods and keeps the history of each record: "
        "of 1,000 pupils 5,400 rows more than the floor, and words found by triggers of the file, for which the engine alone takes three times the floor.",
    )
    office = shutil.which("soffice") or shutil.which("libreoffice")
    xlsx = Row(
        name="Import a workbook, dry run",
        most_ratio=1.5 if office else None,
        target="≤ 1.5× LibreOffice's read",
        floor="LibreOffice turns it into CSV" if office else "python-calamine reads the cells, nothing more",
        note="LibreOffice's start is in the floor, and counts the less the longer the list."
        if office
        else "LibreOffice is not on this machine, so the target is not judged.",
    )
    shape = [statement for script in scripts() for statement in statements(script.text)]
    for size in sizes:
        source, book = csv_of(size), folder / f"{size}.xlsx"
        _write_workbook(book, size)
        floor = _fresh_bare(folder, empty.raw_key, shape, source)
        with signed_in(empty) as desk:
            dry.cells.append(by_turns(floor, timed(lambda: _dry(desk, source, size)), times, size))  # noqa: B023
            data = book.read_bytes()
            read = timed(lambda: _by_office(office, book)) if office else timed(lambda: _by_calamine(data))  # noqa: B023
            xlsx.cells.append(by_turns(read, timed(lambda: _dry(desk, data, size)), times, size))  # noqa: B023
        real.cells.append(by_turns(floor, _fresh_unit(empty, folder, source, size), times, size))
    return [dry, real, xlsx]


def _fresh_bare(folder: Path, raw_key: bytes, shape: Sequence[str], source: bytes) -> Run:
    turn = iter(range(10**6))

    def run() -> float:
        con = floors.bare_tables(folder / f"bare-{len(source)}-{next(turn)}.db", raw_key, shape)
        started = time.perf_counter()
        floors.bare_import(con, source)
        taken = time.perf_counter() - started
        con.close()
        return taken

    return run


def _fresh_unit(empty: Unit, folder: Path, source: bytes, size: int) -> Run:
    turn = iter(range(10**6))

    def run() -> float:
        with signed_in(empty.copied(folder / f"unit-{size}-{next(turn)}")) as desk:
            started = time.perf_counter()
            outcome = run_import(desk, "pupils", source)
            taken = time.perf_counter() - started
        assert outcome.added == size, outcome.problems[:3]
        return taken

    return run


def _dry(desk: Desk, source: bytes, size: int) -> None:
    outcome = run_import(desk, "pupils", source, dry_run=True)
    assert outcome.added == size, (Fate.ADDED, outcome.problems[:3])


def _write_workbook(path: Path, size: int) -> None:
    import xlsxwriter

    header = template("pupils").split(",")
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Pupils")
        for number, row in enumerate([header, *_cells(size, header)]):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text)


def _by_calamine(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        book.get_sheet_by_index(0).to_python()


def _by_office(office: str, book: Path) -> None:
    import subprocess

    words = [office, "--headless", "--convert-to", "csv", "--outdir", str(book.parent / "office"), str(book)]
    subprocess.run(words, check=True, capture_output=True)


# -- exporting and backing up


def exporting(made: Sequence[tuple[Unit, Path]], times: int, folder: Path) -> list[Row]:
    """The file for the youth support service, locked, with its receipt, its log rows and what was told of whom."""
    row = Row(
        name="Locked export with its receipt",
        most_ratio=3,
        target="≤ 3×",
        floor="bare query of the same columns, csv, AES-256 ZIP, safely written; a receipt; who was told, in one commit",
        note="Ours judges each pupil by the rule of sharing: families, choices, notices and protections are read; the floor tells all of everyone. "
        "Ours also keeps a digest of each value told, counts what is kept back of whom, and proves that the lock gives everything back.",
    )
    book = Row(
        name="The same as a workbook",
        most_ratio=1.3,
        target="≤ 1.3×",
        floor="XlsxWriter writes the same cells, as text, in memory",
        note="Ours gives each cell its type, measures the columns and adds the sheet about the file, which weighs most in a short list; what selects the rows is not in it.",
    )
    left = Row(name="Memory that an export leaves", unit="blocks", most=2_000, target="≤ 2,000 blocks of memory at any size", floor="–")
    for unit, bare in made:
        place = folder / f"exports-{unit.size}"
        place.mkdir()
        con, turn = floors.bare_connection(bare, unit.raw_key), iter(range(10**6))
        with signed_in(unit) as desk:
            ours = timed(lambda: run_export(desk, "youth-support", place, ExportOrder(reason="measured")))  # noqa: B023
            floor = timed(lambda: _bare_export(con, place / f"bare-{next(turn)}.zip"))  # noqa: B023
            row.cells.append(by_turns(floor, ours, times, unit.size))
            left.cells.append(Cell(unit.size, None, _blocks_left_by(ours)))
            export, ask = export_named(desk, "youth-support"), Ask(day=desk.today)
            writing = Writing(desk, export, ask, export.select(desk, ask), "measured", desk.clock.now())
            headings = [column.heading for column in writing.selection.sheets[0].columns]
            bare_book = timed(lambda: bare_workbook(headings, [*writing.selection.lines()]))  # noqa: B023
            book.cells.append(by_turns(bare_book, timed(lambda: xlsx_files(writing)), times, unit.size))  # noqa: B023
        con.close()
    return [row, book, left]


def _blocks_left_by(run: Run) -> int:
    """How many blocks of memory more are held after one more run than before it."""
    gc.collect()
    before = sys.getallocatedblocks()
    run()
    gc.collect()
    return max(0, sys.getallocatedblocks() - before)


def bare_workbook(header: Sequence[str], lines: Sequence[Sequence[Any]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, as_text = book.add_worksheet(), book.add_format({"num_format": 49})
        for number, line in enumerate([header, *lines]):
            for place, cell in enumerate(line):
                if cell is not None:
                    sheet.write_string(number, place, str(cell), as_text)
    return out.getvalue()


_EXPORTED = (
    "surname, forename, address_1, address_2, locality, town, county, postcode, dob, upn, uln, sex, ethnicity, phone, email, year_group, "
    "sen_provision, sen_need_1, looked_after, status, start_date"
)


def _bare_export(con: Any, path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_EXPORTED.split(", "))
    query = f"SELECT p.id, {_EXPORTED} FROM pupil p JOIN enrolment e ON e.pupil_id = p.id WHERE end_date IS NULL ORDER BY sort_key"
    told = con.execute(query).fetchall()
    writer.writerows(row[1:] for row in told)
    bare_kept(con, path, text.getvalue(), [row[0] for row in told])


def bare_kept(con: Any, path: Path, text: str, told: Sequence[str]) -> None:
    """A table's text in a locked file, safely written; a receipt; and that these were told, in one commit."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"quiet meadow copper kettle")
        archive.writestr("data.csv", text.encode("utf-8"))
    bare_told(con, path, out.getvalue(), told)


def bare_told(con: Any, path: Path, data: bytes, told: Sequence[str]) -> None:
    """A file safely written; a receipt; and that these were told, in one commit."""
    floors.safely_written(path, data)
    con.execute("BEGIN IMMEDIATE")
    names = 'id, name, recipient, law, reason, judged_on, at, made_by, fields, "rows", left_out, plain, file_name, sha256, receipt'
    con.execute(
        f"INSERT INTO export_made ({names}) VALUES ({', '.join('?' * 15)})", (path.name, *["-"] * 8, len(told), 0, 0, "-", "-", "-")
    )
    con.executemany(
        'INSERT INTO disclosure (pupil_id, export_id, way, what, recipient, law, purpose, level, decided_by, reason, fields, "on", at, told_by) '
        "VALUES (?, ?, 'export', '-', '-', '-', '-', 'full', 'rule', ?, ?, '-', '-', '-')",
        [(pupil_id, path.name, "the rule of the law", _EXPORTED) for pupil_id in told],
    )
    floors.safely_written(path.with_suffix(".txt"), f"{len(told)} rows: {_EXPORTED}".encode())
    con.execute("COMMIT")


def backing_up(made: Sequence[tuple[Unit, Path]], times: int, folder: Path) -> list[Row]:
    """A portable backup: copied, proved by opening it, written and read back."""
    row = Row(
        name="Proved backup",
        most_ratio=1.5,
        target="≤ 1.5×",
        floor="VACUUM INTO, the cipher's and the structure's check of the copy, safely written",
    )
    for unit, bare in made:
        place = folder / f"backups-{unit.size}"
        place.mkdir()
        con, turn = floors.bare_connection(bare, unit.raw_key), iter(range(10**6))
        with signed_in(unit) as desk:
            ours = timed(lambda: backup.make(desk.vault, place, moment=CLOCK.now(), app_version=__version__))  # noqa: B023
            floor = timed(lambda: _bare_backup(con, unit.raw_key, place / f"bare-{next(turn)}"))  # noqa: B023
            row.cells.append(by_turns(floor, ours, times, unit.size))
        con.close()
    return [row]


def _bare_backup(con: Any, raw_key: bytes, path: Path) -> None:
    copy = path.with_suffix(".copy")
    con.execute("VACUUM INTO ?", (str(copy),))
    proof = floors.bare_connection(copy, raw_key)
    assert not proof.execute("PRAGMA cipher_integrity_check").fetchall()
    assert proof.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    proof.close()
    floors.safely_written(path, copy.read_bytes())
    copy.unlink()
