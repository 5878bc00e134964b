"""The list of pages on a screen of 1366 by 768."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.groups import RailPage
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.providers import ProvidersPage
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from pupil_desk.ui.pages.schools import SchoolsPage
from pupil_desk.ui.pages.transport import TransportPage
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look, dress, sized
from tests.ui.whole import FRAME, whole_window


def test_the_list_of_pages_has_room_for_21_and_is_seen_to_go_on_where_all_25_are_used(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path
) -> None:
    """All groups open, at a text size of 100 %."""
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 768 - FRAME)
    window.show()
    rail = window.rail

    def show(types: Iterable[type[Page]]) -> None:
        rail.offer([RailPage(page.name, page.title, page.icon, page.group) for page in types])
        for group in {page.group.name for page in pages()}:
            rail.fold(group, folded=False)
        QApplication.processEvents()

    used = [page for page in pages() if page not in (SafeguardingPage, SchoolsPage, ProvidersPage, TransportPage)]
    assert (len(used), len(pages())) == (21, 25)  # as CHANGELOG has it
    show(used)
    seen, boxes = rail.list.viewport().rect(), [rail.list.visualItemRect(rail.list.item(place)) for place in range(rail.list.count())]
    assert len(boxes) == len(used) + 4
    assert all(seen.contains(box) and box.height() >= tokens.TARGET_LEAST for box in boxes), boxes[-1]
    show(pages())
    boxes = [rail.list.visualItemRect(rail.list.item(place)) for place in range(rail.list.count())]
    seen = rail.list.viewport().rect()
    assert [box for box in boxes if box.intersects(seen)] == [box for box in boxes if seen.contains(box)], "none is cut"
    assert rail.more.text() == f"{sum(not seen.contains(box) for box in boxes)} more pages"


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
