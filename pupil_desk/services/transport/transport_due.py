"""What is to be done about routes, for Home: a sheet out there that no longer says what is so, and a driver or an escort of whom nobody has said for long that they are still right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.services.desk import Desk
from pupil_desk.services.quality.rule import limits
from pupil_desk.services.roles import Action
from pupil_desk.services.transport import route_sheet, routes
from pupil_desk.services.transport.journeys import SWITCH
from pupil_desk.store.tables import transport as store


@dataclass(frozen=True, slots=True)
class RouteDue:
    """A route, by key and name, and the day from which it is told."""

    key: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class TransportDue:
    """The routes whose printed sheet no longer says what is so, with its day, and those whose staff is to be looked at again, with the day when somebody did last."""

    sheets: Sequence[RouteDue] = ()
    staff: Sequence[RouteDue] = ()


def transport_due(desk: Desk) -> TransportDue:
    """What is due today, by the names of the routes. Nothing where the unit records no transport. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    if not desk.settings.uses(SWITCH):
        return TransportDue()
    printed_keys, staff_days = store.days_of(desk.vault)
    limit = desk.today - timedelta(days=limits()["route_staff_days"])
    old_days = {key: day for key, day in staff_days.items() if day <= limit}
    if not printed_keys and not old_days:
        return TransportDue()
    return desk.remember("what is due about routes", lambda: _transport_due(desk, printed_keys, old_days))


def _transport_due(desk: Desk, printed_keys: Collection[str], old_days: Mapping[str, date]) -> TransportDue:
    sheets, staff = [], []
    for standing in routes.standings(desk):
        day = route_sheet.outdated_sheet(desk, standing) if standing.id in printed_keys else None
        if day is not None:
            sheets.append(RouteDue(standing.id, standing.name, day))
        if standing.id in old_days:
            staff.append(RouteDue(standing.id, standing.name, old_days[standing.id]))
    return TransportDue(sheets, staff)
