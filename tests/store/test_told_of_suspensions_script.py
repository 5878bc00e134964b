"""Script 0052: the steps of suspensions that say that somebody outside the unit was told have their lines in the log of disclosures."""

import sqlite3
from collections.abc import Iterator

import pytest

from pupil_desk.store.file import migrate

NUMBER = 52
EVENT = (
    'INSERT INTO suspension_event (id, pupil_id, decision, kind, "on", done, at, recorded_by, act) '
    "VALUES (?, 'a', 'd', ?, '2026-11-23', ?, '2026-11-23T09:00:00Z', 'u', '')"
)


def run(con: sqlite3.Connection, scripts: list[migrate.Script]) -> None:
    for script in scripts:
        for statement in migrate.statements(script.text):
            con.execute(statement)


@pytest.fixture
def con() -> Iterator[sqlite3.Connection]:
    """A file of the scripts before, with one pupil."""
    made = sqlite3.connect(":memory:")
    made.create_function("armed", 0, lambda: 1)
    run(made, list(migrate.scripts())[: NUMBER - 1])
    made.execute("INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES ('a', 'P0001', 'Penn', 'Zoë', '2012-05-01', 'penn')")
    yield made
    made.close()


def settings(con: sqlite3.Connection, **values: str) -> None:
    """The unit's settings: these, and something in whatever else must be filled in."""
    needed = {row[1]: 0 if row[2] == "INTEGER" else "x" for row in con.execute("PRAGMA table_info(settings)") if row[3] and not row[5]}
    names, row = zip(*(needed | values).items(), strict=True)
    con.execute(f"INSERT INTO settings ({', '.join(names)}) VALUES ({', '.join('?' * len(row))})", row)


def lines(con: sqlite3.Connection) -> list[tuple[str, str, str]]:
    run(con, list(migrate.scripts())[NUMBER - 1 : NUMBER])
    return con.execute("SELECT of_event, told_to, recipient FROM disclosure ORDER BY seq").fetchall()


def test_each_step_that_stands_has_its_line_and_the_family_may_know_of_it(con: sqlite3.Connection) -> None:
    settings(con, told_virtual_school="Larkfield virtual school", kind="pru")
    for name, kind, done in (
        ("1", "told-la", 1),
        ("2", "told-social-worker", 1),
        ("3", "told-parents", 1),
        ("4", "told-social-worker", 0),
        ("5", "told-virtual-head", 1),
        ("6", "told-board", 1),
    ):
        con.execute(EVENT, (name, kind, done))
    assert lines(con) == [("1", "authority", "Local authority"), ("5", "virtual-school", "Virtual school")]
    row = con.execute('SELECT way, law, "on", at, told_by FROM disclosure').fetchone()
    assert row == (
        "not-recorded",
        "A law demands it: Article 6(1)(c). Education Act 2002, section 51A, and SI 2012/1033",
        "2026-11-23",
        "2026-11-23T09:00:00Z",
        "u",
    )
    assert con.execute("SELECT disclosure, may_know FROM disclosure_family").fetchall() == [(1, 1), (2, 1)]


def test_whom_the_notice_does_not_name_is_called_by_the_step(con: sqlite3.Connection) -> None:
    settings(con, kind="independent-ap")
    for name, kind in (("1", "told-la"), ("2", "told-social-worker"), ("3", "told-virtual-head")):
        con.execute(EVENT, (name, kind, 1))
    assert lines(con) == [
        ("1", "other", "School or authority that placed the pupil"),
        ("2", "other", "Social worker"),
        ("3", "other", "Virtual school head"),
    ]
    assert {row[0] for row in con.execute("SELECT law FROM disclosure")} == {"Our public task: Article 6(1)(e)"}
