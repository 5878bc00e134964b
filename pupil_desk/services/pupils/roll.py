"""The pupils with the stay that each is, or was last, at the unit for: what a list of the roll shows."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import enrolments, pupils


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
