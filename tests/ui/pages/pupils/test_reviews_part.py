"""Reviews of targets and comments for the report on the screen: chosen what they are about, corrected, struck out, printed."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.assessing.assessments import AssessingPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.test_parts import open_page


def part_of(page: PupilsPage) -> AssessingPart:
    part = page.view.part
    assert isinstance(part, AssessingPart)
    return part


def set_target(desk: Desk, result: str, subject: str = "MAT") -> None:
    pupil_id = pupil_called(desk, "Priya").id
    assessments.add(
        desk,
        Assessment(
            pupil_id=pupil_id,
            result=result,
            date=date(2026, 9, 18),
            stage="KS4",
            subject=subject,
            method="TA",
            component="GCSE",
            status="T",
        ),
    )


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> PupilsPage:
    set_target(desk, "5")
    set_target(desk, "4", "ENG")
    return open_page(qtbot, context, "Priya", "assessments")


def cells(part: AssessingPart, *columns: str) -> list[tuple[str, ...]]:
    table = part.current.table
    return [tuple(table.cell(row, column) for column in columns) for row in range(len(table.rows))]


def test_a_target_is_reviewed_and_the_review_put_right(page: PupilsPage, desk: Desk) -> None:
    part = part_of(page)
    part.turn_to(part.reviews)
    found = part.reviews
    found.add_button.click()
    assert [found.subject_box.itemText(place) for place in range(found.subject_box.count())] == ["English, GCSE: 4", "Mathematics, GCSE: 5"]
    assert (found.form.fields["day"].editor.typed_text(), found.form.fields["reviewer"].editor.typed_text()) == (
        "24 11 2026",
        "Dee Marlowe",
    )
    found.subject_box.setCurrentIndex(1)
    found.form.take_draft({"standing": "Behind", "comment": "Missed two tests."})
    assert page.save()
    assert cells(part, "target", "standing", "reviewer") == [("Mathematics, GCSE: 5", "Behind the target", "Dee Marlowe")]
    assert found.subject_box.isHidden()
    assert found.earlier_box.isHidden()
    found.form.take_draft({"standing": "On track"})
    assert page.save()
    assert found.before.isHidden()
    found.earlier_box.click()
    assert "24 Nov 2026, Behind the target, Dee Marlowe. Missed two tests." in found.before.text()
    (held,) = reviews.reviews(desk, pupil_called(desk, "Priya").id)
    assert [one.record.standing for one in held.wordings] == ["BEHIND", "ON"]


def test_a_comment_is_of_a_term_and_struck_out_with_a_reason(page: PupilsPage, answers: Answers) -> None:
    part = part_of(page)
    part.turn_to(part.comments)
    found = part.comments
    found.add_button.click()
    assert found.subject_box.currentText() == "autumn term 2026"
    found.form.take_draft({"subject": "Maths", "text": "Explains her thinking."})
    assert page.save()
    assert cells(part, "term", "subject", "text") == [("autumn term 2026", "Mathematics", "Explains her thinking.")]
    answers.answers = ["Of another pupil"]
    found.strike_button.click()
    assert cells(part, "text") == [("Struck out: Explains her thinking.",)]
    assert "Struck out by Dee Marlowe" in found.state.text()
    assert "Of another pupil" in found.state.text()
    assert not found.strike_button.isEnabled()
    assert not found.dirty


def test_a_second_comment_on_the_subject_is_refused_at_the_field(page: PupilsPage) -> None:
    part = part_of(page)
    part.turn_to(part.comments)
    for text, kept in (("First.", True), ("Second.", False)):
        part.comments.add_button.click()
        part.comments.form.take_draft({"text": text})
        assert page.save() is kept
    assert "There is a comment on this for the term already" in part.comments.form.fields["subject"].problem.text()


def test_without_a_target_it_says_where_one_is_added(qtbot: QtBot, context: Context, desk: Desk) -> None:
    part = part_of(open_page(qtbot, context, "Theo", "assessments"))
    part.turn_to(part.reviews)
    assert not part.reviews.add_button.isEnabled()
    assert part.reviews.table.empty is not None
    assert "No target is on file" in part.reviews.table.empty.text.text()


def test_what_is_typed_is_asked_about_before_another_list_is_turned_to(page: PupilsPage, answers: Answers) -> None:
    part = part_of(page)
    part.turn_to(part.comments)
    part.comments.add_button.click()
    part.comments.form.take_draft({"text": "Half a"})
    answers.answers = ["stay"]
    part.turn_to(part.results)
    assert part.current is part.comments


def test_the_report_is_shown_in_the_place_of_the_comments(qtbot: QtBot, page: PupilsPage) -> None:
    part = part_of(page)
    part.turn_to(part.comments)
    part.comments.report_button.click()
    qtbot.waitUntil(lambda: not part.comments.report.paper.isHidden())
    assert part.comments.list_area.isHidden()
