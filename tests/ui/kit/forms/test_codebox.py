"""Pick lists by keyboard, by code and by words, and out of the wheel's reach."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QCursor, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, invalidate

from pupil_desk.ui.kit.forms.codebox import ChoiceBox, CodeBox
from pupil_desk.ui.kit.forms.dropdown import DropDown
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.style.look import Look

TODAY = date(2026, 11, 24)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[CodeBox]:
    window = QWidget()
    qtbot.addWidget(window)
    made = CodeBox("ethnicity", today=TODAY, name="Ethnic group")
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield made  # noqa: PT022 - the window must live as long


@pytest.mark.parametrize("typed", ["WBRI", "wbri", "White - British", "white - british (wbri)"])
def test_a_code_is_found_by_code_and_by_words(box: CodeBox, typed: str) -> None:
    box.take_text("")
    box.setEditText(typed)
    assert box.code() == "WBRI"


def test_what_is_typed_finds_as_it_goes(box: CodeBox, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClicks(box.lineEdit(), "british")
    found = box.completer().completionModel()
    words = [found.index(row, 0).data() for row in range(found.rowCount())]
    assert "White - British (WBRI)" in words
    assert all("british" in word.casefold() for word in words)


def test_the_list_that_finds_is_dressed_as_the_boxs_own(box: CodeBox, look: Look) -> None:
    box.setFocus()
    popup = box.completer().popup()
    assert (popup.property("look"), popup.styleSheet()) == ("popup", look.sheet)


def test_leaving_tidies_what_is_typed(box: CodeBox, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClicks(box.lineEdit(), "wbri")
    qtbot.keyClick(box.completer().popup(), Qt.Key.Key_Tab)
    assert box.currentText() == "White - British (WBRI)"


def test_what_is_none_of_the_list_is_kept_as_typed(box: CodeBox) -> None:
    box.setEditText("Martian")
    assert box.code() is None
    assert box.typed_text() == "Martian"


def test_it_can_be_emptied(box: CodeBox) -> None:
    box.set_code("WBRI")
    box.setEditText("")
    assert box.typed_text() == ""


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_never_edits(qtbot: QtBot, focused: bool) -> None:
    box = ChoiceBox([("a", "One"), ("b", "Two")], name="Which")
    qtbot.addWidget(box)
    box.show()
    if focused:
        box.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.key() == "a"


def test_the_keyboard_chooses(qtbot: QtBot) -> None:
    box = ChoiceBox([("a", "One"), ("b", "Two")], name="Which")
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.key() == "b"


def test_other_choices_are_offered_without_a_word_and_what_was_chosen_stays(qtbot: QtBot) -> None:
    box, told = ChoiceBox([("a", "Ann"), ("b", "Bea")]), list[int]()
    qtbot.addWidget(box)
    box.currentIndexChanged.connect(told.append)
    box.offer([("c", "Cy"), ("b", "Bea")], "b")
    assert (box.key(), box.count()) == ("b", 2)
    box.offer([("d", "Dee"), ("e", "Eve")], "b")
    assert box.key() == "d"
    box.offer([])
    assert (box.key(), box.currentIndex(), told) == ("", -1, [])


LONG = "Two, of a line that is a good deal wider than the box in which it will stand once it is chosen"


def _placed(qtbot: QtBot, *boxes: QWidget, beneath: int = 0) -> QWidget:
    """A window with these boxes, so low on the screen that so much room is beneath it."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for box in boxes:
        column.addWidget(box)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    if beneath:
        room = window.screen().availableGeometry()
        window.move(0, room.bottom() + 1 - beneath - boxes[-1].geometry().bottom())
    return window


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _narrow_box() -> ChoiceBox:
    box = ChoiceBox([("a", "One"), ("b", LONG)], name="Which")
    box.setMaximumWidth(120)
    return box


def _list_of(box: ChoiceBox) -> QAbstractItemView:
    return box.completer().popup() if isinstance(box, CodeBox) else box.view()


