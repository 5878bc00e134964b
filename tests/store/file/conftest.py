"""A backup of the small unit."""

from pathlib import Path

import pytest

from pupil_desk.store.file import backup
from pupil_desk.store.file.backup import BackupMade
from tests.store.made import AT, Unit, add_pupil


@pytest.fixture
def made(unit: Unit, tmp_path: Path) -> BackupMade:
    (tmp_path / "stick").mkdir()
    with unit.unlock() as vault:
        for number in range(3):
            add_pupil(vault, number)
        return backup.make(vault, tmp_path / "stick", moment=AT, app_version="0.1.0")
