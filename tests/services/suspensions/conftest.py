"""The pupil about whom it is decided."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from tests.services.exports.made import Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6), upn="Y919110026001", sen_provision="K", looked_after=True)
