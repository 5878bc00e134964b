"""The list of pages on a screen of 1366 by 768."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.lists.rail_lines import GROUP_ROLE
from pupil_desk.ui.kit.watch.descendants import through_focus
from pupil_desk.ui.pages import pages
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look, dress, sized
from tests.ui.whole import FRAME, whole_window


def test_all_25_pages_and_their_four_headings_are_seen_whole_and_in_a_lower_window_the_list_is_seen_to_go_on(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path
) -> None:
    """All groups open, at a text size of 100 %."""
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 768 - FRAME)
    window.show()
    QApplication.processEvents()
    rail = window.rail

    def boxes() -> list[QRect]:
        return [rail.list.visualItemRect(rail.list.item(place)) for place in range(rail.list.count())]

    assert (len(pages()), len(boxes())) == (25, 25 + 4)  # as CHANGELOG has it
    assert rail.height() == window.height(), "the bar in which things are said is beneath the page alone"
    assert window.foot.mapTo(window, QPoint(0, 0)).x() == rail.width()
    seen = rail.list.viewport().rect()
    assert all(seen.contains(box) and box.height() >= tokens.TARGET_LEAST for box in boxes()), boxes()[-1]
    assert rail.more.isHidden()
    in_head = [rail.find_button, rail.lock, rail.sign_out]
    assert [part.text() for part in in_head] == ["Find", "", ""]
    assert [part.accessibleName() for part in in_head] == ["Find", "Lock", "Sign out and close"]
    assert all(part.toolTip() and rail.rect().contains(part.geometry()) and part.height() >= tokens.TARGET_LEAST for part in in_head)
    assert len({part.geometry().center().y() for part in in_head}) == 1
    met = [part for part in through_focus(rail, rail.list) if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert met == [rail.list, *in_head], "F6 comes to the list, and Tab goes on as the eye does"

    window.resize(1366, 688 - FRAME)
    QApplication.processEvents()
    seen = rail.list.viewport().rect()
    assert [box for box in boxes() if box.intersects(seen)] == [box for box in boxes() if seen.contains(box)], "none is cut"
    assert rail.more.text() == f"{sum(not seen.contains(box) for box in boxes())} more pages"

    window.resize(1366, 768 - FRAME)
    QApplication.processEvents()
    place = next(place for place in range(rail.list.count()) if rail.list.item(place).data(GROUP_ROLE) == "unit")
    above = boxes()[: place + 1]
    rail.fold("unit", folded=True)
    QApplication.processEvents()
    assert len(boxes()) < 25 + 4
    assert boxes()[: place + 1] == above, "a heading that is pressed stays under the pointer"
    assert all(part.geometry().center().y() == rail.find_button.geometry().center().y() for part in in_head)


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
        has_room = (percent, height) == (125, 1040)
        assert rail.is_bar is not has_room, "nothing is folded for a data officer, and elsewhere so many lines have no room"
        assert rail.menu.isVisible() is not has_room
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
