"""A report to HSE and the letter about the head are in the log of disclosures: the report's line goes with its day, whoever takes that out."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services import changes
from pupil_desk.services.accidents import accident_papers, recording
from pupil_desk.services.disclosures import statement_lines, told
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.unit import settings
from tests.services.accidents.test_accidents import TO_REPORT, TOLD, enter
from tests.services.exports.made import DAY, Unit

EARLIER = DAY - timedelta(days=1)


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


def log(unit: Unit, pupil: Pupil) -> list[told.LoggedDisclosure]:
    return list(reversed(told.log(unit.desk, pupil_id=pupil.id)))


def report(unit: Unit, accident: Accident, on: date | None) -> Accident:
    recording.save(unit.desk, dataclasses.replace(accident, reported_on=on))
    return dataclasses.replace(accident, reported_on=on)


def test_a_report_is_told_to_hse_by_law_and_the_family_may_know(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, **TO_REPORT, day=EARLIER)
    assert log(unit, una) == []
    report(unit, accident, EARLIER)
    (line,) = log(unit, una)
    assert (line.recipient, line.day, line.law, line.may_know) == ("Health and Safety Executive", EARLIER, register()["hse"].law, True)
    assert line.fields == ("name and date of birth", "address and telephone", "accidents and first aid")
    lines = statement_lines.from_log(unit.desk, una.id, Days(DAY.replace(month=1), DAY))
    assert [line.kind for line in lines.told] == ["Health and Safety Executive"]


def test_another_day_is_another_line_another_word_is_none_and_no_day_strikes_it_out(unit: Unit, una: Pupil) -> None:
    accident = report(unit, enter(unit, una, **TOLD, **TO_REPORT, day=EARLIER), EARLIER)
    recording.save(unit.desk, dataclasses.replace(accident, reported_by="Ms Reed"))
    assert len(log(unit, una)) == 1
    accident = report(unit, dataclasses.replace(accident, reported_by="Ms Reed"), DAY)
    assert [(line.day, bool(line.struck)) for line in log(unit, una)] == [(EARLIER, True), (DAY, False)]
    report(unit, accident, None)
    assert [bool(line.struck) for line in log(unit, una)] == [True, True]


def test_undo_strikes_the_line_out_and_to_undo_that_writes_it_again(unit: Unit, una: Pupil) -> None:
    report(unit, enter(unit, una, **TOLD, **TO_REPORT), DAY)
    changes.undo(unit.desk, changes.recent(unit.desk)[0].key)
    assert [bool(line.struck) for line in log(unit, una)] == [True]
    changes.undo(unit.desk, changes.recent(unit.desk)[0].key)
    assert [bool(line.struck) for line in log(unit, una)] == [True, False]


def test_where_the_book_is_kept_elsewhere_the_notice_does_not_name_hse_and_the_law_does(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, hospital=False)
    assert "hse" in notice_editions.said_now(unit.desk).recipients
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_accidents=False))
    assert "hse" not in notice_editions.said_now(unit.desk).recipients
    report(unit, accident, DAY)
    (line,) = log(unit, una)
    assert (line.recipient, line.may_know) == ("Health and Safety Executive", True)
    assert line.law == "A law demands it: Article 6(1)(c). SI 2013/1471"


def test_the_letter_about_the_head_is_told_once_it_is_printed(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, body_part="head", hospital=False)
    letter = accident_papers.head_letter(unit.desk, accident.id)
    assert log(unit, una) == []
    accident_papers.log_head_letter(unit.desk, accident.id, letter)
    (line,) = log(unit, una)
    assert (line.recipient, line.way, line.reason) == ("Parents and carers", "On paper", "Given to Ada Ash.")
    assert any("day of the accident" in words for words in line.fields), line.fields
