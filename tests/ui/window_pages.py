"""Made-up pages of the window: one to start on, one with a record that may be changed, one for a data officer."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from pupil_desk.domain.changes import Changed
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.page import Page


class Home(Page):
    name, title, icon = "home", "Home", "house"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.line = QLineEdit()
        self.line.setAccessibleName("Find")
        self.column.addWidget(self.line)
        self.told: list[Changed] = []
        self.called: list[str] = []

    def on_change(self, changed: Changed) -> None:
        self.told.append(changed)

    def search(self) -> None:
        self.line.setFocus()

    def refresh(self) -> None:
        self.called.append("refresh")

    def print_(self) -> None:
        self.called.append("print")


class Record(Page):
    name, title, icon = "record", "Record", "user"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.line = QLineEdit()
        self.line.setAccessibleName("Surname")
        self.column.addWidget(self.line)
        self.kept, self.at = "", None

    def on_show(self, object_id: str | None = None) -> None:
        self.at = object_id

    @property
    def dirty(self) -> bool:
        return self.line.text() != self.kept

    def save(self) -> bool:
        if not self.line.text():
            return False
        self.kept = self.line.text()
        return True

    def discard(self) -> None:
        self.line.setText(self.kept)

    def draft(self) -> dict[str, Any] | None:
        return {"line": self.line.text()} if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.line.setText(draft["line"])


class People(Page):
    name, title, icon, action = "people", "Users", "users", Action.MANAGE_USERS
