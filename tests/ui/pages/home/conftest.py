"""Home, with what is later open too."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.home import HomePage


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HomePage:
    """With what is later open too."""
    context.memory.keep("home/later", True)
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.on_show()
    return made
