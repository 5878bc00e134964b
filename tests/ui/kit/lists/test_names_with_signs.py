"""What stands after a name with signs: what they mean, where there is room for it whole, and no column is made wider for it, nor for two lines of heading."""

from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.lists.widths import words_width

NAME = Column[str]("name", "Name", str, signs=lambda _row: [("first-aid", "bad")])
TOLD = Column[str](
    "name", "Name", str, signs=NAME.signs, longer=lambda row: (f"{row} – severe allergy, EHC plan", f"{row} – severe allergy")
)


APART = Column[str](
    "name",
    "Name",
    "{}, born 3 May 2012".format,
    signs=NAME.signs,
    shorter=lambda row: (f"{row}, 3 May 2012",),
    end=lambda _row: ", 3 May 2012",
)


def drawn(qtbot: QtBot, room: int, column: Column[str] = TOLD) -> str:
    table: Table[str] = Table([column], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    table.show_rows(["Hall, Ann"])
    option = QStyleOptionViewItem()
    option.initFrom(table)
    option.rect.setWidth(room)
    option.decorationSize = table.iconSize()
    table.itemDelegateForColumn(0).initStyleOption(option, table.model_.index(0, 0))  # type: ignore[attr-defined]
    return option.text


def test_as_much_is_said_as_has_room_whole(qtbot: QtBot) -> None:
    assert drawn(qtbot, 600) == "Hall, Ann – severe allergy, EHC plan"
    assert drawn(qtbot, 260) == "Hall, Ann – severe allergy"
    assert drawn(qtbot, 100) == "Hall, Ann"


def test_what_tells_a_namesake_apart_is_whole_however_little_room_there_is(qtbot: QtBot) -> None:
    assert drawn(qtbot, 600, APART) == "Hall, Ann, born 3 May 2012"
    assert drawn(qtbot, 210, APART) == "Hall, Ann, 3 May 2012"
    shortest = drawn(qtbot, 170, APART)
    assert shortest.startswith("Ha")
    assert shortest.endswith("…, 3 May 2012")


def test_the_column_is_as_wide_as_for_the_name_alone(qtbot: QtBot) -> None:
    table: Table[str] = Table([TOLD], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    metrics = table.fontMetrics()
    assert words_width(TOLD, ["Hall, Ann"], metrics) == words_width(NAME, ["Hall, Ann"], metrics)


def test_a_heading_of_two_lines_takes_the_width_of_the_longer_one(qtbot: QtBot) -> None:
    table: Table[str] = Table([NAME], name="Figures", id_of=str)
    qtbot.addWidget(table)
    two, one = (Column[str]("sessions", title, str, width=16) for title in ("Unauthorised\nsessions", "Unauthorised"))
    assert words_width(two, ["96"], table.fontMetrics()) == words_width(one, ["96"], table.fontMetrics())
