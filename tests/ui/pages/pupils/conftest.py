"""The page of pupils."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.frame import ActView


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_show()
    return made


@pytest.fixture
def begun(page: PupilsPage) -> Callable[[str], ActView]:
    """Ticks all five on roll, and begins one thing with them."""
    page.begin_choosing()
    page.choosing.ticked_view.all_button.click()

    def begin(key: str) -> ActView:
        page.choosing.ticked_view.buttons[key].click()
        assert page.choosing.view is not None
        return page.choosing.view

    return begin
