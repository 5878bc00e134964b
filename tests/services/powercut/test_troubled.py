"""The disk fails below the engine, at any one call: what was said is so."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.exports.made import Unit
from tests.services.powercut import clerk, disk

pytestmark = pytest.mark.needs("cc")


@pytest.fixture
def folder(unit: Unit, tmp_path: Path) -> Path:
    """A folder with a unit of five pupils in «pattern»."""
    for number in range(5):
        unit.pupil(f"Ash{number}", "Una", clerk.DAY.replace(year=2012))
    unit.desk.vault.close()
    pattern = tmp_path / "disk" / "pattern"
    pattern.mkdir(parents=True)
    for file in unit.file.parent.iterdir():
        shutil.copy(file, pattern / file.name.replace("unit.pupildesk", "u"))
    return pattern.parent


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.torture)])
@pytest.mark.acceptance(6)
def test_a_save_is_there_if_it_was_said_to_be_and_not_if_it_failed(
    folder: Path, tmp_path: Path, every: int, record_property: Callable[[str, object], None]
) -> None:
    told = json.loads(disk.run_on(disk.built(tmp_path), folder, "tests.services.powercut.troubled", "save", str(folder), str(every)))
    record_property("tried", told["tried"])
    assert told["wrong"] == []
    assert 0 < told["failed"] <= told["tried"]


@pytest.mark.acceptance(7)
def test_a_full_disk_is_named_at_sign_in_and_the_file_can_be_looked_at(folder: Path, tmp_path: Path) -> None:
    told = json.loads(disk.run_on(disk.built(tmp_path), folder, "tests.services.powercut.troubled", "open", str(folder)))
    assert told["refused"] == "CannotWrite"
    assert "is full. Free some space" in told["words"]
    assert told["seen"] == [0, 0]
    assert told["changed"] == []
