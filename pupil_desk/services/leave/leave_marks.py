"""The marks that follow from a decision about leave: proposed, and entered once a person says so. No mark is entered unasked.

Where leave was given, each session of its days for which we expect the pupil and that says nothing, or an absence without leave, is proposed
with the code of the purpose. Where it was not, each session of the days asked for of which the register says absent without a reason or leave.
A session that says anything else, as that the pupil came, stays as it is.

Where the register has a mark of leave on a day for which the request once gave leave and gives it no more, it is proposed to be put right: taken
out where the session has not begun, else the code for absence without leave, or N where nothing is decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.leave.leave_request import LeaveDecision, LeaveRequest, leave_codes
from pupil_desk.domain.register.attendance import PART_TIME, UNAUTHORISED, UNSETTLED, Mark, Session, codes_of, possible
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.register.looking import expected_code
from pupil_desk.services.register.marking import FORM
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import leave_requests as store_of_requests
from pupil_desk.store.tables import register as store
from pupil_desk.store.tables.register import StandingMark

_NEVER = "9999-12-31"
_LATE = "U"  # came, though after the register closed


@dataclass(frozen=True, slots=True)
class ProposedMarks:
    """What would be entered: the marks in order, and of how many of them the register says something else now.

    A mark without a code takes out what is planned. ``corrects``: a mark of leave stands on a day for which leave is given no more.
    """

    marks: tuple[Mark, ...] = ()
    changed: int = 0
    corrects: bool = False


def proposed_marks(desk: Desk, request: LeaveRequest) -> ProposedMarks:
    """The marks that follow from a request as it holds, and that the register does not have. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", request.pupil_id)
    cases = store_of_requests.of_pupil(desk.vault, request.pupil_id)
    wordings = [wording.record for case in cases if case.now.entry_id == request.entry_id for wording in case.wordings]
    other_requests = [case.now for case in cases if case.now.entry_id != request.entry_id]
    first, last = min(wording.first_day for wording in wordings), max(wording.last_day for wording in wordings)
    halves = _halves(desk, request.pupil_id, first, last)
    standing = store.standing(desk.vault, [_mark(request, day, session, "") for day, session in halves])
    has_begun, marks, corrects = register.begun_sessions(desk), [], False
    for day, session in halves:
        now = standing.get((request.pupil_id, day, session))
        if _is_stale(now, day, request, wordings, other_requests):
            marks.append(_mark(request, day, session, _instead(request) if has_begun(day, session) else ""))
            corrects = True
        elif request.first_day <= day <= request.last_day and (mark := _proposed(request, day, session, now)) is not None:
            marks.append(mark)
    return ProposedMarks(tuple(marks), sum(1 for mark in marks if mark.key in standing), corrects)


def _halves(desk: Desk, pupil_id: str, first: date, last: date) -> list[tuple[date, Session]]:
    """The sessions of these days on which the unit is open, the pupil on the register and expected here."""
    stays = [(row["start_date"] or "", row["end_date"] or _NEVER) for row in store.stays_of(desk.vault, {pupil_id}, first, last)]
    patterns = store.timetables_of(desk.vault, pupil_id)
    school_days = school_calendar(desk.vault).school_days(first, last)
    days = [day for day in school_days if any(start <= day.isoformat() <= end for start, end in stays)]
    return [(day, session) for day in days for session in Session if _is_expected(expected_code(patterns, day, session))]


def _is_stale(
    now: StandingMark | None, day: date, request: LeaveRequest, wordings: Sequence[LeaveRequest], other_requests: Sequence[LeaveRequest]
) -> bool:
    """Whether the register has a mark of leave that a wording of the request gave, that it gives no more, and no other request gives."""
    if now is None or not any(wording.is_granted_on(day) and leave_codes(wording.purpose).given == now.code for wording in wordings):
        return False
    giving = [wording for wording in (request, *other_requests) if wording.is_granted_on(day)]
    return now.code not in {leave_codes(wording.purpose).given for wording in giving}


def _instead(request: LeaveRequest) -> str:
    """What a session that has begun says in place of leave that is given no more."""
    is_decided = request.struck is None and request.outcome not in (None, LeaveDecision.WITHDRAWN)
    return leave_codes(request.purpose).not_given if is_decided else UNSETTLED


def _is_expected(code: str) -> bool:
    """Whether we expect the pupil, or somebody for us: not a session of the other school, nor one that a timetable leaves free."""
    return not code or (possible(code) and code != PART_TIME)


def _proposed(request: LeaveRequest, day: date, session: Session, now: StandingMark | None) -> Mark | None:
    if request.struck is not None or request.outcome in (None, LeaveDecision.WITHDRAWN):
        return None
    codes, is_given = leave_codes(request.purpose), request.is_granted_on(day)
    mark = _mark(request, day, session, codes.given if is_given else codes.not_given)
    is_absent = now is not None and now.code in codes_of(UNAUTHORISED) - {_LATE}
    if now is not None and (not is_absent or now.code == mark.code):
        return None
    return mark if is_given or is_absent else None  # who is not marked may have come


def _mark(request: LeaveRequest, day: date, session: Session, code: str) -> Mark:
    return Mark(pupil_id=request.pupil_id, day=day, session=session, code=code)


def enter(desk: Desk, entry_id: str, shown_marks: ProposedMarks) -> Changed:
    """Enter the marks that were shown: one transaction. Raises NotAllowed; WrongUse where they are no longer those that follow: nothing is entered."""
    case = store_of_requests.entry(desk.vault, entry_id)
    if case is None or not shown_marks.marks or proposed_marks(desk, case.now) != shown_marks:
        raise WrongUse(_("The request or the register was changed since. Look at what is proposed now."))
    with desk.act(Action.EDIT_RECORD, "register", case.now.pupil_id, f"leave: {len(shown_marks.marks)} marks") as work:
        register.keep_marks(work, shown_marks.marks, reason=_("Leave of absence: as it was decided"), source=FORM)
    return Changed.of("mark", ids=(case.now.pupil_id,))
