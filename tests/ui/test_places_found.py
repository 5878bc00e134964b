"""Each place that the box over the window leads to is one that there is."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.governance import DataProtectionPage
from pupil_desk.ui.pages.places import PLACES
from pupil_desk.ui.pages.providers import ProvidersPage
from pupil_desk.ui.pages.settings import SettingsPage


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.mark.parametrize("page_type", [SettingsPage, DataProtectionPage, ProvidersPage], ids=lambda page: page.name)
def test_every_tab_that_is_found_is_turned_to(
    page_type: type[SettingsPage | DataProtectionPage | ProvidersPage], qtbot: QtBot, context: Context
) -> None:
    page = page_type(context)
    qtbot.addWidget(page)
    turned = []
    for place in (place for place in PLACES if place.page == page.name):
        page.on_show(place.place)
        turned.append((page.tabs.currentIndex(), place.words))
    assert turned
    assert turned == [(index, page.tabs.tabText(index).replace("&", "")) for index, _words in turned]


def test_each_place_is_on_a_page_that_there_is() -> None:
    assert {place.page for place in PLACES} <= {page.name for page in pages()}


def test_no_tab_of_the_settings_is_left_out(qtbot: QtBot, context: Context) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    assert len([place for place in PLACES if place.page == page.name]) == page.tabs.count()
