"""Where a menu opens: beside what opens it, never under the pointer that is on that."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.pushbutton import corner_beside, open_beside
from pupil_desk.ui.kit.words import button

_SCREEN = QRect(0, 0, 1280, 900)


@pytest.mark.parametrize(
    ("opener", "tall", "corner"),
    [
        (QRect(300, 100, 90, 30), 400, (300, 130)),
        (QRect(300, 800, 90, 30), 400, (300, 400)),
        (QRect(300, 400, 90, 30), 700, (390, 200)),
        (QRect(1190, 400, 90, 30), 700, (990, 200)),
        (QRect(1190, 100, 90, 30), 400, (1080, 130)),
    ],
    ids=["beneath", "above", "right", "left", "within the screen"],
)
def test_a_menu_stands_beside_what_opens_it(opener: QRect, tall: int, corner: tuple[int, int]) -> None:
    place = corner_beside(opener, QSize(200, tall), _SCREEN)
    assert (place.x(), place.y()) == corner
    assert not QRect(place, QSize(200, tall)).intersects(opener)


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(widget.rect().topLeft()), widget.size())


def test_a_menu_taller_than_the_room_beneath_leaves_its_button_free(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opener = button("Columns", lambda: None)
    opener.setParent(window)
    menu, seen = QMenu(opener), list[bool]()
    while menu.sizeHint().height() < opener.screen().availableGeometry().height() * 2 // 3:
        menu.addAction("A column")
    opener.setMenu(menu)
    window.resize(200, 100)
    window.move(100, opener.screen().availableGeometry().height() // 2)
    window.show()
    qtbot.waitExposed(window)

    def look() -> None:
        seen.append(menu.isVisible() and not menu.geometry().intersects(_on_screen(opener)))
        menu.close()

    QTimer.singleShot(0, look)  # the press of such a button ends with its menu
    QTest.mousePress(opener, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen == [True])


def test_a_list_without_a_menu_of_its_own_is_left_free_too(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    menu = QMenu(window)
    while menu.sizeHint().height() < window.screen().availableGeometry().height() * 2 // 3:
        menu.addAction("A column")
    window.resize(200, 40)
    window.move(100, window.screen().availableGeometry().height() // 2)
    window.show()
    open_beside(menu, window)
    assert not menu.geometry().intersects(_on_screen(window))
    menu.close()
