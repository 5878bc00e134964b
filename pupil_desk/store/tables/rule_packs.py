"""Packs of rules that were read in, and those that were taken back: rows only ever added."""

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id


def in_force(vault: Vault) -> list[Row]:
    """Those that were not taken back, the latest last: ``id``, ``content`` (the file), ``at``, ``by``."""
    return vault.rows(
        """SELECT r.id, r.content, r.at, coalesce(s.name, r.taken_by) AS by FROM rule_pack r LEFT JOIN staff s ON s.id = r.taken_by
           WHERE NOT EXISTS (SELECT 1 FROM rule_pack_undone u WHERE u.pack_id = r.id) ORDER BY r.seq"""
    )


def add(vault: Vault, number: int, content: bytes, *, moment: str, actor: str) -> str:
    """Keep a pack; gives its identity."""
    pack_id = new_id()
    insert_row(vault, "rule_pack", {"id": pack_id, "number": number, "content": content, "at": moment, "taken_by": actor})
    return pack_id


def take_back(vault: Vault, pack_id: str, *, moment: str, actor: str) -> None:
    """Keep that a pack was taken back."""
    insert_row(vault, "rule_pack_undone", {"pack_id": pack_id, "at": moment, "undone_by": actor})
