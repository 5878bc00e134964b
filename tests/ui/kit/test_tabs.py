"""Tabs ask for the room of the one in view."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.tabs import Tabs


def test_a_hidden_tab_that_needs_more_room_asks_for_none(qtbot: QtBot) -> None:
    tabs = Tabs("Parts")
    qtbot.addWidget(tabs)
    small, large = QWidget(), QWidget()
    small.setMinimumSize(200, 100)
    large.setMinimumSize(700, 600)
    tabs.addTab(small, "Small")
    tabs.addTab(large, "Large")
    tabs.show()
    bar = tabs.tabBar().sizeHint().height()
    assert (tabs.minimumSizeHint().width(), tabs.minimumSizeHint().height()) == (200, 100 + bar)
    tabs.setCurrentIndex(1)
    assert (tabs.minimumSizeHint().width(), tabs.minimumSizeHint().height()) == (700, 600 + bar)
    assert tabs.accessibleName() == tabs.tabBar().accessibleName() == "Parts"
