"""The list of pages on a screen of 1366 by 768."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.groups import DAILY, FAMILIES, LEAVING, UNIT, RailPage
from pupil_desk.ui.kit.lists.rail_lines import GROUP_ROLE
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.providers import ProvidersPage
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from pupil_desk.ui.pages.schools import SchoolsPage
from pupil_desk.ui.pages.transport import TransportPage
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look, dress, sized
from tests.ui.whole import FRAME, whole_window


def test_the_list_of_pages_has_room_for_21_and_of_all_25_a_group_gives_way_so_that_no_line_is_cut(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path
) -> None:
    """All groups open, at a text size of 100 %; a group that is opened has that used longest ago fold instead, and the keys are of what is seen."""
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 768 - FRAME)
    window.show()
    rail = window.rail

    def show(types: Iterable[type[Page]]) -> None:
        rail.offer([RailPage(page.name, page.title, page.icon, page.group) for page in types])
        for group in {page.group.name for page in pages()}:
            rail.fold(group, folded=False)
        QApplication.processEvents()

    def assert_whole() -> None:
        """Every line is seen whole, and nothing scrolls."""
        seen, boxes = rail.list.viewport().rect(), [rail.list.visualItemRect(rail.list.item(place)) for place in range(rail.list.count())]
        assert all(seen.contains(box) and box.height() >= tokens.TARGET_LEAST for box in boxes), boxes[-1]
        assert rail.list.verticalScrollBar().maximum() == 0

    used = [page for page in pages() if page not in (SafeguardingPage, SchoolsPage, ProvidersPage, TransportPage)]
    assert (len(used), len(pages())) == (21, 25)  # as CHANGELOG has it
    show(used)
    assert rail.list.count() == len(used) + 4
    assert_whole()

    rail.offer([RailPage(page.name, page.title, page.icon, page.group) for page in pages()])
    assert_whole()
    of_group = {group: [page.name for page in pages() if page.group is group] for group in (DAILY, FAMILIES, LEAVING, UNIT)}
    assert set(of_group[DAILY] + of_group[FAMILIES] + of_group[LEAVING]) <= set(rail.shown), "the pages without keys give way first"
    for group in (FAMILIES, LEAVING, UNIT, FAMILIES):
        rail.fold(group.name, folded=False)
        assert_whole()
        assert set(of_group[DAILY] + of_group[group]) <= set(rail.shown), "neither where the lowest keys are nor what was opened"
        assert rail.number_of("pupils") == 2
        assert rail.shown == [page.name for page in pages() if page.name in rail.shown]
    rail.mark("exports")  # as from Home, Find or a key
    assert_whole()
    assert set(of_group[UNIT] + of_group[LEAVING]) <= set(rail.shown), "that which was not used yet gives way"
    rail.list.setFocus()
    rail.fold("families", folded=False)
    assert rail.list.currentItem().data(GROUP_ROLE) == "families"
    assert "exports" in rail.shown, "where one is stays shown"
    window.resize(1366, 1000)
    assert len(rail.shown) == len(pages()), "in a taller window none gives way"
    assert_whole()


@pytest.mark.parametrize("percent", [125, 150, 200])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1040)])
def test_at_larger_text_no_icon_of_the_list_is_smaller_and_the_named_menu_comes_where_it_would_be(
    qtbot: QtBot, training_desk: Desk, look: Look, tmp_path: Path, percent: int, width: int, height: int
) -> None:
    look.set_text_size(percent)
    try:
        window = whole_window(qtbot, training_desk, tmp_path, width, height - FRAME)
        dress(window)
        window.show()
        QApplication.processEvents()
        rail = window.rail
        assert rail.is_bar, "nothing is folded for a data officer, and so many lines have no room"
        assert rail.menu.isVisible()
        assert rail.menu.text().startswith("Pages")
        assert rail.list.iconSize().height() == sized(tokens.ICON)
        for group in {page.group.name for page in pages()} - {next(page.group.name for page in pages() if page.name == "home")}:
            rail.fold(group, folded=True)
        window.resize(width, height - FRAME - 1)
        assert rail.is_bar == (width < 5 * sized(tokens.RAIL)), "folded they have room, where the window is wide enough"
        assert rail.list.iconSize().height() == sized(tokens.ICON)
        for group in {page.group.name for page in pages()}:
            rail.fold(group, folded=False)
        assert rail.list.iconSize().height() == sized(tokens.ICON), "a group that is opened by hand has the list scroll"
    finally:
        look.set_text_size(100)
