"""The table ``choice``: a family's wish about sharing (sharing preference) is made of choices, each an event, only ever added."""

from collections import defaultdict
from collections.abc import Sequence

from pupil_desk.domain.catalogue.items import attributes_of
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert_row, read, reverse, stored_value
from pupil_desk.store.rows.same import of_person

_SELECT = f"SELECT {columns(Choice)} FROM choice"
_COUNTS = "NOT EXISTS (SELECT 1 FROM choice_reversal r WHERE r.choice_id = choice.id)"


def add(vault: Vault, choice: Choice, *, moment: str, actor: str, act: str = "") -> None:
    """Record an event; its ``seq`` is given here. ``actor`` is the member of staff, ``moment`` the moment, ``act`` the transaction."""
    values = {name: stored_value(getattr(choice, name)) for name in attributes_of(Choice) if name != "seq"}
    insert_row(vault, "choice", values | {"at": moment, "recorded_by": actor, "act": act})


def add_all(vault: Vault, choices: Sequence[Choice], *, moment: str, actor: str, act: str = "") -> None:
    """Record many events, in this order."""
    for choice in choices:
        add(vault, choice, moment=moment, actor=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[Choice]:
    """A pupil's choices, as they were recorded; those taken back since are left out."""
    return read(vault, Choice, f"{_SELECT} WHERE {of_person()} AND {_COUNTS} ORDER BY seq", (pupil_id,))


def by_pupil(vault: Vault) -> defaultdict[str, list[Choice]]:
    """Every pupil's choices, as they were recorded; those taken back since are left out."""
    return rows.by_pupil(vault, Choice, f"{_SELECT} WHERE {_COUNTS} ORDER BY seq")


def all_of_pupil(vault: Vault, pupil_id: str) -> list[Choice]:
    """A pupil's choices, as they were recorded, those taken back among them."""
    return read(vault, Choice, f"{_SELECT} WHERE {of_person()} ORDER BY seq", (pupil_id,))


def of_act(vault: Vault, act: str) -> list[Choice]:
    """The choices that an act recorded and that count still."""
    return read(vault, Choice, f"{_SELECT} WHERE act = ? AND {_COUNTS} ORDER BY seq", (act,))


def take_back(vault: Vault, choice: Choice, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that a choice was never made."""
    reverse(vault, "choice_reversal", "choice_id", choice, reason=reason, moment=moment, actor=actor, act=act)


def recordings(vault: Vault, pupil_id: str) -> list[Row]:
    """Of each of a pupil's choices: its id, when it was recorded (``at``) and by whom (``name``); if it was taken back, why, when, by whom."""
    return vault.rows(
        f"""SELECT c.id, c.at, s.name, r.reason AS back_because, r.at AS back_at, t.name AS back_by
           FROM choice c LEFT JOIN staff s ON s.id = c.recorded_by LEFT JOIN choice_reversal r ON r.choice_id = c.id
             LEFT JOIN staff t ON t.id = r.reversed_by WHERE {of_person("c")} ORDER BY c.seq""",
        (pupil_id,),
    )
