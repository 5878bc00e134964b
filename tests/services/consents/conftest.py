"""A unit with a family of two households, and a pupil of 16."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.contact import Contact
from pupil_desk.domain.pupil import Pupil
from tests.services.exports.made import Unit, new_unit

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
AWAY = {"address_1": "9 Mill Lane", "town": "Larkfield", "postcode": "AL28 3QN"}


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


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.fixture
def family(unit: Unit) -> Family:
    ben = unit.pupil("Ash", "Ben", date(2012, 5, 6), year_group="9", **HOME)
    mum = unit.contact(ben, "Ash", title="Mrs", forename="Ruth", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    dad = unit.contact(ben, "Ash", title="Mr", forename="Ned", parental_responsibility=True, **AWAY)
    aunt = unit.contact(ben, "Beck", forename="Tilda", parental_responsibility=False)
    ada = unit.pupil("Cole", "Ada", date(2010, 3, 4), year_group="11", **HOME)
    carol = unit.contact(ada, "Cole", forename="Carol", parental_responsibility=True, lives_with=True)
    return Family(unit, ben, mum, dad, aunt, ada, carol)
