"""The ring around what has the focus, read from pictures: three pixels with a gap, or two within what is large, seen against what was there before, in every scheme."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTableWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.radio import RadioLine
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.colours import LIGHT, SEEN, contrast
from pupil_desk.ui.style.look import Look, dress
from pupil_desk.ui.style.ring import EDGE, GAP, QUIET, WIDTH, FocusRing
from tests.ui.style.test_contrast_themes import THEMES, palette_of

SCHEMES = ["light", "dark", *sorted(THEMES)]


def _tabs() -> Tabs:
    made = Tabs("Parts")
    for words in ("One", "Two"):
        made.addTab(QWidget(), words)
    return made


STOPS: dict[str, Callable[[], QWidget]] = {
    "a button": lambda: button("Save", print),
    "the main button": lambda: button("Save", print, "primary"),
    "a dangerous button": lambda: button("Erase", print, "danger"),
    "a quiet button": lambda: button("Dismiss", print, "quiet"),
    "a link": lambda: LinkLine("Open the pupil’s record", print),
    "a line": lambda: QLineEdit("Nia"),
    "a date": lambda: DateBox(today=date(2026, 11, 24)),
    "a choice": lambda: ChoiceBox([("a", "By hand"), ("b", "By post")]),
    "a code": lambda: CodeBox("sex", today=date(2026, 11, 24)),
    "a tick box": lambda: TickBox("Guests and leavers too"),
    "a radio button": lambda: RadioLine("Yes"),
}
LARGE: dict[str, Callable[[], QWidget]] = {
    "lines": lambda: QPlainTextEdit("Nia"),
    "a table": lambda: QTableWidget(0, 2),
    "a list": QListWidget,
    "prose": QTextBrowser,
}


@pytest.fixture
def scheme(look: Look, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application in light, in dark, or in one of the system's contrast themes."""
    name = request.param
    if name in THEMES:
        monkeypatch.setattr(look, "_high_contrast", lambda: True)
        monkeypatch.setattr(look, "_system_palette", lambda: palette_of(name))
    look.set_scheme("dark" if name == "dark" else "light")
    yield name
    monkeypatch.undo()
    look.set_scheme("light")


def window_of(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.setSpacing(tokens.M)
    for widget in (QLineEdit(), *widgets):
        column.addWidget(widget)
    dress(window)
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def picture(window: QWidget) -> QImage:
    QApplication.processEvents()
    return window.grab().toImage()


def focus(widget: QWidget) -> None:
    widget.setFocus()
    assert (focused := QApplication.focusWidget()) is not None
    assert focused is (widget.focusProxy() or widget)
    QApplication.processEvents()


def edge_of(widget: QWidget, window: QWidget) -> QRect:
    proxy = widget.focusProxy() or widget
    part = proxy.tabRect(0) if isinstance(widget, Tabs) else proxy.rect()  # type: ignore[attr-defined]
    if isinstance(widget, QCheckBox | QRadioButton):  # what can be pressed of it
        part.setWidth(min(part.width(), widget.sizeHint().width()))
    return QRect(proxy.mapTo(window, part.topLeft()), part.size())


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
@pytest.mark.parametrize("stop", STOPS)
def test_three_pixels_are_drawn_a_gap_away_from_the_edge(qtbot: QtBot, scheme: str, stop: str) -> None:
    for side, pairs in _sides(qtbot, STOPS[stop](), outwards=True).items():
        changed = [place for place, (before, now) in enumerate(pairs) if place > GAP and contrast(before, now) >= SEEN]
        assert changed == list(range(GAP + 1, GAP + WIDTH + 1)), (side, pairs)
        assert all(before == now for before, now in pairs[1 : GAP + 1]), (side, pairs)


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop not in ("a link", "a tick box", "a radio button")])
def test_within_the_ring_no_edge_is_seen(qtbot: QtBot, scheme: str, stop: str) -> None:
    for side, pairs in _sides(qtbot, STOPS[stop](), outwards=False).items():
        edge, within = pairs[0][1], pairs[GAP + 2][1]
        assert contrast(edge, within) < 1.3, (side, pairs)


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
def test_around_the_words_of_a_tab_three_pixels_are_drawn_within_it_and_the_line_that_marks_it_is_left_alone(
    qtbot: QtBot, scheme: str
) -> None:
    for side, pairs in _sides(qtbot, _tabs(), outwards=False).items():
        changed = [place for place, (before, now) in enumerate(pairs) if contrast(before, now) >= SEEN]
        below = tokens.XS + GAP if side == "bottom" else 0
        assert changed == list(range(below, below + WIDTH)), (side, pairs)
        assert all(before == now for before, now in pairs[:below]), (side, pairs)


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
@pytest.mark.parametrize("stop", LARGE)
def test_in_what_is_large_two_pixels_are_drawn_within_the_edge(qtbot: QtBot, scheme: str, stop: str) -> None:
    for side, pairs in _sides(qtbot, LARGE[stop](), outwards=False).items():
        changed = [place for place, (before, now) in enumerate(pairs) if contrast(before, now) >= SEEN]
        assert changed == list(range(EDGE, EDGE + QUIET)), (side, pairs)


