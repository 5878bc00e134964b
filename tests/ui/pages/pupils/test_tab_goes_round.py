"""In a part of the record in which something new is begun, Tab comes to every field and round again: nobody is held in a circle."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from tests.ui.pages.pupils.test_attachments_part import open_page

MOST = 60  # stops of a part and of the page around it


@pytest.mark.parametrize("key", ["plans", "accidents", "stays"])
def test_tab_leaves_a_new_record_of_a_part_and_comes_round(qtbot: QtBot, context: Context, key: str) -> None:
    page = open_page(qtbot, context)
    page.activateWindow()
    page.view.turn_to(key)
    part = page.view.part
    first_list = getattr(part, "lists", [part])[0]
    first_list.begin_new()
    contents = page.view.contents.list
    contents.setFocus()
    stops: list[QWidget] = []
    while (contents not in stops) and len(stops) < MOST:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        stops.append(page.focusWidget())
    assert stops[-1] is contents, "Tab goes round within the part"
    fields = {name: field.editor.field for name, field in first_list.form.fields.items()}
    asked = {
        name
        for name, field in fields.items()
        if field.isVisibleTo(page) and field.isEnabled() and field.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert asked <= {name for name, field in fields.items() if field in stops}


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_from_an_answer_just_chosen_tab_goes_to_what_stands_beside_it(qtbot: QtBot, context: Context, key: Qt.Key) -> None:
    page = open_page(qtbot, context)
    page.activateWindow()
    page.view.turn_to("contacts")
    form = page.view.part.form
    page.view.part.begin_new()
    first, second = (form.fields[name].editor for name in ("parental_responsibility", "lives_with"))
    here, there = (first, second) if key == Qt.Key.Key_Tab else (second, first)
    here.field.setFocus()
    qtbot.keyClicks(page.focusWidget(), "y")
    qtbot.keyClick(page.focusWidget(), key)
    assert there.isAncestorOf(page.focusWidget())
