"""The table keeps its place, opens by keyboard, asks for an order, and says why it is empty."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    age: int


ROWS = [Row("1", "Ada", 13), Row("2", "Bo", 14), Row("3", "Cy", 15)]
COLUMNS = (
    Column[Row]("name", "Name", lambda row: row.name, order="name", stretch=True),
    Column[Row]("age", "Age", lambda row: str(row.age), order="dob", align="right"),
    Column[Row]("note", "Note", lambda row: "–"),
)


@pytest.fixture
def table(qtbot: QtBot) -> Table[Row]:
    made = Table(COLUMNS, name="Pupils", empty=EmptyState("users", "No pupils yet", "Import them from your school system."))
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    return made


def test_it_shows_words_and_speaks_them_with_their_heading(table: Table[Row]) -> None:
    table.show_rows(ROWS)
    assert [table.cell(row, "name") for row in range(3)] == ["Ada", "Bo", "Cy"]
    assert table.model().index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Age: 14"
    assert table.accessibleName() == "Pupils"


def test_it_stays_on_its_row_when_the_rows_are_asked_for_again(table: Table[Row]) -> None:
    table.show_rows(ROWS)
    table.select("2")
    table.show_rows([ROWS[2], ROWS[0], ROWS[1]])
    assert table.current() == ROWS[1]
    table.show_rows([ROWS[2], ROWS[0]])
    assert table.current() == ROWS[2]


def test_down_moves_and_enter_opens(table: Table[Row], qtbot: QtBot) -> None:
    table.show_rows(ROWS)
    with qtbot.waitSignal(table.current_changed) as moved:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert moved.args == [ROWS[1]]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [ROWS[1]]


def test_tab_leaves_the_table(table: Table[Row]) -> None:
    assert not table.tabKeyNavigation()


def click_heading(qtbot: QtBot, table: Table[Row], place: int) -> None:
    header = table.horizontalHeader()
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _middle(table, place))


def _middle(table: Table[Row], place: int):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QPoint

    header = table.horizontalHeader()
    return QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) // 2, header.height() // 2)


def test_a_heading_asks_for_its_order_and_again_for_the_other_way(table: Table[Row], qtbot: QtBot) -> None:
    table.show_rows(ROWS)
    asked: list[tuple[str, bool]] = []
    table.order.connect(lambda key, descending: asked.append((key, descending)))
    for place in (1, 1, 0, 2):
        click_heading(qtbot, table, place)
    assert asked == [("dob", False), ("dob", True), ("name", False)]
    assert table.rows == ROWS


def test_the_keyboard_asks_for_an_order(table: Table[Row], qtbot: QtBot) -> None:
    table.show_rows(ROWS)
    asked: list[tuple[str, bool]] = []
    table.order.connect(lambda key, descending: asked.append((key, descending)))
    for _press in range(3):
        qtbot.keyClick(table, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert asked == [("name", False), ("name", True), ("dob", False)]


def test_an_empty_table_says_why(table: Table[Row]) -> None:
    table.show_rows([])
    assert table.empty is not None
    assert table.empty.isVisible()
    assert table.empty.title.text() == "No pupils yet"
    assert table.current() is None
    table.show_rows(ROWS)
    assert not table.empty.isVisible()


@pytest.mark.parametrize("width", [160, 500, 1_000])
def test_the_name_keeps_its_room_and_takes_what_is_left(table: Table[Row], qtbot: QtBot, width: int) -> None:
    table.show_rows(ROWS)
    table.resize(width, 300)
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance("Bartholomew")
    others = table.columnWidth(1) + table.columnWidth(2)
    if width > 400:
        assert table.columnWidth(0) + others == table.viewport().width()


def test_several_can_be_chosen(qtbot: QtBot) -> None:
    table = Table(COLUMNS, name="Pupils", several=True)
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    table.selectAll()
    assert table.selected() == ROWS


def test_columns_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.json")
    table = Table(COLUMNS, name="Pupils", memory=memory, memory_key="pupils")
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    table.setColumnWidth(1, 234)
    qtbot.waitUntil(lambda: memory.get("columns/pupils") is not None)
    again = Table(COLUMNS, name="Pupils", memory=Memory(tmp_path / "window.json"), memory_key="pupils")
    qtbot.addWidget(again)
    again.show_rows(ROWS)
    assert again.columnWidth(1) == 234


def test_only_what_the_person_made_wider_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.json")
    table = Table(COLUMNS, name="Pupils", memory=memory, memory_key="pupils")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.show_rows(ROWS)
    assert not table._remembering.isActive(), "a screen of another scale has other widths"
    table.setColumnWidth(1, 234)
    table._remember()
    assert memory.get("columns/pupils") == [0, 234, 0]


def test_a_day_with_its_time_is_never_cut_nor_a_name_beside_free_room(qtbot: QtBot) -> None:
    long_name = "Birtwhistle-Featherstonehaugh, Nia"
    columns = (
        Column[Row]("name", "Name", lambda _row: long_name, stretch=True, width=8),
        Column[Row]("at", "When", lambda _row: "24 Nov 2026 10:05", width=8),
        Column[Row]("note", "Note", lambda _row: "no", stretch=True, width=8),
    )
    table = Table(columns, name="Pupils")
    qtbot.addWidget(table)
    table.show()
    table.show_rows(ROWS)
    words = table.fontMetrics().horizontalAdvance
    taken = words(long_name) + words("24 Nov 2026 10:05") + words("Note") + 8 * tokens.M
    table.resize(taken + 2 * tokens.M, 300)
    assert table.columnWidth(0) >= words(long_name) + 2 * tokens.M
    table.resize(200, 300)
    assert table.columnWidth(0) == 8 * words("n")
    assert table.columnWidth(1) >= words("24 Nov 2026 10:05") + 2 * tokens.M


def test_of_ten_thousand_rows_only_those_in_sight_are_put_into_words(qtbot: QtBot) -> None:
    worded: list[str] = []
    table = Table((Column[Row]("name", "Name", lambda row: (worded.append(row.id), row.name)[1]),), name="Pupils")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.show_rows([Row(str(number), f"Pupil {number}", number % 7 + 11) for number in range(10_000)])
    qtbot.waitUntil(lambda: len(worded) > 0)
    qtbot.waitExposed(table)
    assert len(set(worded)) < 100


def test_columns_grow_with_the_text_and_shrink_again(table: Table[Row], look: Look) -> None:
    table.show_rows(ROWS)
    before = table.columnWidth(1)
    try:
        look.set_text_size(200)
        words = table.fontMetrics().horizontalAdvance("Age")
        assert table.columnWidth(1) >= words + 2 * tokens.M
        assert table.columnWidth(1) > 1.5 * before
    finally:
        look.set_text_size(100)
    assert table.columnWidth(1) == pytest.approx(before, abs=2)


def test_an_icon_leaves_its_words_their_room_at_every_text_size(qtbot: QtBot, look: Look) -> None:
    signed = (Column[Row]("level", "Level", lambda _row: "Minimum", icon=lambda _row: "circle-half"), *COLUMNS[:1])
    try:
        look.set_text_size(200)
        made = Table(signed, name="Levels")
        qtbot.addWidget(made)
        made.show_rows(ROWS)
        words = made.fontMetrics().horizontalAdvance("Minimum")
        assert made.columnWidth(0) >= words + made.iconSize().width() + 2 * tokens.S
    finally:
        look.set_text_size(100)


def test_a_column_that_is_hidden_gives_its_room_and_keeps_its_width(qtbot: QtBot, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.json")
    table = Table(COLUMNS, name="Pupils", memory=memory, memory_key="pupils")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.show_rows(ROWS)
    table.setColumnWidth(2, note := 150)
    table._share_room()
    name = table.columnWidth(0)
    table.setColumnHidden(2, True)
    assert table.columnWidth(0) == name + note
    table._remember()
    assert memory.get("columns/pupils")[2] == note


def test_words_are_whole_where_a_stretching_column_has_more_room_than_its_own_take(qtbot: QtBot) -> None:
    school = Column[Row]("school", "School", lambda _row: "Wyming Vale School (919/4001)", width=12)
    table = Table((COLUMNS[0], school), name="Pupils")
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    table.show_rows(ROWS)
    words = table.fontMetrics().horizontalAdvance("Wyming Vale School (919/4001)")
    assert words < table.columnWidth(1) < words + 40
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    table.resize(250, 300)
    assert table.columnWidth(1) < words


def test_words_that_must_have_room_have_it_before_any_row_holds_them(qtbot: QtBot) -> None:
    longest = Column[Row]("last", "Last", lambda _row: "no", longest="24 Nov 2026, by post")
    table = Table((*COLUMNS[:1], longest), name="Pupils")
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("24 Nov 2026, by post")


def test_the_headings_of_an_empty_table_are_whole(qtbot: QtBot) -> None:
    columns = (Column("a", "How it stands with the committee", str), Column("b", "Why", str, stretch=True))
    table = Table(columns, name="Decisions", id_of=str, empty=EmptyState("calendar-x", "None is on file"))
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    table.show_rows([])
    header = table.horizontalHeader()
    assert header.sectionSize(0) >= table.fontMetrics().horizontalAdvance("How it stands with the committee")
    table.show_rows(["a text that is a good deal longer than its heading, which was all there was to measure"])
    assert header.sectionSize(0) > table.fontMetrics().horizontalAdvance("How it stands with the committee") + 50


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_row_is_chosen_alone_though_a_key_is_held(qtbot: QtBot, held: Qt.KeyboardModifier) -> None:
    table = Table((Column("a", "Name", str),), name="Letters", id_of=str, several=True)
    qtbot.addWidget(table)
    table.show()
    table.show_rows(["one", "two", "three"])
    qtbot.keyPress(table, Qt.Key.Key_F5, held)  # as in Ctrl+5, which leads to a page: Qt remembers the key as held
    try:
        table.selectRow(2)
        assert table.selected() == ["three"]
    finally:
        qtbot.keyRelease(table, Qt.Key.Key_F5)


def test_a_column_gives_way_by_the_width_of_the_table_itself(table: Table[Row], qtbot: QtBot) -> None:
    """However the table comes by its width: a window that grows, or a place that was dragged."""
    table.show_rows(ROWS)
    table.always_give_way({"note": 400})
    assert not table.isColumnHidden(2)
    table.resize(399, 300)
    assert table.isColumnHidden(2)
    table.resize(400, 300)
    assert not table.isColumnHidden(2)


def test_a_column_gives_way_by_the_width_of_the_page_where_it_is_named(table: Table[Row], qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    table.show_rows(ROWS)
    table.always_give_way({"note": 400}, room_of=page)
    for width in (399, 400):
        page.resize(width, 300)
        assert table.isColumnHidden(2) is (width < 400)


def test_a_list_that_stands_on_no_row_waits_for_the_first_key_and_opens_nothing_before(qtbot: QtBot) -> None:
    table: Table[Row] = Table(COLUMNS, name="Pupils", several=True, stands_on_first=False)
    qtbot.addWidget(table)
    moved: list[object] = []
    opened: list[Row] = []
    table.current_changed.connect(moved.append)
    table.opened.connect(opened.append)
    table.show()
    table.show_rows(ROWS)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (table.current(), table.selected(), moved, opened) == (None, [], [None], [])
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == ROWS[0]
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert (table.current(), table.selected()) == (ROWS[1], list(ROWS[:2])), "of several, the one that the person came to last"
    table.clearSelection()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (table.current(), opened, moved[-1]) == (None, [], None), "where the cursor was left nobody chose anything"
    table.selectRow(2)
    table.show_rows(ROWS)
    assert table.current() == ROWS[2], "what was chosen stays chosen"
    table.show_rows(ROWS[:2])
    assert (table.current(), moved[-1]) == (None, None), "where it has gone, no other stands there instead"


def test_enter_leads_on_to_what_is_done_with_the_row_and_held_down_it_goes_no_further(table: Table[Row], qtbot: QtBot) -> None:
    grey, first, opened = QPushButton("Grey"), QPushButton("First"), list[Row]()
    for button in (grey, first):
        qtbot.addWidget(button)
        button.setParent(table)
        button.show()
    grey.setEnabled(False)
    table.lead_to(grey, first)
    table.opened.connect(opened.append)
    table.show_rows(ROWS)
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.setFocus()
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(table, held)
    assert opened == []
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (opened, first.hasFocus()) == ([ROWS[0]], True)
