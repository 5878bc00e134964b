"""What is still to be done about leave, for Home: a request to be decided, or marks that follow from a decision and are not entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.leave.leave_marks import proposed_marks
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import leave_requests as store

_SINCE = timedelta(days=60)  # marks of leave that ended before are no longer asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveDue:
    """What is to be done about one request, in words; ``due`` is the first day of the leave; today where marks are
    to be corrected, and no earlier than today where they are to be entered."""

    pupil_id: str
    entry_id: str
    name: str
    words: str
    due: date
    late: bool


def to_do(desk: Desk, on_roll: Sequence[Pupil]) -> list[LeaveDue]:
    """Of pupils on roll, the requests without a decision, and those of the last two months whose marks are not entered or are to be corrected.

    The most urgent come first. Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD)
    names = {pupil.id: pupil.full_name for pupil in on_roll}
    requests = [case.now for case in store.lately(desk.vault, desk.today - _SINCE)]
    lines = [_line(desk, request, names[request.pupil_id]) for request in requests if request.pupil_id in names]
    return sorted((line for line in lines if line is not None), key=lambda line: (line.due, line.name))


def _line(desk: Desk, request: LeaveRequest, name: str) -> LeaveDue | None:
    marks = proposed_marks(desk, request)
    if request.is_open:
        words, due = _("leave asked for, {days}: decide"), request.first_day
        if marks.corrects:
            words = _("leave asked for, {days}: decide; the register has marks of leave for it, correct them")
    elif marks.corrects:
        words, due = _("leave no longer given, {days}: correct the marks"), desk.today
    elif marks.marks:
        words, due = _("leave decided, {days}: enter the marks"), max(desk.today, request.first_day)
    else:
        return None
    return LeaveDue(
        pupil_id=request.pupil_id,
        entry_id=request.entry_id,
        name=name,
        words=words.format(days=days_words(request)),
        due=due,
        late=request.is_open and request.first_day <= desk.today,
    )


def days_words(request: LeaveRequest) -> str:
    """The days asked for: «7 Dec 2026 to 9 Dec 2026», or the one."""
    if request.first_day == request.last_day:
        return short_date(request.first_day)
    return _("{first} to {last}").format(first=short_date(request.first_day), last=short_date(request.last_day))
