"""Two people and time to think again: what stands against an erasure, for every way that a case can stand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.governance.erasure_case import (
    ALONE_WAIT,
    ErasureCase,
    ErasureLack,
    ErasureStep,
    ErasureStepKind,
    Reach,
    first_day,
    lacks,
    not_before,
)

DAY = date(2026, 11, 24)


def case(*more: ErasureStepKind, by: str = "ann", other: str = "sam", wait: int = 7) -> ErasureCase:
    first = ErasureStep(
        case_id="c", pupil_id="p", reach=Reach.ALL, step=ErasureStepKind.PROPOSED, not_before=DAY + timedelta(days=wait), by_id=by
    )
    return ErasureCase((first, *(ErasureStep(case_id="c", pupil_id="p", reach=Reach.ALL, step=step, by_id=other) for step in more)))


def standing(one: ErasureCase, days: int, *, alone: bool = False, held: bool = False) -> set[ErasureLack]:
    return set(lacks(one, DAY + timedelta(days=days), proposed_on=DAY, alone=alone, on_hold=held))


def test_two_people_and_the_days() -> None:
    assert standing(case(), 0) == {ErasureLack.TOO_EARLY, ErasureLack.NOT_AGREED}
    assert standing(case(), 7) == {ErasureLack.NOT_AGREED}
    assert standing(case(ErasureStepKind.AGREED), 6) == {ErasureLack.TOO_EARLY}
    assert standing(case(ErasureStepKind.AGREED), 7) == set()


def test_ones_own_word_is_not_the_other_persons() -> None:
    assert standing(case(ErasureStepKind.AGREED, other="ann"), 7) == {ErasureLack.NOT_AGREED}


def test_one_user_alone_waits_seven_days_whatever_is_set_and_needs_the_code() -> None:
    assert not_before(DAY, 1, alone=True) == DAY + timedelta(days=7)
    assert not_before(DAY, 30, alone=True) == DAY + timedelta(days=30)
    assert not_before(DAY, 1, alone=False) == DAY + timedelta(days=1)
    assert standing(case(wait=1), 6, alone=True) == {ErasureLack.TOO_EARLY, ErasureLack.CODE}  # the others have left since it was proposed
    assert standing(case(wait=1), 7, alone=True) == {ErasureLack.CODE}
    assert first_day(case(wait=1), proposed_on=DAY, alone=True) == DAY + timedelta(days=7)


def test_what_somebody_agreed_to_before_leaving_needs_no_code() -> None:
    assert standing(case(ErasureStepKind.AGREED, wait=1), 1, alone=True) == set()


def test_what_has_ended_or_is_held_goes_no_further() -> None:
    for last in (ErasureStepKind.WITHDRAWN, ErasureStepKind.DONE):
        assert standing(case(ErasureStepKind.AGREED, last), 30) == {ErasureLack.ENDED}
    assert ErasureLack.HELD in standing(case(ErasureStepKind.AGREED), 30, held=True)


@given(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 100), st.integers(1, 90))
def test_nobody_erases_by_themselves_within_a_week(agreed: bool, alone: bool, held: bool, days: int, wait: int) -> None:
    one = case(*([ErasureStepKind.AGREED] if agreed else []), wait=wait)
    free = not standing(one, days, alone=alone, held=held)
    assert not (free and held)
    assert not (free and days < wait)
    assert not (free and not agreed)  # without the other person there is always the code to be typed, or somebody to ask
    by_code = standing(one, days, alone=alone, held=held) == {ErasureLack.CODE}
    assert not (by_code and (days < ALONE_WAIT or not alone))
