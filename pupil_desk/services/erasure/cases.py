"""Erasures as people decide them: proposed by one, agreed to by another, carried out days later by a data officer, and certified.

The law's own minimum stands against every ground but a court's order and what should never have been held. What was done stays on
file as a certificate that names nobody.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.erasure_case import (
    ErasureCase,
    ErasureLack,
    ErasureStep,
    ErasureStepKind,
    Ground,
    Reach,
    first_day,
    lacks,
    not_before,
)
from pupil_desk.domain.governance.hold import HoldHistory, over
from pupil_desk.services import guard, holds
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import erasure
from pupil_desk.services.erasure.falling_due import Falling, ground_problems, items_within, open_dues, open_items, parts_kept
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import erasure_cases as store
from pupil_desk.store.tables import pupils, staff

NOBODY = _("No pupil")
"""Whose a complaint is that concerns nobody."""
LONGEST_REASON = 255


class State(Enum):
    """How a line of the list stands, the most pressing first."""

    READY = _("May be carried out")
    AGREE = _("Someone else must agree")
    WAITING = _("Waiting")
    HELD = _("On hold")
    DUE = _("Due")
    SOON = _("Due within a year")
    DONE = _("Done")
    WITHDRAWN = _("Withdrawn")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the list: a pupil and how much of what is held. ``name`` and ``ref`` are empty once the pupil is gone.

    ``day`` is the day from which it is due, or may be carried out, or on which it was; ``words`` say what is to be done or was.
    ``parts`` are what goes, unless all of the pupil does.
    """

    id: str
    pupil_id: str
    name: str
    ref: str
    reach: Reach
    state: State
    day: date
    words: str
    case: ErasureCase | None = None
    parts: tuple[str, ...] = ()


# -- looking


def lines(desk: Desk) -> list[CaseLine]:
    """Everything that is due within a year, proposed, on hold or done; the most pressing first."""
    desk.require(Action.READ_RECORD)
    legal_holds, cases, names = holds.everything(desk), store.everything(desk.vault), _names(desk)
    case_lines = [_of_case(desk, case, legal_holds, names) for case in cases]
    case_lines += [_of_due(desk, due, legal_holds) for due in open_dues(desk, cases)]
    places, over_with = list(State), (State.DONE, State.WITHDRAWN)
    return sorted(
        case_lines, key=lambda line: (places.index(line.state), -line.day.toordinal() if line.state in over_with else line.day.toordinal())
    )


def to_decide(desk: Desk) -> list[CaseLine]:
    """What Home asks of the person at the desk: an erasure that they may agree to, or carry out."""
    desk.require(Action.READ_RECORD)
    cases = [case for case in store.everything(desk.vault) if not case.ended]
    if not cases:
        return []
    legal_holds, names = holds.everything(desk), _names(desk)
    return [
        line
        for line in (_of_case(desk, case, legal_holds, names) for case in cases)
        if (line.state is State.READY and desk.may(Action.ERASE)) or (line.state is State.AGREE and _may_agree(desk, line))
    ]


def due_today(desk: Desk) -> int:
    """Of how many pupils something is due that nobody has proposed to erase and no hold keeps: for those who may propose it."""
    desk.require(Action.READ_RECORD)
    if not desk.may(Action.PROPOSE_ERASURE):
        return 0
    legal_holds, dues = holds.everything(desk), open_items(desk, store.everything(desk.vault), desk.today)
    return sum(not over(items[0].pupil_id, legal_holds) for items in dues.values())


def _may_agree(desk: Desk, line: CaseLine) -> bool:
    return desk.may(Action.AGREE_ERASURE) and line.case is not None and line.case.proposed.by_id != desk.user.id


def _names(desk: Desk) -> dict[str, tuple[str, str]]:
    return {pupil.id: (f"{pupil.surname}, {pupil.forename}", pupil.ref) for pupil in pupils.all_pupils(desk.vault)}


