"""Papers of safeguarding files: their bytes, each encrypted under the key that stands in the wording of its entry."""

from collections.abc import Mapping

from pupil_desk.domain.safeguarding.sealed_paper import SealedPaper, papers_of
from pupil_desk.store.file.second_key import whole_files
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.tables import safeguarding

_TABLE = "safeguarding_paper"


def keep(vault: Vault, paper: SealedPaper, data: bytes, *, entry_id: str, pupil_id: str) -> None:
    """Keep the bytes of a paper, encrypted before they come to the file; after its entry, whose wording with the key is encrypted by then."""
    body = whole_files.encrypted(data, paper.key, _place(vault, paper))
    insert_row(vault, _TABLE, id=paper.id, entry_id=entry_id, pupil_id=pupil_id, body=body)


def bytes_of(vault: Vault, paper: SealedPaper) -> bytes | None:
    """The bytes of a paper; None if they are gone, or are not those that were kept."""
    row = vault.first_row("SELECT body FROM safeguarding_paper WHERE id = ?", (paper.id,))
    return whole_files.decrypted(bytes(row["body"]), paper.key, _place(vault, paper)) if row else None


def bytes_by_id(vault: Vault, pupil_id: str, paper_id: str) -> bytes:
    """The bytes of a paper of any wording of a pupil's file; empty for one whose key whoever signed in does not hold."""
    wordings = safeguarding.of_pupil(vault, pupil_id).wordings
    papers = (paper for wording in wordings for paper in papers_of(wording.entry.papers))
    paper = next((paper for paper in papers if paper.id == paper_id), None)
    return bytes_of(vault, paper) or b"" if paper is not None else b""


def _place(vault: Vault, paper: SealedPaper) -> Mapping[str, str]:
    return {"vault": vault.vault_id, "table": _TABLE, "row": paper.id}
