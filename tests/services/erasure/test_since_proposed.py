"""What happens to a pupil's record between the proposal to erase it and the day: nothing goes that nobody agreed to, or that the law keeps by then."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.duplicates import merging
from pupil_desk.services.erasure import cases
from pupil_desk.services.pupils import pupils
from tests.services.exports.made import MOMENT, Unit


def test_neither_a_merging_nor_a_return_to_the_roll_lets_more_go_than_was_agreed(unit: Unit) -> None:
    born, left_long_ago = date(2005, 5, 6), Enrolment(status="C", start_date=date(2018, 9, 3), end_date=date(2020, 11, 20))
    kept, other = (unit.pupil(surname, "Bea", born, left_long_ago) for surname in ("Quill", "Quil"))
    cases.propose(unit.desk, other.id, Reach.ALL, Ground.REQUEST, "Request 7")
    (line,) = [line for line in cases.lines(unit.desk) if line.case is not None]
    for pair in ((kept.id, other.id), (other.id, kept.id)):
        with pytest.raises(WrongUse, match="An erasure of one of the two is proposed"):
            merging.merge(unit.desk, *pair, reason="One girl")

    pupils.add_stay(unit.desk, Enrolment(pupil_id=other.id, status="C", start_date=date(2026, 11, 23)))
    week_on = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(days=7)))
    with pytest.raises(WrongUse, match=r"The law keeps .* until 23 November 2032.* Withdraw this erasure"):
        cases.carry_out(week_on, line.id)
    assert unit.count("pupil") == 2

    cases.withdraw(week_on, line.id, "Back on the roll")
    merging.merge(week_on, kept.id, other.id, reason="One girl")
    assert [row[0] for row in pupils.listing(week_on)] == [kept.id]
