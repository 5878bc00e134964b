"""How long each class is kept: the object against dates worked out by hand, and against what its own sentence says to a reader of words."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.governance.retention import (
    CONSENT,
    PROOF,
    RECORD,
    REGISTER,
    REQUEST,
    Happened,
    RetentionClass,
    RetentionEvent,
    RetentionPart,
    check_class,
    proposed_schedule,
)
from tests import sentences

WORDS = {
    RetentionEvent.BIRTH: "birth",
    RetentionEvent.ENTRY: "of the last entry",
    RetentionEvent.CLOSED: "the case is closed",
    RetentionEvent.LAPSED: "the answer no longer counts",
    RetentionEvent.LEFT: "of leaving",
    RetentionEvent.NAMED: "named",
}
BORN = date(2001, 5, 6)


@pytest.mark.parametrize(
    ("name", "days", "hurt", "due"),
    [
        (RECORD, {RetentionEvent.BIRTH: BORN}, False, date(2026, 5, 6)),
        (RECORD, {RetentionEvent.BIRTH: date(2004, 2, 29)}, False, date(2029, 3, 1)),
        (REGISTER, {RetentionEvent.BIRTH: BORN, RetentionEvent.ENTRY: date(2017, 7, 21)}, False, date(2026, 5, 6)),
        (REGISTER, {RetentionEvent.BIRTH: BORN, RetentionEvent.ENTRY: date(2021, 3, 1)}, False, date(2027, 3, 1)),
        (REGISTER, {RetentionEvent.BIRTH: BORN}, False, date(2026, 5, 6)),
        (PROOF, {RetentionEvent.BIRTH: BORN}, False, date(2032, 5, 6)),
        (REQUEST, {RetentionEvent.CLOSED: date(2024, 2, 29)}, False, date(2030, 3, 1)),
        (REQUEST, {RetentionEvent.CLOSED: None}, False, None),
        (CONSENT, {RetentionEvent.LAPSED: date(2026, 7, 31), RetentionEvent.BIRTH: BORN}, False, date(2027, 7, 31)),
        (CONSENT, {RetentionEvent.LAPSED: date(2018, 7, 31), RetentionEvent.BIRTH: BORN}, True, date(2026, 5, 6)),
        (CONSENT, {RetentionEvent.LAPSED: None, RetentionEvent.BIRTH: BORN}, True, None),
    ],
)
def test_the_day_from_which_it_need_not_be_kept(name: str, days: dict[RetentionEvent, date | None], hurt: bool, due: date | None) -> None:
    assert proposed_schedule()[name].due(Happened(days, hurt)) == due


def test_the_sentences_as_they_are_printed() -> None:
    assert {name: made.sentence for name, made in proposed_schedule().classes.items()} == {
        "pupil-record": "Until the pupil’s 25th birthday",
        "register": "Until the pupil’s 25th birthday, and at least 6 years from the day of the last entry",
        "accident": "Until the pupil’s 25th birthday, and at least 3 years from the day of the last entry",
        "sen": "Until the pupil’s 31st birthday",
        "disclosure": "Until the pupil’s 31st birthday",
        "consent": "1 year from the day the answer no longer counts (the trip or other occasion is over, the yes has run out, or the pupil has left; of several uses the last; if nobody answered, and it was for no set day, the day we last asked), "
        "and if someone was badly hurt on the trip at least until the pupil’s 25th birthday",
        "request": "6 years from the day the case is closed",
        "paper": "Until the pupil’s 25th birthday; a paper or form of a consent as long as that consent, and a paper filed under special educational needs as long as those",
        "name": "As long as anything is kept that names the person",
    }
    assert proposed_schedule().register_law == "at least 6 years"


def test_every_class_has_its_source_and_how_sure_we_are() -> None:
    assert proposed_schedule().checked == date(2026, 11, 28)
    for name, made in proposed_schedule().classes.items():
        assert made.source, name
        assert made.sure in ("high", "medium", "low", "design"), name


PARTS = st.builds(
    RetentionPart,
    st.sampled_from([event for event in RetentionEvent if event is not RetentionEvent.NAMED]),
    st.integers(1, 100),
    st.just(False),
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(
    st.lists(PARTS, min_size=1, max_size=3),
    st.one_of(st.none(), st.integers(1, 100)),
    st.booleans(),
    st.dictionaries(st.sampled_from(list(RetentionEvent)), st.one_of(st.none(), DAYS)),
    st.booleans(),
)
def test_whatever_a_unit_sets_the_sentence_says_the_same_day_to_who_knows_the_words_alone(
    parts: list[RetentionPart], after_accident: int | None, hurt: bool, days: dict[RetentionEvent, date | None], follows: bool
) -> None:
    every = (*parts, *((RetentionPart(RetentionEvent.BIRTH, after_accident, if_hurt=True),) if after_accident else ()))
    made = RetentionClass(name="x", label="X", parts=every, sure="high", source="S", follows=follows)
    told = {WORDS[event]: day for event, day in days.items()}
    assert sentences.due(made.sentence, told, hurt=hurt) == made.due(Happened(days, hurt))


def test_one_planted_difference_is_found() -> None:
    made = proposed_schedule()[REQUEST]
    longer = dataclasses.replace(made, parts=(RetentionPart(RetentionEvent.CLOSED, 7),))
    closed = date(2020, 1, 1)
    assert sentences.due(made.sentence, {"the case is closed": closed}) != longer.due(Happened({RetentionEvent.CLOSED: closed}))


def test_the_law_keeps_its_six_years_and_proof_outlives_the_record() -> None:
    ours = proposed_schedule()
    columns = {
        name: [problem.column for problem in check_class(dataclasses.replace(ours[base], parts=parts), ours)]
        for name, base, parts in (
            ("under the law", REGISTER, (RetentionPart(RetentionEvent.BIRTH, 25), RetentionPart(RetentionEvent.ENTRY, 5))),
            ("without the law", REGISTER, (RetentionPart(RetentionEvent.BIRTH, 31),)),
            ("more than the law", REGISTER, (RetentionPart(RetentionEvent.ENTRY, 7),)),
            ("record beyond its proof", RECORD, (RetentionPart(RetentionEvent.BIRTH, 32),)),
            ("proof before the record", PROOF, (RetentionPart(RetentionEvent.BIRTH, 24),)),
            ("nothing", REQUEST, (RetentionPart(RetentionEvent.CLOSED, 0),)),
            ("a century and more", REQUEST, (RetentionPart(RetentionEvent.CLOSED, 101),)),
        )
    }
    assert {name for name, found in columns.items() if not found} == {"more than the law"}
    assert [problem.column for problem in check_class(dataclasses.replace(ours[RECORD], source=" "), ours)] == ["source"]


@given(DAYS, DAYS)
def test_no_entry_of_a_register_goes_before_six_years(dob: date, entry: date) -> None:
    until = proposed_schedule()[REGISTER].due(Happened({RetentionEvent.BIRTH: dob, RetentionEvent.ENTRY: entry}))
    assert until is not None
    assert until >= date(entry.year + 6, entry.month, min(entry.day, 28))
