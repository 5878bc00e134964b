"""The scene of every test of packs, and a folder to write to."""

from pathlib import Path

import pytest

from tests.services.exports.made import Unit
from tests.services.packs.made import Scene, scene_in


@pytest.fixture
def scene(unit: Unit) -> Scene:
    return scene_in(unit)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
