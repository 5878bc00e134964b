"""The pages of a role are in view on the rail of a low window; where that cannot be, it scrolls and shows the one that is open."""

from collections.abc import Callable, Collection, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.groups import PageGroup, RailPage
from pupil_desk.ui.kit.lists.rail_lines import GROUP_ROLE, KEY_ROLE, RailLines
from pupil_desk.ui.kit.rail import Rail
from pupil_desk.ui.kit.watch import held_ctrl
from pupil_desk.ui.kit.watch.presses import PressGuard
from pupil_desk.ui.style.look import Look, dress

STATUS_BAR = 34  # pixels of the window's height that the rail has not, at 150 %
Make = Callable[..., Rail]


@pytest.fixture
def make(qtbot: QtBot, look: Look) -> Iterator[Make]:
    """A rail of so many pages in four groups, in a window of that size."""

    def made(pages: int, width: int, height: int, folded: Collection[str] = ()) -> Rail:
        groups = [PageGroup(str(number), f"Group {number}") for number in range(5)]
        rail = Rail([RailPage(f"page-{number}", f"Page {number}", "house", groups[number // 7]) for number in range(pages)], folded)
        dress(rail)
        qtbot.addWidget(rail)
        rail.mark("page-0")
        rail.fit_beside(width)
        rail.resize(rail.width(), height - STATUS_BAR)
        rail.show()
        qtbot.waitExposed(rail)
        return rail

    yield made
    look.set_text_size(100)


def in_view(rail: Rail) -> list[int]:
    """The pages whose whole line is seen."""
    seen, places = rail.list.viewport().rect(), range(rail.list.count())
    return [place for place in places if seen.contains(rail.list.visualItemRect(rail.list.item(place)).adjusted(0, 1, 0, -1))]


@pytest.mark.parametrize("percent", [90, 100, 125, 150, 200])
@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1366, 737), (1180, 780)])
def test_the_pages_of_an_office_are_all_in_view(make: Make, look: Look, qtbot: QtBot, percent: int, width: int, height: int) -> None:
    """Eight pages in two groups, and two groups that are folded."""
    look.set_text_size(percent)
    rail = make(20, width, height, ("1", "2"))
    if rail.is_bar:
        rail.resize(width, rail.sizeHint().height())
        assert rail.list.isHidden()
        qtbot.waitUntil(lambda: rail.menu.width() >= rail.menu.sizeHint().width())
        return
    assert rail.list.count() == 3 + 7
    qtbot.waitUntil(lambda: in_view(rail) == list(range(10)))
    assert rail.list.verticalScrollBar().maximum() == 0
    heights = [rail.list.visualItemRect(rail.list.item(place)).height() for place in range(10)]
    assert min(heights) >= max(24, rail.list.fontMetrics().height())
    qtbot.waitUntil(lambda: all(foot.width() >= foot.sizeHint().width() for foot in (rail.lock, rail.sign_out)))
    assert all(rail.rect().contains(QRect(foot.pos(), foot.size())) for foot in (rail.lock, rail.sign_out))


@pytest.mark.parametrize(("percent", "width", "is_bar"), [(100, 1024, False), (125, 1366, False), (150, 1366, True), (100, 911, True)])
def test_at_150_per_cent_of_a_small_screen_the_page_has_the_whole_width(
    make: Make, look: Look, percent: int, width: int, is_bar: bool
) -> None:
    look.set_text_size(percent)
    assert make(20, width, 480).is_bar is is_bar


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1366, 737), (1180, 780)])
def test_twenty_pages_with_all_groups_open_are_all_in_view(make: Make, qtbot: QtBot, width: int, height: int) -> None:
    rail = make(20, width, height)
    qtbot.waitUntil(lambda: in_view(rail) == list(range(23)))
    assert min(rail.list.visualItemRect(rail.list.item(place)).height() for place in range(23)) >= 24


@pytest.mark.parametrize(("pages", "width", "height"), [(6, 1366, 737), (20, 1024, 700), (20, 911, 480)])
def test_what_is_read_and_heard_of_signing_out_says_that_it_closes_the_program(make: Make, pages: int, width: int, height: int) -> None:
    sign_out = make(pages, width, height).sign_out
    assert " ".join(sign_out.text().split()) == sign_out.accessibleName() == "Sign out and close"
    assert sign_out.accessibleDescription() == "Lock leads back to sign-in."


def test_where_there_is_room_no_line_is_narrower_than_usual(make: Make) -> None:
    few, low, tall = make(6, 1366, 737), make(20, 1024, 700), make(20, 1366, 1100)
    heights = [rail.list.visualItemRect(rail.list.item(1)).height() for rail in (few, low, tall)]
    assert heights[0] == heights[2] > heights[1]
    assert few.lock.geometry().bottom() < few.sign_out.y()
    assert low.lock.geometry().right() < low.sign_out.x()


def test_a_rail_with_more_than_the_window_holds_shows_the_page_that_is_open(make: Make) -> None:
    rail = make(30, 1024, 420)
    last = rail.list.count() - 1
    assert last not in in_view(rail)
    rail.mark("page-29")
    assert last in in_view(rail)
    rail.resize(rail.width(), 340)
    assert last in in_view(rail)
    rail.mark("page-1")
    assert 0 in in_view(rail), "the list begins with its first line again where the page that is open is in view so"


