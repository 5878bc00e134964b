"""The September Guarantee: who should have a suitable offer, by when, and what counts as one."""

from datetime import date

import pytest

from pupil_desk.domain.learning.destination import Destination
from pupil_desk.domain.learning.guarantee import has_suitable_offer, offer_due_by

BY = date(2027, 9, 30)


@pytest.mark.parametrize(
    ("year_group", "day", "by"),
    [
        ("11", date(2026, 11, 24), BY),
        ("12", date(2027, 3, 1), BY),
        ("11", date(2027, 8, 31), BY),
        ("11", date(2026, 10, 1), BY),
        ("11", date(2026, 9, 1), BY),
        ("12", date(2027, 9, 1), BY),
        ("13", date(2027, 9, 30), BY),
        ("13", date(2027, 8, 31), None),
        ("10", date(2026, 11, 24), None),
        ("13", date(2026, 11, 24), None),
        (None, date(2027, 9, 1), None),
        ("X", date(2027, 3, 1), None),
    ],
)
def test_by_when(year_group: str | None, day: date, by: date | None) -> None:
    assert offer_due_by(year_group, day) == by


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (Destination(kind="offer", activity="230"), True),
        (Destination(kind="actual", activity="310", start=date(2026, 9, 1)), True),
        (Destination(kind="intended", activity="230"), False),
        (Destination(kind="six-months", activity="230"), False),
        (Destination(kind="offer", activity="330"), False),
        (Destination(kind="offer", activity="250"), False),
        (Destination(kind="offer", activity="619"), False),
        (Destination(kind="offer", activity="999"), False),
        (Destination(kind="offer", activity="450"), False),  # ended in 2023
        (Destination(kind="offer", activity="230", start=date(2026, 9, 7)), False),  # for the year before
        (Destination(kind="offer", activity="230", start=date(2027, 9, 6), confirmed_on=BY), True),
        (Destination(kind="offer", activity="230", start=date(2027, 10, 11), confirmed_on=date(2027, 10, 1)), False),
    ],
)
def test_what_counts(one: Destination, counts: bool) -> None:
    assert has_suitable_offer([Destination(kind="intended", activity="310"), one], BY) is counts
