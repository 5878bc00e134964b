"""The cursor is where it was: after a lock and the way back, after Ctrl+S, after an act in the place of a form."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_in
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.session import Session
from tests.ui.pages.made import CLOCK, PASSWORD, USER, pupil_called

type Begin = Callable[[Desk], Session]


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path) -> Iterator[Begin]:
    """Begins a session with every page of the program."""
    made: list[Session] = []

    def make(desk: Desk) -> Session:
        session = Session(desk, pages(), ImmediateJobs(), Answers(), Memory(tmp_path / "window.json"), restart=lambda _path, _name: None)
        made.append(session)
        qtbot.addWidget(session.window, before_close_func=lambda window: setattr(window, "is_gone", True))
        session.window.resize(1366, 737)
        session.begin()
        qtbot.waitUntil(session.window.isActiveWindow)
        return session

    yield make
    for session in made:
        session._stop()


def field(session: Session, name: str) -> QWidget:
    """The field of that item in the details of the pupil in view."""
    page = session.window.page
    assert isinstance(page, PupilsPage)
    return page.view.part.form.fields[name].editor.field  # type: ignore[attr-defined, no-any-return]


def open_details(session: Session, forename: str) -> None:
    session.window.go("pupils", pupil_called(session.desk, forename).id)
    page = session.window.page
    assert isinstance(page, PupilsPage)
    page.view.edit()


@pytest.mark.parametrize("name", ["town", "medical"])
def test_after_a_lock_it_is_where_it_was_in_the_words_typed(begin: Begin, desk: Desk, qtbot: QtBot, name: str) -> None:
    session, path = begin(desk), desk.vault.path
    open_details(session, "Theo")
    box = field(session, name)
    box.setFocus()
    qtbot.keyClicks(box, "North of the river")
    for _step in range(9):
        qtbot.keyClick(box, Qt.Key.Key_Left)
    session.lock()
    again = begin(sign_in(path, name=USER, password=PASSWORD, clock=CLOCK))
    qtbot.waitUntil(lambda: again.window.focusWidget() is field(again, name))
    box = field(again, name)
    qtbot.keyClicks(box, "great ")
    text = box.text() if isinstance(box, QLineEdit) else box.toPlainText() if isinstance(box, QPlainTextEdit) else ""
    assert "North of great the river" in text
    assert not box.visibleRegion().isEmpty()
    again.window.page.discard()
    again.desk.vault.close()


def press_save(session: Session) -> None:
    next(act for act in session.window.actions() if isinstance(act, QAction) and act.shortcut().toString() == "Ctrl+S").trigger()


@pytest.mark.parametrize("name", ["surname", "town", "postcode", "medical"])
def test_after_ctrl_s_it_stays_in_the_field_where_one_typed(begin: Begin, desk: Desk, qtbot: QtBot, name: str) -> None:
    session = begin(desk)
    open_details(session, "Theo")
    box = field(session, name)
    box.setFocus()
    qtbot.keyClicks(box, "x" if name != "postcode" else "")
    field(session, "town").setText("Larkstone")  # type: ignore[attr-defined]
    qtbot.keyClick(box, Qt.Key.Key_End)
    qtbot.keyClick(box, Qt.Key.Key_Left)
    at = box.cursorPosition() if isinstance(box, QLineEdit) else box.textCursor().position()  # type: ignore[attr-defined]
    press_save(session)
    QApplication.processEvents()
    assert not session.window.page.dirty
    assert QApplication.focusWidget() is box
    assert at == (box.cursorPosition() if isinstance(box, QLineEdit) else box.textCursor().position())  # type: ignore[attr-defined]


def test_after_a_move_it_is_on_the_way_to_the_next(begin: Begin, desk: Desk, qtbot: QtBot) -> None:
    session = begin(desk)
    open_details(session, "Theo")
    part = session.window.page.view.part  # type: ignore[attr-defined]
    part.begin_move()
    part.moving.form.take_draft({"address_1": "12 New Road", "town": "Larkfield", "postcode": "AL28 3QN"})
    part.moving.day.line.setFocus()
    qtbot.keyClicks(part.moving.day.line, "20/11/2026")
    qtbot.mouseClick(part.moving.move_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert session.window.banner.words == "1 record changed to the new address."
    assert QApplication.focusWidget() is part.move_button


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_after_a_move_by_the_keyboard_too(begin: Begin, desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    session = begin(desk)
    open_details(session, "Theo")
    part = session.window.page.view.part  # type: ignore[attr-defined]
    part.begin_move()
    part.moving.form.take_draft({"address_1": "12 New Road", "town": "Larkfield", "postcode": "AL28 3QN"})
    part.moving.day.set_text("20/11/2026")
    part.moving.move_button.setFocus()
    qtbot.keyClick(part.moving.move_button, key)
    QApplication.processEvents()
    assert session.window.banner.words == "1 record changed to the new address."
    assert QApplication.focusWidget() is part.move_button


def test_after_a_line_is_taken_away_it_is_on_the_list(begin: Begin, desk: Desk, qtbot: QtBot) -> None:
    session = begin(desk)
    session.window.go("pupils", pupil_called(desk, "Theo").id)
    view = session.window.page.view  # type: ignore[attr-defined]
    view.turn_to("contacts")
    part = view.part
    session.window.context.ask.answers = ["Entered twice"]  # type: ignore[attr-defined]
    part.take_button.setFocus()
    qtbot.keyClick(part.take_button, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert session.window.banner.words.startswith("Taken away.")
    assert QApplication.focusWidget() is part.table
