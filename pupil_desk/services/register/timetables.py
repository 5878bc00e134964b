"""Part-time patterns: agreed for a time, with an end; what one said before is kept as amendments."""

import dataclasses

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.attendance import Timetable, check_timetable
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.validation import problems_of, refuse, tidied
from pupil_desk.services import records
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import register as store
from pupil_desk.store.rows import differences, new_id


def timetables_of(desk: Desk, pupil_id: str) -> list[Timetable]:
    """A pupil's timetables, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.timetables_of(desk.vault, pupil_id)


def add_timetable(desk: Desk, timetable: Timetable) -> Changed:
    """Keep a new timetable of a pupil. Raises Refused."""
    timetable = tidied(timetable, desk.today)
    refuse((*problems_of(timetable, desk.today), *check_timetable(timetable)))
    with desk.act(Action.EDIT_RECORD, "pupil", timetable.pupil_id, "timetable added") as work:
        records.add(work, [dataclasses.replace(timetable, id=new_id())], source="form")
    return Changed.of("timetable", ids=(timetable.pupil_id,))


def save_timetable(desk: Desk, timetable: Timetable) -> Changed:
    """Keep what has changed of a timetable, and what it said before. Raises Refused, WrongUse."""
    old = next((t for t in store.timetables_of(desk.vault, timetable.pupil_id) if t.id == timetable.id), None)
    if old is None:
        raise WrongUse(_("That timetable is no longer on file. Open the pupil again."))
    timetable = tidied(timetable, desk.today)
    changes = differences(old, timetable)
    if not changes:
        return Changed.of()
    refuse((*problems_of(timetable, desk.today, changes), *check_timetable(timetable)))
    with desk.act(Action.EDIT_RECORD, "pupil", timetable.pupil_id, ", ".join(changes)) as work:
        records.change(work, old, timetable, source="form")
    return Changed.of("timetable", ids=(timetable.pupil_id,))
