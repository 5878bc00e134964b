"""The box over the whole window, while the help is read beside it."""

from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.program import guides
from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.context import Context


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


def test_when_the_help_comes_no_line_of_the_search_before_is_lit(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    is_read = Event()
    monkeypatch.setattr(guides, "are_read", is_read.is_set)
    monkeypatch.setattr(guides, "passages", list)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    context.making.in_steps = True
    box = Finder(context, [("help", "Help", "question")], window)
    box.begin()
    box.box.setText("zofia")
    assert (len(box.lines), box.list.currentRow(), box._reading.isActive()) == (1, 0, True)
    box.box.setText("al28")
    is_read.set()
    box._add_help()
    assert (box.list.currentRow(), box.list.count() > 1) == (-1, True), "of several Enter opens none that nobody chose"
