"""The checks of an open file. Each misses something that the others catch, so they are made together.

The cipher's check sees any flipped bit, but not a file cut at a page's edge; the structure's check sees that, but
not an old page put back; the identity, the counts and the log's head tell whose file it is and how far it had come.
"""

from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import NotOurs
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, audit, schema
from pupil_desk.store.file.audit import Defect, Head
from pupil_desk.store.file.engine import APPLICATION_ID, Connection, pragma
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.vault import Vault

_MOST_TOLD = 5  # problems shown; one bad page can cause thousands of lines


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a whole file says of itself: number, form, rows in each table, head of the log."""

    vault_id: str
    schema: int
    rows: dict[str, int]
    log_head: Head


def engine_checks(con: Connection) -> list[str]:
    """What the cipher's and the structure's check find, in the engine's words, and what of the schema is not ours. Empty is whole."""
    messages = [str(row[0]) for row in con.execute("PRAGMA cipher_integrity_check").fetchall()]
    messages += [str(row[0]) for row in con.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    messages += schema.differences(con)
    return messages[:_MOST_TOLD]


def look_over(vault: Vault) -> list[str]:
    """The same of the live file, after all is in the main file. Empty is whole."""
    return vault.at_rest(engine_checks)


def verify_log(vault: Vault) -> list[Defect]:
    """Walk the log's whole chain, then compare with this PC's anchor. An empty list is a whole log.

    Names the first row that is wrong; what follows it proves nothing.
    """
    first_break = audit.first_break(vault)
    return [first_break] if first_break else anchor.compare(vault)


def identity(con: Connection, path: Path) -> str:
    """The file's number. Raises NotOurs if it is no unit's file although the key fits, Damaged."""
    with translated(path):
        is_unit_file = pragma(con, "application_id") == APPLICATION_ID
        tables = con.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('identity', 'log')").fetchone()
        row = con.execute("SELECT vault_id FROM identity").fetchone() if is_unit_file and tables and tables[0] == 2 else None
    if row is None:
        raise NotOurs(_("{file} is not a Pupil Desk file.").format(file=path.name))
    return str(row[0])


@dataclass(frozen=True, slots=True)
class KeysNamed:
    """Which slots the file says are in force. ``generation`` is 0 where an earlier version noted none."""

    checksum: str
    generation: int

    def names(self, keys: KeyFile) -> bool:
        """Whether these are the ones."""
        return self.checksum == keys.checksum


def keys_in_force(con: Connection, path: Path) -> KeysNamed | None:
    """The slots that the file says are in force; None in one that names none: it is older, or being made. Raises Damaged."""
    with translated(path):
        row = con.execute("SELECT * FROM identity").fetchone()
        named = dict(zip(row.keys(), row, strict=True)) if row else {}
    checksum, generation = named.get("keys_checksum"), named.get("keys_generation")
    return KeysNamed(str(checksum), int(generation or 0)) if checksum else None


def facts(con: Connection, path: Path) -> FileFacts:
    """Number, form, counts and head of an open file. Raises NotOurs, Damaged."""
    vault_id = identity(con, path)
    with translated(path):
        names = [
            str(row["name"])
            for row in con.execute("PRAGMA table_list")
            if row["schema"] == "main" and row["type"] == "table" and not str(row["name"]).startswith("sqlite_")
        ]
        rows = {name: _count(con, name) for name in sorted(names)}
        head = con.execute("SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        schema = pragma(con, "user_version")
    return FileFacts(vault_id, schema, rows, Head(int(head[0]), str(head[1])) if head else Head.of_empty())


def _count(con: Connection, table: str) -> int:
    row = con.execute('SELECT count(*) FROM "{}"'.format(table.replace('"', '""'))).fetchone()
    return int(row[0]) if row else 0
