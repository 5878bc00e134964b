"""Pupils: plain SQL over the table ``pupil``. The file itself keeps the words that they are found by (script 0014)."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from pupil_desk.basics.text import fold
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.rows import columns, insert_all, read, read_first, record_of, update
from pupil_desk.store.rows.same import PERSON, as_kept
from pupil_desk.store.tables.finding import match_own

_SELECT = f"SELECT {columns(Pupil)} FROM pupil"


def _sort_key(pupil: Pupil) -> str:
    return f"{fold(pupil.surname)}\x1f{fold(pupil.forename)}\x1f{pupil.dob.isoformat()}"


def next_ref(vault: Vault) -> str:
    """The next of our own short references, P0001 and on."""
    row = vault.first_row("SELECT coalesce(max(CAST(substr(ref, 2) AS INTEGER)), 0) + 1 AS n FROM pupil")
    assert row is not None
    return f"P{row['n']:04d}"


def add_all(vault: Vault, pupils: Sequence[Pupil]) -> None:
    insert_all(vault, "pupil", pupils, {"sort_key": _sort_key})


def save(vault: Vault, pupil: Pupil) -> None:
    """Keep what has changed of a pupil."""
    update(vault, "pupil", pupil, sort_key=_sort_key(pupil))


def remove(vault: Vault, pupil: Pupil) -> None:
    """Take a pupil's row away. The file refuses it while any record names the pupil."""
    vault.execute("DELETE FROM pupil WHERE id = ?", (pupil.id,))


def get(vault: Vault, pupil_id: str) -> Pupil | None:
    """The pupil of that identity; of one that stands for another, the record kept."""
    return read_first(vault, Pupil, f"{_SELECT} WHERE id = {as_kept('?1')}", (pupil_id,))


def stands_for_itself(vault: Vault, pupil_id: str) -> bool:
    """Whether that is a record of its own, and neither merged with another nor entered by mistake."""
    return vault.first_row(f"SELECT 1 FROM pupil WHERE id = ? AND {PERSON}", (pupil_id,)) is not None


def own_row(vault: Vault, pupil_id: str) -> Pupil | None:
    """The row of that identity, whether or not it stands for another."""
    return read_first(vault, Pupil, f"{_SELECT} WHERE id = ?", (pupil_id,))


def by_number(vault: Vault, number: str) -> Pupil | None:
    """The pupil with that UPN, former UPN or reference of ours, in that order; of one that stands for another, the record kept."""
    row = vault.first_row(
        "SELECT coalesce(same_as, id) AS id FROM pupil WHERE (upn = ?1 OR former_upn = ?1 OR ref = ?1) AND same_as IS NOT id "
        "ORDER BY upn = ?1 DESC, ref = ?1 DESC, same_as IS NULL DESC LIMIT 1",
        (number,),
    )
    return own_row(vault, row["id"]) if row else None


def merged(vault: Vault) -> list[tuple[Pupil, str]]:
    """The rows that stand for others, few at most, each with the identity of the record kept."""
    rows = vault.rows(
        f"SELECT {columns(Pupil)}, same_as FROM pupil INDEXED BY pupil_kept WHERE same_as IS NOT NULL AND same_as <> id ORDER BY ref"
    )
    return [(record_of(Pupil, row), row["same_as"]) for row in rows]


def holder_of_upn(vault: Vault, upn: str) -> Pupil | None:
    """The very row that has this UPN, whether or not it stands for another."""
    return read_first(vault, Pupil, f"{_SELECT} WHERE upn = ?", (upn,))


def all_pupils(vault: Vault, ids: Iterable[str] | None = None) -> list[Pupil]:
    """All pupils, leavers too, by name; with ``ids`` those of these identities."""
    if ids is not None:
        return some(vault, ids)
    return read(vault, Pupil, f"{_SELECT} WHERE {PERSON} ORDER BY sort_key")


def namesakes(vault: Vault) -> list[Row]:
    """Id, number, day of birth, legal name (folded), the name in lists and the one they go by, of all who share one of the three with another."""
    return vault.rows(
        f"""SELECT id, ref, dob, legal, listed, known FROM (SELECT *, count(*) OVER (PARTITION BY legal) AS legally,
             count(*) OVER (PARTITION BY listed) AS in_lists, count(*) OVER (PARTITION BY known) AS daily FROM (
               SELECT *, lower(surname) || called AS listed, lower(coalesce(preferred_surname, surname)) || called AS known FROM (
                 SELECT id, ref, dob, surname, preferred_surname, substr(sort_key, 1, length(sort_key) - 11) AS legal,
                   char(31) || lower(coalesce(preferred_forename, forename)) AS called FROM pupil WHERE {PERSON}
           ))) WHERE legally > 1 OR in_lists > 1 OR daily > 1"""
    )


def some(vault: Vault, ids: Iterable[str]) -> list[Pupil]:
    """The pupils of those identities, by name."""
    ids_json = json.dumps(list(set(ids)))
    return read(vault, Pupil, f"{_SELECT} WHERE {PERSON} AND id IN (SELECT value FROM json_each(?)) ORDER BY sort_key", (ids_json,))


def some_by_id(vault: Vault, ids: Iterable[str]) -> dict[str, Pupil]:
    """The same by identity, so that what names pupils by it can tell who they are."""
    return {pupil.id: pupil for pupil in some(vault, ids)}


