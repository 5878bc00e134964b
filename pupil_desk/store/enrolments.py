"""Stays: plain SQL over the table ``enrolment``."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert_all, record_of
from pupil_desk.store.same import as_kept, whose
from pupil_desk.store.vault import Vault

_ORDER = "ORDER BY coalesce(start_date, ''), id"


def add_all(vault: Vault, stays: Sequence[Enrolment]) -> None:
    """Keep many new stays."""
    insert_all(vault, "enrolment", stays, {})


def of_pupil(vault: Vault, pupil_id: str) -> list[Enrolment]:
    """A pupil's stays, the earliest first."""
    rows = vault.rows(f"SELECT {columns(Enrolment)} FROM enrolment WHERE {whose()} {_ORDER}", (pupil_id,))
    return [record_of(Enrolment, row) for row in rows]


def of_pupils(vault: Vault, ids: Iterable[str]) -> defaultdict[str, list[Enrolment]]:
    """The stays of some pupils, by pupil, the earliest first."""
    wanted = json.dumps(list(set(ids)))
    found: defaultdict[str, list[Enrolment]] = defaultdict(list)
    for row in vault.rows(f"SELECT {columns(Enrolment)} FROM enrolment WHERE {as_kept()} IN (SELECT value FROM json_each(?)) {_ORDER}", (wanted,)):
        found[row["pupil_id"]].append(record_of(Enrolment, row))
    return found


def by_pupil(vault: Vault) -> defaultdict[str, list[Enrolment]]:
    """Every pupil's stays."""
    return rows.by_pupil(vault, Enrolment, f"SELECT {columns(Enrolment)} FROM enrolment {_ORDER}")
