"""The table ``wish_step``: who was asked for a wish, reminded and told, an event each, and in what words. The wish itself is in ``choices``."""

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable

from pupil_desk.domain.sharing.choice import WishStep
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert_all, insert_row, read, read_first
from pupil_desk.store.rows.same import of_person

_SELECT = f"SELECT {columns(WishStep)} FROM wish_step"


def add(vault: Vault, steps: Iterable[WishStep], *, moment: str, actor: str) -> None:
    """Record steps, in this order; ``actor`` is the member of staff, ``moment`` the moment. Their ``seq`` is given here."""
    row = vault.first_row("SELECT coalesce(max(seq), 0) AS last FROM wish_step")
    numbered = [dataclasses.replace(step, seq=place) for place, step in enumerate(steps, (row["last"] if row else 0) + 1)]
    insert_all(vault, "wish_step", numbered, {"at": lambda _step: moment, "recorded_by": lambda _step: actor})


def of_pupil(vault: Vault, pupil_id: str) -> list[WishStep]:
    """A pupil's steps, as they were recorded, those taken back since among them."""
    return read(vault, WishStep, f"{_SELECT} WHERE {of_person()} ORDER BY seq", (pupil_id,))


def by_pupil(vault: Vault) -> defaultdict[str, list[WishStep]]:
    """Every pupil's steps, as they were recorded."""
    return rows.by_pupil(vault, WishStep, f"{_SELECT} ORDER BY seq")


def get(vault: Vault, step_id: str) -> WishStep | None:
    return read_first(vault, WishStep, f"{_SELECT} WHERE id = ?", (step_id,))


def recordings(vault: Vault, pupil_id: str) -> list[Row]:
    """Of each of a pupil's steps: its id, when it was recorded (``at``) and by whom (``name``)."""
    return vault.rows(
        f"SELECT w.id, w.at, s.name FROM wish_step w LEFT JOIN staff s ON s.id = w.recorded_by WHERE {of_person('w')} ORDER BY w.seq",
        (pupil_id,),
    )


def keep_wording(vault: Vault, text: str, language: str, *, moment: str) -> str:
    """Keep the words that somebody was shown, once; returns their identity."""
    key = hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()
    if vault.first_row("SELECT 1 FROM wording WHERE id = ?", (key,)) is None:
        insert_row(vault, "wording", id=key, language=language, text=text, at=moment)
    return key


def wordings(vault: Vault) -> dict[str, Row]:
    """Every text that was shown to somebody, by identity: ``language`` and ``text``."""
    return {row["id"]: row for row in vault.rows("SELECT id, language, text FROM wording")}
