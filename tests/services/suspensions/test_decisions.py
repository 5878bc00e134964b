"""Suspensions at the desk: who may decide, the E marks that follow, cancellation, steps, the limit."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind, SuspensionStanding
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register, sheet
from pupil_desk.services.care import needs
from pupil_desk.services.duplicates import merging
from pupil_desk.services.suspensions import decisions, letters, suspension_due
from pupil_desk.services.unit import calendars
from pupil_desk.store.file.errors import StoreFault
from tests.services.exports.made import DAY, Unit
from tests.services.suspensions.made import codes

THURSDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 30)  # the unit is closed on Friday the 27th


def _new(pupil: Pupil, **items: object) -> Suspension:
    told = {"category": "SUSP", "start": THURSDAY, "session": "AM", "sessions": 4, "reason_1": "DB"} | items
    return Suspension(pupil_id=pupil.id, **told)  # type: ignore[arg-type]


def _only(unit: Unit, pupil: Pupil) -> decisions.SuspensionCase:
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    return case


def _seen(unit: Unit, pupil: Pupil) -> tuple[decisions.Overview, decisions.SuspensionCase]:
    seen = decisions.overview(unit.desk, pupil.id)
    return seen, seen.cases[0]


def _became(unit: Unit, pupil: Pupil, kind: SuspensionEventKind, on: date = DAY, **more: object) -> None:
    decision = _only(unit, pupil).suspension.decision
    event = SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=kind, on=on, **more)  # type: ignore[arg-type]
    decisions.record_event(unit.desk, event)


def _problems(unit: Unit, suspension: Suspension) -> list[str]:
    with pytest.raises(Refused) as refused:
        decisions.decide(unit.desk, suspension)
    return [problem.code for problem in refused.value.problems]


def test_a_decision_writes_its_e_marks_and_passes_over_the_closed_day(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    assert codes(unit, pupil) == {(THURSDAY, "AM"): "E", (THURSDAY, "PM"): "E", (MONDAY, "AM"): "E", (MONDAY, "PM"): "E"}
    seen = decisions.overview(unit.desk, pupil.id)
    assert seen.days == 2
    assert seen.cases[0].suspension.sen_provision == "K"


def test_a_mark_that_stood_there_is_amended_and_kept(unit: Unit, pupil: Pupil) -> None:
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="B")])
    decisions.decide(unit.desk, _new(pupil, start=DAY, sessions=1))
    assert [entry.code for entry in register.entries(unit.desk, pupil.id, DAY, Session.AM)] == ["B", "E"]


def test_the_office_may_tick_and_not_decide(unit: Unit, pupil: Pupil) -> None:
    office = unit.as_role(Role.OFFICE)
    with pytest.raises(NotAllowed, match="assistant head and data officer"):
        decisions.decide(office, _new(pupil))
    decisions.decide(unit.as_role(Role.ASSISTANT_HEAD), _new(pupil))
    decision = _only(unit, pupil).suspension.decision
    event = SuspensionEvent(
        pupil_id=pupil.id, decision=decision, kind=SuspensionEventKind.TOLD_PARENTS, on=DAY, time="9.30", note="by phone"
    )
    decisions.record_event(office, event)
    with pytest.raises(NotAllowed):
        decisions.record_event(office, dataclasses.replace(event, kind=SuspensionEventKind.CANCELLED))
    ticked = _only(unit, pupil).step(SuspensionEventKind.TOLD_PARENTS)
    assert ticked is not None
    assert (ticked.on, ticked.time, ticked.note) == (DAY, "09:30", "by phone")
    decisions.record_event(office, dataclasses.replace(event, done=False))
    assert _only(unit, pupil).step(SuspensionEventKind.TOLD_PARENTS) is None
    assert unit.count("suspension_event") == 2


def test_a_cancellation_takes_the_remaining_marks_back(unit: Unit, pupil: Pupil) -> None:
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.PM, code="C2")])
    decisions.decide(unit.desk, _new(pupil))
    _became(unit, pupil, SuspensionEventKind.CANCELLED, on=MONDAY, note="New evidence")
    assert codes(unit, pupil) == {(THURSDAY, "AM"): "E", (THURSDAY, "PM"): "E", (MONDAY, "PM"): "C2"}
    assert decisions.overview(unit.desk, pupil.id).days == 1
    assert _only(unit, pupil).standing(DAY) is SuspensionStanding.CANCELLED
    with pytest.raises(Refused):
        _became(unit, pupil, SuspensionEventKind.CANCELLED, on=MONDAY, note="Again")


def test_an_ending_leaves_the_marks_that_an_exclusion_covers_until_that_has_ended_too(unit: Unit, pupil: Pupil) -> None:
    tuesday = date(2026, 12, 1)
    decisions.decide(unit.desk, _new(pupil, sessions=6))
    first = _only(unit, pupil).suspension.decision
    decisions.decide(unit.desk, _new(pupil, category="PERM", start=MONDAY, sessions=None))
    last = decisions.overview(unit.desk, pupil.id).cases[-1].suspension.decision
    for decision, on, stay in ((first, MONDAY, [THURSDAY, MONDAY, tuesday]), (last, tuesday, [THURSDAY, MONDAY])):
        event = SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=SuspensionEventKind.CANCELLED, on=on, note="New evidence")
        decisions.record_event(unit.desk, event)
        marked = {day for (day, _half), code in codes(unit, pupil, last=tuesday).items() if code == "E"}
        assert sorted(marked) == stay


def test_a_mistake_takes_all_marks_back_and_counts_nothing(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    with pytest.raises(Refused, match="reason"):
        _became(unit, pupil, SuspensionEventKind.MISTAKEN)
    _became(unit, pupil, SuspensionEventKind.MISTAKEN, note="The wrong pupil")
    assert codes(unit, pupil) == {}, "as before it was entered: nothing was marked"
    entries = register.entries(unit.desk, pupil.id, THURSDAY, Session.AM)
    assert [(entry.code, entry.reason) for entry in entries] == [("E", ""), ("", "The suspension was entered by mistake")]
    assert decisions.overview(unit.desk, pupil.id).days == 0


def test_of_merged_records_the_marks_go_back_to_what_the_one_kept_had(unit: Unit, pupil: Pupil) -> None:
    """The other record's marks of the same sessions are a history of their own, which is not read as what stood there before."""
    monday, other = date(2026, 11, 23), unit.pupil("Quil", "Bea", date(2012, 5, 6))
    decisions.decide(unit.desk, _new(pupil, start=monday, sessions=1))
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=monday, session=Session.PM, code="\\")])
    for code in ("N", "O"):
        halves = [Mark(pupil_id=other.id, day=monday, session=session, code=code) for session in Session]
        register.mark(unit.desk, halves, reason="No reason was given")
    merging.merge(unit.desk, pupil.id, other.id, reason="One girl")
    assert [entry.code for entry in register.entries(unit.desk, pupil.id, monday, Session.PM)] == ["\\"], "as the printed register says"
    decisions.decide(unit.desk, _new(pupil, start=monday, session="PM", sessions=1))
    for case in decisions.overview(unit.desk, pupil.id).cases:
        told = {"kind": SuspensionEventKind.MISTAKEN, "on": DAY, "note": "The wrong pupil"}
        decisions.record_event(unit.desk, SuspensionEvent(pupil_id=pupil.id, decision=case.suspension.decision, **told))  # type: ignore[arg-type]
    assert codes(unit, pupil, monday) == {(monday, "AM"): "O", (monday, "PM"): "\\"}, "of the morning the other record's mark alone is left"


