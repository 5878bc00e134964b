"""The attendance register: plain SQL over ``mark``, ``mark_amendment``, ``entering`` and ``timetable``. Nothing here changes an entry."""

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.rows import by_pupil, columns, insert_row, read
from pupil_desk.store.rows.same import as_kept, of_person

_FEW = 50  # pupils: more than so many are read by one query of the days


@dataclass(frozen=True, slots=True)
class StandingMark:
    """What the register says of a session now. ``amended`` is how many amendments it had."""

    code: str
    minutes_late: int | None
    note: str | None
    is_planned: bool
    amended: int


def begin_entering(vault: Vault, *, moment: str, actor: str, name: str, title: str, source: str, act: str, marks: int) -> int:
    """Record that someone enters so many marks, by which act; returns the number that the marks name."""
    row = vault.first_row("SELECT coalesce(max(id), 0) + 1 AS n FROM entering")
    assert row is not None
    number: int = row["n"]
    insert_row(vault, "entering", id=number, at=moment, by=actor, name=name, title=title, source=source, act=act, marks=marks)
    return number


def add_marks(vault: Vault, marks: Iterable[tuple[Mark, bool]], entering: int) -> None:
    """Keep first entries, each with whether it was planned."""
    vault.execute_many(
        "INSERT INTO mark (pupil_id, day, session, code, minutes_late, note, planned, entering) "
        f"VALUES ({as_kept('?1')}, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        [
            (m.pupil_id, m.day.isoformat(), str(m.session), m.code, m.minutes_late, m.note, int(is_planned), entering)
            for m, is_planned in marks
        ],
    )


def _marked(day: str, session: str) -> str:
    """To whose entry of a session an amendment goes, ``?1`` being any record of the person: the pupil's own, else that of a record that
    stands for it. One taken back is an entry only where no other stands; of several ``taken_back`` tells of the same one."""
    kept_id = as_kept("?1")
    of_session = f"m.day = {day} AND m.session = {session}"
    return f"""coalesce(
  (SELECT m.pupil_id FROM register_mark m WHERE m.pupil_id = {kept_id} AND {of_session}),
  (SELECT min(m.pupil_id) FROM pupil o INDEXED BY pupil_kept JOIN register_mark m ON m.pupil_id = o.id WHERE o.same_as = {kept_id} AND {of_session}),
  (SELECT m.pupil_id FROM mark m WHERE m.pupil_id = {kept_id} AND {of_session}),
  (SELECT min(m.pupil_id) FROM pupil o INDEXED BY pupil_kept JOIN mark m ON m.pupil_id = o.id WHERE o.same_as = {kept_id} AND {of_session}),
  {kept_id})"""


def add_amendments(
    vault: Vault, amendments: Iterable[tuple[Mark, bool, int, str]], entering: int, *, to_named_record: bool = False
) -> None:
    """Keep amendments: the new mark, whether planned, its number among those of its session, and the reason.

    With ``to_named_record`` each goes to the entry of the very record that its mark names, be there another of the person or not.
    """
    vault.execute_many(
        "INSERT INTO mark_amendment (pupil_id, day, session, number, code, minutes_late, note, planned, reason, entering) "
        f"VALUES ({'?1' if to_named_record else _marked('?2', '?3')}, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        [
            (m.pupil_id, m.day.isoformat(), str(m.session), number, m.code, m.minutes_late, m.note, int(is_planned), reason, entering)
            for m, is_planned, number, reason in amendments
        ],
    )


def standing(vault: Vault, marks: Sequence[Mark]) -> dict[tuple[str, date, Session], StandingMark]:
    """What the register says now of the sessions that these marks name, and of those between them."""
    if not marks:
        return {}
    first, last = min(mark.day for mark in marks), max(mark.day for mark in marks)
    pupils = {mark.pupil_id for mark in marks}
    rows = between(vault, first, last) if len(pupils) > _FEW else of_some(vault, pupils, first, last)
    days: dict[str, date] = {}
    standing_by_session = {}
    for row in rows:
        day = days.get(row["day"]) or days.setdefault(row["day"], date.fromisoformat(row["day"]))
        standing_by_session[row["pupil_id"], day, Session(row["session"])] = _standing(row)
    return standing_by_session


