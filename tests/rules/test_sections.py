"""A copy for the family contains every table that holds a pupil's data: read from the file's own shape, table by table."""

import sqlite3
from datetime import date
from functools import cache

import pytest

from pupil_desk.services import sheet
from pupil_desk.services.sheet.sections import APART, TABLES, UNTOLD
from pupil_desk.store.file import migrate
from tests.services.exports.made import Unit


@cache
def tables_with_pupils() -> frozenset[str]:
    """Every table that has a pupil's identity in a column, is searched for a pupil, or refers to one that does."""
    con = sqlite3.connect(":memory:")
    for script in migrate.scripts():
        for statement in migrate.statements(script.text):
            con.execute(statement)
    names = [row[0] for row in con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    names = [name for name in names if name != "find" and not name.startswith("find_")]  # the index of what «findable» holds
    refers = {name: {row[2] for row in con.execute(f'PRAGMA foreign_key_list("{name}")')} for name in names}
    columns = {name: {row[1] for row in con.execute(f'PRAGMA table_info("{name}")')} for name in names}
    con.close()
    found = {name for name in names if columns[name] & {"pupil_id", "object_id"}} | {"pupil"}
    while more := {name for name in names if refers[name] & found} - found:
        found |= more
    return frozenset(found)


def test_every_table_with_a_pupils_data_is_claimed_by_a_section() -> None:
    claimed = {table for tables in TABLES.values() for table in tables}
    assert tables_with_pupils() - claimed - set(UNTOLD) == set(), (
        "name its section in services/sheet/sections.py and show it in services/sheet.py"
    )
    assert claimed <= tables_with_pupils()


def test_no_table_is_claimed_twice() -> None:
    claimed = [table for tables in TABLES.values() for table in tables]
    assert len(claimed) == len(set(claimed))
    assert not set(claimed) & set(UNTOLD)


@pytest.fixture
def unit(tmp_path_factory: pytest.TempPathFactory) -> Unit:
    from tests.services.exports.made import new_unit

    return new_unit(tmp_path_factory.mktemp("sections") / "unit" / "unit.pupildesk")


def test_the_sheet_has_exactly_the_sections_that_claim_tables(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6))
    try:
        assert [section.name for section in sheet.everything(unit.desk, pupil.id)] == [name for name in TABLES if name not in APART], (
            "TABLES, services/sheet/sections.py, and everything(), services/sheet/__init__.py, name the same sections in the same order"
        )
    finally:
        unit.desk.vault.close()