def test_an_ending_undone_enters_e_where_it_had_taken_it_and_nowhere_else(unit: Unit, pupil: Pupil) -> None:
    """A session that somebody amended by hand, before the ending or after it, stays as they entered it."""
    decisions.decide(unit.desk, _new(pupil))
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=THURSDAY, session=Session.PM, code="C2")], reason="Was here in the afternoon")
    decision = _only(unit, pupil).suspension.decision
    event = SuspensionEvent(
        pupil_id=pupil.id, decision=decision, kind=SuspensionEventKind.MISTAKEN, on=unit.desk.today, note="The wrong pupil"
    )
    decisions.record_event(unit.desk, event)
    assert codes(unit, pupil) == {(THURSDAY, "PM"): "C2"}
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="C2")], reason="Was here")
    decisions.record_event(unit.desk, dataclasses.replace(event, done=False))
    assert codes(unit, pupil) == {(THURSDAY, "AM"): "E", (THURSDAY, "PM"): "C2", (MONDAY, "AM"): "C2", (MONDAY, "PM"): "E"}


def test_what_somebody_had_entered_comes_back_whole(unit: Unit, pupil: Pupil) -> None:
    """An N that a person entered too, and the minutes and the note of a late mark."""
    late = Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="L", minutes_late=12, note="The bus")
    register.mark(unit.desk, [late])
    decisions.decide(unit.desk, _new(pupil, start=DAY, sessions=2))
    _became(unit, pupil, SuspensionEventKind.MISTAKEN, note="The wrong pupil")
    (row,) = [row for row in register.view(unit.desk, DAY, DAY).rows if row.pupil_id == pupil.id]
    assert {half: (cell.code, cell.minutes_late, cell.note) for half, cell in row.cells.items() if cell.code} == {
        (DAY, Session.AM): ("L", 12, "The bus")
    }
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="N")], reason="Not seen")
    decisions.decide(unit.desk, _new(pupil, start=DAY, sessions=1))
    second = decisions.overview(unit.desk, pupil.id).cases[-1].suspension.decision
    event = SuspensionEvent(pupil_id=pupil.id, decision=second, kind=SuspensionEventKind.MISTAKEN, on=DAY, note="Again the wrong pupil")
    decisions.record_event(unit.desk, event)
    assert codes(unit, pupil) == {(DAY, "AM"): "N"}


