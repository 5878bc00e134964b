"""What the register says of everybody: one text for each pupil, so that a year's marks of ten thousand fit where one row a mark would not.

A mark is ``day session`` and the code behind it, so that marks in the order of their texts are in that of the sessions; minutes late
and the note follow where there are any.
"""

import json
import re
import zlib
from collections.abc import Callable, Collection, Iterator
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.same import among, as_kept, id_list
from pupil_desk.store.tables.register import of_several

_BETWEEN, _WITHIN = "\x1e", "\x1f"  # which no text of a record may hold
_DAY, _SESSION = len("2026-11-25"), len("2026-11-25 AM")

_MINUTES, _NOTE = re.compile(rb"\x1f[0-9]+\x1f"), re.compile(rb"\x1f[0-9]*\x1f[^\x1e]")

type Stands = tuple[str, str, str, int | None, str | None]
"""What the register says of a session: the day in ISO form, AM or PM, the code, the minutes late and the note."""


class Marks:
    """A pupil's marks, of which each is made when it is looked at. They come in the order of day and session."""

    __slots__ = ("_number", "_packed")

    def __init__(self, text: bytes) -> None:
        self._number, self._packed = text.count(_BETWEEN.encode()) + 1, zlib.compress(text, 1)  # to a tenth

    def __len__(self) -> int:
        return self._number

    @property
    def _text(self) -> bytes:
        return zlib.decompress(self._packed)

    def __iter__(self) -> Iterator[Stands]:
        for mark in sorted(self._text.decode().split(_BETWEEN)):
            code, minutes, note = mark[_SESSION:], "", ""
            if _WITHIN in code:
                code, minutes, note = code.split(_WITHIN)
            yield mark[:_DAY], mark[_DAY + 1 : _SESSION], code, int(minutes) if minutes else None, note or None

    def of_days(self, is_held: Callable[[str], bool]) -> "Marks | None":
        """The marks of those days alone; None where there is none."""
        marks = self._text.decode().split(_BETWEEN)
        days = {mark[:_DAY] for mark in marks}
        held_days = set(filter(is_held, days))
        if held_days == days:
            return self
        return Marks(_BETWEEN.join(mark for mark in marks if mark[:_DAY] in held_days).encode()) if held_days else None

    def extras(self) -> tuple[bool, bool]:
        """Whether any has minutes late, and whether any has a note."""
        text = self._text
        return _MINUTES.search(text) is not None, _NOTE.search(text) is not None

    def codes(self) -> dict[str, list[str]]:
        """The codes of each day."""
        codes_by_day = grouped((mark[:_DAY], mark[_SESSION:].partition(_WITHIN)[0]) for mark in sorted(self._text.decode().split(_BETWEEN)))
        return dict(codes_by_day)


_MARK = """r.day || ' ' || r.session || r.code || CASE WHEN r.minutes_late IS NULL AND r.note IS NULL THEN ''
  ELSE char(31) || coalesce(r.minutes_late, '') || char(31) || coalesce(r.note, '') END"""


def by_pupil(
    vault: Vault, since: date, until: date, *, codes: Collection[str] = (), ids: Collection[str] | None = None
) -> dict[str, Marks]:
    """What stands in the sessions of these days, by pupil; nobody without a mark. With ``codes`` those marks alone, with ``ids`` those pupils'.

    The pupils are gone through, and of each the marks of these days: of a file of many years the others are not read. A mark that was amended is
    left out there, and what it says now comes from the few amendments. Those who have several records are read as ``register`` reads them.
    """
    params = (since.isoformat(), until.isoformat(), id_list(ids), *([json.dumps([*codes])] if codes else ()))
    with_code = "AND r.code IN (SELECT value FROM json_each(?4))" if codes else ""
    amended = "EXISTS (SELECT 1 FROM mark_amendment a WHERE a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = r.session)"
    branches = (
        f"""SELECT p.id, p.same_as, CAST(group_concat({_MARK}, char(30)) AS BLOB) FROM pupil p CROSS JOIN {table} r ON r.pupil_id = p.id
           WHERE r.day BETWEEN ?1 AND ?2 AND {among("p.id", 3)} {with_code} AND {counts} GROUP BY p.id"""
        for table, counts in (("mark", f"NOT {amended}"), ("amended_mark", "r.code <> ''"))
    )
    text_by_pupil: dict[str, bytes] = {}
    same_as: dict[str, str] = {}
    for record, kept_id, text in vault.rows(" UNION ALL ".join(branches), params):
        text_by_pupil[record] = text_by_pupil[record] + _BETWEEN.encode() + text if record in text_by_pupil else text
        if kept_id is not None:
            same_as[record] = kept_id
    for kept_id, rows in of_several(vault, text_by_pupil, same_as, since, until).items():
        if texts := [_text(row) for row in rows if not codes or row["code"] in codes]:
            text_by_pupil[kept_id] = _BETWEEN.join(texts).encode()
    return {pupil_id: Marks(text) for pupil_id, text in text_by_pupil.items()}


def with_a_run(
    vault: Vault, since: date, until: date, run_length: int, *, codes: Collection[str], between: Collection[str], ids: Collection[str]
) -> list[str]:
    """Those of these pupils who may have so many marks with ``codes`` together, none but of ``between`` among them: rather too many than too few.

    The engine sees it by the first entries alone, a sign for each, with which it is done in the time that it takes to count them. Whoever has several
    records, or a mark that became one of these, is among them in any case.
    """
    return [
        row[0]
        for row in vault.rows(
            f"""SELECT coalesce(p.same_as, p.id) FROM pupil p CROSS JOIN mark m ON m.pupil_id = p.id AND m.day BETWEEN ?1 AND ?2
               WHERE {among("p.id", 3)} GROUP BY p.id HAVING p.same_as IS NOT NULL OR instr(group_concat(
                 CASE WHEN m.code IN (SELECT value FROM json_each(?4)) THEN '+' WHEN m.code IN (SELECT value FROM json_each(?5)) THEN '' ELSE ' ' END, ''), ?6)
               UNION SELECT {as_kept("a.pupil_id")} FROM amended_mark a WHERE a.day BETWEEN ?1 AND ?2 AND {among("a.pupil_id", 3)}
                 AND a.first_code NOT IN (SELECT value FROM json_each(?4)) AND (a.code = '' OR a.code IN (
                   SELECT value FROM json_each(?4) UNION ALL SELECT value FROM json_each(?5)))""",
            (since.isoformat(), until.isoformat(), id_list(ids), json.dumps([*codes]), json.dumps([*between]), "+" * run_length),
        )
    ]


def _text(row: Row) -> str:
    mark = f"{row['day']} {row['session']}{row['code']}"
    if row["minutes_late"] is None and row["note"] is None:
        return mark
    return _WITHIN.join((mark, "" if row["minutes_late"] is None else str(row["minutes_late"]), row["note"] or ""))
