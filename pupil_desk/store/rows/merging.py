"""What was said of two records of pupils, or of two contacts: that they are of one person, are so no more, or are two people.

Every word is an event in the table ``merging``, only ever added. ``same_as``, by which rows are read (``same.py``), follows from
the events: whoever adds one has it worked out anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pupil_desk.basics.grouping import grouped
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.rows.same import as_kept, of_person

PUPIL, CONTACT = "pupil", "contact"
MERGED, PARTED, APART = "merged", "parted", "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergingEvent:
    """One thing said: of which kind of record, whose, which record, and the one that it stands for or was compared with."""

    id: str
    kind: str
    pupil_id: str
    record_id: str
    kept_id: str
    what: str
    reason: str


def add(vault: Vault, event: MergingEvent, *, moment: str, actor: str, act: str) -> None:
    """Record what was said, and let the records follow it."""
    values = {name: getattr(event, name) for name in MergingEvent.__dataclass_fields__}
    insert_row(vault, "merging", values | {"at": moment, "recorded_by": actor, "act": act})
    if event.what != APART:
        _follow(vault, event.kind)


def standing(vault: Vault, kind: str = PUPIL) -> dict[str, Row]:
    """By the record that stands for another, the event that says so (``record_id``, ``kept_id``, ``at``, ``act``); few at most."""
    rows = vault.rows(
        "SELECT record_id, kept_id, what, reason, at, act FROM merging WHERE kind = ? AND what IN (?, ?) ORDER BY seq",
        (kind, MERGED, PARTED),
    )
    last = {row["record_id"]: row for row in rows}
    return {record: row for record, row in last.items() if row["what"] == MERGED}


def _follow(vault: Vault, kind: str) -> None:
    above = {record: row["kept_id"] for record, row in standing(vault, kind).items()}

    def top(record: str) -> str:
        while record in above:
            record = above[record]
        return record

    kept_by_record = {record: top(record) for record in above}
    current = {
        row["id"]: row["same_as"] for row in vault.rows(f"SELECT id, same_as FROM {kind} WHERE same_as IS NOT NULL AND same_as <> id")
    }
    changed = [
        (kept_by_record.get(record), record) for record in {*kept_by_record, *current} if kept_by_record.get(record) != current.get(record)
    ]
    vault.execute_many(f"UPDATE {kind} SET same_as = ? WHERE id = ?", changed)


def under(vault: Vault, record_id: str, kind: str = PUPIL) -> set[str]:
    """A record, and those that came to the person through it: what leaves together when it is parted."""
    above = {record: row["kept_id"] for record, row in standing(vault, kind).items()}
    record_ids, before = {record_id}, 0
    while len(record_ids) > before:
        before = len(record_ids)
        record_ids |= {record for record, kept_id in above.items() if kept_id in record_ids}
    return record_ids


@dataclass(frozen=True, slots=True)
class Together:
    """The records of one person, the one kept first, and the moment since which they are all together."""

    records: tuple[str, ...]
    since: str


def together(vault: Vault) -> Mapping[str, Together]:
    """By the record kept, each person of whom there is more than one record."""
    merged = grouped(
        (row["same_as"], row["id"])
        for row in vault.rows("SELECT id, same_as FROM pupil INDEXED BY pupil_kept WHERE same_as IS NOT NULL AND same_as <> id ORDER BY id")
    )
    events = standing(vault) if merged else {}
    return {kept_id: Together((kept_id, *ids), max(events[record_id]["at"] for record_id in ids)) for kept_id, ids in merged.items()}


def stands_for(vault: Vault, pupil_id: str) -> list[Row]:
    """The records that stand for a pupil's: id, ref, names, date of birth; of the event, when, why and by whom."""
    return vault.rows(
        """SELECT p.id, p.ref, p.surname, p.forename, p.dob, m.at, m.reason, m.kept_id, s.name AS by_name
           FROM pupil p INDEXED BY pupil_kept JOIN merging m ON m.record_id = p.id LEFT JOIN staff s ON s.id = m.recorded_by
           WHERE p.same_as = ?1 AND p.id <> ?1 AND m.seq = (SELECT max(x.seq) FROM merging x WHERE x.record_id = p.id AND x.what <> 'apart')
           ORDER BY m.seq""",
        (pupil_id,),
    )


