"""Files that are damaged, or spoilt on purpose: each is read, or a person is told in a sentence; none takes long, or much memory."""

from collections.abc import Callable

import pytest

from installers.pace import slowness
from tests.mutations import KINDS, MOST_MEGABYTES, MOST_SECONDS, told_by_a_child

_FEW = {"backups": 4, "keys": 8}  # of those that take a password each; of others:
_OTHERS = 12
_BEYOND = {"keys": 140}  # MB: a slot may ask for the 512 MiB that are written for one on a fast PC
_MANY = 2860  # of each of seven kinds: 20,000 in all


@pytest.fixture(scope="module")
def few() -> dict[str, dict[str, object]]:
    """What is told of few of each kind. The keys come last: what they take counts for those that are read after them too."""
    return told_by_a_child({kind: _FEW.get(kind, _OTHERS) for kind in sorted(KINDS, key="keys".__eq__)}, 1)


def check(kind: str, told: dict[str, object]) -> None:
    assert told["raised"] == [], told
    assert float(str(told["slowest"])) < MOST_SECONDS * slowness(), told
    assert int(str(told["megabytes"])) < MOST_MEGABYTES + _BEYOND.get(kind, 0), told
    assert int(str(told["answers"])) > 0, "nothing was wrong with any: the files are not spoilt"


@pytest.mark.acceptance(58)
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_read_or_its_fault_is_told(
    kind: str, few: dict[str, dict[str, object]], record_property: Callable[[str, object], None]
) -> None:
    record_property("tried", _FEW.get(kind, _OTHERS))
    check(kind, few[kind])


@pytest.mark.acceptance(58)
@pytest.mark.torture
@pytest.mark.parametrize("kind", KINDS)
def test_20_000_spoilt_files_are_read_or_their_faults_told(kind: str, record_property: Callable[[str, object], None]) -> None:
    record_property("tried", _MANY)
    check(kind, told_by_a_child({kind: _MANY}, 2)[kind])
