"""The connection: which engine is good enough, and what is never made."""

from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, Damaged, WrongUse
from pupil_desk.store.file import checks, engine, opening
from tests.store.made import Unit, from_outside


class FakeDriver:
    """An engine that says what it is told to say."""

    def __init__(self, cipher: str | None, version: str) -> None:
        self.answers = {"PRAGMA cipher_version": [(cipher,)] if cipher else [], "SELECT sqlite_version()": [(version,)]}

    def connect(self, _path: str) -> "FakeDriver":
        return self

    def execute(self, sql: str) -> "FakeDriver":
        self.answer = self.answers[sql]
        return self

    def fetchone(self) -> tuple[object, ...] | None:
        return self.answer[0] if self.answer else None

    def close(self) -> None:
        pass


def test_our_engine_encrypts() -> None:
    assert engine.assert_engine().startswith("4.")


@pytest.mark.parametrize(("cipher", "version"), [(None, "3.60.0"), ("", "3.60.0"), ("4.19.0", "3.51.2"), ("4.19.0", "3.46.1")])
@pytest.mark.acceptance(23)
def test_an_engine_without_cipher_or_too_old_is_refused(cipher: str | None, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "driver", FakeDriver(cipher, version))
    with pytest.raises(Damaged, match="Install it again"):
        engine.assert_engine()


def test_an_engine_that_is_new_enough_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "driver", FakeDriver("4.19.0", "3.51.3"))
    assert engine.assert_engine() == "4.19.0"


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        engine.connect(tmp_path / "u.pupildesk", bytes(32))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(WrongUse, match="There is no file"):
        opening.unlock(tmp_path / "folder" / "u.pupildesk", name="n", password="p")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        opening.unlock(tmp_path, name="n", password="p")


@pytest.mark.acceptance(15)
def test_the_engines_two_checks_find_what_each_alone_misses(unit: Unit) -> None:
    """Cut at a page's edge: the cipher's check is content. Lengthened: the structure's check is content."""
    with unit.unlock() as vault:
        key = vault.key("db")
    whole = unit.path.read_bytes()

    def told() -> list[str]:
        try:
            con = engine.connect(unit.path, key, read_only=True)
        except Damaged:
            return ["does not open"]
        try:
            with engine.translated(unit.path):
                return checks.engine_checks(con)
        except Damaged:
            return ["malformed"]
        finally:
            con.close()

    assert told() == []
    for spoiled in (
        whole[: len(whole) // 8192 * 4096],
        whole + bytes(4096),
        whole[:-100],
        whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:],
    ):
        unit.path.write_bytes(spoiled)
        assert told(), len(spoiled)


@pytest.mark.acceptance(15)
def test_a_structure_that_does_not_hold_together_is_found_though_each_page_is_authentic(unit: Unit) -> None:
    key = unit.raw_key()
    from_outside(unit, "PRAGMA writable_schema = ON", "DELETE FROM sqlite_master WHERE name = 'pupil_by_name'")
    con = engine.connect(unit.path, key)
    assert con.execute("PRAGMA cipher_integrity_check").fetchall() == []
    messages = checks.engine_checks(con)
    con.close()
    assert "never used" in messages[0]
    assert messages[-1] == "the index “pupil_by_name” is missing"
