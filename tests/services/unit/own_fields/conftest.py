"""A unit with fields of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.services.unit import own_fields
from tests.services.exports.made import Unit, new_unit
from tests.services.unit.own_fields.made import KINDS, field


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.fixture
def with_fields(unit: Unit) -> Unit:
    for kind in KINDS:
        own_fields.make(unit.desk, field(kind))
    return unit