def _sides(qtbot: QtBot, widget: QWidget, *, outwards: bool) -> dict[str, list[tuple[str, str]]]:
    """The colours on the way from the middle of each side, at rest and with the focus."""
    window = window_of(qtbot, widget)
    focus(window.findChild(QLineEdit))  # type: ignore[arg-type]
    resting = picture(window)
    focus(widget)
    focused, edge = picture(window), edge_of(widget, window)
    middle = edge.center()
    ways = {
        "left": (QPoint(edge.left(), middle.y()), QPoint(-1, 0)),
        "right": (QPoint(edge.right(), middle.y()), QPoint(1, 0)),
        "top": (QPoint(middle.x(), edge.top()), QPoint(0, -1)),
        "bottom": (QPoint(middle.x(), edge.bottom()), QPoint(0, 1)),
    }
    steps = range(GAP + WIDTH + 2) if outwards else [-distance for distance in range(tokens.XS + GAP + WIDTH + 2)]
    return {
        side: [
            (resting.pixelColor(place).name(), focused.pixelColor(place).name()) for place in (start + way * distance for distance in steps)
        ]
        for side, (start, way) in ways.items()
    }


@pytest.mark.parametrize("scheme", SCHEMES, indirect=True)
def test_around_a_chosen_line_the_ring_is_seen_on_the_ground_of_what_is_chosen(qtbot: QtBot, look: Look, scheme: str) -> None:
    people = a_list()
    window = window_of(qtbot, people)
    people.show_rows(["Nia", "Ruby"])
    focus(people)
    line = people.visualRect(people.currentIndex())
    top = people.viewport().mapTo(window, QPoint(line.width() // 2, line.top()))
    drawn = picture(window)
    ring, ground = (drawn.pixelColor(top + QPoint(0, down)).name() for down in (0, QUIET + 1))
    assert ground == look.colours.accent_soft
    assert contrast(ring, ground) >= SEEN
    assert drawn.pixelColor(top + QPoint(0, QUIET - 1)).name() == ring


def test_the_ring_goes_with_what_it_is_around_and_to_another_window(qtbot: QtBot) -> None:
    first, second = button("One", print), button("Two", print)
    window, other = window_of(qtbot, first), window_of(qtbot, second)
    window.activateWindow()
    QApplication.processEvents()
    focus(first)
    ring = window.findChild(FocusRing)
    place = ring.geometry()
    first.move(first.pos() + QPoint(2, 5))
    assert ring.geometry() == place.translated(2, 5)
    first.hide()
    assert not ring.isVisible()
    other.activateWindow()
    QApplication.processEvents()
    focus(second)
    assert not ring.isVisible()
    assert other.findChild(FocusRing).isVisible()


def test_the_ring_is_only_around_what_is_in_sight(qtbot: QtBot) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    lines = [QLineEdit() for _number in range(30)]
    for line in lines:
        column.addWidget(line)
    area = scrolled(inner)
    window = window_of(qtbot, area)
    focus(lines[0])
    ring = window.findChild(FocusRing)
    assert ring.isVisible()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()


def test_the_ring_is_around_a_tick_and_its_words_and_not_around_what_is_empty_beside_them(qtbot: QtBot) -> None:
    box = TickBox("This user may read restricted notes")
    window = window_of(qtbot, box)
    window.resize(900, 100)
    focus(box)
    ring = window.findChild(FocusRing)
    assert ring is not None
    assert box.width() > 800
    qtbot.waitUntil(lambda: 0 < ring.width() <= box.sizeHint().width() + 2 * (WIDTH + GAP))


def test_a_click_goes_through_the_ring(qtbot: QtBot) -> None:
    one = button("One", print)
    window = window_of(qtbot, one)
    focus(one)
    assert window.childAt(one.geometry().topLeft() - QPoint(GAP + 1, 0)) is None


def a_list() -> Table[str]:
    return Table([Column("name", "Name", str)], name="People", id_of=str, empty=EmptyState("user", "Nobody yet"))


def test_in_a_list_the_ring_is_around_the_line_one_is_on(qtbot: QtBot) -> None:
    people = a_list()
    window = window_of(qtbot, people)
    people.show_rows(["Nia", "Ruby", "Ines"])
    focus(people)
    ring = window.findChild(FocusRing)
    for row in (0, 2):
        people.selectRow(row)
        qtbot.waitUntil(
            lambda row=row: (
                ring.geometry().center().y() == people.viewport().mapTo(window, people.visualRect(people.currentIndex()).center()).y()
            )
        )
        assert ring.height() == people.rowHeight(row)


def test_the_ring_is_around_an_empty_list_and_not_around_its_words(qtbot: QtBot) -> None:
    people = a_list()
    window = window_of(qtbot, people)
    people.show_rows([])
    focus(people)
    ring = window.findChild(FocusRing)
    assert ring.geometry() == people.geometry().marginsRemoved(QMargins(*[EDGE] * 4))


def test_of_a_list_in_which_nothing_is_chosen_the_ring_is_around_all_of_it_as_calm_as_what_can_be_chosen(qtbot: QtBot, look: Look) -> None:
    """Around the line to which the first key leads, or the headings, it would say that these are chosen."""
    people = Table([Column("name", "Name", str)], name="People", id_of=str, stands_on_first=False, several=True)
    window = window_of(qtbot, people)
    people.show_rows(["Nia", "Ruby"])
    focus(people)
    ring = window.findChild(FocusRing)
    assert ring.geometry() == people.geometry().marginsRemoved(QMargins(*[EDGE] * 4))
    assert picture(window).pixelColor(people.geometry().center().x(), people.y() + EDGE).name() == LIGHT.accent
    assert not people.currentIndex().isValid()
    QTest.keyClick(people, Qt.Key.Key_Down)
    assert people.currentIndex().row() == 0
    qtbot.waitUntil(lambda: ring.height() == people.rowHeight(0))
    line = people.visualRect(people.currentIndex())
    top = people.viewport().mapTo(window, QPoint(line.width() // 2, line.top()))
    assert picture(window).pixelColor(top).name() == LIGHT.focus
    QTest.keyClick(people, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    people.selectionModel().clearSelection()
    qtbot.waitUntil(lambda: ring.height() == people.rowHeight(1))  # gone to without choosing: the person put it there


def test_in_a_grid_the_ring_is_around_the_cell_and_goes_with_it(qtbot: QtBot) -> None:
    grid = QTableWidget(3, 2)
    window = window_of(qtbot, grid)
    focus(grid)
    ring = window.findChild(FocusRing)
    for row, column in ((0, 1), (2, 0)):
        grid.setCurrentCell(row, column)
        cell = grid.visualRect(grid.currentIndex())
        qtbot.waitUntil(lambda cell=cell: ring.geometry().center() == grid.viewport().mapTo(window, cell.center()))
        assert ring.size() == cell.size().grownBy(QMargins(*[GAP + WIDTH] * 4))


def test_around_a_box_with_something_wrong_in_it_the_ring_has_the_colour_of_its_edge(qtbot: QtBot) -> None:
    line = QLineEdit("31/02/2012")
    window = window_of(qtbot, line)
    focus(line)
    left = QPoint(line.mapTo(window, QPoint()).x() - GAP - 2, line.mapTo(window, line.rect().center()).y())
    assert picture(window).pixelColor(left).name() == LIGHT.focus
    set_look(line, "problem")
    assert picture(window).pixelColor(left).name() == LIGHT.bad
    set_look(line, "")
    assert picture(window).pixelColor(left).name() == LIGHT.focus


def test_the_ring_is_around_the_line_where_its_first_column_is_hidden(qtbot: QtBot) -> None:
    people = Table([Column[str]("order", "Order", str), Column[str]("name", "Name", str)], name="People", id_of=str)
    window = window_of(qtbot, people)
    people.show_rows(["Nia", "Ruby"])
    people.setColumnHidden(0, True)
    focus(people)
    assert window.findChild(FocusRing).height() == people.rowHeight(0)
