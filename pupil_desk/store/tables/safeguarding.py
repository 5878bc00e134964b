"""Child protection files: wordings of entries, only ever added, each encrypted under the key of the room."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.catalogue.items import attributes_of, items_of
from pupil_desk.domain.safeguarding.entry import EntryWording, SafeguardingEntry
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row, stored_value
from pupil_desk.store.rows.same import as_kept, of_person
from pupil_desk.store.tables import second_keys, under_second_key
from pupil_desk.store.tables.second_keys import SAFEGUARDING
from pupil_desk.store.tables.under_second_key import SAFEGUARDING_ENTRIES, CellMoved

_ITEMS = tuple(item.name for item in items_of(SafeguardingEntry))
_DAYS = ("day", "due", "done_on", "until")


@dataclass(frozen=True, slots=True)
class Opened:
    """Wordings as far as whoever signed in holds their key; ``moved`` are the rows that stand where they were not written, ``sealed`` counts those of another key.

    ``unopened`` has both numbers by pupil, of whom there are any.
    """

    wordings: tuple[EntryWording, ...]
    moved: tuple[str, ...]
    sealed: int
    unopened: Mapping[str, tuple[int, int]]


def add(vault: Vault, entry: SafeguardingEntry, *, moment: str, actor: str) -> None:
    """Keep a further wording, and encrypt it in the same transaction. There must be a key of the room."""
    add_as_it_was(vault, entry, recorded_at=moment, recorded_by=actor, moment=moment)


def add_as_it_was(vault: Vault, entry: SafeguardingEntry, *, recorded_at: str, recorded_by: str, moment: str) -> None:
    """Keep a wording that was recorded at another moment, in another place of this file."""
    assert second_keys.of_room(vault, SAFEGUARDING) is not None, "nothing is written before there is a key"
    body = json.dumps({name: stored_value(getattr(entry, name)) for name in _ITEMS if getattr(entry, name) is not None}, ensure_ascii=False)
    insert_row(
        vault,
        "safeguarding_entry",
        id=entry.id,
        pupil_id=entry.pupil_id,
        entry_id=entry.entry_id,
        body=body,
        at=recorded_at,
        recorded_by=recorded_by,
    )
    under_second_key.encrypt(vault, SAFEGUARDING_ENTRIES, moment=moment)


def of_pupil(vault: Vault, pupil_id: str) -> Opened:
    """Every wording of a pupil's file, in the order of recording."""
    return _read(vault, vault.rows(f"{_SELECT} WHERE {of_person('e')} ORDER BY e.seq", (pupil_id,)))


def all_entries(vault: Vault) -> Opened:
    """Every wording of every file, in the order of recording."""
    return _read(vault, vault.rows(f"{_SELECT} ORDER BY e.seq"))


def any_on_file(vault: Vault) -> bool:
    """Whether there is any entry at all."""
    return vault.first_row("SELECT 1 FROM safeguarding_entry LIMIT 1") is not None


_SELECT = (
    f"SELECT e.id, e.seq, {as_kept('e.pupil_id')} AS pupil_id, e.entry_id, e.body, e.at, e.recorded_by, s.name AS by_name, "
    f"{SAFEGUARDING_ENTRIES.read('e')} FROM safeguarding_entry e LEFT JOIN staff s ON s.id = e.recorded_by"
)


def _read(vault: Vault, rows: Sequence[Row]) -> Opened:
    wordings, moved = [], []
    moved_by_pupil, sealed_by_pupil = Counter[str](), Counter[str]()
    for row in rows:
        try:
            body = under_second_key.read(vault, SAFEGUARDING_ENTRIES, row, "body")
        except CellMoved:
            moved.append(str(row["id"]))
            moved_by_pupil[row["pupil_id"]] += 1
            continue
        if body is None:
            sealed_by_pupil[row["pupil_id"]] += 1
        else:
            wordings.append(_unpacked(row, body))
    unopened = {pupil_id: (moved_by_pupil[pupil_id], sealed_by_pupil[pupil_id]) for pupil_id in {**moved_by_pupil, **sealed_by_pupil}}
    return Opened(tuple(wordings), tuple(moved), sealed_by_pupil.total(), unopened)


def _unpacked(row: Row, body: str) -> EntryWording:
    values = {name: value for name, value in json.loads(body).items() if name in _ITEMS}
    for name in _DAYS:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    keys = {name: row[name] for name in attributes_of(SafeguardingEntry) if name not in _ITEMS}
    return EntryWording(SafeguardingEntry(**keys, **values), row["at"], row["recorded_by"], row["by_name"] or "", row["seq"])
