"""Lists over the unit: the exams of each day, the entries of each series, and the accident book."""

import dataclasses
from datetime import date
from typing import Any

import pypdfium2
import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import Block, Heading, Table
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.accidents import accident_book
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.exams import exam_lists, recording
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit

MAY = date(2027, 5, 13)


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2011, 1, 5))


@pytest.fixture
def bo(unit: Unit) -> Pupil:
    return unit.pupil("Bell", "Robert", date(2011, 2, 2), preferred_forename="Bo")


def enter(unit: Unit, pupil: Pupil, **items: Any) -> None:
    first = {"series": "summer", "year": 2027, "board": "aqa", "qualification": "GCSE Maths", "entry_code": "8300F", "status": "entered"}
    recording.add_entry(unit.desk, ExamEntry(pupil_id=pupil.id, **(first | items)))


def tables(story: list[Block]) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each table, by the heading above it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    heading = ""
    for block in story:
        if isinstance(block, Heading):
            heading = str(block.text)
        elif isinstance(block, Table):
            found[heading] = [tuple(map(str, row)) for row in block.rows]
    return found


def test_each_day_has_who_sits_what_where_and_with_what_extra_time(unit: Unit, una: Pupil, bo: Pupil) -> None:
    both = [una.id, bo.id, (cy := unit.pupil("Cole", "Cy", date(2011, 3, 3))).id]
    enter(unit, cy, qualification="Old", entry_code="1", day=date(2026, 5, 1), session="AM")
    with pytest.raises(WrongUse, match="None of these pupils has an exam from today on"):
        exam_lists.by_day(unit.desk, both)
    enter(unit, una, component="8300/1F", day=MAY, session="AM", starts="9:00", minutes=90, room="Hall 7", candidate_number="0042")
    enter(unit, bo, component="8300/1F", day=MAY, session="AM", starts="9:00", minutes=90)
    enter(unit, bo, qualification="GCSE Art", entry_code="8202", day=MAY, session="PM", status="withdrawn")
    enter(unit, bo, qualification="GCSE Music", entry_code="8271", day=MAY, session="PM", status="planned")
    enter(unit, bo, qualification="Old", entry_code="1", day=date(2026, 5, 1), session="AM")
    recording.add_arrangement(
        unit.desk, ExamArrangement(pupil_id=una.id, kind="extra-25", detail="25%", approved_from=DAY, approved_until=date(2027, 8, 31))
    )
    recording.add_arrangement(unit.desk, ExamArrangement(pupil_id=bo.id, kind="reader"))
    story, title, on_paper = exam_lists.by_day(unit.desk, both)
    assert on_paper == {una.id, bo.id}, "and nobody of whom it says nothing"
    assert unit.log()[-1][2] == "list of exams by day made", "nobody has printed it yet"
    assert tables(story) == {
        "13 May 2027": [
            ("9:00, morning", "Ash, Una, 0042", "GCSE Maths, 8300/1F", "90, up to 113", "Hall 7", "Extra time of up to 25 %"),
            ("9:00, morning", "Bell, Bo", "GCSE Maths, 8300/1F", "90", "", ""),
            ("Afternoon", "Bell, Bo", "GCSE Music, 8271: planned, not entered yet", "", "", ""),
        ]
    }
    assert_accessible(build_pdf(story, title=title))


def test_each_series_that_is_not_over_has_its_entries_by_board(unit: Unit, una: Pupil, bo: Pupil) -> None:
    cy = unit.pupil("Cole", "Cy", date(2011, 3, 3))
    enter(unit, cy, series="summer", year=2026)
    enter(unit, bo, uci="998810050001A", tier="F", component="8300/1F")
    enter(unit, una, board="ocr", qualification="Level 2 Certificate in Mathematics", entry_code="J834", status="planned")
    enter(unit, una, series="summer", year=2026)
    enter(unit, una, series="january", entry_code="JAN")
    story, title, on_paper = exam_lists.by_series(unit.desk, [una.id, bo.id, cy.id])
    found = tables(story)
    assert on_paper == {una.id, bo.id}, "and nobody of whom it says nothing"
    assert list(found) == ["January 2027, AQA", "Summer 2027, AQA", "Summer 2027, OCR"]
    assert found["Summer 2027, AQA"] == [
        (
            "Bell, Robert, known as Bo Bell", "2 February 2011", "", "998810050001A", "8300F", "GCSE Maths, 8300/1F, foundation", "Entered with the board",
        )
    ], "as the board is to have it"  # fmt: skip
    assert [len(block.header) for block in story if isinstance(block, Table)] == [6, 7, 6], "nobody’s UCI, no column"
    pdf = build_pdf(story, title=title, page_size=exam_lists.LYING, base_size=exam_lists.BASE)
    assert_accessible(pdf)
    assert "Mathematics" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, enters_exams=False))
    with pytest.raises(WrongUse, match="“We enter pupils for exams here” is switched off"):
        exam_lists.by_series(unit.desk, [una.id])


def test_the_accident_book_is_printed_over_the_unit_a_line_an_accident(unit: Unit, una: Pupil, bo: Pupil) -> None:
    with pytest.raises(WrongUse, match="No accident of these pupils is in the book since 1 September 2025"):
        accident_book.book(unit.desk, [una.id])
    first = Accident(pupil_id=bo.id, day=DAY, place="hall", account="Fell", injury="cut", body_part="knee", first_aid="Plaster")
    accidents.add(unit.desk, first)
    told = dataclasses.replace(first, pupil_id=una.id, day=date(2026, 10, 2), time="10:15", reported_on=DAY, reported_by="Ms Reed")
    accidents.add(unit.desk, dataclasses.replace(told, report_reference="RID/7781"))
    accidents.add(unit.desk, dataclasses.replace(first, day=date(2025, 7, 1), account="Long ago"))
    cy = unit.pupil("Cole", "Cy", date(2011, 3, 3))
    before = unit.count("log")
    story, title, on_paper = accident_book.book(unit.desk, [una.id, bo.id, cy.id])
    assert on_paper == {una.id, bo.id}, "and nobody of whom it says nothing"
    assert [words for *_act, words in unit.log()[before:]] == ["accident book made"] * 2, "nobody has printed it yet"
    (rows,) = tables(story).values()
    assert [(row[0], row[1], row[2], row[4], row[5]) for row in rows] == [
        ("2 Oct 2026, 10:15", "Ash, Una", "Hall or gym", "Plaster", "reported on 24 Nov 2026, RID/7781"),
        ("24 Nov 2026", "Bell, Bo", "Hall or gym", "Plaster", "not decided yet"),
    ]
    assert_accessible(build_pdf(story, title=title))
