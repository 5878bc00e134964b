"""Every row of a unit's file, read through the store: whether two files hold the same."""

import shutil
import tempfile
from pathlib import Path

from pupil_desk.basics.clock import SystemClock
from pupil_desk.store.vault import Vault

type Tables = dict[str, list[tuple[object, ...]]]

# What opening, backing up and signing in write by themselves: the log, and what is known of backups.
_TOLD_OF_ITSELF = frozenset({"log", "backup_made"})


def rows_of(file: Path, name: str, password: str) -> Tables:
    """All the rows of all tables, in order. A copy is opened, so that the file stays as it is, byte for byte."""
    with tempfile.TemporaryDirectory() as folder:
        for part in file.parent.glob(file.name + "*"):
            shutil.copyfile(part, Path(folder, part.name))
        with Vault.unlock(Path(folder, file.name), name=name, password=password, clock=SystemClock()).vault as vault:
            names = [row["name"] for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            return {table: sorted((tuple(row) for row in vault.rows(f'SELECT * FROM "{table}"')), key=repr) for table in names}  # noqa: S608


def differing(before: Tables, after: Tables) -> list[str]:
    """The tables that a person's record is in and that differ; none if every row is the same."""
    return [
        name for name in sorted(before.keys() | after.keys())
        if name not in _TOLD_OF_ITSELF and before.get(name) != after.get(name)
    ]  # fmt: skip


def count(tables: Tables) -> int:
    """How many rows there are."""
    return sum(map(len, tables.values()))
