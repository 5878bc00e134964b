"""The page of users, and the passwords that it shows."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.users import UsersPage
from pupil_desk.ui.pages.users.shown_once import ShownOnce


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], UsersPage]:
    def make() -> UsersPage:
        page = UsersPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.show()
        page.on_show()
        return page

    return make


@pytest.fixture
def page(open_page: Callable[[], UsersPage]) -> UsersPage:
    return open_page()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words and the password of each first password that was shown; the dialog is done with at once."""
    told: list[str] = []

    def seen(dialog: ShownOnce) -> int:
        told.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        told.append(dialog.secret.secret.toPlainText())
        dialog.accept()
        return 1

    monkeypatch.setattr(ShownOnce, "exec", seen)
    return told
