"""The stack is read back: confirmed with Enter, asked about where it is not clear, set aside, filed."""

from pathlib import Path
from random import Random

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import waiting
from pupil_desk.store.tables import choices
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.forms import FormsPage
from pupil_desk.ui.pages.forms.questions import NO_ANSWER
from tests.scans import Pen
from tests.services.paper_forms.office import allowed, filled
from tests.ui.pages.forms.made import print_them, scan


def test_a_stack_is_read_confirmed_with_enter_and_the_missing_are_seen(qtbot: QtBot, page: FormsPage, desk: Desk, tmp_path: Path) -> None:
    forms = print_them(page)
    first, second = forms[0], forms[1]
    random = Random(1)
    marks = {"youth-support/restrict": Pen("scribble", 0.3), "post-16/allow": Pen("cross")}
    page.read_in([scan(tmp_path, *filled(second, marks, random), *filled(first, allowed(), random))])
    assert page.tabs.currentWidget() is page.confirming
    table = page.confirming.table
    assert [table.cell(place, "says") for place in range(2)] == ["Clear", "Clear"]
    assert choices.of_pupil(desk.vault, second.form.pupil.id) == []
    assert page.confirming.view.data.startswith(b"%PDF")
    bar = page.confirming.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # the part is laid out as it comes into view
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert bar.value() == 0, "the next form begins at its first question"
    said = {(one.recipient, one.choice) for one in choices.of_pupil(desk.vault, second.form.pupil.id)}
    assert said == {("youth-support", "restrict"), ("post-16", "allow")}
    assert len(table.rows) == 1
    assert table.hasFocus(), "and one goes on with Enter"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.confirming.table.rows == []
    page.tabs.setCurrentWidget(page.not_back)
    assert page.not_back.count.text() == "2 forms out, 2 of them not back"
    assert {row.id for row in page.not_back.table.rows} == {form.form_id for form in forms[2:]}


def test_what_is_not_clear_has_to_be_chosen(qtbot: QtBot, page: FormsPage, desk: Desk, tmp_path: Path) -> None:
    (form, *_more) = print_them(page)
    marks = {"youth-support/restrict": Pen("scribble", 0.3), "youth-support/allow": Pen("cross")}
    page.read_in([scan(tmp_path, *filled(form, marks, Random(1)))])
    confirming = page.confirming
    assert confirming.table.cell(0, "says") == "Not clear"
    assert confirming.questions is not None
    first, second = confirming.questions.boxes
    assert (first.answer, second.answer) == (None, None)
    qtbot.keyClick(confirming.table, Qt.Key.Key_Return)
    assert page.context.banner.words == f"Choose what is ticked: {first.question.words}."
    assert choices.of_pupil(desk.vault, form.form.pupil.id) == []
    assert not page.dirty
    first.choose("restrict")
    assert page.dirty
    confirming.confirm()
    assert page.context.banner.words == f"Choose what is ticked: {second.question.words}."
    second.choose(NO_ANSWER)
    confirming.confirm()
    assert [(one.recipient, one.choice) for one in choices.of_pupil(desk.vault, form.form.pupil.id)] == [("youth-support", "restrict")]


def test_a_form_that_nobody_signed_is_kept_for_each_no(page: FormsPage, desk: Desk, tmp_path: Path) -> None:
    (form, *_more) = print_them(page)
    page.read_in([scan(tmp_path, *filled(form, {"youth-support/restrict": Pen("cross"), "post-16/allow": Pen("cross")}, Random(1)))])
    questions = page.confirming.questions
    assert questions is not None
    questions.unsigned.setChecked(True)
    assert page.dirty
    page.confirming.confirm()
    assert [(one.recipient, one.choice) for one in choices.of_pupil(desk.vault, form.form.pupil.id)] == [("youth-support", "restrict")]


