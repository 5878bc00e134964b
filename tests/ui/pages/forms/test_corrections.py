"""A data-check slip on which something is wrong: what is written is typed beside its line and kept with Enter, by keys alone."""

from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.details_check import RIGHT, WRONG
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.many import slips
from pupil_desk.services.many.slips import Slip
from pupil_desk.services.paper_forms.details import QUESTION
from pupil_desk.services.pupils import details_checks, pupils
from pupil_desk.ui.pages.forms import FormsPage
from pupil_desk.ui.pages.forms.corrections import Corrections
from pupil_desk.ui.pages.forms.questions import Questions
from tests.scans import Pen
from tests.services.paper_forms.office import filled
from tests.ui.pages.forms.made import scan
from tests.ui.pages.made import pupil_called


@pytest.fixture
def theo(page: FormsPage, desk: Desk, tmp_path: Path) -> Pupil:
    """A pupil of whom a slip came back on which something is wrong."""
    pupil = pupil_called(desk, "Theo")
    slip = next(slip for slip in slips.of_pupils(desk, [pupil]) if isinstance(slip, Slip))
    slips.keep_printed(desk, [slip])
    page.read_in([scan(tmp_path, *filled(slip.form, {f"{QUESTION}/{WRONG}": Pen("tick")}, Random(1)))])
    return pupil


def shown(page: FormsPage) -> tuple[Questions, Corrections]:
    questions = page.confirming.questions
    assert questions is not None
    assert questions.corrections is not None
    return questions, questions.corrections


def now(desk: Desk, pupil: Pupil) -> Pupil:
    return pupils.record(desk, pupil.id).pupil


def words_in(corrections: Corrections) -> list[str]:
    return [line.text() for line in corrections.findChildren(QLabel) if line.isVisible()]


def test_a_line_is_typed_right_beside_its_picture_and_kept_with_enter_and_undone(
    qtbot: QtBot, page: FormsPage, desk: Desk, theo: Pupil
) -> None:
    _questions, corrections = shown(page)
    assert corrections.isVisible()
    form = corrections.forms[theo.id]
    field = form.fields["middle_names"]
    assert field.editor.typed_text() == (theo.middle_names or "")
    pictures = [line for line in field.findChildren(QLabel) if line.accessibleName() == "Line as scanned: Middle names"]
    assert [picture.pixmap().isNull() for picture in pictures] == [False]
    qtbot.keyClick(page.confirming.table, Qt.Key.Key_Tab)
    reached = []
    for _step in range(40):
        reached.append(QApplication.focusWidget())
        if reached[-1] is field.editor.field:
            break
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
    assert reached[-1] is field.editor.field, "by keys alone"
    qtbot.keyClick(field.editor.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.editor.field, "Grace")
    qtbot.waitUntil(lambda: f"Before: {theo.middle_names or 'nothing'}. After: Grace." in words_in(corrections))
    assert page.dirty
    assert now(desk, theo) == theo, "nothing is kept before Enter"
    qtbot.keyClick(field.editor.field, Qt.Key.Key_Return)
    assert now(desk, theo).middle_names == "Grace"
    (check,) = details_checks.of_pupil(desk, theo.id)
    assert check.waits, "nobody said that everything written is entered"
    assert page.confirming.table.rows == []
    page.context.banner.undo()
    assert now(desk, theo) == theo
    assert len(page.confirming.table.rows) == 1


def test_what_cannot_be_is_said_beside_the_field_and_keeps_nothing(qtbot: QtBot, page: FormsPage, desk: Desk, theo: Pupil) -> None:
    _questions, corrections = shown(page)
    field = corrections.forms[theo.id].fields["dob"]
    field.editor.take_text("soon")
    page.confirming.confirm()
    qtbot.waitUntil(lambda: not field.problem.isHidden())
    assert corrections.forms[theo.id].summary.hasFocus(), "and its lines lead to the field"
    assert details_checks.of_pupil(desk, theo.id) == []
    assert len(page.confirming.table.rows) == 1


def test_what_was_typed_stays_in_a_draft_and_goes_with_the_answer(page: FormsPage, desk: Desk, theo: Pupil) -> None:
    questions, corrections = shown(page)
    corrections.forms[theo.id].fields["middle_names"].editor.take_text("Grace")
    corrections.all_entered.setChecked(True)
    draft = page.draft()
    assert draft is not None
    page.discard()
    assert not page.dirty
    page.take_draft(draft)
    questions, corrections = shown(page)
    assert corrections.forms[theo.id].fields["middle_names"].editor.typed_text() == "Grace"
    assert corrections.all_entered.isChecked()
    questions.boxes[-1].choose(RIGHT)
    assert corrections.isHidden()
    questions.boxes[-1].choose(WRONG)
    page.confirming.confirm()
    assert now(desk, theo).middle_names == "Grace"
    (check,) = details_checks.of_pupil(desk, theo.id)
    assert check.entered_on == desk.today


def test_a_slip_on_which_all_is_right_asks_for_no_line(page: FormsPage, desk: Desk, theo: Pupil) -> None:
    questions, corrections = shown(page)
    corrections.forms[theo.id].fields["middle_names"].editor.take_text("Grace")
    questions.boxes[-1].choose(RIGHT)
    page.confirming.confirm()
    assert now(desk, theo) == theo
    assert [check.answer for check in details_checks.of_pupil(desk, theo.id)] == [RIGHT]