@pytest.mark.parametrize("height", range(420, 432, 3))
def test_a_list_that_goes_on_ends_with_a_whole_line_and_beneath_it_stands_how_many_pages_are_further_down(
    make: Make, qtbot: QtBot, height: int
) -> None:
    """30 pages and 5 headings."""
    rail = make(30, 1024, height)
    whole, line = len(in_view(rail)), rail.list.visualItemRect(rail.list.item(0)).height()
    assert whole * line == rail.list.viewport().height()
    titles = [rail.list.item(place).text() for place in range(whole, rail.list.count())]
    assert rail.more.text() == f"{sum(title.startswith('Page') for title in titles)} more pages"
    assert rail.rect().contains(rail.more.geometry())
    qtbot.mouseClick(rail.more, Qt.MouseButton.LeftButton)
    assert in_view(rail)[-1] == rail.list.count() - 1
    assert in_view(rail)[0] == rail.list.count() - whole, "here too each is whole"
    assert rail.more.text() == "Back to the top"
    qtbot.mouseClick(rail.more, Qt.MouseButton.LeftButton)
    assert in_view(rail) == list(range(whole))
    rail.resize(rail.width(), 1200)
    assert rail.list.viewport().height() == rail.list.height(), "none of it is lost where all have room"
    assert rail.more.isHidden()


def test_a_window_made_taller_again_gives_the_lines_their_room_back(make: Make, qtbot: QtBot) -> None:
    rail = make(20, 1024, 700)
    low = rail.list.visualItemRect(rail.list.item(0)).height()
    rail.resize(rail.width(), 1100)
    assert rail.list.visualItemRect(rail.list.item(0)).height() > low
    qtbot.waitUntil(lambda: rail.lock.y() < rail.sign_out.y())


def test_the_keys_of_the_pages_are_seen_while_ctrl_is_held_and_at_rest_no_digit_beside_a_page_reads_as_a_count(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_ctrl, "HELD", 0)
    rail = make(6, 1366, 737)
    line = rail.list.visualItemRect(rail.list.item(3))
    end = QRect(line.right() - 60, line.top(), 60, line.height())

    def drawn() -> QImage:
        return rail.list.viewport().grab(end).toImage()

    at_rest = drawn()
    assert len({at_rest.pixel(x, y) for x in range(at_rest.width()) for y in range(at_rest.height())}) == 1
    QTest.keyPress(rail.list, Qt.Key.Key_Control)
    qtbot.waitUntil(lambda: drawn() != at_rest)
    QTest.keyRelease(rail.list, Qt.Key.Key_Control)
    assert drawn() == at_rest
    QTest.keyPress(rail.list, Qt.Key.Key_Control)
    QTest.keyClick(rail.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert drawn() == at_rest, "Ctrl pressed for a key is not held for itself"


def test_beside_a_name_that_leaves_no_room_for_its_key_stands_no_digit_but_while_ctrl_is_held(qtbot: QtBot, look: Look) -> None:
    assert look is not None
    group = PageGroup("daily", "Daily")
    rail = Rail([RailPage(title, title, "house", group) for title in ("Home", "Safeguarding and more")])
    dress(rail)
    qtbot.addWidget(rail)
    rail.mark("Home")
    rail.fit_beside(1366)
    rail.resize(rail.width(), 700)
    rail.show()
    option = QStyleOptionViewItem()
    option.initFrom(rail.list)
    option.decorationSize = rail.list.iconSize()
    index, lines = rail.list.model().index(2, 0), rail.list.itemDelegate()
    assert isinstance(lines, RailLines)
    key = index.data(KEY_ROLE)
    assert key == "Ctrl+2"
    place = QRect(0, 0, rail.list.viewport().width(), 24)
    assert lines._as_has_room(key, place, option, index) == "", "a lone digit reads as a count"
    lines.shows_keys = True
    assert lines._as_has_room(key, place, option, index) == "2"


@pytest.fixture
def guard() -> Iterator[None]:
    """Presses are watched, as in the program."""
    watching = PressGuard()
    watching.start()
    yield
    watching.stop()


@pytest.mark.usefixtures("guard")
def test_the_second_half_of_a_double_click_leads_nowhere_else(make: Make, qtbot: QtBot) -> None:
    rail = make(30, 1024, 420)
    words, bar = rail.more.text(), rail.list.verticalScrollBar()
    for _half in range(2):
        qtbot.mouseClick(rail.more, Qt.MouseButton.LeftButton)
        assert (rail.more.text(), bar.value()) == (words, bar.maximum())
    qtbot.waitUntil(lambda: rail.more.text() == "Back to the top")


@pytest.mark.usefixtures("guard")
def test_a_heading_that_is_pressed_stays_under_the_pointer(make: Make, qtbot: QtBot) -> None:
    """Whether the list is scrolled and gets shorter, or its lines have more room at once."""
    rail = make(28, 1366, 700)
    for group in ("3", "3", "2"):
        place = next(place for place in range(rail.list.count()) if rail.list.item(place).data(GROUP_ROLE) == group)
        rail.list.scrollToBottom()
        point = rail.list.visualItemRect(rail.list.item(place)).center()
        folded = group in rail._folded
        qtbot.mouseClick(rail.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
        under = rail.list.itemAt(point)
        assert under is not None
        assert under.data(GROUP_ROLE) == group
        qtbot.waitUntil(lambda group=group, folded=folded: (group in rail._folded) is not folded)
