"""The page Forms."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.forms import FormsPage


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> FormsPage:
    made = FormsPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.on_change)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.paper.send = lambda *_all, **_more: True
    made.on_show()
    return made