def _of_due(desk: Desk, due: Falling, legal_holds: Collection[HoldHistory]) -> CaseLine:
    pupil_holds = over(due.item.pupil_id, legal_holds)
    state = State.HELD if pupil_holds else State.DUE if due.day <= desk.today else State.SOON
    words = {
        State.HELD: _("It is due since {day}, and there is a hold. Nothing is deleted while it stands."),
        State.DUE: _(
            "The time for which it is kept was over on {day}. Look whether anything speaks for keeping it, then propose the erasure."
        ),
        State.SOON: _("The time for which it is kept is over on {day}."),
    }[state].format(day=show_date(due.day))
    if pupil_holds and due.day > desk.today:
        words = _("It is due on {day}, and there is a hold. Nothing is deleted while it stands.").format(day=show_date(due.day))
    item = due.item
    words = " ".join((words, *_due_sentences(desk, due)))
    line_id = f"{item.pupil_id or item.part}:due"
    return CaseLine(
        line_id, item.pupil_id, item.name or NOBODY, item.ref, due.reach, state=state, day=due.day, words=words, parts=due.parts
    )


def _due_sentences(desk: Desk, due: Falling) -> list[str]:
    """What falls due, with the sentence by which it does, each once."""
    schedule = desk.schedule
    names = dict.fromkeys(part.partition(":")[0] for part in due.parts)
    return [_("{what}: {kept}.").format(what=schedule[name].label, kept=schedule[name].running) for name in names]


def _of_case(desk: Desk, case: ErasureCase, legal_holds: Collection[HoldHistory], names: dict[str, tuple[str, str]]) -> CaseLine:
    proposal, last = case.proposed, case.steps[-1]
    name, ref = names.get(proposal.pupil_id, ("", "")) if case.done is None or proposal.reach is not Reach.ALL else ("", "")
    if not proposal.pupil_id:
        name = NOBODY
    if case.ended:
        state, day = (State.DONE if case.done else State.WITHDRAWN), _day(last)
    else:
        day = first_day(case, proposed_on=_day(proposal), alone=is_alone(desk))
        state = _state(standing(desk, case, legal_holds))
    words, parts = _words(desk, case, state, day), proposal.parts
    return CaseLine(case.id, proposal.pupil_id, name, ref, proposal.reach, state=state, day=day, words=words, case=case, parts=parts)


def _state(missing: Collection[ErasureLack]) -> State:
    for lack, state in ((ErasureLack.HELD, State.HELD), (ErasureLack.NOT_AGREED, State.AGREE), (ErasureLack.TOO_EARLY, State.WAITING)):
        if lack in missing:
            return state
    return State.READY


def standing(desk: Desk, case: ErasureCase, legal_holds: Collection[HoldHistory] | None = None) -> tuple[ErasureLack, ...]:
    """What still stands against carrying it out today."""
    pupil_holds = over(case.proposed.pupil_id, holds.everything(desk) if legal_holds is None else legal_holds)
    return lacks(case, desk.today, proposed_on=_day(case.proposed), alone=is_alone(desk), on_hold=bool(pupil_holds))


def is_alone(desk: Desk) -> bool:
    """Whether the unit has one active user, so that nobody else could agree."""
    may_sign_in = desk.vault.slot_users()
    return sum(member.active and member.id in may_sign_in for member in staff.all_staff(desk.vault)) <= 1


def _day(step: ErasureStep) -> date:
    return local_time(step.at).date()


def _words(desk: Desk, case: ErasureCase, state: State, day: date) -> str:
    """The story of the case so far, a sentence a step, and what comes next."""
    sentences = [
        _STEPS[step.step].format(
            who=step.by,
            day=show_date(_day(step)),
            why=codelist("erasure_ground").label_of(step.ground).lower(),
            reason=step.reason,
            code=_(", with the recovery code") if step.by_code else "",
        )
        for step in case.steps
    ]
    proposal = case.proposed
    if proposal.reason:
        sentences.insert(1, _("Note: {reason}.").format(reason=proposal.reason.rstrip(".")))
    next_ = {
        State.AGREE: _("Somebody other than {who} must agree. It may be carried out from {day}."),
        State.WAITING: _("It may be carried out from {day}. Until then it can be withdrawn."),
        State.READY: _("A data officer may carry it out now."),
        State.HELD: _("There is a hold. Nothing is deleted while it stands."),
    }.get(state, "")
    if state in (State.WAITING, State.READY) and ErasureLack.CODE in standing(desk, case):
        next_ += " " + _("There is one user alone, so the recovery code is asked for.")
    return " ".join(part for part in (*sentences, next_.format(day=show_date(day), who=proposal.by)) if part)


