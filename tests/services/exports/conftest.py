"""A unit of its own for each test, and an empty stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.exports.made import Unit, new_unit


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.fixture
def training_unit(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "training" / "unit.pupildesk", training=True)
    yield made
    made.desk.vault.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
