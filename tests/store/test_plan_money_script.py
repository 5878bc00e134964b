"""Script 0096: what was spent by a plan in whole pounds is a price after it, and what is none stays in words."""

import sqlite3

import pytest

from pupil_desk.store.file import migrate

NUMBER = 96


def test_amounts_in_whole_pounds_are_prices_and_what_is_none_stays_in_words() -> None:
    con = sqlite3.connect(":memory:")
    con.create_function("armed", 0, lambda: 1)
    con.executescript(";".join(statement for script in [*migrate.scripts()][: NUMBER - 1] for statement in migrate.statements(script.text)))
    con.execute("INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES ('a', 'P0001', 'Penn', 'Zoë', '2012-05-01', 'penn')")
    for name, amount, note in (("1", 120, "A tutor"), ("2", -5, "Paid back"), ("3", 2_000_000, None), ("4", None, "Met")):
        con.execute(
            """INSERT INTO plan_step (id, entry_id, pupil_id, kind, "on", amount, note, at, recorded_by, act)
               VALUES (?, 'e', 'a', 'spent', '2026-11-23', ?, ?, '2026-11-23T09:00:00Z', 'u', '')""",
            (name, amount, note),
        )
    for statement in migrate.statements([*migrate.scripts()][NUMBER - 1].text):
        con.execute(statement)
    assert con.execute("SELECT id, amount, note FROM plan_step ORDER BY id").fetchall() == [
        ("1", "120", "A tutor"),
        ("2", None, "Paid back\nPounds spent: -5"),
        ("3", None, "Pounds spent: 2000000"),
        ("4", None, "Met"),
    ]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        con.execute("UPDATE plan_step SET amount = '1'")
    con.close()
