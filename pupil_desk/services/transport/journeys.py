"""How a pupil comes and goes: reading, adding, correcting. Times are kept as HH:MM, however they were typed."""

import dataclasses
from collections.abc import Iterator, Sequence

from pupil_desk.domain.care.health import tidy_time
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.transport.journey import Journey, check_journey
from pupil_desk.domain.transport.receivers import BarredPeople, strangers
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.transport.told_words import words_of_stranger
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several

SWITCH = "records_transport"
"""The setting by which a unit that does not record transport here switches it off."""


def of_pupil(desk: Desk, pupil_id: str) -> list[Journey]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Journey, pupil_id)


@gathered
def problems(journey: Journey, contacts: Sequence[Contact]) -> Iterator[Problem]:
    """What is wrong with a journey, and who may receive the pupil and is not among the contacts."""
    yield from check_journey(journey)
    for stranger in strangers(journey.receivers, contacts):
        yield Problem.warning("receivers", "no_contact", words_of_stranger(stranger))


def receivers_to_choose(contacts: Sequence[Contact], protections: Sequence[Protection]) -> list[str]:
    """The contacts who may be named to receive a pupil, by name: nobody whom an order or restriction may mean."""
    people = BarredPeople.among(contacts, protections)
    names = dict.fromkeys(contact.full_name for contact in people.unbarred)
    return [] if people.names_nobody else [name for name in names if people.meant_by(name) is None]


def add(desk: Desk, journey: Journey) -> Changed:
    """Keep a new one. Raises Refused; WrongUse where the unit records no transport."""
    require_use(desk, SWITCH)
    return further.add(desk, "journey", _with_tidy_times(journey), check_journey, news=())


def save(desk: Desk, journey: Journey) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "journey", _with_tidy_times(journey), check_journey, news=())


def _with_tidy_times(journey: Journey) -> Journey:
    return dataclasses.replace(journey, pick_up_time=_tidied(journey.pick_up_time), set_down_time=_tidied(journey.set_down_time))


def _tidied(time: str | None) -> str | None:
    return tidy_time(time) if time else None
