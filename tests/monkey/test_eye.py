"""The eye of the monkey sees all that is in view, and leaves what the program has in hand as it is."""

from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.monkey import in_sight
from tests.monkey.places import in_view


def test_a_list_that_qt_made_is_looked_into_and_what_is_in_it_stays_in_hand(qtbot: QtBot) -> None:
    table = QTableWidget(3, 3)
    qtbot.addWidget(table)
    table.show()
    held = [place for place in table.findChildren(QWidget, "qt_scrollarea_viewport") if place.isVisible()]
    assert len(held) == 3, "of the list itself and of its headings at either side"
    seen = 0
    for widget in in_view(table):
        assert widget.isVisible()
        seen += widget in held
        if isinstance(widget, QAbstractItemView):
            list(in_sight._rows(widget, 8))
    assert seen == 3
    assert all(map(isValid, held))
