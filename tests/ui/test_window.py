"""The window's frame with made-up pages: the rail, leaving, the keys, what the role lacks."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.window import Window
from tests.ui.window_pages import Home, People, Record


@pytest.fixture
def open_window(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Any) -> Callable[..., Window]:
    def make(seat: Desk = desk, **options: Any) -> Window:
        window = Window((Home, Record, People), desk=seat, jobs=ImmediateJobs(), ask=answers, memory=Memory(tmp_path / "w.json"), **options)
        qtbot.addWidget(window, before_close_func=lambda closing: closing.page.discard())
        window.go("home")
        window.show()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window()


def names_on(window: Window) -> list[str]:
    return [window.rail.list.item(place).text() for place in range(window.rail.list.count())]


def test_the_rail_names_the_pages_and_says_which_is_open(window: Window) -> None:
    assert names_on(window) == ["Home", "Record", "Users"]
    assert window.rail.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Home, open now"
    assert window.rail.list.item(0).font().bold()
    assert window.windowTitle() == "Home – Pupil Desk"


def test_a_page_that_the_role_lacks_is_not_there(open_window: Callable[..., Window], desk_as: Callable[[Role], Desk]) -> None:
    window = open_window(desk_as(Role.OFFICE))
    assert names_on(window) == ["Home", "Record"]
    assert not window.go("people")


def test_the_status_bar_says_who_where_and_when_backed_up(open_window: Callable[..., Window], desk_as: Callable[[Role], Desk]) -> None:
    bar = open_window(desk_as(Role.OFFICE)).foot
    words = " | ".join(label.text() for label in bar.findChildren(QLabel))
    for expected in ("Office Person, office", "Larkshire Unit", "Proved backup: none yet"):
        assert expected in words


def test_arrow_and_enter_on_the_rail_open_a_page(window: Window, qtbot: QtBot) -> None:
    window.rail.list.setFocus()
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Down)
    assert window.page.name == "home"
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Return)
    assert window.page.name == "record"


def test_going_back_comes_to_where_one_left_from(window: Window, qtbot: QtBot) -> None:
    second = QLineEdit()
    window.page.column.addWidget(second)
    second.show()
    second.setFocus()
    window.go("record")
    window.page.setFocus()
    window.back()
    assert window.page.name == "home"
    assert QApplication.focusWidget() is second
    window.go("record")
    second.hide()
    window.back()
    assert QApplication.focusWidget() is not second


def press(qtbot: QtBot, window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifiers)


def test_keys_lead_round_the_pages(window: Window, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_2)
    assert window.page.name == "record"
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page.name == "home"
    press(qtbot, window, Qt.Key.Key_Tab)
    assert window.page.name == "record"


def test_keys_of_the_page(window: Window, qtbot: QtBot) -> None:
    home = window.page
    assert isinstance(home, Home)
    press(qtbot, window, Qt.Key.Key_F)
    assert home.line.hasFocus()
    press(qtbot, window, Qt.Key.Key_P)
    press(qtbot, window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert home.called == ["print", "refresh"]
    with qtbot.waitSignal(window.lock_wanted):
        press(qtbot, window, Qt.Key.Key_L)
    with qtbot.waitSignal(window.help_wanted) as helped:
        press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    assert helped.args == ["home"]


def test_f6_goes_round_the_parts(window: Window, qtbot: QtBot) -> None:
    home = window.page
    assert isinstance(home, Home)
    window.resize(1180, 700)
    qtbot.waitUntil(window.rail.list.isVisible)
    window.rail.list.setFocus()
    press(qtbot, window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert home.line.hasFocus()
    press(qtbot, window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert window.rail.list.hasFocus()


def test_the_list_of_keys_names_them(window: Window, qtbot: QtBot, answers: Answers) -> None:
    press(qtbot, window, Qt.Key.Key_Slash)
    assert "Ctrl+L: Lock" in answers.questions[0].text
    assert "Ctrl+2: Record" in answers.questions[0].text


@pytest.mark.parametrize(("answer", "page", "text"), [("stay", "record", "typed"), ("discard", "home", ""), ("save", "home", "typed")])
def test_leaving_with_changes_asks_once(window: Window, answers: Answers, answer: str, page: str, text: str) -> None:
    window.go("record")
    record = window.page
    assert isinstance(record, Record)
    record.line.setText("typed")
    answers.answers.append(answer)
    window.go("home")
    assert (window.page.name, record.line.text()) == (page, text)
    assert window.rail.list.currentItem().text().lower() == page
    assert answers.questions[0].offers == ("save", "discard", "stay")


def test_who_stays_on_a_page_goes_on_where_they_were_on_it(window: Window, answers: Answers, qtbot: QtBot) -> None:
    window.resize(1180, 700)
    qtbot.waitUntil(window.rail.list.isVisible)
    window.go("record")
    record = window.page
    assert isinstance(record, Record)
    record.line.setText("typed")
    record.line.setFocus()
    window.rail.list.setFocus()
    answers.answers.append("stay")
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Up)
    qtbot.keyClick(window.rail.list, Qt.Key.Key_Return)
    assert record.line.hasFocus()


def test_closing_with_changes_asks_and_can_stay(window: Window, answers: Answers) -> None:
    window.go("record")
    record = window.page
    assert isinstance(record, Record)
    record.line.setText("typed")
    answers.answers.append("stay")
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()


def test_esc_puts_back_and_can_be_undone(window: Window, qtbot: QtBot) -> None:
    window.go("record")
    record = window.page
    assert isinstance(record, Record)
    record.line.setFocus()
    qtbot.keyClicks(record.line, "typed")
    qtbot.keyClick(record.line, Qt.Key.Key_Escape)
    assert record.line.text() == ""
    assert window.banner.words == "Put back as it was."
    qtbot.mouseClick(window.banner._button, Qt.MouseButton.LeftButton)
    assert record.line.text() == "typed"


def test_everything_that_takes_the_focus_has_a_name(window: Window, nameless: Callable[[Any], list[str]]) -> None:
    window.go("record")
    window.banner.problem("The stick is full.")
    assert nameless(window) == []


def test_lock_and_sign_out_are_buttons_too(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.mouseClick(window.rail.lock, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.sign_out_wanted):
        qtbot.mouseClick(window.rail.sign_out, Qt.MouseButton.LeftButton)


def test_go_leads_to_a_record(window: Window) -> None:
    window.context.go("record", "p1")
    assert isinstance(window.page, Record)
    assert window.page.at == "p1"


def test_news_reaches_every_open_page(window: Window) -> None:
    home = window.page
    assert isinstance(home, Home)
    window.go("record")
    window.context.news.tell(Changed.of("pupil", ids=("p1",)))
    assert home.told == [Changed.of("pupil", ids=("p1",))]


def test_f6_leads_to_what_is_said_and_to_an_empty_bar_never(window: Window, qtbot: QtBot) -> None:
    window.resize(1180, 700)
    qtbot.waitUntil(window.rail.list.isVisible)
    window.banner.note("Look at this.")
    window.rail.list.setFocus()
    press(qtbot, window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert window.banner.hasFocus()
    qtbot.keyClick(window.banner, Qt.Key.Key_Escape)
    assert window.page.isAncestorOf(QApplication.focusWidget())
    assert window.banner.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_training_unit_says_so_in_words(qtbot: QtBot, open_window: Callable[..., Window]) -> None:
    window = open_window(training=True)
    for width, words in ((1180, "Training unit. Everyone in it is invented: never enter a real pupil here."), (760, "Training unit")):
        window.resize(width, 700)
        qtbot.waitUntil(
            lambda words=words: [line.text() for line in window.findChildren(QLabel, "training") if line.isVisible()] == [words]
        )
    assert not open_window().training.isVisible()


def test_the_countdown_is_seen_only_near_the_end(window: Window) -> None:
    window.show_locking(12)
    assert "Locking in 12 s. Press any key to stay." in [label.text() for label in window.foot.findChildren(QLabel) if label.isVisible()]
    window.show_locking(0)
    assert not any(label.text().startswith("Locking in 0") and label.isVisible() for label in window.foot.findChildren(QLabel))


def test_its_size_is_remembered(open_window: Callable[..., Window], window: Window) -> None:
    window.resize(700, 500)
    window.close()
    assert open_window().size() == window.size()


def test_the_status_bar_ends_in_dots_where_it_has_no_room_and_says_the_whole_under_the_mouse(window: Window, qtbot: QtBot) -> None:
    window.foot.unit.setText("Larkshire Education Support Centre of the Northern Hills " * 3)
    window.resize(700, 500)
    window.foot.unit.repaint()
    assert window.foot.unit.width() < 700
    assert window.foot.unit.toolTip() == window.foot.unit.text()
    window.foot.unit.setText("Larkshire")
    qtbot.waitUntil(lambda: window.foot.unit.toolTip() == "")


@pytest.mark.parametrize("loss", ["greyed", "hidden"])
def test_a_field_that_a_dialog_greys_or_takes_away_leaves_the_focus_to_no_button(window: Window, qtbot: QtBot, loss: str) -> None:
    """Enter would press it."""
    field, button = QLineEdit(), QPushButton("Strike it out")
    for part in (field, button):
        window.page.column.addWidget(part)
    worked_on = window.page.line
    worked_on.setFocus()
    field.setFocus()
    dialog = QLineEdit()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    if loss == "greyed":
        field.setEnabled(False)
    else:
        field.hide()
    dialog.hide()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert QApplication.focusWidget() is worked_on


@pytest.mark.parametrize("loss", ["greyed", "hidden", "deleted"])
def test_what_a_dialog_greys_or_takes_away_leaves_the_focus_to_what_was_worked_on(window: Window, qtbot: QtBot, loss: str) -> None:
    """The window is not active while somebody answers: then Qt gave the focus to whatever came next, or to the rail."""
    before, pressed, after = QPushButton("Strike it out"), QPushButton("Enter the marks"), QPushButton("New pupil")
    for button in (before, pressed, after):
        window.page.column.addWidget(button)
    worked_on = window.page.line
    worked_on.setFocus()
    pressed.setFocus()
    dialog = QLineEdit()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    if loss == "greyed":
        pressed.setEnabled(False)
    elif loss == "hidden":
        pressed.hide()
    else:
        pressed.deleteLater()
        QCoreApplication.sendPostedEvents(pressed, QEvent.Type.DeferredDelete)
    dialog.hide()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert QApplication.focusWidget() is worked_on
