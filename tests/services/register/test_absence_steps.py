"""What was done about absence: it counts anew after a decision, waits after support, is taken back, and a referral is in the log of what was told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.register import absence_steps, penalty_referral, without_leave
from pupil_desk.services.sheet import everything
from tests.services.exports.made import Unit

TEN = (9, 10, 11, 12, 13)  # of November


@pytest.fixture
def missed(unit: Unit, una: Pupil) -> Pupil:
    """Ten sessions without leave, the last on 13 November."""
    _miss(unit, una, *TEN)
    return una


def _miss(unit: Unit, pupil: Pupil, *days: int, sessions: tuple[Session, ...] = tuple(Session)) -> None:
    marks = [Mark(pupil_id=pupil.id, day=date(2026, 11, day), session=half, code="O") for day in days for half in sessions]
    register.mark(unit.desk, marks)


def _step(unit: Unit, pupil: Pupil, kind: str, day: int, note: str | None = None) -> str:
    absence_steps.record(unit.desk, AbsenceStep(pupil_id=pupil.id, kind=kind, on=date(2026, 11, day), note=note))
    return absence_steps.of_pupil(unit.desk, pupil.id)[-1].id


def _told(unit: Unit) -> list[str]:
    return [line.words for line in register.watch(unit.desk).penalty]


@pytest.mark.parametrize("kind", ["support", "notice"])
def test_after_support_or_a_notice_it_waits_until_one_more_is_missed(unit: Unit, missed: Pupil, kind: str) -> None:
    assert len(_told(unit)) == 1
    _step(unit, missed, kind, 16, "Taxi arranged")
    assert _told(unit) == []
    _miss(unit, missed, 18, sessions=(Session.AM,))
    assert _told(unit) == ["11 sessions without leave in 10 school weeks, 9 Nov 2026 to 18 Nov 2026"]


@pytest.mark.parametrize("kind", ["referred", "against"])
def test_after_a_decision_only_what_is_missed_later_counts(unit: Unit, missed: Pupil, kind: str) -> None:
    _step(unit, missed, kind, 13, "The family moved house")
    assert without_leave.missed_of(unit.desk, [missed.id], unit.desk.today) == {}, "a letter says nothing of them any more"
    _miss(unit, missed, 16, 17, 18, 19)
    assert _told(unit) == []
    assert without_leave.missed_of(unit.desk, [missed.id], unit.desk.today)[missed.id].sessions == 8
    _miss(unit, missed, 20)
    assert _told(unit) == ["10 sessions without leave in 10 school weeks, 16 Nov 2026 to 20 Nov 2026"]


def test_what_was_missed_after_the_day_of_a_step_that_is_entered_late_counts(unit: Unit, missed: Pupil) -> None:
    _step(unit, missed, "support", 11)
    assert len(_told(unit)) == 1


def test_one_taken_back_does_not_count_and_stays_on_file_with_the_reason(unit: Unit, missed: Pupil) -> None:
    step_id = _step(unit, missed, "against", 16, "Ill after all")
    with pytest.raises(Refused):
        absence_steps.take_back(unit.desk, step_id, " ")
    absence_steps.take_back(unit.desk, step_id, "Another pupil")
    assert absence_steps.of_pupil(unit.desk, missed.id) == []
    assert len(_told(unit)) == 1
    with pytest.raises(WrongUse):
        absence_steps.take_back(unit.desk, step_id, "Again")
    (section,) = [one for one in everything(unit.desk, missed.id) if one.name == "absence_steps"]
    (entry,) = section.entries
    kept = entry.as_kept()
    assert (kept["kind"], kept["note"], kept["back_because"]) == ("against", "Ill after all", "Another pupil")


def test_a_referral_is_told_to_the_authority_and_struck_out_with_it(unit: Unit, missed: Pupil) -> None:
    step_id = _step(unit, missed, "referred", 16)
    (line,) = told.log(unit.desk, pupil_id=missed.id)
    assert (line.recipient, line.on, line.struck) == ("Local authority", date(2026, 11, 16), "")
    absence_steps.take_back(unit.desk, step_id, "Sent to nobody")
    (line,) = told.log(unit.desk, pupil_id=missed.id)
    assert line.struck == "The referral was taken back"


@pytest.mark.parametrize("kind", ["support", "notice", "against"])
def test_nothing_else_tells_anybody_outside(unit: Unit, missed: Pupil, kind: str) -> None:
    _step(unit, missed, kind, 16, "Why")
    assert told.log(unit.desk, pupil_id=missed.id) == []


def test_the_log_says_of_a_referral_what_its_paper_says(unit: Unit, missed: Pupil) -> None:
    unit.protect(missed)
    _step(unit, missed, "referred", 16)
    (line,) = told.log(unit.desk, pupil_id=missed.id)
    assert line.fields == ("name and date of birth", "attendance")


def test_a_decision_against_has_its_reason_and_no_step_lies_ahead(unit: Unit, missed: Pupil) -> None:
    for step in (
        AbsenceStep(pupil_id=missed.id, kind="against", on=date(2026, 11, 16)),
        AbsenceStep(pupil_id=missed.id, kind="support", on=date(2026, 11, 25)),
    ):
        with pytest.raises(Refused):
            absence_steps.record(unit.desk, step)
    assert unit.count("absence_step") == 0


def _in_year(desk: Desk, year: int) -> Desk:
    return replace(desk, clock=FixedClock(datetime(year, 11, 24, 10, tzinfo=UTC)))


def test_a_third_referral_in_three_years_is_pointed_out_and_kept_all_the_same(unit: Unit, missed: Pupil) -> None:
    for day in (9, 10):
        _step(unit, missed, "referred", day)
    for year, warned in ((2026, True), (2028, True), (2029, False)):
        desk = _in_year(unit.desk, year)
        third = AbsenceStep(pupil_id=missed.id, kind="referred", on=date(year, 11, 24))
        problems = absence_steps.problems(desk, third)
        assert [problem.code for problem in problems if problem.column != "parent"] == ["many_notices"] * warned
        assert not any(problem.stops for problem in problems)
    assert (
        "allows each parent 2 penalty notices"
        in absence_steps.problems(_in_year(unit.desk, 2028), replace(third, on=date(2028, 1, 3)))[1].message
    )
    _step(unit, missed, "referred", 24)
    assert len(absence_steps.of_pupil(unit.desk, missed.id)) == 3


def test_once_the_improvement_period_is_over_it_is_asked_what_comes_of_it(unit: Unit, missed: Pupil) -> None:
    notice = AbsenceStep(pupil_id=missed.id, kind="notice", on=date(2026, 11, 11), until=date(2026, 11, 20))
    absence_steps.record(unit.desk, notice)
    left = unit.pupil("Birch", "Ben", date(2012, 1, 5), Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 18)))
    past_school_age = unit.pupil("Hall", "Bo", date(2009, 1, 5))
    for pupil in (left, past_school_age):
        absence_steps.record(unit.desk, replace(notice, pupil_id=pupil.id))
    assert _told(unit) == ["the improvement period ended on 20 Nov 2026, with 4 sessions without leave in it: decide"]
    _step(unit, missed, "referred", 24)
    assert _told(unit) == []


def test_a_period_that_goes_on_or_whose_notice_was_taken_back_is_not_asked_about(unit: Unit, una: Pupil) -> None:
    _miss(unit, una, 9)
    absence_steps.record(unit.desk, AbsenceStep(pupil_id=una.id, kind="notice", on=date(2026, 11, 11), until=date(2026, 11, 24)))
    assert _told(unit) == []
    absence_steps.record(unit.desk, AbsenceStep(pupil_id=una.id, kind="notice", on=date(2026, 11, 2), until=date(2026, 11, 20)))
    assert _told(unit) == [], "the later period goes on"
    for step in absence_steps.of_pupil(unit.desk, una.id):
        absence_steps.take_back(unit.desk, step.id, "Another pupil")
    assert _told(unit) == []


@pytest.mark.parametrize(
    ("until", "code", "stops"),
    [
        (date(2026, 11, 10), "too_early", True),
        (date(2026, 11, 23), "unusual", False),
        (None, "missing", False),
        (date(2026, 12, 8), "", False),
    ],
)
def test_an_improvement_period_is_three_to_six_weeks_long(unit: Unit, una: Pupil, until: date | None, code: str, stops: bool) -> None:
    found = absence_steps.problems(unit.desk, AbsenceStep(pupil_id=una.id, kind="notice", on=date(2026, 11, 10), until=until))
    assert [(problem.column, problem.code, problem.stops) for problem in found] == ([("until", code, stops)] if code else [])


def _of_parent(unit: Unit, pupil: Pupil, kind: str, day: int, parent: str) -> AbsenceStep:
    absence_steps.record(unit.desk, AbsenceStep(pupil_id=pupil.id, kind=kind, on=date(2026, 11, day), parent=parent))
    return absence_steps.of_pupil(unit.desk, pupil.id)[-1]


def test_referrals_are_counted_for_each_parent_and_not_where_no_notice_came(unit: Unit, missed: Pupil) -> None:
    for forename in ("Ada", "Bo"):
        unit.contact(missed, "Ash", forename=forename, parental_responsibility=True)
    for day in (9, 10):
        _of_parent(unit, missed, "referred", day, "Ada Ash")
    third = AbsenceStep(pupil_id=missed.id, kind="referred", on=date(2026, 11, 20), parent="ada ash")
    assert [problem.code for problem in absence_steps.problems(unit.desk, third)] == ["many_notices"]
    assert absence_steps.problems(unit.desk, replace(third, parent="Bo Ash")) == ()
    _of_parent(unit, missed, "withdrawn", 12, "Ada Ash")
    assert absence_steps.problems(unit.desk, third) == ()
    assert [problem.code for problem in absence_steps.problems(unit.desk, replace(third, parent="Cy Ash"))] == ["unknown"]
    assert [problem.code for problem in absence_steps.problems(unit.desk, replace(third, kind="paid", parent="Bo Ash"))] == ["no_referral"]


def test_the_paper_of_a_referral_has_sessions_support_and_what_came_of_earlier_ones(unit: Unit, missed: Pupil) -> None:
    unit.contact(missed, "Ash", forename="Ada", parental_responsibility=True, lives_with=True)
    _step(unit, missed, "support", 9, "Taxi arranged")
    _miss(unit, missed, 4, 5)
    _of_parent(unit, missed, "referred", 6, "Ada Ash")
    _of_parent(unit, missed, "paid", 12, "Ada Ash")
    _of_parent(unit, missed, "referred", 13, "Bo Ash")
    step = _of_parent(unit, missed, "referred", 16, "Ada Ash")
    story, title = penalty_referral.paper(unit.desk, step.id)
    said = plain_text(story)
    assert title == "Referral for a penalty notice"
    for words in (
        "Una Ash",
        "Ada Ash",
        "10 sessions in 10 school weeks",
        "Support offered: Taxi arranged",
        "1 of at most 2 in 3 years",
        "Penalty notice paid",
        "morning: O (",
        "afternoon: O (",
        unit.desk.settings.phone or "",
    ):
        assert words in said
    assert said.count("O (") == 10, (
        "those of 4 and 5 November were dealt with; what was asked of the other parent settles nothing for this one"
    )
    assert "Not to be signed" not in said
    bare = unit.pupil("Birch", "Ben", date(2012, 1, 5))
    words = plain_text(penalty_referral.paper(unit.desk, _of_parent(unit, bare, "referred", 16, "Ada Birch").id)[0])
    for empty in (
        "none, by the register, in the 20 school weeks up to 16 November 2026",
        "none on our record up to 16 November 2026",
        "0 of at most 2 in 3 years",
        "Not to be signed: the register has no session missed without leave in those weeks that was not dealt with before. If that is right, take the referral back.",
    ):
        assert empty in words
    before = len(told.log(unit.desk, pupil_id=missed.id))
    penalty_referral.log_print(unit.desk, step.id)
    assert unit.log()[-1] == ("print-form", missed.id, "penalty referral")
    assert len(told.log(unit.desk, pupil_id=missed.id)) == before, "the step told it"
    with pytest.raises(WrongUse):
        penalty_referral.paper(unit.desk, next(one.id for one in absence_steps.of_pupil(unit.desk, missed.id) if one.kind == "support"))
