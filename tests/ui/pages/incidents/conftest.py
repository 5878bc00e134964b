"""The page of incidents, open over the invented unit."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.incidents import IncidentsPage


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[..., IncidentsPage]:
    def make(object_id: str | None = None) -> IncidentsPage:
        page = IncidentsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.on_show(object_id)
        return page

    return make


@pytest.fixture
def page(open_page: Callable[..., IncidentsPage]) -> IncidentsPage:
    return open_page()
