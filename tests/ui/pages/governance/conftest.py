"""The page of data protection, and a pupil whose time is over."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.governance import DataProtectionPage
from tests.ui.pages.governance.made import LONG_AGO, Open


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Open:
    def make(at: str | None = None, desk: Desk | None = None) -> DataProtectionPage:
        context.desk = desk or context.desk
        page = DataProtectionPage(context)
        page.resize(1100, 640)
        qtbot.addWidget(page, before_close_func=lambda closing: closing.discard())
        context.news.changed.connect(page.on_change)
        page.show()
        page.on_show(at)
        return page

    return make


@pytest.fixture
def gone(desk: Desk) -> Pupil:
    """A pupil of whom the record has been due for months."""
    return pupils.add_pupil(desk, Pupil(surname="Quill", forename="Bea", dob=date(2001, 5, 6)), LONG_AGO)
