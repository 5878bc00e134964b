"""What stands within a window is found in order, and held no longer than Qt has it."""

import gc
import weakref

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QScrollBar, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.descendants import descendants, in_view, worked_on_in


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


def test_what_is_worked_on_is_held_by_what_it_stands_in(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    page, field = QWidget(), QLineEdit()
    column.addWidget(page)
    QVBoxLayout(page).addWidget(field)
    window.show()
    field.setFocus()
    before = _holder(field)
    assert worked_on_in(window) is worked_on_in(page) is worked_on_in(field) is field
    assert _holder(field) == before
    window.focusWidget()
    assert _holder(field) != before  # what this asks is not yet the same by itself


def _holder(widget: QWidget) -> str:
    """By what PySide holds it."""
    return next(line for line in shiboken6.dump(widget).splitlines() if line.startswith("parent"))


def test_nothing_is_looked_for_in_what_is_out_of_view(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    shown, hidden, within, under = QWidget(), QWidget(), QLineEdit(), QLineEdit()
    column.addWidget(hidden)
    column.addWidget(shown)
    QVBoxLayout(hidden).addWidget(under)
    QVBoxLayout(shown).addWidget(within)
    window.show()
    hidden.hide()
    assert list(in_view(window)) == [shown, within]
    assert list(in_view(window, but=shown)) == [shown]
    hidden.show()
    assert list(in_view(window)) == [hidden, under, shown, within]
