"""A unit's file at the cheapest cost that may be written, and a copy of it for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk import __version__
from pupil_desk.store.file import opening
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import Vault
from tests.store.made import NAME, PASSWORD, USER, Unit, write_log


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("pattern") / "unit.pupildesk"
    vault, code = opening.create(path, name=NAME, user_id=USER, password=PASSWORD, cost=FLOOR, app_version=__version__)
    write_log(vault, 3)
    vault.close()
    return path, code


@pytest.fixture(autouse=True)
def _preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own for each test: guesses at a backup are counted there."""
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path.parent / f"{tmp_path.name} preferences"))


@pytest.fixture
def unit(_pattern: tuple[Path, str], tmp_path: Path) -> Unit:
    """A new, closed unit's file with three log rows."""
    pattern, code = _pattern
    for file in pattern.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    return Unit(tmp_path / pattern.name, code)


@pytest.fixture
def vault(unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vault]:
    """The same, open. A statement that should have been refused writes nowhere but in its folder."""
    monkeypatch.chdir(tmp_path)
    opened = unit.unlock()
    yield opened
    opened.close()
