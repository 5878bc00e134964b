"""A family that asks: in a unit that the tests of a file share, or in one of its own."""

from collections.abc import Iterator

import pytest

from tests.services.exports.made import Unit, new_unit
from tests.services.requests.cases import Family


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    made = new_unit(tmp_path_factory.mktemp("requests") / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.fixture
def family(shared: Unit) -> Family:
    return Family(shared)


@pytest.fixture
def alone(unit: Unit) -> Family:
    """In a unit without any other case."""
    return Family(unit)
