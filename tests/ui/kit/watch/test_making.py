"""While something is made in steps the window has its turns, and nothing half made hears of anything."""

import threading
import time

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.watch import making
from pupil_desk.ui.kit.watch.making import Making
from pupil_desk.ui.kit.words import STRETCH, column_in


def test_the_window_has_its_turn_between_two_steps_of_the_whole_and_not_of_what_is_within(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_STEP", 0.0)
    turns: list[str] = []
    QTimer.singleShot(0, lambda: turns.append("a turn"))
    made = Making()
    made.in_steps = True
    with made.of(QObject()) as pause:
        with made.of(QObject()) as pause_within:
            pause_within()
        assert made.is_under_way
        assert turns == []
        pause()
        assert turns == ["a turn"]
    assert not made.is_under_way


def test_the_first_step_ends_with_a_turn_however_little_it_was(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_STEP", 0.001)
    turns: list[str] = []
    made = Making()
    made.in_steps = True
    with made.of(QObject()) as pause:
        QTimer.singleShot(0, lambda: turns.append("a turn"))
        pause()
        assert turns == ["a turn"]
        made._worked = time.thread_time() + 1  # nothing since
        QTimer.singleShot(0, lambda: turns.append("another"))
        pause()
        assert turns == ["a turn"]


def test_a_dialog_for_files_has_a_turn_between_its_making_and_its_first_picture(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.making = Making()  # type: ignore[attr-defined]
    order: list[str] = []
    monkeypatch.setattr(Making, "turn", lambda _making: order.append("a turn"))
    monkeypatch.setattr(Dialogs, "_run", lambda _dialogs, _dialog: bool(order.append("shown")))
    ask = Dialogs()
    ask.stand_on(window)
    assert ask.folder("Where to") is None
    assert order == ["a turn", "shown"]


def test_what_cannot_be_made_is_no_longer_under_way(qtbot: QtBot) -> None:
    made = Making()
    with pytest.raises(ValueError, match="no page"), made.of(QObject()):
        raise ValueError("no page")
    assert not made.is_under_way


def test_what_is_done_beside_the_window_gives_and_raises_as_if_it_were_done_there(qtbot: QtBot) -> None:
    made = Making()
    made.in_steps = True
    turns: list[str] = []
    QTimer.singleShot(0, lambda: turns.append("a turn"))

    def work() -> str:
        assert threading.current_thread() is not threading.main_thread()
        assert made.is_under_way  # a lock waits for it
        time.sleep(0.1)
        return "done"

    assert made.beside(work) == "done"
    assert turns == ["a turn"]
    with pytest.raises(ZeroDivisionError):
        made.beside(lambda: 1 // 0)
    assert not made.is_under_way


def test_what_is_done_within_something_else_is_a_step_of_it(qtbot: QtBot) -> None:
    made = Making()
    made.in_steps = True
    with made.of(QObject()):
        assert made.beside(threading.current_thread) is threading.main_thread()
        assert made.is_under_way


def test_who_waits_for_what_is_made_asks_now_and_then_and_not_all_the_while(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In fifty turns of the window it is asked for once, where the moment to ask again is an hour away."""
    monkeypatch.setattr(making, "AGAIN", 3_600_000)
    made, owner, asked, enough = Making(), QObject(), list[bool](), threading.Event()
    made.in_steps = True

    def ask() -> None:
        asked.append(made.postpone(owner, ask))

    def turn(left: int) -> None:
        if left:
            QTimer.singleShot(0, lambda: turn(left - 1))
        else:
            enough.set()

    QTimer.singleShot(0, ask)
    turn(50)
    made.beside(enough.wait)
    assert asked == [True]


def test_who_waited_for_what_is_made_does_it_once_it_is_there(qtbot: QtBot) -> None:
    made, owner, done = Making(), QObject(), list[bool]()

    def act() -> None:
        if not made.postpone(owner, act):
            done.append(True)

    with made.of(QObject()):
        act()
        assert not done
    qtbot.waitUntil(lambda: done == [True])


def test_what_was_made_is_where_it_belongs_before_a_click_that_waited_is_heard(qtbot: QtBot) -> None:
    window, below = QWidget(), QPushButton("below")
    qtbot.addWidget(window)
    column = column_in(window, 0, below, STRETCH)
    window.show()
    before, made = below.y(), Making()
    made.in_steps = True
    column.insertWidget(0, QLabel("a line that came"))
    made.turn()
    assert below.y() > before


def _fail_after_a_turn() -> None:
    making.pause()
    assert _pointer() is Qt.CursorShape.BusyCursor
    raise ValueError("no page")


def _pointer() -> Qt.CursorShape | None:
    shown = QApplication.overrideCursor()
    return None if shown is None else shown.shape()


def test_the_pointer_is_a_busy_one_while_a_making_takes_longer_than_a_fifth_of_a_second(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_STEP", 0.0)
    assert making.SHOWN_AFTER == 200
    made = Making()
    made.in_steps = True
    with made.of(QObject()) as pause:
        pause()
        assert _pointer() is None  # a making as short as most shows nothing
    monkeypatch.setattr(making, "SHOWN_AFTER", 0)
    with made.of(QObject()) as pause:
        with made.of(QObject()) as pause_within:
            pause_within()
        assert _pointer() is None
        pause()
        assert _pointer() is Qt.CursorShape.BusyCursor
        with made.of(QObject()):
            pass
        assert _pointer() is Qt.CursorShape.BusyCursor  # the whole is not yet made
    assert _pointer() is None
    seen = threading.Event()
    look = QTimer(interval=1)
    look.timeout.connect(lambda: seen.set() if _pointer() is Qt.CursorShape.BusyCursor else None)
    look.start()
    assert made.beside(lambda: seen.wait(60))
    look.stop()
    assert _pointer() is None
    with pytest.raises(ValueError, match="no page"), made.of(QObject()):
        _fail_after_a_turn()
    assert _pointer() is None
