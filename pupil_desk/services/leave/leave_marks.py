"""The marks that follow from a decision about leave: proposed, and entered once a person says so. No mark is entered unasked.

Where leave was given, each session of its days for which we expect the pupil and that says nothing, or an absence without leave, is proposed
with the code of the purpose. Where it was not, each session of the days asked for of which the register says absent without a reason or leave.
A session that says anything else, as that the pupil came, stays as it is.

A day before the request was received is no day of leave, and nothing is proposed for it; nor is an absence without leave for a day that another
request gives. Where a mark of leave stands already on a day before a day of receipt that was put right since, the head gave leave for it: the mark
stays, and a person judges it.

Where the register has a mark of leave on a day for which the request once gave leave and gives it no more, it is proposed to be put right: taken
out where the session has not begun, else the code for absence without leave, or N where nothing is decided. So is one of a session in which the
pupil is no longer expected, by a timetable or a closure since. One of leave that is for something else now has the code of that, and one of a day
that another request gives has the code of that request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.leave.leave_request import LeaveDecision, LeaveRequest, leave_codes
from pupil_desk.domain.register.attendance import CLOSED, PART_TIME, UNAUTHORISED, UNSETTLED, Mark, Session, codes_of, possible
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
    sessions = _sessions(desk, request.pupil_id, wordings)
    standing = store.standing(desk.vault, [_mark(request, day, session, "") for day, session in sessions])
    has_begun, marks, corrects = register.begun_sessions(desk), [], False
    for (day, session), code_in_place in sessions.items():
        now, given_code = standing.get((request.pupil_id, day, session)), _given_code(day, request, other_requests)
        if _is_leave_given(now, day, wordings) and (code_in_place or _is_stale(now, day, request, other_requests)):
            keeps_code = has_begun(day, session) or (given_code and not code_in_place)
            marks.append(_mark(request, day, session, (code_in_place or given_code or _without_leave(request)) if keeps_code else ""))
            corrects = corrects or not request.is_granted_on(day)
        elif not code_in_place and request.first_day <= day <= request.last_day:
            marks += _proposed(request, day, session, now, other_requests)
    return ProposedMarks(tuple(marks), sum(1 for mark in marks if mark.key in standing), corrects)


def _sessions(desk: Desk, pupil_id: str, wordings: Sequence[LeaveRequest]) -> dict[tuple[date, Session], str]:
    """The sessions, in order, of the days of these wordings on which the pupil is on the register, with the code of each in which nobody expects
    him or her here; empty of the rest.

    Days between two wordings are not looked at: where a year was put right, there are many.
    """
    days = sorted(
        {
            wording.first_day + timedelta(days=number)
            for wording in wordings
            for number in range((wording.last_day - wording.first_day).days + 1)
        }
    )
    first, last = days[0], days[-1]
    stays = [(row["start_date"] or "", row["end_date"] or _NEVER) for row in store.stays_of(desk.vault, {pupil_id}, first, last)]
    patterns = store.timetables_of(desk.vault, pupil_id)
    calendar = school_calendar(desk.vault)
    return {
        (day, session): _code_in_place(expected_code(patterns, day, session)) if calendar.is_open(day) else CLOSED
        for day in days
        if any(start <= day.isoformat() <= end for start, end in stays)
        for session in Session
    }


def _code_in_place(code: str) -> str:
    """The code of a timetable where it expects nobody for us: the other school, or a session left free; else empty."""
    return code if code and (not possible(code) or code == PART_TIME) else ""


def _is_leave_given(now: StandingMark | None, day: date, wordings: Sequence[LeaveRequest]) -> bool:
    """Whether the register has the mark of leave that a wording of the request gave."""
    return now is not None and any(wording.is_granted_on(day) and leave_codes(wording.purpose).given == now.code for wording in wordings)


def _is_stale(now: StandingMark | None, day: date, request: LeaveRequest, other_requests: Sequence[LeaveRequest]) -> bool:
    """Whether no request gives leave by the code that the register has, nor gave it too late to count, which a person judges."""
    giving_codes = _given_codes(day, request, other_requests)
    if not giving_codes and _is_granted_too_late(day, request, other_requests):
        return False
    return now is not None and now.code not in giving_codes


def _given_codes(day: date, request: LeaveRequest, other_requests: Sequence[LeaveRequest]) -> list[str]:
    """The codes by which leave is given for a day, that of the request itself first."""
    return [leave_codes(giving.purpose).given for giving in (request, *other_requests) if giving.is_granted_on(day)]


def _given_code(day: date, request: LeaveRequest, other_requests: Sequence[LeaveRequest]) -> str:
    return next(iter(_given_codes(day, request, other_requests)), "")


def _is_granted_too_late(day: date, request: LeaveRequest, other_requests: Sequence[LeaveRequest]) -> bool:
    """Whether a request was granted for a day that was over when it was received: no mark follows of itself, neither of leave nor of absence without."""
    return any(granted.is_granted_too_late(day) for granted in (request, *other_requests))


def _without_leave(request: LeaveRequest) -> str:
    """What a session that has begun says in place of leave that no request gives any more."""
    is_decided = request.struck is None and request.outcome not in (None, LeaveDecision.WITHDRAWN)
    return leave_codes(request.purpose).not_given if is_decided else UNSETTLED


def _proposed(
    request: LeaveRequest, day: date, session: Session, now: StandingMark | None, other_requests: Sequence[LeaveRequest]
) -> list[Mark]:
    """The mark that follows for a session in which we expect the pupil, or none."""
    if request.struck is not None or request.outcome in (None, LeaveDecision.WITHDRAWN):
        return []
    codes, is_given = leave_codes(request.purpose), request.is_granted_on(day)
    is_not_ours = not is_given and bool(_given_codes(day, request, other_requests) or _is_granted_too_late(day, request, other_requests))
    mark = _mark(request, day, session, codes.given if is_given else codes.not_given)
    is_absent = now is not None and now.code in codes_of(UNAUTHORISED) - {_LATE}
    if is_not_ours or (now is not None and (not is_absent or now.code == mark.code)):
        return []
    return [mark] if is_given or is_absent else []  # who is not marked may have come


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
