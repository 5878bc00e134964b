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
_FOUND = "pupil_find f JOIN pupil p ON p.id = f.id WHERE pupil_find MATCH ?"


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
    return con.execute(_LIST.format(source=_FOUND), (f'"{find}"*',)).fetchall()  # type: ignore[no-any-return]


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


# -- importing: reads and inserts the same three tables as the product, bare, in one transaction

_YES_NO = {"Y": 1, "N": 0, "": None}
_THREE_TABLES = ("pupil", "enrolment", "pupil_find")


def bare_tables(path: Path, raw_key: bytes, script: str) -> Any:
    """An empty file with the product's own three tables of an import of pupils, their indexes too."""
    con = bare_connection(path, raw_key)
    for statement in script.split(";\n"):
        words = statement.split()
        if words[:1] == ["CREATE"] and words[1] in ("TABLE", "INDEX", "VIRTUAL") and _of(words) in _THREE_TABLES:
            con.execute(statement)
    con.execute("INSERT INTO pupil_find (pupil_find, rank) VALUES ('secure-delete', 1)")
    return con


def _of(words: Sequence[str]) -> str:
    """The table that a CREATE statement is about."""
    return words[words.index("ON") + 1] if "INDEX" in words else words[words.index("TABLE") + 1]


def bare_import(con: Any, source: bytes) -> int:
    """A CSV file read and put into the three tables in one transaction, each cell as it stands."""
    rows = csv.reader(io.StringIO(source.decode("utf-8"), newline=""))
    return bare_insert(con, next(rows), list(rows))


def bare_insert(con: Any, header: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Rows of cells put into the three tables in one transaction; returns how many."""
    stay_columns = ("enrolment_status", "start_date", "end_date", "main_school")
    of_pupil = [n for n, name in enumerate(header) if name not in stay_columns]
    of_stay = [header.index(name) for name in stay_columns]
    cared_for = header.index("looked_after")
    surname, forename, dob, upn = (header.index(name) for name in ("surname", "forename", "dob", "upn"))
    names = ", ".join(header[n] for n in of_pupil)
    marks = ", ".join("?" * (len(of_pupil) + 3))
    con.execute("BEGIN IMMEDIATE")
    con.executemany(
        f"INSERT INTO pupil (id, ref, sort_key, {names}) VALUES ({marks})",
        [
            (f"id{n}", f"P{n:04d}", f"{row[surname]} {row[forename]} {row[dob]}".casefold(), *(_YES_NO[row[m]] if m == cared_for else row[m] or None for m in of_pupil))
            for n, row in enumerate(rows)
        ],
    )
    con.executemany(
        "INSERT INTO enrolment (id, pupil_id, status, start_date, end_date, main_school) VALUES (?, ?, ?, ?, ?, ?)",
        [(f"stay{n}", f"id{n}", *(row[m] or None for m in of_stay)) for n, row in enumerate(rows)],
    )
    con.executemany(
        "INSERT INTO pupil_find (id, words) VALUES (?, ?)",
        [(f"id{n}", f"{row[surname]} {row[forename]} {row[upn]} P{n:04d}".casefold()) for n, row in enumerate(rows)],
    )
    con.execute("COMMIT")
    return len(rows)
