"""Columns and rows: filled in their order with what grows, what keeps to its side, gaps, rows, and the room left over.

Buttons: pressed by Enter wherever they stand, and their icon keeps its distance from the words. Tips are never read as markup.

Words that change at every key: the window is laid out anew only when they need another height.

Scrolling: what is of one height beside the bar and of another without it comes to rest.
"""

from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.radio import RadioLine
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.lists.rows import Column, Rows
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import (
    STRETCH,
    aligned,
    button,
    column_in,
    column_of,
    flow_of,
    growing,
    label,
    labelled,
    name_label,
    row_layout,
    show_words,
)
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look, dress


def test_a_column_holds_its_parts_in_their_order(qtbot: QtBot) -> None:
    owner, name, table, own_button = QWidget(), label("Name"), QWidget(), button("Add", lambda: None)
    qtbot.addWidget(owner)
    column = column_in(owner, 4, name, growing(table, 2), 8, aligned(own_button), row_layout(label("Left"), label("Right")), STRETCH, top=3)
    assert [column.itemAt(place).widget() for place in range(column.count())] == [name, table, None, own_button, None, None]
    assert [column.stretch(place) for place in range(column.count())] == [0, 2, 0, 0, 0, 1]
    assert column.itemAt(3).alignment() is Qt.AlignmentFlag.AlignLeft
    assert (column.itemAt(2).sizeHint().height(), column.itemAt(4).layout().count()) == (8, 2)
    assert (column.spacing(), column.contentsMargins().top(), column.contentsMargins().left()) == (4, 3, 0)


def test_commands_go_on_in_another_line(qtbot: QtBot) -> None:
    bar = flow_of(*(button(f"Command {number}", lambda: None) for number in range(3)))
    qtbot.addWidget(bar)
    assert bar.heightForWidth(bar.sizeHint().width()) < bar.heightForWidth(bar.sizeHint().width() // 2)


def test_words_that_are_none_are_not_there_and_a_name_leads_to_its_editor(qtbot: QtBot) -> None:
    window, words, editor = QWidget(), label(""), QLineEdit()
    qtbot.addWidget(window)
    name = name_label("&Reason", editor)
    column_in(window, None, name, editor, words)
    for text in ("Say why.", ""):
        show_words(words, text)
        assert (words.text(), words.isHidden()) == (text, not text)
    assert name.buddy() is editor


def test_enter_presses_a_button_outside_a_dialog(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    made = button("Set up a unit", lambda: pressed.append("set up"))
    made.setParent(window)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert pressed == ["set up"] * 3


def test_the_letter_of_a_button_presses_it_before_anything_else_can_open(qtbot: QtBot) -> None:
    window = QWidget()
    pressed: list[str] = []
    tick, line = TickBox("&Guests too"), RadioLine("&Yes")
    column_in(window, 0, button("&Prove", lambda: pressed.append("prove")), tick, line)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    for key in (Qt.Key.Key_P, Qt.Key.Key_G, Qt.Key.Key_Y):
        QTest.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.AltModifier)
    assert (pressed, tick.isChecked(), line.isChecked()) == (["prove"], True, True)


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


NARROW = 300


class Undecided(QWidget):
    """As a form about to change its columns was seen to be: it asks for no bar while it is narrow, and for one while it is wide."""

    def __init__(self) -> None:
        super().__init__()
        self.fitted = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, _width: int) -> int:
        return 100

    def minimumSizeHint(self) -> QSize:
        self.fitted += 1
        assert self.fitted < 500, "sized for ever"
        return QSize(50, 100 if self.width() < NARROW else 400)


def test_what_asks_for_the_bar_only_without_it_comes_to_rest(qtbot: QtBot) -> None:
    inside = Undecided()
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.resize(NARROW + 15, 250)
    area.show()
    QApplication.processEvents()
    assert inside.isVisible()


def test_beside_a_taller_one_a_named_box_stands_in_line_with_it(qtbot: QtBot) -> None:
    """A date has the day in words beneath it: «How it is sent» stood nine pixels lower than the day."""
    way, tall = ChoiceBox([("a", "By post")]), column_of(QLineEdit(), label("Tuesday 24 November 2026"))
    owner = QWidget()
    qtbot.addWidget(owner)
    column_in(owner, 0, row_layout(labelled("How it is sent", way), labelled("When it was sent", tall), STRETCH), STRETCH)
    owner.resize(700, 300)
    owner.show()
    tops = {name.mapTo(owner, QPoint(0, 0)).y() for name in owner.findChildren(QLabel) if "sent" in name.text()}
    assert len(tops) == 1


def test_two_days_stand_side_by_side_without_a_gap(qtbot: QtBot, look: Look) -> None:
    first, second = DateBox(today=date(2026, 11, 24)), DateBox(today=date(2026, 11, 24))
    row = flow_of(first, second, spacing=tokens.M)
    dress(row)
    qtbot.addWidget(row)
    row.show()
    row.resize(row.sizeHint())
    QApplication.processEvents()
    assert second.line.mapTo(row, QPoint()).x() - first.line.mapTo(row, first.line.rect().topRight()).x() == tokens.M + 1
