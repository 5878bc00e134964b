"""The list of the parts of a record stays where it is under the pointer that chose one."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.presses import PressGuard
from pupil_desk.ui.pages.pupils.record.contents import Contents
from tests.ui.still import HalfASecond


def test_a_list_that_becomes_lower_as_a_part_opens_keeps_the_part_under_the_pointer(qtbot: QtBot) -> None:
    guard = PressGuard()
    guard.start()
    try:
        owner = QWidget()
        qtbot.addWidget(owner)
        contents = Contents([f"Part {number}" for number in range(30)], owner)
        parts = contents.list
        QVBoxLayout(owner).addWidget(parts)
        owner.resize(300, 400)
        owner.show()
        qtbot.waitExposed(owner)
        lowest = parts.indexAt(parts.viewport().rect().bottomLeft()).row() - 1
        place = parts.visualRect(parts.model().index(lowest, 0)).topLeft()
        place.setY(place.y() + 3)
        qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=place)
        owner.resize(300, 400 - (parts.viewport().height() - place.y()) + 4)
        assert parts.indexAt(place).row() == lowest
        qtbot.waitUntil(lambda: parts.viewport().rect().contains(parts.visualRect(parts.currentIndex())))
        bar = parts.verticalScrollBar()
        contents.part_chosen.connect(lambda chosen: (contents.mark(chosen), bar.setValue(bar.value() + bar.singleStep())))
        qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=parts.visualItemRect(parts.item(lowest - 2)).center())
        assert [parts.row(part) for part in parts.selectedItems()] == [parts.currentRow()] == [lowest - 2], "though the list scrolled"
    finally:
        guard.stop()


def test_a_list_that_only_comes_by_the_click_has_the_part_one_is_in_in_view_at_once(qtbot: QtBot) -> None:
    """Later it would put another part under the pointer, beneath which it is by then."""
    pages, lead, owner = QStackedWidget(), QPushButton("What was told already"), QWidget()
    parts = Contents([f"Part {number}" for number in range(30)], owner).list
    QVBoxLayout(owner).addWidget(parts)
    lead.clicked.connect(lambda: pages.setCurrentWidget(owner))
    for page in (lead, owner):
        pages.addWidget(page)
    qtbot.addWidget(pages)
    pages.resize(300, 400)
    pages.show()
    qtbot.waitExposed(pages)
    with HalfASecond.watched():
        qtbot.mouseClick(lead, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
        assert pages.childAt(40, 100) is parts.viewport()
        parts.setCurrentRow(parts.indexAt(parts.viewport().rect().bottomLeft()).row() - 1)
        pages.resize(300, 400 - parts.visualRect(parts.currentIndex()).height())
        assert parts.viewport().rect().contains(parts.visualRect(parts.currentIndex()))
