"""What was done with the file as a whole: exports with their disclosures, imports, backups; and drafts."""

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_many, insert_row, insert_rows, new_id
from pupil_desk.store.rows.same import of_person
from pupil_desk.store.tables import under_second_key
from pupil_desk.store.tables.under_second_key import DRAFTS, CellMoved


def add_export(vault: Vault, values: Mapping[str, Any]) -> None:
    insert_row(vault, "export_made", values)


def add_export_files(vault: Vault, export_id: str, files: Sequence[tuple[str, int, str]]) -> None:
    """Keep the files of an export, in order: name, size in bytes, SHA-256 in hex."""
    rows = [
        {"export_id": export_id, "number": n, "name": name, "bytes": size, "sha256": sha256}
        for n, (name, size, sha256) in enumerate(files, 1)
    ]
    insert_rows(vault, "export_file", rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """What was told of a pupil; the columns of a row, as the newest script has them."""

    pupil_id: str
    export_id: str | None
    way: str
    what: str
    recipient: str
    law: str
    purpose: str
    level: str
    decided_by: str
    reason: str
    fields: str
    on: str
    at: str
    told_by: str
    without_consent: int
    told_to: str
    of_event: str


def add_disclosures(vault: Vault, disclosures: Iterable[DisclosureRow]) -> None:
    """Keep, per pupil, what was told."""
    insert_many(vault, "disclosure", DisclosureRow, disclosures)


def exports(vault: Vault) -> list[Row]:
    """The exports made, the latest first."""
    return vault.rows(
        "SELECT x.*, s.name AS made_by_name FROM export_made x LEFT JOIN staff s ON s.id = x.made_by ORDER BY x.at DESC, x.id"
    )


def exports_named(vault: Vault, name: str) -> list[Row]:
    """Of every export of that name made, the period and for whom it was, None for all; in the order of the making."""
    return vault.rows("SELECT since, until, provider FROM export_made WHERE name = ? ORDER BY at, id", (name,))


def files_of_exports(vault: Vault) -> list[Row]:
    """The files of every export, in their order."""
    return vault.rows("SELECT * FROM export_file ORDER BY export_id, number")


def export_made(vault: Vault, export_id: str) -> Row | None:
    """One export made, with every column; None if there is none of that id."""
    return vault.first_row("SELECT * FROM export_made WHERE id = ?", (export_id,))


def export_files(vault: Vault, export_id: str) -> list[str]:
    """The names of the files of an export, in the order in which they were written."""
    return [row["name"] for row in vault.rows("SELECT name FROM export_file WHERE export_id = ? ORDER BY number", (export_id,))]


def add_disclosure_strike(vault: Vault, pupil_id: str, disclosure: int, reason: str, *, moment: str, actor: str) -> None:
    """Keep that a line of the log of disclosures was entered by mistake."""
    insert_row(vault, "disclosure_strike", pupil_id=pupil_id, disclosure=disclosure, reason=reason, at=moment, struck_by=actor)


def add_disclosure_family(vault: Vault, pupil_id: str, disclosure: int, *, may_know: bool, reason: str, moment: str, actor: str) -> None:
    """Keep whether the family may know of a line of the log of disclosures, and why not."""
    insert_row(
        vault, "disclosure_family", pupil_id=pupil_id, disclosure=disclosure, may_know=may_know, reason=reason, at=moment, said_by=actor
    )


def disclosures_of(vault: Vault, pupil_id: str) -> list[Row]:
    """What was told of one pupil, to whom, when and on what law; of a line that was struck out, why (``struck_because``); ``of_event`` is the step that says it."""
    return vault.rows(
        f"""SELECT d.at, d."on", d.way, d.what AS name, d.recipient, d.law, d.purpose, d.level, d.decided_by, d.reason, d.fields, d.without_consent, d.told_to, d.of_event,
             coalesce(s.name, d.told_by) AS made_by, k.reason AS struck_because
           FROM disclosure d LEFT JOIN staff s ON s.id = d.told_by LEFT JOIN disclosure_strike k ON k.disclosure = d.seq
           WHERE {of_person("d")} ORDER BY d.seq""",
        (pupil_id,),
    )


def add_import(vault: Vault, values: Mapping[str, Any]) -> None:
    """Keep what an import did."""
    insert_row(vault, "import_made", values)


def imports(vault: Vault) -> list[Row]:
    """The imports made, the latest first."""
    return vault.rows(
        "SELECT i.*, s.name AS made_by_name, (SELECT count(*) FROM not_taken n WHERE n.import_id = i.id) AS not_taken, "
        "coalesce(f.name, '') AS file_name FROM import_made i LEFT JOIN import_file f ON f.import_id = i.id "
        "LEFT JOIN staff s ON s.id = i.made_by ORDER BY i.at DESC, i.rowid DESC"
    )


def add_import_file(vault: Vault, import_id: str, name: str) -> None:
    """Keep the name of a file read in, where it has one."""
    if name:
        insert_row(vault, "import_file", import_id=import_id, name=name)


def import_files(vault: Vault) -> list[Row]:
    """The names of the files read in, and whether an import brought or changed records of a pupil, by pupil (``pupil_id``)."""
    return vault.rows(
        "SELECT DISTINCT f.import_id, f.name, a.pupil_id FROM import_file f JOIN import_made i ON i.id = f.import_id "
        "LEFT JOIN amendment a ON a.act = i.act"
    )


def forget_import_file(vault: Vault, import_id: str) -> None:
    """Forget the name of a file read in."""
    vault.execute("DELETE FROM import_file WHERE import_id = ?", (import_id,))


def add_import_undone(vault: Vault, *, import_id: str, moment: str, actor: str, act: str, went_back: int, stayed: int) -> None:
    """Keep that an import was undone."""
    insert_row(
        vault, "import_undone", id=new_id(), import_id=import_id, at=moment, undone_by=actor, act=act, went_back=went_back, stayed=stayed
    )


def imports_undone(vault: Vault) -> list[Row]:
    """The undoings of imports, the latest last: of which import, by which act, when and by whom (``by_name``)."""
    return vault.rows(
        "SELECT u.import_id, u.act, u.at, s.name AS by_name FROM import_undone u LEFT JOIN staff s ON s.id = u.undone_by ORDER BY u.rowid"
    )


def add_backup(vault: Vault, values: Mapping[str, Any]) -> None:
    """Keep that a proved backup was made."""
    insert_row(vault, "backup_made", values)


BACKUP_REMOVED = "backup-removed"  # as it stands in the log, with the beginning of the digest


def backups(vault: Vault) -> list[Row]:
    """All backups that this file knows of, but for those that the program has removed."""
    return vault.rows(
        "SELECT * FROM backup_made WHERE substr(sha256, 1, 16) NOT IN (SELECT object_id FROM log WHERE action = ?)", (BACKUP_REMOVED,)
    )


def backups_before(vault: Vault, epoch: int) -> list[Row]:
    """Of those the ones made under an earlier data key than that of the epoch, the latest first."""
    return sorted((row for row in backups(vault) if row["epoch"] < epoch), key=lambda row: str(row["at"]), reverse=True)


def backup_resealed(vault: Vault, *, before: str, now: str, epoch: int) -> None:
    """A backup was given the data key of an epoch, and is another file now; one that the file knows nothing of is none the less for it."""
    vault.execute("UPDATE backup_made SET sha256 = ?, epoch = ? WHERE sha256 = ?", (now, epoch, before))


def latest_backup(vault: Vault) -> Row | None:
    """The last proved backup that this file knows of: the one that holds most of the log, whatever the clock said."""
    return vault.first_row("SELECT * FROM backup_made ORDER BY log_seq DESC, rowid DESC LIMIT 1")


_OF_BACKUPS = ("back-up", "backup-before-upgrade", "restore")  # as their rows stand in the log; what was restored has a backup


def was_backed_up(vault: Vault, before: str) -> bool:
    """Whether a backup was made before a moment, as far as this file's log knows."""
    marks = ", ".join("?" * len(_OF_BACKUPS))
    return (
        vault.first_row(f"SELECT 1 FROM log WHERE kind = 'backup' AND action IN ({marks}) AND at < ? LIMIT 1", (*_OF_BACKUPS, before))
        is not None
    )


def keep_draft(vault: Vault, *, author: str, page: str, object_id: str, body: str, moment: str) -> None:
    """Keep what someone has typed and not saved, in place of their earlier draft of the same."""
    put_draft(vault, author=author, page=page, object_id=object_id, body=body, moment=moment)
    under_second_key.encrypt(vault, DRAFTS, moment=moment)


def put_draft(vault: Vault, *, author: str, page: str, object_id: str, body: str, moment: str) -> None:
    """The same, not yet under a key: for who has none now."""
    drop_draft(vault, author=author, page=page, object_id=object_id)
    insert_row(vault, "draft", author=author, page=page, object_id=object_id, body=body, at=moment)


def drop_draft(vault: Vault, *, author: str, page: str, object_id: str) -> None:
    vault.execute("DELETE FROM draft WHERE author = ? AND page = ? AND object_id = ?", (author, page, object_id))


def drop_encrypted_drafts(vault: Vault, author: str) -> list[str]:
    """Delete what of one user's drafts is under a key; of which pages it was."""
    pages = [str(row["page"]) for row in vault.rows("SELECT page FROM draft WHERE author = ? AND key_id IS NOT NULL", (author,))]
    vault.execute("DELETE FROM draft WHERE author = ? AND key_id IS NOT NULL", (author,))
    return pages


def drop_drafts_about(vault: Vault, ids: Collection[str], *, but: Collection[str]) -> list[Row]:
    """Delete the drafts that name one of these, and those that cannot be read here and may; returns the latter: author and page.

    Those of the pages ``but`` stay.
    """
    unread = []
    for row in vault.rows(f"SELECT d.author, d.page, d.object_id, d.body, d.at, {DRAFTS.read('d')} FROM draft d"):
        body = None
        with contextlib.suppress(CellMoved):
            body = under_second_key.read(vault, DRAFTS, row, "body")
        if row["page"] in but or (body is not None and not any(name in f"{row['object_id']} {body}" for name in ids)):
            continue
        drop_draft(vault, author=row["author"], page=row["page"], object_id=row["object_id"])
        unread += [row] if body is None else []
    return unread


def drafts_of(vault: Vault, author: str) -> list[tuple[Row, str]]:
    """The drafts of one user, the latest first, each with what it says."""
    rows = vault.rows(
        f"SELECT d.page, d.object_id, d.body, d.at, {DRAFTS.read('d')} FROM draft d WHERE author = ? ORDER BY at DESC", (author,)
    )
    drafts = []
    for row in rows:
        with contextlib.suppress(CellMoved):
            body = under_second_key.read(vault, DRAFTS, row, "body")
            drafts += [(row, body)] if body is not None else []
    return drafts


_BROUGHT = " UNION ".join(
    [
        f"SELECT act FROM {table} WHERE {of_person()}"
        for table in (
            "amendment",
            "choice",
            "protection",
            "assessment",
            "suspension",
            "suspension_event",
            "consent_event",
            "incident",
            "plan",
            "leave_request",
        )
    ]
    + [f"SELECT e.act FROM {table} m JOIN entering e ON e.id = m.entering WHERE {of_person('m')}" for table in ("mark", "mark_amendment")]
)
"""The acts that brought a person something, of all that an import may bring."""
_ABOUT = f"""(l.object_id = ?1 OR l.object_id IN (
  SELECT id FROM pupil WHERE same_as = ?1
  UNION ALL SELECT export_id FROM disclosure WHERE export_id IS NOT NULL AND {of_person()}
  UNION ALL SELECT id FROM import_made WHERE act <> '' AND act IN ({_BROUGHT})))"""


def log_rows(vault: Vault, *, user_id: str | None = None, pupil_id: str | None = None, limit: int = -1) -> list[Row]:
    """The log, the latest first: all of it, or of one user, or about one pupil, with the exports that told of the pupil and the imports that brought
    something; staff names beside it."""
    wheres = [*(["l.user_id = ?2"] if user_id is not None else []), *([_ABOUT] if pupil_id is not None else [])]
    where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
    return vault.rows(
        "SELECT l.seq, l.at, coalesce(s.name, '') AS user, l.role, l.action, l.kind, l.object_id, coalesce(o.name, '') AS member, l.reason "
        "FROM log l LEFT JOIN staff s ON s.id = l.user_id LEFT JOIN staff o ON l.kind = 'staff' AND o.id = l.object_id "
        f"{where} ORDER BY l.seq DESC LIMIT ?3",
        (pupil_id, user_id, limit),
    )
