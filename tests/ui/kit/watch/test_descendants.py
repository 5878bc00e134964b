"""What stands within a window is found in order, and held no longer than Qt has it."""

import gc
import weakref

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollBar, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.descendants import descendants


def test_what_was_found_goes_with_what_it_stands_in(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    table, other = QTableWidget(), QTableWidget()
    column.addWidget(table)
    column.addWidget(other)
    assert list(descendants(window, QTableWidget)) == [table, other]
    bars = [weakref.ref(bar) for bar in descendants(window, QScrollBar)]
    assert len(bars) > 4
    table.deleteLater()
    del table
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert all(held() is None or shiboken6.isValid(held()) for held in bars)
    assert len(list(descendants(window, QScrollBar))) == len(bars) / 2
