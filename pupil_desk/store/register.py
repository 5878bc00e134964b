"""The attendance register: plain SQL over ``mark``, ``mark_amendment``, ``entering`` and ``timetable``. Nothing here changes an entry."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.attendance import Mark, Session, Timetable
from pupil_desk.store.rows import by_pupil, columns, insert, insert_row, record_of, update
from pupil_desk.store.vault import Row, Vault

_FEW = 50  # pupils: more than so many are read by one query of the days


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says of a session now. ``amended`` is how many amendments it had."""

    code: str
    minutes_late: int | None
    note: str | None
    planned: bool
    amended: int


def begin_entering(vault: Vault, *, at: str, by: str, name: str, title: str, source: str) -> int:
    """Record that someone enters marks; returns the number that the marks name."""
    row = vault.one("SELECT coalesce(max(id), 0) + 1 AS n FROM entering")
    assert row is not None
    number: int = row["n"]
    values = {"id": number, "at": at, "by": by, "name": name, "title": title, "source": source}
    insert_row(vault, "entering", values)
    return number


def add_marks(vault: Vault, marks: Iterable[tuple[Mark, bool]], entering: int) -> None:
    """Keep first entries, each with whether it was planned."""
    vault.execute_many(
        "INSERT INTO mark (pupil_id, day, session, code, minutes_late, note, planned, entering) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(m.pupil_id, m.day.isoformat(), str(m.session), m.code, m.minutes_late, m.note, int(planned), entering)
         for m, planned in marks],
    )  # fmt: skip


def add_amendments(vault: Vault, amendments: Iterable[tuple[Mark, bool, int, str]], entering: int) -> None:
    """Keep amendments: the new mark, whether planned, its number among those of its session, and the reason."""
    vault.execute_many(
        "INSERT INTO mark_amendment (pupil_id, day, session, number, code, minutes_late, note, planned, reason, entering) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(m.pupil_id, m.day.isoformat(), str(m.session), number, m.code, m.minutes_late, m.note, int(planned), reason, entering)
         for m, planned, number, reason in amendments],
    )  # fmt: skip


def standing(vault: Vault, marks: Sequence[Mark]) -> dict[tuple[str, date, Session], Standing]:
    """What the register says now of the sessions that these marks name, and of those between them."""
    if not marks:
        return {}
    first, last = min(mark.day for mark in marks), max(mark.day for mark in marks)
    pupils = {mark.pupil_id for mark in marks}
    if len(pupils) > _FEW:
        rows = between(vault, first, last)
    else:
        rows = [row for pupil_id in pupils for row in of_pupil(vault, pupil_id, first, last)]
    days: dict[str, date] = {}
    found = {}
    for row in rows:
        day = days.get(row["day"]) or days.setdefault(row["day"], date.fromisoformat(row["day"]))
        found[row["pupil_id"], day, Session(row["session"])] = _standing(row)
    return found


def all_of_pupil(vault: Vault, pupil_id: str) -> dict[tuple[date, Session], Standing]:
    """What the register says now of every session of a pupil that was ever marked."""
    rows = of_pupil(vault, pupil_id, date.min, date.max)
    return {(date.fromisoformat(row["day"]), Session(row["session"])): _standing(row) for row in rows}


def _standing(row: Row) -> Standing:
    return Standing(row["code"], row["minutes_late"], row["note"], bool(row["planned"]), row["amended"])


_STANDING = """
SELECT r.pupil_id, r.day, r.session, r.code, r.minutes_late, r.note, r.planned, r.amended,
  substr(e.at, 1, 10) > r.day AS late
FROM {source} r JOIN entering e ON e.id = r.first_entering
"""
_ALL = _STANDING.format(source="pupil p CROSS JOIN register_mark") + "WHERE r.pupil_id = p.id AND r.day BETWEEN ? AND ?"
_ONE = _STANDING.format(source="register_mark") + "WHERE r.pupil_id = ? AND r.day BETWEEN ? AND ?"


def between(vault: Vault, first: date, last: date) -> list[Row]:
    """Every mark of these days as it stands; ``late`` tells that it was first entered on a later day."""
    return vault.rows(_ALL, (first.isoformat(), last.isoformat()))


def of_pupil(vault: Vault, pupil_id: str, first: date, last: date) -> list[Row]:
    """A pupil's marks of these days as they stand, in order."""
    return vault.rows(_ONE + " ORDER BY r.day, r.session", (pupil_id, first.isoformat(), last.isoformat()))


def entries(vault: Vault, pupil_id: str, first: date, last: date, session: str = "") -> list[Row]:
    """The original entries and the amendments of a pupil's sessions, in order of day, session and time."""
    which = "pupil_id = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 = '' OR session = ?4)"
    return vault.rows(
        f"""SELECT x.day, x.session, x.number, x.code, x.minutes_late, x.note, x.planned, x.reason, e.at, e.name, e.title, e.source FROM (
             SELECT day, session, 0 AS number, code, minutes_late, note, planned, '' AS reason, entering FROM mark WHERE {which}
             UNION ALL SELECT day, session, number, code, minutes_late, note, planned, reason, entering FROM mark_amendment WHERE {which}
           ) x JOIN entering e ON e.id = x.entering ORDER BY x.day, x.session, x.number""",
        (pupil_id, first.isoformat(), last.isoformat(), session),
    )


def on_register(vault: Vault, first: date, last: date) -> list[Row]:
    """The stays that touch these days, guests' too, by the pupil's name: pupil's id, ref, names, year group; status and days of the stay."""
    return vault.rows(
        """SELECT p.id, p.ref, p.surname, p.forename, p.preferred_forename, p.year_group, e.status, e.start_date, e.end_date
           FROM enrolment e JOIN pupil p ON p.id = e.pupil_id
           WHERE e.status NOT IN ('F', 'O') AND NOT (e.status = 'P' AND e.end_date IS NULL)
             AND (e.start_date IS NULL OR e.start_date <= ?2) AND (e.end_date IS NULL OR e.end_date >= ?1)
           ORDER BY p.sort_key, p.id, e.start_date""",
        (first.isoformat(), last.isoformat()),
    )


def stays_of(vault: Vault, pupil_ids: Collection[str], first: date, last: date) -> list[Row]:
    """As ``on_register``, of these pupils alone and in no order: id, and the days of the stay."""
    if len(pupil_ids) > _FEW:
        return on_register(vault, first, last)
    return vault.rows(
        f"""SELECT e.pupil_id AS id, e.start_date, e.end_date FROM enrolment e WHERE e.pupil_id IN ({", ".join("?" * len(pupil_ids))})
           AND e.status NOT IN ('F', 'O') AND NOT (e.status = 'P' AND e.end_date IS NULL)""",
        tuple(pupil_ids),
    )


# -- timetables


def add_timetable(vault: Vault, timetable: Timetable) -> None:
    """Keep a new timetable."""
    insert(vault, "timetable", timetable)


def save_timetable(vault: Vault, timetable: Timetable) -> None:
    """Keep what has changed of a timetable."""
    update(vault, "timetable", timetable)


def timetables_of(vault: Vault, pupil_id: str) -> list[Timetable]:
    """A pupil's timetables, the earliest first."""
    rows = vault.rows(f"SELECT {columns(Timetable)} FROM timetable WHERE pupil_id = ? ORDER BY since, id", (pupil_id,))
    return [record_of(Timetable, row) for row in rows]


def timetables(vault: Vault) -> dict[str, list[Timetable]]:
    """Every pupil's timetables, the earliest first."""
    return by_pupil(vault, Timetable, f"SELECT {columns(Timetable)} FROM timetable ORDER BY since, id")
