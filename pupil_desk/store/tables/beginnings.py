"""Whether a unit's file has any of what a unit begins with: one look at several tables."""

from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.same import PERSON


def begun(vault: Vault) -> dict[str, bool]:
    """Whether there is a pupil, a second user, a notice given, and a wish or a consent recorded."""
    row = vault.first_row(
        f"""SELECT EXISTS (SELECT 1 FROM pupil WHERE {PERSON}) AS pupils, (SELECT count(*) FROM staff) > 1 AS users,
             EXISTS (SELECT 1 FROM notice_issue) AS notices,
             EXISTS (SELECT 1 FROM choice) OR EXISTS (SELECT 1 FROM consent_event) AS wishes"""
    )
    assert row is not None  # one row, whatever the tables hold
    return {name: bool(row[name]) for name in ("pupils", "users", "notices", "wishes")}
