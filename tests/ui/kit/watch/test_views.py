"""After a lock the same is in view of a page: the tab that was open, the part of a record, the day and the cell of the register, what was typed to find."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.watch.views import put_views, views_on
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called
from tests.ui.whole import whole_window


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


def _window(qtbot: QtBot, desk: Desk, folder: Path) -> Window:
    made = whole_window(qtbot, desk, folder, 1280, 900)
    made.show()
    return made


def test_the_part_of_a_record_the_day_and_the_tab_come_back(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    theo = pupil_called(desk, "Theo").id
    first, kept = _window(qtbot, desk, tmp_path), {}
    first.go("pupils", theo)
    first.page.view.turn_to("suspensions")  # type: ignore[attr-defined]
    first.page.list.find_box.setText("bra")  # type: ignore[attr-defined]
    kept["pupils"] = views_on(first.page)
    first.go("register")
    first.page.period.period_wanted.emit(date(2026, 11, 19), True)  # type: ignore[attr-defined]
    first.page.grid.go(2, 3)  # type: ignore[attr-defined]
    cell = first.page.grid.current().place  # type: ignore[attr-defined]
    kept["register"] = views_on(first.page)
    first.go("settings")
    first.page.tabs.setCurrentIndex(2)  # type: ignore[attr-defined]
    first.hide()  # as the lock does, before it keeps anything
    kept["settings"] = views_on(first.page)

    again = _window(qtbot, desk, tmp_path)
    again.go("pupils", theo)
    put_views(again.page, kept["pupils"])
    assert again.page.view.key == "suspensions"  # type: ignore[attr-defined]
    assert again.page.list.find_box.text() == "bra"  # type: ignore[attr-defined]
    assert again.page.subject == theo
    again.go("register")
    put_views(again.page, kept["register"])
    period = again.page.period  # type: ignore[attr-defined]
    assert (period.day, period.week) == (date(2026, 11, 19), True)
    assert again.page.grid.current().place == cell  # type: ignore[attr-defined]
    again.go("settings")
    put_views(again.page, kept["settings"])
    assert again.page.tabs.currentIndex() == 2  # type: ignore[attr-defined]


def test_a_tab_within_a_part_of_the_record_is_not_opened_unasked(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    """The tab of the restricted notes asks for their key."""
    window = _window(qtbot, desk, tmp_path)
    window.go("pupils", pupil_called(desk, "Theo").id)
    window.page.view.turn_to("notes")  # type: ignore[attr-defined]
    assert views_on(window.page) == [["RecordView", "notes"], ["PupilList", ["", False]]]
