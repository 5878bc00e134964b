"""The review of a decision: the committee, the panel, the committee again; and what Home asks about open steps."""

from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.suspensions.review import again_due, ask_until, possible, recorded
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionCase, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.home.deadline_calendar import all_deadlines
from pupil_desk.services.suspensions import decisions, suspension_due
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6), looked_after=False)


def decide(unit: Unit, pupil: Pupil, **items: object) -> None:
    told = {"category": "PERM", "start": DAY, "session": "AM", "sessions": None, "reason_1": "DB"} | items
    decisions.decide(unit.desk, Suspension(pupil_id=pupil.id, **told))  # type: ignore[arg-type]


def only(unit: Unit, pupil: Pupil) -> SuspensionCase:
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    return case


def review(unit: Unit, pupil: Pupil, kind: SuspensionEventKind, **more: object) -> None:
    event = SuspensionEvent(pupil_id=pupil.id, decision=only(unit, pupil).suspension.decision, kind=kind, on=DAY, **more)  # type: ignore[arg-type]
    decisions.record(unit.desk, event)


def test_an_exclusion_goes_from_the_committee_to_the_panel_and_back(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil)
    calendar = decisions.overview(unit.desk, pupil.id).calendar
    assert possible(only(unit, pupil), DAY) == (SuspensionEventKind.BOARD_UPHELD,)
    review(unit, pupil, SuspensionEventKind.BOARD_UPHELD, note="Four members, minute 12")
    assert only(unit, pupil).step(SuspensionEventKind.BOARD_MET) is not None
    assert ask_until(only(unit, pupil), calendar) == calendar.school_days_after(DAY, 15)
    assert possible(only(unit, pupil), DAY) == (SuspensionEventKind.REVIEW_ASKED,)
    review(unit, pupil, SuspensionEventKind.REVIEW_ASKED)
    assert ask_until(only(unit, pupil), calendar) is None
    review(unit, pupil, SuspensionEventKind.SEN_EXPERT)
    assert possible(only(unit, pupil), DAY) == (
        SuspensionEventKind.PANEL_UPHELD,
        SuspensionEventKind.PANEL_RECOMMENDED,
        SuspensionEventKind.PANEL_QUASHED,
    )
    review(unit, pupil, SuspensionEventKind.PANEL_QUASHED)
    assert again_due(only(unit, pupil), calendar) == calendar.school_days_after(DAY, 10)
    assert possible(only(unit, pupil), DAY) == (SuspensionEventKind.BOARD_UPHELD,)
    event = SuspensionEvent(pupil_id=pupil.id, decision=only(unit, pupil).suspension.decision, kind=SuspensionEventKind.REINSTATED, on=DAY)
    decisions.record_event(unit.desk, event)
    assert again_due(only(unit, pupil), calendar) is None
    assert possible(only(unit, pupil), DAY) == ()


def test_a_suspension_is_upheld_and_goes_to_no_panel(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil, category="SUSP", sessions=4)
    with pytest.raises(Refused, match="cannot be recorded now"):
        review(unit, pupil, SuspensionEventKind.REVIEW_ASKED)
    review(unit, pupil, SuspensionEventKind.BOARD_UPHELD)
    assert possible(only(unit, pupil), DAY) == ()
    with pytest.raises(Refused, match="cannot be recorded now"):
        review(unit, pupil, SuspensionEventKind.BOARD_UPHELD)


def test_what_was_recorded_last_is_taken_back_by_a_further_event(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil)
    review(unit, pupil, SuspensionEventKind.BOARD_UPHELD)
    review(unit, pupil, SuspensionEventKind.REVIEW_ASKED)
    with pytest.raises(Refused, match="recorded last"):
        review(unit, pupil, SuspensionEventKind.BOARD_UPHELD, done=False)
    review(unit, pupil, SuspensionEventKind.REVIEW_ASKED, done=False)
    assert [event.kind for event in recorded(only(unit, pupil))] == [SuspensionEventKind.BOARD_UPHELD]
    (section,) = [one for one in sheet.everything(unit.desk, pupil.id) if one.name == "suspension_events"]
    told = [{name: words for name, _label, _value, words in entry.facts} for entry in section.entries]
    assert [(one["kind"], one["done"]) for one in told] == [
        ("Committee or board has considered it", "Yes"),
        ("The committee or board upheld the decision", "Yes"),
        ("An independent review was asked for", "Yes"),
        ("An independent review was asked for", "No"),
    ]


def test_days_are_in_order_and_none_is_before_the_decision(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil)
    decision = only(unit, pupil).suspension.decision
    with pytest.raises(Refused, match="before the first day"):
        decisions.record(
            unit.desk, SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=SuspensionEventKind.BOARD_UPHELD, on=DAY - timedelta(1))
        )
    with pytest.raises(WrongUse):
        decisions.record(unit.desk, SuspensionEvent(pupil_id=pupil.id, decision="none", kind=SuspensionEventKind.BOARD_UPHELD, on=DAY))


def test_the_office_does_not_record_it(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil)
    event = SuspensionEvent(
        pupil_id=pupil.id, decision=only(unit, pupil).suspension.decision, kind=SuspensionEventKind.BOARD_UPHELD, on=DAY
    )
    with pytest.raises(NotAllowed):
        decisions.record(unit.as_role(Role.OFFICE), event)


def test_open_steps_are_told_until_they_are_done(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil)
    (line,) = suspension_due.open_steps(unit.desk)
    assert line.subject == f"Permanent exclusion from {DAY.day} Nov 2026"
    assert line.words[:4] == (
        "tell the parents",
        "send the letter",
        "tell the authority",
        "tell the management committee or governing board",
    )
    assert "education from day six by 2 Dec 2026" in line.words
    assert (line.due, line.late) == (DAY, False)
    assert [each.day for each in all_deadlines(unit.desk) if each.kind == "suspension"] == [DAY, date(2026, 12, 2), date(2026, 12, 16)]
    for kind in (
        SuspensionEventKind.TOLD_PARENTS,
        SuspensionEventKind.LETTER,
        SuspensionEventKind.TOLD_LA,
        SuspensionEventKind.TOLD_BOARD,
        SuspensionEventKind.DAY_SIX,
    ):
        event = SuspensionEvent(pupil_id=pupil.id, decision=line.decision, kind=kind, on=DAY)
        decisions.record_event(unit.desk, event)
    (line,) = suspension_due.open_steps(unit.desk)
    assert line.words == ("the management committee or governing board meets by 16 Dec 2026",)
    review(unit, pupil, SuspensionEventKind.BOARD_UPHELD)
    assert suspension_due.open_steps(unit.desk) == []


def test_steps_of_another_school_are_not_asked_for(unit: Unit, pupil: Pupil) -> None:
    decide(unit, pupil, category="SUSP", sessions=2, school="919/4001")
    assert suspension_due.open_steps(unit.desk) == []
    decide(unit, pupil, category="SUSP", sessions=2, start=DAY + timedelta(days=1))
    assert len(suspension_due.open_steps(unit.desk)) == 1
