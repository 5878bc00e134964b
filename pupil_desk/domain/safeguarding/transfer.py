"""A file on its way: received from the school before, and, once the pupil has left, sent on, asked after, and confirmed. Worked out from entries.

The days are school days of the unit's calendar, with its holidays (``resources/safeguarding/transfer.toml``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, EntryWording


@dataclass(frozen=True, slots=True)
class TransferDays:
    """School days until the file is sent on, until a receipt that has not come is asked for, and until the file of the school before is."""

    sent: int
    confirmed: int
    received: int


@by_rules
def transfer_days() -> TransferDays:
    """What ``resources/safeguarding/transfer.toml`` says."""
    data = rule_data("safeguarding", "transfer.toml")
    return TransferDays(int(data["sent"]), int(data["confirmed"]), int(data["received"]))


class TransferStep(Enum):
    """What is to be done next about a file on its way."""

    SEND = _("Send the file on")
    CONFIRM = _("Ask whether the file arrived")
    RECEIVE = _("Ask the school before for the file")


_OF_SENDING = (EntryKind.SENT, EntryKind.CHASED, EntryKind.CONFIRMED, EntryKind.KEPT)


@dataclass(frozen=True, slots=True)
class TransferDue:
    """What is to be done next, and by when; ``by_weekdays`` where the calendar has no terms for these days, and weekdays were counted."""

    step: TransferStep
    due: date
    by_weekdays: bool = False


def transfer_due(histories: Iterable[EntryHistory], stay: Enrolment | None, calendar: SchoolCalendar) -> TransferDue | None:
    """What is to be done about the file of a pupil whose last stay has ended; None where nothing is, and for no such stay.

    It is sent on once since that stay began, and again where something was written after it went, or was to be kept here; nothing is
    sent of a file in which everything is struck out. After each time that it was sent or asked after, a receipt is waited for anew. What was recorded last counts:
    a confirmation, or that the file is kept here, as where there is no next school, ends what was recorded before it.
    """
    if stay is None or stay.end_date is None:
        return None
    valid = [history for history in histories if not history.struck]
    written = [wording for history in histories_of_file(valid) for wording in history.wordings]
    since = [history for history in valid if stay.start_date is None or history.now.day >= stay.start_date]
    sent, asked, kept, ended = (
        _last(since, kinds)
        for kinds in ([EntryKind.SENT], [EntryKind.SENT, EntryKind.CHASED], [EntryKind.KEPT], [EntryKind.CONFIRMED, EntryKind.KEPT])
    )
    days = transfer_days()
    order_before = max(_order(sent), _order(ended if sent is None else kept))
    unsent = [wording for wording in written if wording.order > order_before]
    if unsent:
        first = local_time(min(unsent, key=lambda wording: wording.order).recorded_at).date()
        return _due(TransferStep.SEND, max(stay.end_date, first) if order_before else stay.end_date, days.sent, calendar)
    if sent is None or asked is None or _order(ended) > _order(asked):
        return None
    return _due(TransferStep.CONFIRM, asked.entry.day, days.confirmed, calendar)


def histories_of_file(histories: Iterable[EntryHistory]) -> list[EntryHistory]:
    """What the file tells: the entries that stand, beside those of its own sending. None where everything is struck out."""
    return [history for history in histories if not history.struck and history.now.kind not in _OF_SENDING]


def receipt_due(
    histories: Iterable[EntryHistory], stays: Sequence[Enrolment], calendar: SchoolCalendar, kept_since: date, today: date
) -> TransferDue | None:
    """Whether the file of the school before is still to come of a pupil who began since files are kept here; None where one came, or there was none.

    What came counts where it came after the stay before had ended.
    """
    stay = next((stay for stay in stays if stay.on_roll(today)), None)
    if stay is None or stay.start_date is None or stay.start_date < kept_since:
        return None
    left = max((stay_before.end_date for stay_before in stays if stay_before is not stay and stay_before.end_date), default=date.min)
    if any(history.now.kind == EntryKind.RECEIVED and not history.struck and history.now.day > left for history in histories):
        return None
    return _due(TransferStep.RECEIVE, stay.start_date, transfer_days().received, calendar)


def _last(histories: Iterable[EntryHistory], kinds: Sequence[EntryKind]) -> EntryWording | None:
    """Of the entries of some kinds the one that was recorded last: its first wording has when that was, and its last what it says."""
    last = max((history for history in histories if history.now.kind in kinds), key=lambda history: history.wordings[0].order, default=None)
    return replace(last.wordings[0], entry=last.now) if last is not None else None


def _order(wording: EntryWording | None) -> int:
    return wording.order if wording is not None else 0


def _due(step: TransferStep, day: date, number: int, calendar: SchoolCalendar) -> TransferDue:
    by_weekdays = calendar.school_days_after(day, number) is None
    return TransferDue(step, calendar.school_days_or_weekdays_after(day, number), by_weekdays)
