"""A unit of its own for each test, and an empty stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.demo.unit import make_training_unit
from pupil_desk.services.desk import Desk
from tests.services.exports.made import MOMENT, Unit, new_unit


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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of a small demonstration unit, which nothing may change: for exports recomputed from its tables."""
    path = tmp_path_factory.mktemp("demonstration") / "unit.pupildesk"
    desk = make_training_unit(path, number=24, clock=FixedClock(MOMENT)).desk
    yield desk
    desk.vault.close()