def test_a_session_whose_e_was_taken_back_is_marked_again_as_any_other(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil, start=DAY, sessions=1))
    _became(unit, pupil, SuspensionEventKind.MISTAKEN, note="The wrong pupil")
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="/")])
    assert codes(unit, pupil) == {(DAY, "AM"): "/"}


def test_what_was_just_saved_is_undone_and_its_marks_with_it(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    old = _only(unit, pupil).suspension
    decisions.correct(unit.desk, old.decision, dataclasses.replace(old, sessions=2))
    kept = _only(unit, pupil).suspension
    decisions.undo(unit.desk, kept, old)
    assert _only(unit, pupil).suspension.sessions == 4
    assert set(codes(unit, pupil)) == {(THURSDAY, "AM"), (THURSDAY, "PM"), (MONDAY, "AM"), (MONDAY, "PM")}
    decisions.undo(unit.desk, kept, None)
    assert _only(unit, pupil).standing(DAY) is SuspensionStanding.MISTAKEN
    assert codes(unit, pupil) == {}


def test_nobody_is_back_from_what_has_not_begun(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    with pytest.raises(Refused, match="not begun"):
        _became(unit, pupil, SuspensionEventKind.SERVED)


def test_what_stops_a_decision(unit: Unit, pupil: Pupil) -> None:
    assert _problems(unit, _new(pupil, start=date(2026, 11, 27))) == ["closed_day"]
    assert _problems(unit, _new(pupil, reason_2="DB")) == ["reason_twice"]
    assert _problems(unit, _new(pupil, sessions=91)) == ["over_limit"]
    decisions.decide(unit.desk, _new(pupil))
    assert _problems(unit, _new(pupil, start=MONDAY, sessions=1)) == ["overlaps"]
    assert _problems(unit, _new(pupil, start=date(2026, 12, 1), sessions=87)) == ["over_limit"]
    near = decisions.plan_of(unit.desk, _new(pupil, start=date(2026, 12, 1), sessions=86))
    assert [problem.code for problem in near.problems] == ["near_limit", "back_to_back"]


def test_another_schools_days_count_and_are_kept_and_leave_our_register_alone(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil, start=date(2026, 9, 2), sessions=100, school="919/4001"))
    assert decisions.overview(unit.desk, pupil.id).days == 50
    assert codes(unit, pupil, first=date(2026, 9, 2)) == {}
    assert "over_limit" in _problems(unit, _new(pupil, start=date(2027, 2, 1), sessions=1))


def test_a_lunchtime_has_no_e_and_counts_half_a_day(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil, category="LNCH", session="PM", sessions=2))
    assert codes(unit, pupil) == {}
    assert [day for day, _half in _only(unit, pupil).halves] == [THURSDAY, MONDAY]
    assert decisions.overview(unit.desk, pupil.id).days == 1


