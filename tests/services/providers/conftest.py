"""A unit with a pupil who goes to a farm on Mondays and Tuesday mornings, since 2 November; it is Tuesday 24 November, ten in the morning."""

import dataclasses
from dataclasses import dataclass
from datetime import date

import pytest

from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import providers
from pupil_desk.services.providers.providers import ProviderStanding
from pupil_desk.services.pupils import placements
from pupil_desk.services.unit import calendars, settings
from tests.services.exports.made import Unit

TERM = Term(start=date(2026, 11, 2), end=date(2026, 12, 18))
UPN = "Y919110026001"
FIRST = date(2026, 11, 16)


@dataclass
class Farm:
    """The unit, its pupil, and the place."""

    unit: Unit
    pupil: Pupil

    @property
    def desk(self) -> Desk:
        return self.unit.desk

    @property
    def standing(self) -> ProviderStanding:
        return next(standing for standing in providers.standings(self.desk) if standing.id == "marden farm")

    def name_it(self, names: str = "Marden Farm") -> None:
        settings.save_settings(self.desk, dataclasses.replace(self.desk.settings, told_providers=names))


@pytest.fixture
def farm(unit: Unit) -> Farm:
    calendars.save_calendar(unit.desk, [TERM], [])
    pupil = unit.pupil("Ash", "Zoë", date(2012, 5, 4), upn=UPN)
    placements.add(
        unit.desk,
        Placement(
            pupil_id=pupil.id, provider="Marden Farm", start_date=FIRST, setting="OTH", sessions="Mon, Tue am", price="80", price_per="day",
            purpose="To work with animals", review_day=date(2026, 12, 4),
        ),
    )  # fmt: skip
    return Farm(unit, pupil)
