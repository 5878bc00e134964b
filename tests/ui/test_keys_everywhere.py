"""Keys on every page, part and pane of the training unit: each underlined letter is heard by its own button, and Enter leads on from each list."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_out
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.home.duty_card import DutyLine
from pupil_desk.ui.window import Window
from tests import trained
from tests.ui.pages.made import CLOCK
from tests.ui.scenes import busiest, scenes
from tests.ui.test_letters import twice
from tests.ui.whole import whole_window

ONLY_READ = {"What has changed", "What the law asks", "How long things are kept", "The numbers"}  # nothing is done with a line of these


@pytest.fixture(scope="module")
def training_unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one: its window is made for each test."""
    folder = tmp_path_factory.mktemp("keys")
    sign_out(trained.training_unit(folder / "unit.pupildesk", number=20, clock=CLOCK).desk)
    return folder


@pytest.fixture
def desk(training_desk: Desk) -> Desk:
    return training_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, desk, tmp_path, 1366, 737)
    made.go("home")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


class _Ear(QObject):
    """Hears which widget a letter goes to, and keeps it from acting."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[QObject, bool]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent):
            self.heard.append((watched, event.isAmbiguous()))
            return True
        return False

    def hears(self, window: Window, key: QKeySequence, widget: QWidget) -> bool:
        self.heard = []
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        QTest.keyClick(window.windowHandle(), key[0].key(), Qt.KeyboardModifier.AltModifier)
        app.removeEventFilter(self)
        return (widget, False) in self.heard


def _lettered(window: Window) -> Iterator[tuple[QWidget, str, QKeySequence]]:
    for widget in tuple(in_view(window)):
        words = ""
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            words = widget.text() if widget.isEnabled() else ""
        if isinstance(widget, QLabel) and words and not widget.buddy().isEnabled():
            continue
        if words and not (key := QKeySequence.mnemonic(words)).isEmpty():
            yield widget, words, key


def _opens_nothing(window: Window) -> set[str]:
    tables = (table for table in window.findChildren(Table) if not table.receivers(SIGNAL("opened(PyObject)")))
    return {table.accessibleName() for table in tables} - ONLY_READ


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.torture)])
def test_each_letter_is_heard_by_its_own_button_and_enter_leads_on_from_each_list(
    window: Window, desk: Desk, tmp_path: Path, everywhere: bool
) -> None:
    ear, pressed, wrong = _Ear(), set[str](), dict[str, object]()

    def look(name: str) -> None:
        QApplication.processEvents()
        assert window.isActiveWindow(), f"{name}: another window took the keyboard"
        for widget, words, key in list(_lettered(window)):
            if words not in pressed and not ear.hears(window, key, widget):
                wrong[f"{name}: {words}"] = ear.heard
            pressed.add(words)
        if both := twice(window):
            wrong[name] = both
        if silent := _opens_nothing(window):
            wrong[f"{name}: Enter"] = silent

    for page in pages():
        window.go(page.name)
        look(page.name)
    if everywhere:
        for name, turn in scenes(window, busiest(desk), tmp_path):
            turn()
            look(name)
    assert wrong == {}
    assert len(pressed) > (150 if everywhere else 60)


def _lines_of_home(window: Window) -> dict[str, LinkLine]:
    """Those of every group, with the things that a line counts one by one."""
    window.go("home")
    lines = dict[str, LinkLine]()
    for group in window.page.groups.values():  # type: ignore[attr-defined]
        if not group.is_open:
            group.fold.click()
        for line in group.card.lines if group.card is not None else ():
            if isinstance(line, DutyLine):
                group.card.show_items(line, shown=True)
        lines |= {line.accessibleName(): line for line in (group.card.lines if group.card is not None else ())}
    return lines


@pytest.mark.parametrize("one_of", [16, pytest.param(1, marks=pytest.mark.torture)])
def test_enter_on_each_line_of_home_opens_what_it_names(window: Window, one_of: int) -> None:
    """The suite presses Enter on one of sixteen: Home is made anew for each."""
    names = list(_lines_of_home(window))
    assert len(names) > 20
    still = []
    for name in names[::one_of]:
        line = _lines_of_home(window)[name]
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_Return)
        if window.page.name == "home":
            still.append(name)
    assert still == []


def test_the_keys_of_the_window_act_in_a_line_of_text_too(window: Window) -> None:
    """On Linux Qt's line takes Ctrl+E for the end of the line; here any line of text that claims a key is given it last."""

    class Greedy(QLineEdit):
        def event(self, event: QEvent) -> bool:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return super().event(event)

    box, opened = Greedy(window.page), []
    box.show()
    box.setFocus()
    act = next(act for act in window.actions() if act.shortcut().toString() == "Ctrl+E")
    act.triggered.disconnect()
    act.triggered.connect(lambda _checked: opened.append(True))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert opened == [True]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_X)
    assert box.text() == "x"


def _press(window: Window, words: str) -> None:
    button = next(
        each
        for each in window.page.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.text().replace("&", "").startswith(words)
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QApplication.processEvents()


def _type_in(window: Window, part: str) -> QWidget:
    window.go("pupils", busiest(window.context.desk))
    view = window.page.view  # type: ignore[attr-defined]
    view.turn_to(part)
    field: QWidget = view.part.form.fields["town"].editor.field
    field.setFocus()
    QTest.keyClicks(field, "x")
    return field


@pytest.mark.parametrize(("part", "button"), [("details", "Save"), ("details", "Put back"), ("contacts", "Save")])
def test_after_a_save_by_the_button_the_cursor_is_where_it_was_typed(window: Window, part: str, button: str) -> None:
    field = _type_in(window, part)
    _press(window, button)
    assert QApplication.focusWidget() is field


@pytest.mark.parametrize("button", ["Save", "Put back"])
def test_after_settings_are_saved_by_the_button_the_cursor_is_where_it_was_typed(window: Window, button: str) -> None:
    window.go("settings")
    field: QWidget = window.page.form.fields["name"].editor.field  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "x")
    _press(window, button)
    assert QApplication.focusWidget() is field


def test_after_the_register_is_saved_by_the_button_the_grid_is_ready_and_no_second_press_fills_it(window: Window) -> None:
    window.go("register")
    QTest.keyClicks(window.page.grid, "n")  # type: ignore[attr-defined]
    _press(window, "Save")
    assert QApplication.focusWidget() is window.page.grid  # type: ignore[attr-defined]
    QTest.keyClick(window.page.grid, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    assert not window.page.dirty


def test_after_the_last_hold_is_lifted_the_list_has_the_focus_and_not_the_list_of_pages(window: Window, desk: Desk) -> None:
    holds.set_hold(desk, LegalHold(pupil_id=busiest(desk), reason="A claim", review_on=desk.today + timedelta(30)))
    window.go("data-protection")
    window.page.tabs.setCurrentIndex(2)  # type: ignore[attr-defined]
    keeping = window.page.keeping  # type: ignore[attr-defined]
    keeping.view_box.set_key("holds")
    keeping.holding.table.selectRow(0)
    window.context.ask.answers = ["It is over", True]  # type: ignore[attr-defined]
    _press(window, "Lift it")
    assert QApplication.focusWidget() is keeping.holding.table


def test_to_sign_out_with_something_typed_asks_first(window: Window) -> None:
    _type_in(window, "details")
    window.context.ask.answers = ["stay"]  # type: ignore[attr-defined]
    assert not window.close()
    assert window.isVisible()
