"""Files that are damaged, or spoilt on purpose: each is read, or a person is told in a sentence; none takes long, or much memory."""

from collections.abc import Callable

import pytest

from installers.pace import slowness
from tests.mutations import KINDS, MOST_MEGABYTES, MOST_SECONDS, told_by_a_child

_FEW = {"backups": 6, "keys": 12}  # of those that take a password each; of others:
_OTHERS = 24
_BEYOND = {"keys": 140}  # MB: a slot may ask for the 512 MiB that are written for one on a fast PC
_MANY = 2860  # of each of seven kinds: 20,000 in all


def check(kind: str, count: int, seed: int) -> None:
    told = told_by_a_child(kind, count, seed)
    assert told["raised"] == [], told
    assert float(str(told["slowest"])) < MOST_SECONDS * slowness(), told
    assert int(str(told["megabytes"])) < MOST_MEGABYTES + _BEYOND.get(kind, 0), told
    assert int(str(told["answers"])) > 0, "nothing was wrong with any: the files are not spoilt"


@pytest.mark.acceptance(58)
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_read_or_its_fault_is_told(kind: str, record_property: Callable[[str, object], None]) -> None:
    record_property("tried", count := _FEW.get(kind, _OTHERS))
    check(kind, count, 1)


@pytest.mark.acceptance(58)
@pytest.mark.torture
@pytest.mark.parametrize("kind", KINDS)
def test_20_000_spoilt_files_are_read_or_their_faults_told(kind: str, record_property: Callable[[str, object], None]) -> None:
    record_property("tried", _MANY)
    check(kind, _MANY, 2)
