"""What is undone, or put back, of a pupil in the recycle bin: nothing before the pupil."""

import dataclasses

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import bin as bins
from pupil_desk.services import changes
from pupil_desk.services.pupils import finding, pupils
from tests.services.changes.test_undoing import ann, last
from tests.services.exports.made import Unit

__all__ = ["ann"]  # a fixture


def test_nothing_comes_back_of_a_pupil_in_the_recycle_bin(unit: Unit, ann: Pupil) -> None:
    """Undoing, or putting one record back, would hang it on a pupil whom no list shows."""
    mother = unit.contact(ann, "Hall", forename="Ada")
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, town="Ware"))
    changed = last(unit.desk)
    bins.take_pupil_away(unit.desk, ann.id, "Entered twice")
    for act in (last(unit.desk), changed):
        undone = changes.undo(unit.desk, act)
        assert undone.lines == ()
        assert {left.reason.split(".")[0] for left in undone.left} == {"The pupil is in the recycle bin"}
    with pytest.raises(WrongUse, match="comes back with its pupil"):
        bins.put_back(unit.desk, f"contact|{mother.id}")
    assert unit.count("contact") == 0
    bins.put_back(unit.desk, f"pupil|{ann.id}")
    assert [contact.id for contact in pupils.record(unit.desk, ann.id).contacts] == [mother.id]


def test_a_pupil_put_back_is_found_by_the_name_of_before(unit: Unit, ann: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ann, surname="Marsh"))
    bins.take_pupil_away(unit.desk, ann.id, "Entered twice")
    assert finding.find(unit.desk, "hall") == []
    bins.put_back(unit.desk, f"pupil|{ann.id}")
    assert [found.pupil_id for found in finding.find(unit.desk, "hall")] == [ann.id]