_STEPS = {
    ErasureStepKind.PROPOSED: _("{who} proposed it on {day}: {why}."),
    ErasureStepKind.AGREED: _("{who} agreed on {day}."),
    ErasureStepKind.WITHDRAWN: _("{who} withdrew it on {day}: {reason}."),
    ErasureStepKind.DONE: _("Carried out on {day}{code}."),
}


# -- deciding


def propose(desk: Desk, pupil_id: str, reach: Reach, ground: Ground, reason: str = "", *, parts: Sequence[str] = ()) -> Changed:
    """Propose an erasure. ``reason`` is a note that names nobody, since it stays; needed unless the time is over.

    ``parts`` are the classes, consents and requests that go (``retention.HeldItem.part``), with reach PART: without any, all that is due.
    An empty ``pupil_id`` is for complaints that concern no pupil. Raises NotAllowed, Refused (the law keeps it, the ground does not fit, a
    name in the note), WrongUse (no such pupil, a hold, proposed already, nothing of it is held).
    """
    desk.require(Action.PROPOSE_ERASURE, "pupil", pupil_id)
    if pupil_id:
        pupil_id = pupil_of(desk.vault, pupil_id).id
    holds.refuse_if_held(desk, pupil_id)
    items = items_within(desk, pupil_id, reach, parts)
    proposal = ErasureStep(case_id=new_id(), pupil_id=pupil_id, reach=reach, step=ErasureStepKind.PROPOSED, parts=parts_kept(reach, items))
    if any(case.proposed.whose == proposal.whose and not case.ended for case in store.everything(desk.vault)):
        raise WrongUse(_("An erasure of this pupil’s data is proposed already. Withdraw it first to propose another."))
    reason = tidy(reason)
    refuse((*ground_problems(desk, items, ground), *_reason_problems(desk, pupil_id, reason, is_required=ground is not Ground.DUE)))
    first = not_before(desk.today, desk.settings.erase_wait, alone=is_alone(desk))
    reasoned = replace(proposal, ground=ground.value, reason=reason, not_before=first)
    with desk.act(Action.PROPOSE_ERASURE, "pupil", pupil_id, f"{reach.value}, {ground.value}") as work:
        store.add(desk.vault, reasoned, moment=work.stamp, actor=work.actor)
    return Changed.of("erasure", ids=(pupil_id,))


def _reason_problems(desk: Desk, pupil_id: str, reason: str, *, is_required: bool) -> list[Problem]:
    if is_required and not reason:
        return [Problem("reason", "missing", _("Enter a note, such as the number of the request. Name nobody: the note stays."))]
    if len(reason) > LONGEST_REASON:
        return [Problem("reason", "too_long", _("The note is too long: use at most 255 characters."))]
    if guard.names_family(desk, pupil_id, reason):
        return [
            Problem(
                "reason", "names_someone", _("The note names somebody. Leave the name out: the note stays when the pupil’s data are gone.")
            )
        ]
    return [*guard.problems(desk, {"reason": reason})]


def agree(desk: Desk, case_id: str) -> Changed:
    """Agree to an erasure that somebody else proposed. Raises NotAllowed, WrongUse (one’s own, or it has ended)."""
    desk.require(Action.AGREE_ERASURE, "erasure", case_id)
    case = _open(desk, case_id)
    if case.proposed.by_id == desk.user.id:
        raise WrongUse(_("You proposed this yourself. Somebody else must agree."))
    if case.agreed is not None:
        raise WrongUse(_("Somebody has agreed already. A data officer carries it out on its day."))
    return _add_step(desk, Action.AGREE_ERASURE, case, ErasureStepKind.AGREED)


def withdraw(desk: Desk, case_id: str, reason: str) -> Changed:
    """Give an erasure up, with the reason, which names nobody. Raises NotAllowed, Refused, WrongUse."""
    desk.require(Action.PROPOSE_ERASURE, "erasure", case_id)
    case, reason = _open(desk, case_id), tidy(reason)
    refuse(tuple(_reason_problems(desk, case.proposed.pupil_id, reason, is_required=True)))
    return _add_step(desk, Action.PROPOSE_ERASURE, case, ErasureStepKind.WITHDRAWN, reason)


