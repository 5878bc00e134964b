"""The head of a record is as high on the card, which has a button to edit, as in each part, which has none, and with badges as without."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.style.look import Look, dress
from tests.ui.pages.pupils.made import find


def test_the_parts_stand_at_one_height_on_the_card_and_in_a_part(qtbot: QtBot, page: PupilsPage, look: Look) -> None:
    look.set_text_size(100)
    dress(page)
    page.resize(1180, 700)  # where the parts stand in a list beside the one in view
    find(qtbot, page, "chandra")
    assert page.view.badge_row.badges
    QApplication.processEvents()
    heights = {"with badges": page.view.stack.mapTo(page, QPoint()).y()}
    find(qtbot, page, "dale")
    assert page.view.badge_row.badges == []
    for key in ("card", "health", "timetables"):
        page.view.turn_to(key)
        QApplication.processEvents()
        assert page.view.edit_button.isVisible() is (key == "card")
        heights[key] = page.view.stack.mapTo(page, QPoint()).y()
    assert len(set(heights.values())) == 1, heights
