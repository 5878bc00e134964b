"""A backup of the small unit; and a file is checked as it is closed, as anywhere but in tests."""

from pathlib import Path

import pytest

from pupil_desk.store.file import backup, checks
from pupil_desk.store.file.backup import BackupMade
from tests import once
from tests.store.made import AT, Unit, add_pupil


@pytest.fixture(autouse=True)
def checked_as_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_is_whole", once.FOUND_WHOLE_AS_CLOSED)


@pytest.fixture
def made(unit: Unit, tmp_path: Path) -> BackupMade:
    (tmp_path / "stick").mkdir()
    with unit.unlock() as vault:
        for number in range(3):
            add_pupil(vault, number)
        return backup.make(vault, tmp_path / "stick", moment=AT, app_version="0.1.0")
