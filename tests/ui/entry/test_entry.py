"""The window before a file is open: where it stands, and the help over it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.talk.help_text import HelpOver
from pupil_desk.ui.kit.watch.memory import Memory, put_where_it_was
from tests.ui.conftest import PASSWORD, USER
from tests.ui.entry.conftest import OpenEntry
from tests.ui.entry.made import press, sign_in_as, unit_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A unit's file, closed."""
    return unit_file(tmp_path / "office")[0]


def test_f1_tells_of_signing_in_before_anybody_has_signed_in(qtbot: QtBot, open_entry: OpenEntry, file: Path) -> None:
    entry = open_entry(file)
    heads = []
    for link in ("", "I have forgotten my password"):
        if link:
            press(entry, link)
        qtbot.keyClick(entry.focusWidget(), Qt.Key.Key_F1)
        over = entry.findChildren(HelpOver)[-1]
        assert over.isVisible()
        assert abs(over.text.cursorRect().top()) < over.text.height() // 4, "it is read from there"
        heads.append(over.text.textCursor().block().text())
        qtbot.keyClick(over.text, Qt.Key.Key_Escape)
        assert not over.isVisible()
    assert heads == ["Signing in", "The recovery code"]


@pytest.mark.parametrize("fills_the_screen", [False, True])
def test_the_window_comes_as_sign_in_was_made_to_stand(
    qtbot: QtBot, open_entry: OpenEntry, file: Path, memory: Memory, desks: list[Desk], fills_the_screen: bool
) -> None:
    entry, window, usual = open_entry(file), QWidget(), QSize(640, 480)
    qtbot.addWidget(window)
    if fills_the_screen:
        entry.showMaximized()
    sign_in_as(qtbot, entry, USER, PASSWORD)
    assert len(desks) == 1
    put_where_it_was(window, memory, usual, QSize(100, 100))
    assert window.isMaximized() is fills_the_screen
    assert fills_the_screen or window.size() == usual, "nobody has put sign-in anywhere"
