"""How a wish stands: who was asked and is silent, two parents who disagree, what settles it, and the passing of the right."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.dates import birthday
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import (
    ALLOW,
    ASKED,
    PARENT,
    PASSED,
    PUPIL,
    REMINDED,
    RESTRICT,
    SETTLED,
    TAKEN_BACK,
    Choice,
    WishStep,
    latest_by_giver,
    most_protective,
)
from pupil_desk.domain.sharing.sharing import Level, Rules, SharingCase, decide, youth_support_service
from pupil_desk.domain.sharing.wish import Reply, SaidOnRecord, Wish, may_give, names_one, wish_on

DAY, DOB = date(2026, 11, 24), date(2012, 5, 6)
MOTHER = Contact(id="m", surname="Penn", forename="Ada", title="Ms", relationship="PAM", parental_responsibility=True)
FATHER = Contact(id="f", surname="Penn", forename="Tom", relationship="PAF", parental_responsibility=True)
AUNT = Contact(id="a", surname="Lee", forename="Bea", relationship="REL")
ABOUT = youth_support_service().name


def pupil(dob: date = DOB) -> Pupil:
    return Pupil(id="p", surname="Penn", forename="Zoë", dob=dob)


def said(choice: str, on: date = DAY, who: Contact | None = MOTHER, *, by: str = PARENT, **more: object) -> Choice:
    made = Choice(
        id=f"{choice} {on} {who and who.id}",
        recipient=ABOUT,
        choice=choice,
        by=by,
        on=on,
        giver=who.full_name if who else None,
        contact_id=who.id if who else None,
    )
    return dataclasses.replace(made, **more)


def done(step: str, on: date, who: Contact | None = MOTHER, **more: object) -> WishStep:
    made = WishStep(id=f"{step} {on} {who and who.id}", step=step, by=PARENT if who else PUPIL, on=on, contact_id=who.id if who else None)
    return dataclasses.replace(made, **more)


def wish(choices: list[Choice] = [], steps: list[WishStep] = [], *, dob: date = DOB, day: date = DAY, held: list[Protection] = []) -> Wish:  # noqa: B006
    numbered = [dataclasses.replace(choice, seq=place) for place, choice in enumerate(choices)]
    numbered_steps = [dataclasses.replace(step, seq=place) for place, step in enumerate(steps)]
    return wish_on(pupil(dob), [MOTHER, FATHER, AUNT], held, numbered, numbered_steps, recipient=ABOUT, day=day)


def level(choices: list[Choice], steps: list[WishStep]) -> Level:
    numbered = [dataclasses.replace(choice, seq=place) for place, choice in enumerate(choices)]
    case = SharingCase(pupil=pupil(), enrolments=[Enrolment(status="C", start_date=date(2020, 9, 1))], choices=numbered, steps=steps)
    decision = decide(case, youth_support_service(), DAY, Rules())
    assert decision is not None
    return decision.level


def test_each_holder_of_parental_responsibility_is_asked_apart() -> None:
    found = wish(
        steps=[done(ASKED, date(2026, 10, 1)), done(REMINDED, date(2026, 10, 20)), done(ASKED, date(2026, 10, 2), FATHER)],
        choices=[said(ALLOW, date(2026, 10, 9), FATHER)],
    )
    assert [(giver.name, giver.reply) for giver in found.givers] == [("Ms Ada Penn", Reply.REMINDED), ("Tom Penn", Reply.ANSWERED)]
    assert found.givers[0].silent_since == date(2026, 10, 20)
    assert found.givers[1].silent_since is None


def test_who_may_give_it() -> None:
    order = Protection(kind=ORDER, reason="Court", since=DAY, contact_id="f")
    assert [one.id for one in may_give(pupil(), [MOTHER, FATHER, AUNT], [], DAY)] == ["m", "f"]
    assert [one.id for one in may_give(pupil(), [MOTHER, FATHER, AUNT], [order], DAY)] == ["m"]
    assert may_give(pupil(date(2010, 11, 24)), [MOTHER], [], DAY) == []
    assert [one.id for one in may_give(pupil(date(2010, 11, 25)), [MOTHER], [], DAY)] == ["m"]


def test_what_does_not_count_asks_nobody() -> None:
    asked = done(ASKED, date(2026, 10, 1))
    back = done(TAKEN_BACK, date(2026, 10, 2), corrects=asked.id, id="back")
    assert wish(steps=[asked, back]).givers[0].reply is Reply.NOT_ASKED
    assert wish(steps=[done(ASKED, DAY + timedelta(days=1))]).givers[0].reply is Reply.NOT_ASKED
    assert wish(steps=[done(ASKED, DAY, recipient="post-16")]).givers[0].reply is Reply.NOT_ASKED


# -- the census


@pytest.mark.parametrize(
    ("choices", "steps", "code"),
    [
        ([], [], "UNS"),
        ([], [done(ASKED, DAY)], "SNR"),
        ([said(ALLOW)], [done(ASKED, DAY)], "Y"),
        ([said(RESTRICT)], [], "N"),
        ([said(ALLOW), said(RESTRICT, DAY, FATHER)], [], "N"),
    ],
)
def test_the_code_of_the_school_census(choices: list[Choice], steps: list[WishStep], code: str) -> None:
    assert wish(choices, steps).yssa == code


def test_the_code_at_16_is_the_pupils_own() -> None:
    dob = date(2010, 11, 20)
    before = said(ALLOW, date(2026, 11, 1))
    assert wish([before], dob=dob).yssa == "UNS"
    assert wish([before], [done(ASKED, DAY, None)], dob=dob).yssa == "SNR"
    assert wish([before, said(RESTRICT, DAY, None, by=PUPIL)], dob=dob).yssa == "N"
    assert wish([before], [done(ASKED, date(2026, 11, 1), None)], dob=dob).yssa == "UNS", (
        "an asking before the birthday was not the pupil’s"
    )


# -- two who disagree


@pytest.mark.parametrize(("given", "code", "reply"), [((), "UNS", Reply.NOT_ASKED), ((DAY,), "Y", Reply.ANSWERED)])
def test_of_two_records_the_one_without_a_word_holds_if_it_had_no_notice(given: tuple[date, ...], code: str, reply: Reply) -> None:
    words = [said("allow")]
    records = [SaidOnRecord(words, (DAY,), Rules()), SaidOnRecord((), given, Rules())]
    found = wish_on(pupil(), [MOTHER], (), words, (), recipient=ABOUT, day=DAY, by_record=records)
    assert (found.yssa, found.givers[0].reply) == (code, reply)


def test_a_contradiction_is_shown_as_one_and_the_most_protective_holds() -> None:
    found = wish([said(RESTRICT, date(2026, 10, 1)), said(ALLOW, date(2026, 10, 5), FATHER)])
    assert found.contradiction is not None
    assert [choice.giver for choice in found.contradiction.restricted] == ["Ms Ada Penn"]
    assert [choice.giver for choice in found.contradiction.allowed] == ["Tom Penn"]
    assert found.contradiction.holds.choice == RESTRICT
    assert found.holds == found.contradiction.holds


def test_one_who_changes_their_mind_is_no_contradiction() -> None:
    words = [said(RESTRICT, date(2026, 10, 1)), said(ALLOW, date(2026, 10, 5))]
    assert wish(words).contradiction is None
    assert wish([*words, said(ALLOW, date(2026, 10, 6), FATHER)]).contradiction is None


def test_a_settlement_stands_in_the_place_of_both_words_and_a_later_word_beside_it() -> None:
    words = [said(RESTRICT, date(2026, 10, 1)), said(ALLOW, date(2026, 10, 5), FATHER)]
    settled = done(SETTLED, date(2026, 11, 1), None, by=PARENT, recipient=ABOUT, choice=ALLOW, settlement="court-order")
    assert wish(words, [settled]).contradiction is None
    assert (level(words, []), level(words, [settled])) == (Level.MINIMUM, Level.FULL)
    again = [*words, said(RESTRICT, date(2026, 11, 5))]
    assert level(again, [settled]) is Level.MINIMUM
    assert wish(again, [settled]).contradiction is not None
    back = done(TAKEN_BACK, date(2026, 11, 6), None, by=PARENT, corrects=settled.id, id="back")
    assert level(words, [settled, back]) is Level.MINIMUM
    assert level(words, [dataclasses.replace(settled, recipient="post-16")]) is Level.MINIMUM
    assert level(words, [dataclasses.replace(settled, on=DAY + timedelta(days=1))]) is Level.MINIMUM


def test_what_was_settled_is_said_in_the_reason() -> None:
    settled = done(SETTLED, date(2026, 11, 1), None, by=PARENT, recipient=ABOUT, choice=RESTRICT, settlement="agreement")
    case = SharingCase(
        pupil=pupil(),
        enrolments=[Enrolment(status="C", start_date=date(2020, 9, 1))],
        choices=[said(ALLOW, date(2026, 10, 1))],
        steps=[settled],
    )
    decision = decide(case, youth_support_service(), DAY, Rules())
    assert decision is not None
    assert (decision.level, decision.decided_by) == (Level.MINIMUM, PARENT)
    assert decision.reason == "Restricted, as it was settled between the parents on 1 November 2026."


# -- names that a file brought


def test_a_name_in_free_text_that_means_one_contact_is_theirs() -> None:
    assert names_one("ada  PENN", [MOTHER, FATHER]) is MOTHER
    assert names_one("Ms Ada Penn", [MOTHER, FATHER]) is MOTHER
    assert names_one("Penn", [MOTHER, FATHER]) is None
    assert names_one("Ada Penn", [MOTHER, dataclasses.replace(MOTHER, id="other")]) is None
    assert names_one(None, [MOTHER]) is None
    found = wish([said(RESTRICT, who=None, giver="Ada Penn")])
    assert found.givers[0].reply is Reply.ANSWERED
    assert found.strangers == ()


def test_one_that_matches_nobody_is_a_stranger_and_counts_all_the_same() -> None:
    found = wish([said(RESTRICT, who=None, giver="Mum"), said(ALLOW)])
    assert [choice.giver for choice in found.strangers] == ["Mum"]
    assert found.contradiction is not None
    assert level([said(RESTRICT, who=None, giver="Mum"), said(ALLOW)], []) is Level.MINIMUM


def test_a_name_found_to_be_a_contacts_is_withdrawn_by_the_contact() -> None:
    mum = said(RESTRICT, date(2026, 10, 1), None, giver="Mum")
    linked = said(ALLOW, date(2026, 10, 5), MOTHER, giver="mum")
    assert level([mum, linked], []) is Level.FULL
    later = said(RESTRICT, date(2026, 10, 9))
    assert level([mum, linked, later], []) is Level.MINIMUM
    assert level([mum, linked, later, said(ALLOW, date(2026, 10, 10))], []) is Level.FULL
    assert wish([mum, linked]).strangers == ()


def test_two_contacts_of_one_name_stay_two() -> None:
    son = dataclasses.replace(MOTHER, id="s")
    words = [said(RESTRICT, date(2026, 10, 1)), said(ALLOW, date(2026, 10, 5), son)]
    assert len(latest_by_giver(words)) == 2
    assert level(words, []) is Level.MINIMUM


# -- the passing of the right


@pytest.mark.parametrize(
    ("dob", "last_before"),
    [(date(2010, 11, 24), date(2026, 11, 23)), (date(2008, 2, 29), date(2024, 2, 28)), (date(2012, 2, 29), date(2028, 2, 28))],
)
def test_the_old_answer_is_visible_and_inactive_from_the_16th_birthday(dob: date, last_before: date) -> None:
    words = [said(ALLOW, last_before)]
    eve = wish(words, dob=dob, day=last_before)
    assert (eve.by, eve.holds is not None, eve.inactive) == (PARENT, True, ())
    passed = wish(words, dob=dob, day=birthday(dob, 16))
    assert (passed.by, passed.holds) == (PUPIL, None)
    assert [choice.on for choice in passed.inactive] == [last_before]
    assert passed.passed == birthday(dob, 16)


def test_one_born_on_29_february_passes_on_1_march_in_a_common_year() -> None:
    dob = date(2011, 2, 28) + timedelta(days=1)
    assert dob == date(2011, 3, 1)
    leap = date(2008, 2, 29)
    assert wish(dob=leap, day=date(2024, 2, 28)).by == PARENT
    assert wish(dob=leap, day=date(2024, 2, 29)).by == PUPIL
    assert birthday(leap, 13) == date(2021, 3, 1)
    assert birthday(leap, 18) == date(2026, 3, 1)


def test_the_letter_before_the_birthday_counts_as_told() -> None:
    dob = date(2010, 11, 24)
    assert wish(steps=[done(PASSED, date(2026, 11, 10), None)], dob=dob).told == date(2026, 11, 10)
    assert wish(dob=dob).told is None


# -- whatever is said


WORDS = st.lists(
    st.builds(
        lambda choice, days, who: (
            said(choice, DAY - timedelta(days=days), who)
            if isinstance(who, Contact)
            else said(choice, DAY - timedelta(days=days), None, giver=who)
        ),
        st.sampled_from((RESTRICT, ALLOW)),
        st.integers(0, 40),
        st.sampled_from((MOTHER, FATHER, "Mum", "Ada Penn", None)),
    ),
    max_size=6,
)


@given(WORDS)
def test_what_holds_is_never_less_protective_than_any_givers_last_word(words: list[Choice]) -> None:
    found = wish(words)
    if any(choice.choice == RESTRICT for choice in latest_by_giver(words)):
        assert found.yssa == "N"
        assert level(words, []) is Level.MINIMUM
    if found.contradiction is not None:
        assert found.contradiction.holds.choice == RESTRICT
    assert found.holds == most_protective(dataclasses.replace(choice, seq=place) for place, choice in enumerate(words))


@given(WORDS, st.sampled_from((RESTRICT, ALLOW)))
def test_after_a_settlement_today_it_alone_decides(words: list[Choice], holds: str) -> None:
    settled = done(SETTLED, DAY, None, by=PARENT, recipient=ABOUT, choice=holds, settlement="court-order")
    assert level(words, [settled]) is (Level.MINIMUM if holds == RESTRICT else Level.FULL)
