"""Pupils who were entered by mistake: each word about it is an event, only ever added; ``same_as`` of the row follows from the last.

The row stays, since entries that only grow may name it; it names itself in ``same_as``, by which every list leaves it out, and its
words are taken out of the index. ``services.bin`` takes away what hung on it, and puts it back.
"""

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.erasing import tables_of_pupils
from pupil_desk.store.rows.rows import insert_row, new_id

MISTAKEN, PUT_BACK = "mistaken", "put back"
_PASSED_OVER = ("amendment", "pupil_mistaken", "erasure_order", "findable")
_BY_ACT = "x.act <> ?1"
_UNNAMED = ("safeguarding_entry", "safeguarding_paper")  # last, and never by name: that there is such a row is not for everybody to know
UNNAMED = "record"
"""Stands for a table that is not named: no record of the catalogue has this name."""


def say(vault: Vault, pupil_id: str, event: str, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that a pupil was entered by mistake, or is put back, and let the row and the index follow."""
    insert_row(vault, "pupil_mistaken", id=new_id(), pupil_id=pupil_id, what=event, reason=reason, at=moment, recorded_by=actor, act=act)
    is_mistaken = event == MISTAKEN
    vault.execute(
        "UPDATE pupil SET same_as = ?, upn = iif(?, NULL, upn) WHERE id = ?", (pupil_id if is_mistaken else None, is_mistaken, pupil_id)
    )
    if not is_mistaken:  # the row's own words, and the names of before
        vault.execute(
            "INSERT INTO findable (kind, record_id, pupil_id, own, more) SELECT kind, record_id, pupil_id, own, more "
            "FROM find_words w WHERE w.pupil_id = ?",
            (pupil_id,),
        )


def forget_words(vault: Vault, pupil_id: str) -> None:
    """Take the words that a pupil was found by out of the index; the last thing done about one entered by mistake."""
    vault.execute("DELETE FROM findable WHERE pupil_id = ?", (pupil_id,))


def is_mistaken(vault: Vault, pupil_id: str) -> bool:
    """Whether the row is that of a pupil entered by mistake."""
    return vault.first_row("SELECT 1 FROM pupil WHERE id = ? AND same_as = id", (pupil_id,)) is not None


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """What was said of a pupil's row, in order, with when, why and by whom."""
    return vault.rows(
        "SELECT m.what AS said, m.reason, m.at, s.name AS recorded_by FROM pupil_mistaken m LEFT JOIN staff s ON s.id = m.recorded_by "
        "WHERE m.pupil_id = ? ORDER BY m.seq",
        (pupil_id,),
    )


def hanging(vault: Vault, changing: frozenset[str], act: str) -> dict[str, str]:
    """Of each pupil whom an act added, the first table with a row that the act did not make; none for those with nothing further.

    ``UNNAMED`` stands where there is nothing but what is not named. ``changing`` are the tables of records that are corrected and taken away: theirs are known by the history.
    """
    newcomers = "SELECT a.record_id FROM amendment a WHERE a.act = ?1 AND a.kind = 'pupil' AND a.item = '' AND a.old IS NULL"
    table_by_pupil: dict[str, str] = {}
    for table in (*(table for table in tables_of_pupils(vault) if table not in _UNNAMED), *_UNNAMED):
        if table in _PASSED_OVER:
            continue
        condition = _not_made_by(vault, table, changing)
        for row in vault.rows(
            f'SELECT DISTINCT x.pupil_id AS own FROM "{table}" x WHERE x.pupil_id IN ({newcomers}) AND {condition}', (act,)
        ):
            table_by_pupil.setdefault(row["own"], UNNAMED if table in _UNNAMED else table)
    return table_by_pupil


def changed_since(vault: Vault, act: str) -> list[Row]:
    """The records of pupils whom an act added that were changed, added or taken away after it: whose (``own``), kind, record_id, the act's
    last ``seq``, and whether the act added the record (``brought``)."""
    newcomers = "SELECT a.record_id FROM amendment a WHERE a.act = ?1 AND a.kind = 'pupil' AND a.item = '' AND a.old IS NULL"
    return vault.rows(
        f"""SELECT DISTINCT x.pupil_id AS own, x.kind, x.record_id, l.seq AS seq, EXISTS (SELECT 1 FROM amendment b WHERE b.act = ?1
             AND b.kind = x.kind AND b.record_id = x.record_id AND b.item = '') AS brought
           FROM amendment x JOIN (SELECT max(m.seq) AS seq FROM amendment m WHERE m.act = ?1) l
           WHERE x.pupil_id IN ({newcomers}) AND x.act <> ?1 AND x.source <> 'period' AND x.seq > l.seq""",
        (act,),
    )


def _not_made_by(vault: Vault, table: str, changing: frozenset[str]) -> str:
    """The condition that a row ``x`` was not made by the act ``?1``."""
    columns = {column["name"] for column in vault.rows(f'PRAGMA table_info("{table}")')}
    if table in changing:
        return (
            f"x.id NOT IN (SELECT b.record_id FROM amendment b WHERE b.act = ?1 AND b.kind = '{table}' AND b.item = '' AND b.old IS NULL)"
        )
    if "act" in columns:
        return _BY_ACT
    if "entering" in columns:
        return "x.entering NOT IN (SELECT e.id FROM entering e WHERE e.act = ?1)"
    if table == "suspension_session":
        return "x.suspension_id NOT IN (SELECT s.id FROM suspension s WHERE s.act = ?1)"
    return "?1 = ?1"


def hangs_on(vault: Vault, pupil_id: str, changing: frozenset[str]) -> str:
    """A table with an entry about a pupil's row that is never taken away, or whose rows name it as another's; empty for none.

    ``UNNAMED`` stands where there is nothing but what is not named.
    """
    for table in tables_of_pupils(vault):
        if table in changing or table in ("amendment", "pupil_mistaken", *_UNNAMED):
            continue
        if _has_row(vault, table, pupil_id):
            return table
    if vault.first_row("SELECT 1 FROM pupil WHERE id <> ?1 AND same_as = ?1 LIMIT 1", (pupil_id,)):
        return "merging"
    return UNNAMED if any(_has_row(vault, table, pupil_id) for table in _UNNAMED) else ""


def _has_row(vault: Vault, table: str, pupil_id: str) -> bool:
    return vault.first_row(f'SELECT 1 FROM "{table}" x WHERE x.pupil_id = ?1 LIMIT 1', (pupil_id,)) is not None
