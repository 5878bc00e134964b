"""Each thing that must be recorded of a restrictive intervention, by name; who must be told of it, and by when."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.incidents.duties import IncidentContext, duties_of, must_report, must_tell_authority, still_to_do
from pupil_desk.domain.incidents.incident import (
    Incident,
    IncidentCase,
    IncidentEvent,
    IncidentEventKind,
    IncidentWording,
    check_incident,
    check_pupils,
    missing_of,
    names_in,
)
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.register.calendar import SchoolCalendar

DAY = date(2026, 11, 24)
WHOLE = Incident(
    id="w1",
    entry_id="e",
    incident_id="i",
    pupil_id="p",
    kind="threat",
    day=DAY,
    time="10:45",
    place="The hall",
    account="Bea threw a chair and was held.",
    led_to_it="A game was lost.",
    tried="A quiet word, then time out.",
    staff="Jo Marsh\nLee Hart",
    part="took-part",
    force=True,
    force_kind="held-standing",
    force_degree="firm",
    minutes=2,
    necessary="Another child stood in the way of the chair.",
    needs="Autism",
    triggers="Noise",
    injury="None",
    support="A walk with Jo Marsh.",
)
MUM, DAD = (
    Contact(id="mum", pupil_id="p", surname="Quill", forename="Ada", relationship="PAM", parental_responsibility=True),
    Contact(id="dad", pupil_id="p", surname="Quill", forename="Ned", relationship="PAF", parental_responsibility=True),
)
CONTEXT = IncidentContext(date(2012, 5, 6), (MUM, DAD), SchoolCalendar())


def case_of(incident: Incident, *events: IncidentEvent) -> IncidentCase:
    return IncidentCase((IncidentWording(incident, "2026-11-24T11:00:00Z", "u", "Ann Officer"),), events)


def event(kind: IncidentEventKind, contact_id: str | None = None, *, done: bool = True) -> IncidentEvent:
    return IncidentEvent(id="x", entry_id="e", pupil_id="p", kind=kind, on=DAY, contact_id=contact_id, wording="w1", done=done)


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


EACH = ("account", "time", "place", "staff", "minutes", "necessary", "needs", "injury", "support")
OF_FORCE = ("led_to_it", "triggers", "tried", "force_kind", "force_degree")


def test_a_whole_record_lacks_nothing() -> None:
    assert missing_of(WHOLE) == ()
    assert check_incident(WHOLE, DAY, "12:00") == ()


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("intervention", ["force", "seclusion", "restraint"])
def test_the_law_asks_for_it_of_each_intervention(name: str, intervention: str) -> None:
    incident = dataclasses.replace(WHOLE, **{"force": False, intervention: True, name: None})  # type: ignore[arg-type]
    assert missing_of(incident) == (name,)


@pytest.mark.parametrize("name", OF_FORCE)
def test_the_law_asks_for_it_of_force_alone(name: str) -> None:
    without = dataclasses.replace(WHOLE, **{name: None})  # type: ignore[arg-type]
    assert missing_of(without) == (name,)
    secluded = dataclasses.replace(without, force=False, force_kind=None, force_degree=None, seclusion=True)
    assert missing_of(secluded) == ()


def test_the_day_is_asked_for_of_each() -> None:
    with pytest.raises(TypeError, match="'day'"):
        Incident(pupil_id="p", kind="threat", part="took-part")  # type: ignore[call-arg]


def test_the_pupil_is_asked_for_of_each() -> None:
    assert codes(check_pupils([])) == {"no_pupil"}


def test_nothing_is_asked_for_by_law_of_an_incident_without_intervention() -> None:
    bare = Incident(pupil_id="p", kind="threat", day=DAY, part="took-part", account="Shouted.", search=True)
    assert missing_of(bare) == ()
    assert check_incident(bare, DAY, "12:00") == ()


def test_a_reward_is_a_line() -> None:
    reward = Incident(pupil_id="p", kind="effort", day=DAY, part="took-part")
    assert check_incident(reward, DAY, "12:00") == ()
    assert duties_of(case_of(reward), CONTEXT) == ()


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"day": date(2026, 11, 25)}, "future_date"),
        ({"time": "12:01"}, "future_time"),
        ({"began": "late"}, "bad_time"),
        ({"began": "10:44"}, "before_time"),
        ({"account": None}, "missing"),
        ({"kind": "effort"}, "restrictive"),
        ({"force": False, "seclusion": True}, "no_force"),
        ({"minutes": 0}, "out_of_range"),
        ({"minutes": 601}, "out_of_range"),
    ],
)
def test_what_is_wrong_is_said(items: dict[str, object], code: str) -> None:
    assert code in codes(check_incident(dataclasses.replace(WHOLE, **items), DAY, "12:00"))  # type: ignore[arg-type]


def test_the_parents_are_told_on_the_same_day_and_it_is_signed_first() -> None:
    duties = duties_of(case_of(WHOLE), CONTEXT)
    assert [(duty.event, duty.contact_id, duty.due) for duty in duties[:3]] == [
        (IncidentEventKind.SIGNED, None, DAY),
        (IncidentEventKind.REPORTED, "mum", DAY),
        (IncidentEventKind.REPORTED, "dad", DAY),
    ]
    assert [duty.event for duty in duties[3:]] == [IncidentEventKind.DEBRIEF_PUPIL, IncidentEventKind.DEBRIEF_STAFF]
    assert duties[3].due == date(2026, 12, 1)


def test_one_parent_is_told_and_the_other_not() -> None:
    case = case_of(
        WHOLE, event(IncidentEventKind.SIGNED), event(IncidentEventKind.REPORTED, "mum"), event(IncidentEventKind.WITHHELD, "dad")
    )
    assert [duty.event for duty in still_to_do(duties_of(case, CONTEXT))] == [
        IncidentEventKind.DEBRIEF_PUPIL,
        IncidentEventKind.DEBRIEF_STAFF,
    ]
    assert not must_tell_authority(case, CONTEXT)


def test_where_no_parent_can_be_told_the_authority_is() -> None:
    withheld = case_of(WHOLE, event(IncidentEventKind.WITHHELD, "mum"), event(IncidentEventKind.WITHHELD, "dad"))
    nobody = dataclasses.replace(CONTEXT, parents=())
    for case, context in ((withheld, CONTEXT), (case_of(WHOLE), nobody)):
        assert must_tell_authority(case, context)
        assert IncidentEventKind.TOLD_AUTHORITY in {duty.event for duty in still_to_do(duties_of(case, context))}


def test_what_is_taken_back_is_owed_again() -> None:
    case = case_of(WHOLE, event(IncidentEventKind.REPORTED, "mum"), event(IncidentEventKind.REPORTED, "mum", done=False))
    assert ("mum", None) in {(duty.contact_id, duty.done) for duty in duties_of(case, CONTEXT)}


def test_an_amended_account_is_signed_again() -> None:
    amended = dataclasses.replace(WHOLE, id="w2", place="The gym")
    case = IncidentCase((*case_of(WHOLE).wordings, *case_of(amended).wordings), (event(IncidentEventKind.SIGNED),))
    assert case.signed is None
    assert still_to_do(duties_of(case, CONTEXT))[0].words == "Sign the account again: it was amended since"


@pytest.mark.parametrize(("items", "owed"), [({"place": "The gym"}, True), ({"needs": "None known"}, False)])
def test_a_parent_is_told_what_was_put_right_once_it_is_signed_anew(items: dict[str, str], owed: bool) -> None:
    amended = dataclasses.replace(WHOLE, id="w2", **items)  # type: ignore[arg-type]
    wordings = (*case_of(WHOLE).wordings, *case_of(amended).wordings)
    events = (event(IncidentEventKind.SIGNED), event(IncidentEventKind.REPORTED, "mum"), event(IncidentEventKind.WITHHELD, "dad"))
    anew = dataclasses.replace(event(IncidentEventKind.SIGNED), wording="w2", on=date(2026, 11, 26))
    told_now = dataclasses.replace(event(IncidentEventKind.REPORTED, "mum"), wording="w2")

    def put_right(*more: IncidentEvent) -> list[tuple[str, date]]:
        left = still_to_do(duties_of(IncidentCase(wordings, (*events, *more)), CONTEXT))
        return [(duty.words, duty.due) for duty in left if duty.event is IncidentEventKind.REPORTED]

    assert put_right() == [], "it is signed first"
    assert put_right(anew) == ([("Tell Ada Quill what was put right", date(2026, 11, 26))] if owed else [])
    assert put_right(anew, told_now) == []


def test_no_report_of_a_pupil_of_twenty_nor_before_the_law() -> None:
    of_age = dataclasses.replace(CONTEXT, dob=date(2006, 11, 24))
    assert not must_report(case_of(WHOLE), of_age)
    assert must_report(case_of(WHOLE), dataclasses.replace(CONTEXT, dob=date(2006, 11, 25)))
    assert not must_report(case_of(dataclasses.replace(WHOLE, day=date(2026, 3, 31))), CONTEXT)
    assert must_report(case_of(dataclasses.replace(WHOLE, day=date(2026, 4, 1))), CONTEXT)


def test_a_search_alone_is_reported_to_nobody_by_law() -> None:
    assert not must_report(case_of(dataclasses.replace(WHOLE, force=False, search=True)), CONTEXT)


def test_nothing_is_owed_of_what_was_struck_out() -> None:
    assert duties_of(case_of(dataclasses.replace(WHOLE, struck="Another day")), CONTEXT) == ()


def test_names_stand_one_a_line() -> None:
    assert names_in("Jo  Marsh\n\nLee Hart\nJo Marsh ") == ("Jo Marsh", "Lee Hart")
    assert names_in(None) == ()
