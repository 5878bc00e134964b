"""What is put right in a case: opened again, taken back, received on another day. What was said before stays."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.requests.case import CaseKind, RequestEventKind
from pupil_desk.services import sheet
from pupil_desk.services.requests import handling, looking, receiving
from pupil_desk.services.requests.looking import CaseStanding
from tests.services.exports.made import DAY
from tests.services.requests.cases import Family


def test_a_case_opened_again_needs_an_answer_again(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.ready(case)
    family.does(case, RequestEventKind.REPLIED, note="By hand")
    family.does(case, RequestEventKind.CLOSED)
    family.does(case, RequestEventKind.REOPENED, DAY, note="A letter is missing")
    assert family.left(case) == ["Give the answer"]
    family.does(case, RequestEventKind.REPLIED, DAY, note="By hand")
    family.does(case, RequestEventKind.CLOSED, DAY)


def test_what_was_withdrawn_and_is_wanted_after_all_is_answered(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.does(case, RequestEventKind.WITHDRAWN, note="Rang")
    family.does(case, RequestEventKind.CLOSED)
    family.does(case, RequestEventKind.REOPENED, DAY, note="Rang again")
    family.ready(case)
    family.does(case, RequestEventKind.REPLIED, DAY, note="By hand")
    assert family.seen(case).standing is CaseStanding.ANSWERED


def test_once_opened_again_all_that_the_decision_asks_is_still_to_do(family: Family) -> None:
    case, both = family.asks(CaseKind.RECTIFY), family.asks(CaseKind.BOTH)
    for each in (case, both):
        family.does(each, RequestEventKind.WITHDRAWN, note="Rang")
        family.does(each, RequestEventKind.CLOSED)
        family.does(each, RequestEventKind.REOPENED, DAY, note="Rang again")
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="upheld", note="It is number 14")
    family.does(case, RequestEventKind.CARRIED_OUT, DAY)
    family.does(case, RequestEventKind.REPLIED, DAY, note="By hand")
    assert "Put the record right" in [step.words for step in family.seen(case).steps]
    family.ready(both)
    family.does(both, RequestEventKind.REPLIED, DAY, note="By hand")
    family.does(both, RequestEventKind.RECORD_GIVEN, DAY)
    assert family.seen(both).clock.record_given == DAY


def test_an_entry_is_taken_back_with_a_reason_and_stays_on_file(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.does(case, RequestEventKind.IDENTITY, answer="yes", note="Passport")
    (event,) = family.seen(case).events
    with pytest.raises(Refused, match="why it is taken back"):
        handling.take_back(family.desk, event, " ")
    handling.take_back(family.desk, event, "It was her sister’s")
    assert family.left(case)[0] == "Check who it is"
    with pytest.raises(WrongUse, match="taken back already"):
        handling.take_back(family.desk, event, "Again")
    held = looking.history(family.desk, case.id)
    assert [(each.event.kind, each.was_taken_back, each.event.what) for each in held] == [
        ("taken-back", False, "Identity checked, 2 November 2026"),
        ("identity-checked", True, None),
    ]


def test_a_closed_case_is_opened_and_not_taken_back(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.does(case, RequestEventKind.WITHDRAWN, note="Rang")
    family.does(case, RequestEventKind.CLOSED)
    with pytest.raises(WrongUse, match="cannot be taken back"):
        handling.take_back(family.desk, family.seen(case).events[-1], "Oh")
    with pytest.raises(WrongUse, match="closed"):
        handling.take_back(family.desk, family.seen(case).events[0], "Oh")


def test_the_day_it_came_is_put_right_and_what_was_said_before_stays(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    changed = receiving.correct(family.desk, dataclasses.replace(case, received=date(2026, 10, 30)))
    assert set(changed.ids) == {case.id, family.pupil.id}
    assert family.seen(case).clock.due == date(2026, 11, 30)
    entries = next(section for section in sheet.everything(family.desk, family.pupil.id) if section.name == "requests").entries
    assert [entry.as_kept()["received"] for entry in entries] == ["2026-11-02", "2026-10-30"]
    assert not receiving.correct(family.desk, family.seen(case).case).kinds
    assert ("handle-request", case.id, f"{case.ref} put right: received") in family.unit.log()
