"""The pupils with the stay that each is, or was last, at the unit for: what a list of the roll shows; and a stay's end as one action."""

import dataclasses
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused, check_enrolment, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.enrolment import DUAL, Enrolment
from pupil_desk.domain.pupils.leaving import DUAL_ENDED
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences
from pupil_desk.store.tables import enrolments, pupils


def can_return(stay: Enrolment | None) -> bool:
    """Whether there is a school to return to, and a stay to end."""
    return stay is not None and stay.end_date is None and bool(stay.main_school)


def after_return(stay: Enrolment, day: date) -> Enrolment:
    """The stay as it is after a return: closed that day, and for a dual registration with ground (c)."""
    ground = stay.deletion_ground or (DUAL_ENDED if stay.status in DUAL else None)
    return dataclasses.replace(stay, end_date=day, deletion_ground=ground, next_school=stay.main_school)


def return_to_school(desk: Desk, pupil_id: str, stay_id: str, day: date) -> Changed:
    """End the stay on ``day``, its last one here, the pupil going back to the main school: one transaction, one log row.

    Raises Refused, naming what is wrong; WrongUse for a stay that is not this pupil's or is closed already.
    """
    old = next((stay for stay in enrolments.of_pupil(desk.vault, pupil_id) if stay.id == stay_id), None)
    if old is None or old.end_date is not None:
        raise WrongUse(_("That stay is closed already. Open the pupil again."))
    if not old.main_school:
        raise Refused((Problem("main_school", "missing", _("Enter the main school first, and save it.")),))
    new = after_return(old, day)
    refuse((*problems_of(new, desk.today, differences(old, new)), *check_enrolment(new)))
    with desk.act(Action.EDIT_RECORD, "pupil", pupil_id, "returned to the main school") as work:
        records.change(work, old, new, source="form")
    return Changed.of("pupil", ids=(pupil_id,))


@dataclass(frozen=True, slots=True)
class RollRow:
    """A pupil, and the stay that puts them on the roll that day; for one not on roll (``on_roll`` False) the last stay."""

    pupil: Pupil
    stay: Enrolment | None
    on_roll: bool


def roll(desk: Desk, day: date, *, with_leavers: bool = False) -> list[RollRow]:
    """The pupils on roll on a day, by name; with ``with_leavers`` everyone on file."""
    desk.require(Action.READ_RECORD)
    stays = enrolments.by_pupil(desk.vault)
    rows = [_row(pupil, stays[pupil.id], day) for pupil in pupils.all_pupils(desk.vault)]
    return [row for row in rows if with_leavers or row.on_roll]


def _row(pupil: Pupil, stays: list[Enrolment], day: date) -> RollRow:
    current = [stay for stay in stays if stay.on_roll(day)]
    last = max(current or stays, key=lambda stay: stay.start_date or date.min, default=None)
    return RollRow(pupil, last, bool(current))
