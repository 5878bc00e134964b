"""Learning and destinations through their services: kept, corrected with what they said before, shown on the sheet, logged."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.learning import next_steps
from pupil_desk.store.rows import amendments
from tests.services.exports.made import Unit


def test_learning_is_added_corrected_and_its_history_kept(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", date(2011, 2, 1))
    next_steps.add_learning(unit.desk, Learning(pupil_id=pupil.id, kind="course", title=" GCSE  Maths ", level="Level 2"))
    (one,) = next_steps.learning_of_pupil(unit.desk, pupil.id)
    assert one.title == "GCSE Maths"
    assert not next_steps.save_learning(unit.desk, one).kinds
    changed = next_steps.save_learning(unit.desk, dataclasses.replace(one, result="4", result_date=date(2027, 8, 19)))
    assert changed.kinds == {"learning"}
    said = [(row["kind"], row["item"], row["old"], row["new"]) for row in amendments.of_pupil(unit.desk.vault, pupil.id)]
    assert said[-3:] == [("learning", "", None, None), ("learning", "result", None, "4"), ("learning", "result_date", None, "2027-08-19")]
    assert [row[2] for row in unit.log()[-2:]] == ["learning added", "learning: result, result_date"]


def test_a_destination_is_added_and_stands_on_the_sheet(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", date(2011, 2, 1))
    next_steps.add_destination(unit.desk, Destination(pupil_id=pupil.id, kind="offer", activity="310", source="letter"))
    sections = {section.name: section for section in sheet.everything(unit.desk, pupil.id)}
    (entry,) = sections["destinations"].entries
    words = {name: shown for name, _label, _value, shown in entry.facts}
    assert (words["kind"], words["activity"], words["source"]) == ("Offer", "Apprenticeship", "letter")
    assert sections["learning"].entries == ()


def test_what_cannot_be_is_refused(unit: Unit) -> None:
    pupil = unit.pupil("Hall", "Ann", date(2011, 2, 1))
    with pytest.raises(Refused) as refused:
        next_steps.add_destination(unit.desk, Destination(pupil_id=pupil.id, kind="offer", activity="999"))
    assert [problem.code for problem in refused.value.problems] == ["unknown_code"]
    with pytest.raises(Refused):
        next_steps.add_learning(unit.desk, Learning(pupil_id=pupil.id, kind="course", title=" "))
    with pytest.raises(WrongUse):
        next_steps.save_learning(unit.desk, Learning(id="none", pupil_id=pupil.id, kind="course", title="Maths"))
    assert unit.count("learning") == unit.count("destination") == 0


def test_reading_asks_the_role(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services import roles

    monkeypatch.setattr(roles, "MAY", {})
    with pytest.raises(NotAllowed):
        next_steps.learning_of_pupil(unit.desk, "someone")


def _in(unit: Unit, month: int) -> Desk:
    return dataclasses.replace(unit.desk, clock=FixedClock(datetime(2027, month, 24, 10, tzinfo=UTC)))


def test_years_11_and_12_without_a_suitable_offer_are_told_while_offers_are_made(unit: Unit) -> None:
    none = unit.pupil("Hall", "Ann", date(2011, 2, 1), year_group="11")
    wishes = unit.pupil("Ivy", "Ben", date(2010, 2, 1), year_group="12")
    offered = unit.pupil("Joy", "Cat", date(2011, 2, 1), year_group="11")
    unit.pupil("Kay", "Dot", date(2012, 2, 1), year_group="10")
    job = unit.pupil("Lee", "Eli", date(2010, 2, 1), year_group="12")
    gone_up = unit.pupil("May", "Flo", date(2009, 2, 1), year_group="13")
    next_steps.add_destination(unit.desk, Destination(pupil_id=job.id, kind="offer", activity="330"))
    next_steps.add_destination(unit.desk, Destination(pupil_id=wishes.id, kind="intended", activity="230"))
    next_steps.add_destination(unit.desk, Destination(pupil_id=offered.id, kind="offer", activity="230"))
    assert home.tasks(_in(unit, 4)).no_offer == [none, wishes, job]
    assert home.tasks(_in(unit, 9)).no_offer == [wishes, job, gone_up], "a new Year 11 has a year to go"
    assert home.tasks(_in(unit, 2)).no_offer == home.tasks(_in(unit, 10)).no_offer == []
