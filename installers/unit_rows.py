"""Every row of a unit's file, read through the store: whether two files hold the same."""

import shutil
import tempfile
from pathlib import Path

from pupil_desk.basics.clock import SystemClock
from pupil_desk.store.file import opening
from pupil_desk.store.file.vault import Row

type Tables = dict[str, list[tuple[tuple[str, object], ...]]]

# What opening, backing up and signing in write by themselves: the log, and what is known of backups.
_TOLD_OF_ITSELF = frozenset({"log", "backup_made"})
_SEALS = frozenset({"keys_checksum", "keys_generation", "schema_seal"})  # what a first sign-in with a newer version wraps and seals anew


def rows_of(file: Path, name: str, password: str) -> Tables:
    """All the rows of all tables, in order, each as what its columns say. A copy is opened: the file stays, byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        for part in file.parent.glob(file.name + "*"):
            shutil.copyfile(part, Path(folder, part.name))
        with opening.unlock(Path(folder, file.name), name=name, password=password, clock=SystemClock()).vault as vault:
            names = [row["name"] for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            return {table: sorted((_said(row) for row in vault.rows(f'SELECT * FROM "{table}"')), key=repr) for table in names}  # noqa: S608


def _said(row: Row) -> tuple[tuple[str, object], ...]:
    """The columns that say something: one that a newer version adds says nothing yet; an identity and a seal have no meaning.

    A row that an upgrade makes of what was held has another identity each time an older file is opened.
    """
    return tuple((name, row[name]) for name in row.keys() if name not in {"id", *_SEALS} and row[name] is not None)  # noqa: SIM118 - a row is no mapping


def differing(before: Tables, after: Tables) -> list[str]:
    """The tables of ``before`` in which a row differs; none if every row is the same. A newer version may have further tables."""
    return [name for name in sorted(before) if name not in _TOLD_OF_ITSELF and before[name] != after.get(name)]


def count(tables: Tables) -> int:
    """How many rows there are."""
    return sum(map(len, tables.values()))
