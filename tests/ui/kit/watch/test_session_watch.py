"""What Windows' messages say of the person at the PC, read as Windows lays them out.

Nobody at the PC, by the clock on the wall.
"""

import ctypes

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch.session_watch import Idle, Left, Messages, SessionWatch, meaning

SESSION, POWER, END, MOVE = 0x02B1, 0x0218, 0x0016, 0x0200


@pytest.mark.parametrize(
    ("message", "wparam", "why"),
    [
        (SESSION, 7, Left.LOCKED),
        (SESSION, 2, Left.SWITCHED),
        (SESSION, 4, Left.DISCONNECTED),
        (SESSION, 6, Left.ENDING),
        (POWER, 4, Left.ASLEEP),
        (POWER, 7, Left.ASLEEP),
        (POWER, 18, Left.ASLEEP),
        (END, 1, Left.ENDING),
    ],
)
def test_the_person_left(message: int, wparam: int, why: Left) -> None:
    assert meaning(message, wparam) is why


@pytest.mark.parametrize(
    ("message", "wparam"),
    [
        (SESSION, 1),  # at the console
        (SESSION, 3),  # a remote desk is joined
        (SESSION, 5),  # signed in
        (SESSION, 8),  # unlocked
        (POWER, 10),  # the battery's state
        (POWER, 0x8013),  # a setting of the power plan
        (END, 0),  # the shutdown was called off
        (MOVE, 7),
    ],
)
def test_nobody_left(message: int, wparam: int) -> None:
    assert meaning(message, wparam) is None


def msg(number: int, wparam: int) -> ctypes.Array[ctypes.c_ubyte]:
    """Windows' MSG on a 64-bit PC: the window, the number, the gap, wparam, lparam, the time and the place."""
    parts = [(0x1234).to_bytes(8, "little"), number.to_bytes(4, "little"), b"\xff" * 4, wparam.to_bytes(8, "little"), b"\xff" * 24]
    whole = b"".join(parts)
    return (ctypes.c_ubyte * len(whole)).from_buffer_copy(whole)


def test_of_all_messages_only_the_watched_are_handed_on_and_none_is_kept_from_the_window() -> None:
    heard: list[tuple[int, int]] = []
    messages = Messages(lambda number, wparam: heard.append((number, wparam)))
    answers = []
    for number, wparam in ((MOVE, 7), (SESSION, 7), (0x0113, 4), (POWER, 4), (END, 1)):
        kept = msg(number, wparam)
        answers.append(messages.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(kept)))
    assert heard == [(SESSION, 7), (POWER, 4), (END, 1)]
    assert answers == [(False, 0)] * 5


def test_it_says_why(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch, said = SessionWatch(window), []
    watch.left.connect(said.append)
    watch.start()
    for number, wparam in ((SESSION, 7), (SESSION, 8), (POWER, 4)):
        watch.on_message(number, wparam)
    watch.ending(None)  # type: ignore[arg-type]  # no test can make Qt's session manager
    watch.stop()
    assert said == ["locked", "asleep", "ending"]


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
