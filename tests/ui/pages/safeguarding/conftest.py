"""The page of safeguarding, open over the invented unit, which keeps its files here."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from tests.ui.pages.made import keep_safeguarding

type OpenPage = Callable[..., SafeguardingPage]


def said(context: Context) -> str:
    """What stands in the banner."""
    message = context.banner.message
    return message.words if message is not None else ""


@pytest.fixture
def kept_here(desk: Desk) -> Desk:
    """The unit keeps its files here, and whoever is at the desk is named as lead."""
    keep_safeguarding(desk)
    return desk


@pytest.fixture
def open_page(qtbot: QtBot, context: Context, kept_here: Desk) -> OpenPage:
    def make(object_id: str | None = None, desk: Desk | None = None) -> SafeguardingPage:
        context.desk = desk or kept_here
        page = SafeguardingPage(context)
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
def page(open_page: OpenPage) -> SafeguardingPage:
    return open_page()
