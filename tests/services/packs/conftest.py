"""The scene of every test of packs, made once and copied, and a folder to write to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.unit import units
from tests.services.exports.made import MOMENT, PASSWORD, Unit, new_unit
from tests.services.packs.made import Scene, scene_again, scene_in


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    unit = new_unit(tmp_path_factory.mktemp("packs") / "unit" / "unit.pupildesk")
    scene_in(unit)
    unit.desk.vault.close()
    return unit.file


@pytest.fixture
def unit(_pattern: Path, tmp_path: Path) -> Iterator[Unit]:
    """In place of an empty unit: the one of the scene, the same officer at the desk."""
    shutil.copytree(_pattern.parent, tmp_path / "unit")
    file = tmp_path / "unit" / _pattern.name
    desk = units.sign_in(file, name="Ann Officer", password=PASSWORD, clock=FixedClock(MOMENT))
    yield Unit(desk, file)
    desk.vault.close()


@pytest.fixture
def scene(unit: Unit) -> Scene:
    return scene_again(unit)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
