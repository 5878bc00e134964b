"""The numbered history of the file's shape."""

import shutil
from pathlib import Path

import pytest

from pupil_desk.store.file import audit, checks, migrate, restoring
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.migrate import SCRIPTS, scripts, statements
from pupil_desk.store.file.upgrade import FOLDER
from tests.store.made import NAME, PASSWORD, Unit, add_pupil


def test_a_script_is_split_where_its_statements_end() -> None:
    text = "-- a; comment\nCREATE TABLE a (x TEXT DEFAULT ';');\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;\n-- end; of it\n"
    split = statements(text)
    assert [part.rsplit("\n", 1)[-1][:14] for part in split] == ["CREATE TABLE a", "CREATE TRIGGER"]
    with pytest.raises(StoreFault, match="middle"):
        statements("CREATE TABLE a (x TEXT)")


def test_the_shipped_scripts_are_a_history_without_a_gap() -> None:
    assert [script.number for script in scripts()] == list(range(1, len(scripts()) + 1))


def test_a_gap_is_a_bug(tmp_path: Path) -> None:
    (tmp_path / "0002_x.sql").write_text("SELECT 1;")
    with pytest.raises(StoreFault, match="gap"):
        scripts(tmp_path)
    with pytest.raises(StoreFault, match="gap"):
        scripts(tmp_path / "none")


@pytest.fixture
def later(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scripts of a later version of the program, with one more step."""
    folder = tmp_path_factory.mktemp("scripts")
    for script in SCRIPTS.glob("*.sql"):
        shutil.copy(script, folder)
    monkeypatch.setattr(migrate, "SCRIPTS", folder)
    return folder / f"{len(scripts()) + 1:04d}_next.sql"


def test_an_older_file_is_brought_up_after_a_proved_backup(unit: Unit, later: Path) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
        before = audit.head(vault)
    later.write_text("ALTER TABLE pupil ADD COLUMN shoe TEXT;\nDROP TRIGGER log_keep;\nUPDATE pupil SET shoe = '7';")
    with unit.unlock() as vault:
        row = vault.first_row("SELECT shoe, surname FROM pupil")
        assert row is not None
        assert tuple(row) == ("7", "Marker-Zeta")
        assert vault.first_row("PRAGMA foreign_keys")[0] == 1  # type: ignore[index]
        assert vault.first_row("PRAGMA user_version")[0] == len(scripts())  # type: ignore[index]
    [made] = (unit.path.parent / FOLDER).iterdir()
    seen = restoring.verify(made, name=NAME, password=PASSWORD)
    assert seen.ok
    assert seen.log_head == before
    unit.unlock().close()
    assert len(list((unit.path.parent / FOLDER).iterdir())) == 1  # once is enough


@pytest.mark.parametrize(
    "script",
    [
        "ALTER TABLE pupil ADD COLUMN shoe TEXT; INSERT INTO nowhere VALUES (1);",
        "ALTER TABLE pupil ADD COLUMN shoe TEXT; INSERT INTO enrolment (id, pupil_id, status) VALUES ('e', 'nobody', 'C');",
    ],
)
def test_a_step_that_fails_leaves_the_old_shape(unit: Unit, later: Path, script: str) -> None:
    later.write_text(script)
    with pytest.raises(StoreFault):
        unit.unlock()
    later.unlink()
    with unit.unlock() as vault:
        assert vault.first_row("PRAGMA user_version")[0] == len(scripts())  # type: ignore[index]
        assert "shoe" not in [row["name"] for row in vault.rows("PRAGMA table_info(pupil)")]
        assert checks.look_over(vault) == []


def test_a_table_can_be_rebuilt_without_losing_its_children(unit: Unit, later: Path) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
        with vault.transaction():
            vault.execute("INSERT INTO enrolment (id, pupil_id, status) VALUES ('e', 'pupil-1', 'C')")
    later.write_text(
        "CREATE TABLE pupil_new AS SELECT * FROM pupil; DROP TABLE pupil; ALTER TABLE pupil_new RENAME TO pupil;"
        "CREATE UNIQUE INDEX pupil_by_id ON pupil (id);"
    )
    with unit.unlock() as vault:
        assert len(vault.rows("SELECT * FROM enrolment JOIN pupil ON pupil.id = pupil_id")) == 1
