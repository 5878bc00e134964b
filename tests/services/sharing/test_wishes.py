"""The timeline of a wish, as the services keep it: asking, reminding, answering by one who may, settling, taking back."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.domain.sharing.wish import Reply
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.home import home
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.pupils import contacts
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing, wish_waiting, wishes
from pupil_desk.services.sharing.wishes import Askee
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, Unit
from tests.services.state import state

YOUTH = "youth-support"


@pytest.fixture
def zoe(unit: Unit) -> Pupil:
    return unit.pupil("Penn", "Zoë", date(2012, 5, 1), upn="Y919110026001", address_1="1 Lane", postcode="SG4 7ZZ")


@pytest.fixture
def mother(unit: Unit, zoe: Pupil) -> Contact:
    return unit.contact(zoe, "Penn", forename="Ada", title="Ms", parental_responsibility=True, lives_with=True, order=1)


@pytest.fixture
def father(unit: Unit, zoe: Pupil) -> Contact:
    return unit.contact(
        zoe, "Penn", forename="Tom", parental_responsibility=True, lives_with=False, address_1="9 Mill Lane", postcode="SG4 7HA", order=2
    )


def said(pupil: Pupil, choice: str = "restrict", on: date = DAY, channel: str = "form", **more: object) -> Choice:
    made = Choice(pupil_id=pupil.id, recipient=YOUTH, choice=choice, by="parent", on=on, channel=channel)
    return dataclasses.replace(made, **more)


def print_forms(unit: Unit, *people: Pupil) -> Sequence[NumberedForm]:
    made = printing.make_forms(unit.desk, "sharing-choice", people).forms
    printing.record_printed(unit.desk, made)
    return made


def steps(unit: Unit, pupil: Pupil) -> list[tuple[str, str | None, str | None]]:
    return [(step.step, step.asked, step.channel) for step in wishes.steps_of(unit.desk, pupil.id).steps]


# -- asking


def test_a_printed_form_asks_each_household_and_keeps_the_words_once(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    print_forms(unit, zoe)
    assert steps(unit, zoe) == [("asked", "Ms Ada Penn", "form"), ("asked", "Tom Penn", "form")]
    assert unit.count("wording") == 1
    known = wishes.steps_of(unit.desk, zoe.id)
    shown = known.shown[known.steps[0].wording_id or ""]
    assert shown["language"] == "en"
    assert shown["text"].startswith("The local authority’s youth support service helps young people")
    assert "- No: tell it only the child’s name, address and date of birth." in shown["text"]


def test_printing_again_that_day_is_nothing_and_later_a_reminder(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    with unit.desk.act(Action.RECORD_ASKED, "pupil", zoe.id, "") as work:
        wishes.keep_asking(work, zoe.id, [mother.id], day=date(2026, 11, 2))
    again = print_forms(unit, zoe)
    printing.record_printed(unit.desk, again)
    assert [step[0] for step in steps(unit, zoe)] == ["asked", "reminded"]


def test_asking_somebody_who_has_answered_begins_anew(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    with unit.desk.act(Action.RECORD_ASKED, "pupil", zoe.id, "") as work:
        wishes.keep_asking(work, zoe.id, [mother.id], day=date(2026, 10, 2))
    wishes.answer(unit.desk, [said(zoe, on=date(2026, 10, 9))], contact_id=mother.id)
    print_forms(unit, zoe)
    assert [step[0] for step in steps(unit, zoe)] == ["asked", "asked"]


def test_a_printed_form_with_another_number_is_another_asking(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    for number in ("one", "two", "two"):
        with unit.desk.act(Action.PRINT_FORM, "pupil", zoe.id, "") as work:
            wishes.keep_asking(work, zoe.id, [mother.id], form_id=number, wording="Q", language="en")
    assert [step.form_id for step in wishes.steps_of(unit.desk, zoe.id).steps] == ["one", "two"]


def test_reminders_are_due_after_the_school_days_of_the_setting(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    with unit.desk.act(Action.RECORD_ASKED, "pupil", zoe.id, "") as work:
        wishes.keep_asking(work, zoe.id, [mother.id], day=date(2026, 10, 21))  # a week before half-term
    (one,) = wish_waiting.waiting(unit.desk)
    assert one.due == date(2026, 11, 11), "the days of half-term are not counted"
    assert wish_waiting.to_remind([one], date(2026, 11, 10)) == []
    assert wish_waiting.to_remind([one], date(2026, 11, 11)) == [one]
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, reminder_days=2))
    assert wish_waiting.waiting(unit.desk)[0].due == date(2026, 10, 23)
    with pytest.raises(Refused):
        settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, reminder_days=0))


def test_who_waits(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    unit.pupil("Young", "Al", date(2014, 5, 1))
    old = unit.pupil("Older", "Jo", date(2010, 5, 1))
    wishes.answer(unit.desk, [said(zoe)], contact_id=mother.id)
    wishes.record_asked(unit.desk, [Askee(zoe.id, father.id), Askee(old.id, None)], "phone")
    found = [(row.giver.name, row.reply, row.about) for row in wish_waiting.waiting(unit.desk)]
    assert found == [
        ("Jo Older", Reply.ASKED, (YOUTH, "post-16")),
        ("Ms Ada Penn", Reply.ANSWERED, ()),
        ("Tom Penn", Reply.ASKED, (YOUTH,)),
    ]
    with pytest.raises(Refused):
        wishes.record_asked(unit.desk, [Askee(zoe.id, father.id)], "phone", date(2026, 11, 25))


# -- answering


def test_an_answer_names_its_contact_form_wording_and_paper(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    with unit.desk.act(Action.PRINT_FORM, "pupil", zoe.id, "") as work:
        wishes.keep_asking(work, zoe.id, [mother.id], form_id="form-1", wording="Yes?\n- No", language="pl")
    wishes.answer(unit.desk, [said(zoe)], contact_id=mother.id, evidence_id="paper")
    (kept,) = sharing.timeline(unit.desk, zoe.id).choices
    assert (kept.giver, kept.contact_id, kept.form_id, kept.evidence_id) == ("Ms Ada Penn", mother.id, "form-1", "paper")
    (section,) = [one for one in sheet.everything(unit.desk, zoe.id) if one.name == "choices"]
    facts = {name: words for name, _label, _value, words in section.entries[0].facts}
    assert (facts["wording"], facts["language"]) == ("Yes?\n- No", "Polish")
    (asked,) = [one for one in sheet.everything(unit.desk, zoe.id) if one.name == "wishes"]
    assert {name: words for name, _label, _value, words in asked.entries[0].facts}["recorded_by"] == "Ann Officer"


def test_only_a_contact_with_parental_responsibility_and_under_no_order_may_give_it(
    unit: Unit, zoe: Pupil, mother: Contact, father: Contact
) -> None:
    aunt = unit.contact(zoe, "Lee", forename="Bea")
    unit.protect(zoe, ORDER, father)
    other = unit.pupil("Marsh", "Kim", date(2012, 5, 1))
    stranger = unit.contact(other, "Marsh", parental_responsibility=True)
    before = state(unit.desk)
    for contact_id in (aunt.id, father.id, stranger.id, None):
        with pytest.raises(Refused) as refused:
            wishes.answer(unit.desk, [said(zoe)], contact_id=contact_id)
        assert refused.value.problems[0].column == "giver"
    assert state(unit.desk) == before


def test_all_that_is_wrong_with_an_answer_is_said_at_once_and_each_thing_once(unit: Unit, zoe: Pupil) -> None:
    to_come = said(zoe, on=date(2026, 11, 25))
    with pytest.raises(Refused) as refused:
        wishes.answer(unit.desk, [to_come, dataclasses.replace(to_come, recipient="post-16")])
    assert [problem.column for problem in refused.value.problems] == ["on", "giver"]


def test_the_pupil_gives_it_from_16_without_a_contact(unit: Unit) -> None:
    jo = unit.pupil("Older", "Jo", date(2010, 5, 1))
    wishes.answer(unit.desk, [said(jo, by="pupil")])
    (kept,) = sharing.timeline(unit.desk, jo.id).choices
    assert (kept.giver, kept.contact_id) == ("Jo Older", None)


def test_the_office_records_by_form_alone(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    office = unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed):
        wishes.answer(office, [said(zoe, channel="phone")], contact_id=mother.id)
    wishes.answer(office, [said(zoe)], contact_id=mother.id)


def test_a_name_that_a_file_brought_is_withdrawn_by_the_contact_it_was(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    rows = f"upn,recipient,choice,by,on,giver\n{zoe.upn},{YOUTH},restrict,parent,2026-10-01,Mum\n"
    run_import(unit.desk, "choices", rows.encode())
    assert wishes.strangers(unit.desk, zoe.id) == ["Mum"]
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 1))], contact_id=mother.id)
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "minimum"  # type: ignore[union-attr]
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 2))], contact_id=mother.id, known_as="Mum")
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full"  # type: ignore[union-attr]
    assert wishes.strangers(unit.desk, zoe.id) == []


def test_a_name_of_two_contacts_is_neithers_until_it_is_said_whose_it_was(unit: Unit, zoe: Pupil) -> None:
    mother, grandmother = (
        unit.contact(zoe, "Khan", title="Mrs", relationship=relationship, parental_responsibility=True) for relationship in ("PAM", "REL")
    )
    rows = f"upn,recipient,choice,by,on,giver\n{zoe.upn},{YOUTH},restrict,parent,2026-10-01,Mrs Khan\n"
    run_import(unit.desk, "choices", rows.encode())
    for key in (grandmother.id, mother.id):
        wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 1))], contact_id=key)
        assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "minimum"  # type: ignore[union-attr]
    assert wishes.strangers(unit.desk, zoe.id) == ["Mrs Khan"]
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 2))], contact_id=mother.id, known_as="Mrs Khan")
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full"  # type: ignore[union-attr]


def test_a_name_that_means_a_contact_goes_on_under_its_spelling(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    rows = f"upn,recipient,choice,by,on,giver\n{zoe.upn},{YOUTH},restrict,parent,2026-10-01,ada penn\n"
    run_import(unit.desk, "choices", rows.encode())
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 1))], contact_id=mother.id)
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full"  # type: ignore[union-attr]


# -- settling


def settlement(pupil: Pupil, **changed: object) -> WishStep:
    made = WishStep(
        pupil_id=pupil.id, step="settled", by="parent", recipient=YOUTH, on=DAY, choice="allow", settlement="court-order", note="File 3"
    )
    return dataclasses.replace(made, **changed)


def disagree(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    wishes.answer(unit.desk, [said(zoe, "restrict", date(2026, 11, 3))], contact_id=mother.id)
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 9))], contact_id=father.id)


def test_a_settlement_is_recorded_once_and_by_who_may(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    with pytest.raises(WrongUse):
        wishes.settle(unit.desk, settlement(zoe))
    disagree(unit, zoe, mother, father)
    assert wish_waiting.waiting(unit.desk)[0].disagree
    of_roles = [home.tasks(unit.as_role(role)).disagree for role in (Role.ASSISTANT_HEAD, Role.OFFICE)]
    assert of_roles == [[zoe], []], "who may settle it"
    for changed in ({"choice": None}, {"settlement": None}, {"note": None}, {"on": date(2026, 11, 25)}, {"on": date(2026, 11, 8)}):
        with pytest.raises(Refused):
            wishes.settle(unit.desk, settlement(zoe, **changed))
    with pytest.raises(NotAllowed):
        wishes.settle(unit.as_role(Role.OFFICE), settlement(zoe))
    wishes.settle(unit.as_role(Role.ASSISTANT_HEAD), settlement(zoe))
    assert wishes.wishes_of(unit.desk, zoe.id)[YOUTH].contradiction is None
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full"  # type: ignore[union-attr]
    with pytest.raises(WrongUse):
        wishes.settle(unit.desk, settlement(zoe))


def test_a_restriction_recorded_after_a_settlement_counts_on_the_very_same_day(
    unit: Unit, zoe: Pupil, mother: Contact, father: Contact
) -> None:
    disagree(unit, zoe, mother, father)
    wishes.answer(unit.desk, [said(zoe, "restrict", DAY)], contact_id=mother.id)
    wishes.settle(unit.desk, settlement(zoe))
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full", "what it settles, of the same day too"  # type: ignore[union-attr]
    wishes.answer(unit.desk, [said(zoe, "restrict", DAY)], contact_id=father.id)
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "minimum"  # type: ignore[union-attr]


def test_a_step_by_mistake_is_taken_back_with_a_reason_and_stays_readable(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    disagree(unit, zoe, mother, father)
    wishes.settle(unit.desk, settlement(zoe))
    wishes.record_asked(unit.desk, [Askee(zoe.id, mother.id)], "phone")
    kept = wishes.steps_of(unit.desk, zoe.id).steps
    office = unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed):
        wishes.take_back(office, kept[0].id, "Wrong family")
    with pytest.raises(Refused):
        wishes.take_back(unit.desk, kept[1].id, "  ")
    wishes.take_back(office, kept[1].id, "Wrong family")
    wishes.take_back(unit.desk, kept[0].id, "Wrong family")
    found = wishes.steps_of(unit.desk, zoe.id)
    assert [step.step for step in found.steps] == ["settled", "asked"]
    assert set(found.why_back.values()) == {"Wrong family"}
    assert wishes.wishes_of(unit.desk, zoe.id)[YOUTH].contradiction is not None
    with pytest.raises(WrongUse):
        wishes.take_back(unit.desk, kept[0].id, "Again")


def test_no_reason_in_the_log_names_anybody(unit: Unit, zoe: Pupil, mother: Contact, father: Contact) -> None:
    disagree(unit, zoe, mother, father)
    wishes.settle(unit.desk, settlement(zoe))
    wishes.record_asked(unit.desk, [Askee(zoe.id, mother.id)], "phone", note="Rang Ada at work")
    wishes.take_back(unit.desk, wishes.steps_of(unit.desk, zoe.id).steps[-1].id, "Ada was out")
    assert not [reason for _action, _object, reason in unit.log() if "Ada" in reason or "Penn" in reason]


def test_a_renamed_contact_is_the_same_giver(unit: Unit, zoe: Pupil, mother: Contact) -> None:
    wishes.answer(unit.desk, [said(zoe, "restrict", date(2026, 11, 1))], contact_id=mother.id)
    contacts.save_contact(unit.desk, dataclasses.replace(mother, surname="Lark"))
    wishes.answer(unit.desk, [said(zoe, "allow", date(2026, 11, 2))], contact_id=mother.id)
    assert str(sharing.decision_for(unit.desk, zoe.id, YOUTH).level) == "full"  # type: ignore[union-attr]
