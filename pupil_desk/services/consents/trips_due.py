"""The trips and other occasions that come soon, of which answers are still missing."""

from dataclasses import dataclass
from datetime import timedelta

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.services.consents import occasions, standings
from pupil_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class TripDue:
    """An occasion that comes soon: how many are on its list, and of how many there is neither a yes nor a no."""

    occasion: Occasion
    pupils_listed: int
    open: int


def trips_due(desk: Desk, within_days: int = 30) -> list[TripDue]:
    """The occasions that begin within so many days and of which answers are missing, the next one first."""
    until = desk.today + timedelta(days=within_days)
    near = [
        occasion
        for occasion in occasions.occasions(desk)
        if not occasion.over(desk.today) and occasion.start is not None and occasion.start <= until
    ]
    rows_of = {occasion: standings.of_occasion(desk, occasion.occasion_id) for occasion in near}
    due = [TripDue(occasion, len(rows), sum(bool(row.verdict.missing) for row in rows)) for occasion, rows in rows_of.items()]
    return [trip for trip in due if trip.open]
