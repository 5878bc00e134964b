"""What the unit's own picture is counted from: plain rows of all pupils at once, only read.

A record that stands for another (``same_as``) is counted as that one: each row's ``person`` is the pupil who is counted.

How much there is: counts for papers about the unit's own duties.
"""

from collections.abc import Collection, Sequence
from datetime import date

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.same import PERSON, as_kept
from pupil_desk.store.tables.attendance_counts import weight_of

_STEP = 10**6  # as in attendance_counts
_AT_ONCE = 250  # pupils


def people(vault: Vault) -> list[Row]:
    """Every pupil on file: who is counted, and what groups are made by."""
    return vault.rows("SELECT id, coalesce(same_as, id) AS person, year_group, sex, ethnicity FROM pupil")


def stays(vault: Vault) -> list[Row]:
    """The stays that put a pupil on the roll, in order. A guest's does not, nor one that ended on a day nobody knows."""
    return vault.rows(
        f"""SELECT pupil_id, status, start_date, end_date, coalesce(commissioned_by, main_school) AS placed_by, main_school FROM enrolment e
            WHERE {stay_days.puts_on_roll()} AND {stay_days.is_dated()} ORDER BY coalesce(start_date, ''), id"""
    )


def provisions(vault: Vault) -> list[Row]:
    """The periods of special educational provision, in order."""
    return vault.rows("SELECT pupil_id, provision AS code, start_date, end_date FROM sen_period ORDER BY coalesce(start_date, ''), id")


def care(vault: Vault) -> list[Row]:
    """The periods in care, with free meals, or under a premium."""
    return vault.rows("SELECT pupil_id, kind AS code, start_date, end_date FROM care_period ORDER BY coalesce(start_date, ''), id")


def first_day(vault: Vault) -> date | None:
    """The earliest day on which a pupil on file came."""
    row = vault.first_row("SELECT min(start_date) FROM enrolment")
    return date.fromisoformat(row[0]) if row and row[0] else None


def sessions(vault: Vault, parts: Sequence[tuple[date, date]], groups: Sequence[Collection[str]]) -> dict[str, list[list[int]]]:
    """Of each pupil with a mark, for each of these stretches of days, the sessions of each group of codes.

    Each pupil's marks lie together in the file, by day: a stretch is found there, and nothing else is read. The stretches
    do not overlap. Some hundred pupils are counted at a time, so that whoever else wants the file need not wait for all.
    """
    placeholders = ", ".join("(?, ?, ?)" for _part in parts)
    values = [value for number, part in enumerate(parts) for value in (number, part[0].isoformat(), part[1].isoformat())]
    last = vault.first_row("SELECT max(rowid) FROM pupil")
    sessions_by_pupil: dict[str, list[list[int]]] = {}
    for start in range(0, (last[0] or 0) + 1 if last else 0, _AT_ONCE):
        for pupil_id, number, weight in vault.rows(
            f"""WITH part (number, first, last) AS (VALUES {placeholders})
                SELECT p.id, t.number, (SELECT sum({weight_of(groups)}) FROM mark m WHERE m.pupil_id = p.id AND m.day BETWEEN t.first AND t.last)
                FROM pupil p CROSS JOIN part t WHERE p.rowid >= ? AND p.rowid < ?""",
            (*values, start, start + _AT_ONCE),
        ):
            if weight is not None:
                session_counts = sessions_by_pupil.setdefault(pupil_id, [[0] * len(groups) for _part in parts])
                session_counts[number] = [weight // _STEP**place % _STEP for place in range(len(groups))]
    _put_right(vault, parts, groups, sessions_by_pupil)
    return sessions_by_pupil


def _put_right(
    vault: Vault, parts: Sequence[tuple[date, date]], groups: Sequence[Collection[str]], sessions_by_pupil: dict[str, list[list[int]]]
) -> None:
    """An amended session counts as what it says now."""
    for number, (first, last) in enumerate(parts):
        for pupil_id, was, now, times in vault.rows(
            "SELECT pupil_id, first_code, code, count(*) FROM amended_mark WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3",
            (first.isoformat(), last.isoformat()),
        ):
            for place, codes in enumerate(groups):
                sessions_by_pupil[pupil_id][number][place] += times * ((now in codes) - (was in codes))


def counts(vault: Vault, day: date) -> dict[str, int]:
    """How many pupils are on file and on roll, contacts, and users who may sign in."""
    row = vault.first_row(
        f"""SELECT (SELECT count(*) FROM pupil WHERE {PERSON}) AS pupils,
              (SELECT count(DISTINCT {as_kept()}) FROM enrolment e WHERE {stay_days.on_roll()}) AS on_roll,
              (SELECT count(*) FROM contact WHERE {PERSON}) AS contacts, (SELECT count(*) FROM staff WHERE active) AS users""",
        (day.isoformat(),),
    )
    assert row is not None
    return {name: int(row[name]) for name in ("pupils", "on_roll", "contacts", "users")}
