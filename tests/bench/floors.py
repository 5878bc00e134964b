"""The floors: the same work by the least code that does it properly. Encrypted, durable, read back; no roles, checks or dress."""

import csv
import hashlib
import io
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

_LIST = "SELECT p.id, p.surname, p.forename, p.preferred_forename, p.dob, p.year_group FROM {source} ORDER BY p.sort_key"
_FOUND = "find f JOIN findable w ON w.n = f.rowid JOIN pupil p ON p.id = w.pupil_id WHERE find MATCH ?"


def bare_connection(path: Path, raw_key: bytes) -> Any:
    """SQLCipher with the raw key on a file of ours, ready for durable work, and nothing else."""
    from sqlcipher3 import dbapi2

    con = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    con.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
    con.execute("PRAGMA cipher_log_level = NONE")
    con.execute("PRAGMA locking_mode = EXCLUSIVE")
    con.execute("PRAGMA journal_mode = WAL")
    con.execute("PRAGMA synchronous = FULL")
    return con


def bare_list(con: Any, find: str = "") -> list[tuple[Any, ...]]:
    """What a list shows of each pupil, by name, of those whose name begins so. Nobody is left out."""
    if not find:
        return con.execute(_LIST.format(source="pupil p")).fetchall()  # type: ignore[no-any-return]
    return con.execute(_LIST.format(source=_FOUND), (f'own : "{find}"*',)).fetchall()  # type: ignore[no-any-return]


def bare_anything(con: Any, find: str) -> list[tuple[Any, ...]]:
    """Everybody in whose records a word begins so, as the list shows them."""
    return con.execute(_LIST.format(source=_FOUND), (f'"{find}"*',)).fetchall() if find else []


def age_of(dob: str, today: date) -> int:
    """Whole years."""
    born = date.fromisoformat(dob)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def safely_written(path: Path, data: bytes) -> None:
    """Written beside, flushed, read back and compared, then renamed."""
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if hashlib.sha256(part.read_bytes()).digest() != hashlib.sha256(data).digest():
        raise OSError("not read back the same")
    os.replace(part, path)


# -- importing: reads and inserts the same rows as the product, bare, in one transaction

_YES_NO = {"Y": 1, "N": 0, "": None}


def bare_tables(path: Path, raw_key: bytes, statements: Sequence[str]) -> Any:
    """An empty file of the product's own shape, its indexes too, without the triggers: none guards, none keeps the index of words."""
    con = bare_connection(path, raw_key)
    for statement in statements:
        con.execute(statement)
    for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        con.execute(f'DROP TRIGGER "{row[0]}"')
    return con


def bare_import(con: Any, source: bytes) -> int:
    """A CSV file read and put into the tables in one transaction, each cell as it stands."""
    rows = csv.reader(io.StringIO(source.decode("utf-8"), newline=""))
    return bare_insert(con, next(rows), list(rows))


def bare_insert(con: Any, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Rows of cells put into the tables in one transaction; returns how many."""
    known = ("enrolment_status", "start_date", "end_date", "main_school", "part_time", "last_school_urn", "entry_reason")
    stay_columns = [name for name in known if name in header]
    of_pupil = [n for n, name in enumerate(header) if name not in stay_columns]
    of_stay = [header.index(name) for name in stay_columns]
    yes_or_no = {n for n, name in enumerate(header) if name in ("looked_after", "part_time")}
    surname, forename, dob, upn = (header.index(name) for name in ("surname", "forename", "dob", "upn"))
    reached = [
        header.index(name)
        for name in ("address_1", "address_2", "locality", "postcode", "email", "phone", "previous_school")
        if name in header
    ]
    names = ", ".join(header[n] for n in of_pupil)
    marks = ", ".join("?" * (len(of_pupil) + 3))
    con.execute("BEGIN IMMEDIATE")
    con.executemany(
        f"INSERT INTO pupil (id, ref, sort_key, {names}) VALUES ({marks})",
        [
            (
                f"id{n}",
                f"P{n:04d}",
                f"{row[surname]} {row[forename]} {row[dob]}".casefold(),
                *(_YES_NO[row[m]] if m in yes_or_no else row[m] or None for m in of_pupil),
            )
            for n, row in enumerate(rows)
        ],
    )
    names = ", ".join(name.removeprefix("enrolment_") for name in stay_columns)
    marks = ", ".join("?" * (len(stay_columns) + 2))
    con.executemany(
        f"INSERT INTO enrolment (id, pupil_id, {names}) VALUES ({marks})",
        [(f"stay{n}", f"id{n}", *(_YES_NO[row[m]] if m in yes_or_no else row[m] or None for m in of_stay)) for n, row in enumerate(rows)],
    )
    said = [
        ("pupil", f"id{n}", f"{row[surname]} {row[forename]} {row[upn]} P{n:04d}", " ".join(row[m] for m in reached))
        for n, row in enumerate(rows)
    ]
    said += [("enrolment", f"id{n}", "", row[header.index("main_school")]) for n, row in enumerate(rows)]
    con.executemany(
        "INSERT INTO findable (n, kind, record_id, pupil_id, own, more) VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
        [(n, *one) for n, one in enumerate(said, 1)],
    )
    con.executemany("INSERT INTO find (rowid, own, more) VALUES (?, ?, ?)", [(n, *one[2:]) for n, one in enumerate(said, 1)])
    con.execute("COMMIT")
    return len(rows)
