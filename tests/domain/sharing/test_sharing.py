"""The one rule of who may be told what: worked examples, and what must hold whatever is on file."""

import dataclasses
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import ALLOW, PARENT, PUPIL, RESTRICT, Choice, most_protective
from pupil_desk.domain.sharing.sharing import Level, Rules, SharingCase, decide, heard_recipients, post_16_providers, youth_support_service

DAY = date(2026, 11, 24)
_EXAMPLES = tomllib.loads((Path(__file__).parents[1] / "worked_examples.toml").read_text(encoding="utf-8"))["sharing"]
_MAY_ALWAYS_GO = {"surname", "forename", "dob", "address_1", "address_2", "locality", "town", "county", "postcode"}


def _case(dob: date, *choices: Choice, given: tuple[date, ...] = (), status: str = "C") -> SharingCase:
    pupil = Pupil(surname="Quill", forename="Ada", dob=dob)
    stay = Enrolment(status=status, start_date=date(2020, 9, 1))
    numbered = [dataclasses.replace(choice, seq=place) for place, choice in enumerate(choices)]
    return SharingCase(pupil=pupil, enrolments=[stay], choices=numbered, notices_given=given)


def _said(choice: str, by: str, on: date, giver: str | None = None, about: str = "youth-support") -> Choice:
    return Choice(recipient=about, choice=choice, by=by, on=on, giver=giver)


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda e: f"{e['dob']} {e.get('said', 'nothing')}")
def test_worked_example(example: dict) -> None:
    choices = []
    if "said" in example:
        by, choice = example["said"].split()
        day = example["on"] if by == PUPIL else birthday(example["dob"], 16) - timedelta(days=1)
        choices = [_said(choice, by, min(day, example["on"]))]
    case = _case(example["dob"], *choices, given=(example["on"],) if example["notice_given"] else ())
    decision = decide(case, youth_support_service(), example["on"], Rules())
    assert decision is not None
    assert (decision.level, decision.decided_by) == (example["level"], example["decided_by"])
    assert age_on(example["dob"], example["on"]) == example["age"]
    assert (birthday(example["dob"], 13), birthday(example["dob"], 16)) == (example["turns_13"], example["turns_16"])


def test_two_parents_who_disagree() -> None:
    """The most protective holds until the giver who restricted withdraws; another parent's yes changes nothing."""
    dob = date(2012, 1, 1)
    mother, father = "Ms A. Brook", "Mr S. Brook"
    case = _case(dob, _said(RESTRICT, PARENT, date(2026, 2, 2), mother), _said(ALLOW, PARENT, date(2026, 3, 2), father))
    assert decide(case, youth_support_service(), DAY, Rules()).level is Level.MINIMUM  # type: ignore[union-attr]
    case = _case(dob, *case.choices, _said(ALLOW, PARENT, date(2026, 4, 2), "ms  a. BROOK"))
    assert decide(case, youth_support_service(), DAY, Rules()).level is Level.FULL  # type: ignore[union-attr]


def test_two_words_on_one_day_restrict_holds() -> None:
    said = [_said(RESTRICT, PARENT, DAY, "A"), _said(ALLOW, PARENT, DAY, "A")]
    assert most_protective(said).choice == RESTRICT  # type: ignore[union-attr]
    assert most_protective(said[::-1]).choice == RESTRICT  # type: ignore[union-attr]


def test_the_words_say_that_it_was_a_parents() -> None:
    case = _case(date(2010, 9, 1), _said(RESTRICT, PARENT, date(2026, 1, 1), "Mum"))
    decision = decide(case, youth_support_service(), DAY, Rules())
    assert decision is not None
    assert "was a parent’s" in decision.reason


def test_post_16_below_16_needs_a_parent_who_allows() -> None:
    dob = date(2011, 6, 1)
    allowed = _said(ALLOW, PARENT, date(2026, 9, 1), "A", about="post-16")
    refused = _said(RESTRICT, PARENT, date(2026, 9, 2), "B", about="post-16")
    levels = [decide(_case(dob, *said), post_16_providers(), DAY, Rules()).level for said in ((), (allowed,), (allowed, refused))]  # type: ignore[union-attr]
    assert levels == [Level.NONE, Level.FULL, Level.NONE]


def test_post_16_from_16_is_the_pupils_own() -> None:
    dob = date(2010, 6, 1)
    parents = _said(ALLOW, PARENT, date(2026, 1, 1), "A", about="post-16")
    own = _said(ALLOW, PUPIL, date(2026, 10, 5), about="post-16")
    assert decide(_case(dob, parents), post_16_providers(), DAY, Rules()).level is Level.NONE  # type: ignore[union-attr]
    assert decide(_case(dob, parents, own), post_16_providers(), DAY, Rules()).level is Level.FULL  # type: ignore[union-attr]
    own_no = _said(RESTRICT, PUPIL, date(2026, 11, 5), about="post-16")
    assert decide(_case(dob, own, own_no), post_16_providers(), DAY, Rules()).level is Level.NONE  # type: ignore[union-attr]