def test_several_that_are_clear_are_looked_at_and_confirmed_together_and_that_is_undone(
    qtbot: QtBot, page: FormsPage, desk: Desk, context: Context, tmp_path: Path
) -> None:
    forms = print_them(page)
    random = Random(1)
    pages = [sheet for form in forms[:3] for sheet in filled(form, allowed(), random)]
    pages += filled(forms[3], {}, random)
    page.read_in([scan(tmp_path, *pages)])
    page.confirming.table.selectAll()
    assert (
        page.confirming.form_label.text()
        == "3 forms look clear. Look at each before you confirm them. 1 left: those not clear, or more than 10."
    )
    assert page.confirming.confirm_button.text() == "&Confirm 3 (Enter)"
    strips = [part for part in page.confirming.content.findChildren(QLabel) if part.accessibleName() == "Where it is signed, as scanned"]
    assert len(strips) == 3
    assert all(strip.pixmap().width() > strip.pixmap().height() for strip in strips)
    qtbot.keyClick(page.confirming.table, Qt.Key.Key_Return)
    assert [one.id for one in waiting.waiting(desk)] == [forms[3].form_id]
    assert context.banner.words == "Confirmed: 3 forms."
    context.banner.undo()
    assert len(page.confirming.table.rows) == 4
    assert context.banner.words == "Undone. 3 forms wait again."
    page.confirming.table.select(forms[0].form_id)
    qtbot.keyClick(page.confirming.table, Qt.Key.Key_Return)
    context.banner.undo()
    assert {one.id for one in waiting.waiting(desk)} == {form.form_id for form in forms[:4]}


def test_a_page_set_aside_is_seen_thrown_away_or_filed(page: FormsPage, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    forms = print_them(page)
    random = Random(1)
    (sheet,) = filled(forms[0], allowed(), random)
    blind = filled(forms[3], allowed(), random)[0]
    blind.paste(255, (0, 0, blind.width, 500))
    blind.paste(255, (0, blind.height - 620, blind.width // 3, blind.height))
    page.read_in([scan(tmp_path, sheet, sheet, blind)])
    assert page.tabs.currentWidget() is page.reading
    assert page.reading.result.text() == "1 of 3 pages filed to their form. 2 set aside: look at them below."
    table = page.reading.table
    assert [table.cell(place, "why") for place in range(2)] == ["This page came back already", "No code could be read on it"]
    assert not page.reading.away_button.isEnabled()
    assert page.reading.away_button.toolTip() == "Choose a page first"
    table.selectRow(0)
    assert page.reading.view.data.startswith(b"%PDF")
    answers.answers.append("Twice in the stack")
    page.reading.throw_away()
    assert f"{forms[0].form.pupil.full_name} (page " in answers.questions[-1].text
    table.selectRow(0)
    assert [row.reason.value for row in table.rows] == ["unread"]
    surname = forms[3].form.pupil.surname
    answers.answers += [surname[:3].lower(), f"{forms[3].form_id}/1"]
    page.reading._file()
    assert table.rows == []
    assert {one.id for one in waiting.waiting(desk)} == {forms[0].form_id, forms[3].form_id}
    assert page.tabs.tabText(2) == "&3 To confirm (2)"


def test_a_filed_page_can_be_set_aside(page: FormsPage, desk: Desk, tmp_path: Path) -> None:
    (form, *_more) = print_them(page)
    page.read_in([scan(tmp_path, *filled(form, allowed(), Random(1)))])
    page.confirming.put_aside()
    assert waiting.waiting(desk) == []
    assert page.tabs.tabText(1) == "&2 Read in (1)"


def test_files_dropped_on_the_page_are_read(page: FormsPage, desk: Desk, tmp_path: Path) -> None:
    (form, *_more) = print_them(page)
    path = scan(tmp_path, *filled(form, allowed(), Random(1)))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.reading.dropEvent(QDropEvent(QPointF(5, 5), action, held, buttons, keys))
    assert len(waiting.waiting(desk)) == 1


def test_what_is_no_scan_is_told_in_words(page: FormsPage, answers: Answers, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\x03\x04 a letter")
    said: list[object] = []
    page.context.jobs.known_error.connect(said.append)
    answers.answers.append(path)
    page.choose_scan()
    assert len(said) == 1
    assert "Choose a PDF, or pictures" in str(getattr(said[0], "message", ""))
