"""Who sees what of a case, what the log holds of it, and how cases are listed."""

from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.duplicates import merging
from pupil_desk.services.requests import handling, looking, places, receiving
from pupil_desk.services.requests.looking import CaseStanding
from tests.services.exports.made import Unit
from tests.services.requests.cases import RECEIVED, Family


def test_anyone_records_the_assistant_head_reads_the_data_officer_handles(unit: Unit, alone: Family) -> None:
    office, head = unit.as_role(Role.OFFICE), unit.as_role(Role.ASSISTANT_HEAD)
    mine, _news = receiving.receive(
        office,
        RequestCase(kind=CaseKind.COPY, pupil_id=alone.pupil.id, received=RECEIVED, channel="phone", requester="Ada", capacity="parent"),
    )
    theirs = alone.asks(CaseKind.ERASE)
    assert [row.id for row in looking.rows(office)] == [mine.id]
    assert {row.id for row in looking.rows(head)} == {mine.id, theirs.id}
    assert looking.case(head, mine.id).case == mine
    step = RequestEvent(case_id=mine.id, kind=RequestEventKind.ACKNOWLEDGED, on=RECEIVED)
    for refused in (
        lambda: looking.case(office, mine.id),
        lambda: looking.history(office, mine.id),
        lambda: looking.letters(office, mine.id),
        lambda: looking.of_pupil(office, alone.pupil.id),
        lambda: handling.record(office, step),
        lambda: handling.record(head, step),
        lambda: handling.record_all(head, [step]),
        lambda: handling.take_back(head, step, "x"),
        lambda: receiving.correct(head, mine),
        lambda: places.add(head, "A box"),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert [section.entries[0].facts[0][3] for section in sheet.everything(office, alone.pupil.id) if section.name == "requests"] == [
        "2 entries, read by: assistant head and data officer"
    ]


def test_who_recorded_a_case_sees_how_it_stands_and_not_what_is_in_it(unit: Unit, alone: Family) -> None:
    office = unit.as_role(Role.OFFICE)
    asked = RequestCase(kind=CaseKind.COPY, pupil_id=alone.pupil.id, received=RECEIVED, channel="phone", requester="Ada", capacity="parent")
    case, _news = receiving.receive(office, asked)
    alone.does(case, RequestEventKind.ACKNOWLEDGED, note="A secret note")
    (mine,), (theirs,) = looking.rows(office), looking.rows(alone.desk)
    assert "A secret note" in repr(theirs)
    assert "A secret note" not in repr(mine)
    assert (mine.name, mine.seen.standing, mine.seen.clock) == (theirs.name, theirs.seen.standing, theirs.seen.clock)
    assert mine.seen.next_step is not None
    assert theirs.seen.next_step is not None
    assert mine.seen.next_step.words == theirs.seen.next_step.words
    alone.does(case, RequestEventKind.WITHDRAWN, note="By phone")
    alone.does(case, RequestEventKind.CLOSED)
    assert [row.seen.standing for row in looking.rows(office)] == [CaseStanding.CLOSED]


def test_the_log_holds_numbers_and_steps_and_no_names(alone: Family) -> None:
    case = alone.asks(CaseKind.RESTRICT, asked="Bea is ill")
    alone.checks(case)
    alone.does(case, RequestEventKind.DECIDED, outcome="upheld", note="Bea’s mother is right")
    told_ = [reason for _action, _object, reason in alone.unit.log()]
    assert {"R2026-001: restriction", "R2026-001: decided"} <= set(told_)
    assert not any(word in reason for reason in told_ for word in ("Bea", "Quill", "Ada"))
    assert ("record-request", alone.pupil.id, "request R2026-001") in alone.unit.log()


def test_cases_are_listed_by_what_is_due_first(alone: Family) -> None:
    late = alone.asks(CaseKind.COPY, received=date(2026, 10, 1))
    soon = alone.asks(CaseKind.COPY, received=date(2026, 10, 28))
    still = alone.asks(CaseKind.COPY, received=date(2026, 10, 2))
    alone.does(still, RequestEventKind.CLARIFICATION_ASKED, date(2026, 10, 3))
    closed = alone.asks(CaseKind.COPY)
    alone.does(closed, RequestEventKind.WITHDRAWN, note="Rang")
    alone.does(closed, RequestEventKind.CLOSED)
    assert [row.id for row in looking.rows(alone.desk)] == [late.id, soon.id, still.id, closed.id]
    assert [row.id for row in looking.open_cases(alone.desk)] == [late.id, soon.id, still.id]


def test_two_records_of_one_person_have_their_cases_together(family: Family) -> None:
    other = family.unit.pupil("Quill", "Bea", date(2012, 5, 6))
    case = family.asks(CaseKind.COPY, pupil_id=other.id, contact_id=None)
    merging.merge(family.desk, family.pupil.id, other.id, reason="One girl")
    assert [seen.case.id for seen in looking.of_pupil(family.desk, family.pupil.id)] == [case.id]
    assert family.seen(case).case.pupil_id == family.pupil.id
    family.does(case, RequestEventKind.IDENTITY, answer="yes")
    assert family.seen(case).events[0].pupil_id == family.pupil.id
