"""The list of pages on a screen of 1366 by 768."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.rail import RailPage
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.providers import ProvidersPage
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from pupil_desk.ui.pages.schools import SchoolsPage
from pupil_desk.ui.pages.transport import TransportPage
from pupil_desk.ui.style import tokens
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
    last = rail.list.visualItemRect(rail.list.item(rail.list.count() - 1))
    seen_height = rail.list.viewport().height()
    assert last.top() > seen_height
    assert any(
        box.top() < seen_height < box.bottom() for box in map(rail.list.visualItemRect, map(rail.list.item, range(rail.list.count())))
    )
