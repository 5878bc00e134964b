"""A unit of twelve on a Tuesday at half past one: both sessions have begun, and nothing is marked."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.register import RegisterPage
from pupil_desk.ui.window import Window

TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)
AM, PM = Session.AM, Session.PM
MORE = (("Ives", "Noa"), ("Joyce", "Max"), ("King", "Lola"), ("Lowe", "Sam"), ("Moss", "Ada"), ("Nash", "Ben"))


@pytest.fixture
def desk(desk: Desk) -> Desk:
    for surname, forename in MORE:
        pupil = Pupil(surname=surname, forename=forename, dob=date(2012, 1, 9))
        pupils.add_pupil(desk, pupil, Enrolment(status="C", start_date=date(2026, 9, 2)))
    return Desk(desk.vault, desk.user, FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))


class Room:
    """The real window with the register open, and what is in the file."""

    def __init__(self, qtbot: QtBot, window: Window, desk: Desk) -> None:
        self.qtbot, self.window, self.desk = qtbot, window, desk
        assert isinstance(window.page, RegisterPage)
        self.page = window.page
        self.grid = self.page.grid
        self.pressed = 0

    def press(self, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Real key events, to whatever has the focus."""
        for key in keys:
            self.pressed += 1
            at = QApplication.focusWidget() or self.window
            if isinstance(key, str):
                self.qtbot.keyClicks(at, key)
            else:
                self.qtbot.keyClick(at, key, held)

    def kept(self, session: Session = AM, day: date = TODAY) -> list[str | None]:
        """The codes in the file, pupil by pupil."""
        return [row.cells[day, session].code if (day, session) in row.cells else None for row in register.view(self.desk, day, day).rows]

    def draft(self) -> list[str]:
        return [mark.code for mark in self.page.marking.unsaved.marks]

    def enter(self, row: int, code: str, session: Session = AM, day: date = TODAY, reason: str = "") -> str:
        """A mark made elsewhere; returns the pupil's id."""
        pupil_id = register.view(self.desk, day, day).rows[row].pupil_id
        register.mark(self.desk, [Mark(pupil_id=pupil_id, day=day, session=session, code=code)], reason=reason)
        self.page.refresh()
        return pupil_id


@pytest.fixture
def room(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> Room:
    window = Window((RegisterPage,), desk=desk, jobs=ImmediateJobs(), ask=answers, memory=Memory(tmp_path / "window.json"))
    qtbot.addWidget(window, before_close_func=lambda closing: closing.page.discard())
    window.resize(1180, 780)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("register")
    return Room(qtbot, window, desk)
