"""Places that the unit arranges for a pupil elsewhere: reading, adding, correcting."""

import dataclasses

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.pupils.placement import Placement, check_placement
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import providers
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several


def of_pupil(desk: Desk, pupil_id: str) -> list[Placement]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Placement, pupil_id)


def add(desk: Desk, placement: Placement) -> Changed:
    """Keep a new one, its provider spelt as the list of providers has it. Raises Refused; WrongUse where the unit buys no places."""
    require_use(desk, providers.SWITCH)
    return further.add(desk, "placement", _as_listed(desk, placement), check_placement, news=())


def save(desk: Desk, placement: Placement) -> Changed:
    """Keep what has changed of one, its provider as ``add`` spells it. Raises Refused, WrongUse.

    Where the list has the name from places alone, the spelling that is typed is kept: it is how such a name is put right.
    """
    return further.save(desk, "placement", _as_listed(desk, placement), check_placement, news=())


def _as_listed(desk: Desk, placement: Placement) -> Placement:
    """With the name of a provider on the list, where that is meant; another name comes on the list by this place."""
    key = provider_key(placement.provider)
    before = several.get(desk.vault, Placement, placement.id) if placement.id else None
    is_spelling = before is not None and provider_key(before.provider) == key
    names_by_key = providers.own_names(desk) if is_spelling else {standing.id: standing.name for standing in providers.standings(desk)}
    return dataclasses.replace(placement, provider=names_by_key.get(key, placement.provider))
