"""A unit with a family of two households, and a pupil of 16."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import occasions
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.store.tables import contacts
from tests.services.exports.made import MOMENT, PASSWORD, Unit, new_unit

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
AWAY = {"address_1": "9 Mill Lane", "town": "Larkfield", "postcode": "AL28 3QN"}

CLIMB = Occasion(consent_type="trip", name="Climbing at Larkrock", about="By minibus.", start=date(2026, 12, 3))


@dataclass
class Family:
    """Ben, 14, with his parents in two households and an aunt; Ada, 16, with her mother."""

    unit: Unit
    ben: Pupil
    mum: Contact
    dad: Contact
    aunt: Contact
    ada: Pupil
    carol: Contact


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unit with its families, made once."""
    file = tmp_path_factory.mktemp("consents") / "unit" / "unit.pupildesk"
    made = new_unit(file)
    _fill(made)
    sign_out(made.desk)
    return file.parent


def _opened(pattern: Path, folder: Path) -> Family:
    shutil.copytree(pattern, folder / "unit")
    file = folder / "unit" / "unit.pupildesk"
    desk = sign_in(file, name="Ann Officer", password=PASSWORD, clock=FixedClock(MOMENT))
    unit = Unit(desk, file)
    ben, ada = (next(one for one in pupils.all_pupils(desk) if one.forename == name) for name in ("Ben", "Ada"))
    people = {one.forename: one for pupil in (ben, ada) for one in contacts.of_pupil(desk.vault, pupil.id)}
    return Family(unit, ben, people["Ruth"], people["Ned"], people["Tilda"], ada, people["Carol"])


@pytest.fixture
def family(_pattern: Path, tmp_path: Path) -> Iterator[Family]:
    """A unit of its own."""
    made = _opened(_pattern, tmp_path)
    yield made
    made.unit.desk.vault.close()


@pytest.fixture
def trip(family: Family) -> str:
    """A trip with Ben and Ada on its list."""
    return occasions.add(family.unit.desk, CLIMB, [family.ben.id, family.ada.id])[1]


@pytest.fixture
def unit(family: Family) -> Unit:
    """The same, where the family does not matter."""
    return family.unit


@pytest.fixture(scope="module")
def shared(_pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    """One unit for tests that keep nothing."""
    made = _opened(_pattern, tmp_path_factory.mktemp("shared"))
    yield made
    made.unit.desk.vault.close()


def _fill(unit: Unit) -> None:
    ben = unit.pupil("Ash", "Ben", date(2012, 5, 6), year_group="9", **HOME)
    unit.contact(ben, "Ash", title="Mrs", forename="Ruth", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    unit.contact(ben, "Ash", title="Mr", forename="Ned", parental_responsibility=True, **AWAY)
    unit.contact(ben, "Beck", forename="Tilda", parental_responsibility=False)
    ada = unit.pupil("Cole", "Ada", date(2010, 3, 4), year_group="11", **HOME)
    unit.contact(ada, "Cole", forename="Carol", parental_responsibility=True, lives_with=True)
