"""The row that one is on stays in view, in the list and in what the list stands in."""

from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.presses import PressGuard
from pupil_desk.ui.style.look import Look, dress
from tests.ui.kit.lists.test_table import COLUMNS, Row
from tests.ui.still import HalfASecond

Flag = QItemSelectionModel.SelectionFlag


def test_the_row_one_is_on_stays_in_view_when_the_list_becomes_low_and_no_row_is_seen_in_part(qtbot: QtBot, look: Look) -> None:
    table = Table(COLUMNS, name="Pupils", several=True)
    dress(table)
    qtbot.addWidget(table)
    table.resize(500, 600)
    table.show()
    table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
    table.select("12")
    table.resize(500, 240)
    QApplication.processEvents()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    try:
        for scheme, percent in (("light", 100), ("dark", 150), ("dark", 200), ("light", 125)):
            look.set_scheme(scheme)
            look.set_text_size(percent)
            _assert_rows_are_whole(table)
    finally:
        look.set_scheme("light")
        look.set_text_size(100)


def _assert_rows_are_whole(table: Table[Row]) -> None:
    """Under the last row that is seen whole is the ground alone, wherever the list is scrolled to; a row that is chosen is seen as far as it goes."""
    tall = table.verticalHeader().defaultSectionSize()
    table.clearFocus()  # the ring of the focus lies over the edges
    table.select("1")
    table.resize(500, table.height() - table.viewport().height() + 4 * tall + tall // 2)
    for row in (0, 9, 3):
        table.verticalScrollBar().setValue(row)
        QApplication.processEvents()
        assert len(_colours_seen(table, row + 3)) > 1
        assert _colours_seen(table, row + 4) == {table.palette().base().color().name()}
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, table.viewport().height() - 3))
        assert (table.currentIndex().row(), table.verticalScrollBar().value()) == (1, row), "nobody saw which row that would be"
        table.select("1")
        table.clearFocus()
        table.verticalScrollBar().setValue(row)
    table.selectionModel().select(table.model_.index(7, 0), Flag.Select | Flag.Rows)
    QApplication.processEvents()
    assert len(_colours_seen(table, 7)) > 1


def _colours_seen(table: Table[Row], row: int) -> set[str]:
    """What is on the screen of a row, as far as it is in view: not painted anew, for what was there may have been moved."""
    place = table.visualRect(table.model_.index(row, 0)).intersected(table.viewport().rect())
    place.moveTopLeft(table.viewport().mapTo(table, place.topLeft()))
    seen = table.screen().grabWindow(table.winId(), *place.getRect()).toImage()
    return {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())}


def test_the_arrow_keys_lead_beneath_the_edge_of_what_the_list_stands_in(qtbot: QtBot) -> None:
    table = Table(COLUMNS, name="Pupils")
    table.setFixedHeight(500)
    area = scrolled(table)
    qtbot.addWidget(area)
    area.resize(500, 240)
    area.show()
    qtbot.waitExposed(area)
    table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    for _press in range(8):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    row = table.visualRect(table.currentIndex()).center()
    assert area.viewport().rect().contains(table.viewport().mapTo(area.viewport(), row))


def test_a_row_that_the_edge_cuts_stays_under_the_pointer_for_the_second_half_of_a_double_click(qtbot: QtBot) -> None:
    guard = PressGuard()
    guard.start()
    try:
        table = Table(COLUMNS, name="Pupils")
        qtbot.addWidget(table)
        table.resize(500, 300)
        table.show()
        qtbot.waitExposed(table)
        table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
        table.resize(500, 300 - table.viewport().height() % table.rowHeight(0) - table.rowHeight(0) // 2)
        edge = QPoint(40, table.viewport().height() - 2)
        cut = table.rowAt(edge.y())
        table.setRowHeight(cut, table.rowHeight(0) + 1)  # as of several lines, over which no ground lies
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=edge)
        assert table.currentIndex().row() == cut
        assert table.rowAt(edge.y()) == cut
        table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
        assert (table.currentIndex().row(), table.rowAt(edge.y())) == (cut, cut), "nor by what the click has the list ask for again"
        qtbot.waitUntil(lambda: table.viewport().rect().contains(table.visualRect(table.currentIndex())))
    finally:
        guard.stop()


def test_who_turns_the_wheel_after_a_click_stays_there(qtbot: QtBot) -> None:
    with HalfASecond.watched() as time:
        table = Table(COLUMNS, name="Pupils")
        qtbot.addWidget(table)
        table.resize(500, 300)
        table.show()
        qtbot.waitExposed(table)
        table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
        time.calm(table)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model_.index(2, 0)).center())
        for _turn in range(3):
            _turn_the_wheel(table)
        seen = table.rowAt(5)
        assert seen > table.currentIndex().row() == 2
        time.calm(table)
        assert table.rowAt(5) == seen


def _turn_the_wheel(table: Table[Row]) -> None:
    place, turn = QPointF(40, 5), QPoint(0, -120)
    where = QPointF(table.viewport().mapToGlobal(place.toPoint()))
    held = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(table.viewport(), QWheelEvent(place, where, QPoint(), turn, *held, False))
