"""The row that one is on stays in view, in the list and in what the list stands in."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.presses import PressGuard
from tests.ui.kit.lists.test_table import COLUMNS, Row
from tests.ui.still import HalfASecond


def test_the_row_one_is_on_stays_in_view_when_the_list_becomes_low(qtbot: QtBot) -> None:
    table = Table(COLUMNS, name="Pupils")
    qtbot.addWidget(table)
    table.resize(500, 600)
    table.show()
    table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(40)])
    table.select("12")
    table.resize(500, 240)
    QApplication.processEvents()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


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
