"""A unit of its own for each test, with two pupils and short ways to mark them."""

from collections.abc import Callable
from datetime import date

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from tests.services.exports.made import Unit


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5), upn="Y919110026001")


@pytest.fixture
def marked() -> Callable[..., Mark]:
    """A mark of a pupil: the code, the day of November, the half of the day."""

    def make(pupil: Pupil, code: str, day: int = 24, half: str = "AM", **items: object) -> Mark:
        return Mark(pupil_id=pupil.id, day=date(2026, 11, day), session=Session(half), code=code, **items)

    return make
