"""Cells under a second key: which columns they are, how a row is encrypted once it is written, and how it is read.

A row is first written as it is and encrypted in the same transaction, so that there is one way for a new one, for one of before there was a
key, and for one under an older key. Each cell is bound to its file, table, column, key, and to what of its row never changes. A row
names its key in ``key_id``. Anybody can write such a cell; to read it takes the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.words import _
from pupil_desk.store.file.second_key import cells
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import second_keys
from pupil_desk.store.tables.second_keys import OWN, RESTRICTED_NOTES, SAFEGUARDING

PLACE = "cell_place"


class CellMoved(Damaged):
    """A cell stands where it was not written, or was altered: it is not shown."""


@dataclass(frozen=True, slots=True)
class UnderSecondKey:
    """The columns of a table whose cells are under the key of a room; OWN: under that of the person whom ``writer`` names.

    ``place`` are the columns to which the cells are bound, ``only`` the condition that a row is meant. With ``copy`` the person whom
    ``writer`` names has the only column under their own key too, in that column and ``own_key_id``.
    """

    table: str
    columns: tuple[str, ...]
    room: str
    place: tuple[str, ...]
    writer: str
    only: str = "1"
    copy: str = ""

    def read(self, alias: str) -> str:
        """What a query must ask for besides, so that its rows can be read."""
        place = ", ".join(f"{alias}.{column}" for column in self.place)
        own = f", {alias}.{self.copy}, {alias}.own_key_id" if self.copy else ""
        return f"{alias}.key_id{own}, json_array({place}) AS {PLACE}"


NOTES = UnderSecondKey(
    "restricted_note",
    columns=("body",),
    room=RESTRICTED_NOTES,
    place=("id", "pupil_id", "note_id", "at", "recorded_by"),
    writer="recorded_by",
    copy="own_body",
)
MARKS = UnderSecondKey(
    "pack_mark",
    columns=("words", "who", "note"),
    room=RESTRICTED_NOTES,
    place=("id", "pupil_id", "pack_id", "section", "field", "key", "start", "stop", "at", "said_by"),
    writer="said_by",
    only="t.section = 'restricted_notes'",
)
DRAFTS = UnderSecondKey("draft", columns=("body",), room=OWN, place=("author", "page", "object_id", "at"), writer="author")
SAFEGUARDING_ENTRIES = UnderSecondKey(
    "safeguarding_entry",
    columns=("body",),
    room=SAFEGUARDING,
    place=("id", "pupil_id", "entry_id", "at", "recorded_by"),
    writer="recorded_by",
)
ALL = (NOTES, MARKS, DRAFTS, SAFEGUARDING_ENTRIES)


def encrypt(vault: Vault, what: UnderSecondKey, *, moment: str) -> int:
    """Encrypt the rows that are under no key yet or an older one, as far as they can be read; returns how many. Inside a transaction."""
    second_key = second_keys.of_room(vault, what.room)
    if second_key is None and what.room != OWN:
        return 0
    condition = "t.key_id IS NULL" if second_key is None else "t.key_id IS NOT ?"
    names = ", ".join(f"t.{column}" for column in what.columns)
    rows = vault.rows(
        f"SELECT t.rowid AS row_number, t.{what.writer} AS writer, {names}, {what.read('t')} FROM {what.table} t WHERE {what.only} AND {condition}",
        () if second_key is None else (second_key["id"],),
    )
    count = 0
    for row in rows:
        key = second_key or second_keys.own(vault, row["writer"], moment=moment)
        texts = {column: read(vault, what, row, column) for column in what.columns}
        if key is not None and None not in texts.values():
            _encrypt_row(vault, what, row, key, texts={column: str(text) for column, text in texts.items()}, moment=moment)
            count += 1
    return count


def _encrypt_row(vault: Vault, what: UnderSecondKey, row: Row, key: Row, *, texts: Mapping[str, str], moment: str) -> None:
    values = {column: _cell(vault, what, row, column, text=text, key=key) for column, text in texts.items()} | {"key_id": key["id"]}
    if what.copy and row[what.copy] is None:
        own_key = second_keys.own(vault, row["writer"], moment=moment)
        if own_key is not None:
            values |= {what.copy: _cell(vault, what, row, what.copy, text=texts[what.columns[0]], key=own_key), "own_key_id": own_key["id"]}
    sets = ", ".join(f"{column} = ?" for column in values)
    vault.execute(f"UPDATE {what.table} SET {sets} WHERE rowid = ?", (*values.values(), row["row_number"]))


def read(vault: Vault, what: UnderSecondKey, row: Row, column: str) -> str | None:
    """What a cell says to whoever signed in; None to who does not hold its key. Raises CellMoved."""
    if row["key_id"] is None:
        return str(row[column])
    held = vault.held.keys
    ways = [(column, row["key_id"])]
    if what.copy and row[what.copy] is not None:
        ways.append((what.copy, row["own_key_id"]))
    for place, number in ways:
        if number in held:
            text = cells.decrypted(row[place], held[number], _place(vault, what, row, place, number))
            if text is None:
                raise CellMoved(_("A restricted text stands where it was not written, or was altered: it is not shown."))
            return text
    return None


def _cell(vault: Vault, what: UnderSecondKey, row: Row, column: str, *, text: str, key: Row) -> str:
    return cells.encrypted(text, bytes.fromhex(key["public"]), _place(vault, what, row, column, key["id"]))


def _place(vault: Vault, what: UnderSecondKey, row: Row, column: str, number: str) -> Mapping[str, str]:
    return {"vault": vault.vault_id, "table": what.table, "column": column, "row": row[PLACE], "key": number}
