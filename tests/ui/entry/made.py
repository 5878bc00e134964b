"""Reading an entry as a person does, and working it by keys."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.unit import staff, units
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.ui.entry.entry import Entry
from tests.ui.conftest import NOW, PASSWORD, USER

COLLEAGUE, FIRST = "Olu Brand", "first words given once"


def unit_file(folder: Path) -> tuple[Path, str]:
    """A unit's file with a data officer, and a colleague with a first password; and its recovery code."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "unit.pupildesk"
    settings = UnitSettings(name="Larkshire Unit", la="919", estab="1100")
    desk, code = units.create_unit(path, settings, user=USER, password=PASSWORD, clock=FixedClock(NOW), cost=FLOOR)
    staff.add_user(desk, COLLEAGUE, Role.OFFICE, FIRST)
    desk.vault.close()
    return path, code


def title(entry: Entry) -> str:
    return entry.panel.accessibleName()


def words(entry: Entry) -> str:
    """Everything that stands on the step, as one text."""
    return " | ".join(part.text() for part in entry.panel.findChildren(QLabel) if not part.isHidden())


def said(entry: Entry) -> str:
    """What is wrong, as the step says it; empty for nothing."""
    return " ".join(line.words for line in entry.panel.problem.lines) if entry.panel.problem.isVisible() else ""


def press(entry: Entry, text: str) -> None:
    found = [each for each in entry.panel.findChildren(QPushButton) if each.text().replace("&", "").startswith(text)]
    assert found, f"no button «{text}» among {[each.text() for each in entry.panel.findChildren(QPushButton)]}"
    found[0].click()


def type_in(qtbot: QtBot, line: QLineEdit, text: str, *, enter: bool = False) -> None:
    line.setFocus()
    line.clear()
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(line, Qt.Key.Key_Return)


def sign_in_as(qtbot: QtBot, entry: Entry, name: str, password: str) -> None:
    panel = entry.panel
    type_in(qtbot, panel.name, name)  # type: ignore[attr-defined]
    type_in(qtbot, panel.password, password, enter=True)  # type: ignore[attr-defined]