def _made(kind: str) -> ChoiceBox:
    return _narrow_box() if kind == "choice" else CodeBox("ethnicity", today=TODAY, name="Ethnic group")


def _open(box: ChoiceBox, by: str) -> None:
    if by == "click":
        QTest.mouseClick(box.lineEdit() or box, Qt.MouseButton.LeftButton)
    elif by == "F4":
        QTest.keyClick(box, Qt.Key.Key_F4)
    else:
        QTest.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


@pytest.mark.parametrize("by", ["click", "F4", "Alt+Down"])
@pytest.mark.parametrize("kind", ["choice", "code"])
def test_the_list_opens_beneath_its_box_as_wide_as_its_longest_entry(qtbot: QtBot, kind: str, by: str) -> None:
    box = _made(kind)
    _window = _placed(qtbot, box, QLineEdit())
    box.setFocus()
    _open(box, by)
    lines = _list_of(box)
    qtbot.waitUntil(lines.isVisible)
    place, frame = _place(box), _place(lines.window())
    assert (frame.left(), frame.top()) == (place.left(), place.bottom() + 1)
    longest = max(lines.fontMetrics().horizontalAdvance(box.itemText(each)) for each in range(box.count()))
    assert frame.width() >= max(longest, place.width())
    lines.window().hide()


@pytest.mark.parametrize("kind", ["choice", "code"])
def test_with_no_room_beneath_the_list_opens_above_its_box_and_not_over_it(qtbot: QtBot, kind: str) -> None:
    box = _made(kind)
    _window = _placed(qtbot, QLineEdit(), box, beneath=10)
    box.setFocus()
    _open(box, "F4")
    frame = _place(_list_of(box).window())
    assert frame.bottom() < _place(box).top()
    _list_of(box).window().hide()


def test_the_click_that_opens_the_list_chooses_nothing_however_long_it_is_held(qtbot: QtBot) -> None:
    box = _narrow_box()
    _window = _placed(qtbot, box)
    box.setFocus()
    QTest.mousePress(box, Qt.MouseButton.LeftButton)
    assert not box.view().isVisible()
    QTest.mouseRelease(box, Qt.MouseButton.LeftButton, delay=500)
    qtbot.waitUntil(box.view().isVisible)
    second = box.view().visualRect(box.model().index(1, 0)).center()
    QTest.mouseRelease(box.view().viewport(), Qt.MouseButton.LeftButton, pos=second, delay=500)
    assert (box.key(), box.view().isVisible()) == ("a", True)
    QTest.mouseClick(box.view().viewport(), Qt.MouseButton.LeftButton, pos=second, delay=500)
    assert (box.key(), box.view().isVisible()) == ("b", False)


def test_a_list_that_opens_under_a_still_pointer_keeps_its_line(qtbot: QtBot) -> None:
    box = _narrow_box()
    _window = _placed(qtbot, box)
    box.setFocus()
    _open(box, "F4")
    pointer, second = QCursor.pos(), box.view().visualRect(box.model().index(1, 0)).center()
    still = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(second),
        QPointF(pointer),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(box.view().viewport(), still)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert (box.key(), box.view().isVisible()) == ("a", False)


def test_what_is_typed_stands_for_what_stood(box: CodeBox) -> None:
    box.set_code("WBRI")
    _open(box, "click")
    QTest.keyClicks(box, "ind")
    assert box.currentText() == "ind"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_beginning_that_only_one_line_has_is_taken(box: CodeBox, key: Qt.Key) -> None:
    box.setFocus()
    QTest.keyClicks(box, "gyps")
    QTest.keyClick(box.completer().popup(), key)
    assert (box.currentText(), box.code()) == ("Gypsy / Roma (WROM)", "WROM")


