"""No control moves under the pointer: rows and buttons of every page of the training unit are clicked by turns, the first of each page in the suite and all in
the long form, and what lies under the pointer then is looked at."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.services.selftest import Check
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.ui.kit.forms.field import Field
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.this_pc import page as this_pc_page
from pupil_desk.ui.window import Window
from tests.trained import training_unit
from tests.ui.pages.made import CLOCK
from tests.ui.scenes import busiest
from tests.ui.still import HalfASecond, SafeAnswers, click_and_watch, in_sight, name_of, rows_in_sight, type_and_click_beneath

_MOST = 5  # places of a page in the suite: Home has a line for each thing to do, and they are all alike
_OFTEN = ("card", "details", "contacts", "plans", "suspensions")


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
        made = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=SafeAnswers(), memory=Memory(folder / "window.json"), training=True)
        made.resize(1366, 768)
        made.go("home")
        made.show()
        yield made
        made.page.discard()
        made.close()
        made.deleteLater()
    desk.vault.close()


@pytest.fixture
def time() -> Iterator[HalfASecond]:
    with HalfASecond.watched() as time:
        yield time


def _in_sight(window: Window, kind: type[QWidget], named: str | None) -> Iterator[tuple[QWidget, QPoint]]:
    page = window.stack.currentWidget()
    assert page is not None
    for widget in page.findChildren(kind):
        if widget.isVisible() and widget.isEnabled() and widget.window() is window and named in (None, name_of(widget)):
            for place in rows_in_sight(widget) if isinstance(widget, QAbstractItemView) else [in_sight(widget)]:
                if place is not None:
                    yield widget, place


def places(window: Window, named: str | None = None) -> Iterator[tuple[tuple[str, int], QWidget, QPoint]]:
    """By turns the rows of its lists and the buttons of the page, or those of one name, by their names and the place among those of the same name."""
    alike, kinds = Counter[str](), (QAbstractItemView, QAbstractButton)
    for found in chain.from_iterable(zip_longest(*(_in_sight(window, kind, named) for kind in kinds))):
        if found is not None:
            widget, place = found
            yield (name_of(widget), alike[name_of(widget)]), widget, place
            alike[name_of(widget)] += 1


def place_of(window: Window, key: tuple[str, int]) -> tuple[QWidget, QPoint | None] | None:
    return next(((widget, place) for found, widget, place in places(window, key[0]) if found == key), None)


def _begin_anew(window: Window, page: str, part: str = "") -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    window.page.discard()
    window.go("home" if page != "home" else "help")
    window.page.discard()
    window.go(page, busiest(window.context.desk) if part else None)
    if part:
        window.page.view.turn_to(part)  # type: ignore[attr-defined]
    QTest.qWait(1)


def _walk(window: Window, time: HalfASecond, page: str, part: str, most: int | None) -> list[str]:
    _begin_anew(window, page, part)
    moved = list[str]()
    for key, _widget, _place in list(islice(places(window), most)):
        if (found := place_of(window, key)) is None:
            _begin_anew(window, page, part)
            found = place_of(window, key)
        if found is not None:
            moved += map(str, click_and_watch(found[0], time, place=found[1]))
            time.calm(window)
        if window.page.name != page or QApplication.activePopupWidget() is not None:
            _begin_anew(window, page, part)
    return moved


@pytest.mark.parametrize("most", [_MOST, pytest.param(None, marks=pytest.mark.torture)])
@pytest.mark.parametrize("page", [kind.name for kind in pages()])
def test_no_click_on_a_page_brings_a_control_under_the_pointer(window: Window, time: HalfASecond, page: str, most: int | None) -> None:
    assert not (moved := _walk(window, time, page, "", most)), "\n".join(moved)


@pytest.mark.parametrize(
    ("part", "most"),
    [*((part, _MOST) for part in _OFTEN), *(pytest.param(key, None, marks=pytest.mark.torture) for key, _words, _kind in PARTS)],
)
def test_no_click_on_a_record_brings_a_control_under_the_pointer(window: Window, time: HalfASecond, part: str, most: int | None) -> None:
    assert not (moved := _walk(window, time, "pupils", part, most)), "\n".join(moved)


_MISTYPED = "31/31/1"  # no day, no number and no name


def _page_of(window: Window) -> QWidget:
    page = window.stack.currentWidget()
    assert page is not None
    return page


def lines_of(window: Window) -> list[QLineEdit]:
    """The lines of the forms in sight into which one types."""
    page = _page_of(window)
    return [
        line for field in page.findChildren(Field) for line in field.findChildren(QLineEdit) if in_sight(line) and not line.isReadOnly()
    ]


@pytest.mark.parametrize("part", [pytest.param(key, marks=() if key == "details" else pytest.mark.torture) for key, _words, _kind in PARTS])
def test_no_click_right_after_typing_brings_a_control_under_the_pointer(window: Window, time: HalfASecond, part: str) -> None:
    """What is mistyped in each line of a form is said as one leaves it, by a click on what stands beneath."""
    _begin_anew(window, "pupils", part)
    moved, count = list[str](), len(lines_of(window))
    assert count or part != "details"
    for number in range(count):
        _begin_anew(window, "pupils", part)
        moved += map(str, type_and_click_beneath(lines_of(window)[number], time, _MISTYPED, _page_of(window)))
    assert not moved, "\n".join(moved)


def test_a_control_that_layout_puts_under_the_pointer_is_found(qtbot: QtBot, time: HalfASecond) -> None:
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
    assert [moved.control for moved in click_and_watch(second, time)] == ["QPushButton «First»"]
    assert click_and_watch(first, time) == []
    second.clicked.disconnect()
    line.hide()
    QApplication.processEvents()
    second.clicked.connect(lambda: (QTimer.singleShot(100, line, line.show), QTimer.singleShot(300, line, line.hide)))
    assert [moved.control for moved in click_and_watch(second, time)] == ["QPushButton «First»"], "what comes and goes is seen too"


def test_a_row_or_a_control_that_comes_anew_under_the_pointer_is_found_and_half_a_second_is_watched(
    qtbot: QtBot, time: HalfASecond
) -> None:
    window, names = QWidget(), QListWidget()
    column, new = QVBoxLayout(window), QPushButton("New")
    column.addWidget(names)
    names.addItems(["Ann", "Bo", "Cy"])
    qtbot.addWidget(window)
    window.resize(300, 300)
    window.show()
    qtbot.waitExposed(window)
    (first, *_others) = rows_in_sight(names)
    assert click_and_watch(names, time, place=first) == []
    names.clicked.connect(lambda _index: QTimer.singleShot(600, names, lambda: names.insertItem(0, "Di")))
    assert click_and_watch(names, time, place=first) == []
    names.clicked.disconnect()
    names.clicked.connect(lambda _index: QTimer.singleShot(450, names, lambda: names.insertItem(0, "Ed")))
    assert [moved.control for moved in click_and_watch(names, time, place=first)] == [name_of(names)]
    names.clicked.disconnect()
    names.addItems([f"Name {number}" for number in range(40)])
    names.clicked.connect(lambda _index: names.scrollToBottom())
    assert [moved.control for moved in click_and_watch(names, time, place=first)] == [name_of(names)], "a list that scrolls itself"
    names.clicked.disconnect()
    names.clicked.connect(lambda _index: (names.hide(), column.insertWidget(0, new)))
    column.addStretch(1)
    assert [moved.control for moved in click_and_watch(names, time, place=first)] == ["QPushButton «New»"]
