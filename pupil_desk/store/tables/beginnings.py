"""Whether a unit's file has any of what a unit begins with: one look at several tables. What was done in it since somebody first signed in."""

from typing import NamedTuple

from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.same import PERSON


def begun(vault: Vault) -> dict[str, bool]:
    """Whether there is a pupil, a second user, a notice given, and a wish or a consent recorded; and whether all of it is for training."""
    row = vault.first_row(
        f"""SELECT EXISTS (SELECT 1 FROM pupil WHERE {PERSON}) AS pupils, (SELECT count(*) FROM staff) > 1 AS users,
             EXISTS (SELECT 1 FROM notice_issue) AS notices,
             EXISTS (SELECT 1 FROM choice) OR EXISTS (SELECT 1 FROM consent_event) AS wishes,
             (SELECT training FROM identity) AS training"""
    )
    assert row is not None  # one row, whatever the tables hold
    return {name: bool(row[name]) for name in ("pupils", "users", "notices", "wishes", "training")}


class LoggedAct(NamedTuple):
    """What the log says of an act, but for whom, when and about whom."""

    action: str
    kind: str
    reason: str


def acts_since_first_sign_in(vault: Vault) -> list[LoggedAct]:
    """Each kind of act once; what was done as the file was made is none of them."""
    rows = vault.rows("SELECT DISTINCT action, kind, reason FROM log WHERE seq > (SELECT min(seq) FROM log WHERE action = 'sign-in')")
    return [LoggedAct(*row) for row in rows]