@pytest.mark.parametrize("is_open", [True, False])
def test_a_letter_stands_for_what_an_arrow_chose(box: CodeBox, is_open: bool) -> None:
    box.setFocus()
    if is_open:
        box.showPopup()
    popup = box.completer().popup()
    for _press in range(2):  # past the empty line
        QTest.keyClick(popup if is_open else box, Qt.Key.Key_Down)
    assert box.currentText(), "a line is chosen"
    QTest.keyClick(popup if is_open else box, Qt.Key.Key_I)
    assert box.currentText() == "i"


def test_a_command_by_keys_closes_the_list(box: CodeBox) -> None:
    box.setFocus()
    box.showPopup()
    popup = box.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not popup.isVisible()


def test_a_beginning_is_taken_when_the_box_is_left(box: CodeBox) -> None:
    box.setFocus()
    QTest.keyClicks(box, "chne")
    box.completer().popup().hide()
    box.window().findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).setFocus()
    assert box.currentText() == "Chinese (CHNE)"


@pytest.mark.parametrize("typed", ["whi", "martian", "british"])
def test_a_beginning_that_several_lines_have_or_none_stays_as_typed(box: CodeBox, typed: str) -> None:
    box.setFocus()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box.completer().popup(), Qt.Key.Key_Tab)
    assert (box.currentText(), box.code()) == (typed, None)


def test_a_box_that_is_only_read_opens_no_list(box: CodeBox) -> None:
    box.set_readonly(True)
    for by in ("click", "F4", "Alt+Down"):
        _open(box, by)
        assert not box.completer().popup().isVisible()


def test_the_keys_that_open_a_list_close_it(box: CodeBox) -> None:
    box.setFocus()
    _open(box, "F4")
    QTest.keyClick(box.completer().popup(), Qt.Key.Key_F4)
    assert not box.completer().popup().isVisible()
    assert box.code() is None


@pytest.mark.parametrize("kind", ["choice", "code"])
def test_esc_closes_the_list_and_is_no_esc_of_the_form_around_it(qtbot: QtBot, kind: str) -> None:
    box, put_back = _made(kind), []
    window = _placed(qtbot, box)
    shortcut_within(window, "Esc", lambda: put_back.append(box.currentText()))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    box.setFocus()
    _open(box, "F4")
    popup = _list_of(box).window()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup.windowHandle(), Qt.Key.Key_Escape)
    assert (popup.isVisible(), put_back) == (False, [])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert len(put_back) == 1


def test_a_list_that_opens_again_has_the_chosen_line_lit_and_not_the_one_pointed_at_last(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = ChoiceBox([("", "All pupils"), ("9", "Year 9"), ("10", "Year 10")], name="Group")
    QVBoxLayout(window).addWidget(box)
    window.show()
    box.set_key("10")
    box.showPopup()
    lines = box.view()
    QTest.mouseMove(lines.viewport(), lines.visualRect(box.model().index(1, 0)).center())
    lines.setCurrentIndex(box.model().index(1, 0))  # as Qt does for the line beneath the pointer
    box.hidePopup()
    assert box.currentText() == "Year 10"
    box.showPopup()
    assert lines.currentIndex().data() == "Year 10"
    box.hidePopup()


def test_an_open_list_whose_box_goes_is_no_error(qtbot: QtBot, box: CodeBox) -> None:
    """A form is made anew by an entry that was chosen, before its list has closed."""
    box.showPopup()
    lines = box.completer().popup()
    watching = lines.findChild(DropDown)
    assert watching is not None
    lines.setParent(None)  # as the list of a box outlives it for a moment, closing
    delete(box)
    assert not watching.eventFilter(lines, QEvent(QEvent.Type.Hide))


def test_a_list_that_pyside_counts_as_gone_opens_all_the_same(qtbot: QtBot) -> None:
    made = ChoiceBox([("a", "Ash"), ("b", "Birch")], name="Tree")
    qtbot.addWidget(made)
    made.show()
    made.showPopup()
    made.hidePopup()
    invalidate(made.view())
    made.showPopup()
    assert made.view().isVisible()
    qtbot.keyClick(made.view(), Qt.Key.Key_B)
    assert made.key() == "b"
