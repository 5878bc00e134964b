"""Three sheets of which any two open a second key: what of them stands in the file."""

import json
from collections.abc import Sequence

from pupil_desk.store.file.second_key import cells, sheets
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, new_id


def in_force(vault: Vault, room: str) -> Row | None:
    """The last set of sheets of a room: ``id``, ``public``, ``wraps``; None if none was made."""
    return vault.first_row("SELECT id, room, public, wraps, at FROM second_key_sheets WHERE room = ? ORDER BY seq DESC LIMIT 1", (room,))


def make(vault: Vault, room: str, codes: Sequence[str], *, moment: str, actor: str) -> Row:
    """A new set, in force at once. Inside a transaction."""
    private, public = cells.new_pair()
    number = new_id()
    wraps = sheets.wrapped(private, codes, _bound(vault, number))
    insert_row(vault, "second_key_sheets", id=number, room=room, public=public.hex(), wraps=json.dumps(wraps), at=moment, made_by=actor)
    row = in_force(vault, room)
    assert row is not None
    return row


def put(vault: Vault, room: str, number: str, second_key: bytes) -> None:
    """Seal a key of the room to its sheets, if there are any. Inside a transaction."""
    row = in_force(vault, room)
    if row is not None:
        text = sheets.sealed(second_key, bytes.fromhex(row["public"]), _bound(vault, row["id"], number))
        insert_row(vault, "second_key_on_sheets", sheets_id=row["id"], key_id=number, sealed=text)


def opened(vault: Vault, room: str, codes: Sequence[str]) -> dict[str, bytes]:
    """The keys that two of the codes give: number -> private half; empty if they are not two of these. Raises WrongPassword for what is no code."""
    row = in_force(vault, room)
    private = sheets.unwrapped(json.loads(row["wraps"]), codes, _bound(vault, row["id"])) if row is not None else None
    if row is None or private is None:
        return {}
    keys = {}
    for sealed in vault.rows("SELECT key_id, sealed FROM second_key_on_sheets WHERE sheets_id = ?", (row["id"],)):
        key = sheets.unsealed(sealed["sealed"], private, _bound(vault, row["id"], sealed["key_id"]))
        if key is not None:
            keys[str(sealed["key_id"])] = key
    return keys


def _bound(vault: Vault, sheets_id: str, number: str = "") -> dict[str, str]:
    return {"vault": vault.vault_id, "sheets": sheets_id, "key": number}
