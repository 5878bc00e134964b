"""Keys that mean something only where the cursor is."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.keys import WindowKeysFirst, shortcut_within, stand_on_tabs, stay_near
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import column_of


def test_a_key_acts_inside_and_not_beside(qtbot: QtBot) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    beside, field = QLineEdit(), QLineEdit()
    QVBoxLayout(inside).addWidget(field)
    column = QVBoxLayout(window)
    column.addWidget(beside)
    column.addWidget(inside)
    pressed: list[str] = []
    shortcut_within(inside, "Ctrl+J", lambda: pressed.append("Ctrl+J"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for cursor in (beside, field):
        cursor.setFocus()
        qtbot.keyClick(cursor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+J"]
    beside.setFocus()
    qtbot.keyClick(beside, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+J"]


def test_the_list_worked_on_has_the_focus_before_the_field_to_which_qt_goes(qtbot: QtBot) -> None:
    list_, gone, field = QListWidget(), QPushButton("Print"), QLineEdit()
    list_.addItem("Nia")
    window = column_of(list_, gone, field)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()  # as Qt does once the button is greyed
    gone.setEnabled(False)
    assert stay_near(gone, but=QWidget())
    assert QApplication.focusWidget() is list_
    list_.hide()
    field.setFocus()
    assert stay_near(gone, but=QWidget())
    assert QApplication.focusWidget() is field, "there is nothing else"


def test_a_list_that_turns_out_to_be_empty_leaves_the_focus_to_its_tab(qtbot: QtBot) -> None:
    tabs, table = Tabs("Parts"), Table([Column("name", "Name", str)], name="People", id_of=str)
    tabs.addTab(table, "One")
    qtbot.addWidget(tabs)
    table.show_rows(["Nia"])
    with qtbot.waitActive(tabs):
        tabs.show()
        tabs.activateWindow()
    table.setFocus()
    table.show_rows([])
    qtbot.waitUntil(tabs.tabBar().hasFocus)
    assert not table.focusPolicy() & Qt.FocusPolicy.TabFocus, "Tab goes on to what can be used"
    table.show_rows(["Nia"])
    assert table.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not stand_on_tabs(QLineEdit())


def test_a_key_of_what_is_out_of_view_is_left_to_the_field(qtbot: QtBot) -> None:
    window, page, field = QWidget(), QWidget(), QLineEdit()
    qtbot.addWidget(window)
    keys_first = WindowKeysFirst(window)
    column = QVBoxLayout(window)
    column.addWidget(page)
    column.addWidget(field)
    shortcut_within(page, "Ctrl+E", lambda: None)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()

    def is_taken() -> bool:
        key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        return keys_first.eventFilter(window.windowHandle(), key)

    assert is_taken()
    page.hide()
    assert not is_taken()
