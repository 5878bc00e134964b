"""Files on which the rules about how pupils come and go say something, and near misses on which they are silent."""

import dataclasses
from datetime import date

from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.quality.rule import PupilFile
from tests.services.quality.good import LEFT, STAY, whole

RIDE = Journey(id="j1", pupil_id="p1", route="Route 3", start_date=date(2026, 9, 2), days="Mon-Fri", receivers="Ruth Ashdown")
OF_EARLIER_STAY = dataclasses.replace(RIDE, id="j9", route="Route 4", start_date=date(2025, 9, 3), receivers="Big Dave")
BOTH_STAYS = [LEFT, STAY]
AGAINST_AUNT = Protection(id="r1", pupil_id="p1", contact_id="c2", kind="order", reason="Court", since=date(2026, 9, 2))

TRANSPORT_FIRE: dict[str, tuple[PupilFile, str]] = {
    "route-not-told": (whole(journeys=[dataclasses.replace(RIDE, route="Route 4")]), "route"),
    "nobody-receives": (whole(journeys=[dataclasses.replace(RIDE, receivers=None)]), "receivers"),
    "barred-receives": (
        whole(journeys=[dataclasses.replace(RIDE, receivers="Ruth Ashdown\nJoan Bell")], protections=[AGAINST_AUNT]),
        "receivers",
    ),
    "stranger-receives": (whole(journeys=[dataclasses.replace(RIDE, receivers="Ruth Ashdown\nBig Dave")]), "receivers"),
    "on-two-routes": (whole(journeys=[RIDE, dataclasses.replace(RIDE, id="j2", route="Route 4", days="Fri pm")]), "days"),
}
TRANSPORT_SILENT: dict[str, PupilFile] = {
    "route-not-told": whole(
        journeys=[RIDE, dataclasses.replace(RIDE, route="4", end_date=date(2026, 11, 20)), OF_EARLIER_STAY], stays=BOTH_STAYS
    ),
    "nobody-receives": whole(journeys=[RIDE, dataclasses.replace(RIDE, receivers=None, days="Mon am", end_date=date(2026, 9, 3))]),
    "barred-receives": whole(
        journeys=[dataclasses.replace(RIDE, receivers="Mrs Shah, neighbour next door\nRuth Ashdown")], protections=[AGAINST_AUNT]
    ),
    "stranger-receives": whole(
        journeys=[
            dataclasses.replace(RIDE, receivers="Ruth Ashdown\nJean Holt, neighbour"),
            dataclasses.replace(RIDE, id="j2", receivers="May go in alone", days="Fri"),
            dataclasses.replace(RIDE, id="j3", receivers="Big Dave", end_date=date(2026, 11, 20)),
            OF_EARLIER_STAY,
        ],
        stays=BOTH_STAYS,
    ),
    "on-two-routes": whole(
        journeys=[
            dataclasses.replace(RIDE, days="Mon am"),
            dataclasses.replace(RIDE, id="j2", days="Mon pm"),
            dataclasses.replace(RIDE, id="j3", start_date=date(2027, 1, 4), days="Tue"),
            OF_EARLIER_STAY,
        ],
        stays=BOTH_STAYS,
    ),
}
