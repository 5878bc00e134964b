"""Papers kept: what is known of each, and its bytes in a table that no list reads."""

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.rows.same import as_kept, of_person


def keep_content(vault: Vault, paper: Attachment, data: bytes) -> None:
    """Keep the bytes of a paper whose row is there. They are never altered, and the file refuses it."""
    insert_row(vault, "attachment_content", id=paper.id, pupil_id=paper.pupil_id, body=data)


def content(vault: Vault, attachment_id: str) -> bytes | None:
    """The bytes of a paper."""
    row = vault.first_row("SELECT body FROM attachment_content WHERE id = ?", (attachment_id,))
    return bytes(row["body"]) if row else None


def bytes_used(vault: Vault) -> int:
    """The bytes of all papers of the unit together, those set aside and those of safeguarding files too: a backup has them all in memory."""
    row = vault.first_row(
        "SELECT (SELECT coalesce(sum(size), 0) FROM attachment) + (SELECT coalesce(sum(length(body)), 0) FROM safeguarding_paper) AS taken"
    )
    return int(row["taken"]) if row else 0


def of_kind(vault: Vault, kind: str, media_type: str) -> list[tuple[str, str]]:
    """Whose, and which, the papers of a kind are, those set aside too: the identities of the pupil and of the paper."""
    rows = vault.rows(f"SELECT {as_kept()} AS whose, id FROM attachment WHERE kind = ? AND media_type = ?", (kind, media_type))
    return [(row["whose"], row["id"]) for row in rows]


def with_digest(vault: Vault, pupil_id: str, digest: str) -> str | None:
    """The title of a paper of the pupil with the same bytes, that is not set aside."""
    row = vault.first_row(f"SELECT title FROM attachment WHERE {of_person()} AND digest = ?2 AND set_aside_on IS NULL", (pupil_id, digest))
    return str(row["title"]) if row else None


def remove(vault: Vault, attachment_id: str) -> None:
    """Take away a paper with its bytes; the file refuses one that is not set aside."""
    vault.execute("DELETE FROM attachment_content WHERE id = ?", (attachment_id,))
    vault.execute("DELETE FROM attachment WHERE id = ?", (attachment_id,))
