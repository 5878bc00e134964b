"""The screen that every journey stands on, found by its place; and that its window never stood still for long by work of its own."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.journeys.watch.stalls import MOST, longest

_WATCHED = "PUPIL_DESK_STALLS"
_BUSY = 30  # times as much work as on a quiet machine: where many programs share the memory, each waits for it within its own work


@pytest.fixture(scope="session", autouse=True)
def _stalls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where each program of a journey writes down how long its window did not answer."""
    with pytest.MonkeyPatch.context() as patch:
        told = os.environ.get(_WATCHED) or str(tmp_path_factory.mktemp("stalls") / "stalls.jsonl")
        patch.setenv(_WATCHED, told)
        yield Path(told)


@pytest.fixture(autouse=True)
def _never_stands_still(_stalls: Path) -> Iterator[None]:
    """No turn of the window's thread is far too much work, however busy the machine; ``dev.py torture --stalls`` holds each to the measure."""
    before = len(_lines(_stalls))
    yield
    if found := longest(_lines(_stalls)[before:], least=MOST * _BUSY):
        pytest.fail("\n".join(["the window stood still:", *found]))


def _lines(told: Path) -> list[str]:
    return told.read_text(encoding="utf-8").splitlines() if told.exists() else []
