"""The names of the list of pupils stay in view while one scrolls sideways to what further columns say."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import getCppPointer

from pupil_desk.ui.pages.pupils import PupilsPage
from tests.ui.pages.pupils.test_lists import choose


class Came(QObject):
    """Where in memory the presses lie that come to a list."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[int] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self.addresses.append(getCppPointer(event)[0])
        return False


def test_the_names_stay_in_view_beside_a_column_that_is_scrolled_to(qtbot: QtBot, page: PupilsPage) -> None:
    """«ka, Ebony» was all that one saw of a name."""
    page.resize(1110, 600)
    table, staying = page.list.table, page.list.names_in_view
    assert staying.isHidden()
    for key in ("upn", "first_language", "town"):
        choose(page, key)
    assert table.horizontalScrollBar().value() > 0
    assert staying.isVisible()
    name = table.model_.index(1, 0)
    shown = QRect(staying.viewport().mapTo(table, staying.visualRect(name).topLeft()), staying.visualRect(name).size())
    row = table.visualRect(name)
    assert shown.topLeft() == table.viewport().mapTo(table, QPoint(0, row.y()))
    assert shown.size() == row.size()
    newest = [column.key for column in table.model_.columns].index("town")
    assert table.columnViewportPosition(newest) >= shown.width(), "it is not beneath the names"

    qtbot.mouseClick(staying.viewport(), Qt.MouseButton.LeftButton, pos=staying.visualRect(name).center())
    chosen = table.current()
    assert chosen is not None
    assert chosen.id == table.rows[1].id

    came = Came()
    table.viewport().installEventFilter(came)
    press = QMouseEvent(
        QEvent.Type.MouseButtonPress, QPointF(5, 5), QPointF(5, 5), *[Qt.MouseButton.LeftButton] * 2, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(staying.viewport(), press)
    assert came.addresses, "it is one on the list"
    assert getCppPointer(press)[0] not in came.addresses, "what Qt hands to a filter may be gone before the list has done with it"

    table.horizontalScrollBar().setValue(0)
    assert staying.isHidden()
