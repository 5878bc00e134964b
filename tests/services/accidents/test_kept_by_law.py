"""The entry of an accident that must be reported stays three years from the day it was made, whatever becomes of the record."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.retention import ACCIDENT
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import bin as bins
from pupil_desk.services import changes
from pupil_desk.services.accidents import recording
from pupil_desk.services.erasure import cases, due_for_erasure
from pupil_desk.services.pupils import pupils
from tests.services.accidents.test_accidents import TO_REPORT, TOLD, enter
from tests.services.class_scene import at
from tests.services.exports.made import DAY, Unit

UNTIL = DAY.replace(year=DAY.year + 3)


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


@pytest.mark.parametrize("answers", [{**TO_REPORT}, {"hospital": False, "reported_on": DAY}])
def test_one_that_is_or_must_be_reported_is_not_taken_away_nor_undone(unit: Unit, una: Pupil, answers: dict[str, object]) -> None:
    accident = enter(unit, una, **TOLD, **answers)
    with pytest.raises(WrongUse, match=r"until 24 November 2029 \(SI 2013/1471 regulation 12\)"):
        bins.take_away(unit.desk, "accident", accident.id, "Never was")
    undone = changes.undo(unit.desk, changes.recent(unit.desk)[0].key)
    assert [line.reason for line in undone.left] == [bins.why_record_stays(unit.desk, "accident", accident.id)]
    assert recording.of_pupil(unit.desk, una.id) == [accident]
    bins.take_away(at(unit.desk, UNTIL), "accident", accident.id, "Never was")
    assert recording.of_pupil(unit.desk, una.id) == []


def test_a_pupil_with_one_is_not_taken_away_as_entered_by_mistake(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, **TO_REPORT)
    with pytest.raises(WrongUse, match=r"until 24 November 2029 \(SI 2013/1471 regulation 12\)"):
        bins.take_pupil_away(unit.desk, una.id, "Typed in twice")
    assert recording.of_pupil(unit.desk, una.id) == [accident]
    recording.save(unit.desk, dataclasses.replace(accident, treated=False))
    bins.take_pupil_away(unit.desk, una.id, "Typed in twice")
    assert pupils.on_roll(unit.desk, unit.desk.today) == []


def test_another_is_taken_away_as_before_and_so_is_one_put_right(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, **TO_REPORT)
    recording.save(unit.desk, dataclasses.replace(accident, treated=False))
    bins.take_away(unit.desk, "accident", accident.id, "Never was")
    assert recording.of_pupil(unit.desk, una.id) == []


def test_the_book_outlasts_a_record_that_was_sent_on(unit: Unit, una: Pupil) -> None:
    enter(unit, una, **TOLD, hospital=False)
    (book,) = [held for held in due_for_erasure.held_items(unit.desk, [una.id]) if held.part == ACCIDENT]
    assert (book.due, book.retention_class.law_keeps(book.happened)) == (date(2037, 1, 5), UNTIL)
    with pytest.raises(Refused, match="The law keeps the entries of the accident book until 24 November 2029: 3 years from each entry"):
        cases.propose(unit.desk, una.id, Reach.PART, Ground.REQUEST, "Request 7", parts=[ACCIDENT])
