"""What was taken away and not had back, read from the history: there is no other store of it."""

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.same import as_kept

_GONE = """a.item = '' AND a.old = 'held' AND NOT EXISTS (
  SELECT 1 FROM amendment b WHERE b.record_id = a.record_id AND b.kind = a.kind AND b.item = '' AND b.seq > a.seq)"""
_SELECT = f"""SELECT a.seq, a.kind, a.record_id, {as_kept("a.pupil_id")} AS pupil_id, a.at, a."by", a.new AS why, a.source, a.act,
  p.surname, p.forename, s.name AS by_name
FROM amendment a JOIN pupil p ON p.id = a.pupil_id LEFT JOIN staff s ON s.id = a."by" """


def waiting(vault: Vault, limit: int) -> list[Row]:
    """What was taken away last, the newest first; of a pupil entered by mistake the pupil alone, with whom the rest comes back."""
    return vault.rows(
        f"{_SELECT} WHERE {_GONE} AND (a.kind = 'pupil' OR p.same_as IS NULL OR p.same_as <> p.id) ORDER BY a.seq DESC LIMIT ?", (limit,)
    )


def get(vault: Vault, kind: str, record_id: str) -> Row | None:
    """A record that was taken away and not had back."""
    return vault.first_row(f"{_SELECT} WHERE a.record_id = ? AND a.kind = ? AND {_GONE}", (record_id, kind))


def gone_with(vault: Vault, act: str, pupil_id: str) -> list[Row]:
    """What an act took away with a pupil, the last first."""
    return vault.rows(
        f"{_SELECT} WHERE a.act = ? AND a.pupil_id = ? AND a.kind <> 'pupil' AND {_GONE} ORDER BY a.seq DESC", (act, pupil_id)
    )


def values_of(vault: Vault, row: Row) -> dict[str, str]:
    """What a record said when it was taken away, by item, as the history keeps it."""
    rows = vault.rows(
        "SELECT item, old FROM amendment WHERE record_id = ? AND kind = ? AND act = ? AND item <> '' AND new IS NULL AND seq < ? ORDER BY seq",
        (row["record_id"], row["kind"], row["act"], row["seq"]),
    )
    return {item_row["item"]: item_row["old"] for item_row in rows}
