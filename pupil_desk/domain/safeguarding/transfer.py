"""A file on its way: received from the school before, and, once the pupil has left, sent on, asked after, and confirmed. Worked out from entries.

The days are school days of the unit's calendar, with its holidays (``resources/safeguarding/transfer.toml``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry


@dataclass(frozen=True, slots=True)
class TransferDays:
    """School days until the file is sent on, and until a receipt that has not come is asked for."""

    sent: int
    confirmed: int


@by_rules
def transfer_days() -> TransferDays:
    """What ``resources/safeguarding/transfer.toml`` says."""
    data = rule_data("safeguarding", "transfer.toml")
    return TransferDays(int(data["sent"]), int(data["confirmed"]))


class TransferStep(Enum):
    """What is to be done next about a file on its way."""

    SEND = _("Send the file on")
    CONFIRM = _("Ask whether the file arrived")


@dataclass(frozen=True, slots=True)
class TransferDue:
    """What is to be done next, and by when."""

    step: TransferStep
    due: date


def transfer_due(entries: Iterable[SafeguardingEntry], left: date | None, calendar: SchoolCalendar) -> TransferDue | None:
    """What is to be done about the file of a pupil who left on that day; None where nothing is, or the pupil is here.

    It is sent on once since the pupil left; an entry that it is kept here, as where there is no next school, ends it. After each time that
    it was sent or asked after, a receipt is waited for anew.
    """
    if left is None:
        return None
    since = [entry for entry in entries if entry.struck is None and entry.day >= left]
    kinds = {entry.kind for entry in since}
    if EntryKind.CONFIRMED in kinds or EntryKind.KEPT in kinds:
        return None
    sent = max((entry.day for entry in since if entry.kind in (EntryKind.SENT, EntryKind.CHASED)), default=None)
    days = transfer_days()
    if EntryKind.SENT not in kinds or sent is None:
        return TransferDue(TransferStep.SEND, calendar.school_days_or_weekdays_after(left, days.sent))
    return TransferDue(TransferStep.CONFIRM, calendar.school_days_or_weekdays_after(sent, days.confirmed))
