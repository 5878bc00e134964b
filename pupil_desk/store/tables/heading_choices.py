"""Which columns somebody chose for the headings of a sender's lists. ``headings`` are all of a list, in one text, by which it is known again."""

from collections.abc import Mapping

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_rows


def every(vault: Vault) -> list[Row]:
    """All of them."""
    return vault.rows('SELECT kind, headings, heading, "column", at, chosen_by FROM heading_choice ORDER BY kind, headings, rowid')


def keep(vault: Vault, kind: str, headings: str, columns: Mapping[str, str], *, moment: str, actor: str) -> None:
    """Keep the columns chosen for lists with these headings, in place of those chosen before."""
    forget(vault, kind, headings)
    facts = {"kind": kind, "headings": headings, "at": moment, "chosen_by": actor}
    insert_rows(vault, "heading_choice", [facts | {"heading": heading, "column": column} for heading, column in columns.items()])


def forget(vault: Vault, kind: str, headings: str) -> None:
    """Forget what was chosen for lists with these headings."""
    vault.execute("DELETE FROM heading_choice WHERE kind = ? AND headings = ?", (kind, headings))
