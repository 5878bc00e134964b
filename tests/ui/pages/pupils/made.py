"""Short ways to use the page of pupils: whom it lists, whom it finds, what is typed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.frame import PaperView


def names(page: PupilsPage) -> list[str]:
    return [page.list.table.cell(place, "name") for place in range(len(page.list.table.rows))]


def find(qtbot: QtBot, page: PupilsPage, text: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    page.list.find_box.clear()
    qtbot.keyClicks(page.list.find_box, text)
    if key is not None:
        qtbot.keyClick(page.list.find_box, key)


def write(page: PupilsPage, name: str, text: str) -> None:
    page.view.turn_to("details")
    page.view.parts["details"].form.take_draft({name: text})  # type: ignore[attr-defined]


def views(desk: Desk) -> int:
    return sum(row["action"] == "view" for row in desk.vault.rows("SELECT action FROM log"))


def looked_at(desk: Desk) -> list[str]:
    """Whose records the log says were looked at, in order."""
    called = {pupil.id: pupil.forename for pupil in pupils.all_pupils(desk)}
    return [
        called[row["object_id"]] for row in desk.vault.rows("SELECT action, object_id FROM log ORDER BY seq") if row["action"] == "view"
    ]


def said(view: PaperView) -> str:
    """The words of every page in view."""
    pages = view.paper.view._pages
    return " ".join(" ".join(pages.words(number) for number in range(len(pages))).split()) if pages is not None else ""


def log(desk: Desk, reason: str) -> int:
    return sum(row["reason"].startswith(reason) for row in desk.vault.rows("SELECT reason FROM log"))


def printer(sent: list[bytes]) -> Callable[..., bool]:
    def send(data: bytes, _parent: QWidget, **_more: object) -> bool:
        sent.append(data)
        return True

    return send
