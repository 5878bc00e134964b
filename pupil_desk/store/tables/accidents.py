"""The accident book across pupils: what of it is looked at again, and what is in it of an incident."""

from datetime import date

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import read
from pupil_desk.store.rows.several import select


def between(vault: Vault, first: date, last: date) -> list[Accident]:
    """The accidents of these days, both among them, in their order."""
    sql = f"{select(Accident)} WHERE day BETWEEN ?1 AND ?2 ORDER BY day, coalesce(time, ''), id"
    return read(vault, Accident, sql, (first.isoformat(), last.isoformat()))


def is_entered(vault: Vault, entry_id: str) -> bool:
    """Whether an accident was entered from that entry of an incident."""
    return vault.first_row("SELECT 1 FROM accident WHERE entry_id = ? LIMIT 1", (entry_id,)) is not None


def any_on_file(vault: Vault) -> bool:
    """Whether there is any accident."""
    return vault.first_row("SELECT 1 FROM accident LIMIT 1") is not None
