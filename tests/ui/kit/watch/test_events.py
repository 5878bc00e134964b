"""One filter of the application stands for all who watch it, and asks them only about the kinds they named."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui import start
from pupil_desk.ui.kit.watch.events import unwatched, watch_events, watch_no_more
from pupil_desk.ui.kit.watch.session_watch import Idle

ASKED, OTHER = QEvent.Type.WhatsThisClicked, QEvent.Type.ToolBarChange


class Watcher(QObject):
    """Notes what it is asked about, and keeps it from the others if it is to."""

    def __init__(self, heard: list[str], name: str, *, takes: bool = False) -> None:
        super().__init__()
        self.heard, self.name, self.takes = heard, name, takes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.append(f"{self.name} {event.type().name}")
        return self.takes


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def watch() -> Iterator[list[Watcher]]:
    """Those who watch: they no longer do after the test."""
    watching: list[Watcher] = []
    yield watching
    for watcher in watching:
        watch_no_more(watcher)


def send(widget: QWidget, *kinds: QEvent.Type) -> None:
    for kind in kinds:
        QApplication.sendEvent(widget, QEvent(kind))


def test_a_watcher_is_asked_about_its_kinds_alone_and_no_more_once_it_stops(qtbot: QtBot, heard: list[str], watch: list[Watcher]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    watch.append(Watcher(heard, "one"))
    watch_events(watch[0], ASKED)
    send(widget, ASKED, OTHER)
    assert heard == ["one WhatsThisClicked"]
    watch_no_more(watch[0])
    send(widget, ASKED)
    assert len(heard) == 1


def test_who_came_last_is_asked_first_and_what_it_takes_goes_no_further(qtbot: QtBot, heard: list[str], watch: list[Watcher]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    watch += [Watcher(heard, "first"), Watcher(heard, "last")]
    for watcher in watch:
        watch_events(watcher, ASKED)
    send(widget, ASKED)
    assert heard == ["last WhatsThisClicked", "first WhatsThisClicked"]
    watch[1].takes = True
    send(widget, ASKED)
    assert heard[2:] == ["last WhatsThisClicked"]


def test_while_something_is_made_nobody_is_asked_and_then_all_hear_that_it_appeared(
    qtbot: QtBot, heard: list[str], watch: list[Watcher]
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    watch.append(Watcher(heard, "one"))
    watch_events(watch[0], ASKED, QEvent.Type.Show)
    with unwatched(widget):
        send(widget, ASKED, QEvent.Type.Show)
    assert heard == ["one Show"]
    send(widget, ASKED)
    assert heard == ["one Show", "one WhatsThisClicked"]


def test_who_stops_meanwhile_is_asked_no_more(qtbot: QtBot, heard: list[str], watch: list[Watcher]) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    watch.append(Watcher(heard, "one"))
    watch_events(watch[0], QEvent.Type.Show)
    with unwatched(widget):
        watch_no_more(watch[0])
    assert heard == []


def test_all_that_the_program_watches_costs_one_filter(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event of each widget passes each filter: some thousands while a page is made."""
    filters: list[QObject] = []
    monkeypatch.setattr(QCoreApplication, "installEventFilter", lambda _app, one: filters.append(one), raising=False)
    watching = [*start.watch(qapp, lambda: None), idle := Idle(5)]
    idle.start()
    for watcher in watching:
        watcher.stop()
    assert len(filters) == 1
