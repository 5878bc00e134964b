"""The page of notices."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.notices import NoticesPage
from tests.ui.pages.notices.made import opened


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> NoticesPage:
    return opened(qtbot, context)
