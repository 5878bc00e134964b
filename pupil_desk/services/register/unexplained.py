"""Absences of today that nobody has explained by noon, of pupils with a social worker, who is told then; that it was told is in the log of disclosures.

Source: “Working together to improve school attendance”, DfE, statutory guidance since 19 August 2024: a school tells a pupil's social worker of
unexplained absences. Known from what authorities say of it, not read in its text; sure: medium. The hour is data (``resources/returns``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import CarePeriod, social_work_on
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.domain.sharing.recipients import SOCIAL_CARE
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, disclosures
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.services.register.untold import is_unexplained, step_of, steps_of_person
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import told

_WHAT = ("identity", "attendance")


@dataclass(frozen=True, slots=True)
class UnexplainedAbsence:
    """A pupil who is absent without a reason today; ``worker`` is the social worker, with how to reach them where that is on file."""

    pupil_id: str
    name: str
    day: date
    session: Session
    worker: str


def to_tell(desk: Desk) -> list[UnexplainedAbsence]:
    """Of whose absence of this morning the social worker is still to be told, once the hour has come; a pupil who came since is not among them."""
    desk.require(Action.READ_RECORD)
    now = desk.clock.now().astimezone()
    if now.hour < limits()["social_worker_hour"].value:
        return []
    rows = [row for row in register.view(desk, desk.today, desk.today).rows if _is_unexplained(row.cells, desk.today)]
    worker_by_pupil = workers(desk, [row.pupil_id for row in rows], desk.today)
    return [
        UnexplainedAbsence(row.pupil_id, row.name, desk.today, Session.AM, worker_by_pupil[row.pupil_id])
        for row in rows
        if row.pupil_id in worker_by_pupil and not was_told(desk, row.pupil_id, desk.today)
    ]


def _is_unexplained(cells: Mapping[tuple[date, Session], register.Cell], day: date) -> bool:
    morning, afternoon = cells.get((day, Session.AM)), cells.get((day, Session.PM))
    if morning is None:
        return False
    return is_unexplained(morning.code, (afternoon.code or "") if afternoon is not None else "")


def workers(desk: Desk, pupil_ids: Collection[str], day: date) -> dict[str, str]:
    """Whom to tell of an absence on a day, with how to reach them, of each of these pupils who had a social worker then; by pupil."""
    periods = several.by_pupil(desk.vault, CarePeriod, set(pupil_ids))
    work = {pupil_id: _whom_to_tell(periods.get(pupil_id, ()), day, desk.today) for pupil_id in pupil_ids}
    return {
        pupil_id: ", ".join(filter(None, (period.worker, period.worker_reach))) or _("not on file by name")
        for pupil_id, period in work.items()
        if period is not None
    }


def _whom_to_tell(periods: Sequence[CarePeriod], day: date, today: date) -> CarePeriod | None:
    """Who has the case today, or had it on the day of the absence where nobody has it any more; None where nobody had it on that day."""
    of_day = social_work_on(periods, day)
    return None if of_day is None else social_work_on(periods, today) or of_day


def was_told(desk: Desk, pupil_id: str, day: date) -> bool:
    """Whether the social worker was told of the absence on that day, and nobody took that back."""
    return bool(told.events_told(desk.vault, steps_of_person(desk.vault, pupil_id, day)))


def record_told(desk: Desk, pupil_id: str, day: date, way: str) -> Changed:
    """Keep that the social worker was told of an absence without a reason: a line of the log of disclosures. ``way`` is a code of «disclosure_way».

    Raises WrongUse where the pupil had no social worker on that day, or the notice does not name children's social care; NotAllowed.
    """
    desk.require(Action.RECORD_DISCLOSURE, "pupil", pupil_id)
    worker = _whom_to_tell(several.of_pupil(desk.vault, CarePeriod, pupil_id), day, desk.today)
    if worker is None:
        raise WrongUse(_("No social worker is on file for this pupil on that day."))
    if was_told(desk, pupil_id, day):
        raise WrongUse(_("That the social worker was told of this absence is recorded already."))
    entry = ByHand(
        pupil_id=pupil_id,
        to=SOCIAL_CARE,
        recipient=worker.worker or "",
        kinds=_WHAT,
        purpose=_("To tell the social worker of an absence that nobody has explained"),
        basis=by_hand.PUBLIC_TASK,
        way=way,
        on=desk.today,
    )
    with desk.act(Action.RECORD_DISCLOSURE, "pupil", pupil_id, f"unexplained absence of {day} told") as work:
        by_hand.keep_step(work, entry, step_of(pupil_id, day))
    return Changed.of("disclosure", ids=(pupil_id,))


def take_back(desk: Desk, pupil_id: str, day: date) -> Changed:
    """Say that it was recorded in error: the line of the log is struck out, and stays to be seen."""
    with desk.act(Action.RECORD_DISCLOSURE, "pupil", pupil_id, f"unexplained absence of {day}: taken back") as work:
        for step in steps_of_person(desk.vault, pupil_id, day):
            disclosures.take_back(work, step, _("Taken back at once"))
    return Changed.of("disclosure", ids=(pupil_id,))
