"""Each rule of RIDDOR decides as the regulations have it, asks one question at a time, and leaves nothing undecided once all is answered."""

import itertools
from datetime import date
from typing import Any

import pytest

from pupil_desk.domain.accidents.accident import QUESTIONS, Accident, check_accident, questions_asked
from pupil_desk.domain.accidents.duties import duties_of
from pupil_desk.domain.accidents.riddor import riddor, riddor_rules

DAY = date(2026, 11, 10)


def accident(**items: Any) -> Accident:
    first: dict[str, Any] = {"pupil_id": "p", "day": DAY, "place": "hall", "account": "Fell", "injury": "bump", "body_part": "arm"}
    return Accident(**(first | items))


def must_report(answers: dict[str, bool]) -> int | None:
    """The days for the report, written down a second time from the regulations; None for no report."""
    if not answers["work_related"] or answers["on_road"]:  # regulations 2 and 14
        return None
    if answers["died"]:  # 6
        return 10
    if answers["at_work"]:  # 4
        return 10 if answers["specified"] else 15 if answers["over_seven_days"] else None
    return 10 if answers["hospital"] and answers["treated"] else None  # 5


def test_every_set_of_answers_is_decided_as_the_regulations_have_it() -> None:
    for values in itertools.product((False, True), repeat=len(QUESTIONS)):
        answers = dict(zip(QUESTIONS, values, strict=True))
        decision = riddor(accident(**answers))
        assert decision.rule is not None, answers
        assert decision.rule.days == must_report(answers), (answers, decision.rule)
        assert decision.rule.because
        assert decision.rule.law
        assert (decision.due(accident(**answers)) is None) == (decision.rule.days is None)


def test_no_more_is_asked_than_decides_and_each_question_says_why() -> None:
    assert riddor(accident()).question == "hospital"
    assert riddor(accident(hospital=False)).rule is not None, "who stayed or went home is decided by one answer"
    assert riddor(accident(hospital=True)).question == "treated"
    assert riddor(accident(hospital=True, treated=True)).question == "work_related"
    assert riddor(accident(at_work=True)).question == "specified"
    assert riddor(accident(died=True)).question == "work_related"
    assert set(riddor_rules().reasons) == set(QUESTIONS)
    assert questions_asked(accident(hospital=False)) == ("hospital", "at_work", "died", "work_related", "on_road")
    assert questions_asked(accident(hospital=True, at_work=True)) == QUESTIONS


def test_an_answer_that_is_asked_for_is_one_that_the_form_shows() -> None:
    for values in itertools.product((None, False, True), repeat=5):
        given = dict(zip(("hospital", "treated", "specified", "over_seven_days", "work_related"), values, strict=True))
        for at_work, died in itertools.product((False, True), repeat=2):
            entry = accident(at_work=at_work, died=died, **given)
            question = riddor(entry).question
            assert not question or question in questions_asked(entry), entry


def test_what_is_left_to_do_about_an_accident() -> None:
    told = {"parent": "Ada", "parent_told_on": DAY, "parent_told_by": "Ms Reed", "hospital": False}
    assert [duty.item for duty in duties_of(accident())] == ["parent_told_on", "hospital"]
    assert list(duties_of(accident(**told))) == []
    assert [duty.item for duty in duties_of(accident(**told, body_part="face"))] == ["letter_on"]
    reportable = accident(**told | {"hospital": True}, treated=True, work_related=True)
    assert [(duty.words, duty.due) for duty in duties_of(reportable)] == [
        ("tell HSE at once", DAY),
        ("report it to HSE", date(2026, 11, 20)),
    ]
    unfit = accident(**told | {"hospital": None}, at_work=True, specified=False)
    assert [(duty.item, duty.due) for duty in duties_of(unfit)] == [("over_seven_days", date(2026, 11, 18))], "it is known after seven days"


@pytest.mark.parametrize(
    ("injury", "part", "due"),
    [
        ("bump", "face", True),
        ("none", "head", True),
        ("bite", "face", False),
        ("nosebleed", "face", False),
        ("concussion", "several", True),
    ],
)
def test_after_which_injuries_a_parent_has_the_letter_about_the_head(injury: str, part: str, due: bool) -> None:
    assert accident(injury=injury, body_part=part).is_of_head is due


def test_no_parent_is_told_of_an_accident_of_an_adult() -> None:
    hurt = accident(body_part="head", hospital=False)
    assert [duty.item for duty in duties_of(hurt, date(2008, 11, 11))] == ["parent_told_on", "letter_on"]
    assert list(duties_of(hurt, date(2008, 11, 10))) == []


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({}, []),
        ({"day": date(2026, 11, 25)}, ["future_date"]),
        ({"time": "half past"}, ["bad_time"]),
        ({"day": date(2026, 11, 24), "time": "16:00"}, ["future_time"]),
        ({"parent_told_on": date(2026, 11, 9), "parent": "A", "parent_told_by": "B"}, ["bad_day"]),
        ({"parent_told_on": DAY, "parent": "A"}, ["half_told"]),
        ({"report_reference": "1"}, ["missing"]),
        ({"hospital": False, "treated": True}, ["no_hospital"]),
        ({"hospital": False, "afterwards": "ambulance"}, ["hospital"]),
        ({"hospital": True, "afterwards": "hospital"}, []),
        ({"hospital": True, "afterwards": "hospital-later"}, ["hospital_later"]),
        ({"place": "placement"}, ["at_work"]),
        ({"place": "placement", "at_work": True}, []),
    ],
)
def test_what_is_wrong_with_an_entry(items: dict[str, Any], codes: list[str]) -> None:
    assert [problem.code for problem in check_accident(accident(**items), date(2026, 11, 24), "10:00")] == codes
