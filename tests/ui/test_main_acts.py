"""The main act of a page is within five Tab stops from where one stands when the page opens: counted by real Tab keys in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from tests.ui.whole import whole_window

MOST = 5


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.mark.parametrize(
    ("page", "act"),
    [
        ("exports", "Prepare it (Enter)"),
        ("notices", "Print…"),
        ("notices", "Record as given"),
        ("requests", "New request…"),
        ("incidents", "New incident…"),
    ],
)
def test_the_main_act_is_within_five_tab_stops_of_the_opening(qtbot: QtBot, desk: Desk, tmp_path: Path, page: str, act: str) -> None:
    window = whole_window(qtbot, desk, tmp_path, 1366, 737)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(page)
    stops = []
    for _press in range(MOST):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget().accessibleName())
    assert any(stop.startswith(act) for stop in stops), stops
