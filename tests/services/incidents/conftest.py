"""Two pupils of whom incidents are told, each with a mother at home."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from tests.services.exports.made import Unit


@pytest.fixture
def bea(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Mill Lane", postcode="SG4 7ZZ")


@pytest.fixture
def will(unit: Unit) -> Pupil:
    pupil = unit.pupil("Rose", "Will", date(2012, 1, 2), address_1="9 Far Row", postcode="SG5 1AB")
    unit.contact(pupil, "Rose", forename="Ida", parental_responsibility=True, phone="01632 960101", lives_with=True)
    return pupil


@pytest.fixture
def mother(unit: Unit, bea: Pupil) -> Contact:
    return unit.contact(bea, "Quill", forename="Ada", parental_responsibility=True, lives_with=True)
