"""The figures of school years of which pupils are erased: counts alone, written once."""

import json
from typing import Any

from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.rows.same import of_person


def years(vault: Vault) -> frozenset[int]:
    """The school years of which figures are kept, by the calendar year in which each began."""
    return frozenset(row["year"] for row in vault.rows("SELECT DISTINCT year FROM statistic"))


def add(vault: Vault, year: int, kind: str, breakdown: str, body: dict[str, Any], *, moment: str) -> None:
    """Keep a figure of a year."""
    insert_row(vault, "statistic", year=year, kind=kind, by=breakdown, body=json.dumps(body, ensure_ascii=False), at=moment)


def figure(vault: Vault, year: int, kind: str, breakdown: str) -> dict[str, Any] | None:
    """A figure that is kept, as ``add`` had it; None for none."""
    row = vault.first_row('SELECT body FROM statistic WHERE year = ? AND kind = ? AND "by" = ?', (year, kind, breakdown))
    return json.loads(row["body"]) if row else None


def stays_of(vault: Vault, pupil_id: str) -> list[tuple[str, str | None]]:
    """The first and the last day of each stay of a person; a last day that is None is still to come."""
    rows = vault.rows(f"SELECT start_date, end_date FROM enrolment WHERE {of_person()} AND start_date IS NOT NULL", (pupil_id,))
    return [(row["start_date"], row["end_date"]) for row in rows]
