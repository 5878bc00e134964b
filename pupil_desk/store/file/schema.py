"""The schema of the file: its tables, indexes, triggers and views. One that Pupil Desk did not make could mute the log.

The numbered scripts say what a file has. To run them all for the comparison takes a quarter of a second, so what was once found to be
theirs is sealed with a key made from the data key: while the seal fits, nothing has changed. Where it does not, the scripts decide.
"""

import hmac
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from pupil_desk.basics.words import _
from pupil_desk.store.file import migrate
from pupil_desk.store.file.engine import Connection, pragma
from pupil_desk.store.file.vault import Vault

type Schema = dict[tuple[str, str], str]
"""Kind and name -> the SQL that made it."""

_SHADOWS = ("data", "idx", "content", "docsize", "config")  # the tables that a word index makes for itself, in the engine's words
_LONGEST_NAME = 60  # characters


def differences_unless_sealed(con: Connection, key: bytes) -> list[str]:
    """What other hands put in, altered or took away, in words. ``key`` is the unit's key for this seal, ``schema-mac``."""
    return [] if hmac.compare_digest(_seal_kept(con), _seal(con, key)) else differences(con)


def seal(vault: Vault, con: Connection) -> None:
    """Seal the schema as it is, if it is not sealed: it was just found to be the scripts', or was just made by them."""
    fresh = _seal(con, vault.key("schema-mac"))
    if _seal_kept(con) != fresh:
        with vault.transaction():
            vault.execute("UPDATE identity SET schema_seal = ?", (fresh,))


def differences(con: Connection) -> list[str]:
    """What the scripts did not make, or made otherwise, in words; empty for a file in order, or one of a program newer than they."""
    version = pragma(con, "user_version")
    if version > len(migrate.scripts()):
        return []
    scripted, in_file = _made_by_scripts(version), _schema(con)
    names_by_words = {
        _("the {kind} “{name}” is not Pupil Desk’s"): in_file.keys() - scripted.keys(),
        _("the {kind} “{name}” is missing"): scripted.keys() - in_file.keys(),
        _("the {kind} “{name}” was altered"): {thing for thing in scripted.keys() & in_file.keys() if scripted[thing] != in_file[thing]},
    }
    kinds = {"table": _("table"), "index": _("index"), "trigger": _("trigger"), "view": _("view")}
    return [
        words.format(kind=kinds.get(kind, kind), name=name[:_LONGEST_NAME])
        for words, things in names_by_words.items()
        for kind, name in sorted(things)
    ]


def _schema(con: Connection) -> Schema:
    rows = [tuple(str(column or "") for column in row) for row in con.execute("SELECT type, name, sql FROM sqlite_master").fetchall()]
    shadows = {f"{name}_{part}" for _kind, name, sql in rows if sql.startswith("CREATE VIRTUAL TABLE") for part in _SHADOWS}
    return {(kind, name): "" if name in shadows else sql for kind, name, sql in rows}


@cache
def _made_by_scripts(number: int) -> Schema:
    """What the first so many scripts make of an empty file."""
    con = driver.connect(":memory:", isolation_level=None)
    try:
        migrate.apply(con, Path(), migrate.scripts()[:number])
        return _schema(con)
    finally:
        con.close()


def _seal(con: Connection, key: bytes) -> str:
    rows: Iterable[object] = con.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    facts = [pragma(con, "user_version"), [tuple(row) for row in rows]]  # type: ignore[arg-type]  # a row is a sequence
    return hmac.digest(key, json.dumps(facts).encode("ascii"), "sha256").hex()


def _seal_kept(con: Connection) -> str:
    """The seal that the file holds; empty in one that has none, or is older."""
    if not any(row["name"] == "schema_seal" for row in con.execute("PRAGMA table_info(identity)").fetchall()):
        return ""
    row = con.execute("SELECT schema_seal FROM identity").fetchone()
    return str(row[0] or "") if row else ""
