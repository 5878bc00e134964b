"""The people of the tests of the sealed room: a data officer, a safeguarding lead who is an assistant head, the office; the files are kept here."""

import dataclasses

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.unit import settings, staff
from tests.services.exports.made import DAY, Unit
from tests.services.notes.scene import LEAD, LEADS, OFFICE, OFFICES


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", DAY.replace(year=2012))


@pytest.fixture
def lead(unit: Unit) -> StaffMember:
    """Named, and so holding the key; the switch is on."""
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=True))
    member = staff.add_user(unit.desk, LEAD, Role.ASSISTANT_HEAD, LEADS)
    readers.set_reader(unit.desk, member, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)
    return member


@pytest.fixture
def office(unit: Unit) -> StaffMember:
    return staff.add_user(unit.desk, OFFICE, Role.OFFICE, OFFICES)