def taken_back(vault: Vault, first: date, last: date) -> dict[tuple[str, date, Session], int]:
    """Of the sessions of these days that had a mark and have none now, how many amendments each had."""
    days = (first.isoformat(), last.isoformat())
    rows = vault.rows(
        f"""SELECT {as_kept("a.pupil_id")} AS pupil_id, a.day, a.session, a.number FROM mark_amendment a
           WHERE a.code = '' AND a.day BETWEEN ? AND ? AND a.number = (SELECT max(x.number) FROM mark_amendment x
             WHERE x.pupil_id = a.pupil_id AND x.day = a.day AND x.session = a.session)
           ORDER BY a.pupil_id = {as_kept("a.pupil_id")}, a.pupil_id DESC""",  # so that of several the one amended again is the last
        days,
    )
    return {(row["pupil_id"], date.fromisoformat(row["day"]), Session(row["session"])): row["number"] for row in rows}


def entered_by(vault: Vault, act: str) -> list[Row]:
    """Every entry and amendment of the sessions in which an act entered something, in order, each with whether the act made it (``own``)
    and in which record of the pupil (``own_id``)."""
    enterings = "SELECT e.id FROM entering e WHERE e.act = ?1 AND e.act <> ''"
    return vault.rows(
        f"""WITH touched AS (SELECT pupil_id AS own_id, day, session FROM mark WHERE entering IN ({enterings})
             UNION SELECT pupil_id AS own_id, day, session FROM mark_amendment WHERE entering IN ({enterings}))
           SELECT {as_kept("x.pupil_id")} AS pupil_id, x.pupil_id AS own_id, x.day, x.session, x.number, x.code, x.minutes_late, x.note, x.planned,
             x.entering IN ({enterings}) AS own FROM (
             SELECT m.pupil_id, m.day, m.session, 0 AS number, m.code, m.minutes_late, m.note, m.planned, m.entering
               FROM touched t JOIN mark m ON m.pupil_id = t.own_id AND m.day = t.day AND m.session = t.session
             UNION ALL SELECT a.pupil_id, a.day, a.session, a.number, a.code, a.minutes_late, a.note, a.planned, a.entering
               FROM touched t JOIN mark_amendment a ON a.pupil_id = t.own_id AND a.day = t.day AND a.session = t.session
           ) x ORDER BY 1, 2, x.day, x.session, x.number""",
        (act,),
    )


def all_of_pupil(vault: Vault, pupil_id: str) -> dict[tuple[date, Session], StandingMark]:
    """What the register says now of every session of a pupil that was ever marked."""
    rows = of_pupil(vault, pupil_id, date.min, date.max)
    return {(date.fromisoformat(row["day"]), Session(row["session"])): _standing(row) for row in rows}


def _standing(row: Row) -> StandingMark:
    return StandingMark(row["code"], row["minutes_late"], row["note"], bool(row["planned"]), row["amended"])


STANDS = """NOT EXISTS (SELECT 1 FROM pupil w INDEXED BY pupil_merged WHERE w.id = o.id AND w.same_as IS NOT NULL
  AND EXISTS (SELECT 1 FROM pupil k JOIN register_mark x ON x.pupil_id = k.id
    WHERE (k.id = w.same_as OR k.same_as = w.same_as AND k.id < w.id) AND x.day = r.day AND x.session = r.session))"""
"""Of a mark ``r`` of a pupil's row ``o``: it is the one that counts of its session, where two records of one person have one each."""
_STANDING = f"""
SELECT {as_kept("o.id")} AS pupil_id, r.day, r.session, r.code, r.minutes_late, r.note, r.planned, r.amended,
  substr(e.at, 1, 10) > r.day AS late
FROM pupil o CROSS JOIN register_mark r JOIN entering e ON e.id = r.first_entering
WHERE r.pupil_id = o.id AND {STANDS} AND r.day BETWEEN """
_ALL = f"{_STANDING} ? AND ?"
_ONE = f"{_STANDING} ?2 AND ?3 AND {of_person('r')}".replace("r.pupil_id IN", "o.id IN")


def between(vault: Vault, first: date, last: date) -> list[Row]:
    """Every mark of these days as it stands; ``late`` tells that it was first entered on a later day."""
    return vault.rows(_ALL, (first.isoformat(), last.isoformat()))


def of_some(vault: Vault, pupil_ids: Collection[str], first: date, last: date) -> list[Row]:
    """As ``between``, of these pupils alone: a class is asked for by one query."""
    ids = ", ".join(f"?{place}" for place in range(3, len(pupil_ids) + 3))
    sql = f"{_STANDING} ?1 AND ?2 AND (o.id IN ({ids}) OR o.same_as IN ({ids}))"
    return vault.rows(sql, (first.isoformat(), last.isoformat(), *pupil_ids))


