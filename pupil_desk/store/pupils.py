"""Pupils: plain SQL over the table ``pupil`` and its index of words ``pupil_find``."""

from collections.abc import Iterable, Sequence
from datetime import date

from pupil_desk.basics.text import fold, tokens
from pupil_desk.domain.pupil import Pupil
from pupil_desk.store.rows import columns, insert, insert_all, record_of, records_of, update
from pupil_desk.store.vault import Vault

_SELECT = f"SELECT {columns(Pupil)} FROM pupil"


def _sort_key(pupil: Pupil) -> str:
    return f"{fold(pupil.surname)}\x1f{fold(pupil.forename)}\x1f{pupil.dob.isoformat()}"


def _words(pupil: Pupil) -> str:
    names = (pupil.surname, pupil.forename, pupil.middle_names, pupil.preferred_surname, pupil.preferred_forename)
    numbers = (pupil.upn, pupil.former_upn, pupil.uln, pupil.ref)
    return " ".join([*tokens(" ".join(filter(None, names))), *(number.lower() for number in numbers if number)])


def next_ref(vault: Vault) -> str:
    """The next of our own short references, P0001 and on."""
    row = vault.one("SELECT coalesce(max(CAST(substr(ref, 2) AS INTEGER)), 0) + 1 AS n FROM pupil")
    assert row is not None
    return f"P{row['n']:04d}"


def add(vault: Vault, pupil: Pupil) -> None:
    """Keep a new pupil."""
    insert(vault, "pupil", pupil, sort_key=_sort_key(pupil))
    vault.execute("INSERT INTO pupil_find (id, words) VALUES (?, ?)", (pupil.id, _words(pupil)))


def add_all(vault: Vault, pupils: Sequence[Pupil]) -> None:
    """Keep many new pupils."""
    insert_all(vault, "pupil", pupils, {"sort_key": _sort_key})
    found_by = [(pupil.id, _words(pupil)) for pupil in pupils]
    vault.execute_many("INSERT INTO pupil_find (id, words) VALUES (?, ?)", found_by)


def save(vault: Vault, pupil: Pupil) -> None:
    """Keep what has changed of a pupil."""
    update(vault, "pupil", pupil, sort_key=_sort_key(pupil))
    # the reference is a word of the index, and finds the row at once; the id is no word, and would be looked for in every row
    vault.execute(
        "UPDATE pupil_find SET words = ? WHERE rowid IN (SELECT rowid FROM pupil_find WHERE pupil_find MATCH ? AND id = ?)",
        (_words(pupil), f'"{pupil.ref.lower()}"', pupil.id),
    )


def remove(vault: Vault, pupil: Pupil) -> None:
    """Take a pupil's row away. The file refuses it while any record names the pupil."""
    vault.execute("DELETE FROM pupil WHERE id = ?", (pupil.id,))


def get(vault: Vault, pupil_id: str) -> Pupil | None:
    """The pupil of that identity."""
    row = vault.one(f"{_SELECT} WHERE id = ?", (pupil_id,))
    return record_of(Pupil, row) if row else None


def by_number(vault: Vault, number: str) -> Pupil | None:
    """The pupil with that UPN, former UPN or reference of ours, in that order."""
    row = vault.one(
        f"{_SELECT} WHERE upn = ?1 OR former_upn = ?1 OR ref = ?1 ORDER BY upn = ?1 DESC, ref = ?1 DESC LIMIT 1",
        (number,),
    )
    return record_of(Pupil, row) if row else None


def everyone(vault: Vault) -> list[Pupil]:
    """All pupils, leavers too, by name."""
    return records_of(Pupil, vault.rows(f"{_SELECT} ORDER BY sort_key"))


def some(vault: Vault, ids: Iterable[str]) -> list[Pupil]:
    """The pupils of those identities, by name."""
    wanted = set(ids)
    return [pupil for pupil in everyone(vault) if pupil.id in wanted]


def find_match(text: str) -> str | None:
    """The words a person types, as a query of the index: each the beginning of a word. None when there are none."""
    words = tokens(text)
    return " AND ".join(f'"{word}"*' for word in words) if words else None


_LIST = """
SELECT p.id, p.ref, p.surname, p.forename, p.preferred_forename, p.dob, p.year_group, p.upn,
  (SELECT min(CASE WHEN e.status IN ('G', 'F', 'O') THEN '2' || e.status ELSE '1' || e.status END) FROM enrolment e WHERE e.pupil_id = p.id
     AND (e.start_date IS NULL OR e.start_date <= ?1) AND (e.end_date IS NULL OR e.end_date >= ?1)
     AND NOT (e.status = 'P' AND e.end_date IS NULL)) AS status,
  EXISTS (SELECT 1 FROM protection x WHERE x.pupil_id = p.id AND x.since <= ?1 AND (x."until" IS NULL OR x."until" >= ?1)
     AND NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = x.id)) AS protected
FROM {source}
"""
ORDERS = {"name": "p.sort_key", "dob": "p.dob, p.sort_key", "year_group": "CAST(p.year_group AS INTEGER), p.sort_key",
          "upn": "p.upn, p.sort_key", "ref": "p.ref", "status": "status, p.sort_key"}  # fmt: skip


def listed(
    vault: Vault, day: date, *, find: str = "", order: str = "name", descending: bool = False
) -> list[tuple[object, ...]]:
    """Rows for the list of pupils: id, ref, surname, forename, preferred forename, dob (ISO), year group, UPN, status on the day (a digit
    before it: 1 on the roll, 2 not; None for a leaver), protected (0 or 1)."""
    match = find_match(find)
    source = "pupil p" if match is None else "pupil_find f JOIN pupil p ON p.id = f.id WHERE pupil_find MATCH ?2"
    ordering = ", ".join(f"{part} DESC" if descending else part for part in ORDERS[order].split(", "))
    params = (day.isoformat(),) if match is None else (day.isoformat(), match)
    return [tuple(row) for row in vault.rows(f"{_LIST.format(source=source)} ORDER BY {ordering}", params)]
