"""The 72 hours of a breach, what must be done before it is closed, and what is offered next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.governance.breach import (
    Breach,
    BreachEvent,
    ReportState,
    StepState,
    left,
    next_kind,
    open_steps,
    order,
    possible,
    steps,
)
from pupil_desk.domain.governance.breach_forms import FORMS, BreachEventKind, Risk

AWARE = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # a Friday: the hours run over the weekend


def breach(*more: BreachEvent, number: int = 1, aware: datetime = AWARE) -> Breach:
    return Breach(
        number,
        (
            BreachEvent(breach_id=f"b{number}", kind=BreachEventKind.REPORTED, at=aware + timedelta(hours=1), moment=aware, text="Lost"),
            *more,
        ),
    )


def event(kind: BreachEventKind, *, hours: float = 2, **more: object) -> BreachEvent:
    return BreachEvent(breach_id="b1", kind=kind, at=AWARE + timedelta(hours=hours), **more)  # type: ignore[arg-type]


def judged(risk: Risk) -> BreachEvent:
    return event(BreachEventKind.RISK, risk=risk.value, text="Why")


def told(hours: float) -> BreachEvent:
    return event(BreachEventKind.ICO_TOLD, hours=hours, moment=AWARE + timedelta(hours=hours))


def test_the_hours_run_from_becoming_aware_and_over_the_weekend() -> None:
    assert breach().due == datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert left(breach(), AWARE + timedelta(hours=70)) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("more", "hours", "state"),
    [
        ((), 72, ReportState.RUNNING),
        ((), 72.01, ReportState.LATE),
        ((told(72),), 100, ReportState.IN_TIME),
        ((told(73),), 100, ReportState.TOLD_LATE),
        ((judged(Risk.UNLIKELY),), 10, ReportState.RUNNING),
        ((judged(Risk.UNLIKELY), event(BreachEventKind.ICO_NOT, text="Why")), 100, ReportState.NOT_NEEDED),
        ((judged(Risk.RISK), event(BreachEventKind.ICO_NOT, text="Why")), 10, ReportState.RUNNING),
        ((judged(Risk.UNLIKELY), event(BreachEventKind.ICO_NOT, text="Why"), judged(Risk.HIGH)), 100, ReportState.LATE),
        ((event(BreachEventKind.NO_BREACH, text="Why"),), 100, ReportState.NOT_NEEDED),
    ],
)
def test_how_it_stands_with_the_report(more: tuple[BreachEvent, ...], hours: float, state: ReportState) -> None:
    assert breach(*more).report(AWARE + timedelta(hours=hours)) is state


def test_the_clock_is_not_moved_by_the_change_of_the_hour() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)  # British summer time ends in between
    assert breach(aware=before).due - before == timedelta(hours=72)


def test_people_must_be_told_only_where_the_risk_is_high() -> None:
    def state(*more: BreachEvent) -> StepState:
        return next(step.state for step in steps(breach(*more)) if BreachEventKind.PEOPLE_TOLD in step.kinds)

    assert state(judged(Risk.RISK)) is StepState.NOT_NEEDED
    assert state(judged(Risk.HIGH)) is StepState.OPEN
    people_not = event(BreachEventKind.PEOPLE_NOT, text="Encrypted")
    assert state(judged(Risk.HIGH), people_not) is StepState.DONE
    assert state(judged(Risk.RISK), people_not, judged(Risk.HIGH)) is StepState.OPEN, "it was said of a lesser risk"
    assert state(judged(Risk.RISK), event(BreachEventKind.PEOPLE_TOLD), judged(Risk.HIGH)) is StepState.DONE


def test_it_can_be_closed_once_every_step_is_done() -> None:
    done = [event(BreachEventKind.ACTION), event(BreachEventKind.OFFICER_TOLD), event(BreachEventKind.EFFECTS), judged(Risk.RISK), told(3)]
    for missing in range(len(done)):
        assert open_steps(breach(*done[:missing], *done[missing + 1 :])), done[missing].kind
    assert open_steps(breach(*done)) == []
    assert next_kind(breach(*done)) is BreachEventKind.CLOSED
    assert possible(breach(*done, event(BreachEventKind.CLOSED))) == [BreachEventKind.REOPENED]
    assert BreachEventKind.CLOSED in possible(breach(*done, event(BreachEventKind.CLOSED), event(BreachEventKind.REOPENED)))


def test_what_turns_out_to_be_no_breach_needs_nothing_more() -> None:
    ended = breach(event(BreachEventKind.NO_BREACH, text="The stick was encrypted and found"))
    assert open_steps(ended) == []
    assert ended.ended is not None


def test_what_is_offered_next_follows_the_steps() -> None:
    assert next_kind(breach()) is BreachEventKind.ACTION
    assert next_kind(breach(event(BreachEventKind.ACTION))) is BreachEventKind.OFFICER_TOLD
    first = (event(BreachEventKind.ACTION), event(BreachEventKind.OFFICER_TOLD), event(BreachEventKind.EFFECTS))
    assert next_kind(breach(*first)) is BreachEventKind.RISK
    assert next_kind(breach(*first, judged(Risk.UNLIKELY))) is BreachEventKind.ICO_NOT
    assert next_kind(breach(*first, judged(Risk.HIGH))) is BreachEventKind.ICO_TOLD


def test_the_one_due_soonest_stands_first_and_those_closed_last() -> None:
    old, new = breach(number=1), breach(number=2, aware=AWARE + timedelta(days=1))
    reported, closed = breach(told(2), number=3), breach(event(BreachEventKind.NO_BREACH), number=4)
    assert [one.number for one in order([closed, reported, new, old], AWARE + timedelta(hours=30))] == [1, 2, 3, 4]


kinds = st.sampled_from(list(FORMS))


@given(st.lists(st.tuples(kinds, st.sampled_from(list(Risk))), max_size=12))
def test_whatever_is_recorded_one_thing_can_always_follow(recorded: list[tuple[BreachEventKind, Risk]]) -> None:
    found = breach(*(event(kind, risk=risk.value if kind is BreachEventKind.RISK else "", moment=AWARE) for kind, risk in recorded))
    assert next_kind(found) in possible(found)
    assert (found.ended is not None) == (possible(found) == [BreachEventKind.REOPENED])
    open_ = {step.kinds for step in steps(found) if step.state is StepState.OPEN}
    done = {event.kind for event in found.events} - {BreachEventKind.PEOPLE_NOT}  # that they need not be told ends with a new judgement
    assert all(not (set(kinds) & done) for kinds in open_ if BreachEventKind.ICO_TOLD not in kinds and BreachEventKind.CLOSED not in kinds)
