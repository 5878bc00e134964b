"""The page of consents, opened, with one pupil found on it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.consents import ConsentsPage


def opened(qtbot: QtBot, context: Context) -> ConsentsPage:
    made = ConsentsPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_show()
    return made


def find(qtbot: QtBot, page: ConsentsPage, text: str) -> None:
    qtbot.keyClicks(page.pupil_view.find_box, text)
    qtbot.keyClick(page.pupil_view.find_box, Qt.Key.Key_Return)
    page.pupil_view.panel.giver.setCurrentText("Ms Joanna Bramley")
