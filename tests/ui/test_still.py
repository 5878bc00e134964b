"""No control moves under the pointer: every button of every page of the training unit is clicked, and what lies under the pointer then is looked at."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.services.selftest import Check
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.ui.kit.forms import field, summary
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record import telling
from pupil_desk.ui.pages.this_pc import page as this_pc_page
from pupil_desk.ui.window import Window
from tests.trained import training_unit
from tests.ui.pages.made import CLOCK
from tests.ui.still import SafeAnswers, click_and_watch, in_sight, name_of

_LONG_ENOUGH = 60  # ms: work is done at once here, so what a click moves has moved by then
_MOST = 20  # buttons of a page: Home has a line for each thing to do, and they are all alike


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("still") / "unit.pupildesk"
    sign_out(training_unit(place, number=20, clock=CLOCK).desk)
    return place


@pytest.fixture(scope="module")
def window(training: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One for all pages: each begins anew."""
    desk, folder = sign_in(training, name=OFFICER, password=PASSWORD, clock=CLOCK), tmp_path_factory.mktemp("window")
    with pytest.MonkeyPatch.context() as patch:
        for dialog in (QDialog, QPrintDialog):
            patch.setattr(dialog, "exec", lambda *_how: QDialog.DialogCode.Rejected)
        patch.setattr(QDesktopServices, "openUrl", lambda *_address: True)
        patch.setattr(
            this_pc_page, "check_installation", lambda _job: [Check("fonts", False, "One is missing."), Check("engine", True, "")]
        )
        for module in (field, summary, telling):
            patch.setattr(module, "CALM", 3_600_000)  # what is said once a click is over comes in no test, however slow this machine is
        made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=SafeAnswers(), memory=Memory(folder / "window.json"), training=True)
        made.resize(1366, 768)
        made.go("home")
        made.show()
        yield made
        made.page.discard()
        made.close()
        made.deleteLater()
    desk.vault.close()


def buttons(window: Window, named: str | None = None) -> Iterator[tuple[tuple[str, int], QWidget]]:
    """Those of the page that can be pressed, or those of one name, by their names and the place among those of the same name."""
    page, alike = window.stack.currentWidget(), Counter[str]()
    assert page is not None
    for widget in page.findChildren(QAbstractButton):
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not window:
            continue
        name = name_of(widget)
        if named in (None, name) and in_sight(widget) is not None:
            yield (name, alike[name]), widget
            alike[name] += 1


def button_of(window: Window, key: tuple[str, int]) -> QWidget | None:
    return next((widget for found, widget in buttons(window, key[0]) if found == key), None)


def _begin_anew(window: Window, page: str) -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    window.page.discard()
    window.go("home" if page != "home" else "help")
    window.page.discard()
    window.go(page)
    QApplication.processEvents()


@pytest.mark.parametrize("page", [kind.name for kind in pages()])
def test_no_button_of_a_page_moves_a_control_under_the_pointer(window: Window, page: str) -> None:
    _begin_anew(window, page)
    moved = []
    for key, _widget in list(islice(buttons(window), _MOST)):
        if (button := button_of(window, key)) is None:
            _begin_anew(window, page)
            button = button_of(window, key)
        if button is not None:
            moved += click_and_watch(button, milliseconds=_LONG_ENOUGH)
        if window.page.name != page or QApplication.activePopupWidget() is not None:
            _begin_anew(window, page)
    assert not moved, "\n".join(map(str, moved))


def test_a_control_that_layout_puts_under_the_pointer_is_found(qtbot: QtBot) -> None:
    """The watcher itself: a line that appears above two buttons pushes the first where the second was."""
    window = QWidget()
    column = QVBoxLayout(window)
    line, first, second = QPushButton("A line that comes"), QPushButton("First"), QPushButton("Second")
    for part in (line, first, second):
        column.addWidget(part)
    column.addStretch(1)
    line.hide()
    second.clicked.connect(line.show)
    qtbot.addWidget(window)
    window.resize(300, 300)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    assert [moved.control for moved in click_and_watch(second)] == ["QPushButton «First»"]
    assert click_and_watch(first) == []
