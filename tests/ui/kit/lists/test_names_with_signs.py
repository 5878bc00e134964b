"""What stands after a name with signs: what they mean, where there is room for it whole; and the signs, where the name has room."""

from dataclasses import replace

from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column, picture_of
from pupil_desk.ui.kit.lists.signs_in_view import Sign
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.lists.widths import words_width
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

NAME = Column[str]("name", "Name", str, signs=lambda _row: [("first-aid", "bad")])
SEVERAL: list[Sign] = [("first-aid", "muted"), ("shield-warning", "bad"), ("clipboard-text", "muted")]
QUIET = Column[str]("name", "Name", str, signs=lambda _row: SEVERAL)
TOLD = Column[str](
    "name", "Name", lambda row: f"{row} – severe allergy, EHC plan", signs=NAME.signs, shorter=lambda row: (f"{row} – severe allergy", row)
)


APART = Column[str](
    "name",
    "Name",
    "{}, born 3 May 2012".format,
    signs=NAME.signs,
    shorter=lambda row: (f"{row}, 3 May 2012",),
    end=lambda _row: ", 3 May 2012",
)


def option_of(qtbot: QtBot, room: int, column: Column[str] = TOLD) -> QStyleOptionViewItem:
    table: Table[str] = Table([column], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    table.show_rows(["Hall, Ann"])
    option = QStyleOptionViewItem()
    option.initFrom(table)
    option.rect.setWidth(room)
    option.decorationSize = table.iconSize()
    table.itemDelegateForColumn(0).initStyleOption(option, table.model_.index(0, 0))  # type: ignore[attr-defined]
    return option


def drawn(qtbot: QtBot, room: int, column: Column[str] = TOLD) -> str:
    return option_of(qtbot, room, column).text


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


def test_a_sign_gives_way_before_a_name_is_cut_what_weighs_least_first_but_a_grave_one_stays(qtbot: QtBot) -> None:
    def is_drawn(room: int, signs: list[Sign]) -> bool:
        option, expected = option_of(qtbot, room, QUIET), picture_of(signs)
        assert option.text == "Hall, Ann"
        return bool(option.icon.pixmap(option.decorationSize).toImage() == expected.toImage())

    table: Table[str] = Table([QUIET], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    name = table.fontMetrics().horizontalAdvance("Hall, Ann") + 30  # with what Qt leaves around it
    one = sized(tokens.ICON) + tokens.THIN
    assert is_drawn(name + 3 * one, SEVERAL)
    assert is_drawn(name + 2 * one, SEVERAL[:2])
    assert is_drawn(name + one, SEVERAL[:2])
    assert is_drawn(name, SEVERAL[:2]), "a grave one is grave in whatever colour it is drawn"


def test_each_sign_stands_beneath_its_like_where_the_name_is_whole_beside_it_and_else_close_to_the_others(qtbot: QtBot) -> None:
    known: dict[str, list[Sign]] = {"Hall, Ann": SEVERAL[:1], "Hall, Ben": SEVERAL, "Hall, Cy": []}
    column = replace(QUIET, signs=known.__getitem__, places=["first-aid", "shield-warning", "prohibit", "clipboard-text"])
    table: Table[str] = Table([column], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    table.show_rows(list(known))
    name = table.fontMetrics().horizontalAdvance("Hall, Ann") + 30  # with what Qt leaves around it
    one = sized(tokens.ICON) + tokens.THIN

    def wide(room: int) -> int:
        option = QStyleOptionViewItem()
        option.initFrom(table)
        option.rect.setWidth(room)
        table.itemDelegateForColumn(0).initStyleOption(option, table.model_.index(0, 0))  # type: ignore[attr-defined]
        assert option.text == "Hall, Ann"
        return option.decorationSize.width()

    assert wide(name + 3 * one) == 3 * one - tokens.THIN, "the two places beside it are empty; none is kept for what nobody has"
    assert wide(name + 2 * one) == one - tokens.THIN
    assert words_width(column, list(known), table.fontMetrics()) >= name + 3 * one - tokens.THIN


def test_where_there_is_no_room_for_a_sign_that_is_not_grave_there_is_the_whole_name(qtbot: QtBot) -> None:
    plan = replace(QUIET, signs=lambda _row: SEVERAL[2:])
    table: Table[str] = Table([plan], name="Pupils", id_of=str)
    qtbot.addWidget(table)
    option = option_of(qtbot, table.fontMetrics().horizontalAdvance("Hall, Ann") + 34, plan)
    assert option.icon.isNull()
    assert not option.features & QStyleOptionViewItem.ViewItemFeature.HasDecoration


def test_a_heading_of_two_lines_takes_the_width_of_the_longer_one(qtbot: QtBot) -> None:
    table: Table[str] = Table([NAME], name="Figures", id_of=str)
    qtbot.addWidget(table)
    two, one = (Column[str]("sessions", title, str, width=16) for title in ("Unauthorised\nsessions", "Unauthorised"))
    assert words_width(two, ["96"], table.fontMetrics()) == words_width(one, ["96"], table.fontMetrics())
