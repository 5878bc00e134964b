"""By when a file is sent on and asked after: school days of the unit's calendar, with holidays, against days counted by hand."""

from datetime import date

import pytest

from pupil_desk.domain.register.calendar import SchoolCalendar, Term
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.transfer import TransferDue, TransferStep, transfer_days, transfer_due

TERMS = (
    Term(start=date(2026, 9, 2), end=date(2026, 10, 23)),
    Term(start=date(2026, 11, 2), end=date(2026, 12, 18)),
    Term(start=date(2027, 1, 5), end=date(2027, 2, 12)),
)
CALENDAR = SchoolCalendar(TERMS, closed={date(2026, 11, 27): "Training"})
LEFT = date(2026, 11, 24)  # a Tuesday


def entry(kind: EntryKind, day: date, **values: str) -> SafeguardingEntry:
    return SafeguardingEntry(pupil_id="p", kind=kind, day=day, **values)


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (date(2026, 9, 7), date(2026, 9, 14)),  # Monday: Tuesday to Friday, and the Monday after
        (LEFT, date(2026, 12, 2)),  # the Friday is closed: Wednesday, Thursday, Monday, Tuesday, Wednesday
        (date(2026, 10, 21), date(2026, 11, 4)),  # two days, a week of half-term, then three
        (date(2026, 12, 18), date(2027, 1, 11)),  # the last day of term: the first five of the next
        (date(2026, 12, 25), date(2027, 1, 11)),  # in the holidays
        (date(2027, 2, 12), date(2027, 2, 19)),  # beyond the terms on file: weekdays
    ],
)
def test_it_is_sent_on_within_five_school_days(left: date, due: date) -> None:
    assert transfer_days().sent == 5
    assert transfer_due([entry(EntryKind.CONCERN, left, text="x")], left, CALENDAR) == TransferDue(TransferStep.SEND, due)


def test_nothing_is_due_while_the_pupil_is_here() -> None:
    assert transfer_due([entry(EntryKind.CONCERN, LEFT, text="x")], None, CALENDAR) is None


def test_a_receipt_is_asked_for_until_it_is_confirmed() -> None:
    sent = entry(EntryKind.SENT, date(2026, 11, 25))
    assert transfer_due([sent], LEFT, CALENDAR) == TransferDue(TransferStep.CONFIRM, date(2026, 12, 3))
    chased = entry(EntryKind.CHASED, date(2026, 12, 4))
    assert transfer_due([sent, chased], LEFT, CALENDAR) == TransferDue(TransferStep.CONFIRM, date(2026, 12, 11))
    assert transfer_due([sent, chased, entry(EntryKind.CONFIRMED, date(2026, 12, 7))], LEFT, CALENDAR) is None


def test_what_was_sent_before_the_pupil_came_back_or_was_struck_out_does_not_count() -> None:
    before = entry(EntryKind.SENT, date(2026, 9, 30))
    struck = entry(EntryKind.SENT, date(2026, 11, 25), struck="Another pupil")
    assert transfer_due([before, struck], LEFT, CALENDAR) == TransferDue(TransferStep.SEND, date(2026, 12, 2))


def test_a_file_that_stays_here_is_not_sent_on() -> None:
    assert transfer_due([entry(EntryKind.KEPT, LEFT, text="Works now")], LEFT, CALENDAR) is None
