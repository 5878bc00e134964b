"""A new unit for each test, copied from one made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_in, sign_out
from tests.services.imports.made import CLOCK, new_unit


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty-unit")
    sign_out(new_unit(folder))
    return folder


@pytest.fixture
def desk(_pattern: Path, tmp_path: Path) -> Iterator[Desk]:
    """A unit without pupils, a data officer at the desk."""
    folder = tmp_path / "unit"
    shutil.copytree(_pattern, folder)
    opened = sign_in(folder / "unit.pupildesk", name="Dee", password="four plain short words", clock=CLOCK)
    yield opened
    opened.vault.close()
