"""A case from receipt to closing: what must be done in which order, what is refused, and what a decision does."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.requests.case import CaseKind, RequestEvent, RequestEventKind
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.learning import assessments
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import handling, looking, places, receiving
from pupil_desk.services.requests.looking import CaseStanding
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import protections as protections_store
from tests.services.exports.made import DAY
from tests.services.requests.cases import RECEIVED, Family


def test_a_copy_goes_from_receipt_to_closing(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    assert family.left(case) == [
        "Check who it is",
        "Check the right to ask",
        "Note if the pupil understands",
        "Search the other places",
        "Exemptions, or none",
        "Decide, and say why",
        "Check where it goes",
        "Give the answer",
    ]
    with pytest.raises(WrongUse, match="First: Check who it is; Check the right to ask"):
        family.does(case, RequestEventKind.REPLIED)
    family.ready(case)
    assert family.left(case) == ["Give the answer"]
    with pytest.raises(WrongUse, match="Still to do: Give the answer"):
        family.does(case, RequestEventKind.CLOSED)
    with pytest.raises(WrongUse, match="No copy is written"):
        family.does(case, RequestEventKind.REPLIED, DAY)
    family.does(case, RequestEventKind.REPLIED, DAY, note="By hand")
    assert family.seen(case).standing is CaseStanding.ANSWERED
    family.does(case, RequestEventKind.CLOSED, DAY)
    assert family.seen(case).standing is CaseStanding.CLOSED
    with pytest.raises(WrongUse, match="Open it again first"):
        family.does(case, RequestEventKind.REPLIED, DAY)
    family.does(case, RequestEventKind.REOPENED, DAY, note="She says a letter is missing")
    assert family.seen(case).standing is CaseStanding.OPEN


def test_a_parent_of_an_adult_is_asked_for_the_pupils_signature(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    question = next(step.question for step in family.seen(case).steps if step.words == "Check the right to ask")
    assert question == "Does this person hold parental responsibility, and does no order forbid it?"
    pupils.save_pupil(family.desk, dataclasses.replace(family.pupil, dob=date(2008, 5, 6)))
    question = next(step.question for step in family.seen(case).steps if step.words == "Check the right to ask")
    assert question.startswith("The pupil is 18: nobody has parental responsibility any more.")
    assert "Note if the pupil understands" not in family.left(case)


def test_numbers_run_through_the_year(alone: Family) -> None:
    assert [alone.asks(CaseKind.COPY).ref, alone.complains().ref, alone.asks(CaseKind.ERASE, received=date(2025, 12, 1)).ref] == [
        "R2026-001",
        "R2026-002",
        "R2025-001",
    ]


def test_a_check_that_says_no_lets_nothing_be_given_but_a_refusal(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.ready(case)
    family.does(case, RequestEventKind.AUTHORITY, answer="no", note="A court order forbids it")
    with pytest.raises(WrongUse, match="came to “no”: Check the right to ask"):
        family.does(case, RequestEventKind.REPLIED)
    family.does(case, RequestEventKind.DECIDED, outcome="refused", note="No right to ask")
    assert family.left(case) == ["Give the answer"]
    family.does(case, RequestEventKind.REPLIED)
    family.does(case, RequestEventKind.CLOSED)


def test_a_pupil_who_understands_asks_alone_and_one_who_does_not_cannot(family: Family) -> None:
    case = family.asks(CaseKind.COPY, capacity="pupil", requester="Bea Quill", contact_id=None)
    assert "Check the right to ask" not in family.left(case)
    family.does(case, RequestEventKind.COMPETENCE, answer="no", note="Could not say what it is for")
    assert next(step for step in family.seen(case).steps if step.kind is RequestEventKind.COMPETENCE).wrong
    family.does(case, RequestEventKind.COMPETENCE, answer="yes", note="Talked it over again")
    assert not next(step for step in family.seen(case).steps if step.kind is RequestEventKind.COMPETENCE).wrong


def test_an_adult_needs_no_such_note(family: Family) -> None:
    left = family.unit.pupil("Old", "Sam", date(2005, 1, 1))
    case = family.asks(CaseKind.COPY, pupil_id=left.id, contact_id=None, requester="Sam Old", capacity="pupil")
    assert family.left(case)[:2] == ["Check who it is", "Search the other places"]


def test_protections_on_file_are_weighed_before_anything_is_given(family: Family) -> None:
    family.unit.protect(family.pupil)
    case = family.asks(CaseKind.COPY)
    family.ready(case)
    assert family.left(case) == ["Weigh the protections", "Give the answer"]
    with pytest.raises(WrongUse, match="Weigh the protections"):
        family.does(case, RequestEventKind.REPLIED)
    family.does(case, RequestEventKind.PROTECTION, answer="yes", note="Address taken out")
    family.does(case, RequestEventKind.REPLIED, note="By hand")


def test_each_place_is_ticked_off_and_the_list_is_the_units_own(alone: Family) -> None:
    case = alone.asks(CaseKind.COPY)
    first, *others = places.in_use(alone.desk)
    alone.does(case, RequestEventKind.SEARCHED, what=first.name, place_id=first.place_id)
    step = next(step for step in alone.seen(case).steps if step.kind is RequestEventKind.SEARCHED)
    assert (step.left, step.of) == (tuple(place.name for place in others), len(others) + 1)
    places.retire(alone.desk, others[0])
    places.rename(alone.desk, others[1], "Drive S")
    places.add(alone.desk, "  The blue box ")
    step = next(step for step in alone.seen(case).steps if step.kind is RequestEventKind.SEARCHED)
    assert step.left == ("Drive S", *(place.name for place in others[2:]), "The blue box")
    alone.does(case, RequestEventKind.SEARCHED, what="Drive S", place_id=others[1].place_id)
    places.rename(alone.desk, others[1], "Drive T")
    assert "Drive T" not in next(step for step in alone.seen(case).steps if step.kind is RequestEventKind.SEARCHED).left
    with pytest.raises(Refused, match="with that name already"):
        places.add(alone.desk, "the BLUE box")
    with pytest.raises(Refused, match="what the place is called"):
        places.add(alone.desk, "  ")
    for place in places.in_use(alone.desk)[1:]:
        places.retire(alone.desk, place)
    with pytest.raises(Refused, match="at least one"):
        places.retire(alone.desk, places.in_use(alone.desk)[0])


def test_several_places_are_recorded_whole_or_not_at_all(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    good = RequestEvent(case_id=case.id, kind=RequestEventKind.SEARCHED, on=RECEIVED, what="Here")
    with pytest.raises(Refused):
        handling.record_all(family.desk, [good, RequestEvent(case_id=case.id, kind=RequestEventKind.SEARCHED, on=RECEIVED)])
    assert family.seen(case).events == ()


def test_it_is_extended_once_within_the_first_month_with_a_reason(family: Family) -> None:
    case = family.asks(CaseKind.COPY, received=date(2026, 10, 12))
    with pytest.raises(Refused, match="Say why"):
        family.does(case, RequestEventKind.EXTENDED, date(2026, 11, 1))
    with pytest.raises(WrongUse, match="until 12 November 2026"):
        family.does(case, RequestEventKind.EXTENDED, date(2026, 11, 13), note="400 pages")
    family.does(case, RequestEventKind.EXTENDED, date(2026, 11, 12), note="400 pages")
    assert family.seen(case).clock.due == date(2027, 1, 12)
    with pytest.raises(WrongUse, match="once"):
        family.does(case, RequestEventKind.EXTENDED, date(2026, 11, 12), note="More")
    with pytest.raises(WrongUse, match="cannot be extended"):
        family.does(family.complains(), RequestEventKind.EXTENDED, note="Busy")


def test_an_answer_to_a_question_needs_the_question(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    with pytest.raises(WrongUse, match="Record the question first"):
        family.does(case, RequestEventKind.CLARIFIED)
    family.does(case, RequestEventKind.CLARIFICATION_ASKED, date(2026, 11, 9))
    assert "Note the answer to that" in family.left(case)
    with pytest.raises(WrongUse, match="before the day of the question"):
        family.does(case, RequestEventKind.CLARIFIED, date(2026, 11, 8))
    family.does(case, RequestEventKind.CLARIFIED, date(2026, 11, 19))
    assert family.seen(case).clock.due == date(2026, 12, 14)  # 2 December and 10 days, a Saturday


@pytest.mark.parametrize(("kind", "mark"), [(CaseKind.RESTRICT, "restriction"), (CaseKind.OBJECT, "objection")])
def test_what_is_granted_marks_the_record_and_a_changed_decision_lifts_it(family: Family, kind: CaseKind, mark: str) -> None:
    def marks() -> list[str]:
        return [protection.kind for protection in protections_store.of_pupil(family.desk.vault, family.pupil.id, DAY)]

    case = family.asks(kind)
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="refused", note="No ground")
    assert marks() == []
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="partly", note="On second thoughts")
    assert marks() == [mark]
    assert family.left(case) == ["Give the answer"]  # it was carried out with the decision
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="upheld", note="All of it")
    assert marks() == [mark]
    last = family.seen(case).events[-1]
    handling.take_back(family.desk, last, "Entered for another case")
    assert marks() == [mark]  # the decision before holds again, and grants it too
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="refused", note="No ground")
    assert marks() == []
    lifted = protections_store.history(family.desk.vault, family.pupil.id)
    assert [row["lift_reason"] for row in lifted] == [f"The decision on request {case.ref} was changed"]
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="upheld", note="Looked at anew")
    family.does(case, RequestEventKind.DECIDED, RECEIVED, outcome="refused", note="Entered late, of the day it came")
    assert (family.seen(case).outcome, marks()) == ("upheld", [mark])  # the decision of the last day holds
    with pytest.raises(Refused, match="Take the decision back"):
        receiving.correct(family.desk, dataclasses.replace(case, kind=CaseKind.ERASE))


def test_a_mark_set_by_hand_is_not_lifted_by_a_decision(family: Family) -> None:
    family.unit.protect(family.pupil, "restriction")
    case = family.asks(CaseKind.RESTRICT)
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="upheld", note="Yes")
    family.does(case, RequestEventKind.DECIDED, DAY, outcome="refused", note="No")
    assert [each.reason for each in protections_store.of_pupil(family.desk.vault, family.pupil.id, DAY)] == ["Court"]


def told(family: Family, recipient: str, fields: str) -> None:
    with family.desk.act(Action.EXPORT, "export", "", "") as work:
        one = disclosures.Disclosure(
            pupil_id=family.pupil.id, what="An export", to="authority", recipient=recipient, law="a law", purpose="a purpose", fields=fields
        )
        disclosures.keep(work, disclosures.Way.EXPORT, [one])


def test_a_correction_is_told_to_those_who_had_what_was_wrong(family: Family) -> None:
    told(family, "Youth support", "pupil.surname, pupil.address_1")
    told(family, "The college", "Legal surname, Telephone")
    told(family, "The council", "the sessions of the week")
    case = family.asks(CaseKind.RECTIFY)
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, outcome="upheld", note="It is number 14", what="Address line 1")
    assert family.left(case) == ["Put the record right", "Tell who was given it", "Give the answer"]
    step = next(step for step in family.seen(case).steps if step.kind is RequestEventKind.RECIPIENT_TOLD)
    assert set(step.left) == {"The council", "Youth support"}  # who cannot be told from the log counts as told
    family.does(case, RequestEventKind.CARRIED_OUT)
    family.does(case, RequestEventKind.REPLIED)  # the answer need not wait for the others
    with pytest.raises(WrongUse, match="Tell who was given it"):
        family.does(case, RequestEventKind.CLOSED)
    for recipient in step.left:
        family.does(case, RequestEventKind.RECIPIENT_TOLD, what=recipient)
    family.does(case, RequestEventKind.CLOSED)


def test_a_deletion_that_is_refused_needs_no_deleting(family: Family) -> None:
    case = family.asks(CaseKind.ERASE)
    family.checks(case)
    family.does(case, RequestEventKind.DECIDED, outcome="refused", note="The register must be kept for 6 years")
    assert family.left(case) == ["Give the answer"]


def test_a_complaint_may_be_about_nobody_and_has_its_own_steps(family: Family) -> None:
    case = family.complains()
    assert family.left(case) == ["Say that we have it", "Look into it", "Decide, and say why", "Give the answer"]
    family.does(case, RequestEventKind.ACKNOWLEDGED)
    family.does(case, RequestEventKind.LOOKED_INTO, note="The number was in the newsletter")
    family.does(case, RequestEventKind.DECIDED, outcome="upheld", note="We are sorry")
    family.does(case, RequestEventKind.REPLIED)
    family.does(case, RequestEventKind.CLOSED)
    assert family.seen(case).pupil is None


def test_only_a_complaint_may_be_about_nobody(family: Family) -> None:
    with pytest.raises(Refused, match="Choose the pupil"):
        family.asks(CaseKind.COPY, pupil_id=None, contact_id=None)


def test_what_is_withdrawn_is_closed_without_more(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.does(case, RequestEventKind.WITHDRAWN, note="Rang to say so")
    assert family.left(case) == []
    family.does(case, RequestEventKind.CLOSED)


@pytest.mark.parametrize(
    ("kind", "items", "message"),
    [
        (RequestEventKind.IDENTITY, {}, "Choose the answer"),
        (RequestEventKind.DECIDED, {"note": "x"}, "Choose what was decided"),
        (RequestEventKind.DECIDED, {"outcome": "upheld"}, "Say why"),
        (RequestEventKind.EXEMPTION, {"note": "x"}, "Choose the exemption"),
        (RequestEventKind.EXEMPTION, {"exemption": "crime"}, "Say why"),
        (RequestEventKind.SEARCHED, {}, "Say which one"),
        (RequestEventKind.COMPETENCE, {"answer": "yes"}, "Say why"),
        (RequestEventKind.ACKNOWLEDGED, {"on": date(2026, 11, 25)}, "still to come"),
        (RequestEventKind.ACKNOWLEDGED, {"on": date(2026, 11, 1)}, "before the day of receipt"),
        (RequestEventKind.IDENTITY, {"answer": "perhaps"}, "not a code or name"),
    ],
    ids=str,
)
def test_what_a_step_lacks_is_said(family: Family, kind: RequestEventKind, items: dict[str, object], message: str) -> None:
    case = family.asks(CaseKind.COPY)
    with pytest.raises(Refused, match=message):
        family.does(case, kind, **items)
    assert family.seen(case).events == ()


def test_one_whom_an_order_is_about_is_asked_about_the_order(family: Family) -> None:
    father = family.unit.contact(family.pupil, "Grey", forename="Al", parental_responsibility=True)
    family.unit.protect(family.pupil, "order", father)
    case = family.asks(CaseKind.RECTIFY, contact_id=father.id, requester="Al Grey")
    assert next(step.question for step in family.seen(case).steps if step.kind is RequestEventKind.AUTHORITY).startswith(
        "An order on file is about this person"
    )
    other = family.asks(CaseKind.RECTIFY)
    assert "hold parental responsibility" in next(
        step.question for step in family.seen(other).steps if step.kind is RequestEventKind.AUTHORITY
    )


def test_exam_marks_have_their_own_last_day(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    assert looking.marks_due(family.desk, family.seen(case)) == date(2027, 4, 2)
    entry = Assessment(pupil_id=family.pupil.id, stage="KS4", subject="ENG", method="TT", result="5", published_on=date(2026, 12, 1))
    with family.desk.act(Action.EDIT_RECORD, "pupil", family.pupil.id) as work:
        assessments.keep_new(work, [entry])
    assert looking.marks_due(family.desk, family.seen(case)) == date(2027, 1, 10)


def test_something_else_may_forbid_the_answer_and_the_closing(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    case, asked = family.asks(CaseKind.COPY), []

    def open_section(_desk: object, case_id: str) -> str | None:
        asked.append(case_id)
        return "A section is still to be added by Sam Whitlock."

    family.ready(case)
    monkeypatch.setattr(handling, "hindrances", lambda: (lambda _desk, _id: None, open_section))
    with pytest.raises(WrongUse, match="still to be added by Sam Whitlock"):
        family.does(case, RequestEventKind.REPLIED, note="By hand")
    monkeypatch.setattr(handling, "hindrances", lambda: ())
    family.does(case, RequestEventKind.REPLIED, note="By hand")
    monkeypatch.setattr(handling, "hindrances", lambda: (open_section,))
    with pytest.raises(WrongUse, match="still to be added"):
        family.does(case, RequestEventKind.CLOSED)
    assert asked == [case.id, case.id]


def test_the_school_days_of_the_record_are_a_setting(alone: Family) -> None:
    case = alone.asks(CaseKind.BOTH)
    assert alone.seen(case).clock.record_due == date(2026, 11, 23)
    settings.save_settings(alone.desk, dataclasses.replace(alone.desk.settings, record_days=10))
    assert alone.seen(case).clock.record_due == date(2026, 11, 16)
    settings.save_settings(alone.desk, dataclasses.replace(alone.desk.settings, record_days=0))
    assert alone.seen(case).clock.record_due is None
    with pytest.raises(Refused, match="0 to 60"):
        settings.save_settings(alone.desk, dataclasses.replace(alone.desk.settings, record_days=61))


def test_each_exemption_names_its_law_and_how_sure_we_are() -> None:
    assert all(code.law and code.sure and code.category in ("part", "whole") for code in codelist("exemption").codes.values())
    assert all(code.law for code in codelist("request_kind").codes.values())
