"""A log that cannot be muted: what other hands put into the file's schema is found before anything is written."""

import pytest

from pupil_desk.basics.errors import Doubtful
from pupil_desk.store.file import anchor, audit, checks, engine, schema
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Vault
from tests.store.made import AT, USER, Unit, add_pupil, from_outside, write_log

MUTING = "CREATE TRIGGER quiet BEFORE INSERT ON log WHEN NEW.action = 'export' BEGIN SELECT raise(IGNORE); END"
TAKING_OUT = "CREATE TRIGGER quiet AFTER INSERT ON log WHEN NEW.action = 'export' BEGIN DELETE FROM log WHERE seq = NEW.seq; END"

BENDING = [
    MUTING,
    TAKING_OUT,
    "CREATE TEMP TRIGGER quiet BEFORE INSERT ON main.log BEGIN SELECT raise(IGNORE); END",
    "CREATE TABLE log_too (seq INTEGER)",
    "CREATE TEMP TABLE log (seq INTEGER, mac TEXT)",
    "CREATE TABLE shadow AS SELECT * FROM log",
    "CREATE VIEW log_view AS SELECT * FROM log WHERE action <> 'export'",
    "CREATE TEMP VIEW log AS SELECT * FROM main.log WHERE action <> 'export'",
    "CREATE UNIQUE INDEX one_a_day ON log (action)",
    "CREATE VIRTUAL TABLE words USING fts5 (a)",
    "DROP TRIGGER log_keep",
    "DROP TABLE log",
    "DROP TABLE staff",
    "DROP INDEX pupil_by_name",
    "DROP VIEW find_words",
    "ALTER TABLE log RENAME TO old",
    "ALTER TABLE log ADD COLUMN quiet TEXT",
    "ALTER TABLE log DROP COLUMN reason",
    "ALTER TABLE log RENAME COLUMN mac TO old",
    "REINDEX",
    "ANALYZE",
    "ATTACH 'other.db' AS other",
    "DETACH main",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = OFF",
    "PRAGMA user_version = 1",
    "PRAGMA rekey = 'x'",
    "UPDATE log SET reason = 'other' WHERE seq = 1",
    "DELETE FROM log WHERE seq = 3",
    "INSERT OR IGNORE INTO log SELECT * FROM log WHERE seq = 1",
    "REPLACE INTO log SELECT * FROM log WHERE seq = 2",
    "UPDATE staff SET role = 'data-officer' RETURNING id",
    "WITH s AS (SELECT 1) DELETE FROM log",
    "SELECT load_extension('x')",
    "VACUUM INTO 'elsewhere.db'",
]


def state(vault: Vault) -> list[object]:
    facts = [
        tuple(row)
        for row in vault.rows("SELECT type, name, sql FROM sqlite_master UNION ALL SELECT type, name, sql FROM sqlite_temp_master")
    ]
    return [facts, [tuple(row) for row in vault.rows("SELECT * FROM log")], [tuple(row) for row in vault.rows("SELECT * FROM staff")]]


@pytest.mark.acceptance(36)
@pytest.mark.parametrize("sql", BENDING)
def test_no_query_mutes_or_bends_the_log(vault: Vault, sql: str) -> None:
    before = state(vault)
    for query in (vault.rows, vault.first_row):
        with pytest.raises(StoreFault):
            query(sql)
    assert state(vault) == before
    assert checks.verify_log(vault) == []


@pytest.mark.acceptance(36)
@pytest.mark.parametrize("sql", [sql for sql in BENDING if " staff SET" not in sql])
def test_no_statement_of_a_transaction_does_either(vault: Vault, sql: str) -> None:
    before = state(vault)
    with pytest.raises(StoreFault), vault.transaction():
        vault.execute(sql)
    assert state(vault) == before
    assert checks.verify_log(vault) == []


def test_a_change_that_a_transaction_made_is_none_that_a_query_makes(vault: Vault) -> None:
    """The engine keeps statements prepared by their text: the same words are refused as a query all the same."""
    add_pupil(vault, 1)
    words = "UPDATE pupil SET forename = 'Bea' WHERE id = 'pupil-1'"
    with vault.transaction():
        vault.execute(words.replace("Bea", "Ada"))
        vault.execute(words)
        with pytest.raises(StoreFault):
            vault.rows(words.replace("Bea", "Ada"))
    with pytest.raises(StoreFault):
        vault.rows(words)
    assert vault.rows("SELECT forename FROM pupil")[0][0] == "Bea"


