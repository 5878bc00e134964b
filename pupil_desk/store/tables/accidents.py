"""The accident book across pupils: what of it is looked at again, and what is in it of an incident."""

from datetime import date

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import read
from pupil_desk.store.rows.several import select

ENTERED = """SELECT min(substr(m.at, 1, 10)) FROM amendment m WHERE m.record_id = accident.id AND m.kind = 'accident' AND m.item = '' AND m.old IS NULL"""
"""The day on which an accident was entered first; NULL where the history was erased."""


def between(vault: Vault, first: date, last: date) -> list[Accident]:
    """The accidents of these days, both among them, in their order."""
    sql = f"{select(Accident)} WHERE day BETWEEN ?1 AND ?2 ORDER BY day, coalesce(time, ''), id"
    return read(vault, Accident, sql, (first.isoformat(), last.isoformat()))


def is_entered(vault: Vault, entry_id: str) -> bool:
    """Whether an accident was entered from that entry of an incident."""
    return vault.first_row("SELECT 1 FROM accident WHERE entry_id = ? LIMIT 1", (entry_id,)) is not None


def entered_on(vault: Vault, accident_id: str) -> date | None:
    """The day on which an accident was entered, where the history says it; None for one that is not on file."""
    row = vault.first_row(f"SELECT coalesce(({ENTERED}), day) AS day FROM accident WHERE id = ?", (accident_id,))
    return date.fromisoformat(row["day"]) if row is not None else None


def any_on_file(vault: Vault) -> bool:
    """Whether there is any accident."""
    return vault.first_row("SELECT 1 FROM accident LIMIT 1") is not None
