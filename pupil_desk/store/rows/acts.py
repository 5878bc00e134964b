"""What was done last: the amendments by the act that made them, and marks entered in the register. Newest first, found by index.

The amendments of one act stand one after another in the file, as a transaction has it alone; so a list goes from the newest row of an
act to its oldest, and on to the row before. A row of before acts were known has an empty ``act``: those of one moment, maker and
source belong together.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from pupil_desk.store.file.vault import Row, Vault

_FEW = 200  # rows of an act, up to which its items are named in a list
_NAMED = 5  # items named, and one more that tells there are others
_AT_ONCE = 60  # rows of the register's acts read at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """One act: when, by whom (an identity of the staff), how, and what it was about. ``marks`` were entered in the register by it."""

    act: str
    moment: str
    actor: str
    source: str
    first: int = 0
    last: int = 0
    records_added: int = 0
    records_removed: int = 0
    changed: int = 0
    kinds: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()
    pupils: int = 0
    pupil_id: str = ""
    marks: int = 0

    @property
    def key(self) -> str:
        """What names the act: its identity, or for an old one the moment, the maker and the source."""
        return self.act or f"{self.moment}|{self.actor}|{self.source}"


def _condition(key: str) -> tuple[str, tuple[str, ...]]:
    if "|" not in key:
        return "a.act = ?", (key,)
    moment, actor, source = key.split("|")
    return "a.act = '' AND a.at = ? AND a.\"by\" = ? AND a.source = ?", (moment, actor, source)


def recent(vault: Vault, *, actor: str = "", since: str = "", pupils: Collection[str] | None = None, limit: int) -> list[ActRow]:
    """The newest acts, at most ``limit``: of one maker, since a moment, about any of these pupils."""
    if pupils is not None and not pupils:
        return []
    merged = heapq.merge(
        _of_amendments(vault, actor, since, pupils), _of_register(vault, actor, since, pupils), key=lambda row: row.moment, reverse=True
    )
    return list(islice(merged, limit))


def _limits(actor: str, pupils: Collection[str] | None, column: str) -> tuple[str, tuple[str, ...]]:
    wheres, params = "", []
    if actor:
        wheres += ' AND a."by" = ?'
        params.append(actor)
    if pupils is not None:
        marks = ", ".join("?" * len(pupils))
        wheres += f" AND {column} IN (SELECT p.id FROM pupil p WHERE p.id IN ({marks}) OR p.same_as IN ({marks}))"
        params += [*pupils, *pupils]
    return wheres, tuple(params)


def _of_amendments(vault: Vault, actor: str, since: str, pupils: Collection[str] | None) -> Iterator[ActRow]:
    wheres, params = _limits(actor, pupils, "a.pupil_id")
    # SQLite would look through every row from the newest on for one of these pupils, were it not told their index
    newest = "max(a.seq) FROM amendment a" if pupils is None else "max(+a.seq) FROM amendment a INDEXED BY amendment_by_pupil"
    before = 2**62
    while True:
        sql = f'SELECT a.act, a.at, a."by", a.source FROM amendment a WHERE a.seq = (SELECT {newest} WHERE a.seq < ?{wheres})'
        row = vault.first_row(sql, (before, *params))
        if row is None or row["at"] < since:
            return
        act = _with_counts(vault, ActRow(act=row["act"], moment=row["at"], actor=row["by"], source=row["source"]))
        yield act
        before = act.first


def _with_counts(vault: Vault, row: ActRow) -> ActRow:
    where, params = _condition(row.key)
    ends = vault.first_row(f"SELECT min(a.seq) AS first, max(a.seq) AS last FROM amendment a WHERE {where}", params)
    assert ends is not None
    # read as they lie in the file, which for an import of a large unit is many times quicker than by the index
    counts = vault.first_row(
        "SELECT count(*) AS n, sum(a.item = '' AND a.old IS NULL) AS added, sum(a.item = '' AND a.old IS NOT NULL) AS taken, "
        "group_concat(DISTINCT a.kind) AS kinds, count(DISTINCT a.pupil_id) AS pupils, min(a.pupil_id) AS pupil_id "
        f"FROM amendment a NOT INDEXED WHERE a.seq BETWEEN ? AND ? AND {where}",
        (ends["first"], ends["last"], *params),
    )
    assert counts is not None
    items: list[tuple[str, str]] = []
    if counts["n"] <= _FEW:
        sql = f"SELECT a.kind, a.item FROM amendment a WHERE {where} AND a.item <> '' GROUP BY a.kind, a.item ORDER BY min(a.seq) LIMIT ?"
        items = [(item_row["kind"], item_row["item"]) for item_row in vault.rows(sql, (*params, _NAMED))]
    marks = vault.first_row("SELECT sum(marks) AS n FROM entering WHERE act = ? AND act <> ''", (row.act,))
    return ActRow(
        act=row.act,
        moment=row.moment,
        actor=row.actor,
        source=row.source,
        first=ends["first"],
        last=ends["last"],
        records_added=counts["added"],
        records_removed=counts["taken"],
        changed=counts["n"] - counts["added"] - counts["taken"],
        kinds=tuple(counts["kinds"].split(",")),
        items=tuple(items),
        pupils=counts["pupils"],
        pupil_id=counts["pupil_id"] if counts["pupils"] == 1 else "",
        marks=(marks["n"] or 0) if marks else 0,
    )


def _of_register(vault: Vault, actor: str, since: str, pupils: Collection[str] | None) -> Iterator[ActRow]:
    """Acts that entered marks and changed nothing else."""
    for (act, moment), rows in groupby(_enterings(vault, actor, since, pupils), key=lambda row: (row["act"], row["at"])):
        act_rows = list(rows)
        yield ActRow(
            act=act,
            moment=moment,
            actor=act_rows[0]["by"],
            source=act_rows[0]["source"],
            kinds=("mark",),
            marks=sum(row["marks"] for row in act_rows),
        )


def _enterings(vault: Vault, actor: str, since: str, pupils: Collection[str] | None) -> Iterator[Row]:
    wheres, params = _limits(actor, None, "")
    if pupils is not None:
        marks = ", ".join("?" * len(pupils))
        some = f"SELECT p.id FROM pupil p WHERE p.id IN ({marks}) OR p.same_as IN ({marks})"
        wheres += (
            f" AND a.id IN (SELECT m.entering FROM mark m WHERE m.pupil_id IN ({some}) "
            f"UNION SELECT m.entering FROM mark_amendment m WHERE m.pupil_id IN ({some}))"
        )
        params = (*params, *pupils, *pupils, *pupils, *pupils)
    before = 2**62
    while True:
        rows = vault.rows(
            f'SELECT a.id, a.act, a.at, a."by", a.source, a.marks FROM entering a WHERE a.id < ?{wheres} '
            "AND NOT EXISTS (SELECT 1 FROM amendment x WHERE x.act = a.act AND a.act <> '') ORDER BY a.id DESC LIMIT ?",
            (before, *params, _AT_ONCE),
        )
        for row in rows:
            if row["at"] < since:
                return
            yield row
        if len(rows) < _AT_ONCE:
            return
        before = rows[-1]["id"]


def rows_of(vault: Vault, key: str, limit: int = -1) -> list[Row]:
    """The amendments of an act, in order, each with whose record it is."""
    where, params = _condition(key)
    return vault.rows(
        'SELECT a.seq, a.kind, a.record_id, a.pupil_id, a.item, a.old, a.new, a.at, a."by", a.source, p.surname, p.forename, p.same_as '
        f"FROM amendment a LEFT JOIN pupil p ON p.id = a.pupil_id WHERE {where} ORDER BY a.seq LIMIT ?",
        (*params, limit),
    )


def since_then(vault: Vault, kind: str, record_id: str, seq: int) -> dict[str, str | None]:
    """The items of a record that were changed after an amendment, each with what it said before the first of those changes."""
    rows = vault.rows(
        "SELECT a.item, a.old FROM amendment a WHERE a.record_id = ? AND a.kind = ? AND a.seq > ? AND a.item <> '' ORDER BY a.seq DESC",
        (record_id, kind, seq),
    )
    return {row["item"]: row["old"] for row in rows}


def referring(vault: Vault, table: str) -> list[tuple[str, str]]:
    """The tables, with their columns, whose rows may refer to those of a table."""
    tables = vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    return [
        (str(row["name"]), str(ref["from"]))
        for row in tables
        for ref in vault.rows(f'PRAGMA foreign_key_list("{row["name"]}")')
        if ref["table"] == table
    ]


def refers(vault: Vault, table: str, column: str, record_id: str) -> bool:
    """Whether a row of that table refers by that column to a record."""
    return vault.first_row(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? LIMIT 1', (record_id,)) is not None


def standing_entry(vault: Vault, entry_id: str) -> str:
    """The last in the row of corrections of an entry of an assessment; the entry itself where there is none."""
    row = vault.first_row(
        "WITH RECURSIVE later (id) AS (SELECT ?1 UNION SELECT c.id FROM assessment c JOIN later l ON c.corrects = l.id) "
        "SELECT l.id FROM later l WHERE NOT EXISTS (SELECT 1 FROM assessment c WHERE c.corrects = l.id)",
        (entry_id,),
    )
    return str(row["id"]) if row else entry_id
