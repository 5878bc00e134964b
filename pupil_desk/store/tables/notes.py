"""Notes and restricted notes: wordings only ever added, and who is named to read the restricted ones."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.catalogue.items import attributes_of, items_of
from pupil_desk.domain.papers.note import Note, Wording
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_row, record_of, stored_value
from pupil_desk.store.rows.same import among, as_kept, id_list, of_person
from pupil_desk.store.tables import under_second_key
from pupil_desk.store.tables.second_keys import RESTRICTED_NOTES
from pupil_desk.store.tables.under_second_key import NOTES, CellMoved

_ITEMS = tuple(item.name for item in items_of(Note))
_DAYS = ("day", "follow_up", "done_on")


@dataclass(frozen=True, slots=True)
class Restricted:
    """Wordings of restricted notes as far as whoever signed in holds their key; ``moved`` are the rows that stand where they were not written."""

    wordings: tuple[Wording, ...]
    moved: tuple[str, ...]


def add(vault: Vault, note: Note, *, moment: str, actor: str) -> None:
    """Keep a further wording of an ordinary note."""
    insert(vault, "note", note, at=moment, recorded_by=actor)


def add_restricted(vault: Vault, note: Note, *, moment: str, actor: str) -> None:
    """Keep a further wording of a restricted note: all that it says is in its body, which is then encrypted under the second key."""
    _add_restricted(vault, note, moment=moment, actor=actor)
    under_second_key.encrypt(vault, NOTES, moment=moment)


def _add_restricted(vault: Vault, note: Note, *, moment: str, actor: str) -> None:
    body = json.dumps({name: stored_value(getattr(note, name)) for name in _ITEMS}, ensure_ascii=False)
    insert_row(vault, "restricted_note", id=note.id, pupil_id=note.pupil_id, note_id=note.note_id, body=body, at=moment, recorded_by=actor)


def of_pupil(vault: Vault, pupil_id: str) -> list[Wording]:
    """Every wording of a pupil's ordinary notes, in the order of recording."""
    return [_wording(row, record_of(Note, row)) for row in vault.rows(f"{_SELECT} WHERE {of_person('n')} ORDER BY n.seq", (pupil_id,))]


def of_category(vault: Vault, category: str, ids: Iterable[str] | None = None) -> list[Wording]:
    """Every wording of the ordinary notes that are or were of a category, of everybody or of these pupils, in the order of recording."""
    where = f"n.note_id IN (SELECT o.note_id FROM note o WHERE o.category = ?1) AND {among('n.pupil_id', 2)}"
    return [_wording(row, record_of(Note, row)) for row in vault.rows(f"{_SELECT} WHERE {where} ORDER BY n.seq", (category, id_list(ids)))]


def of_note(vault: Vault, note_id: str) -> list[Wording]:
    """Every wording of one ordinary note, in the order of recording."""
    return [_wording(row, record_of(Note, row)) for row in vault.rows(f"{_SELECT} WHERE n.note_id = ? ORDER BY n.seq", (note_id,))]


def restricted_of_pupil(vault: Vault, pupil_id: str) -> Restricted:
    """Every wording of a pupil's restricted notes; who may see which is the service's to say."""
    return _read(vault, vault.rows(f"{_SELECT_RESTRICTED} WHERE {of_person('n')} ORDER BY n.seq", (pupil_id,)))


def restricted_of_note(vault: Vault, note_id: str) -> Restricted:
    """Every wording of one restricted note; who may see which is the service's to say."""
    return _read(vault, vault.rows(f"{_SELECT_RESTRICTED} WHERE n.note_id = ? ORDER BY n.seq", (note_id,)))


def restricted_writers(vault: Vault, pupil_id: str) -> dict[str, list[str]]:
    """The restricted notes of a pupil by ``note_id``, each with who wrote its wordings; what they say is not read."""
    return grouped(
        (row["note_id"], row["recorded_by"])
        for row in vault.rows(f"SELECT note_id, recorded_by FROM restricted_note WHERE {of_person()} ORDER BY seq", (pupil_id,))
    )


def count_wordings(vault: Vault, note_id: str) -> int:
    """How many wordings a restricted note has; what they say is not read."""
    row = vault.first_row("SELECT count(*) FROM restricted_note WHERE note_id = ?", (note_id,))
    return int(row[0]) if row else 0


