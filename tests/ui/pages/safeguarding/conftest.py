"""The page of safeguarding, open over the invented unit, which keeps its files here."""

import dataclasses
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.safeguarding import SafeguardingPage

type OpenPage = Callable[..., SafeguardingPage]


def said(context: Context) -> str:
    """What stands in the banner."""
    message = context.banner.message
    return message.words if message is not None else ""


@pytest.fixture
def kept_here(desk: Desk) -> Desk:
    """The unit keeps its files here, and whoever is at the desk is named as lead."""
    settings.save_settings(desk, dataclasses.replace(desk.settings, keeps_safeguarding=True))
    readers.set_reader(desk, desk.user, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)
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
