"""By when a file is sent on and asked after: school days of the unit's calendar, with holidays, against days counted by hand."""

from datetime import date

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.calendar import SchoolCalendar, Term
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, EntryWording, SafeguardingEntry, statuses_on
from pupil_desk.domain.safeguarding.transfer import TransferDue, TransferStep, receipt_due, transfer_days, transfer_due

TERMS = (
    Term(start=date(2026, 9, 2), end=date(2026, 10, 23)),
    Term(start=date(2026, 11, 2), end=date(2026, 12, 18)),
    Term(start=date(2027, 1, 5), end=date(2027, 2, 12)),
)
CALENDAR = SchoolCalendar(TERMS, closed={date(2026, 11, 27): "Training"})
LEFT = date(2026, 11, 24)  # a Tuesday


BEGAN = date(2026, 10, 5)
RECORDED = "2026-11-24T09:00:00Z"


def recorded(kind: EntryKind, day: date, at: str = RECORDED, **values: str) -> tuple[str, SafeguardingEntry]:
    return at, SafeguardingEntry(pupil_id="p", kind=kind, day=day, **values)


def due_of(*entries: tuple[str, SafeguardingEntry], left: date = LEFT, calendar: SchoolCalendar = CALENDAR) -> TransferDue | None:
    """What is due about a file with these entries, in the order of recording."""
    stay = Enrolment(status="C", start_date=min(BEGAN, left), end_date=left)
    return transfer_due(histories(*entries), stay, calendar)


def histories(*entries: tuple[str, SafeguardingEntry]) -> list[EntryHistory]:
    return [EntryHistory((EntryWording(entry, at, "u", "Jo", order),)) for order, (at, entry) in enumerate(entries, 1)]


CONCERN = recorded(EntryKind.CONCERN, BEGAN, text="x")
SENT = recorded(EntryKind.SENT, date(2026, 11, 25))
KEPT = recorded(EntryKind.KEPT, LEFT, text="Works now")


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
    by_weekdays = left == date(2027, 2, 12)
    assert due_of(CONCERN, left=left) == TransferDue(TransferStep.SEND, due, by_weekdays)


def test_nothing_is_due_while_the_pupil_is_here() -> None:
    assert transfer_due(histories(CONCERN), None, CALENDAR) is None


def test_a_receipt_is_asked_for_until_it_is_confirmed() -> None:
    waiting = TransferDue(TransferStep.CONFIRM, date(2026, 12, 3))
    assert due_of(CONCERN, SENT) == waiting
    chased = recorded(EntryKind.CHASED, date(2026, 12, 4))
    assert due_of(CONCERN, SENT, chased) == TransferDue(TransferStep.CONFIRM, date(2026, 12, 11))
    confirmed = recorded(EntryKind.CONFIRMED, date(2026, 12, 7))
    assert due_of(CONCERN, SENT, chased, confirmed) is None
    assert due_of(CONCERN, SENT, confirmed, SENT) == waiting, "it was sent once more"


def test_what_is_written_after_it_was_kept_here_is_to_be_sent() -> None:
    written = recorded(EntryKind.EVENT, date(2026, 12, 8), at="2026-12-08T09:00:00Z", text="At college now")
    assert due_of(CONCERN, KEPT) is None
    assert due_of(CONCERN, KEPT, written) == TransferDue(TransferStep.SEND, date(2026, 12, 15))


def test_what_was_sent_before_the_pupil_came_or_was_struck_out_does_not_count() -> None:
    before = recorded(EntryKind.SENT, date(2026, 9, 30))
    struck = recorded(EntryKind.SENT, date(2026, 11, 25), struck="Another pupil")
    assert due_of(CONCERN, before, struck) == TransferDue(TransferStep.SEND, date(2026, 12, 2))


def test_a_file_that_goes_ahead_of_the_last_day_is_sent() -> None:
    ahead = [recorded(kind, date(2026, 11, 23)) for kind in (EntryKind.SENT, EntryKind.CONFIRMED)]
    assert due_of(CONCERN, *ahead) is None


def test_a_file_that_stays_here_is_not_sent_on_until_it_is_sent_after_all() -> None:
    assert due_of(CONCERN, KEPT) is None
    assert due_of(CONCERN, KEPT, SENT) == TransferDue(TransferStep.CONFIRM, date(2026, 12, 3))


def test_a_file_in_which_all_is_struck_out_is_not_sent_on() -> None:
    assert due_of(recorded(EntryKind.CONCERN, LEFT, text="x", struck="Of another pupil")) is None


def test_what_is_written_after_the_file_went_goes_after_it() -> None:
    confirmed = recorded(EntryKind.CONFIRMED, date(2026, 11, 30))
    later = recorded(EntryKind.CONCERN, LEFT, at="2026-12-01T09:00:00Z", text="x")
    assert due_of(CONCERN, SENT, confirmed, later) == TransferDue(TransferStep.SEND, date(2026, 12, 8))
    assert due_of(CONCERN, SENT, later, KEPT) is None
    assert due_of(CONCERN, SENT, later, SENT) == TransferDue(TransferStep.CONFIRM, date(2026, 12, 3))


def test_of_who_began_since_files_are_kept_the_file_of_the_school_before_is_asked_for() -> None:
    stay, before = Enrolment(status="C", start_date=BEGAN), Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 9, 18))
    since, today = date(2026, 9, 1), LEFT
    asked = TransferDue(TransferStep.RECEIVE, date(2026, 10, 12))

    def due(
        *entries: tuple[str, SafeguardingEntry], stays: tuple[Enrolment, ...] = (stay,), kept_since: date = since
    ) -> TransferDue | None:
        return receipt_due(histories(*entries), stays, CALENDAR, kept_since, today)

    came = recorded(EntryKind.RECEIVED, date(2026, 10, 1), school="Mill Lane School")
    assert due(CONCERN) == asked
    assert due(came) is None, "one that came before the first day came"
    assert due(recorded(EntryKind.RECEIVED, date(2026, 10, 1), struck="Of another")) == asked
    assert due(recorded(EntryKind.RECEIVED, date(2026, 9, 10)), stays=(before, stay)) == asked, "of the stay before"
    assert due(kept_since=date(2026, 11, 1)) is None
    assert due(stays=(before,)) is None


def test_weekdays_are_said_where_no_terms_are_entered() -> None:
    due = due_of(CONCERN, calendar=SchoolCalendar(confirmed=False))
    assert due == TransferDue(TransferStep.SEND, date(2026, 12, 1), by_weekdays=True)


def test_of_two_statuses_of_one_day_the_one_recorded_last_holds_in_whatever_order() -> None:
    both = histories(*(recorded(EntryKind.STATUS, LEFT, status=status) for status in ("early-help", "child-protection")))
    workers = histories(*(recorded(EntryKind.STATUS, LEFT, status="prevent", social_worker=worker) for worker in ("Al", "Bo")))
    for order in (both, both[::-1]):
        assert [entry.status for entry in statuses_on(order, LEFT)] == ["child-protection"]
        assert [entry.social_worker for entry in statuses_on(workers if order is both else workers[::-1], LEFT)] == ["Bo"]
