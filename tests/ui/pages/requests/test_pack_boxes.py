"""Boxes drawn on a kept paper: from the keyboard alone and with the mouse, each taken back by itself, shown again when one comes back."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import PageArea
from pupil_desk.services.attachments import attachments
from pupil_desk.services.packs import deciding, paper_boxes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.boxed_pages import BoxOnPage
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.requests.pack_boxes import PackBoxes
from pupil_desk.ui.pages.requests.pack_view import PackView
from tests.made_papers import a_pdf
from tests.services.packs.gone import text_of
from tests.ui.pages.made import pupil_called

AREA = PageArea(left=1000, top=1500, right=3000, bottom=1800)


@pytest.fixture
def boxes(work: PackView, context: Context) -> PackBoxes:
    """A report of two pages that names Priya, open to draw boxes on it."""
    theo = pupil_called(context.desk, "Theo")
    looked = attachments.look_into(a_pdf(2, "Theo sat by Priya Chandra"), "report.pdf")
    attachments.add(context.desk, Attachment(pupil_id=theo.id, title="Report", kind="letter"), looked)
    work.show_made("again")
    work.tabs.setCurrentWidget(work.papers)
    table = work.papers.table
    table.selectRow([paper.title for paper in table.rows].index("Report"))
    work.papers.boxes_button.click()
    return work.boxes


def key(widget: QWidget | None, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def on_file(boxes: PackBoxes) -> list[tuple[int, int, int, int, int, str]]:
    kept = paper_boxes.boxes_on(boxes._context.desk, boxes._pack.id, boxes._paper.id)  # type: ignore[union-attr]
    return [(box.page, box.left, box.top, box.right, box.bottom, box.reason) for box in kept]


def focused() -> BoxOnPage:
    widget = QApplication.focusWidget()
    assert isinstance(widget, BoxOnPage)
    return widget


def test_a_box_is_drawn_moved_sized_given_a_reason_and_taken_away_by_keys_alone(boxes: PackBoxes, work: PackView, context: Context) -> None:
    assert boxes.isVisible()
    assert boxes.new_button.hasFocus()
    assert boxes.count.text() == "No box yet"
    key(boxes.new_button, Qt.Key.Key_Space)
    ((page, left, top, right, bottom, reason),) = on_file(boxes)
    assert (page, left, right, bottom - top, reason) == (1, 3000, 7000, 400, "third-party")
    box = focused()
    told = QAccessible.queryAccessibleInterface(box)
    assert told.text(QAccessible.Text.Name) == "Box 1 on page 1, reason: It tells of someone else, who has not agreed"
    for arrow in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        key(box, arrow)
    assert on_file(boxes)[0][1] == 3000, "told once it rests"
    key(box, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(box, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    key(box, Qt.Key.Key_Tab)
    assert on_file(boxes) == [(1, 3090, top - 50, 7090, bottom, "third-party")]
    boxes.reason.setCurrentIndex(boxes.reason.findData("confidence"))
    assert on_file(boxes)[0][-1] == "confidence"
    assert "It was said in confidence" in box.accessibleName()
    context.banner.undo()
    assert on_file(boxes)[0][-1] == "third-party"
    key(box, Qt.Key.Key_Delete)
    assert on_file(boxes) == []
    assert boxes.new_button.hasFocus()
    context.banner.undo()
    assert on_file(boxes) == [(1, 3090, top - 50, 7090, bottom, "third-party")]
    assert boxes.count.text() == "1 box on page 1"


def test_a_new_box_comes_where_one_looks_and_the_paper_as_it_goes_opens_there_too(boxes: PackBoxes, work: PackView, qtbot: QtBot) -> None:
    view = boxes.pages.view
    bar = view._area.verticalScrollBar()
    for value in (0, bar.maximum() // 3, bar.maximum()):
        bar.setValue(value)
        boxes.new_box()
        assert bar.value() == value, "it is in view where it came, and nothing scrolls for it"
        box = focused()
        seen = QRect(box.mapTo(view._area.viewport(), QPoint()), box.size())
        assert view._area.viewport().rect().contains(seen)
    was_at = (view.current_page(), view.middle_in_view())
    assert was_at[0] == 1
    boxes.look_button.click()
    shown = work.paper.view
    qtbot.waitUntil(lambda: shown.isVisible() and shown.current_page() == was_at[0] and abs(shown.middle_in_view() - was_at[1]) < 0.1)


def test_tab_goes_from_box_to_box_in_their_order_and_esc_back_to_the_papers(boxes: PackBoxes, work: PackView) -> None:
    boxes.new_box()
    boxes.pages.box_drawn.emit(2, focused().area)
    boxes.pages.box_drawn.emit(1, focused().area.shifted(0, -2000))
    boxes.pages.box(boxes.boxes[0].box_id).setFocus()  # type: ignore[union-attr]
    names = []
    for _number in range(3):
        names.append(focused().accessibleName().split(",")[0])
        key(focused(), Qt.Key.Key_Tab)
    assert names == ["Box 1 on page 1", "Box 2 on page 1", "Box 1 on page 2"]
    key(boxes.new_button, Qt.Key.Key_Escape)
    assert work.stack.currentWidget() is work.tabs
    assert "3 boxes are drawn on it." in work.papers.content_label.text()
    work.papers.boxes_button.click()
    assert boxes.count.text() == "3 boxes on pages 1 and 2", "they are there again"
    key(boxes.new_button, Qt.Key.Key_Escape)
    boxes._context.banner.undo()
    assert "2 boxes are drawn on it." in work.papers.content_label.text(), "what was done last is undone from there too"
    work.papers.give_button.click()
    row = [paper.title for paper in work.papers.table.rows].index("Report")
    assert work.papers.table.cell(row, "state") == "Given, with boxes"


def test_boxes_are_drawn_moved_and_sized_with_the_mouse(boxes: PackBoxes, qtbot: QtBot) -> None:
    layer = boxes.pages._layers[1]
    assert isinstance(layer, QWidget)
    left, width, height = Qt.MouseButton.LeftButton, layer.width(), layer.height()
    QTest.mousePress(layer, left, pos=QPoint(width // 4, height // 4))
    QTest.mouseMove(layer, QPoint(width // 2, height // 3))
    QTest.mouseRelease(layer, left, pos=QPoint(width // 2, height // 3))
    ((page, *sides, _reason),) = on_file(boxes)
    assert page == 2
    assert sides == pytest.approx([2500, 2500, 5000, 3333], abs=60)
    box = focused()
    QTest.mousePress(box, left, pos=QPoint(5, 5))
    QTest.mouseMove(box, QPoint(5 + width // 10, 5))
    QTest.mouseRelease(box, left, pos=QPoint(5, 5))
    assert on_file(boxes)[0][1:5] == pytest.approx([3500, 2500, 6000, 3333], abs=60)
    QTest.mousePress(box, left, pos=box.rect().bottomRight() - QPoint(2, 2))
    QTest.mouseMove(box, box.rect().bottomRight() + QPoint(width // 10 - 2, -2))
    QTest.mouseRelease(box, left, pos=box.rect().bottomRight())
    assert on_file(boxes)[0][1:5] == pytest.approx([3500, 2500, 7000, 3333], abs=60)
    QTest.mouseClick(layer, left, pos=QPoint(3, 3))
    assert len(on_file(boxes)) == 1, "a click alone draws nothing"


def test_boxes_are_proposed_over_names_and_the_paper_is_seen_as_it_goes(boxes: PackBoxes, work: PackView) -> None:
    assert not boxes.look_button.isEnabled()
    boxes.propose_button.click()
    assert boxes.count.text() == "2 boxes on pages 1 and 2"
    boxes.look_button.click()
    assert work.stack.currentWidget() is work.paper
    assert "Priya" not in text_of(work.paper.view.data)
    assert "withheld" in text_of(work.paper.view.data)
    assert not work.paper.print_button.isVisible(), "it goes out by Write alone"
    work.paper.closed.emit()
    assert work.stack.currentWidget() is boxes
    boxes.propose_button.click()
    assert boxes.count.text() == "2 boxes on pages 1 and 2", "none twice"


def test_boxes_of_an_earlier_copy_are_drawn_after_a_question(boxes: PackBoxes, work: PackView, context: Context, answers: Answers) -> None:
    assert not boxes.earlier_button.isVisible()
    pack, paper = boxes._pack, boxes._paper
    assert pack is not None
    assert paper is not None
    earlier = deciding.begin(context.desk, pack.pupil_id, "Ned Bramley")
    paper_boxes.keep(context.desk, earlier.id, paper.id, [paper_boxes.new_box(earlier, paper.id, 2, AREA, reason="harm")])
    key(boxes.new_button, Qt.Key.Key_Escape)
    work.papers.boxes_button.click()
    assert boxes.earlier_button.isVisible()
    answers.answers.append(False)
    boxes.earlier_button.click()
    assert "In the copy for Ned Bramley, begun on 24 November 2026: 1 box on page 2." in answers.questions[-1].text
    assert on_file(boxes) == []
    answers.answers.append(True)
    boxes.earlier_button.click()
    assert on_file(boxes) == [(2, AREA.left, AREA.top, AREA.right, AREA.bottom, "harm")]
    context.banner.undo()
    assert on_file(boxes) == []


def test_a_box_stays_on_its_place_of_the_page_when_that_is_shown_larger(boxes: PackBoxes) -> None:
    boxes.new_box()
    box, before = focused(), focused().width()
    boxes.pages.view.zoom(1)
    assert box.width() > before
    assert box.x() == pytest.approx(0.3 * box.parentWidget().width(), abs=2)
