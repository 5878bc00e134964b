"""The eye of the monkey sees all that is in view, and leaves what the program has in hand as it is."""

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.monkey import in_sight
from tests.monkey.eye import is_question, reason_given
from tests.monkey.places import in_view, places


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


def _dialog(qtbot: QtBot, title: str, *widgets: QWidget) -> QDialog:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    for widget in widgets:
        column.addWidget(widget)
    dialog.show()
    return dialog


def test_a_question_says_what_is_done_and_can_be_refused_and_a_form_is_none(qtbot: QtBot) -> None:
    words = "Marigold Quillfeather is erased for ever."
    asked = _dialog(qtbot, "Erase?", QLabel(words), QPushButton("Erase"), QPushButton("Cancel"))
    told = _dialog(qtbot, "Erased", QLabel(words), QPushButton("Close"))
    bare = _dialog(qtbot, "Erase?", QLabel("Erase?"), QPushButton("Erase"), QPushButton("Cancel"))
    form = _dialog(qtbot, "A new user", QLabel(words), QLineEdit(), QLineEdit(), QPushButton("Save"), QPushButton("Cancel"))
    assert [is_question(window) for window in (asked, told, bare, form, QWidget())] == [True, False, False, False, False]


def test_a_form_that_requires_the_reason_asks_as_a_question_does(qtbot: QtBot) -> None:
    page, reason, make, look = QWidget(), QLineEdit(), QPushButton("Make the export"), QPushButton("Print this list")
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (reason, make, look):
        column.addWidget(widget)
    reason.setAccessibleName("Why it is made (required)")
    make.setProperty("look", "primary")
    page.show()
    assert reason_given(make) == ""
    reason.setText("For the return")
    assert reason_given(make) == "Why it is made (required): For the return"
    assert reason_given(look) == ""


def test_a_line_a_field_and_a_button_can_come_under_the_pointer(qtbot: QtBot) -> None:
    owner, field, table = QWidget(), QLineEdit(), QTableWidget(3, 2)
    qtbot.addWidget(owner)
    column = QVBoxLayout(owner)
    for widget in (field, table, QPushButton("Save")):
        column.addWidget(widget)
    field.setAccessibleName("Surname")
    for row, words in enumerate(("Bramley", "Quillfeather", "Reed")):
        table.setItem(row, 1, QTableWidgetItem(words))
    owner.resize(400, 400)
    owner.show()
    there = {control[0]: place.y() for control, place in places(owner)}
    assert there.keys() >= {"QLineEdit Surname", "line Bramley", "line Quillfeather", "line Reed", "QPushButton Save"}
    assert there["line Bramley"] < there["line Quillfeather"] < there["line Reed"]
