"""Leave asked for: kept in wordings, decided, its marks proposed and entered only when somebody says so, the letter, and what Home tells of it."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.leave.leave_request import LeaveRequest, check_leave
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.settings import Closure
from pupil_desk.services import register, sheet
from pupil_desk.services.disclosures import told
from pupil_desk.services.leave import leave_due, leave_letters, leave_marks, recording
from pupil_desk.services.pupils import pupils
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import contacts, suspensions
from tests.services.exports.made import DAY, Unit

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)  # DAY is the Tuesday, in the middle of the morning
DECIDED = {"decided_by": "Robin Ashdown", "decided_on": DAY, "decision_reason": "The funeral of an aunt."}


@pytest.fixture
def una(unit: Unit) -> Pupil:
    una = unit.pupil("Ash", "Una", date(2012, 1, 5), address_1="1 Elm Row", postcode="AL28 2PA")
    unit.contact(una, "Ash", forename="Ada", parental_responsibility=True, lives_with=True)
    unit.contact(una, "Birch", forename="Bo", parental_responsibility=True, relationship="PAF", address_1="2 Oak Row", postcode="AL28 2PB")
    return una


def asked(unit: Unit, pupil: Pupil, **items: Any) -> LeaveRequest:
    """A request for three days, received the week before, as it is on file."""
    typed = {"first_day": MONDAY, "last_day": WEDNESDAY, "purpose": "family", "asked_by": "Ada Ash", "received_on": date(2026, 11, 16)}
    recording.add(unit.desk, LeaveRequest(**{"pupil_id": pupil.id, **typed, **items}))
    return recording.of_pupil(unit.desk, pupil.id)[0].now


def decided(unit: Unit, request: LeaveRequest, decision: str, **items: Any) -> LeaveRequest:
    recording.amend(unit.desk, dataclasses.replace(request, outcome=decision, **{**DECIDED, **items}))
    return recording.counting(unit.desk, request.entry_id)


def mark(unit: Unit, pupil: Pupil, day: date, code: str, *sessions: Session) -> None:
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=day, session=half, code=code) for half in sessions or Session], reason="Seen")


def proposal(unit: Unit, request: LeaveRequest) -> list[tuple[int, str, str]]:
    return [(one.day.day, str(one.session), one.code) for one in leave_marks.proposed_marks(unit.desk, request).marks]


def test_leave_given_proposes_c_where_nothing_or_an_absence_stands_and_enters_nothing_by_itself(unit: Unit, una: Pupil) -> None:
    request = asked(unit, una)
    mark(unit, una, MONDAY, "N")
    mark(unit, una, DAY, "/", Session.AM)
    assert proposal(unit, request) == [], "nothing follows from a request"
    request = decided(unit, request, "granted")
    expected = [(23, "AM", "C"), (23, "PM", "C"), (24, "PM", "C"), (25, "AM", "C"), (25, "PM", "C")]
    assert proposal(unit, request) == expected
    assert unit.count("mark") == 3
    shown = leave_marks.proposed_marks(unit.desk, request)
    assert shown.changed == 2
    leave_marks.enter(unit.desk, request.entry_id, shown)
    assert proposal(unit, request) == []
    cells = register.view(unit.desk, MONDAY, WEDNESDAY).rows[0].cells
    assert [cells[day, half].code for day in (MONDAY, DAY, WEDNESDAY) for half in Session] == ["C", "C", "/", "C", "C", "C"]
    register.undo_marks(unit.desk, unit.desk.last_act)
    assert proposal(unit, request) == expected


def test_what_is_proposed_is_entered_or_nothing(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una), "granted")
    shown = leave_marks.proposed_marks(unit.desk, request)
    mark(unit, una, DAY, "/", Session.AM)
    with pytest.raises(WrongUse, match="changed since"):
        leave_marks.enter(unit.desk, request.entry_id, shown)
    assert unit.count("mark") == 1


@pytest.mark.parametrize(("purpose", "given", "not_given"), [("holiday", "C", "G"), ("family", "C", "O"), ("performance", "C1", "O"), ("interview", "J1", "O"), ("study", "S", "O")])  # fmt: skip
def test_the_code_follows_from_what_it_is_for(unit: Unit, una: Pupil, purpose: str, given: str, not_given: str) -> None:
    request = asked(unit, una, purpose=purpose, last_day=MONDAY)
    mark(unit, una, MONDAY, "N")
    assert proposal(unit, decided(unit, request, "refused")) == [(23, "AM", not_given), (23, "PM", not_given)]
    assert proposal(unit, decided(unit, request, "granted")) == [(23, "AM", given), (23, "PM", given)]


def test_without_leave_who_came_or_is_not_marked_is_left_alone(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una, purpose="holiday"), "refused")
    assert proposal(unit, request) == []
    mark(unit, una, MONDAY, "O", Session.AM)
    mark(unit, una, MONDAY, "L", Session.PM)
    assert proposal(unit, request) == [(23, "AM", "G")]


def test_leave_for_some_days_has_both_codes_and_a_session_elsewhere_has_none(unit: Unit, una: Pupil) -> None:
    week = {"mon_am": "D", "mon_pm": "C2"}
    register.add_timetable(unit.desk, Timetable(pupil_id=una.id, since=date(2026, 9, 7), until=date(2026, 12, 18), **week))
    mark(unit, una, DAY, "O", Session.AM)
    request = asked(unit, una, purpose="holiday")
    request = decided(unit, request, "part", granted_from=WEDNESDAY, granted_until=WEDNESDAY)
    assert proposal(unit, request) == [(24, "AM", "G"), (25, "AM", "C"), (25, "PM", "C")]
    assert proposal(unit, decided(unit, request, "withdrawn")) == []


def test_each_wording_stays_is_told_in_the_copy_and_undone(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una), "granted")
    sections = {section.name: section for section in sheet.everything(unit.desk, una.id)}
    first, second = ([words for *_fact, words in entry.facts] for entry in sections["leave_requests"].entries)
    assert "Ada Ash" in first
    assert "Leave given" not in first
    assert {"Leave given", "Robin Ashdown", "The funeral of an aunt."} <= set(second)
    recording.undo(unit.desk, request)
    assert recording.counting(unit.desk, request.entry_id).outcome is None
    recording.strike(unit.desk, request.entry_id, "Another pupil")
    with pytest.raises(WrongUse, match="struck out"):
        recording.amend(unit.desk, request)
    assert to_do(unit) == []
    assert unit.count("leave_request") == 4


def test_home_tells_of_what_is_to_be_decided_and_of_marks_to_be_entered(unit: Unit, una: Pupil) -> None:
    request = asked(unit, una, first_day=WEDNESDAY)
    (line,) = to_do(unit)
    assert (line.words, line.due, line.late) == ("leave asked for, 25 Nov 2026: decide", WEDNESDAY, False)
    request = decided(unit, request, "granted")
    (line,) = to_do(unit)
    assert line.words == "leave decided, 25 Nov 2026: enter the marks"
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    assert to_do(unit) == []
    asked(unit, una, first_day=date(2026, 3, 2), last_day=date(2026, 3, 2), received_on=date(2026, 2, 2))
    (line,) = to_do(unit)
    assert line.late, "one that nobody decided stays, however old"


def to_do(unit: Unit) -> list[leave_due.LeaveDue]:
    return leave_due.to_do(unit.desk, pupils.on_roll(unit.desk, unit.desk.today))


def letter_text(unit: Unit, request: LeaveRequest) -> str:
    (paper,) = leave_letters.letters(unit.desk, request.entry_id)
    return " ".join(plain_text(paper.story).split())


def test_the_letter_goes_to_who_asked_says_what_was_decided_and_is_told(unit: Unit, una: Pupil) -> None:
    request = asked(unit, una, asked_by="Bo Birch")
    with pytest.raises(WrongUse, match="no decision"):
        list(leave_letters.letters(unit.desk, request.entry_id))
    given = letter_text(unit, decided(unit, request, "granted"))
    assert "Bo Birch" in given
    assert "Ada" not in given
    assert "I give leave for all of these days." in given
    assert "Una may be away on these days: 23 November 2026 to 25 November 2026. In the register we mark them C" in given
    assert "penalty notice" not in given
    part = letter_text(unit, decided(unit, request, "part", granted_from=MONDAY, granted_until=MONDAY))
    assert "on these days: 23 November 2026. In the register we mark them C" in part
    assert "We expect Una here on the other days that you asked for." in part
    assert "we have to mark it O, which is absence without leave" in part
    assert "10 sessions without leave within 10 school weeks" in part
    refused = letter_text(unit, decided(unit, request, "refused"))
    assert "The reason: The funeral of an aunt." in refused
    assert "mark them C" not in refused
    leave_letters.log_print(unit.desk, request.entry_id, *leave_letters.letters(unit.desk, request.entry_id))
    (line,) = told.log(unit.desk, pupil_id=una.id)
    assert line.what == "Letter about leave"


def test_no_other_parent_has_the_letter_in_place_of_who_asked(unit: Unit, una: Pupil) -> None:
    bo = next(contact for contact in contacts.of_pupil(unit.desk.vault, una.id) if contact.forename == "Bo")
    request = asked(unit, una)
    for asked_by in ("An uncle", "Birch", "Ash"):
        request = decided(unit, request, "granted", asked_by=asked_by)
        with pytest.raises(WrongUse, match="whole name of a contact"):
            list(leave_letters.letters(unit.desk, request.entry_id))
    request = decided(unit, request, "granted", asked_by="Bo Birch")
    unit.protect(una, "order", bo)
    with pytest.raises(WrongUse, match="No letter goes to Bo Birch: "):
        list(leave_letters.letters(unit.desk, request.entry_id))


def test_marks_of_leave_that_is_given_no_more_are_proposed_to_be_corrected(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una, purpose="holiday"), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    corrected = [(23, "AM", "G"), (23, "PM", "G"), (24, "AM", "G"), (24, "PM", ""), (25, "AM", ""), (25, "PM", "")]
    assert proposal(unit, decided(unit, request, "refused")) == corrected, "half past ten on the Tuesday: what is to come is taken out"
    (line,) = to_do(unit)
    assert line.words == "leave no longer given, 23 Nov 2026 to 25 Nov 2026: correct the marks"
    unsettled = [(day, half, "N" if code else "") for day, half, code in corrected]
    assert proposal(unit, decided(unit, request, "withdrawn")) == unsettled
    assert proposal(unit, decided(unit, request, "granted", first_day=WEDNESDAY))[0] == (23, "AM", "G"), "shortened"
    recording.strike(unit.desk, request.entry_id, "Another pupil")
    struck = recording.of_pupil(unit.desk, una.id)[0].now
    assert proposal(unit, struck) == unsettled
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, struck))
    cells = register.view(unit.desk, MONDAY, WEDNESDAY).rows[0].cells
    assert [cells[day, half].code for day in (MONDAY, DAY) for half in Session if (day, half) in cells][:3] == ["N", "N", "N"]
    assert (WEDNESDAY, Session.AM) not in cells
    assert to_do(unit) == []


def test_leave_is_never_marked_for_days_before_it_was_asked_for(unit: Unit, una: Pupil) -> None:
    mark(unit, una, MONDAY, "O")
    mark(unit, una, DAY, "N", Session.AM)
    request = decided(unit, asked(unit, una, received_on=DAY), "granted")
    tuesday_on = [(24, "AM", "C"), (24, "PM", "C"), (25, "AM", "C"), (25, "PM", "C")]
    assert proposal(unit, request) == tuesday_on, "of the day on which it came a person says whether it came in time"
    assert [problem.code for problem in recording.problems(unit.desk, request)] == ["afterwards"]
    with pytest.raises(WrongUse, match="before the request was received"):
        list(leave_letters.letters(unit.desk, request.entry_id))
    request = decided(unit, request, "part", granted_from=DAY, granted_until=WEDNESDAY)
    assert "24 November 2026 to 25 November 2026. In the register we mark them C" in letter_text(unit, request)
    assert proposal(unit, request) == [*tuesday_on], "the Monday says O already"


def test_what_is_told_of_penalty_notices_is_told_of_pupils_of_compulsory_school_age(unit: Unit) -> None:
    old = unit.pupil("Old", "Max", date(2010, 5, 5), address_1="1 Elm Row", postcode="AL28 2PA")
    unit.contact(old, "Old", forename="Ada", parental_responsibility=True, lives_with=True)
    request = decided(unit, asked(unit, old, asked_by="Ada Old"), "refused")
    assert "penalty notice" not in letter_text(unit, request)
    assert recording.problems(unit.desk, dataclasses.replace(request, outcome="granted", asked_by="Max Old")) == ()


def test_leave_that_is_for_something_else_has_the_code_of_that(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    request = decided(unit, request, "granted", purpose="interview")
    assert proposal(unit, request) == [(day, half, "J1") for day in (23, 24, 25) for half in ("AM", "PM")]
    (line,) = to_do(unit)
    assert line.words == "leave decided, 23 Nov 2026 to 25 Nov 2026: enter the marks"
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    assert to_do(unit) == []


def test_a_request_refused_leaves_alone_a_day_that_another_gives(unit: Unit, una: Pupil) -> None:
    mark(unit, una, MONDAY, "N")
    mark(unit, una, DAY, "N", Session.AM)
    decided(unit, asked(unit, una, last_day=MONDAY), "granted")
    asked(unit, una, purpose="holiday")
    holiday = next(case.now for case in recording.of_pupil(unit.desk, una.id) if case.now.purpose == "holiday")
    assert proposal(unit, decided(unit, holiday, "refused")) == [(24, "AM", "G")]
    decided(
        unit, next(case.now for case in recording.of_pupil(unit.desk, una.id) if case.now.purpose == "family"), "granted", received_on=DAY
    )
    refused = next(case.now for case in recording.of_pupil(unit.desk, una.id) if case.now.purpose == "holiday")
    assert proposal(unit, refused) == [(24, "AM", "G")], "given too late, the Monday is a person’s to judge"


def test_a_mark_of_leave_goes_once_the_pupil_is_not_expected_in_the_session(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    week = {"mon_pm": "C2", "wed_am": "D"}
    register.add_timetable(unit.desk, Timetable(pupil_id=una.id, since=date(2026, 11, 2), until=date(2026, 12, 18), **week))
    assert proposal(unit, request) == [(23, "PM", "C2"), (25, "AM", "")]
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    assert to_do(unit) == []
    closures = [Closure(day=day, reason="Boiler") for day in (MONDAY, WEDNESDAY)]
    calendars.save_calendar(unit.desk, calendars.terms(unit.desk), [*calendars.closures(unit.desk), *closures])
    assert proposal(unit, request) == [(23, "AM", "#"), (25, "PM", "")]
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    assert proposal(unit, request) == []


def test_a_decision_undone_is_to_be_decided_again_before_its_marks_are_corrected(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una), "granted")
    leave_marks.enter(unit.desk, request.entry_id, leave_marks.proposed_marks(unit.desk, request))
    recording.undo(unit.desk, request)
    (line,) = to_do(unit)
    assert line.words == "leave asked for, 23 Nov 2026 to 25 Nov 2026: decide; the register has marks of leave for it, correct them"
    assert (line.due, line.late) == (MONDAY, True)


def test_a_pupil_past_compulsory_age_who_asks_has_the_letter(unit: Unit) -> None:
    old = unit.pupil("Old", "Max", date(2010, 5, 5), address_1="1 Elm Row", postcode="AL28 2PA")
    unit.contact(old, "Old", forename="Ada", parental_responsibility=True, lives_with=True)
    request = decided(unit, asked(unit, old, asked_by="Max Old"), "granted")
    words = letter_text(unit, request)
    assert "Max Old" in words
    assert "Ada" not in words
    assert "You asked us to be away from" in words
    assert "You may be away on these days" in words
    assert "Max may" not in words
    leave_letters.log_print(unit.desk, request.entry_id, *leave_letters.letters(unit.desk, request.entry_id))
    assert [line.what for line in told.log(unit.desk, pupil_id=old.id)] == ["Letter about leave"]
    young = unit.pupil("Young", "Max", date(2012, 5, 5), address_1="1 Elm Row", postcode="AL28 2PA")
    with pytest.raises(WrongUse, match="whole name of a contact"):
        list(leave_letters.letters(unit.desk, decided(unit, asked(unit, young, asked_by="Max Young"), "granted").entry_id))


STOPS = [
    ({"last_day": date(2026, 11, 20)}, "last_day"),
    ({"last_day": date(2027, 11, 25)}, "last_day"),
    ({"received_on": date(2026, 11, 25)}, "received_on"),
    ({"decision_reason": "Why"}, "outcome"),
    ({**DECIDED, "outcome": "granted", "decided_by": None}, "decided_by"),
    ({**DECIDED, "outcome": "granted", "decided_on": date(2026, 11, 1)}, "decided_on"),
    ({**DECIDED, "outcome": "refused", "decision_reason": None}, "decision_reason"),
    ({**DECIDED, "outcome": "part", "granted_from": MONDAY}, "granted_until"),
    ({**DECIDED, "outcome": "part", "granted_from": MONDAY, "granted_until": date(2026, 11, 26)}, "granted_from"),
]


@pytest.mark.parametrize(("items", "where"), STOPS)
def test_what_does_not_fit_together_is_not_kept(unit: Unit, una: Pupil, items: dict[str, Any], where: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(unit, una, **items)
    assert [problem.column for problem in refused.value.problems if problem.stops] == [where]
    assert unit.count("leave_request") == 0


def test_what_the_law_asks_of_leave_is_pointed_out_and_a_person_decides(unit: Unit, una: Pupil) -> None:
    request = decided(unit, asked(unit, una, purpose="holiday", asked_by="Bo Birch", received_on=MONDAY), "granted")
    assert [problem.code for problem in recording.problems(unit.desk, request)] == ["afterwards", "holiday", "not_at_home"]
    in_time = dataclasses.replace(request, received_on=date(2026, 11, 16), purpose="performance")
    assert recording.problems(unit.desk, in_time) == ()
    at_home = dataclasses.replace(in_time, purpose="family", asked_by="ada ash")
    assert recording.problems(unit.desk, at_home) == ()
    assert check_leave(dataclasses.replace(request, outcome="refused"), DAY) == ()


def test_a_suspension_in_the_days_asked_for_is_said(unit: Unit, una: Pupil) -> None:
    request = asked(unit, una)
    assert recording.problems(unit.desk, request) == ()
    decisions.decide(unit.desk, Suspension(pupil_id=una.id, category="SUSP", start=WEDNESDAY, session="AM", sessions=4, reason_1="DB"))
    (problem,) = recording.problems(unit.desk, request)
    assert not problem.stops
    assert problem.message.startswith("The pupil is suspended in 2 sessions of these days: 25 Nov 2026. ")
    assert recording.problems(unit.desk, dataclasses.replace(request, last_day=DAY)) == ()
    for outcome in ("refused", "withdrawn"):
        codes = [problem.code for problem in recording.problems(unit.desk, dataclasses.replace(request, outcome=outcome))]
        assert "suspended" not in codes


def test_half_a_day_of_a_suspension_is_said_as_that_and_one_that_was_a_mistake_not_at_all(unit: Unit, una: Pupil) -> None:
    request = asked(unit, una)
    decisions.decide(unit.desk, Suspension(pupil_id=una.id, category="SUSP", start=WEDNESDAY, session="PM", sessions=1, reason_1="DB"))
    (problem,) = recording.problems(unit.desk, request)
    assert "in 1 session of these days: 25 Nov 2026, PM. " in problem.message
    (case,) = suspensions.of_pupil(unit.desk.vault, una.id)
    mistake = SuspensionEventKind.MISTAKEN
    event = SuspensionEvent(pupil_id=una.id, decision=case.suspension.id, kind=mistake, on=DAY, note="The wrong pupil")
    decisions.record_event(unit.desk, event)
    assert recording.problems(unit.desk, request) == ()