def to_follow(vault: Vault, day: date) -> list[Wording]:
    """The ordinary notes to be looked at again on that day or before, as they hold, the longest due first."""
    last = "n.seq = (SELECT max(o.seq) FROM note o WHERE o.note_id = n.note_id)"
    rows = vault.rows(
        f"{_SELECT} WHERE n.follow_up <= ? AND n.done_on IS NULL AND n.struck IS NULL AND {last} ORDER BY n.follow_up, n.seq",
        (day.isoformat(),),
    )
    return [_wording(row, record_of(Note, row)) for row in rows]


def restricted_of_all(vault: Vault, writer: str | None) -> list[Wording]:
    """Every wording of every restricted note, or of those that one user alone wrote, in the order of recording."""
    if writer is None:
        return [*_read(vault, vault.rows(f"{_SELECT_RESTRICTED} ORDER BY n.seq")).wordings]
    alone = "NOT EXISTS (SELECT 1 FROM restricted_note o WHERE o.note_id = n.note_id AND o.recorded_by <> ?)"
    return [*_read(vault, vault.rows(f"{_SELECT_RESTRICTED} WHERE {alone} ORDER BY n.seq", (writer,))).wordings]


def move(vault: Vault, wordings: Sequence[Wording], *, moment: str) -> None:
    """Put the wordings of an ordinary note among the restricted ones, each as it was; the file lets only such copies' rows go."""
    for wording in wordings:
        _add_restricted(vault, wording.note, moment=wording.at, actor=wording.by_id)
        vault.execute("DELETE FROM note WHERE id = ?", (wording.note.id,))
    under_second_key.encrypt(vault, NOTES, moment=moment)


def let_go(vault: Vault, wording_id: str) -> None:
    """Take a wording of a restricted note away that stands in a safeguarding file; the file lets no other go. Inside a transaction."""
    vault.execute("DELETE FROM restricted_note WHERE id = ?", (wording_id,))


def readers(vault: Vault, room: str = RESTRICTED_NOTES) -> Mapping[str, Row]:
    """Who is named to read what is in a room: by user, with since when (``at``), by whom (``by``), and why (``reason``)."""
    rows = vault.rows(
        """SELECT r.user_id, s.name, s.active, r.at, r.reason, b.name AS "by" FROM restricted_reader r
           JOIN staff s ON s.id = r.user_id LEFT JOIN staff b ON b.id = r.set_by
           WHERE r.may_read = 1 AND r.room = ?1 AND r.seq = (SELECT max(o.seq) FROM restricted_reader o WHERE o.user_id = r.user_id AND o.room = ?1)
           ORDER BY s.name_key""",
        (room,),
    )
    return {row["user_id"]: row for row in rows}


def is_reader(vault: Vault, user_id: str, room: str = RESTRICTED_NOTES) -> bool:
    """Whether a user is named to read what is in a room."""
    row = vault.first_row(
        "SELECT may_read FROM restricted_reader WHERE user_id = ? AND room = ? ORDER BY seq DESC LIMIT 1", (user_id, room)
    )
    return row is not None and bool(row["may_read"])


def set_reader(vault: Vault, user_id: str, *, may_read: bool, reason: str, moment: str, actor: str, room: str = RESTRICTED_NOTES) -> None:
    """Record that a user is named for a room, or no longer."""
    insert_row(vault, "restricted_reader", user_id=user_id, may_read=may_read, reason=reason, at=moment, set_by=actor, room=room)


_SELECT = f"SELECT {columns(Note, 'n')}, n.at, n.recorded_by, s.name AS by_name FROM note n LEFT JOIN staff s ON s.id = n.recorded_by"
_SELECT_RESTRICTED = (
    f"SELECT n.id, {as_kept('n.pupil_id')} AS pupil_id, n.note_id, n.body, n.at, n.recorded_by, s.name AS by_name, {NOTES.read('n')} "
    "FROM restricted_note n LEFT JOIN staff s ON s.id = n.recorded_by"
)


def _wording(row: Row, note: Note) -> Wording:
    return Wording(note, row["at"], row["recorded_by"], row["by_name"] or "")


def _read(vault: Vault, rows: Sequence[Row]) -> Restricted:
    wordings, moved = [], []
    for row in rows:
        try:
            body = under_second_key.read(vault, NOTES, row, "body")
        except CellMoved:
            moved.append(str(row["id"]))
            continue
        if body is not None:
            wordings.append(_unpacked(row, body))
    return Restricted(tuple(wordings), tuple(moved))


def _unpacked(row: Row, body: str) -> Wording:
    values = json.loads(body)
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    keys = {name: row[name] for name in attributes_of(Note) if name not in _ITEMS}
    return _wording(row, Note(**keys, **values))
