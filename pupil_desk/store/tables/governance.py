"""How much there is: counts for papers about the unit's own duties."""

from datetime import date

from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.same import PERSON, as_kept


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
