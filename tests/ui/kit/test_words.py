"""Buttons: pressed by Enter wherever they stand, and their icon keeps its distance from the words. Tips are never read as markup."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column, Rows
from pupil_desk.ui.kit.words import button


def test_enter_presses_a_button_outside_a_dialog(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    made = button("Set up a unit", lambda: pressed.append("set up"))
    made.setParent(window)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert pressed == ["set up"] * 3


def test_an_icon_has_room_beside_it(qtbot: QtBot) -> None:
    plain, with_icon = (
        button("Try the training unit", lambda: None),
        button("Try the training unit", lambda: None, icon_name="graduation-cap"),
    )
    for made in (plain, with_icon):
        qtbot.addWidget(made)
    assert with_icon.sizeHint().width() >= plain.sizeHint().width() + with_icon.iconSize().width() + 8


def test_what_somebody_typed_is_no_markup_under_the_mouse() -> None:
    rows = Rows[str]([Column("name", "Name", lambda name: name)])
    rows.replace(["<img src='file:///x'>Ann\nborn 2010", "Ann & Bea < Cy"])
    strange, plain = (rows.index(place, 0).data(Qt.ItemDataRole.ToolTipRole) for place in range(2))
    shown = QTextDocument()
    shown.setHtml(strange)
    assert shown.toPlainText() == "<img src='file:///x'>Ann\nborn 2010"
    assert plain == "Ann & Bea < Cy"