def of_several(
    vault: Vault, found_by_record: MutableMapping[str, Any], same_as: Mapping[str, str], first: date, last: date
) -> dict[str, list[Row]]:
    """The marks as they stand of those who have several records, by person; what was ``found_by_record`` of each record is taken away.

    ``same_as`` are the records found that stand for another, each with the one kept: few at most.
    """
    for record in {*same_as, *same_as.values()}:
        found_by_record.pop(record, None)
    return grouped((row["pupil_id"], row) for row in (of_some(vault, {*same_as.values()}, first, last) if same_as else ()))


def of_pupil(vault: Vault, pupil_id: str, first: date, last: date) -> list[Row]:
    """A pupil's marks of these days as they stand, in order."""
    return vault.rows(_ONE + " ORDER BY r.day, r.session", (pupil_id, first.isoformat(), last.isoformat()))


def entries(vault: Vault, pupil_id: str, first: date, last: date, session: str = "", *, of_every_record: bool = False) -> list[Row]:
    """The original entries and the amendments of a pupil's sessions, in order of day, session and time.

    Where several records of the person have one of a session, those of the record to which an amendment would go, or ``of_every_record``
    one after the other, first the one kept.
    """
    of_one = "" if of_every_record else f"WHERE x.pupil_id = {_marked('x.day', 'x.session')}"
    condition = f"{of_person()} AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR session = ?4)"
    items = "pupil_id, day, session, code, minutes_late, note, planned, entering"
    return vault.rows(
        f"""SELECT x.day, x.session, x.number, x.code, x.minutes_late, x.note, x.planned, x.reason, e.at, e.name, e.title, e.source FROM (
             SELECT {items}, 0 AS number, '' AS reason FROM mark WHERE {condition}
             UNION ALL SELECT {items}, number, reason FROM mark_amendment WHERE {condition}
           ) x JOIN entering e ON e.id = x.entering {of_one}
           ORDER BY x.day, x.session, x.pupil_id <> {as_kept("?1")}, x.pupil_id, x.number""",
        (pupil_id, first.isoformat(), last.isoformat(), session),
    )


def on_register(vault: Vault, first: date, last: date) -> list[Row]:
    """The stays that touch these days, guests' too, by the pupil's name: pupil's id, ref, names, year group and other groups; status, main school and days of the stay."""
    return vault.rows(
        f"""SELECT p.id, p.ref, p.surname, p.forename, p.preferred_forename, p.year_group, p.tutor_group, p.site, p.subject_sets,
             e.status, e.main_school, e.start_date, e.end_date
           FROM enrolment e JOIN pupil p ON p.id = {as_kept("e.pupil_id")}
           WHERE {stay_days.is_taught_here()} AND {stay_days.spans("?1", "?2")}
           ORDER BY p.sort_key, p.id, e.start_date""",
        (first.isoformat(), last.isoformat()),
    )


def stays_of(vault: Vault, pupil_ids: Collection[str], first: date, last: date) -> list[Row]:
    """As ``on_register``, of these pupils alone and in no order: id, and the days of the stay."""
    if len(pupil_ids) > _FEW:
        return on_register(vault, first, last)
    marks = ", ".join(f"?{place}" for place in range(1, len(pupil_ids) + 1))
    return vault.rows(
        f"""SELECT {as_kept("e.pupil_id")} AS id, e.start_date, e.end_date FROM pupil o JOIN enrolment e ON e.pupil_id = o.id
           WHERE (o.id IN ({marks}) OR o.same_as IN ({marks}))
           AND {stay_days.is_taught_here()} AND {stay_days.is_dated()}""",
        tuple(pupil_ids),
    )


# -- timetables


def timetables_of(vault: Vault, pupil_id: str) -> list[Timetable]:
    """A pupil's timetables, the earliest first."""
    return read(vault, Timetable, f"SELECT {columns(Timetable)} FROM timetable WHERE {of_person()} ORDER BY since, id", (pupil_id,))


def timetables(vault: Vault) -> dict[str, list[Timetable]]:
    """Every pupil's timetables, the earliest first."""
    return by_pupil(vault, Timetable, f"SELECT {columns(Timetable)} FROM timetable ORDER BY since, id")
