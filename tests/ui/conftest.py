"""What tests of windows stand on: a dressed application, a unit's file, and a page's context that answers for itself."""

import dataclasses
import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.backup import this_pc
from pupil_desk.services.demo.unit import OFFICER
from pupil_desk.services.demo.unit import PASSWORD as TRAINING_PASSWORD
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import calendars, units
from pupil_desk.services.unit.units import sign_out
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import staff as staff_store
from pupil_desk.ui.kit.context import Context, News
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window
from tests import trained
from tests.ui.pages import made
from tests.ui.pages.made import new_unit
from tests.ui.whole import LOW_WINDOWS, copy_at_desk, whole_window

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
USER, PASSWORD = "Dana Officer", "slow green kettle by the window"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """What a test's last step would have painted anew is not painted: its windows are closed next. All else that is waiting comes, and is heard."""
    said = yield
    for window, _before_it_closes in getattr(item, "qt_widgets", ()):
        if (there := window()) is not None and shiboken6.isValid(there):
            QCoreApplication.removePostedEvents(there, QEvent.Type.UpdateRequest)
    return said


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> Look:
    """The application, dressed in light colours at 100 %."""
    return Look(qapp, 100, "light")


@pytest.fixture(autouse=True)
def _nothing_kept(qapp: QApplication) -> Iterator[None]:
    """A test's windows are gone with it, and what it never put into one: half a megabyte each, they grew to two thousand in a run.

    Qt carries out what ``deleteLater`` asks in an event loop, and between two tests there is none.
    """
    before = QApplication.topLevelWidgets()
    yield
    for widget in QApplication.topLevelWidgets():
        if widget not in before and type(widget).__module__.startswith(
            "pupil_desk."
        ):  # Qt's own, such as the list of a completer, are another's
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """Wait a minute, not five seconds, before what should come is said to be missing: the machine may have much else to do."""
    with pytest.MonkeyPatch.context() as patch:
        for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
            patch.setitem(wait.__kwdefaults__, "timeout", 60_000)
        yield


@pytest.fixture(autouse=True)
def _any_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of a window turns on whether this machine's own disk is encrypted."""
    monkeypatch.setattr(this_pc, "_encryption", lambda _path: DiskEncryption.NOT_KNOWN)


@pytest.fixture(scope="session")
def _unit_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ui-pattern") / "unit.pupildesk"
    settings = UnitSettings(name="Larkshire Unit", la="919", estab="1100")
    desk, _code = units.create_unit(path, settings, user=USER, password=PASSWORD, clock=FixedClock(NOW), cost=FLOOR)
    calendars.confirm_calendar(desk)
    desk.vault.close()
    return path


@pytest.fixture
def desk(_unit_pattern: Path, tmp_path: Path) -> Iterator[Desk]:
    """A data officer at an empty unit's desk, on 24 November 2026."""
    folder = tmp_path / "unit"
    shutil.copytree(_unit_pattern.parent, folder)
    opened = units.sign_in(folder / _unit_pattern.name, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    yield opened
    opened.vault.close()


@pytest.fixture(scope="session")
def invented_unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the unit of ``pages/made.py``, closed, to be copied."""
    folder = tmp_path_factory.mktemp("invented")
    sign_out(new_unit(folder))
    return folder


@pytest.fixture
def invented_desk(invented_unit: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of it."""
    with copy_at_desk(invented_unit, tmp_path, made.USER, made.PASSWORD) as opened:
        yield opened


@pytest.fixture(scope="session")
def training_unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a training unit, closed, to be copied."""
    folder = tmp_path_factory.mktemp("training")
    sign_out(trained.training_unit(folder / "unit.pupildesk", clock=made.CLOCK).desk)
    return folder


@pytest.fixture
def training_desk(training_unit: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of it."""
    with copy_at_desk(training_unit, tmp_path, OFFICER, TRAINING_PASSWORD) as opened:
        yield opened


@pytest.fixture(params=LOW_WINDOWS)
def low_window(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path, look: Look, request: pytest.FixtureRequest
) -> Iterator[tuple[Window, int]]:
    """A low window, and how many rows are seen in it at the least."""
    width, height, percent, rows = LOW_WINDOWS[request.param]
    look.set_text_size(percent)
    made = whole_window(qtbot, training_desk, tmp_path, width, height)
    made.show()
    yield made, rows
    look.set_text_size(100)


@pytest.fixture
def desk_as(desk: Desk) -> Callable[[Role], Desk]:
    """The same desk with a colleague of another role at it."""

    def seat(role: Role) -> Desk:
        member = StaffMember(id=f"staff-{role.value}", name=f"{role.label} Person", role=role)
        with desk.vault.transaction():
            staff_store.add(desk.vault, member)
        return dataclasses.replace(desk, user=member)

    return seat


@pytest.fixture
def nameless() -> Callable[[QWidget], list[str]]:
    """The widgets inside one that take the focus and that a screen reader has no words for."""

    def look(widget: QWidget) -> list[str]:
        able = [
            each
            for each in widget.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is widget.window() and not each.isHidden()
        ]
        return [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in able if not _words_of(each)]

    return look


def _words_of(widget: QWidget) -> str:
    if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox):
        return "part of another"
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else widget.accessibleName()


@pytest.fixture
def answers() -> Answers:
    """Answers to the questions that a page asks: append to ``answers.answers``, and read ``answers.asked``."""
    return Answers()


@pytest.fixture
def context(qapp: QApplication, desk: Desk, answers: Answers, tmp_path: Path) -> Context:
    """What a page is made with, outside a window."""
    return Context(desk=desk, jobs=ImmediateJobs(), ask=answers, news=News(), banner=Banner(), memory=Memory(tmp_path / "window.json"))
