"""Stays: plain SQL over the table ``enrolment``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert_all, read
from pupil_desk.store.rows.same import among, id_list, of_person

_ORDER = "ORDER BY coalesce(start_date, ''), id"


def add_all(vault: Vault, stays: Sequence[Enrolment]) -> None:
    insert_all(vault, "enrolment", stays, {})


def of_pupil(vault: Vault, pupil_id: str) -> list[Enrolment]:
    """A pupil's stays, the earliest first."""
    return read(vault, Enrolment, f"SELECT {columns(Enrolment)} FROM enrolment WHERE {of_person()} {_ORDER}", (pupil_id,))


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[Enrolment]]:
    """Every pupil's stays, the earliest first; with ``ids`` these pupils'."""
    return rows.by_pupil(
        vault, Enrolment, f"SELECT {columns(Enrolment)} FROM enrolment WHERE {among('pupil_id', 1)} {_ORDER}", (id_list(ids),)
    )
