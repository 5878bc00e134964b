"""Files on which the rules about places that the unit buys say something, and near misses on which they are silent."""

import dataclasses
from datetime import date

from pupil_desk.domain.providers.provider_return import ExpectedSession
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.quality.rule import PupilFile
from tests.services.quality.good import DAY, PUPIL, whole

FARM = Placement(
    id="f1", pupil_id="p1", provider="Marden Farm", start_date=date(2026, 11, 2), setting="OTH", pattern="PT", sessions="Mon", purpose="Animals",
    review_day=date(2026, 12, 4),
)  # fmt: skip


def unconfirmed(day: date) -> ExpectedSession:
    """A session at the farm of which nothing was returned."""
    return ExpectedSession(FARM, day, Session.AM, "B", "")


PROVIDERS_FIRE: dict[str, tuple[PupilFile, str]] = {
    "provider-not-told": (whole(placements=[dataclasses.replace(FARM, provider="Boat Yard")]), "provider"),
    "provider-unchecked": (whole(placements=[dataclasses.replace(FARM, provider="WHEELWORKS")]), "provider"),
    "full-time-unregistered": (whole(placements=[dataclasses.replace(FARM, pattern="FT")]), "pattern"),
    "bought-place-lacks": (whole(placements=[dataclasses.replace(FARM, review_day=None)]), "review_day"),
    "sessions-unconfirmed": (whole(placements=[FARM], unconfirmed=[unconfirmed(date(2026, 11, 23))]), "sessions"),
}
PROVIDERS_SILENT: dict[str, PupilFile] = {
    "provider-not-told": whole(placements=[FARM, dataclasses.replace(FARM, provider="Boat Yard", end_date=date(2026, 11, 20))]),
    "provider-unchecked": whole(placements=[FARM]),
    "full-time-unregistered": whole(dataclasses.replace(PUPIL, sen_provision="K"), placements=[dataclasses.replace(FARM, pattern="FT")]),
    "bought-place-lacks": whole(placements=[FARM]),
    "sessions-unconfirmed": whole(placements=[FARM], unconfirmed=[unconfirmed(DAY)]),
}
