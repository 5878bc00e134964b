"""Exams of a pupil: kept and told on the sheet, printed, read in from a table, checked, and switched off."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import texts_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import exam_papers, recording, results
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.learning import assessments
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit

MAY = date(2027, 5, 13)


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2011, 1, 5))


def enter(unit: Unit, pupil: Pupil, **items: Any) -> None:
    first = {"series": "summer", "year": 2027, "board": "aqa", "qualification": "GCSE Maths", "entry_code": "8300F", "status": "entered"}
    recording.add_entry(unit.desk, ExamEntry(pupil_id=pupil.id, **(first | items)))


def test_the_timetable_says_what_is_to_come_and_nothing_that_the_office_is_to_settle(unit: Unit, una: Pupil) -> None:
    with pytest.raises(WrongUse, match="no entry for an exam from today on"):
        exam_papers.timetable(unit.desk, una.id)
    enter(
        unit,
        una,
        component="8300/1F",
        tier="F",
        day=MAY,
        session="AM",
        starts="9:00",
        centre="99999",
        candidate_number="0042",
        room="Hall 7",
    )
    enter(unit, una, qualification="Food hygiene", entry_code="FH2", day=MAY, session="AM")
    enter(unit, una, qualification="Art", entry_code="8202")
    enter(unit, una, qualification="Old", entry_code="1", day=date(2026, 5, 1), session="AM")
    enter(unit, una, qualification="Dropped", entry_code="2", status="withdrawn", day=MAY, session="AM")
    recording.add_arrangement(unit.desk, ExamArrangement(pupil_id=una.id, kind="extra-25", detail="15 minutes", approved_from=DAY))
    recording.add_arrangement(unit.desk, ExamArrangement(pupil_id=una.id, kind="reader"))
    story, title = exam_papers.timetable(unit.desk, una.id)
    words = " ".join(texts_of(story))
    for told in ("GCSE Maths, 8300/1F (AQA), foundation", "0042", "Hall 7", "Art, 8202", "Extra time of up to 25 %: 15 minutes"):
        assert told in words, told
    assert "Reader or computer reader (not approved yet)" in words
    to_settle = recording.what_to_settle(recording.of_pupil(unit.desk, una.id), DAY)
    assert to_settle[0].startswith("Food hygiene, FH2 and GCSE Maths, 8300/1F are in one session: 13 May 2027")
    assert to_settle[1:] == ["Not approved for the exam on 13 May 2027: Reader or computer reader."]
    assert "in one session" not in words
    assert "Old" not in words
    assert "Dropped" not in words
    assert_accessible(build_pdf(story, title=title))


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        ("reader", "computer reader", "Reader or computer reader: computer reader"),
        ("scribe", "speech recognition", "Scribe or speech recognition: speech recognition"),
        ("extra-25", "5%", "Extra time of up to 25 %: 5%"),
        ("extra-25", "25 %", "Extra time of up to 25 %"),
        ("reader", None, "Reader or computer reader"),
    ],
)
def test_an_arrangement_is_told_with_its_detail_unless_that_is_the_share_that_its_kind_says(
    kind: str, detail: str | None, words: str
) -> None:
    assert recording.arrangement_words(ExamArrangement(kind=kind, detail=detail)) == words


def test_the_envelope_names_whom_the_candidate_named_and_no_result(unit: Unit, una: Pupil) -> None:
    enter(unit, una, candidate_number="0042")
    row = ResultsCollector(pupil_id=una.id, series="summer", year=2027, collector="Ada Ash", named_on=DAY)
    recording.add_collector(unit.desk, row)
    (kept,) = recording.of_pupil(unit.desk, una.id).collectors
    story, title = exam_papers.envelope_sheet(unit.desk, kept.id)
    words = " ".join(texts_of(story))
    assert "Exam results of Una Ash" in words
    assert "Una Ash, the candidate Ada Ash, named in writing on 24 November 2026" in words
    assert "GCSE Maths" not in words
    assert_accessible(build_pdf(story, title=title))
    with pytest.raises(Refused, match="may be handed to Una Ash"):
        recording.save_collector(unit.desk, dataclasses.replace(kept, handed_on=DAY, handed_to="Bo Bell"))


def test_the_timetable_tells_of_nothing_that_is_over_and_calls_planned_what_is(unit: Unit, una: Pupil) -> None:
    for code in ("A", "B"):
        enter(unit, una, qualification=f"Past {code}", entry_code=code, day=date(2026, 6, 1), session="AM", year=2026)
    enter(unit, una, qualification="Lost", entry_code="L", year=2024, status="planned")
    enter(unit, una, qualification="Lost", entry_code="S", year=2026)  # the summer of this year is over
    enter(unit, una, qualification="Art", entry_code="8202", status="planned")
    enter(unit, una, qualification="Maths", entry_code="M", day=MAY, session="AM", status="planned")
    recording.add_arrangement(
        unit.desk, ExamArrangement(pupil_id=una.id, kind="reader", approved_from=date(2026, 9, 1), approved_until=date(2026, 12, 1))
    )
    recording.add_arrangement(unit.desk, ExamArrangement(pupil_id=una.id, kind="reader", detail="in Art"))
    words = " ".join(texts_of(exam_papers.timetable(unit.desk, una.id)[0]))
    assert recording.what_to_settle(recording.of_pupil(unit.desk, una.id), DAY) == [
        "Not approved for the exam on 13 May 2027: Reader or computer reader (approved from 1 Sep 2026 to 1 Dec 2026).",
        "Not approved for the exam on 13 May 2027: Reader or computer reader: in Art.",
    ], "which of two of a kind"
    assert "Past" not in words
    assert "Lost" not in words
    assert "Not approved for the exam on" not in words
    assert "Planned, and not entered with the board yet Art, 8202" in words
    assert "Maths, M (AQA): planned, not entered yet" in words


def test_the_envelope_is_not_handed_over_before_somebody_is_named_nor_tomorrow(unit: Unit, una: Pupil) -> None:
    named = ResultsCollector(pupil_id=una.id, series="summer", year=2026, collector="Bo Birch", named_on=date(2026, 11, 20))
    for handed_on, words in ((date(2026, 8, 20), "after that day"), (date(2027, 8, 20), "still to come")):
        with pytest.raises(Refused, match=words):
            recording.add_collector(unit.desk, dataclasses.replace(named, handed_on=handed_on, handed_to="Bo Birch"))
    known_as = unit.pupil("Ash", "Margaret", date(2011, 1, 5), preferred_forename="Peg")
    for to in ("Margaret Ash", "Peg Ash"):
        recording.add_collector(
            unit.desk, ResultsCollector(pupil_id=known_as.id, series="summer", year=2026, handed_on=date(2026, 8, 20), handed_to=to)
        )


def test_a_further_entry_begins_with_what_is_the_same(unit: Unit, una: Pupil) -> None:
    enter(unit, una, centre="99999", candidate_number="0042", component="8300/1F")
    begun = recording.next_entry(recording.of_pupil(unit.desk, una.id).entries, 2030)
    assert (begun["year"], begun["centre"], begun["candidate_number"]) == (2027, "99999", "0042")
    assert "component" not in begun


def test_entries_are_read_in_from_a_table_and_stand_on_the_sheet(unit: Unit, una: Pupil) -> None:
    pupil = unit.pupil("Bell", "Bo", date(2011, 2, 2), upn="Y919110026001")
    table = (
        "upn,series,year,board,qualification,entry_code,component,tier,status,day,session\n"
        "Y919110026001,summer,2027,aqa,GCSE Mathematics,8300F,8300/1F,F,entered,2027-05-13,AM\n"
    )
    for _time in range(2):
        run_import(unit.desk, "exam-entries", table.encode())
    (entry,) = recording.of_pupil(unit.desk, pupil.id).entries
    assert (entry.component, entry.day) == ("8300/1F", MAY)
    sections = {section.name: section.entries for section in sheet.everything(unit.desk, pupil.id)}
    assert [row.as_kept()["entry_code"] for row in sections["exam_entries"]] == ["8300F"]


def test_the_list_of_a_board_is_read_in_by_its_own_words_and_finds_whom_it_names(unit: Unit, una: Pupil) -> None:
    heads = "Surname,Forename,Date of birth,Awarding Body,Season,Exam Year,Qualification Title,Option Code,Component,Exam Date,AM/PM,Start Time,Duration,Room,Candidate No,UCI\n"
    row = "Ash,Una,05/01/2011,AQA,Summer,2027,GCSE Mathematics,8300F,8300/1F,13/05/2027,AM,09:00,90,Hall 7,0042,998810050001A\n"
    unit.pupil("Ash", "Ned", date(2010, 1, 5))
    run_import(unit.desk, "auto", (heads + row).encode())
    (entry,) = recording.of_pupil(unit.desk, una.id).entries
    assert (entry.board, entry.series, entry.year, entry.qualification, entry.entry_code) == (
        "aqa",
        "summer",
        2027,
        "GCSE Mathematics",
        "8300F",
    )
    assert (entry.day, entry.session, entry.starts, entry.minutes, entry.room) == (MAY, "AM", "09:00", 90, "Hall 7")
    assert (entry.candidate_number, entry.uci, entry.status) == ("0042", "998810050001A", "entered")
    recording.save_entry(unit.desk, dataclasses.replace(entry, status="withdrawn"))
    run_import(unit.desk, "exam-entries", (heads + row).encode())
    assert recording.of_pupil(unit.desk, una.id).entries[0].status == "withdrawn", "what the list does not say is left"
    run_import(unit.desk, "exam-entries", (heads + row.replace("05/01/2011", "06/01/2011")).encode())
    assert len(recording.of_pupil(unit.desk, una.id).entries) == 1, "nobody of that birthday"


def test_access_arrangements_are_read_in_and_the_same_ones_are_brought_up_to_date(unit: Unit, una: Pupil) -> None:
    heads = "Surname,Forename,DOB,Arrangement,Arrangement details,Evidence,Approved from,Expiry date,Application reference\n"
    row = "Ash,Una,05/01/2011,Extra time of up to 25 %,,Form 8,01/09/2026,31/08/2027,A-77\n"
    for line in (row, row, row.replace("31/08/2027", "31/08/2028")):
        run_import(unit.desk, "exam-arrangements", (heads + line).encode())
    (arrangement,) = recording.of_pupil(unit.desk, una.id).arrangements
    assert (arrangement.kind, arrangement.approved_until, arrangement.reference) == ("extra-25", date(2028, 8, 31), "A-77")


def test_a_second_sitting_on_demand_and_another_board_are_entries_of_their_own(unit: Unit) -> None:
    pupil = unit.pupil("Bell", "Bo", date(2011, 2, 2), upn="Y919110026001")
    head = "upn,series,year,board,qualification,entry_code,status,day,session,uci\n"
    first = "Y919110026001,any,2026,aqa,Maths,4748,entered,2026-11-10,AM,12345A123456B\n"
    again = first.replace("2026-11-10", "2026-12-08")
    other = "Y919110026001,any,2026,ocr,Maths,4748,withdrawn,2026-11-10,AM,\n"
    for table in (head + first, head + again, head + first + again + other):
        run_import(unit.desk, "exam-entries", table.encode())
    entries = recording.of_pupil(unit.desk, pupil.id).entries
    assert sorted((entry.board, str(entry.day), entry.status) for entry in entries) == [
        ("aqa", "2026-11-10", "entered"),
        ("aqa", "2026-12-08", "entered"),
        ("ocr", "2026-11-10", "withdrawn"),
    ]


def test_what_is_not_used_takes_in_nothing_and_the_notice_names_it_not(unit: Unit, una: Pupil) -> None:
    assert any(path.startswith("exam_arrangement.") for path in notice_editions.said_now(unit.desk).items)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, enters_exams=False))
    assert not any(path.startswith("exam_") for path in notice_editions.said_now(unit.desk).items)
    for keep in (
        lambda: enter(unit, una),
        lambda: recording.add_arrangement(unit.desk, ExamArrangement(pupil_id=una.id, kind="reader")),
        lambda: recording.add_collector(unit.desk, ResultsCollector(pupil_id=una.id, series="summer", year=2027)),
        lambda: run_import(unit.desk, "exam-entries", b"upn\n"),
    ):
        with pytest.raises(WrongUse, match="switched off"):
            keep()


def test_the_boards_are_named_as_those_who_are_told_of_an_entry_and_of_whoever_is_entered(unit: Unit, una: Pupil) -> None:
    ben = unit.pupil("Beech", "Ben", date(2011, 2, 5))
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_exam_boards="AQA"))
    enter(unit, una, uci="998810050001A")
    said = notice_editions.said_now(unit.desk)
    told = said.recipients["exam-boards"]
    assert {"exam_entry.uci", "exam_entry.entry_code", "exam_entry.candidate_number"} <= set(told.full)
    assert {row.pupil.id: row.decision.level.value for row in sharing.preview(unit.desk, "exam-boards")} == {una.id: "full", ben.id: "none"}


def result_on_file(desk: Desk, entry: ExamEntry) -> str:
    result = results.matched(desk, entry.pupil_id).result_of.get(entry.id)
    return result.result if result is not None else ""


def test_a_result_is_begun_from_its_entry_and_found_by_it(unit: Unit, una: Pupil) -> None:
    enter(unit, una)
    enter(unit, una, qualification="Food hygiene, level 2", entry_code="FH2")
    hygiene, maths = sorted(recording.of_pupil(unit.desk, una.id).entries, key=lambda entry: entry.qualification)
    assert results.begun_from(unit.desk, hygiene.id)["subject"] == "Food hygiene, level 2"
    begun = results.begun_from(unit.desk, maths.id)
    assert (begun["subject"], begun["component"], begun["year"]) == ("MAT", "GCSE", 2027)
    assert result_on_file(unit.desk, maths) == ""
    assessments.add(unit.desk, Assessment(pupil_id=una.id, result="5", **begun))
    assert result_on_file(unit.desk, maths) == "5"
    assert result_on_file(unit.desk, hygiene) == ""


def test_an_exam_is_without_its_result_only_once_all_its_papers_are_over(unit: Unit, una: Pupil) -> None:
    for component, day in (("8300/1F", date(2026, 11, 4)), ("8300/2F", date(2026, 11, 26))):
        enter(unit, una, year=2026, series="november", entry_code="8300F", component=component, day=day, session="AM")
    enter(unit, una, year=2026, series="november", qualification="GCSE Art", entry_code="8202")
    assert not results.matched(unit.desk, una.id).without_result, "one paper is still to be sat, and no day is said of the other"
    (second,) = (entry for entry in recording.of_pupil(unit.desk, una.id).entries if entry.day == date(2026, 11, 26))
    recording.save_entry(unit.desk, dataclasses.replace(second, day=date(2026, 11, 23)))
    assert results.unmatched_words(results.matched(unit.desk, una.id)) == ["No result is on file of GCSE Maths (November 2026)."]


def test_an_entry_and_its_result_lead_to_each_other_and_what_has_no_other_half_is_listed(unit: Unit, una: Pupil) -> None:
    enter(unit, una, year=2026, day=date(2026, 5, 14), session="AM")
    enter(unit, una, year=2026, entry_code="8300F", component="8300/2F", day=date(2026, 6, 3), session="AM")
    enter(unit, una, year=2026, qualification="Food hygiene, level 2", entry_code="FH2", day=date(2026, 6, 4), session="AM")
    enter(unit, una, year=2027, qualification="GCSE Art", entry_code="8202", day=date(2027, 5, 14), session="AM")
    first, second = (entry for entry in recording.of_pupil(unit.desk, una.id).entries if entry.qualification == "GCSE Maths")
    begun = results.begun_from(unit.desk, first.id)
    assessments.add(unit.desk, Assessment(pupil_id=una.id, result="4", **begun))
    assessments.add(unit.desk, Assessment(pupil_id=una.id, result="3", **(begun | {"subject": "ENG"})))
    matching = results.matched(unit.desk, una.id)
    four = matching.result_of[first.id]
    assert (four.result, matching.result_of[second.id], set(matching.result_of)) == ("4", four, {first.id, second.id})
    assert set(matching.entries_of[four.id]) == {first, second}
    assert results.unmatched_words(matching) == [
        "No result is on file of Food hygiene, level 2 (Summer 2026).",
        "Under Assessments, without an entry here: English, GCSE: 3.",
    ]
    assessments.correct(unit.desk, dataclasses.replace(four, result="5"))
    corrected = results.matched(unit.desk, una.id)
    assert (corrected.result_of[first.id].result, four.id in corrected.entries_of) == ("5", False), "what is corrected is seen at the entry"
    assessments.withdraw(unit.desk, corrected.result_of[first.id].id, "Of another pupil")
    assert results.unmatched_words(results.matched(unit.desk, una.id))[0] == (
        "No result is on file of GCSE Maths (Summer 2026) and Food hygiene, level 2 (Summer 2026)."
    )


@pytest.mark.parametrize(
    ("qualification", "component", "subject"),
    [
        ("GCSE Maths", "GCSE", "MAT"),
        ("GCSE (9-1) Mathematics", "GCSE", "MAT"),
        ("GCSE (9–1) in Art", "GCSE", "in Art"),
        ("GCSE Combined Science", "GCSE DOUBLE", "Combined Science"),
        ("FS L1 Maths", "FS L1", "MAT"),
        ("Functional Skills English Level 1", "FS L1", "ENG"),
        ("Functional skills, Entry 3 Mathematics", "FS E3", "MAT"),
        ("Functional Skills Entry Level 2: English", "FS E2", "ENG"),
        ("Functional Skills English", None, "Functional Skills English"),
        ("Unit award Gardening", "UNIT", "Gardening"),
        ("Entry level certificate Science", "ELC", "SCI"),
        ("Reading the Landscape", None, "Reading the Landscape"),
        ("Art", None, "Art"),
        ("Maths", None, "MAT"),
    ],
)
def test_a_qualification_is_told_apart_as_boards_name_it(qualification: str, component: str | None, subject: str) -> None:
    assert results.parted(qualification) == (component, subject)


def test_each_series_has_its_own_result_and_its_own_school_year(unit: Unit, una: Pupil) -> None:
    for series, year in (("summer", 2025), ("november", 2025), ("summer", 2026)):
        enter(unit, una, series=series, year=year)
    entries = {(entry.series, entry.year): entry for entry in recording.of_pupil(unit.desk, una.id).entries}
    years = {series: results.begun_from(unit.desk, entry.id)["year"] for series, entry in entries.items()}
    assert years == {("summer", 2025): 2025, ("november", 2025): 2026, ("summer", 2026): 2026}

    def on_file() -> dict[tuple[str, int], str]:
        return {series: result_on_file(unit.desk, entry) for series, entry in entries.items()}

    def add(series: tuple[str, int], result: str, day: date | None) -> None:
        begun = results.begun_from(unit.desk, entries[series].id)
        assessments.add(unit.desk, Assessment(pupil_id=una.id, result=result, **(begun | {"date": day})))

    add(("summer", 2025), "3", None)
    assert on_file() == {("summer", 2025): "3", ("november", 2025): "", ("summer", 2026): ""}
    add(("november", 2025), "4", date(2025, 11, 9))
    assert on_file() == {("summer", 2025): "3", ("november", 2025): "4", ("summer", 2026): ""}, "a later one leaves each its own"
    add(("summer", 2026), "5", None)
    assert on_file()[("summer", 2026)] == "", "without a date nobody knows of which of the two series of the school year it is"
    add(("summer", 2026), "6", date(2026, 8, 19))
    assert on_file() == {("summer", 2025): "3", ("november", 2025): "4", ("summer", 2026): "6"}
