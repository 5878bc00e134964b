"""Made-up pages for one person's time at the desk, and what is kept and logged of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabBar
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import drafts, units
from pupil_desk.store.tables import ledger
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs, Jobs
from pupil_desk.ui.kit.page import BESIDE, Page
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.session import BACKUP_FOLDER, Session
from tests.ui.conftest import NOW, PASSWORD, USER


class Home(Page):
    name, title, icon = "home", "Home", "house"


class Help(Page):
    name, title, icon = "help", "Help", "question"

    def on_show(self, object_id: str | None = None) -> None:
        self.topic = object_id


class Record(Page):
    """One line; what is kept stands in a file of the test."""

    name, title, icon = "record", "Record", "user"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.line = QLineEdit()
        self.line.setAccessibleName("Surname")
        self.column.addWidget(self.line)
        self.tabs = QTabBar()
        for words in ("Details", "Contacts"):
            self.tabs.addTab(words)
        self.column.addWidget(self.tabs)
        self.kept, self.at = "", ""

    def on_show(self, object_id: str | None = None) -> None:
        self.at = object_id or self.at

    @property
    def dirty(self) -> bool:
        return self.line.text() != self.kept

    def save(self) -> bool:
        self.kept = self.line.text()
        return True

    def discard(self) -> None:
        self.line.setText(self.kept)

    def draft(self) -> dict[str, Any] | None:
        return {"id": self.at, "line": self.line.text()} if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.line.setText(draft["line"])
        self.tabs.setCurrentIndex({"second": 1}[draft["tab"]] if "tab" in draft else self.tabs.currentIndex())


class Reading(Page):
    """A file that is open, and may be left so."""

    name, title, icon = "reading", "Reading", "file"
    file = ""

    @property
    def has_draft(self) -> bool:
        return bool(self.file)

    def draft(self) -> dict[str, Any] | None:
        return {BESIDE: True, "line": self.file} if self.file else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.file = draft["line"]


TOO_LATE = 3_000  # ms
type Begin = Callable[..., Session]


def type_into(session: Session, text: str, object_id: str = "p1") -> Record:
    session.window.go("record", object_id)
    record = session.window.page
    assert isinstance(record, Record)
    record.line.setText(text)
    return record


def kept(desk: Desk) -> list[tuple[str, str, object]]:
    return [(draft.page, draft.object_id, draft.typed["line"]) for draft in drafts.own_drafts(desk)]


def log_of(path: Path) -> list[str]:
    desk = units.sign_in(path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    found = [row["action"] for row in ledger.log_rows(desk.vault)]
    desk.vault.close()
    return found[1:]  # without this sign-in


@pytest.fixture
def restarted() -> list[Path]:
    """The files for which the program was started again."""
    return []


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, answers: Answers, restarted: list[Path], tmp_path: Path) -> Begin:
    """Begins a session on a desk; ``folder`` is where the last backup went."""
    made: list[Session] = []

    def make(seat: Desk = desk, *, folder: Path | None = None, ask: Any = answers, jobs: Jobs | None = None) -> Session:
        memory = Memory(tmp_path / "window.json")
        memory.keep(BACKUP_FOLDER, str(folder) if folder else None)
        session = Session(
            seat, (Home, Record, Reading, Help), jobs or ImmediateJobs(), ask, memory, restart=lambda path, _name: restarted.append(path)
        )
        made.append(session)
        qtbot.addWidget(session.window, before_close_func=lambda window: setattr(window, "is_gone", True))
        session.begin()
        qtbot.waitUntil(lambda: session.window.isActiveWindow() or QApplication.activeModalWidget() is not None)
        return session

    yield make  # type: ignore[misc]
    for session in made:
        session._watch.stop()
        session.idle.stop()
        session._drafts.stop()
        session._uncaught.remove()
