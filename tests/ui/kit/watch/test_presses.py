"""The second half of a double click presses nothing that has only just come under the pointer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch import presses
from pupil_desk.ui.kit.watch.presses import PressGuard
from pupil_desk.ui.kit.words import STRETCH, column_of


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def guard(qapp: QApplication, time: Time) -> Iterator[PressGuard]:
    watching = PressGuard(clock=time)
    watching.start()
    yield watching
    watching.stop()


@pytest.fixture
def pages(qtbot: QtBot, guard: PressGuard) -> QStackedWidget:
    """Two pages with a button each, at the same place; the first one's leads to the second."""
    stack = QStackedWidget()
    stack.pressed: list[str] = []  # type: ignore[misc,attr-defined]
    for name in ("first", "second"):
        page = QWidget()
        button = QPushButton(name)
        button.clicked.connect(lambda _checked, name=name: stack.pressed.append(name))  # type: ignore[attr-defined]
        QVBoxLayout(page).addWidget(button)
        stack.addWidget(page)
    stack.widget(0).findChild(QPushButton).clicked.connect(lambda: stack.setCurrentIndex(1))
    qtbot.addWidget(stack)
    stack.resize(300, 100)
    stack.show()
    qtbot.waitExposed(stack)
    return stack


def click(qtbot: QtBot, stack: QStackedWidget, time: Time, *, after: float = 0.0, aside: int = 0) -> None:
    """Click where the buttons are, so many seconds after whatever was before."""
    QApplication.processEvents()
    time.now += after
    button = stack.currentWidget().findChild(QPushButton)
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center() + QPoint(aside, 0))


def test_a_second_click_on_what_the_first_one_brought_is_swallowed(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    click(qtbot, pages, time, after=1)
    click(qtbot, pages, time, after=0.2)
    assert (pages.currentIndex(), pages.pressed) == (1, ["first"])  # type: ignore[attr-defined]
    click(qtbot, pages, time, after=0.4)
    assert pages.pressed == ["first", "second"]  # type: ignore[attr-defined]


def test_a_click_on_another_place_is_aimed(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    click(qtbot, pages, time, after=1)
    click(qtbot, pages, time, after=0.2, aside=40)
    assert pages.pressed == ["first", "second"]  # type: ignore[attr-defined]


def test_the_same_button_twice_is_pressed_twice(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    pages.setCurrentIndex(1)
    click(qtbot, pages, time, after=1)
    click(qtbot, pages, time, after=0.1)
    assert pages.pressed == ["second", "second"]  # type: ignore[attr-defined]


def test_keys_are_not_touched(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    click(qtbot, pages, time, after=1)
    qtbot.keyClick(pages.currentWidget().findChild(QPushButton), Qt.Key.Key_Space)
    assert pages.pressed == ["first", "second"]  # type: ignore[attr-defined]


def test_what_lay_under_a_dialog_is_not_pressed_by_the_click_that_closed_it(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    pages.setCurrentIndex(1)
    dialog = QDialog(pages)
    closes = QPushButton("Close", dialog)
    closes.clicked.connect(dialog.accept)
    dialog.setGeometry(pages.geometry())
    closes.setGeometry(dialog.rect())
    dialog.show()
    QApplication.processEvents()
    time.now += 1
    beneath = pages.currentWidget().findChild(QPushButton)
    assert isinstance(beneath, QPushButton)
    qtbot.mouseClick(closes, Qt.MouseButton.LeftButton, pos=closes.mapFromGlobal(beneath.mapToGlobal(beneath.rect().center())))
    assert not dialog.isVisible()
    click(qtbot, pages, time, after=0.2)
    assert pages.pressed == []  # type: ignore[attr-defined]


def test_what_stands_there_for_a_while_has_been_seen_whatever_else_goes(
    pages: QStackedWidget, qtbot: QtBot, time: Time, guard: PressGuard
) -> None:
    """A hint under the mouse goes at the very press: that makes nothing new of the button beneath."""
    click(qtbot, pages, time, after=1)
    time.now += 1
    qtbot.waitUntil(lambda: not guard._settled.isActive())
    hint = QWidget()
    qtbot.addWidget(hint)
    hint.setGeometry(2_000, 2_000, 10, 10)
    hint.show()
    click(qtbot, pages, time)
    assert pages.pressed == ["first", "second"]  # type: ignore[attr-defined]


def test_where_somebody_pressed_nothing_is_put_elsewhere_until_the_press_is_over(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.setGeometry(900, 600, 50, 50)
    assert presses.calm_in(pages) == 0
    click(qtbot, pages, time, after=1)
    assert (presses.calm_in(pages), presses.calm_in(elsewhere)) == (presses.CALM, 0)
    time.now += 0.4
    assert presses.calm_in(pages) == presses.CALM - 400
    time.now += 0.3
    assert presses.calm_in(pages) == 0


def test_a_pointer_that_moved_on_waits_for_nothing(pages: QStackedWidget, qtbot: QtBot, time: Time) -> None:
    click(qtbot, pages, time, after=1)
    qtbot.mouseMove(pages.currentWidget(), QPoint(5, 5))
    assert presses.calm_in(pages) == 0


def test_what_waits_for_calm_waits_for_a_click_that_came_meanwhile_too(
    pages: QStackedWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, went = [2, 1, 0], list[int]()
    monkeypatch.setattr(presses, "calm_in", lambda _window: left.pop(0))
    presses.once_calm(pages, lambda: went.append(len(left)), wait=0)
    qtbot.waitUntil(lambda: bool(went))
    assert went == [0], "asked anew until nobody has clicked"


def test_what_is_made_shorter_by_a_click_slides_only_once_the_pointer_is_calm(qtbot: QtBot, guard: PressGuard, time: Time) -> None:
    """«Take out» of one of several pupils: the form had slid, and another control lay where the second half of a double click came."""
    above, below, take_out = QWidget(), QWidget(), QPushButton("Take out")
    for tall in (above, below):
        tall.setFixedHeight(400)
    take_out.clicked.connect(below.hide)
    area = scrolled(column_of(above, take_out, below, STRETCH))
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    QApplication.processEvents()
    area.verticalScrollBar().setValue(380)
    before = take_out.mapTo(area, QPoint())
    qtbot.mouseClick(take_out, Qt.MouseButton.LeftButton)
    for _turn in range(3):
        QApplication.processEvents()
    assert not below.isVisible()
    assert take_out.mapTo(area, QPoint()) == before
    time.now += 1
    qtbot.waitUntil(lambda: take_out.mapTo(area, QPoint()).y() > before.y())
