"""The rule of consents: every type that ships in its cases, competence, and what holds whatever was said."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.domain.consents.case import ConsentStatus, ResponsibilityHolder
from pupil_desk.domain.consents.consent import ANSWERS, GIVEN, ConsentEvent
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import types
from tests.domain.consents.families import (
    CAR,
    DAD,
    DAY,
    MEDICINES,
    MUM,
    NAMED,
    ON,
    PHOTOS,
    SEX,
    TRIP,
    TRIPS,
    USE,
    WORSHIP,
    asked,
    found,
    given_,
    kind,
    lapsed,
    refused,
    unasked,
    waiting,
    withdrawn,
    word,
)

EVERY = [one.type for one in types.shipped().values()]


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.consent_type)
@pytest.mark.parametrize("age", [11, 14, 15, 16, 17, 18])
def test_not_asked_is_never_yes(rule: object, age: int) -> None:
    verdict = asked(rule, age=age)  # type: ignore[arg-type]
    assert verdict.standing is unasked
    assert not verdict.in_force
    assert verdict.reason


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.consent_type)
def test_asked_without_a_reply_is_no_yes(rule: object) -> None:
    verdict = asked(rule, word("asked"), word("reminded", on=ON + timedelta(days=9)))  # type: ignore[arg-type]
    assert verdict.standing is waiting
    assert "Asked on 19 September 2026, no reply from " in verdict.reason


# -- photographs


def test_photographs_each_use_stands_for_itself() -> None:
    said = (word(GIVEN, use_key="display"), word("refused", use_key="website"))
    stand = {use: asked(PHOTOS, *said, use=use).standing for use in PHOTOS.use_keys}
    assert stand == {"display": given_, "website": refused, "social": unasked, "prospectus": unasked, "press": unasked}


def test_photographs_a_word_about_all_of_them_is_about_each() -> None:
    said = (word(GIVEN, use_key="press"), word("refused", use_key="", on=ON + timedelta(days=1), channel="phone"))
    assert {asked(PHOTOS, *said, use=use).standing for use in PHOTOS.use_keys} == {refused}


@pytest.mark.parametrize(
    ("finding", "own", "parent", "stands"),
    [
        ("competent", GIVEN, None, given_),  # enough by itself
        ("competent", "refused", GIVEN, refused),  # a competent pupil's refusal wins
        ("competent", "withdrawn", GIVEN, withdrawn),
        ("not-competent", "refused", GIVEN, given_),  # the parent decides, and the pupil's wish is told
        ("not-competent", GIVEN, None, unasked),
        (None, "refused", GIVEN, refused),  # nobody has said: never guessed, what protects more holds
        (None, GIVEN, None, unasked),
        ("open", GIVEN, None, unasked),
        ("open", "refused", GIVEN, refused),
        (None, None, GIVEN, given_),
        ("competent", None, GIVEN, given_),
        ("competent", GIVEN, "refused", refused),  # a parent's no stops it too
        ("not-competent", "refused", "refused", refused),
    ],
)
def test_photographs_the_pupils_own_word(finding: str | None, own: str | None, parent: str | None, stands: ConsentStatus) -> None:
    said = [word(GIVEN, PUPIL, on=ON - timedelta(days=3))] if own == "withdrawn" else []
    said += [word(what, who) for what, who in ((own, PUPIL), (parent, "mum")) if what]
    assert asked(PHOTOS, *said, use="press", found=[found(finding)] if finding else []).standing is stands


def test_the_wish_of_a_pupil_who_is_not_competent_is_told_beside_the_yes() -> None:
    verdict = asked(PHOTOS, word(GIVEN), word("refused", PUPIL), use="press", found=[found("not-competent")])
    assert verdict.reason.endswith("It holds until 31 July 2027. The pupil said no, and was found not to understand what is asked.")


def test_competence_counts_from_the_day_it_was_found_and_the_last_word_counts() -> None:
    said = (word("refused", PUPIL), word(GIVEN))
    words = [found("not-competent", on=date(2026, 10, 1)), found("competent", on=date(2026, 11, 1), seq=2)]
    stand = [
        asked(PHOTOS, *said, use="press", found=words, day=day).standing
        for day in (date(2026, 9, 20), date(2026, 10, 5), date(2026, 11, 1))
    ]
    assert stand == [refused, given_, refused]


# -- parents who differ


@pytest.mark.parametrize("rule", [PHOTOS, TRIPS, CAR, NAMED], ids=lambda rule: rule.consent_type)
def test_one_parents_no_holds_against_the_others_yes_until_it_is_taken_back(rule: object) -> None:
    said = [word(GIVEN), word("refused", "dad", on=ON + timedelta(days=5))]
    verdict = asked(rule, *said, use="press")  # type: ignore[arg-type]
    assert (verdict.standing, verdict.by, verdict.differ) == (refused, ("dad",), True)
    assert "until they settle it" in verdict.reason
    said.append(word(GIVEN, "dad", on=ON + timedelta(days=9)))
    assert asked(rule, *said, use="press").standing is given_  # type: ignore[arg-type]


def test_of_two_words_of_one_parent_on_one_day_the_no_counts() -> None:
    assert asked(TRIPS, word("refused", seq=1), word(GIVEN, seq=2)).standing is refused


def test_where_the_type_says_so_the_last_word_of_any_parent_counts() -> None:
    said = (word("refused"), word(GIVEN, "dad", on=ON + timedelta(days=5)))
    assert asked(kind("trips", parent_no="latest"), *said).standing is given_
    assert asked(kind("trips", parent_no="any"), *said).standing is refused


def test_where_each_parent_must_agree_the_other_is_missing() -> None:
    rule = kind("trips", parents="each")
    verdict = asked(rule, word(GIVEN))
    assert (verdict.standing, verdict.missing) == (waiting, ("dad",))
    assert asked(rule, word(GIVEN), word(GIVEN, "dad")).standing is given_
    assert asked(rule, word(GIVEN), word("excused", "dad", note="Cannot be found")).standing is given_
    assert asked(rule, word("excused"), word("excused", "dad")).standing is unasked
    barred = (MUM, ResponsibilityHolder("dad", "Ned Ash", barred=True))
    assert asked(rule, word(GIVEN), holders=barred).standing is given_
    assert asked(rule, word(GIVEN), word("refused", "dad"), holders=barred).standing is refused  # under an order, and heard all the same


def test_only_who_has_parental_responsibility_counts() -> None:
    verdict = asked(TRIPS, word(GIVEN, "aunt"))
    assert (verdict.standing, verdict.missing) == (unasked, ("mum", "dad"))
    assert verdict.reason == "Nobody has been asked yet. aunt said yes, but is not on file as having parental responsibility."
    assert asked(TRIPS, word("refused", "aunt"), word(GIVEN)).standing is given_
    assert asked(TRIPS, word(GIVEN), holders=()).standing is unasked


# -- trips, cars, medicines: from 16 the pupil


@pytest.mark.parametrize(
    ("age", "finding", "own", "parent", "stands"),
    [
        (15, None, "refused", GIVEN, given_),  # heard, and the parent decides
        (15, None, GIVEN, None, unasked),
        (16, None, GIVEN, None, unasked),  # competence is recorded, never guessed
        (16, None, None, GIVEN, given_),
        (16, "competent", None, GIVEN, unasked),  # the pupil's own now
        (16, "competent", GIVEN, None, given_),
        (16, "competent", "refused", GIVEN, refused),
        (16, "not-competent", "refused", GIVEN, given_),
        (18, None, None, GIVEN, unasked),
        (18, "not-competent", None, GIVEN, unasked),  # nobody else decides for an adult
        (18, None, GIVEN, "refused", given_),
    ],
)
@pytest.mark.parametrize("rule", [TRIPS, CAR, TRIP], ids=lambda rule: rule.consent_type)
def test_trips_and_transport(
    rule: object, age: int, finding: str | None, own: str | None, parent: str | None, stands: ConsentStatus
) -> None:
    said = [word(what, who, on=DAY) for what, who in ((own, PUPIL), (parent, "mum")) if what]
    assert asked(rule, *said, age=age, found=[found(finding)] if finding else []).standing is stands  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "finding", "own", "parent", "stands"),
    [
        (15, None, None, GIVEN, given_),
        (15, None, GIVEN, None, unasked),
        (16, None, GIVEN, None, given_),  # the Act of 1969 presumes it
        (16, None, None, GIVEN, unasked),
        (16, "not-competent", None, GIVEN, given_),
        (16, "not-competent", GIVEN, None, unasked),
    ],
)
def test_medicines(age: int, finding: str | None, own: str | None, parent: str | None, stands: ConsentStatus) -> None:
    said = [word(what, who, on=DAY) for what, who in ((own, PUPIL), (parent, "mum")) if what]
    assert asked(MEDICINES, *said, age=age, found=[found(finding)] if finding else []).standing is stands


def test_a_medicine_is_agreed_to_in_writing_and_anew_after_each_change() -> None:
    spoken = asked(MEDICINES, word(GIVEN, channel="phone"))
    assert (spoken.standing, spoken.missing) == (waiting, ("mum", "dad"))
    assert "It does not count: it was not in writing." in spoken.reason
    assert asked(MEDICINES, word(GIVEN, channel="email")).standing is given_
    rung = word(GIVEN, on=ON + timedelta(days=2), channel="phone")
    both = asked(MEDICINES, word("asked", on=ON - timedelta(days=1)), word(GIVEN), rung)
    assert (both.standing, both.reason) == (given_, "Ruth Ash said yes on 10 September 2026."), "a yes by telephone takes nothing from it"
    assert asked(MEDICINES, word(GIVEN), word("withdrawn", on=ON + timedelta(days=1)), rung).standing is waiting
    assert asked(MEDICINES, word(GIVEN), rung, word("refused", on=ON + timedelta(days=3), channel="phone")).standing is refused
    changed = asked(MEDICINES, word(GIVEN), changed_on=date(2026, 11, 2))
    assert changed.standing is lapsed
    assert changed.reason == "Ruth Ash said yes on 10 September 2026. It no longer counts: what was agreed to changed on 2 November 2026."
    assert asked(MEDICINES, word(GIVEN), word("asked", on=date(2026, 11, 3)), changed_on=date(2026, 11, 2)).standing is waiting
    assert asked(MEDICINES, word(GIVEN), word(GIVEN, on=date(2026, 11, 2)), changed_on=date(2026, 11, 2)).standing is given_


# -- acceptable use: both sign


def test_acceptable_use_needs_the_pupil_and_a_parent() -> None:
    alone = asked(USE, word(GIVEN))
    assert (alone.standing, alone.missing) == (waiting, (PUPIL,))
    assert alone.reason == "Ruth Ash said yes on 10 September 2026. Still to be asked: the pupil."
    assert asked(USE, word(GIVEN, PUPIL)).missing == ("mum", "dad")
    both = asked(USE, word(GIVEN), word(GIVEN, PUPIL))
    assert (both.standing, both.by, both.until) == (given_, ("mum", PUPIL), date(2027, 7, 31))
    assert asked(USE, word(GIVEN), word("refused", PUPIL)).standing is refused
    assert asked(USE, word("refused"), word(GIVEN, PUPIL)).standing is refused
    assert asked(USE, word(GIVEN, PUPIL), age=18).standing is unasked  # said at 17
    assert asked(USE, word(GIVEN, PUPIL, on=DAY), age=18).standing is given_


# -- telling somebody


def test_telling_a_named_body_a_competent_pupil_decides_alone_and_from_16() -> None:
    assert asked(NAMED, word(GIVEN, PUPIL), found=[found("competent")]).standing is given_
    assert asked(NAMED, word("refused", PUPIL), word(GIVEN), found=[found("competent")]).standing is refused
    assert asked(NAMED, word(GIVEN), age=16).standing is unasked
    assert asked(NAMED, word(GIVEN, PUPIL, on=DAY), age=16).standing is given_
    assert asked(NAMED, word(GIVEN), age=16, found=[found("not-competent")]).standing is given_


# -- requests


def test_a_request_to_be_left_out_stands_until_it_is_taken_back_or_the_pupil_opts_in() -> None:
    assert asked(SEX, word(GIVEN)).standing is given_
    assert asked(SEX, word(GIVEN), word("refused", PUPIL)).standing is given_  # at 14 the parent decides
    assert asked(SEX, word(GIVEN), word("refused", PUPIL), age=15).standing is refused  # from three terms before 16
    assert asked(SEX, word(GIVEN), word("withdrawn", on=DAY)).standing is withdrawn
    assert asked(SEX, word(GIVEN), age=16).standing is unasked
    assert asked(WORSHIP, word(GIVEN, use_key="worship"), use="worship").standing is given_
    assert asked(WORSHIP, word(GIVEN, use_key="worship"), use="education").standing is unasked
    assert asked(WORSHIP, word(GIVEN), use="education", age=16).standing is unasked


# -- what holds whatever was said

_people = st.sampled_from(["mum", "dad", PUPIL])
_steps = st.sampled_from(["asked", "reminded", "given", "refused", "withdrawn", "excused"])
_days = st.dates(date(2025, 9, 1), date(2027, 9, 1))
_events = st.lists(
    st.builds(
        word,
        _steps,
        _people,
        _days,
        st.sampled_from([None, "form", "phone", "email"]),
        seq=st.integers(1, 99),
        use_key=st.sampled_from(["", "press", "display"]),
    ),
    max_size=8,
)
_rules = st.sampled_from(
    [*EVERY, kind("trips", parents="each"), kind("trips", parents="none", pupil_no="own"), kind("photographs", parent_no="latest")]
)
_found = st.lists(st.builds(found, st.sampled_from(["competent", "not-competent", "open"]), _days, st.integers(1, 99)), max_size=2)


@settings(max_examples=250, deadline=None)
@given(rule=_rules, said=_events, words=_found, age=st.integers(10, 19), day=_days)
def test_a_yes_rests_on_a_yes_of_whom_it_names_and_has_no_last_day_before_today(
    rule: object, said: list[ConsentEvent], words: list[object], age: int, day: date
) -> None:
    verdict = asked(rule, *said, age=age, found=words, day=day, use="press")  # type: ignore[arg-type]
    assert verdict.reason
    assert verdict.reason == " ".join(verdict.reason.split())
    if not verdict.in_force:
        return
    assert verdict.by
    for who in verdict.by:
        mine = [one for one in said if one.giver_key == who and one.what in ANSWERS and one.on <= day and one.use_key in ("", "press")]
        assert max(mine, key=lambda one: (one.on, one.what != GIVEN, one.seq)).what == GIVEN
    assert verdict.until is None or verdict.until >= day


@settings(max_examples=200, deadline=None)
@given(rule=_rules, said=_events, words=_found, age=st.integers(10, 19), day=_days)
def test_a_no_of_anyone_on_whom_it_rests_ends_a_yes_and_a_no_never_makes_one(
    rule: object, said: list[ConsentEvent], words: list[object], age: int, day: date
) -> None:
    before = asked(rule, *said, age=age, found=words, day=day, use="press")  # type: ignore[arg-type]
    for who in before.by if before.in_force else ("mum", "dad", PUPIL):
        assert not asked(rule, *said, word("refused", who, on=day, seq=100), age=age, found=words, day=day, use="press").in_force  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(said=_events, age=st.integers(10, 19), day=_days)
def test_the_order_in_which_events_are_read_makes_no_difference(said: list[ConsentEvent], age: int, day: date) -> None:
    said = [word(one.what, one.giver_key, one.on, one.channel, seq=place, use_key=one.use_key) for place, one in enumerate(said)]
    assert asked(PHOTOS, *said, age=age, day=day, use="press") == asked(PHOTOS, *reversed(said), age=age, day=day, use="press")


def test_holders_are_named_in_the_reason() -> None:
    assert asked(TRIPS, word("asked", "dad")).reason == f"Asked on 10 September 2026, no reply from {MUM.name} and {DAD.name}."
