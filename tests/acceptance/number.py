"""What there is to say of an acceptance test, beside its tests."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Protection:
    """Something that the program does, without which a test must fail; ``out`` takes it away."""

    name: str
    out: Callable[[pytest.MonkeyPatch], object]


@dataclass(frozen=True)
class Number:
    """An acceptance test: ``says`` in plain words what holds. ``windows`` is empty for one that any PC shows."""

    number: int
    says: str
    without: tuple[Protection, ...] = ()
    windows: str = ""
    """The step of the trial under Windows that shows it, or "not shown"."""


def put(place: str, value: object) -> Callable[[pytest.MonkeyPatch], object]:
    """Another value at this place of the program, which is named with its module."""
    return lambda patch: patch.setattr(place, value)


def nothing(*_given: object, **_named: object) -> None:
    """Does nothing, in place of a protection that does something."""


def never(*_given: object, **_named: object) -> bool:
    """Finds nothing, in place of a protection that looks."""
    return False


def always(*_given: object, **_named: object) -> bool:
    """Content with all, in place of a protection that refuses."""
    return True
