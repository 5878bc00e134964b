"""Several pupils chosen for one code: by Ctrl or Shift with a click on a name or a cell, by Shift with an arrow, by Space; and nobody unasked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from pupil_desk.ui.pages.register.painting import SHOWN_ROLE
from tests.ui.pages.register.conftest import AM, PM, TODAY, YESTERDAY, Room

KEY = Qt.Key
NONE, CONTROL, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def click_name(room: Room, row: int, held: Qt.KeyboardModifier = NONE) -> None:
    names = room.grid.verticalHeader()
    middle = QPoint(names.width() // 2, names.sectionViewportPosition(row) + names.sectionSize(row) // 2)
    room.qtbot.mouseClick(names.viewport(), LEFT, held, middle)


def click_cell(room: Room, row: int, held: Qt.KeyboardModifier = NONE) -> None:
    room.qtbot.mouseClick(room.grid.viewport(), LEFT, held, room.grid.visualRect(room.grid.model_.index(row, 0)).center())


def chosen(room: Room) -> list[tuple[int, int]]:
    return sorted((index.row(), index.column()) for index in room.grid.selectedIndexes())


def marks(room: Room, column: int = 0) -> dict[int, str]:
    """What is typed in a session, by the row."""
    cells = [room.page.marking.sheet.cell_at(row, column) for row in range(12)]
    return {row: cell.unsaved_mark.code for row, cell in enumerate(cells) if cell.unsaved_mark is not None}


@pytest.mark.parametrize("click", [click_name, click_cell])
def test_two_far_apart_are_marked_by_one_key_and_whom_to_call_is_beside_them(room: Room, click: Callable[..., None]) -> None:
    click(room, 2)
    click(room, 9, held=CONTROL)
    room.press("n")
    assert marks(room) == {2: "N", 9: "N"}
    assert room.page.panel.currentWidget() is room.page.calls
    assert "2 of 2 still to be called" in room.page.calls.words.text()
    assert chosen(room) == []
    room.press(KEY.Key_Z, held=CONTROL)
    assert not room.page.dirty, "one act, one step back"


def test_by_the_mouse_alone(room: Room) -> None:
    absent = room.page.heading.button_of("absent")
    assert (absent.isEnabled(), absent.toolTip()) == (False, "Choose who is absent first"), "the first row is nobody's choice"
    room.page.heading.button_of("fill").click()
    click_name(room, 2)
    click_name(room, 9, held=CONTROL)
    absent.click()
    assert not absent.isEnabled(), "the next pupil is nobody's choice"
    room.page.heading.button_of("save").click()
    assert [row for row, code in enumerate(room.kept()) if code == "N"] == [2, 9]
    assert room.kept().count("/") == 10
    assert room.kept(PM) == [None] * 12


def test_by_keys_alone_and_escape_ends_it(room: Room) -> None:
    room.press(KEY.Key_Down)
    room.press(KEY.Key_Down, held=SHIFT)
    room.press(KEY.Key_Down, KEY.Key_Down, held=CONTROL)
    room.press(KEY.Key_Space)
    assert chosen(room) == [(1, 0), (2, 0), (4, 0)]
    room.press("i")
    assert marks(room) == {1: "I", 2: "I", 4: "I"}
    room.press(KEY.Key_Home)
    room.press(KEY.Key_Down, held=SHIFT)
    room.press(KEY.Key_Escape)
    assert chosen(room) == []
    assert room.window.page is room.page
    room.press("l")
    assert marks(room) == {1: "L", 2: "I", 4: "I"}


def test_a_plain_arrow_or_click_ends_a_choice_and_a_code_goes_on_to_nobody_else(room: Room) -> None:
    click_name(room, 2)
    click_name(room, 9, held=CONTROL)
    room.press(KEY.Key_Up, "l")
    assert marks(room) == {8: "L"}
    room.press("l")
    assert marks(room) == {8: "L", 9: "L"}


def test_a_name_is_of_the_session_one_is_in_and_with_shift_the_names_between(room: Room) -> None:
    room.grid.go(0, 1)
    click_name(room, 3)
    click_name(room, 5, held=SHIFT)
    room.press("/")
    assert marks(room, 1) == dict.fromkeys((3, 4, 5), "\\")
    assert marks(room) == {}


def test_a_hand_that_slips_with_the_button_down_chooses_one(room: Room) -> None:
    port = room.grid.viewport()
    first, second = (room.grid.visualRect(room.grid.model_.index(row, 0)).center() for row in (3, 4))
    room.qtbot.mousePress(port, LEFT, NONE, first)
    room.qtbot.mouseMove(port, second)
    room.qtbot.mouseRelease(port, LEFT, NONE, second)
    assert chosen(room) == [(3, 0)]


def test_a_key_held_while_the_program_goes_somewhere_chooses_nobody(room: Room) -> None:
    click_name(room, 2)
    room.press(KEY.Key_Right, held=CONTROL)
    room.press(KEY.Key_Left, held=CONTROL)
    assert chosen(room) == []


def test_several_that_are_typed_are_taken_out_at_once_and_what_is_kept_stays(room: Room) -> None:
    room.enter(3, "L")
    click_name(room, 2)
    click_name(room, 4, held=SHIFT)
    room.press("l")
    assert marks(room) == {2: "L", 4: "L"}, "the same code again is no change"
    click_name(room, 2)
    click_name(room, 4, held=SHIFT)
    room.press(KEY.Key_Delete)
    assert not room.page.dirty
    assert room.kept()[3] == "L"


def test_a_day_of_both_sessions_is_marked_in_the_code_of_each_and_what_is_refused_is_said(room: Room) -> None:
    room.page._go_to(TODAY, is_week=True)
    room.grid.go(0, 2)
    room.press(KEY.Key_Right, KEY.Key_Right, held=SHIFT)
    room.press("/")
    assert [mark.code for mark in room.page.marking.unsaved.marks] == ["/", "\\"]
    assert room.window.banner.words == "Ashdown, Mimi: / can only be entered when the session has begun."


def test_a_screen_reader_hears_which_are_chosen(room: Room) -> None:
    click_name(room, 2)
    click_name(room, 9, held=CONTROL)
    table = QAccessible.queryAccessibleInterface(room.grid)
    assert table is not None
    cells = [table.child(place) for place in range(table.childCount())]
    heard = [cell.text(QAccessible.Text.Name) for cell in cells if cell is not None and cell.state().selected]
    assert len(heard) == 2
    assert all("Tuesday morning: Not marked" in words for words in heard)


def test_the_week_before_keeps_no_choice(room: Room) -> None:
    room.enter(0, "/", day=YESTERDAY, session=AM)
    click_name(room, 2)
    room.page._go_to(YESTERDAY, is_week=False)
    assert not room.grid.has_choice


def test_a_first_sign_that_was_typed_falls_on_nobody_once_another_code_is_picked(room: Room) -> None:
    click_name(room, 2)
    room.press("c")
    room.page.heading.button_of("absent").click()
    room.page.marking.settle()
    assert marks(room) == {2: "N"}
    click_name(room, 4)
    click_name(room, 6, held=CONTROL)
    room.press("c")
    room.press(KEY.Key_Escape)
    assert room.grid.waiting == ""


def test_what_is_planned_is_taken_out_of_the_one_chosen_alone(room: Room) -> None:
    tomorrow = TODAY + timedelta(days=1)
    for row in (1, 5):
        room.enter(row, "B", day=tomorrow)
    room.page._go_to(tomorrow, is_week=False)
    click_name(room, 1)
    room.press(*[KEY.Key_Down] * 4, held=CONTROL)
    room.press(KEY.Key_Delete)
    assert [row for row, code in enumerate(room.kept(day=tomorrow)) if code == "B"] == [5]
    room.enter(1, "B", day=tomorrow)
    click_name(room, 1)
    click_name(room, 5, held=CONTROL)
    room.press(KEY.Key_Delete)
    assert [row for row, code in enumerate(room.kept(day=tomorrow)) if code == "B"] == [1, 5]
    assert room.window.banner.words == "Choose one alone to take out what is planned."


def test_of_several_that_are_refused_each_is_named(room: Room) -> None:
    room.page._go_to(TODAY + timedelta(days=1), is_week=False)
    click_name(room, 0)
    click_name(room, 1, held=CONTROL)
    room.press("/")
    assert room.window.banner.words == "Ashdown, Mimi; " + room.page.marking.name_of(room.grid.model_.index(1, 0).data(SHOWN_ROLE)) + (
        ": / can only be entered when the session has begun."
    )
