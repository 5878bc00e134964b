"""What is kept of school years, counts alone, written once: the figures of those of which pupils are erased, and the anonymous statistics that were given.
And of which figures were given to others on paper.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from pupil_desk.store.file.vault import Row, Vault
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


def given(vault: Vault, year: int) -> Row | None:
    """The anonymous statistics that were given of a year: ``summary`` as JSON, ``book`` the bytes of the file, ``at`` when it was kept. None where none were."""
    return vault.first_row("SELECT summary, book, at FROM anonymous_year WHERE year = ? AND book IS NOT NULL", (year,))


def keep_given(vault: Vault, year: int, summary: dict[str, Any], book: bytes, *, moment: str) -> None:
    """Keep the file of a year, as it is given from now on."""
    insert_row(vault, "anonymous_year", year=year, summary=json.dumps(summary, ensure_ascii=False), book=book, at=moment)


def add_figure_given(vault: Vault, kind: str, breakdown: str, only_of: str, days: tuple[date, date], *, moment: str, actor: str) -> None:
    """Keep that a figure was printed for others: by what, of one of which group (empty for all pupils), and its first and last day."""
    first, last = (day.isoformat() for day in days)
    insert_row(
        vault, "figure_given", kind=kind, by=breakdown, only_of=only_of, first_day=first, last_day=last, at=moment, recorded_by=actor
    )


def figures_given(vault: Vault, first: str, last: str) -> list[Row]:
    """The figures printed for others that tell of any day between two, ISO text, the earliest first."""
    return vault.rows("SELECT * FROM figure_given WHERE first_day <= ? AND last_day >= ? ORDER BY seq", (last, first))


def close_years(vault: Vault, years_closed: Iterable[int], *, moment: str) -> None:
    """From now on no anonymous statistics are made of these years; what was given of one stays."""
    vault.execute_many("INSERT OR IGNORE INTO anonymous_year (year, at) VALUES (?, ?)", [(year, moment) for year in years_closed])


def is_closed(vault: Vault, year: int) -> bool:
    """Whether something of a year was erased before its statistics were given."""
    return vault.first_row("SELECT 1 FROM anonymous_year WHERE year = ? AND book IS NULL", (year,)) is not None


def year_groups_told(vault: Vault, first: str, last: str, today: str) -> tuple[int, int]:
    """Of how many pupils on roll between two days, ISO text, who are here today; and of how many of them the year group was entered after the last of them."""
    row = vault.first_row(
        """SELECT count(*) AS stayed, coalesce(sum(EXISTS (SELECT 1 FROM amendment a WHERE a.kind = 'pupil' AND a.record_id = p.id
              AND a.item IN ('', 'year_group') AND a.at > ?2 || 'T99')), 0) AS told
           FROM pupil p WHERE p.same_as IS NULL
             AND EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND e.start_date <= ?2 AND coalesce(e.end_date, '9999') >= ?1)
             AND EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND e.start_date <= ?3 AND coalesce(e.end_date, '9999') >= ?3)""",
        (first, last, today),
    )
    return (row["stayed"], row["told"]) if row is not None else (0, 0)
