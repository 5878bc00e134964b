"""Nobody at the PC, by the clock on the wall."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.idle import Idle


class Wall:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def idle(qtbot: QtBot, wall: Wall):  # type: ignore[no-untyped-def]
    made = Idle(5, clock=wall)
    made.told = []
    made.expired.connect(lambda: made.told.append("expired"))
    made.soon.connect(made.told.append)
    made.start()
    yield made
    made.stop()


def test_it_expires_once_after_the_minutes(idle: Idle, wall: Wall) -> None:
    wall.now += 299
    idle.look()
    assert idle.told == [1]
    wall.now += 1
    idle.look()
    idle.look()
    assert idle.told == [1, "expired"]


def test_nothing_is_said_long_before(idle: Idle, wall: Wall) -> None:
    wall.now += 269
    idle.look()
    assert idle.told == []


def test_a_key_begins_anew(idle: Idle, wall: Wall, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    wall.now += 280
    idle.look()
    qtbot.keyClick(line, Qt.Key.Key_A)
    wall.now += 280
    idle.look()
    assert idle.told == [20, 0, 20]


def test_the_first_key_after_a_sleep_does_not_reach_the_file(idle: Idle, wall: Wall, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    wall.now += 3_600
    qtbot.keyClick(line, Qt.Key.Key_A)
    assert idle.told == ["expired"]
    assert line.text() == ""


def test_a_clock_set_back_does_not_lock_later(idle: Idle, wall: Wall) -> None:
    wall.now -= 3_600
    idle.look()
    wall.now += 300
    idle.look()
    assert idle.told == ["expired"]