def test_what_was_entered_is_put_right_by_a_further_row(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    old = _only(unit, pupil).suspension
    decisions.correct(unit.desk, old.decision, dataclasses.replace(old, sessions=2, reason_1="VA"))
    assert codes(unit, pupil) == {(THURSDAY, "AM"): "E", (THURSDAY, "PM"): "E"}
    assert (_only(unit, pupil).suspension.reason_1, unit.count("suspension")) == ("VA", 2)


def test_one_that_has_begun_is_not_made_longer(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil, start=DAY, sessions=2))
    old = _only(unit, pupil).suspension
    with pytest.raises(Refused, match="new decision"):
        decisions.correct(unit.desk, old.decision, dataclasses.replace(old, sessions=3))


def test_a_permanent_exclusion_has_its_steps(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil, category="PERM", sessions=None))
    assert list(codes(unit, pupil).values()) == ["E"] * 10
    seen = decisions.overview(unit.desk, pupil.id)
    steps = {step.event: step for step in decisions.steps(unit.desk, seen, seen.cases[0])}
    assert steps[SuspensionEventKind.DAY_SIX].due == date(2026, 12, 4)
    assert "local authority of the pupil’s home" in steps[SuspensionEventKind.DAY_SIX].words
    assert steps[SuspensionEventKind.BOARD_MET].due == date(2026, 12, 18)
    assert steps[SuspensionEventKind.TOLD_VIRTUAL_HEAD].needed
    grown = unit.pupil("Marl", "Ned", date(2008, 11, 24))  # 18 today, and 17 when it was decided
    decisions.decide(unit.desk, _new(grown, start=date(2026, 11, 9), sessions=12))
    for kind in (SuspensionEventKind.TOLD_PARENTS, SuspensionEventKind.DAY_SIX):
        _became(unit, grown, kind, on=date(2026, 11, 10))
    steps = {step.event: step for step in decisions.steps(unit.desk, *_seen(unit, grown))}
    assert (steps[SuspensionEventKind.TOLD_PARENTS].words, steps[SuspensionEventKind.LETTER].words) == (
        "Tell the parents, without delay",
        "Give or send the letter to the pupil, who is 18 or over",  # who is 18 when it is made gets it
    )
    assert "if the parents ask" in steps[SuspensionEventKind.BOARD_MET].words
    assert steps[SuspensionEventKind.DAY_SIX].done, "it can be taken back"
    _became(unit, grown, SuspensionEventKind.LETTER, on=date(2026, 11, 10))
    assert "Give or send the letter to the family" in [step.words for step in decisions.steps(unit.desk, *_seen(unit, grown))]


def test_a_cancelled_decision_leaves_to_do_what_a_cancellation_asks_for_and_its_days_count(unit: Unit, pupil: Pupil) -> None:
    """The letter, day six and the meeting of the committee were still asked for, and no day counted towards the 45."""
    kinds = SuspensionEventKind
    told = {kinds.TOLD_PARENTS, kinds.TOLD_LA, kinds.TOLD_SOCIAL_WORKER, kinds.TOLD_VIRTUAL_HEAD, kinds.TOLD_BOARD}
    decisions.decide(unit.desk, _new(pupil, category="PERM", sessions=None))
    _became(unit, pupil, kinds.CANCELLED, on=date(2026, 12, 4), note="New evidence")
    seen = decisions.overview(unit.desk, pupil.id)
    assert {step.event for step in decisions.steps(unit.desk, seen, seen.cases[0])} == told, "back with the morning of day six"
    assert seen.days == 5
    assert _problems(unit, _new(pupil, start=date(2026, 12, 7), sessions=82)) == ["over_limit"]
    with pytest.raises(WrongUse, match="would say that it stands"):
        list(letters.letters(unit.desk, pupil.id, seen.cases[0].suspension.decision))
    decisions.decide(unit.desk, _new(pupil, start=date(2026, 12, 7), sessions=14))
    decision = decisions.overview(unit.desk, pupil.id).cases[-1].suspension.decision
    event = SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=kinds.CANCELLED, on=date(2026, 12, 16), note="New evidence")
    with pytest.raises(Refused, match="after the last session"):
        decisions.record_event(unit.desk, event)
    decisions.record_event(unit.desk, dataclasses.replace(event, on=date(2026, 12, 15)))
    seen = decisions.overview(unit.desk, pupil.id)
    assert {step.event for step in decisions.steps(unit.desk, seen, seen.cases[-1])} == told | {kinds.DAY_SIX}, "out on day six"
    assert seen.days == 11


