"""How long each class is kept: the periods against dates worked out by hand, and what they must all say."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.retention import PROOF, RECORD, longest, periods


@pytest.mark.parametrize(
    ("name", "dob", "entry", "until"),
    [(RECORD, date(2001, 5, 6), None, date(2026, 5, 6)), (RECORD, date(2004, 2, 29), None, date(2029, 3, 1)),
     (RECORD, date(2001, 5, 6), date(2026, 1, 1), date(2026, 5, 6)),
     ("register", date(2001, 5, 6), date(2017, 7, 21), date(2026, 5, 6)), ("register", date(2001, 5, 6), date(2021, 3, 1), date(2027, 3, 1)),
     ("register", date(2001, 5, 6), None, date(2026, 5, 6)), (PROOF, date(2001, 5, 6), None, date(2032, 5, 6)),
     ("request", date(2001, 5, 6), None, date(2032, 5, 6)), ("consent", date(2001, 5, 6), None, date(2026, 5, 6))],
)  # fmt: skip
def test_the_day_from_which_it_need_not_be_kept(name: str, dob: date, entry: date | None, until: date) -> None:
    assert periods()[name].until(dob, entry) == until


def test_every_class_that_an_item_may_name_has_its_period_its_source_and_how_sure_we_are() -> None:
    assert set(codelist("retention").codes) <= set(periods())
    for name, period in periods().items():
        assert period.source, name
        assert period.sure in ("high", "medium", "low", "design"), name


def test_where_several_classes_meet_the_longest_holds() -> None:
    assert longest(frozenset({RECORD, "register"})) == "register"
    assert longest(frozenset({RECORD, "register", PROOF})) == PROOF
    assert longest(frozenset()) == RECORD


@given(st.dates(date(1990, 1, 1), date(2015, 12, 31)), st.dates(date(2005, 1, 1), date(2040, 12, 31)))
def test_no_entry_of_a_register_goes_before_six_years(dob: date, entry: date) -> None:
    until = periods()["register"].until(dob, entry)
    assert until >= date(entry.year + 6, entry.month, min(entry.day, 28))
    assert until >= periods()[RECORD].until(dob) - timedelta(days=0)