def _open(desk: Desk, case_id: str) -> ErasureCase:
    case = next((open_case for open_case in store.everything(desk.vault) if open_case.id == case_id), None)
    if case is None or case.ended:
        raise WrongUse(_("That erasure was carried out or withdrawn. Look at the list again."))
    return case


def _add_step(desk: Desk, action: Action, case: ErasureCase, step: ErasureStepKind, reason: str = "") -> Changed:
    first, step_taken = case.proposed, replace(_next_step(case, step), reason=reason)
    with desk.act(action, "pupil", first.pupil_id, f"erasure {step.value}") as work:
        store.add(desk.vault, step_taken, moment=work.stamp, actor=work.actor)
    return Changed.of("erasure", ids=(first.pupil_id,))


def _next_step(case: ErasureCase, step: ErasureStepKind) -> ErasureStep:
    first = case.proposed
    return ErasureStep(case_id=case.id, pupil_id=first.pupil_id, reach=first.reach, step=step, parts=first.parts)


def carry_out(desk: Desk, case_id: str, *, recovery_code: str | None = None) -> Changed:
    """Erase. Where there is one user alone, the recovery code stands for the second person. Data officer only.

    Raises NotAllowed, WrongUse (a hold, too early, nobody else has agreed, the law keeps it), WrongPassword (the recovery code).
    """
    desk.require(Action.ERASE, "erasure", case_id)
    case = _open(desk, case_id)
    missing = standing(desk, case)
    for lack in (ErasureLack.HELD, ErasureLack.TOO_EARLY, ErasureLack.NOT_AGREED):
        if lack in missing:
            first = first_day(case, proposed_on=_day(case.proposed), alone=is_alone(desk))
            raise WrongUse(_REFUSALS[lack].format(day=show_date(first)))
    _refuse_if_kept(desk, case)
    by_code = ErasureLack.CODE in missing
    if by_code and (recovery_code is None or not desk.vault.check_recovery_code(recovery_code, now=desk.clock.now())):
        raise WrongPassword(_("This is not the recovery code of this file. Look at the sheet in the sealed envelope."))
    return _erase(desk, case, by_code=by_code)


def _refuse_if_kept(desk: Desk, case: ErasureCase) -> None:
    """What might go when it was proposed may not any more: the pupil came back, a consent was given again, or a time was made longer."""
    first = case.proposed
    items = items_within(desk, first.pupil_id, first.reach, first.parts)
    if problem := next(ground_problems(desk, items, Ground(first.ground)), None):
        raise WrongUse(_("{why} Withdraw this erasure, and propose it again then.").format(why=problem.message))


def _erase(desk: Desk, case: ErasureCase, *, by_code: bool) -> Changed:
    first, order_id = case.proposed, new_id()
    authority = _("{ground}; case {case}").format(ground=codelist("erasure_ground").label_of(first.ground), case=case.id[:8])
    with erasure.noting_in_ledger(desk), desk.act(Action.ERASE, "erasure-order", order_id, f"{first.reach.value} of a pupil") as work:
        if first.reach is Reach.ALL:
            erased = erasure.whole_within(work, first.pupil_id, authority, order_id)
        else:
            parts = first.parts or parts_kept(first.reach, items_within(desk, first.pupil_id, first.reach, ()))
            erased = erasure.parts_within(work, first.pupil_id, parts, authority, order_id)
        step = replace(_next_step(case, ErasureStepKind.DONE), by_code=by_code, orders=erased.order_ids, counts=erased.counts)
        store.add(desk.vault, step, moment=work.stamp, actor=work.actor)
    return erased.changed | Changed.of("erasure", ids=(first.pupil_id,))


_REFUSALS = {
    ErasureLack.HELD: _("Nothing may be deleted: there is a hold. A data officer lifts it first."),
    ErasureLack.TOO_EARLY: _("It may not be carried out before {day}. Until then it can be withdrawn."),
    ErasureLack.NOT_AGREED: _("Somebody else must agree first. It may be carried out from {day}."),
}