_FOUND = f" IN (SELECT {as_kept('w.pupil_id')} FROM find f JOIN findable w ON w.n = f.rowid WHERE find MATCH ?2)"
_BETWEEN_ROWS, _BETWEEN_ITEMS = "\x1e", "\x1f"  # which no text of a record may hold
_ITEMS = "p.id, p.ref, p.surname, p.forename, coalesce(p.preferred_forename, ''), p.dob, coalesce(p.year_group, ''), coalesce(p.upn, '')"
_LIST = f"SELECT concat_ws('{_BETWEEN_ITEMS}', {_ITEMS}) AS row FROM pupil p WHERE p.same_as IS NULL"
_STATUS = f"CASE WHEN {stay_days.puts_on_roll()} THEN '1' || e.status ELSE '2' || e.status END"
_STAYS = f"SELECT {_STATUS} AS status, group_concat(e.pupil_id, char(10)) AS ids FROM enrolment e WHERE {stay_days.spans()}"
_STAYS_OF_OTHERS = f"""
SELECT {_STATUS} AS status, group_concat(p.same_as, char(10)) AS ids FROM pupil p INDEXED BY pupil_kept JOIN enrolment e ON e.pupil_id = p.id
WHERE p.same_as IS NOT NULL AND {stay_days.spans()} GROUP BY 1"""
_PROTECTED = f"""
SELECT {as_kept("x.pupil_id")} FROM protection x WHERE x.since <= ?1 AND (x."until" IS NULL OR x."until" >= ?1)
AND NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = x.id)"""
ORDERS = {
    "name": "p.sort_key",
    "dob": "p.dob, p.sort_key",
    "year_group": "CAST(p.year_group AS INTEGER), p.sort_key",
    "upn": "p.upn, p.sort_key",
    "ref": "p.ref",
    "status": "p.sort_key",
}


@dataclass(frozen=True, slots=True, eq=False)
class PupilListRows(Sequence[tuple[Any, ...]]):
    """Rows for the list of pupils: id, ref, surname, forename, preferred forename, dob (ISO), year group, UPN, status on the day (a digit
    before it: 1 on the roll, 2 not; None for a leaver), protected (0 or 1). Of the other items an empty text is nothing.

    A row is one text, and taken apart when it is looked at: of ten thousand, some thirty are on the screen.
    """

    _rows: Sequence[str]
    _standing: Mapping[str, str]
    _protected: frozenset[str]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        if isinstance(place, slice):
            return [self._items(row) for row in self._rows[place]]
        return self._items(self._rows[place])

    def _items(self, row: str) -> tuple[Any, ...]:
        items = row.split(_BETWEEN_ITEMS)
        return (*items, self._standing.get(items[0]), int(items[0] in self._protected))

    @property
    def ids(self) -> list[str]:
        """Whose rows these are, in their order."""
        return [_id_of(row) for row in self._rows]

    def on_roll(self) -> "PupilListRows":
        """Those on the unit's roll on the day, in the same order."""
        return self.among({pupil_id for pupil_id, status in self._standing.items() if status[0] == "1"})

    def among(self, pupil_ids: Collection[str]) -> "PupilListRows":
        """The rows of these pupils, in the same order."""
        return PupilListRows([row for row in self._rows if _id_of(row) in pupil_ids], self._standing, self._protected)

    def rows_of(self, ids: Iterable[str]) -> "PupilListRows":
        """The rows of these pupils alone, in this order; each must be among them."""
        row_by_id = {_id_of(row): row for row in self._rows}
        return PupilListRows([row_by_id[pupil_id] for pupil_id in ids], self._standing, self._protected)

    def place_of(self, pupil_id: object) -> int | None:
        """Where the row of that pupil stands; None where it is not among these."""
        return next((place for place, row in enumerate(self._rows) if _id_of(row) == pupil_id), None)


def _id_of(row: str) -> str:
    return row[: row.index(_BETWEEN_ITEMS)]


def rows_for_list(vault: Vault, day: date, *, find: str = "", order: str = "name", descending: bool = False) -> PupilListRows:
    """Rows for the list of pupils, as on the day, of those that what is typed finds."""
    today, match = day.isoformat(), match_own(find)
    ordering = ", ".join(f"{part} DESC" if descending else part for part in ORDERS[order].split(", "))
    condition, params = (f"AND p.id {_FOUND}", ("", match)) if match else ("", ())
    status = _standing(vault, today, match)
    protected = frozenset(row[0] for row in vault.rows(_PROTECTED, (today,)))
    # all as one text: ten thousand rows of eight values take twice as long to hand over
    joined_rows = vault.first_row(f"SELECT group_concat(row, '{_BETWEEN_ROWS}') FROM ({_LIST} {condition} ORDER BY {ordering})", params)
    rows = joined_rows[0].split(_BETWEEN_ROWS) if joined_rows and joined_rows[0] else []
    if order == "status":
        rows.sort(key=lambda row: status.get(_id_of(row)) or "", reverse=descending)
    return PupilListRows(rows, status, protected)


def _standing(vault: Vault, today: str, match: str) -> dict[str, str]:
    """The status of those who are here on the day, of all or of those found; of several stays, those of all records of the person,
    the one that counts most: on the roll before not. Asked for all at once: a look at each pupil's stays costs four times as much."""
    condition, params = (f"AND e.pupil_id {_FOUND}", (today, match)) if match else ("", (today,))
    stays = [*vault.rows(f"{_STAYS} {condition} GROUP BY e.status", params), *vault.rows(_STAYS_OF_OTHERS, (today,))]
    status: dict[str, str] = {}
    for row in sorted(stays, key=lambda row: str(row["status"]), reverse=True):  # what counts more is written over what counts less
        status.update(dict.fromkeys(row["ids"].split("\n"), row["status"]))
    return status
