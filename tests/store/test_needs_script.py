"""Script 0005: what an earlier unit's file says of provision, needs and care begins their history."""

import sqlite3
from collections.abc import Iterator

import pytest

from pupil_desk.store.file import migrate


@pytest.fixture
def con() -> Iterator[sqlite3.Connection]:
    """A file of the first floor with two pupils, then the scripts to 0005."""
    made = sqlite3.connect(":memory:")
    made.create_function("armed", 0, lambda: 1)
    scripts = migrate.scripts()
    for statement in migrate.statements(scripts[0].text):
        made.execute(statement)
    made.execute(
        "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key, sen_provision, sen_need_1, sen_need_2, looked_after, care_authority) "
        "VALUES ('a', 'P0001', 'Penn', 'Zoë', '2012-05-01', 'penn', 'K', 'ASD', 'SLCN', 1, '919')"
    )
    made.execute(
        "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key, looked_after) VALUES ('b', 'P0002', 'Abel', 'Una', '2012-05-01', 'abel', 0)"
    )
    for script in scripts[1:5]:
        for statement in migrate.statements(script.text):
            made.execute(statement)
    yield made
    made.close()


def test_what_the_row_said_is_a_period_from_a_day_not_known(con: sqlite3.Connection) -> None:
    assert con.execute("SELECT pupil_id, provision, start_date, end_date FROM sen_period").fetchall() == [("a", "K", None, None)]
    assert con.execute("SELECT pupil_id, need, rank FROM sen_need ORDER BY rank").fetchall() == [("a", "ASD", 1), ("a", "SLCN", 2)]
    assert con.execute("SELECT pupil_id, kind, authority FROM care_period").fetchall() == [("a", "LAC", "919")]


def test_each_has_an_identity_of_its_own(con: sqlite3.Connection) -> None:
    ids = [row[0] for table in ("sen_period", "sen_need", "care_period") for row in con.execute(f"SELECT id FROM {table}")]
    assert len(set(ids)) == 4
    assert all([len(part) for part in name.split("-")] == [8, 4, 4, 4, 12] for name in ids)


def test_the_dose_log_gives_way_to_an_order_alone(con: sqlite3.Connection) -> None:
    con.execute("INSERT INTO medicine (id, pupil_id, name, dose, taken) VALUES ('m', 'a', 'Pen', '1', 'Noon')")
    con.execute(
        "INSERT INTO dose (id, pupil_id, medicine_id, given_on, given_time, amount, given_by, was_given, at, recorded_by) "
        "VALUES ('d', 'a', 'm', '2026-11-23', '12:30', '1', 'Bo', 1, '2026-11-23T12:31:00Z', 'u')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="append-only: dose"):
        con.execute("DELETE FROM dose")
    con.execute("INSERT INTO erasure_order (id, pupil_id, opened_at) VALUES ('o', 'a', '2026-11-24T09:00:00Z')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only: dose"):
        con.execute("UPDATE dose SET amount = '2'")
    con.execute("DELETE FROM dose")
    assert con.execute("SELECT count(*) FROM dose").fetchone() == (0,)
