"""What a screen reader is told, and where Tab goes: every page of the real window, sign-in and its kin, and the questions."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.entry.entry import Entry
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.ask import Answers, Choice
from pupil_desk.ui.kit.talk.dialogs import _Question, _TextQuestion
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.ui.pages.made import CLOCK, keep_safeguarding, pupil_called
from tests.ui.whole import whole_window

Role = QAccessible.Role
PLAIN = {Role.Client, Role.NoRole}


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    """With every page on the rail, that of safeguarding too."""
    keep_safeguarding(invented_desk)
    return invented_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, desk, tmp_path, 1180, 780)
    made.show()
    made.activateWindow()
    return made


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab can come to, apart from the inner parts of another widget."""
    able = [root, *in_view(root)]
    return [
        each for each in able if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled() and not inner(each)
    ]


def inner(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox) or widget.focusProxy() is not None


def unsaid(root: QWidget) -> list[str]:
    """What takes the focus and has no name, or no role, for a screen reader."""
    wrong = []
    for each in focusable(root):
        spoken = QAccessible.queryAccessibleInterface(each)
        name = spoken.text(QAccessible.Text.Name) if spoken is not None else ""
        if not name.strip():
            wrong.append(f"nameless: {type(each).__name__} {each.objectName()} in {type(each.parent()).__name__}")
        elif "&" in name.replace("& ", ""):
            wrong.append(f"a sign in the name: {name}")
        scrolls = type(each).__mro__[1] is QScrollArea  # Qt has no role for what only scrolls: its name is read
        if spoken is None or (spoken.role() in PLAIN and not scrolls):
            wrong.append(f"without a role: {type(each).__name__} «{name}»")
    return wrong


def without_buddy(root: QWidget) -> list[str]:
    """Labels with an underlined letter that lead nowhere."""
    return [
        each.text()
        for each in root.findChildren(QLabel)
        if "&" in each.text().replace("&&", "") and each.buddy() is None and each.isVisible()
    ]


NAMES = [page.name for page in pages()]


@pytest.mark.parametrize("name", NAMES)
def test_everything_on_every_page_is_said_and_tables_and_lists_say_rows_and_columns(window: Window, desk: Desk, name: str) -> None:
    """Of the page as it opens, and of a pupil."""
    for pupil_id in (None, pupil_called(desk, "Priya").id):
        window.go(name, pupil_id)
        assert unsaid(window) == [], pupil_id
        assert without_buddy(window) == [], pupil_id
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisible() or not model.rowCount(QModelIndex()) or isinstance(view.parent(), QComboBox | QAbstractItemView):
            continue
        columns = model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1
        spoken = QAccessible.queryAccessibleInterface(view)
        assert spoken.role() in ((Role.Table,) if isinstance(view, QTableView) else (Role.List,))
        for column in range(columns):
            if isinstance(view, QTableView):
                assert model.headerData(column, Qt.Orientation.Horizontal), (view.accessibleName(), column)
        first = model.index(0, 0)
        assert str(first.data(Qt.ItemDataRole.AccessibleTextRole) or first.data()).strip(), view.accessibleName()


@pytest.mark.parametrize("step", ["sign_in", "welcome", "new_unit", "forgotten"])
def test_everything_before_sign_in_is_said(qtbot: QtBot, invented_unit: Path, tmp_path: Path, step: str) -> None:
    unit = invented_unit / "unit.pupildesk"
    entry = Entry(ImmediateJobs(), Answers(), Memory(tmp_path / "entry.json"), path=unit, clock=CLOCK)
    qtbot.addWidget(entry)
    entry.show()
    steps: dict[str, Callable[[], None]] = {
        "sign_in": lambda: entry.sign_in(unit),
        "welcome": entry.welcome,
        "new_unit": entry.new_unit,
        "forgotten": lambda: entry.forgotten(unit),
    }
    steps[step]()
    assert unsaid(entry) == []
    assert without_buddy(entry) == []
    assert entry.panel.accessibleName()
    entry.panel.loses = ""


