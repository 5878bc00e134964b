"""Part-time timetables of which the authority is still to be told: those in force that no return has told of since they began or were changed.

No regulation asks for the return (``services/exports/returns/la_part_time.py``), so no day is named by which it is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.returns.la_part_time import LA_PART_TIME, is_part_time
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import deadlines as store
from pupil_desk.store.tables import transfers


@dataclass(frozen=True, slots=True)
class PartTimeDue:
    """A pupil on a part-time timetable, and whether an earlier wording of it was told."""

    pupil: Pupil
    changed: bool


def part_time_due(desk: Desk, on_roll: Sequence[Pupil]) -> list[PartTimeDue]:
    """Of pupils on roll, for whoever may make the return; by the order of the pupils."""
    if not desk.may(Action.EXPORT):
        return []
    by_pupil = {timetable.pupil_id: timetable for timetable in store.in_force(desk.vault, desk.today) if is_part_time(timetable)}
    pupils = [pupil for pupil in on_roll if pupil.id in by_pupil]
    if not pupils:
        return []
    told = transfers.last_disclosures(desk.vault, LA_PART_TIME.name, [pupil.id for pupil in pupils])
    changes = store.last_changed(desk.vault, [by_pupil[pupil.id].id for pupil in pupils])
    due = []
    for pupil in pupils:
        timetable, last_told = by_pupil[pupil.id], told.get(pupil.id)
        entered, changed = changes.get(timetable.id, ("", ""))
        if last_told is None or last_told["last"] < timetable.since.isoformat() or last_told["at"] < changed:
            due.append(PartTimeDue(pupil, last_told is not None and entered <= last_told["at"] < changed))
    return due
