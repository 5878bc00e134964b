"""Who comes of age in the next 90 days, and the letter to the pupil at 16."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.duplicates import merging
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import DAY, Unit

HOME = {"address_1": "1 Lane", "postcode": "SG4 7ZZ"}


def found(unit: Unit) -> list[tuple[str, int, date]]:
    return [(one.pupil.surname, one.age, one.day) for one in coming_of_age.coming(unit.desk)]


def test_thirteen_sixteen_and_eighteen_in_the_next_90_days(unit: Unit) -> None:
    last = DAY + timedelta(days=90)
    unit.pupil("Today", "A", date(2010, 11, 24))
    unit.pupil("Last", "B", last.replace(year=last.year - 13))
    unit.pupil("Beyond", "C", (last + timedelta(days=1)).replace(year=last.year - 13))
    unit.pupil("Adult", "D", date(2008, 12, 1))
    unit.pupil("Fourteen", "E", date(2012, 12, 1))
    unit.pupil("Gone", "F", date(2010, 12, 1), Enrolment(status="C", start_date=date(2025, 9, 1), end_date=date(2026, 7, 1)))
    unit.pupil("Yesterday", "G", date(2013, 11, 23))
    assert found(unit) == [("Today", 16, DAY), ("Adult", 18, date(2026, 12, 1)), ("Last", 13, last)]


def test_a_birthday_on_29_february_falls_on_1_march_in_a_common_year(unit: Unit) -> None:
    leap = unit.pupil("Leap", "A", date(2012, 2, 29))

    def on(day: date) -> list[tuple[int, date]]:
        return [(row.age, row.day) for row in coming_of_age.of_pupil(leap, day, (), (), ())]

    assert on(date(2025, 2, 28)) == on(date(2025, 3, 1)) == [(13, date(2025, 3, 1))]
    assert on(date(2025, 3, 2)) == []
    assert on(date(2028, 2, 28)) == on(date(2028, 2, 29)) == [(16, date(2028, 2, 29))]
    assert on(date(2030, 2, 28)) == [(18, date(2030, 3, 1))]


def test_one_who_turned_16_stays_until_told_or_answered(unit: Unit) -> None:
    late = unit.pupil("Late", "A", date(2010, 10, 1), **HOME)
    spoke = unit.pupil("Spoke", "B", date(2010, 10, 2), **HOME)
    unit.pupil("Long", "C", date(2010, 8, 1), **HOME)
    wishes.answer(
        unit.desk, [Choice(pupil_id=spoke.id, recipient="post-16", choice="allow", by="pupil", on=date(2026, 10, 9), channel="form")]
    )
    assert found(unit) == [("Late", 16, date(2026, 10, 1))]
    coming_of_age.record_letter(unit.desk, late.id)
    assert found(unit) == []
    merging.merge(unit.desk, spoke.id, unit.pupil("Spoke", "Bo", spoke.dob).id, reason="One boy")
    assert found(unit) == [("Spoke", 16, spoke.dob.replace(year=2026))], "of the other record nobody has answered, and less is told"
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, unasked_post_16="full"))
    assert found(unit) == []


def test_what_a_parent_said_is_named_and_ends_with_the_day(unit: Unit) -> None:
    jo = unit.pupil("Older", "Jo", date(2010, 12, 1), **HOME)
    unit.said(jo, "restrict")
    (one,) = coming_of_age.coming(unit.desk)
    assert [choice.choice for choice in one.inactive] == ["restrict"]
    assert "A parent’s choice on file ends with it." in coming_of_age.change_sentences(one)
    assert sharing.decision_for(unit.desk, jo.id, "youth-support", date(2026, 11, 30)).decided_by == "parent"  # type: ignore[union-attr]
    after = sharing.decision_for(unit.desk, jo.id, "youth-support", date(2026, 12, 1))
    assert (after.decided_by, "was a parent’s" in after.reason) == ("rule", True)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("dob", "words"),
    [
        (date(2010, 12, 1), "You will be 16 on 1 December 2026."),
        (date(2010, 11, 24), "You are 16 today."),
        (date(2010, 11, 1), "You turned 16 on 1 November 2026."),
    ],
)
def test_the_letter_says_when_and_what(unit: Unit, dob: date, words: str) -> None:
    jo = unit.pupil("Older", "Jo", dob, preferred_forename="Joss", **HOME)
    made = coming_of_age.letter(unit.desk, jo.id)
    text = plain_text(made.story)
    assert words in text
    assert "Dear Joss" in text
    assert ("From today you choose" in text) == (words == "You are 16 today.") != ("From that day you choose" in text)
    assert "it is told your name, address and date of birth in any case." in text
    assert (
        "the youth support service is told only your name, address and date of birth. Colleges and training providers are told nothing."
        in text
    )
    assert (made.letter.contacts, made.file_stem) == ((), f"own-choice-{jo.ref}")


def test_the_letter_tells_of_the_units_own_cautions(unit: Unit) -> None:
    jo = unit.pupil("Older", "Jo", date(2010, 12, 1), **HOME)
    settings_service.save_settings(
        unit.desk,
        dataclasses.replace(unit.desk.settings, unasked_16="full", unasked_post_16="full", with_parent=True, phone="01632 960100"),
    )
    text = plain_text(coming_of_age.letter(unit.desk, jo.id).story)
    assert "(01632 960100" in text, "whom to give it to, with the telephone"
    assert "it is told your name, address and date of birth, and a parent’s name and address in any case." in text
    assert "the law lets us tell the youth support service everything" in text
    assert "may be told what our privacy notice lists, until you say no" in text


def test_no_letter_long_before_or_without_an_address(unit: Unit) -> None:
    young, homeless = unit.pupil("Young", "A", date(2012, 5, 1), **HOME), unit.pupil("Older", "B", date(2010, 12, 1))
    with pytest.raises(WrongUse, match="becomes the pupil’s own on 1 May 2028"):
        coming_of_age.letter(unit.desk, young.id)
    with pytest.raises(WrongUse, match="No address is on file"):
        coming_of_age.letter(unit.desk, homeless.id)
    with pytest.raises(WrongUse):
        coming_of_age.record_letter(unit.desk, homeless.id)
    assert unit.count("wish_step") == 0


def test_that_it_was_sent_is_recorded_with_its_words(unit: Unit) -> None:
    jo = unit.pupil("Older", "Jo", date(2010, 12, 1), **HOME)
    coming_of_age.record_letter(unit.desk, jo.id)
    (step,) = wishes.steps_of(unit.desk, jo.id).steps
    assert (step.step, step.by, step.channel, step.on, step.asked) == ("passed", "pupil", "letter", DAY, "Jo Older")
    assert "Your information, your choice" in wishes.steps_of(unit.desk, jo.id).shown[step.wording_id or ""]["text"]
    (one,) = coming_of_age.coming(unit.desk)
    assert (one.told_on, one.to_tell) == (DAY, False)
    assert ("print-form", jo.id, "letter at 16") in unit.log()


def test_one_told_by_word_of_mouth_needs_no_letter_and_no_address(unit: Unit) -> None:
    jo, young = unit.pupil("Older", "Jo", date(2010, 12, 1)), unit.pupil("Young", "Al", date(2012, 5, 1))
    coming_of_age.told_in_person(unit.as_role(Role.OFFICE), jo.id)
    (step,) = wishes.steps_of(unit.desk, jo.id).steps
    assert (step.step, step.channel, step.wording_id) == ("passed", "in-person", None)
    with pytest.raises(WrongUse):
        coming_of_age.told_in_person(unit.desk, young.id)
