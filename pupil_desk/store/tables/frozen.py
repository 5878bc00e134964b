"""What exports said, as digests, whom they left out, the files themselves where they were asked for, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_many, insert_row, insert_rows
from pupil_desk.store.rows.same import as_kept, of_person

DELIVERED, TAKEN_OFF, CONTENT_DELETED, WRITTEN_AGAIN = "delivered", "taken-off", "content-deleted", "written-again"
"""What is done about an export. Without «content-deleted» no content goes, save by an order; the note of «written-again» is its files, as JSON."""


@dataclass(frozen=True, slots=True)
class FrozenPupil:
    """What is kept of a pupil in an export, which ``frozen`` is the number of; the columns of a row, as script 0036 has them."""

    frozen: int
    pupil_id: str
    recipient: str
    kind: str
    _: KW_ONLY
    level: str = ""
    reason: str = ""
    confirmed: int = 0
    cells: int = 0
    rows: bytes = b""


def add(vault: Vault, values: Mapping[str, Any]) -> int:
    """Keep what an export said as a whole; returns the number by which its rows name it."""
    insert_row(vault, "export_frozen", values)
    row = vault.first_row("SELECT number FROM export_frozen WHERE export_id = ?", (values["export_id"],))
    assert row is not None
    return int(row["number"])


def add_rows(vault: Vault, rows: Iterable[FrozenPupil]) -> None:
    """Keep what it said of each pupil."""
    insert_many(vault, "export_row", FrozenPupil, rows)


def of_export(vault: Vault, export_id: str) -> Row | None:
    """What is kept of one export as a whole; None for one made before anything was."""
    return vault.first_row("SELECT * FROM export_frozen WHERE export_id = ?", (export_id,))


def comparable(vault: Vault) -> frozenset[str]:
    """The exports of which anything is kept."""
    return frozenset(row["export_id"] for row in vault.rows("SELECT export_id FROM export_frozen"))


def rows_of(vault: Vault, export_id: str) -> list[Row]:
    """What is kept of each pupil in one export, under the record kept; ``record`` is the one that it was made of, ``own`` whether it is that."""
    return vault.rows(
        f"""SELECT {as_kept("r.pupil_id")} AS pupil_id, r.pupil_id = {as_kept("r.pupil_id")} AS own, r.pupil_id AS record, r.recipient, r.kind, r.level, r.reason, r.confirmed, r.rows
            FROM export_row r JOIN export_frozen f ON f.number = r.frozen WHERE f.export_id = ? ORDER BY own DESC, r.seq""",
        (export_id,),
    )


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The exports that a pupil was in or left out of, with how many values, and until when their files are kept here."""
    return vault.rows(
        f"""SELECT x.at, x.name, coalesce(nullif(r.recipient, ''), x.recipient) AS recipient, r.kind AS in_export, r.cells, r.reason,
             (SELECT max(c.until) FROM export_content c WHERE c.export_id = x.id AND r.kind = 'told') AS kept_until
           FROM export_row r JOIN export_frozen f ON f.number = r.frozen JOIN export_made x ON x.id = f.export_id WHERE {of_person("r")} ORDER BY r.seq""",
        (pupil_id,),
    )


def add_event(vault: Vault, values: Mapping[str, Any]) -> None:
    """Keep what was done about an export."""
    insert_row(vault, "export_event", values)


def events(vault: Vault) -> list[Row]:
    """Everything that was done about exports, the latest last."""
    return vault.rows(
        "SELECT e.*, coalesce(s.name, e.recorded_by) AS by_name FROM export_event e LEFT JOIN staff s ON s.id = e.recorded_by ORDER BY e.seq"
    )


def add_content(vault: Vault, export_id: str, files: Sequence[tuple[str, bytes]], until: str) -> None:
    """Keep the files of an export until a day."""
    rows = [{"export_id": export_id, "number": n, "name": name, "data": data, "until": until} for n, (name, data) in enumerate(files, 1)]
    insert_rows(vault, "export_content", rows)


def contents(vault: Vault) -> list[Row]:
    """Of which exports the files are kept (``export_id``), until when, how many and how many bytes; the first due first."""
    return vault.rows(
        "SELECT export_id, max(until) AS until, count(*) AS files, sum(length(data)) AS bytes FROM export_content GROUP BY export_id ORDER BY until, export_id"
    )


def content_of(vault: Vault, export_id: str) -> list[tuple[str, bytes]]:
    """The files kept of an export, by name."""
    rows = vault.rows("SELECT name, data FROM export_content WHERE export_id = ? ORDER BY number", (export_id,))
    return [(row["name"], row["data"]) for row in rows]


def kept_while_one(vault: Vault, pupil_id: str) -> list[str]:
    """The exports whose files are kept and were made while a pupil's record, parted since, stood for another: they tell of both as of that one."""
    rows = vault.rows(
        f"""WITH RECURSIVE stood (kept, first, last) AS (
             SELECT m.kept_id, m.at, (SELECT min(p.at) FROM merging p WHERE p.record_id = m.record_id AND p.what = 'parted' AND p.seq > m.seq)
               FROM merging m WHERE m.kind = 'pupil' AND m.what = 'merged' AND {of_person("m")}
             UNION SELECT m.kept_id, first, last FROM merging m JOIN stood ON m.record_id = stood.kept WHERE m.kind = 'pupil' AND m.what = 'merged')
           SELECT DISTINCT c.export_id FROM stood JOIN export_row r ON r.pupil_id = stood.kept JOIN export_frozen f ON f.number = r.frozen
             JOIN export_content c ON c.export_id = f.export_id JOIN export_made x ON x.id = f.export_id WHERE x.at >= first AND x.at <= coalesce(last, x.at)""",
        (pupil_id,),
    )
    return [row["export_id"] for row in rows]


def pupils_in(vault: Vault, export_id: str) -> frozenset[str]:
    """The pupils of whom one export said anything, or whom it left out: the records kept."""
    return frozenset(
        row["pupil_id"]
        for row in vault.rows(
            f"SELECT DISTINCT {as_kept('r.pupil_id')} AS pupil_id FROM export_row r JOIN export_frozen f ON f.number = r.frozen WHERE f.export_id = ?",
            (export_id,),
        )
    )


def delete_content(vault: Vault, export_id: str) -> int:
    """Delete the files kept of an export, once the event says so."""
    return vault.execute("DELETE FROM export_content WHERE export_id = ?", (export_id,))
