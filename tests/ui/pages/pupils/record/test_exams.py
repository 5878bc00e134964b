"""Exams on the pupil's record: an entry begins with what is the same, a clash is said, and both papers are shown."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import results
from pupil_desk.services.learning import assessments
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.assessing.assessments import AssessingPart
from pupil_desk.ui.pages.pupils.record.exams import ExamsPart
from tests.ui.pages.pupils.test_parts import open_page

TYPED = {
    "year": "2027", "board": "aqa", "qualification": "GCSE Maths", "entry_code": "8300F", "day": "13/05/2027", "session": "AM",
    "candidate_number": "0042",
}  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    return open_page(qtbot, context, "Theo", "exams")


def test_entries_clash_and_the_papers_are_shown(page: PupilsPage, went: list[tuple[str, str | None]]) -> None:
    part = page.view.part
    assert isinstance(part, ExamsPart)
    for typed in (TYPED, {"qualification": "Art", "entry_code": "8202", "day": "13/05/2027", "session": "AM"}):
        part.entries.add_button.click()
        if part.entries.table.rows:
            assert part.entries.form.fields["candidate_number"].editor.typed_text() == "0042"
            assert part.entries.form.fields["board"].editor.typed_text() == "aqa"
        part.entries.form.take_draft(typed)
        assert page.save()
    assert part.entries.to_settle.text() == "Art, 8202 and GCSE Maths, 8300F are in one session: 13 May 2027, morning."
    assert part.entries.result.text() == "A result is kept under Assessments, once it is out."
    part.entries.result_button.click()
    entry = part.entries.table.current()
    assert entry is not None
    assert went == [("pupils", str(Place(entry.pupil_id, "assessments", "assessment", "", f"exam:{entry.id}")))]
    part.entries.timetable_button.click()
    paper = part.entries.paper
    assert paper is not None
    assert not paper.paper.isHidden()
    part.tabs.setCurrentIndex(2)
    part.collectors.add_button.click()
    assert page.save()
    part.collectors.sheet_button.click()
    sheet = part.collectors.paper
    assert sheet is not None
    assert not sheet.paper.isHidden()


def test_a_result_is_shown_at_its_entry_and_leads_back_to_it(page: PupilsPage, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    part = page.view.part
    assert isinstance(part, ExamsPart)
    part.entries.add_button.click()
    part.entries.form.take_draft(TYPED | {"year": "2026", "day": "13/05/2026"})
    assert page.save()
    assert part.entries.to_settle.text() == "No result is on file of GCSE Maths (Summer 2026)."
    assert part.entries.result_button.text() == "Enter the resu&lt…"
    entry = part.entries.table.current()
    assert entry is not None
    assessments.add(desk, Assessment(pupil_id=entry.pupil_id, result="4", **results.begun_from(desk, entry.id)))
    page.on_show(entry.pupil_id)
    page.view.turn_to("exams")
    part.entries.table.select(entry.id)
    assert (part.entries.table.cell(0, "result"), part.entries.to_settle.isHidden()) == ("4", True)
    assert part.entries.result.text() == "Its result, 4, is on file under Assessments."
    assert part.entries.result_button.text() == "Show the resu&lt"
    went.clear()
    part.entries.result_button.click()
    (record,) = assessments.current(desk, entry.pupil_id)
    assert went == [("pupils", str(Place(entry.pupil_id, "assessments", "assessment", record.id)))]
    page.on_show(went[0][1])
    other = page.view.part
    assert isinstance(other, AssessingPart)
    assert other.results.entry_line.text() == "Entered under Exams: GCSE Maths, 8300F (Summer 2026)."
    other.results.entry_button.click()
    assert went[-1] == ("pupils", str(Place(entry.pupil_id, "exams", "exam_entry", entry.id)))
