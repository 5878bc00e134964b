"""Where a window stands: on screens that are made up, and the real window on none that is there no more."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMargins, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch import memory as memory_module
from pupil_desk.ui.kit.watch.memory import FRAME, Memory, place_of, put_where_it_was, remember_place

BAR = QMargins(0, 31, 0, 0)
LAPTOP = QRect(0, 0, 1093, 576)  # 1366x768 at 125 per cent, less the taskbar
DESK = QRect(0, 0, 1920, 1040)
LEFT = QRect(-1536, 0, 1536, 824)  # a second one on the left, at 125 per cent
USUAL = QSize(1180, 780)


def test_at_first_it_stands_in_the_middle_as_large_as_usual() -> None:
    assert place_of(None, [DESK], USUAL, BAR) == QRect(370, 145, 1180, 780)


def test_on_a_small_screen_it_takes_what_there_is_and_its_title_bar_is_in_reach() -> None:
    assert place_of(None, [LAPTOP], USUAL, BAR) == QRect(0, 31, 1093, 545)


@pytest.mark.parametrize("kept", [QRect(100, 60, 1000, 700), QRect(-1400, 80, 1200, 700), QRect(0, 31, 1920, 1009)])
def test_it_is_put_back_where_it_was(kept: QRect) -> None:
    assert place_of(kept, [DESK, LEFT], USUAL, BAR) == kept


def test_a_screen_that_is_there_no_more_is_not_looked_for() -> None:
    kept = QRect(-1400, 80, 1200, 700)
    assert place_of(kept, [DESK], USUAL, BAR) == QRect(360, 185, 1200, 700)
    assert place_of(kept, [LAPTOP], USUAL, BAR) == QRect(0, 31, 1093, 545)


def test_what_hangs_over_an_edge_is_pushed_back() -> None:
    assert place_of(QRect(1500, 600, 800, 600), [DESK], USUAL, BAR) == QRect(560, 235, 800, 600)  # less than half in sight
    assert place_of(QRect(1200, 500, 800, 600), [DESK], USUAL, BAR) == QRect(1120, 440, 800, 600)
    assert place_of(QRect(100, 0, 800, 600), [DESK], USUAL, BAR) == QRect(100, 31, 800, 600)  # the title bar was above the screen


def test_a_screen_that_became_smaller_shrinks_it() -> None:
    assert place_of(QRect(0, 31, 1600, 900), [QRect(0, 0, 1366, 728)], USUAL, BAR) == QRect(0, 31, 1366, 697)


@pytest.mark.parametrize("kept", [QRect(), QRect(5, 5, 0, 300), QRect(5, 5, -10, 300)])
def test_nonsense_is_not_put_back(kept: QRect) -> None:
    assert place_of(kept, [DESK], USUAL, BAR) == place_of(None, [DESK], USUAL, BAR)


@pytest.mark.parametrize("kept", ["01d9d0cb", [1, 2, 3], [1, 2, "three", 4, 5], {"x": 1}, 7])
def test_what_was_kept_otherwise_is_forgotten(qtbot: QtBot, tmp_path: Path, kept: object) -> None:
    memory = Memory(tmp_path / "window.json")
    memory.keep("window/rectangle", kept)  # type: ignore[arg-type]
    window = QWidget()
    qtbot.addWidget(window)
    put_where_it_was(window, memory, QSize(500, 300), QSize(400, 200))
    assert window.size() == QSize(500, 300)


def test_a_window_comes_back_as_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    memory, first, second = Memory(tmp_path / "window.json"), QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    room = first.screen().availableGeometry()
    first.setGeometry(QRect(room.left() + 40, room.top() + 60, 500, 300))
    first.showMaximized()
    remember_place(first, memory)
    put_where_it_was(second, Memory(tmp_path / "window.json"), USUAL, QSize(100, 100))
    assert second.isMaximized()
    second.showNormal()
    assert second.size() == QSize(500, 300)


def test_each_arrangement_of_screens_has_its_own_place(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, window = Memory(tmp_path / "window.json"), QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    at_the_desk, on_the_way = QRect(room.left() + 40, room.top() + 60, 500, 300), QRect(room.left() + 10, room.top() + 40, 420, 280)
    for screens, place in (("desk", at_the_desk), ("way", on_the_way)):
        monkeypatch.setattr(memory_module, "_key_of_screens", lambda screens=screens: f"window/rectangle/{screens}")
        window.setGeometry(place)
        remember_place(window, memory)
    for screens, place in (("desk", at_the_desk), ("way", on_the_way), ("never there before", on_the_way)):
        monkeypatch.setattr(memory_module, "_key_of_screens", lambda screens=screens: f"window/rectangle/{screens}")
        put_where_it_was(window, Memory(tmp_path / "window.json"), USUAL, QSize(100, 100))
        assert window.geometry() == place


def test_it_never_asks_for_more_than_the_screen_has(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    put_where_it_was(window, Memory(tmp_path / "window.json"), USUAL, QSize(9000, 9000))
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height() - FRAME.top()
