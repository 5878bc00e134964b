"""Destinations of a pupil: reading, adding, correcting. What a record said before stays in the amendments."""

import dataclasses
from collections.abc import Iterable

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.destination import INTENDED, Destination
from pupil_desk.domain.next_steps import check_destination
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.validation import problems_of, refuse, tidied
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store import amendments
from pupil_desk.store import destinations as store
from pupil_desk.store.rows import differences, new_id

_GUARANTEED = frozenset({"11", "12"})  # year groups of the September Guarantee
_ASKED_FROM, _ASKED_UNTIL = 3, 9  # months


def of_pupil(desk: Desk, pupil_id: str) -> list[Destination]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.of_pupil(desk.vault, pupil_id)


def without_offer(desk: Desk, on_roll: Iterable[Pupil]) -> list[Pupil]:
    """Those of the pupils in Years 11 and 12 of whom no offer is known, nor where they are: the September Guarantee.

    Each should have a suitable offer by the end of September; asked from March, when offers come in, and not before.
    """
    if not _ASKED_FROM <= desk.today.month <= _ASKED_UNTIL:
        return []
    known = store.by_pupil(desk.vault)
    return [
        pupil
        for pupil in on_roll
        if pupil.year_group in _GUARANTEED and all(each.kind == INTENDED for each in known[pupil.id])
    ]


def add_destination(desk: Desk, record: Destination) -> Changed:
    """Keep a new one. Raises Refused."""
    record = tidied(record, desk.today)
    refuse((*problems_of(record, desk.today), *check_destination(record)))
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, "destination added"):
        store.add(desk.vault, dataclasses.replace(record, id=new_id()))
    return Changed.of("destination", ids=(record.pupil_id,))


def save_destination(desk: Desk, record: Destination) -> Changed:
    """Keep what has changed of one: one transaction, one log row with the names of the items. Raises Refused, WrongUse."""
    old = next((other for other in store.of_pupil(desk.vault, record.pupil_id) if other.id == record.id), None)
    if old is None:
        raise WrongUse(_("That entry is no longer on file. Open the pupil again."))
    record = tidied(record, desk.today)
    names = differences(old, record)
    if not names:
        return Changed.of()
    refuse((*problems_of(record, desk.today, names), *check_destination(record)))
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, "destination: " + ", ".join(names)) as work:
        keep_destination(work, old, record, source="form")
    return Changed.of("destination", ids=(record.pupil_id,))


def keep_destination(work: Work, old: Destination, new: Destination, *, source: str) -> None:
    """Within a transaction: keep a checked one, and what it said before."""
    store.save(work.desk.vault, new)
    amendments.add(work.desk.vault, kind="destination", record_id=new.id, pupil_id=new.pupil_id, changes=differences(old, new),
                   at=work.at, by=work.by, source=source)  # fmt: skip