@pytest.mark.acceptance(39)
@pytest.mark.parametrize("trigger", [MUTING, TAKING_OUT])
def test_an_act_whose_log_row_is_muted_does_not_happen(unit: Unit, trigger: str) -> None:
    """Were the trigger there all the same: what has no row in the log is not done, nor said to be."""
    with unit.unlock() as vault:
        vault._con.set_authorizer(None)
        vault._con.execute("DROP TRIGGER log_stay")
        vault._con.execute(trigger)
        with pytest.raises(StoreFault, match="not kept"):
            _export(vault)
        assert vault.rows("SELECT * FROM pupil") == []
        assert audit.head(vault).seq == 3


def _export(vault: Vault) -> None:
    with vault.transaction():
        vault.execute("INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES ('p', 'R1', 'A', 'B', '2011-03-04', 'a')")
        audit.append(vault, moment=AT, user_id=USER, role="office", action="export", app_version="0.1.0")


def bent(unit: Unit, *statements: str) -> None:
    """The file as somebody leaves it who has taken the raw key."""
    con = engine.connect(unit.path, unit.raw_key())
    for statement in statements:
        con.execute(statement)
    con.close()


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        ((MUTING,), "the trigger “quiet” is not Pupil Desk’s"),
        (("DROP TRIGGER log_keep",), "the trigger “log_keep” is missing"),
        (
            ("DROP TRIGGER log_keep", "CREATE TRIGGER log_keep BEFORE UPDATE ON log WHEN 0 BEGIN SELECT raise(ABORT, ''); END"),
            "the trigger “log_keep” was altered",
        ),
        (("CREATE TABLE shadow AS SELECT * FROM log",), "the table “shadow” is not Pupil Desk’s"),
        (("ALTER TABLE log ADD COLUMN quiet TEXT",), "the table “log” was altered"),
        (("CREATE INDEX mine ON log (action)",), "the index “mine” is not Pupil Desk’s"),
        (("CREATE VIEW quiet AS SELECT * FROM log",), "the view “quiet” is not Pupil Desk’s"),
        (("UPDATE identity SET schema_seal = NULL", MUTING), "the trigger “quiet” is not Pupil Desk’s"),
        (("UPDATE identity SET schema_seal = '00'", MUTING), "the trigger “quiet” is not Pupil Desk’s"),
    ],
)
def test_what_was_bent_outside_is_named_at_the_next_opening_and_nothing_is_written(
    unit: Unit, statements: tuple[str, ...], named: str
) -> None:
    bent(unit, *statements)
    before = {file.name: file.read_bytes() for file in unit.path.parent.iterdir()}
    with pytest.raises(Doubtful, match="is not worked on") as refusal:
        unit.unlock()
    assert named in refusal.value.message
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir()} == before


def test_a_seal_that_is_gone_or_wrong_is_made_anew_if_the_scripts_say_so(unit: Unit) -> None:
    for seal in ("NULL", "'00'"):
        from_outside(unit, f"UPDATE identity SET schema_seal = {seal}")
        with unit.unlock() as vault:
            kept = vault.first_row("SELECT schema_seal FROM identity")
        assert kept is not None
        assert len(kept[0]) == 64


def test_while_the_seal_fits_the_scripts_are_not_run(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    unit.unlock().close()
    monkeypatch.setattr(schema, "differences", lambda _con: pytest.fail("the scripts were run"))
    with unit.unlock() as vault:
        write_log(vault)


def test_one_who_has_the_data_key_and_seals_it_anew_is_found_by_the_check(unit: Unit) -> None:
    """The seal saves time; the scripts are the truth, and *Check the file* and every backup ask them."""
    with unit.unlock() as vault:
        raw_key, seal_key = vault.key("db"), vault.key("schema-mac")
    con = engine.connect(unit.path, raw_key)
    con.execute(MUTING)
    con.execute("UPDATE identity SET schema_seal = ?", (schema._seal(con, seal_key),))
    con.close()
    anchor.begin(unit.path)  # and takes the note away of how the file was left
    with unit.unlock() as vault:
        assert checks.look_over(vault) == ["the trigger “quiet” is not Pupil Desk’s"]


def test_a_file_that_is_found_as_it_was_checked_is_not_sealed_anew(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was found under its seal as it was closed, and not a byte has changed."""
    unit.unlock().close()
    monkeypatch.setattr(schema, "seal", lambda _vault, _con: pytest.fail("it was sealed"))
    unit.unlock().close()
