"""A unit of its own for each test, and an empty stick."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from tests import trained
from tests.services.exports.made import MOMENT, REAL_INPUT, Unit, new_unit


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
    desk = trained.training_unit(path, number=24, clock=FixedClock(MOMENT)).desk
    yield desk
    desk.vault.close()


@pytest.fixture(scope="session")
def real_input(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of a unit that took in each file of the real input which can go in, and nothing else; nothing may change it either."""
    if not (REAL_INPUT / "expected.json").exists():
        pytest.skip("shared/data does not lie beside the checkout")
    made = new_unit(tmp_path_factory.mktemp("real-input") / "unit" / "unit.pupildesk")
    expected = json.loads((REAL_INPUT / "expected.json").read_text("utf-8"))["files"]
    for name in expected:
        if name.startswith(("arrivals-canonical/", "ctf/")):
            run_import(made.desk, "auto", (REAL_INPUT / name).read_bytes(), name.partition("/")[2])
    yield made.desk
    made.desk.vault.close()


@pytest.fixture(scope="session", params=["demonstration", "real_input"])
def either(request: pytest.FixtureRequest) -> Desk:
    """The desk of each unit whose exports are worked out a second time, from its tables and by the words of the law."""
    desk: Desk = request.getfixturevalue(request.param)
    return desk


@pytest.fixture
def filled(unit: Unit) -> Unit:
    unit.said(unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5), upn="E919200420040"), "allow")
    unit.pupil("Marrowbone", "Percival", date(2012, 2, 5))
    unit.pupil("Youngling", "Una", date(2014, 6, 6))
    return unit
