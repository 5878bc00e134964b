"""Panes stand side by side where there is room, each with its share until the person drags them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import invalidate

from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import on_bar, scrolled
from pupil_desk.ui.kit.words import column_of, growing


def test_panes_stack_where_there_is_no_room(qtbot: QtBot) -> None:
    panes = Panes(QPlainTextEdit(), QPlainTextEdit(), shares=(1, 2))
    qtbot.addWidget(panes)
    panes.show()
    panes.resize(900, 400)
    QApplication.processEvents()
    assert panes.orientation() is Qt.Orientation.Horizontal
    panes.resize(400, 400)
    QApplication.processEvents()
    assert panes.orientation() is Qt.Orientation.Vertical


def test_panes_that_were_laid_out_small_first_have_their_shares_once_they_stand_side_by_side(qtbot: QtBot) -> None:
    panes = Panes(QPlainTextEdit(), QPlainTextEdit(), shares=(3, 1))
    window = column_of(panes)
    qtbot.addWidget(window)
    window.resize(300, 400)
    window.show()
    QApplication.processEvents()
    assert panes.orientation() is Qt.Orientation.Vertical
    window.resize(1000, 400)
    QApplication.processEvents()
    wide, narrow = panes.sizes()
    assert abs(wide - 3 * narrow) < 20
    panes.setSizes([500, 484])
    panes.splitterMoved.emit(500, 1)  # as the person drags it
    window.resize(1100, 400)
    QApplication.processEvents()
    assert panes.sizes()[0] < 700


def test_a_pane_grows_with_what_comes_into_view_in_it_and_does_not_scroll_sideways(qtbot: QtBot) -> None:
    wide = QWidget()
    wide.setMinimumWidth(400)
    wide.hide()
    area = scrolled(column_of(wide))
    panes = Panes(column_of(growing(area)), QPlainTextEdit(), shares=(1, 2))
    qtbot.addWidget(panes)
    panes.resize(900, 400)
    panes.show()
    QApplication.processEvents()
    wide.show()
    for _turn in range(4):
        QApplication.processEvents()
    assert wide.width() >= 400
    assert area.horizontalScrollBar().maximum() == 0


def test_of_the_bar_of_an_area_it_is_told_how_wide_it_is_though_pyside_has_let_go_of_it(qtbot: QtBot) -> None:
    tall, told = QWidget(), list[int]()
    area = scrolled(tall)
    qtbot.addWidget(area)
    on_bar(area, told.append)
    invalidate(area.verticalScrollBar())
    area.show()
    tall.setMinimumHeight(10 * area.height())
    QApplication.processEvents()
    assert told == [area.verticalScrollBar().sizeHint().width()]
