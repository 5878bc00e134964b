"""How a pupil comes and goes: reading, adding, correcting. Times are kept as HH:MM, however they were typed."""

import dataclasses

from pupil_desk.domain.care.health import tidy_time
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.transport.journey import Journey, check_journey
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several

SWITCH = "records_transport"
"""The setting by which a unit that does not record transport here switches it off."""


def of_pupil(desk: Desk, pupil_id: str) -> list[Journey]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Journey, pupil_id)


def add(desk: Desk, journey: Journey) -> Changed:
    """Keep a new one. Raises Refused; WrongUse where the unit records no transport."""
    require_use(desk, SWITCH)
    return further.add(desk, "journey", _with_tidy_times(journey), check_journey, news=())


def save(desk: Desk, journey: Journey) -> Changed:
    """Keep what has changed of one. Raises Refused; WrongUse where the unit records no transport, too."""
    require_use(desk, SWITCH)
    return further.save(desk, "journey", _with_tidy_times(journey), check_journey, news=())


def _with_tidy_times(journey: Journey) -> Journey:
    return dataclasses.replace(journey, pick_up_time=_tidied(journey.pick_up_time), set_down_time=_tidied(journey.set_down_time))


def _tidied(time: str | None) -> str | None:
    return tidy_time(time) if time else None
