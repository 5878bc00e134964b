"""The unit's own times: seen before, kept as versions with their day, never under the law; notice and dues follow by themselves."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.retention import (
    CONSENT,
    PROOF,
    RECORD,
    REGISTER,
    REQUEST,
    RetentionClass,
    RetentionEvent,
    RetentionPart,
    proposed_schedule,
)
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import due_for_erasure, periods
from pupil_desk.services.governance import papers
from pupil_desk.services.notices import notice_editions, notice_text, notices
from pupil_desk.services.unit import staff
from tests.services.exports.made import DAY, MOMENT, PASSWORD, Unit


def kept_for(name: str, *parts: RetentionPart, source: str = "The authority’s schedule, 2026") -> RetentionClass:
    return dataclasses.replace(proposed_schedule()[name], parts=parts, source=source, sure="high")


def columns(unit: Unit, made: RetentionClass, day: date | None = None) -> list[str]:
    with pytest.raises(Refused) as refused:
        periods.save(unit.desk, made, day)
    return [problem.column for problem in refused.value.problems]


def test_a_time_of_the_units_own_is_in_every_sentence_and_every_due_day(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2001, 5, 6), Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23)))
    periods.save(unit.desk, kept_for(RECORD, RetentionPart(RetentionEvent.LEFT, 7)))
    assert {one.part: one.due for one in due_for_erasure.held_items(unit.desk, [pupil.id])}["pupil-record"] == date(2024, 6, 23)
    sentence = "7 years from the day of leaving"
    filling = notice_text.filling_of(unit.desk.settings, DAY, unit.desk.schedule)
    assert filling["kept_pupil"] == sentence
    assert filling["kept_pupil_arabic"] == "مدة 7 من السنوات بعد مغادرة التلميذ"
    assert any(item.kept == sentence for item in notice_editions.said_now(unit.desk).items.values())
    assert sentence in {row[0].lower() for row in papers.period_rows(unit.desk.schedule)}
    for paper in ("ropa", "policy", "dpia"):
        words = plain_text(papers.story(unit.desk, paper)[0])
        assert sentence in words.replace("7 Years", "7 years"), paper


def test_the_notice_becomes_a_new_edition_by_itself_and_is_to_be_given_again(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Larch Way", town="Ware", postcode="SG4 7ZZ")
    unit.contact(pupil, "Quill", forename="Ann", parental_responsibility=True, lives_with=True)
    notices.issue(unit.desk, notices.letters_of(unit.desk, pupil.id).letters, "by-hand")
    first = notice_editions.current_edition(unit.desk)
    assert notices.why_new(unit.desk) == []
    periods.save(unit.desk, kept_for(REQUEST, RetentionPart(RetentionEvent.CLOSED, 3)))
    second = notice_editions.current_edition(unit.desk)
    assert (first.number, second.number) == (1, 2)
    assert notices.why_new(unit.desk) == ["what is held, or how long it is kept, has changed"]
    told = " ".join(change.words for change in notice_editions.changes(unit.desk, first, second))
    assert "3 years from the day the case is closed" in told
    periods.reset(unit.desk, REQUEST)
    assert notice_editions.current_edition(unit.desk).id == first.id


def test_what_was_in_force_on_a_day_stays_known(unit: Unit) -> None:
    periods.save(unit.desk, kept_for(REQUEST, RetentionPart(RetentionEvent.CLOSED, 3)), date(2027, 1, 1))
    assert unit.desk.schedule[REQUEST].sentence == "6 years from the day the case is closed"
    later = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT.replace(year=2027, month=1, day=1)))
    assert later.schedule[REQUEST].sentence == "3 years from the day the case is closed"
    assert periods.history(unit.desk) == [
        (
            "Requests and complaints, from 1 January 2027",
            "3 years from the day the case is closed (The authority’s schedule, 2026), set by Ann Officer",
        )
    ]
    assert ("edit-settings", REQUEST, "kept otherwise from 2027-01-01") in unit.log()
    periods.reset(unit.desk, REQUEST)
    later = dataclasses.replace(later)
    assert later.schedule[REQUEST].sentence == "6 years from the day the case is closed", "what was to hold later was taken back"
    assert [title for title, _words in periods.history(unit.desk)] == [
        "Requests and complaints, from 24 November 2026",
        "Requests and complaints, meant from 1 January 2027, replaced before",
    ]
    for years in (7, 5):
        for day in (date(2027, 1, 1), unit.desk.today):
            periods.save(unit.desk, kept_for(REQUEST, RetentionPart(RetentionEvent.CLOSED, years)), day)
    periods.save(unit.desk, kept_for(REQUEST, RetentionPart(RetentionEvent.CLOSED, 4)), date(2027, 1, 1))
    periods.save(unit.desk, kept_for(REQUEST, RetentionPart(RetentionEvent.CLOSED, 3)), date(2027, 1, 1))
    assert [title.partition(", ")[2] for title, _words in periods.history(unit.desk)][:6] == [
        "from 1 January 2027",
        "meant from 1 January 2027, replaced before",
        "from 24 November 2026",
        "meant from 1 January 2027, replaced before",
        "from 24 November 2026",
        "meant from 1 January 2027, replaced before",
    ], "of two set for one later day the first never held; one replaced on its own day did"


def test_before_it_is_kept_it_says_what_would_change(unit: Unit) -> None:
    for surname, born in (("Quill", date(2002, 5, 6)), ("Larch", date(2010, 1, 1))):
        unit.pupil(surname, "Bea", born, Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23)))
    change = periods.would_change(unit.desk, kept_for(RECORD, RetentionPart(RetentionEvent.BIRTH, 24)))
    assert (change.earlier, change.later, change.pupils, change.due_now) == (2, 0, 2, 1)
    assert change.words.splitlines() == [
        "Until now: Until the pupil’s 25th birthday.",
        "From then on: Until the pupil’s 24th birthday.",
        "2 things held fall due on another day of 2 pupils: 2 earlier, 0 later.",
        "Due at once: 1. Nothing is erased by itself.",
    ]
    assert unit.count("retention_rule") == 0
    same = periods.would_change(unit.desk, kept_for(RECORD, RetentionPart(RetentionEvent.BIRTH, 25)))
    assert same.words.endswith("Nothing that is held falls due on another day.")


def test_neither_the_law_nor_what_proof_is_for_can_be_undercut(unit: Unit) -> None:
    assert columns(unit, kept_for(REGISTER, RetentionPart(RetentionEvent.BIRTH, 25), RetentionPart(RetentionEvent.ENTRY, 5))) == ["years"]
    assert columns(unit, kept_for(PROOF, RetentionPart(RetentionEvent.BIRTH, 20))) == ["years"]
    assert columns(unit, kept_for(CONSENT, RetentionPart(RetentionEvent.CLOSED, 2))) == ["event"]
    assert columns(unit, kept_for(RECORD, RetentionPart(RetentionEvent.BIRTH, 25), source=" ")) == ["source"]
    assert columns(unit, kept_for(RECORD, RetentionPart(RetentionEvent.BIRTH, 24)), date(2026, 11, 23)) == ["holds_from"]
    assert unit.count("retention_rule") == 0


def test_proof_outlives_its_record_on_each_later_day_too(unit: Unit) -> None:
    record, proof = ((lambda years, name=name: kept_for(name, RetentionPart(RetentionEvent.BIRTH, years))) for name in (RECORD, PROOF))
    next_month = date(2027, 1, 1)
    periods.save(unit.desk, proof(40))
    periods.save(unit.desk, proof(26), next_month)
    assert columns(unit, record(30)) == ["years"], "from next month proof would go before its record"
    periods.save(unit.desk, proof(45), next_month)
    periods.save(unit.desk, record(45), next_month)
    with pytest.raises(Refused):
        periods.reset(unit.desk, PROOF)


def test_only_a_data_officer_sets_it(unit: Unit) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    for work in (
        lambda: periods.save(sam, kept_for(RECORD, RetentionPart(RetentionEvent.BIRTH, 24))),
        lambda: periods.reset(sam, RECORD),
        lambda: periods.would_change(sam, proposed_schedule()[RECORD]),
    ):
        with pytest.raises(NotAllowed):
            work()