def contacts_merged(vault: Vault, pupil_id: str) -> list[Row]:
    """Of a pupil's contacts, those that stand for another: their own id, whom they stand for, their names, and of the event when and by whom."""
    return vault.rows(
        f"""SELECT c.id, c.same_as, c.title, c.surname, c.forename, m.kept_id, m.at, s.name AS by_name
           FROM contact c JOIN merging m ON m.record_id = c.id LEFT JOIN staff s ON s.id = m.recorded_by
           WHERE {of_person("c")} AND c.same_as IS NOT NULL
             AND m.seq = (SELECT max(x.seq) FROM merging x WHERE x.record_id = c.id AND x.what <> 'apart') ORDER BY m.seq""",
        (pupil_id,),
    )


def contacts_across(vault: Vault, records: Collection[str]) -> list[Row]:
    """The contacts that stand for one of another record of the person, of which only one of the two is among ``records``."""
    marks = ", ".join("?" * len(records))
    return vault.rows(
        f"""SELECT m.record_id AS id FROM merging m JOIN contact c ON c.id = m.record_id JOIN contact d ON d.id = m.kept_id
           WHERE m.kind = 'contact' AND m.what = 'merged' AND c.same_as IS NOT NULL
             AND m.seq = (SELECT max(x.seq) FROM merging x WHERE x.record_id = m.record_id AND x.what <> 'apart')
             AND (c.pupil_id IN ({marks})) <> (d.pupil_id IN ({marks})) ORDER BY m.seq DESC""",
        (*records, *records),
    )


def entries_since(vault: Vault, pupil_id: str, moment: str) -> int:
    """How many entries were made since a moment in the records of a person: rows that say when they were recorded, of all that belong to a pupil."""
    entry_count = 0
    for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'merging'"):
        table = row["name"]
        columns = {column["name"] for column in vault.rows(f'PRAGMA table_info("{table}")')}
        when = "t.at" if "at" in columns else "(SELECT e.at FROM entering e WHERE e.id = t.entering)" if "entering" in columns else ""
        if when and "pupil_id" in columns:
            count = vault.first_row(
                f"""SELECT count(*) AS n FROM "{table}" t JOIN pupil p ON p.id = t.pupil_id JOIN pupil k ON k.id = {as_kept("?1")}
                   WHERE (p.id = k.id OR p.same_as = k.id) AND {when} > ?2""",
                (pupil_id, moment),
            )
            entry_count += count["n"] if count else 0
    return entry_count


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """All that was said of a person's records, in order, with our references where they are pupils', and a name where a contact's.

    Of a contact who turned out to be another family's, once the pupils are parted again, no name is given.
    """
    return vault.rows(
        f"""SELECT m.what, coalesce(a.ref, trim(coalesce(c.forename, '') || ' ' || c.surname)) AS record,
             coalesce(b.ref, trim(coalesce(d.forename, '') || ' ' || d.surname)) AS beside, m.reason, m.at, s.name AS recorded_by
           FROM merging m LEFT JOIN staff s ON s.id = m.recorded_by
             LEFT JOIN pupil a ON a.id = m.record_id LEFT JOIN contact c ON c.id = m.record_id
             LEFT JOIN pupil b ON b.id = m.kept_id LEFT JOIN contact d ON d.id = m.kept_id AND {of_person("d")}
           WHERE {of_person("m")} OR m.kind = 'pupil' AND m.kept_id = ?1 ORDER BY m.seq""",
        (pupil_id,),
    )


def pairs_apart(vault: Vault, kind: str = PUPIL) -> set[frozenset[str]]:
    """The pairs of records that a person said are two people."""
    rows = vault.rows("SELECT record_id, kept_id FROM merging WHERE kind = ? AND what = ?", (kind, APART))
    return {frozenset((row["record_id"], row["kept_id"])) for row in rows}


def changed_by(vault: Vault, act: str) -> list[Row]:
    """What one act changed of the records that there were: its place, kind, record, item, what it said before and what it said then; in order."""
    return vault.rows(
        "SELECT seq, kind, record_id, pupil_id, item, old, new FROM amendment WHERE act = ? AND item <> '' ORDER BY seq", (act,)
    )


def upn_before(vault: Vault, record_id: str, upn: str, seq: int) -> Row | None:
    """The change by which a record came to have a UPN, the last before a place among the changes: its place, and the UPN before."""
    return vault.first_row(
        "SELECT seq, old FROM amendment WHERE record_id = ? AND item = 'upn' AND new = ? AND seq < ? ORDER BY seq DESC LIMIT 1",
        (record_id, upn, seq),
    )


def number_of(vault: Vault, table: str, pupil_id: str) -> int:
    """How many rows of a table (a name of ours) hang on a person."""
    row = vault.first_row(f'SELECT count(*) AS n FROM "{table}" WHERE {of_person()}', (pupil_id,))
    return int(row["n"]) if row else 0
