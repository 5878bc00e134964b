"""Makes the training unit of a run: ``python -m tests.monkey.made PLACE`` in the Python of another tree, whose unit is its own."""

import sys
from pathlib import Path

from pupil_desk.basics.clock import SystemClock
from pupil_desk.services.demo.unit import make_training_unit
from tests.monkey.trees import either


def make(place: Path, *, number: int = 60) -> None:
    """A training unit's file of so many pupils, which nobody has open."""
    units = either("pupil_desk.services.unit.units", "pupil_desk.services.units")
    units.sign_out(make_training_unit(place, number=number, clock=SystemClock()).desk)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
