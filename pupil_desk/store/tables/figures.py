"""What the unit's own picture is counted from: plain rows of all pupils at once, only read.

A record that stands for another (``same_as``) is counted as that one: each row's ``person`` is the pupil who is counted.

How much there is: counts for papers about the unit's own duties.
"""

from datetime import date

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.same import PERSON, as_kept


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
