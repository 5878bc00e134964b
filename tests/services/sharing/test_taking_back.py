"""A choice that was entered by mistake is taken back: it stays to be read, with the reason, and counts for nothing."""

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.sharing import sharing, wishes
from tests.services.exports.made import DAY, Unit
from tests.services.sharing.test_wishes import YOUTH, mother, said, zoe  # noqa: F401 - fixtures


def test_a_choice_by_mistake_is_taken_back_with_a_reason_and_counts_for_nothing(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    wishes.answer(unit.desk, [said(zoe, "restrict", DAY, channel="phone")], contact_id=mother.id)
    (choice,) = sharing.timeline(unit.desk, zoe.id).choices
    with pytest.raises(NotAllowed):
        sharing.take_back(unit.as_role(Role.OFFICE), zoe.id, choice.id, "Wrong family")
    with pytest.raises(Refused):
        sharing.take_back(unit.desk, zoe.id, choice.id, "  ")
    sharing.take_back(unit.desk, zoe.id, choice.id, "Wrong family")
    timeline = sharing.timeline(unit.desk, zoe.id)
    assert [timeline.recordings[kept.id]["back_because"] for kept in timeline.choices] == ["Wrong family"], "it stays to be read"
    assert wishes.wishes_of(unit.desk, zoe.id)[YOUTH].holds is None
    assert ("record-choice", zoe.id, "taken back: youth-support parent") in unit.log()
    with pytest.raises(WrongUse):
        sharing.take_back(unit.desk, zoe.id, choice.id, "Again")


def test_the_office_takes_back_what_came_on_a_form(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    office = unit.as_role(Role.OFFICE)
    wishes.answer(office, [said(zoe)], contact_id=mother.id)
    sharing.take_back(office, zoe.id, sharing.timeline(office, zoe.id).choices[0].id, "Wrong form")
    assert wishes.wishes_of(unit.desk, zoe.id)[YOUTH].holds is None
