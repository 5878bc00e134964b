"""Finding: the file's one index of words (script 0014, which keeps it by triggers), and what the records found say."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.text import as_one_word, fold, search_words
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import FormerAddress, Pupil
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.rows import columns, record_of
from pupil_desk.store.rows.same import as_kept

ENOUGH = 400  # records looked at among what is no name or number of a pupil: a letter or two fit thousands
_RECORDS = {"pupil": Pupil, "contact": Contact, "enrolment": Enrolment, "former_address": FormerAddress}
_HERE = f"EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND {stay_days.on_roll()})"
_FOUND = f"""
SELECT {as_kept("p.id")} AS pupil_id, {_HERE} AS here FROM {{matches}} JOIN findable w ON w.n = f.rowid JOIN pupil p ON p.id = w.pupil_id
WHERE {{which}} AND p.same_as IS NOT p.id ORDER BY here DESC, substr(p.sort_key, 1, length(?3)) = ?3 DESC, p.sort_key LIMIT ?4"""
_ALL_MATCHES = _FOUND.format(matches="find f", which="find MATCH ?2")
_SOME_MATCHES = _FOUND.format(matches=f"(SELECT rowid FROM find WHERE find MATCH ?2 ORDER BY rowid DESC LIMIT {ENOUGH}) f", which="1")


def match(text: str) -> str:
    """What is typed, as a query of the index: each word the beginning of one; or all of it as one, «LE2 1AB». Empty when there is no word."""
    words = search_words(text)
    if not words:
        return ""
    prefixes = " AND ".join(f'"{word}"*' for word in words)
    joined_text = as_one_word(text)
    return prefixes if not joined_text or [joined_text] == words else f'({prefixes}) OR "{joined_text}"*'


def match_own(text: str) -> str:
    """The same in a pupil's own names and numbers alone, which are what the list of pupils finds."""
    words = search_words(text)
    return f"own : ({' AND '.join(f'"{word}"*' for word in words)})" if words else ""


def pupils_found(vault: Vault, text: str, day: date, limit: int) -> dict[str, bool]:
    """Who is found, the likeliest first, with whether they are on roll on the day: by a whole number, by the beginning of a name or
    number, then by anything else; each time those on roll before others. Of one who stands for another, the record kept."""
    on_roll_by_pupil: dict[str, bool] = {}
    own_query, any_query = match_own(text), match(text)
    if not own_query:
        return on_roll_by_pupil
    first = fold(search_words(text)[0])
    joined_text = as_one_word(text)
    queries = [(_ALL_MATCHES, own_query), (_SOME_MATCHES, any_query)]
    if any(c.isdigit() for c in joined_text):
        queries.insert(0, (_ALL_MATCHES, f'own : "{joined_text}"'))
    for sql, query in queries:
        if len(on_roll_by_pupil) < limit:
            row_limit = ENOUGH if sql is _SOME_MATCHES else limit
            for row in vault.rows(sql, (day.isoformat(), query, first, row_limit)):
                on_roll_by_pupil.setdefault(row["pupil_id"], bool(row["here"]))
    return dict(list(on_roll_by_pupil.items())[:limit])


def records_of(vault: Vault, pupil_ids: Collection[str]) -> list[tuple[str, Any]]:
    """What the index says of these pupils' records, as (table, record): the records themselves, of all that stand for one another."""
    marks = ", ".join("?" * len(pupil_ids))
    ids = tuple(pupil_ids)
    people = f"SELECT id FROM pupil WHERE id IN ({marks}) UNION ALL SELECT id FROM pupil INDEXED BY pupil_kept WHERE same_as IN ({marks})"
    records: list[tuple[str, Any]] = []
    for table, kind in _RECORDS.items():
        alone = " AND same_as IS NULL" if table in ("pupil", "contact") else ""
        id_column = "id" if table == "pupil" else "pupil_id"
        rows = vault.rows(f"SELECT {columns(kind)} FROM {table} WHERE {id_column} IN ({people}){alone}", ids * 2)
        records += [(table, record_of(kind, row)) for row in rows]
    return records


def rows_saying(vault: Vault, table: str, items: Sequence[str], says: Callable[[Sequence[str | None]], int | None]) -> list[Row]:
    """Of a table of ours the rows whose values of these items say what is asked: ``id``, ``pupil_id`` of the record kept, and the items."""
    names = ", ".join(items)
    values = [tuple(row[item] for item in items) for row in vault.rows(f"SELECT DISTINCT {names} FROM {table}")]
    matching_values = [value for value in values if says(value) is not None]
    condition = " AND ".join(f"{item} IS ?" for item in items)
    sql = f"SELECT id, {as_kept('pupil_id')} AS pupil_id, {names} FROM {table} WHERE {condition} ORDER BY rowid DESC"
    return [row for value in matching_values[:ENOUGH] for row in vault.rows(sql, value)]


def incidents_at(vault: Vault, says: Callable[[Sequence[str | None]], int | None]) -> list[Row]:
    """The entries of incidents, as they are now and not struck out, at a place that says what is asked, the latest first: ``entry_id``, ``pupil_id``, ``day``, ``place``."""
    places = [row["place"] for row in vault.rows("SELECT DISTINCT place FROM incident WHERE place IS NOT NULL")]
    sql = f"""SELECT i.entry_id, {as_kept("i.pupil_id")} AS pupil_id, i.day, i.place FROM incident i
      WHERE i.place = ? AND i.struck IS NULL AND i.seq = (SELECT max(o.seq) FROM incident o WHERE o.entry_id = i.entry_id) ORDER BY i.day DESC LIMIT {ENOUGH}"""
    return [row for place in places if says([place]) is not None for row in vault.rows(sql, (place,))]


def standing(vault: Vault, pupil_ids: Collection[str], day: date) -> dict[str, bool]:
    """These pupils by name, those on roll on the day first, with whether they are."""
    if not pupil_ids:
        return {}
    marks = ", ".join("?" * len(pupil_ids))
    sql = f"SELECT p.id, {_HERE} AS here FROM pupil p WHERE p.id IN ({marks}) ORDER BY here DESC, p.sort_key"
    return {row["id"]: bool(row["here"]) for row in vault.rows(sql, (day.isoformat(), *pupil_ids))}


def names_before(vault: Vault, pupil_ids: Collection[str]) -> list[Row]:
    """The names and numbers that these pupils had before, the latest first: item, old, pupil_id."""
    marks = ", ".join("?" * len(pupil_ids))
    ids = tuple(pupil_ids)
    people = f"SELECT id FROM pupil WHERE id IN ({marks}) UNION ALL SELECT id FROM pupil INDEXED BY pupil_kept WHERE same_as IN ({marks})"
    return vault.rows(
        f"SELECT a.item, a.old, {as_kept('a.pupil_id')} AS pupil_id FROM findable w JOIN amendment a ON a.seq = CAST(w.record_id AS INTEGER) "
        f"WHERE w.kind = 'amendment' AND w.pupil_id IN ({people}) ORDER BY a.seq DESC",
        ids * 2,
    )
