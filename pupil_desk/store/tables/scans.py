"""Scanned pages that wait for a person. They hold no answer, and go once they are dealt with."""

from collections.abc import Mapping, Sequence
from typing import Any

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, insert_rows
from pupil_desk.store.rows.same import as_kept, of_person

_ALL_BUT_PICTURE = (
    f"p.id, p.batch_id, p.place, {as_kept('p.pupil_id')} AS pupil_id, p.form_id, p.page, p.sheet_id, p.aside, p.lie, p.ink, b.at"
)


def add_batch(vault: Vault, batch: Mapping[str, Any]) -> None:
    """A stack that was read in: ``id``, ``files``, ``pages``, ``at``, ``read_by``."""
    insert_row(vault, "scan_batch", batch)


def add_pages(vault: Vault, pages: Sequence[Mapping[str, Any]]) -> None:
    """Pages of a stack, each with its picture."""
    insert_rows(vault, "scan_page", pages)


def waiting(vault: Vault) -> list[Row]:
    """Every page that waits, without its picture, in the order in which they were read."""
    return vault.rows(f"SELECT {_ALL_BUT_PICTURE} FROM scan_page p JOIN scan_batch b ON b.id = p.batch_id ORDER BY b.at, p.place, p.id")


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The pages about a pupil that wait: of which form, which page, when they were read."""
    return vault.rows(
        f"SELECT p.form_id, p.page, p.aside, b.at FROM scan_page p JOIN scan_batch b ON b.id = p.batch_id WHERE {of_person('p')} ORDER BY b.at, p.place",
        (pupil_id,),
    )


def of_form(vault: Vault, form_id: str) -> list[Row]:
    """The pages of a form that are filed and wait, without pictures, in order."""
    return vault.rows(
        f"""SELECT {_ALL_BUT_PICTURE} FROM scan_page p JOIN scan_batch b ON b.id = p.batch_id
           WHERE p.form_id = ? AND p.aside IS NULL ORDER BY p.page""",
        (form_id,),
    )


def of_sheets(vault: Vault) -> list[Row]:
    """The pages of registers that wait, without their pictures, in the order in which they were read."""
    return [row for row in waiting(vault) if row["sheet_id"] and not row["aside"]]


def page_and_batch(vault: Vault, scan_id: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """A page that waits as it is kept, picture and all, and its stack: to be put back by ``add_batch`` and ``add_pages``."""
    page = vault.first_row("SELECT p.* FROM scan_page p WHERE p.id = ?", (scan_id,))
    batch = vault.first_row("SELECT b.* FROM scan_batch b WHERE b.id = ?", (page["batch_id"],)) if page is not None else None
    return None if page is None or batch is None else (dict(page), dict(batch))


def has_batch(vault: Vault, batch_id: str) -> bool:
    """Whether a page of a stack still waits."""
    return vault.first_row("SELECT 1 FROM scan_batch WHERE id = ?", (batch_id,)) is not None


def get(vault: Vault, scan_id: str) -> Row | None:
    """A page that waits, without its picture."""
    return vault.first_row(f"SELECT {_ALL_BUT_PICTURE} FROM scan_page p JOIN scan_batch b ON b.id = p.batch_id WHERE p.id = ?", (scan_id,))


def picture(vault: Vault, scan_id: str) -> bytes | None:
    """The picture of a page that waits, a JPEG; empty where nothing could be drawn."""
    row = vault.first_row("SELECT picture FROM scan_page WHERE id = ?", (scan_id,))
    return bytes(row["picture"]) if row else None


def filed(vault: Vault) -> set[tuple[str, int]]:
    """The pages of forms that wait already: form and page."""
    rows = vault.rows("SELECT form_id, page FROM scan_page WHERE form_id IS NOT NULL AND aside IS NULL")
    return {(row["form_id"], row["page"]) for row in rows}


def file_under(vault: Vault, scan_id: str, *, pupil_id: str, form_id: str, page: int) -> None:
    """File a page that was set aside under a form's page; what its boxes hold is for the person to say."""
    vault.execute(
        f"UPDATE scan_page SET aside = NULL, pupil_id = {as_kept('?2')}, form_id = ?3, page = ?4, lie = NULL, ink = NULL WHERE id = ?1",
        (scan_id, pupil_id, form_id, page),
    )


def set_aside(vault: Vault, scan_id: str, reason: str) -> None:
    """Set a filed page aside; whose it was thought to be is forgotten."""
    vault.execute(
        "UPDATE scan_page SET aside = ?2, pupil_id = NULL, form_id = NULL, page = NULL, sheet_id = NULL, lie = NULL, ink = NULL WHERE id = ?1",
        (scan_id, reason),
    )


def remove(vault: Vault, scan_ids: Sequence[str]) -> None:
    """Take pages away that have been dealt with, and batches of which none is left."""
    vault.execute_many("DELETE FROM scan_page WHERE id = ?", [(scan_id,) for scan_id in scan_ids])
    vault.execute("DELETE FROM scan_batch WHERE NOT EXISTS (SELECT 1 FROM scan_page p WHERE p.batch_id = scan_batch.id)")
