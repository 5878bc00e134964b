"""Registers printed to be marked by hand, a row a page: who stands on each, and whether what came back was confirmed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_rows
from pupil_desk.store.rows.same import as_kept, of_person

_COLUMNS = "s.id, s.code, s.title, s.first, s.last, s.layout, s.at, s.confirmed_act"


def add(vault: Vault, sheets: Sequence[Mapping[str, Any]]) -> None:
    """Keep pages as printed: the columns of ``register_sheet`` without ``confirmed_act``."""
    insert_rows(vault, "register_sheet", sheets)


def add_rows(vault: Vault, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep who stands on them: ``sheet_id``, ``place``, ``pupil_id``."""
    insert_rows(vault, "register_sheet_row", rows)


def pages(vault: Vault) -> list[Row]:
    """Every page that was printed and may come back."""
    return vault.rows(f"SELECT {_COLUMNS} FROM register_sheet s")


def some(vault: Vault, sheet_ids: Collection[str]) -> dict[str, Row]:
    """These pages, by their identity."""
    return {row["id"]: row for row in pages(vault) if row["id"] in sheet_ids}


def pupils_on(vault: Vault) -> dict[str, list[tuple[int, str]]]:
    """Who stands on each page: the place of the row, and the pupil."""
    rows = vault.rows(
        f"SELECT r.sheet_id, r.place, {as_kept('r.pupil_id')} AS pupil_id FROM register_sheet_row r ORDER BY r.sheet_id, r.place"
    )
    return grouped((row["sheet_id"], (row["place"], row["pupil_id"])) for row in rows)


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The pages on which a pupil stands: title, first and last day, when it was printed and by whom."""
    return vault.rows(
        f"""SELECT s.title, s.first, s.last, s.at, coalesce(p.name, s.printed_by) AS printed_by FROM register_sheet_row r
           JOIN register_sheet s ON s.id = r.sheet_id LEFT JOIN staff p ON p.id = s.printed_by WHERE {of_person("r")} ORDER BY s.at, s.first""",
        (pupil_id,),
    )


def confirm(vault: Vault, sheet_ids: Collection[str], act: str | None) -> None:
    """Keep by which act pages were confirmed; None where that was taken back."""
    vault.execute_many("UPDATE register_sheet SET confirmed_act = ? WHERE id = ?", [(act, sheet_id) for sheet_id in sheet_ids])


def remove_before(vault: Vault, day: str) -> int:
    """Forget pages whose last day lies before a day, unless one waits to be confirmed; how many they were."""
    old = "SELECT s.id FROM register_sheet s WHERE s.last < ? AND NOT EXISTS (SELECT 1 FROM scan_page p WHERE p.sheet_id = s.id)"
    ids = [row["id"] for row in vault.rows(old, (day,))]
    vault.execute_many("DELETE FROM register_sheet_row WHERE sheet_id = ?", [(sheet_id,) for sheet_id in ids])
    vault.execute_many("DELETE FROM register_sheet WHERE id = ?", [(sheet_id,) for sheet_id in ids])
    return len(ids)
