"""Who is invited to the review of a plan, each by name and day; and what a step sends out is a line in the log of disclosures, gone with the step."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import texts_of
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.plans.plan import PlanStep
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services.disclosures import told
from pupil_desk.services.plans import invitees, plan_papers, plans_due, recording, review_invitations
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit
from tests.services.plans.test_plans import made, record

MEETING = date(2026, 12, 21)
LAW = "A law demands it: Article 6(1)(c). Special Educational Needs and Disability Regulations 2014 (SI 2014/1530), regulation 20"


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5), looked_after=True)


def log(unit: Unit, pupil: Pupil) -> list[told.LoggedDisclosure]:
    return [line for line in reversed(told.log(unit.desk, pupil_id=pupil.id)) if not line.struck]


def words(unit: Unit) -> str:
    (line,) = plans_due.open_plans(unit.desk)
    return "; ".join(line.words)


def test_one_who_is_invited_settles_nothing_for_the_others(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "ehc", made_on=date(2026, 1, 12)), "meeting", MEETING)
    assert "invite to the review meeting by 7 Dec 2026;" in words(unit)
    case = record(unit, case, "invited", invitee="parent", who="Ada Penn")
    assert (
        "invite to the review meeting by 7 Dec 2026 (head of the school, officer of the authority for special needs, "
        "health care professional, social care, or social worker);" in words(unit)
    )
    case = record(unit, case, "invited", invitee="everybody")
    assert "invite" not in words(unit)
    assert [(step.invitee, step.who) for step in case.steps if step.kind == "invited"] == [
        ("parent", "Ada Penn"),
        ("school", None),
        ("authority", None),
        ("health", None),
        ("social-care", None),
    ]
    with pytest.raises(Refused, match="It is recorded of everybody already"):
        record(unit, case, "invited", invitee="everybody")
    with pytest.raises(Refused, match="Choose which of those who are invited"):
        record(unit, case, "invited")
    with pytest.raises(Refused, match="Choose which of those who are invited"):
        record(unit, case, "invited", invitee="virtual-school")


def test_who_was_asked_and_who_is_silent_is_said_by_name_and_day(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "ehc", made_on=date(2026, 1, 12)), "meeting", MEETING)
    case = record(unit, case, "invited", invitee="health", who="Dr Iqbal")
    case = record(unit, case, "advice-asked", invitee="everybody")
    assert invitees.name_of(case, "health") == "Dr Iqbal"
    case = record(unit, case, "advice-in", invitee="parent", who="Ada Penn")
    said = plan_papers.state_sentences(unit.desk, una, case)
    assert "Advice came from: parent, carer or young person (Ada Penn, 24 Nov 2026)." in said
    assert any(sentence.startswith("Advice was asked of: ") and "(Dr Iqbal, 24 Nov 2026)" in sentence for sentence in said)
    (silent,) = [sentence for sentence in said if sentence.startswith("No advice has come yet from: ")]
    assert "parent" not in silent
    assert "health care professional" in silent


def test_what_goes_to_somebody_outside_is_a_line_in_the_log(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "ehc", made_on=date(2026, 1, 12)), "reviewed", date(2026, 11, 20))
    case = record(unit, case, "report", invitee="authority", who="Ms Okafor")
    case = record(unit, case, "report", invitee="everybody")
    lines = log(unit, una)
    assert [line.recipient for line in lines] == ["Local authority: Ms Okafor", "Health care professional", "Social care, or social worker"]
    for line in lines:
        assert (line.way, line.day, line.law, line.may_know) == ("Not recorded how", DAY, LAW, True)
        assert line.fields == ("name and date of birth", "special educational needs", "support and care plans")
    recording.take_back(unit.desk, next(step.id for step in case.steps if step.invitee == "authority"), "Not sent")
    assert [line.recipient for line in log(unit, una)] == ["Health care professional", "Social care, or social worker"]


def test_what_comes_in_tells_nobody(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "ehc", made_on=date(2026, 1, 12))
    case = record(unit, case, "advice-in", invitee="authority")
    case = record(unit, case, "reviewed", date(2026, 11, 20))
    record(unit, case, "decision", outcome="keep")
    assert log(unit, una) == []


def test_a_review_that_no_law_orders_tells_those_whom_the_notice_names(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "pep"), "reviewed", date(2026, 11, 20))
    with pytest.raises(WrongUse, match="The privacy notice of this unit does not name: Children’s social care"):
        record(unit, case, "report", invitee="everybody")
    assert (log(unit, una), unit.count("plan_step")) == ([], 1)
    names = {"told_social_care": "Larkfield social care", "told_virtual_school": "Larkfield virtual school"}
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **names))  # type: ignore[arg-type]
    case = record(unit, case, "report", invitee="virtual-school")
    record(unit, case, "report", invitee="everybody")
    lines = sorted(log(unit, una), key=lambda line: line.recipient)
    assert [line.recipient for line in lines] == [register()[name].label for name in ("social-care", "virtual-school")]
    assert lines[0].fields == ("name and date of birth", "special educational needs", "support and care plans")


def test_the_main_school_is_told_and_this_unit_is_not(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "ehc", made_on=date(2026, 1, 12)), "meeting", MEETING)
    recording.record(unit.desk, PlanStep(entry_id=case.now.entry_id, kind="invited", on=DAY, invitee="school"))
    assert log(unit, una) == []


def test_each_has_a_letter_of_invitation_that_asks_for_advice(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "ehc", made_on=date(2026, 1, 12))
    with pytest.raises(WrongUse, match="Set the day of the meeting first"):
        review_invitations.letters(unit.desk, case)
    case = record(unit, case, "meeting", MEETING)
    case = record(unit, case, "invited", invitee="health", who="Dr Iqbal")
    case = record(unit, case, "invited", invitee="parent", who="Ada and Max Ash")  # an order names Max since
    unit.contact(una, "Ash", forename="Ada", parental_responsibility=True)
    unit.protect(una, "order", unit.contact(una, "Ash", forename="Max", parental_responsibility=True))
    unit.contact(una, "Foss", forename="Fay", relationship="FOM", lives_with=True)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, phone="01632 960100", email="office@unit.example"))
    story, title = review_invitations.letters(unit.desk, case)
    said = " ".join(texts_of(story))
    assert title == "Invitations to a review"
    assert said.count("We invite you to the meeting on 21 December 2026") == 5
    assert "Dear Dr Iqbal" in said
    assert "Ada Ash and Fay Foss" in said[said.index("Dear ") - 60 : said.index("We invite")]
    assert "Max" not in said
    case = record(unit, case, "advice-asked", invitee="everybody")
    assert [step.who for step in case.steps if step.kind == "advice-asked"] == [None, None, None, "Dr Iqbal", None]
    assert said.count("Time of the meeting") == 5
    assert "01632 960100 or office@unit.example" in said
    assert "Dear Officer of the authority for special needs" in said
    assert "so that we have it before 7 December 2026" in said
    assert said.count("what progress Una has made") == 5
