"""Choices about sharing: events, only ever added."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.domain.items import attributes_of
from pupil_desk.domain.sharing import Choice
from pupil_desk.store import rows
from pupil_desk.store.rows import columns, insert_row, kept, record_of
from pupil_desk.store.same import whose
from pupil_desk.store.vault import Row, Vault

_SELECT = f"SELECT {columns(Choice)} FROM choice"


def add(vault: Vault, choice: Choice, *, at: str, by: str) -> None:
    """Record an event; its ``seq`` is given here. ``by`` is the member of staff, ``at`` the moment."""
    values = {name: kept(getattr(choice, name)) for name in attributes_of(Choice) if name != "seq"}
    insert_row(vault, "choice", values | {"at": at, "recorded_by": by})


def add_all(vault: Vault, choices: Sequence[Choice], *, at: str, by: str) -> None:
    """Record many events, in this order."""
    for choice in choices:
        add(vault, choice, at=at, by=by)


def of_pupil(vault: Vault, pupil_id: str) -> list[Choice]:
    """A pupil's choices, as they were recorded."""
    return [record_of(Choice, row) for row in vault.rows(f"{_SELECT} WHERE {whose()} ORDER BY seq", (pupil_id,))]


def by_pupil(vault: Vault) -> defaultdict[str, list[Choice]]:
    """Every pupil's choices, as they were recorded."""
    return rows.by_pupil(vault, Choice, f"{_SELECT} ORDER BY seq")


def recordings(vault: Vault, pupil_id: str) -> list[Row]:
    """Of each of a pupil's choices: its id, when it was recorded (``at``) and by whom (``name``)."""
    return vault.rows(
        f"SELECT c.id, c.at, s.name FROM choice c LEFT JOIN staff s ON s.id = c.recorded_by WHERE {whose('c')} ORDER BY c.seq",
        (pupil_id,),
    )