@pytest.mark.parametrize(
    "make",
    [
        lambda: _Question(
            None,
            "Save your changes?",
            "They are not saved yet. " * 200,
            (Choice("save", "&Save", "primary"), Choice("stay", "Stay here")),
            "stay",
        ),
        lambda: _TextQuestion(None, "Add a user", "", "Name", Choice("yes", "Add", "primary"), check=lambda _typed: ""),
    ],
)
def test_every_question_is_said(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    dialog = make()
    qtbot.addWidget(dialog)
    dialog.show()
    spoken = QAccessible.queryAccessibleInterface(dialog)
    assert spoken.role() == Role.Dialog
    assert spoken.text(QAccessible.Text.Name)
    assert unsaid(dialog) == []


def test_a_nameless_one_is_found(qtbot: QtBot, window: Window) -> None:
    window.go("home")
    planted = QLineEdit(window.page)
    planted.show()
    label = QLabel("&Nowhere", window.page)
    label.show()
    assert any("nameless: QLineEdit" in each for each in unsaid(window))
    assert without_buddy(window) == ["&Nowhere"]
    planted.setAccessibleName("&Find")
    assert any("a sign in the name" in each for each in unsaid(window))


def walk(qtbot: QtBot, root: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where the focus goes as Tab is pressed, once round; each widget once, however many links are in it."""
    met: list[QWidget] = []
    for _press in range(300):
        now = QApplication.focusWidget()
        assert now is not None
        if met and now is met[0] and len(met) > 1 and met[-1] is not now:
            return met
        if not met or met[-1] is not now:
            met.append(now)
        qtbot.keyClick(now, key)
    raise AssertionError(f"Tab never comes round: it ends at {[each.accessibleName() for each in met[-4:]]}")


@pytest.mark.parametrize("name", NAMES)
def test_tab_comes_to_everything_as_one_reads_and_round_again(window: Window, desk: Desk, qtbot: QtBot, name: str) -> None:
    window.go(name, pupil_called(desk, "Priya").id)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    window.rail.list.setFocus()
    met = walk(qtbot, window)
    assert met == list(dict.fromkeys(met))
    missed = [f"{type(each).__name__} {each.accessibleName()}" for each in focusable(window) if each not in met and not in_a_group(each)]
    assert missed == []
    assert list(against_reading(window.page, met)) == []


def in_a_group(widget: QWidget) -> bool:
    """The arrows, not Tab, go on between buttons of which one is chosen."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive()


def against_reading(page: QWidget, met: list[QWidget]) -> Iterator[str]:
    """Where Tab goes up, or back on a line, from one thing of the page to another beside it."""
    order = [(each, place_on(page, each)) for each in met if page.isAncestorOf(each)]
    for (one, first), (other, second) in itertools.pairwise(order):
        beside = first.left() < second.right() and second.left() < first.right()
        if one.parentWidget() is other.parentWidget() and beside and second.bottom() < first.top():
            yield f"from {one.accessibleName()} up to {other.accessibleName()}"
        if one.parentWidget() is other.parentWidget() and abs(first.top() - second.top()) < 4 and second.right() < first.left():
            yield f"from {one.accessibleName()} back to {other.accessibleName()}"


def place_on(page: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("topic", ["start", "keys", "backup"])  # with several links, with none, with one
@pytest.mark.parametrize(("key", "after"), [(Qt.Key.Key_Tab, "Pages"), (Qt.Key.Key_Backtab, "Topics")])
def test_tab_goes_through_the_links_of_the_help_and_on(window: Window, qtbot: QtBot, topic: str, key: Qt.Key, after: str) -> None:
    window.go("help", topic)
    reader = window.page.reader  # type: ignore[attr-defined]
    reader.setFocus()
    for _press in range(reader.toHtml().count("<a href") + 1):
        assert QApplication.focusWidget() is reader
        qtbot.keyClick(reader, key)
    assert QApplication.focusWidget().accessibleName() == after


def test_an_announcement_goes_to_the_screen_reader(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        told.append((event.message(), event.politeness()))

    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "5 pupils on roll")
    announce(widget, "The stick is full.", urgent=True)
    polite = QAccessible.AnnouncementPoliteness
    assert told == [("5 pupils on roll", polite.Polite), ("The stick is full.", polite.Assertive)]
