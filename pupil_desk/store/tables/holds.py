"""Holds on deletion: events only ever added."""

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.governance.hold import HoldHistory, LegalHold
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, record_of
from pupil_desk.store.rows.same import of_person

_SELECT = f"SELECT {columns(LegalHold, 'h')}, h.at AS at, coalesce(s.name, h.recorded_by) AS by_name FROM legal_hold h LEFT JOIN staff s ON s.id = h.recorded_by"


def add(vault: Vault, event: LegalHold, *, moment: str, actor: str) -> None:
    """Keep an event of a hold."""
    insert(vault, "legal_hold", event, at=moment, recorded_by=actor)


def everything(vault: Vault) -> list[HoldHistory]:
    """Every hold with its events, those lifted too, in the order in which they were set."""
    rows_by_hold = grouped((row["hold_id"], row) for row in vault.rows(f"{_SELECT} ORDER BY h.seq"))
    return [_hold(rows) for rows in rows_by_hold.values()]


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The events of holds on one pupil's data, for the sheet."""
    return vault.rows(
        f"""SELECT h.step, h.reason, h.review_on, h.at, coalesce(s.name, h.recorded_by) AS recorded_by
            FROM legal_hold h LEFT JOIN staff s ON s.id = h.recorded_by WHERE {of_person("h")} ORDER BY h.seq""",
        (pupil_id,),
    )


def _hold(rows: list[Row]) -> HoldHistory:
    return HoldHistory(
        tuple(record_of(LegalHold, row) for row in rows), tuple(row["at"] for row in rows), tuple(row["by_name"] for row in rows)
    )
