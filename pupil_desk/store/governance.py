"""How much there is: counts for papers about the unit's own duties."""

from datetime import date

from pupil_desk.store.same import PERSON, as_kept
from pupil_desk.store.vault import Vault

_HERE = """status NOT IN ('G', 'F', 'O') AND (start_date IS NULL OR start_date <= ?1)
  AND (end_date IS NULL OR end_date >= ?1) AND NOT (status = 'P' AND end_date IS NULL)"""


def counts(vault: Vault, day: date) -> dict[str, int]:
    """How many pupils are on file and on roll, contacts, and users who may sign in."""
    row = vault.one(
        f"""SELECT (SELECT count(*) FROM pupil WHERE {PERSON}) AS pupils,
              (SELECT count(DISTINCT {as_kept()}) FROM enrolment WHERE {_HERE}) AS on_roll,
              (SELECT count(*) FROM contact WHERE {PERSON}) AS contacts, (SELECT count(*) FROM staff WHERE active) AS users""",
        (day.isoformat(),),
    )
    assert row is not None
    return {name: int(row[name]) for name in ("pupils", "on_roll", "contacts", "users")}
