"""Holds: nothing is deleted while one stands. It is set with a reason and a day to look at it again, and lifted by a data officer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.hold import HoldHistory, HoldStep, LegalHold, over
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import holds as store
from pupil_desk.store.tables import pupils


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold as the list shows it: whom by name and reference (empty for everybody), and whether its day to be looked at has come."""

    hold: HoldHistory
    name: str
    ref: str
    due: bool

    @property
    def id(self) -> str:
        """The hold's own."""
        return self.hold.id


def listing(desk: Desk, *, lifted: bool = False) -> list[HoldRow]:
    """The holds in force, those to be looked at first; with ``lifted`` also those that stand no more."""
    desk.require(Action.READ_RECORD)
    names = {pupil.id: pupil for pupil in pupils.all_pupils(desk.vault)}
    rows = [_row(desk, hold, names.get(hold.pupil_id or "")) for hold in store.everything(desk.vault) if lifted or hold.in_force]
    return sorted(rows, key=lambda row: (not row.hold.in_force, row.hold.review_on or date.max))


def _row(desk: Desk, hold: HoldHistory, pupil: Pupil | None) -> HoldRow:
    name, ref = (f"{pupil.surname}, {pupil.forename}", pupil.ref) if pupil is not None else ("", "")
    due = hold.in_force and hold.review_on is not None and hold.review_on <= desk.today
    return HoldRow(hold, name, ref, due)


def to_look_at(desk: Desk) -> list[HoldRow]:
    """The holds whose day to be looked at has come, for those who may keep them."""
    if not desk.may(Action.SET_HOLD) or not any(hold.in_force for hold in store.everything(desk.vault)):
        return []
    return [row for row in listing(desk) if row.due]


def everything(desk: Desk) -> list[HoldHistory]:
    """Every hold with its events, those lifted too."""
    desk.require(Action.READ_RECORD)
    return store.everything(desk.vault)


def in_force(desk: Desk, pupil_id: str) -> list[HoldHistory]:
    """The holds that keep a pupil's data now; of everybody's alone without a pupil."""
    return over(pupil_id, store.everything(desk.vault))


def refuse_if_held(desk: Desk, pupil_id: str) -> None:
    """Raises WrongUse while a hold stands over a pupil's data; without a pupil, over anybody's."""
    standing_holds = in_force(desk, pupil_id) if pupil_id else [hold for hold in store.everything(desk.vault) if hold.in_force]
    if standing_holds:
        raise WrongUse(
            _("Nothing may be deleted: there is a hold, set on {day}. A data officer lifts it first.").format(day=_day(standing_holds[0]))
        )


def _day(hold: HoldHistory) -> str:
    return show_date(date.fromisoformat(hold.at[0][:10]))


def set_hold(desk: Desk, hold: LegalHold) -> Changed:
    """Set a hold on a pupil's data, or without a pupil on everybody's. Raises NotAllowed, Refused, WrongUse (no such pupil)."""
    desk.require(Action.SET_HOLD, "pupil", hold.pupil_id or "")
    if hold.pupil_id is not None:
        pupil_of(desk.vault, hold.pupil_id)
    event = replace(hold, id=new_id(), hold_id=new_id(), step=HoldStep.SET.value)
    _check(desk, event, need_day=True)
    with desk.act(Action.SET_HOLD, "pupil" if hold.pupil_id else "hold", hold.pupil_id or event.hold_id) as work:
        store.add(desk.vault, event, moment=work.stamp, actor=work.actor)
    return Changed.of("hold", "erasure", ids=_ids(hold.pupil_id))


def review(desk: Desk, hold_id: str, reason: str, again_on: date | None) -> Changed:
    """Say that a hold was looked at and stays, why, and when it is looked at again. Raises NotAllowed, Refused, WrongUse."""
    return _add_step(desk, Action.SET_HOLD, hold_id, HoldStep.REVIEWED, reason, day=again_on)


def lift(desk: Desk, hold_id: str, reason: str) -> Changed:
    """Let deletions go on, with the reason. Raises NotAllowed, Refused, WrongUse."""
    return _add_step(desk, Action.LIFT_HOLD, hold_id, HoldStep.LIFTED, reason, day=None)


def _add_step(desk: Desk, action: Action, hold_id: str, step: HoldStep, reason: str, *, day: date | None) -> Changed:
    desk.require(action, "hold", hold_id)
    standing_hold = required(
        next((candidate for candidate in store.everything(desk.vault) if candidate.id == hold_id and candidate.in_force), None),
        _("That hold no longer stands. Look at the list again."),
    )
    event = LegalHold(id=new_id(), pupil_id=standing_hold.pupil_id, hold_id=hold_id, step=step.value, reason=reason, review_on=day)
    _check(desk, event, need_day=step is HoldStep.REVIEWED)
    with desk.act(action, "pupil" if standing_hold.pupil_id else "hold", standing_hold.pupil_id or hold_id, step.value) as work:
        store.add(desk.vault, event, moment=work.stamp, actor=work.actor)
    return Changed.of("hold", "erasure", ids=_ids(standing_hold.pupil_id))


def _check(desk: Desk, event: LegalHold, *, need_day: bool) -> None:
    problems: Sequence[Problem] = problems_of(event, desk.today)
    if event.pupil_id is None:  # one pupil's goes with the pupil's data; everybody's stays
        problems = (*problems, *guard.problems(desk, {"reason": event.reason}))
    if need_day and event.review_on is None:
        problems = (*problems, Problem("review_on", "missing", _("Enter the day on which to look at it again. A year is the most.")))
    if need_day and event.review_on is not None and not desk.today < event.review_on <= birthday(desk.today, 1):
        problems = (
            *problems,
            Problem("review_on", "out_of_range", _("Choose a day after today, and within a year: a hold is looked at every year.")),
        )
    refuse(problems)


def _ids(pupil_id: str | None) -> tuple[str, ...]:
    return (pupil_id,) if pupil_id else ()
