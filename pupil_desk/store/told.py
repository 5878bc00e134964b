"""The log of disclosures, read: totals for each recipient and each pupil, and the rows."""

from pupil_desk.store.same import as_kept, whose
from pupil_desk.store.vault import Row, Vault


def by_recipient(vault: Vault) -> list[Row]:
    """Each recipient with the number of disclosures (``told``), of pupils (``pupils``), and when the last one was (``last``)."""
    return vault.rows(
        f"""SELECT d.recipient AS id, d.recipient AS name, count(*) AS told, count(DISTINCT {as_kept("d.pupil_id")}) AS pupils, max(d.at) AS last
            FROM disclosure d GROUP BY d.recipient ORDER BY last DESC, name"""
    )


def by_pupil(vault: Vault) -> list[Row]:
    """Each pupil of whom anything was told, with the number of disclosures, of recipients (``others``), and when the last one was."""
    return vault.rows(
        f"""SELECT p.id AS id, p.surname, p.forename, p.ref, count(*) AS told, count(DISTINCT d.recipient) AS others, max(d.at) AS last
            FROM disclosure d JOIN pupil p ON p.id = {as_kept("d.pupil_id")} GROUP BY p.id ORDER BY p.sort_key, p.ref"""
    )


def to(vault: Vault, recipient: str, *, limit: int) -> list[Row]:
    """The disclosures to one recipient, the latest first."""
    return vault.rows(f"{_ROWS} WHERE d.recipient = ? ORDER BY d.seq DESC LIMIT ?", (recipient, limit))


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The disclosures of one pupil, the latest first."""
    return vault.rows(f"{_ROWS} WHERE {whose('d')} ORDER BY d.seq DESC", (pupil_id,))


_ROWS = f"""SELECT d.seq, d.at, d."on", d.way, d.what, d.recipient, d.law, d.purpose, d.level, d.reason, d.fields,
  p.id AS pupil_id, p.surname, p.forename, p.ref, coalesce(s.name, d.told_by) AS told_by
  FROM disclosure d JOIN pupil p ON p.id = {as_kept("d.pupil_id")} LEFT JOIN staff s ON s.id = d.told_by"""
