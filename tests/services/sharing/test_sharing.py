"""Choices as they come in, and what each recipient would be told."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.sharing import youth_support_service
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notices import notices
from pupil_desk.services.sharing import sharing
from tests.services.exports.made import DAY, Unit
from tests.services.state import log_of, state

SEPTEMBER = date(2026, 9, 10)


def _choice(pupil: Pupil, **changed: object) -> Choice:
    right = Choice(
        pupil_id=pupil.id, recipient="youth-support", choice="restrict", by="parent", on=SEPTEMBER, giver="Ada Penn", channel="form"
    )
    return dataclasses.replace(right, **changed)


def _zoe(unit: Unit, dob: date = date(2012, 5, 1)) -> Pupil:
    return unit.pupil("Penn", "Zoë", dob, address_1="1 Lane", postcode="SG4 7ZZ")


@pytest.mark.parametrize(
    ("dob", "changed", "code"),
    [
        (date(2012, 5, 1), {"on": date(2026, 11, 25)}, "future_date"),
        (date(2012, 5, 1), {"by": "pupil"}, "not_theirs_to_choose"),
        (date(2010, 5, 1), {"on": date(2026, 5, 1)}, "not_theirs_to_choose"),
        (date(2012, 5, 1), {"recipient": "everyone"}, "unknown_code"),
        (date(2012, 5, 1), {"choice": "perhaps"}, "unknown_code"),
        (date(2012, 5, 1), {"giver": "x" * 101}, "too_long"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(unit: Unit, dob: date, changed: dict[str, object], code: str) -> None:
    pupil = _zoe(unit, dob)
    before = state(unit.desk)
    with pytest.raises(Refused) as refused:
        sharing.record_choices(unit.desk, [_choice(pupil, **changed)])
    assert code in [problem.code for problem in refused.value.problems]
    assert state(unit.desk) == before


def test_a_parents_choice_holds_until_the_day_before_the_16th_birthday(unit: Unit) -> None:
    pupil = _zoe(unit, date(2010, 5, 1))
    sharing.record_choices(unit.desk, [_choice(pupil, on=date(2026, 4, 30))])
    sharing.record_choices(unit.desk, [_choice(pupil, on=date(2026, 5, 1), by="pupil", giver=None)])
    assert unit.count("choice") == 2


def test_the_same_event_twice_is_one(unit: Unit) -> None:
    pupil = _zoe(unit)
    sharing.record_choices(unit.desk, [_choice(pupil)])
    for again in (_choice(pupil), _choice(pupil, giver=" ADA  penn ")):
        with pytest.raises(WrongUse, match="on file already"):
            sharing.record_choices(unit.desk, [again])
    sharing.record_choices(unit.desk, [_choice(pupil, on=date(2026, 9, 11))])
    assert unit.count("choice") == 2
    mother, guardian = (unit.contact(pupil, "Penn", forename="Ada", relationship=relation).id for relation in ("PAM", "CAR"))
    of_one_name = [_choice(pupil, on=date(2026, 9, 12), contact_id=contact_id) for contact_id in (mother, guardian, guardian)]
    for choice in of_one_name[:2]:
        sharing.record_choices(unit.desk, [choice])
    with pytest.raises(WrongUse, match="on file already"):
        sharing.record_choices(unit.desk, of_one_name[2:])
    assert unit.count("choice") == 4


def test_the_answers_on_one_form_are_kept_together_or_not_at_all(unit: Unit) -> None:
    pupil, other = _zoe(unit), unit.pupil("Marsh", "Kim", date(2012, 5, 1))
    both = (_choice(pupil), _choice(pupil, recipient="post-16"))
    with pytest.raises(WrongUse):
        sharing.record_choices(unit.desk, (both[0], both[0]))
    with pytest.raises(WrongUse, match="more than one pupil"):
        sharing.record_choices(unit.desk, (both[0], _choice(other)))
    assert unit.count("choice") == 0
    before = len(log_of(unit.desk))
    sharing.record_choices(unit.desk, both)
    assert [row[3] for row in log_of(unit.desk)[before:]] == ["post-16 parent", "youth-support parent"]


@pytest.mark.parametrize("channel", ["letter", "email", "phone", "in-person", None])
def test_the_office_enters_only_what_came_on_a_form(unit: Unit, channel: str | None) -> None:
    pupil, office = _zoe(unit), unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed, match="assistant head and data officer"):
        sharing.record_choices(office, [_choice(pupil, channel=channel)])
    sharing.record_choices(office, [_choice(pupil)])
    sharing.record_choices(unit.as_role(Role.ASSISTANT_HEAD), [_choice(pupil, channel=channel)])
    assert unit.count("choice") == 2


def test_the_preview_says_what_goes_and_what_is_withheld(unit: Unit) -> None:
    pupil = _zoe(unit)
    mother = unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    unit.protect(pupil, "order", mother)
    sharing.record_choices(unit.desk, [_choice(pupil)])
    (row,) = sharing.preview(unit.desk, "youth-support", DAY)
    assert row.pupil == pupil
    assert (row.decision.level, row.decision.decided_by) == ("minimum", "parent")
    assert "Ada Penn restricted it on 10 September 2026." in row.decision.reason
    assert row.decision.items == youth_support_service().minimum
    assert set(row.decision.items) | set(row.withheld) == set(youth_support_service().full)
    assert not set(row.decision.items) & set(row.withheld)
    assert [protection.kind for protection in row.protections] == ["order"]
    assert sharing.preview(unit.desk, "youth-support", date(2026, 9, 1)) == []
    with pytest.raises(WrongUse, match="youth-support, post-16"):
        sharing.preview(unit.desk, "nobody")


def test_what_would_be_told_is_shown_before_a_choice_is_recorded(unit: Unit) -> None:
    pupil = _zoe(unit)
    unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "post")
    now = sharing.decision_for(unit.desk, pupil.id, "youth-support", DAY)
    then = sharing.decision_with(unit.desk, _choice(pupil), DAY)
    assert now
    assert then
    assert (now.level, then.level) == ("full", "minimum")
    assert unit.count("choice") == 0
    assert sharing.decision_for(unit.desk, "nobody", "youth-support", DAY) is None


def test_the_timeline_is_the_latest_first_and_says_who_recorded_it(unit: Unit) -> None:
    pupil = _zoe(unit)
    first, second = _choice(pupil), _choice(pupil, on=date(2026, 10, 1), choice="allow")
    sharing.record_choices(unit.desk, [second])
    sharing.record_choices(unit.as_role(Role.OFFICE), [first])
    timeline = sharing.timeline(unit.desk, pupil.id)
    assert [choice.on for choice in timeline.choices] == [second.on, first.on]
    assert [timeline.recordings[choice.id]["name"] for choice in timeline.choices] == ["Ann Officer", "Colleague office"]


def test_unasked_are_those_whose_holder_of_the_choice_has_not_spoken(unit: Unit) -> None:
    young = unit.pupil("Young", "Al", date(2014, 5, 1))
    asked, unasked = _zoe(unit), unit.pupil("Marsh", "Kim", date(2012, 5, 1))
    was_parents = unit.pupil("Older", "Jo", date(2010, 5, 1))
    sharing.record_choices(unit.desk, [_choice(asked)])
    sharing.record_choices(unit.desk, [_choice(was_parents, on=date(2026, 4, 1))])
    assert young not in sharing.unasked(unit.desk, DAY)
    assert sharing.unasked(unit.desk, DAY) == [unasked, was_parents]


def test_from_16_a_pupil_is_to_be_asked_about_colleges_too(unit: Unit) -> None:
    own = unit.pupil("Older", "Jo", date(2010, 5, 1))
    sharing.record_choices(unit.desk, [_choice(own, by="pupil", giver=None)])
    assert sharing.unasked(unit.desk, DAY) == [own]
    sharing.record_choices(unit.desk, [_choice(own, by="pupil", giver=None, recipient="post-16")])
    assert sharing.unasked(unit.desk, DAY) == []


def test_the_import_of_choices_has_the_columns_of_its_contract(unit: Unit) -> None:
    from pupil_desk.services.imports.choices import CHOICES

    assert [item.name for item in CHOICES.columns] == ["upn", "recipient", "choice", "by", "on", "giver", "channel", "note"]
