"""The people of the tests of the key of restricted notes."""

import pytest

from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.unit import staff
from tests.services.exports.made import Unit
from tests.services.notes.scene import LEAD, LEADS, OFFICE, OFFICES


@pytest.fixture
def lead(unit: Unit) -> StaffMember:
    return staff.add_user(unit.desk, LEAD, Role.ASSISTANT_HEAD, LEADS)


@pytest.fixture
def office(unit: Unit) -> StaffMember:
    return staff.add_user(unit.desk, OFFICE, Role.OFFICE, OFFICES)