def test_the_cautions_are_settings() -> None:
    open_rules = Rules(no_notice_13=Level.FULL, unasked_16=Level.FULL, unasked_post_16=Level.FULL)
    assert decide(_case(date(2013, 1, 1)), youth_support_service(), DAY, open_rules).level is Level.FULL  # type: ignore[union-attr]
    assert decide(_case(date(2010, 1, 1)), youth_support_service(), DAY, open_rules).level is Level.FULL  # type: ignore[union-attr]
    assert decide(_case(date(2010, 1, 1)), post_16_providers(), DAY, open_rules).level is Level.FULL  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "stay",
    [
        Enrolment(status="G", start_date=date(2026, 9, 1)),
        Enrolment(status="F"),
        Enrolment(status="O"),
        Enrolment(status="P"),
        Enrolment(status="C", start_date=date(2026, 11, 25)),
        Enrolment(status="C", end_date=date(2026, 11, 23)),
    ],
)
def test_not_on_the_roll(stay: Enrolment) -> None:
    case = dataclasses.replace(_case(date(2012, 1, 1)), enrolments=[stay])
    assert all(decide(case, recipient, DAY, Rules()) is None for recipient in heard_recipients().values())


def test_the_leaving_day_is_still_on_the_roll() -> None:
    case = dataclasses.replace(_case(date(2012, 1, 1)), enrolments=[Enrolment(status="S", start_date=DAY, end_date=DAY)])
    assert decide(case, youth_support_service(), DAY, Rules()) is not None


def test_a_notice_to_come_counts_for_nothing() -> None:
    case = _case(date(2013, 1, 1), given=(DAY + timedelta(days=1),))
    assert decide(case, youth_support_service(), DAY, Rules()).level is Level.MINIMUM  # type: ignore[union-attr]


# -- whatever is on file

_days = st.dates(date(2015, 1, 1), date(2032, 12, 31))
_choices = st.lists(
    st.builds(
        Choice,
        recipient=st.sampled_from(["youth-support", "post-16"]),
        choice=st.sampled_from([RESTRICT, ALLOW]),
        by=st.sampled_from([PARENT, PUPIL]),
        on=_days,
        giver=st.sampled_from([None, "A", "a", "B"]),
        seq=st.integers(0, 50),
    ),
    max_size=8,
)
_rules = st.builds(
    Rules,
    no_notice_13=st.sampled_from([Level.MINIMUM, Level.FULL]),
    unasked_16=st.sampled_from([Level.MINIMUM, Level.FULL]),
    unasked_post_16=st.sampled_from([Level.NONE, Level.FULL]),
    with_parent=st.booleans(),
)
_cases = st.builds(
    lambda dob, choices, given, status: dataclasses.replace(_case(dob, given=tuple(given), status=status), choices=choices),
    st.dates(date(2004, 1, 1), date(2018, 12, 31)),
    _choices,
    st.lists(_days, max_size=3),
    st.sampled_from(["C", "S", "M", "G", "P"]),
)


def _always(test: Callable[..., None]) -> Callable[..., None]:
    return given(case=_cases, day=_days, rules=_rules)(test)


@_always
def test_a_minimum_is_name_address_and_date_of_birth(case: SharingCase, day: date, rules: Rules) -> None:
    decision = decide(case, youth_support_service(), day, rules)
    if decision is not None and decision.level is Level.MINIMUM:
        own = {item.split(".")[1] for item in decision.items if item.startswith("pupil.")}
        others = [item for item in decision.items if not item.startswith("pupil.")]
        assert own == _MAY_ALWAYS_GO
        assert all(item.split(".")[0] == "contact" and item.split(".")[1] in _MAY_ALWAYS_GO for item in others)
        assert bool(others) is rules.with_parent


@_always
def test_no_level_rises_by_a_parents_word_after_16(case: SharingCase, day: date, rules: Rules) -> None:
    if age_on(case.pupil.dob, day) < 16:
        return
    rank = [Level.NONE, Level.MINIMUM, Level.FULL]
    for recipient in heard_recipients().values():
        before = decide(case, recipient, day, rules)
        word = Choice(recipient=recipient.name, choice=ALLOW, by=PARENT, on=day, giver="A", seq=99)
        after = decide(dataclasses.replace(case, choices=[*case.choices, word]), recipient, day, rules)
        assert (before is None) is (after is None)
        if before is not None and after is not None:
            assert rank.index(after.level) <= rank.index(before.level)


@_always
def test_nothing_leaves_for_youth_support_before_13(case: SharingCase, day: date, rules: Rules) -> None:
    decision = decide(case, youth_support_service(), day, rules)
    if decision is not None and age_on(case.pupil.dob, day) < 13:
        assert (decision.level, decision.items) == (Level.NONE, ())


@_always
def test_nobody_off_the_roll_is_decided_on(case: SharingCase, day: date, rules: Rules) -> None:
    expected = any(stay.on_roll(day) for stay in case.enrolments)
    assert all((decide(case, recipient, day, rules) is not None) is expected for recipient in heard_recipients().values())


@_always
def test_a_word_said_later_changes_nothing_today(case: SharingCase, day: date, rules: Rules) -> None:
    later = [choice for choice in case.choices if choice.on <= day]
    trimmed = dataclasses.replace(case, choices=later, notices_given=[d for d in case.notices_given if d <= day])
    for recipient in heard_recipients().values():
        assert decide(case, recipient, day, rules) == decide(trimmed, recipient, day, rules)
