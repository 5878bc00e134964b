"""The pupils for whom alone an export is made: taken out one at a time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.exports.pupils import OnlyFor


@pytest.mark.usefixtures("guard")
def test_the_second_half_of_a_double_click_takes_out_no_other_pupil(qtbot: QtBot, context: Context) -> None:
    only = OnlyFor(context)
    qtbot.addWidget(only)
    only.resize(500, 300)
    only.show()
    qtbot.waitExposed(only)
    for words in ("bram", "priya"):
        only.find_box.setText(words)
        qtbot.keyClick(only.find_box, Qt.Key.Key_Return)
    first, second = only._pupil_chips.values()
    qtbot.waitUntil(lambda: second.x() > first.x(), timeout=3_000)
    begins, place = first.x(), second.x()
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert list(only._pupil_chips.values()) == [second], "the one that was pressed counts no more"
    QApplication.processEvents()
    assert second.x() == place
    qtbot.waitUntil(lambda: second.x() == begins, timeout=3_000)