def test_an_exclusion_at_the_end_of_the_terms_on_file_keeps_its_step_and_makes_no_letter_without_the_day(unit: Unit, pupil: Pupil) -> None:
    calendars.save_calendar(unit.desk, [Term(start=date(2026, 11, 2), end=date(2026, 11, 27))], [])
    decisions.decide(unit.desk, _new(pupil, category="PERM", sessions=None))
    seen = decisions.overview(unit.desk, pupil.id)
    (step,) = [step for step in decisions.steps(unit.desk, seen, seen.cases[0]) if step.event is SuspensionEventKind.DAY_SIX]
    assert (step.needed, step.due) == (True, None)
    assert "cannot be counted" in step.words
    with pytest.raises(WrongUse, match="ends before"):
        list(letters.letters(unit.desk, pupil.id, seen.cases[0].suspension.decision))


@pytest.mark.parametrize("kind", ["CIN", "CP", "LAC"])
def test_a_pupil_with_a_social_worker_has_the_step_by_name_whatever_the_reason(unit: Unit, kind: str) -> None:
    other = unit.pupil("Reed", "Al", date(2012, 5, 1))
    care = CarePeriod(
        pupil_id=other.id, kind=kind, start_date=date(2026, 9, 1), authority="919", worker="Mo Reed", worker_reach="01632 960555"
    )
    needs.add_care(unit.desk, care)
    decisions.decide(unit.desk, _new(other))
    seen = decisions.overview(unit.desk, other.id)
    steps = {step.event: step for step in decisions.steps(unit.desk, seen, seen.cases[0])}
    assert steps[SuspensionEventKind.TOLD_SOCIAL_WORKER].needed
    assert steps[SuspensionEventKind.TOLD_SOCIAL_WORKER].words == "Tell the social worker, without delay: Mo Reed, 01632 960555"
    assert steps[SuspensionEventKind.TOLD_VIRTUAL_HEAD].needed == (kind == "LAC")
    (line,) = [one for one in suspension_due.open_steps(unit.desk) if one.pupil_id == other.id]
    assert "tell the social worker" in line.words


@pytest.mark.parametrize("table", ["suspension", "suspension_session", "suspension_event"])
def test_the_file_itself_refuses_a_change(unit: Unit, pupil: Pupil, table: str) -> None:
    decisions.decide(unit.desk, _new(pupil))
    _became(unit, pupil, SuspensionEventKind.TOLD_LA)
    for statement in (f"UPDATE {table} SET id = 'x'", f"DELETE FROM {table}", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"):
        with pytest.raises(StoreFault), unit.desk.vault.transaction():
            unit.desk.vault.execute(statement)


def test_the_sheet_tells_of_it(unit: Unit, pupil: Pupil) -> None:
    decisions.decide(unit.desk, _new(pupil))
    _became(unit, pupil, SuspensionEventKind.TOLD_LA)
    told = {section.name: section for section in sheet.everything(unit.desk, pupil.id)}
    words = [text for _n, _l, _v, text in told["suspensions"].entries[0].facts]
    assert "Persistent or general disruptive behaviour" in words
    assert len(told["suspension_sessions"].entries) == 4
    assert "Local authority told" in [text for _n, _l, _v, text in told["suspension_events"].entries[0].facts]
