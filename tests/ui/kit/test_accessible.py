"""What a widget of ours is to a screen reader, on Linux and on Windows, which have not the same words for it."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit import accessible
from pupil_desk.ui.kit.accessible import AccessibleRole

Role = QAccessible.Role


@pytest.mark.parametrize(
    ("name", "on_linux", "elsewhere"),
    [("Chart", Role.Chart, Role.Graphic), ("Section", Role.Section, Role.Grouping), ("Document", Role.Document, Role.Document)],
)
def test_a_screen_reader_is_told_a_role_that_its_system_has(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: AccessibleRole, on_linux: Role, elsewhere: Role
) -> None:
    for linux, role in ((True, on_linux), (False, elsewhere)):
        monkeypatch.setattr(accessible, "_ON_LINUX", linux)
        widget = QWidget()
        qtbot.addWidget(widget)
        accessible.set_role(widget, name)
        assert QAccessible.queryAccessibleInterface(widget).role() == role
