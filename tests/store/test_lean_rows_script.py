"""Script 0036: what exports said before it is kept as it was, and still only an order takes it away."""

import sqlite3
from collections.abc import Iterator

import pytest

from pupil_desk.store.file import migrate

KEPT = "SELECT r.seq, f.export_id, r.pupil_id, r.recipient, r.kind, r.level, r.reason, r.confirmed, r.cells, r.rows FROM export_row r JOIN export_frozen f ON f.number = r.frozen ORDER BY r.seq"


@pytest.fixture
def con() -> Iterator[sqlite3.Connection]:
    """A file of the form 35 with two exports that told of two pupils, then the script."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.create_function("armed", 0, lambda: 1)
    made.execute("PRAGMA legacy_alter_table = ON")
    before = [script for script in migrate.scripts() if script.number <= 35]
    for statement in (statement for script in before for statement in migrate.statements(script.text)):
        made.execute(statement)
    made.executemany(
        "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES (?, ?, 'Penn', 'Zoë', '2012-05-01', 'penn')",
        [("a", "P0001"), ("b", "P0002")],
    )
    named = {row[1]: row[2] for row in made.execute("PRAGMA table_info(export_made)") if row[3] and row[4] is None}
    for export in ("x", "y"):
        values = {name: export if name == "id" else 0 if kind == "INTEGER" else "" for name, kind in named.items()}
        made.execute(
            f"INSERT INTO export_made ({', '.join(map(_quoted, values))}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
        )
        made.execute(
            "INSERT INTO export_frozen (export_id, salt, sheets, by_name, told, receipt) VALUES (?, ?, '[]', 0, 2, ?)",
            (export, export.encode(), f"receipt of {export}"),
        )
    rows = [
        ("y", "b", "Elm College", "told", "full", "", 1, 3, b"\0one"),
        ("x", "a", "", "left-out", "", "a parent’s word", 0, 0, b""),
        ("y", "a", "", "told", "minimum", "", 0, 2, b"\1two"),
    ]
    made.executemany(
        "INSERT INTO export_row (export_id, pupil_id, recipient, kind, level, reason, confirmed, cells, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    was = made.execute(
        "SELECT seq, export_id, pupil_id, recipient, kind, level, reason, confirmed, cells, rows FROM export_row ORDER BY seq"
    ).fetchall()
    (script,) = [script for script in migrate.scripts() if script.number == 36]
    for statement in migrate.statements(script.text):
        made.execute(statement)
    assert made.execute(KEPT).fetchall() == was
    assert len(was) == 3
    yield made
    made.close()


def _quoted(name: str) -> str:
    return f'"{name}"'


def test_what_is_kept_of_each_export_is_as_it_was(con: sqlite3.Connection) -> None:
    assert con.execute("SELECT export_id, salt, receipt FROM export_frozen ORDER BY number").fetchall() == [
        ("x", b"x", "receipt of x"),
        ("y", b"y", "receipt of y"),
    ]
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_row_gives_way_to_an_order_alone_and_only_the_pupils_own(con: sqlite3.Connection) -> None:
    for words in (
        "DELETE FROM export_row",
        "UPDATE export_row SET kind = 'told'",
        "DELETE FROM export_frozen",
        "UPDATE export_frozen SET told = 0",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only: export_"):
            con.execute(words)
    con.execute(
        "INSERT INTO erasure_order (id, pupil_id, authority, opened_by, opened_at) VALUES ('o', 'a', 'Article 17', 'u', '2026-11-24T09:00:00Z')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="append-only: export_row"):
        con.execute(
            "INSERT INTO export_row SELECT 9, frozen, pupil_id, recipient, kind, level, reason, confirmed, cells, rows FROM export_row WHERE pupil_id = 'a' LIMIT 1"
        )
    con.execute("DELETE FROM export_row WHERE pupil_id = 'a'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only: export_row"):
        con.execute("DELETE FROM export_row")
    assert [row[2] for row in con.execute(KEPT)] == ["b"]
