"""Providers: the sessions that a person writes, how checks stand, what of a return goes with which mark, and what a place needs."""

from datetime import date, timedelta

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.providers.provider import Provider, check_provider
from pupil_desk.domain.providers.provider_check import CheckStanding, ProviderCheck, check_provider_check, lacking, states_of
from pupil_desk.domain.providers.provider_return import ReturnOutcome, agrees, code_for, expected_sessions
from pupil_desk.domain.providers.week_sessions import week_sessions
from pupil_desk.domain.pupils.placement import Placement, check_placement
from pupil_desk.domain.register.attendance import CODES, Session

MONDAY = date(2026, 11, 2)
AM, PM = Session.AM, Session.PM


def place(**items: object) -> Placement:
    return Placement(**{"pupil_id": "p", "provider": "Marden Farm", "start_date": MONDAY, "setting": "OTH"} | items)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        (None, set()),
        ("Mon", {(0, AM), (0, PM)}),
        ("Mon, Tue am", {(0, AM), (0, PM), (1, AM)}),
        ("Thu-Fri pm", {(3, PM), (4, PM)}),
        ("Mondays and Wednesday mornings", {(0, AM), (0, PM), (2, AM)}),
        ("Fri afternoon", {(4, PM)}),
    ],
)
def test_sessions_are_read_as_people_write_them(text: str | None, sessions: set[tuple[int, Session]]) -> None:
    assert week_sessions(text) == sessions


@pytest.mark.parametrize("text", ["am", "Mon, pm", "Sat", "Mon at ten", "3"])
def test_what_names_no_session_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        week_sessions(text)
    assert [problem.code for problem in check_placement(place(sessions=text))] == ["unknown_day"]


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({"sessions": "Mon, Tue am", "sessions_per_week": 3, "price": "85", "price_per": "day"}, []),
        ({"sessions": "Mon, Tue am", "sessions_per_week": 2}, ["other_number"]),
        ({"price": "a lot", "price_per": "day", "sessions": "Mon"}, ["bad_price"]),
        ({"price": "85", "sessions": "Mon"}, ["price_without_unit"]),
        ({"price": "85", "price_per": "day"}, ["price_without_days"]),
    ],
)
def test_what_is_odd_about_a_place_is_said(items: dict[str, object], codes: list[str]) -> None:
    assert [problem.code for problem in check_placement(place(**items))] == codes


def test_a_provider_that_is_no_school_says_why() -> None:
    assert [problem.code for problem in check_provider(Provider(name="Farm", registration="not-a-school"))] == ["no_reason"]
    assert not check_provider(Provider(name="Farm", registration="not-a-school", why_unregistered="Two days a week"))


def seen(kind: str = "insurance", **items: object) -> ProviderCheck:
    return ProviderCheck(**{"provider": "Farm", "kind": kind, "seen_on": MONDAY, "in_order": "yes"} | items)  # type: ignore[arg-type]


def test_of_each_kind_the_check_entered_last_counts_until_it_runs_out() -> None:
    def standing(*checks: ProviderCheck, day: date = MONDAY) -> CheckStanding:
        return next(state.standing for state in states_of(checks, day) if state.kind == "insurance")

    ends = MONDAY + timedelta(days=30)
    assert standing() is CheckStanding.NEVER_SEEN
    assert standing(seen(valid_until=ends), day=ends) is CheckStanding.HOLDS
    assert standing(seen(valid_until=ends), day=ends + timedelta(days=1)) is CheckStanding.RUN_OUT
    assert standing(seen(), seen(in_order="no", note="The policy of another firm")) is CheckStanding.NOT_IN_ORDER
    assert standing(seen(in_order="no", note="Mistake"), seen()) is CheckStanding.HOLDS
    kinds = set(codelist("provider_check").codes)
    assert {state.kind for state in lacking(states_of([seen(kind) for kind in kinds - {"visit"}], MONDAY))} == {"visit"}
    assert lacking(states_of([], MONDAY))[0].words == "registration with DfE, or why none is needed: not seen yet"


def test_a_check_of_a_day_to_come_or_without_what_is_wrong_is_refused() -> None:
    assert [problem.code for problem in check_provider_check(seen(seen_on=MONDAY + timedelta(1)), MONDAY)] == ["future_date"]
    assert [problem.code for problem in check_provider_check(seen(in_order="no"), MONDAY)] == ["missing"]
    assert [problem.code for problem in check_provider_check(seen(valid_until=MONDAY - timedelta(1)), MONDAY)] == ["ends_before_start"]


AT_THE_PROVIDER = {"B", "K", "P", "W"}


def test_each_code_goes_with_what_the_provider_says_by_the_table() -> None:
    codes = {*codelist(CODES).codes, ""}
    no_claim = codes - AT_THE_PROVIDER - {""}  # an expected B is no mark until the provider has said so
    goes_with = {"attended": AT_THE_PROVIDER, "late": AT_THE_PROVIDER, "absent": no_claim, "not-run": no_claim, "": no_claim}
    for outcome, settled in goes_with.items():
        assert {code for code in codes if agrees(code, outcome)} == settled, outcome


def test_a_return_makes_a_mark_only_where_none_stands_that_was_seen_or_decided() -> None:
    codes = {*codelist(CODES).codes, ""}
    makes = {
        "attended": {"": "B", "N": "B", "O": "B", "B": "B", "K": "K", "P": "P", "W": "W"},
        "late": {"": "B", "N": "B", "O": "B", "B": "B", "K": "K", "P": "P", "W": "W"},
        "absent": {"": "N", "B": "N"},
        "not-run": {},
    }
    assert set(makes) == set(ReturnOutcome)
    for outcome, marks in makes.items():
        assert {code: mark for code in codes if (mark := code_for(outcome, code)) is not None} == marks, outcome


def test_a_pupil_is_expected_on_the_sessions_of_the_place_from_its_first_day_to_its_last() -> None:
    days = [MONDAY + timedelta(number) for number in (-7, 0, 1, 2, 7, 14)]
    placement = place(sessions="Mon am, Tue", end_date=MONDAY + timedelta(7))
    expected = list(expected_sessions([placement], days, {(MONDAY, AM): "B"}, {("p", "marden farm", MONDAY + timedelta(1), PM): "absent"}))
    assert [((session.day - MONDAY).days, session.session, session.code, session.returned_outcome) for session in expected] == [
        (0, AM, "B", ""),
        (1, AM, "", ""),
        (1, PM, "", "absent"),
        (7, AM, "", ""),
    ]
