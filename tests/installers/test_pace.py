"""Patience lasts longer the busier the machine is, and ends on a quiet one when it should."""

from collections.abc import Callable

import pytest

from installers.pace import Patience, slowness


class Hand:
    """A clock that is turned by hand: each look at it lets some time pass."""

    def __init__(self, step: float) -> None:
        self.at, self._step = 0.0, step

    def __call__(self) -> float:
        self.at += self._step
        return self.at


def waited(seconds: float, slow: Callable[[], float]) -> float:
    """How long a wait of so many quiet seconds lasts."""
    clock = Hand(0.05)
    patience = Patience(seconds, clock=clock, slow=slow)
    while not patience.over:
        pass
    return clock.at


@pytest.mark.parametrize(("times", "least", "most"), [(1.0, 90, 91), (4.0, 340, 361), (10.0, 850, 901)])
def test_a_wait_lasts_as_many_times_longer_as_the_machine_is_slower(times: float, least: float, most: float) -> None:
    assert least < waited(90, lambda: times) < most


def test_a_load_that_comes_later_is_seen_and_one_that_goes_too() -> None:
    loads = iter([1.0, 1.0, 5.0, 5.0, 5.0] + [1.0] * 100)
    assert 36 < waited(30, lambda: next(loads)) < 46


def test_a_short_wait_is_measured_before_it_ends() -> None:
    assert 25 < waited(3, lambda: 10.0) < 31


@pytest.mark.parametrize(("share", "times"), [(1.0, 1.0), (0.25, 4.0), (0.001, 40.0)])
def test_slowness_is_what_passes_beside_what_is_worked(share: float, times: float) -> None:
    clock = Hand(0.001)
    assert slowness(clock, lambda: clock() * share) == pytest.approx(times, rel=0.2)


def test_this_machine_has_a_slowness() -> None:
    assert 1 <= slowness() <= 40
