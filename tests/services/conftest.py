"""A unit of its own for each test, an officer at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.exports.made import Unit, new_unit


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()
