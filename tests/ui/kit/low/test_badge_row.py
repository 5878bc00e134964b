"""In a low window a row of badges takes no more lines than the grave ones need; one button tells the others, and no grave one is ever behind it."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.low.badge_row import BadgeRow
from pupil_desk.ui.kit.low.foldable import LOW, tell_height
from pupil_desk.ui.kit.words import STRETCH, column_in
from pupil_desk.ui.style.look import dress

WIDTH = 560
ALLERGY, WITHHELD = "Life-threatening allergy", "Address withheld: Mrs Priya Chandra-Fernandes"
ORDER, PLANS, CARE = (
    "Order or restriction: Mr Vikram Chandra-Fernandes",
    "EHC plan, risk assessment, behaviour plan and reintegration plan",
    "Looked after",
)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def row(window: QWidget, told: list[str]) -> BadgeRow:
    made = BadgeRow(lambda: told.append("all"))
    made.folded.connect(lambda: made.fit(WIDTH))
    column_in(window, 0, made, STRETCH)
    dress(window)
    window.resize(WIDTH, LOW + 1)
    window.show()
    return made


def show(row: BadgeRow, height: int, *, grave: tuple[str, ...] = (), others: tuple[str, ...] = ()) -> list[str]:
    """The words of those that stand there in a window so high."""
    row.window().resize(WIDTH, height)
    row.show_badges(
        [*(Badge(words, "first-aid", "bad") for words in grave), *(Badge(words, "clipboard-text", "check") for words in others)]
    )
    tell_height(row.window())
    row.fit(WIDTH)
    return [badge.words for badge in row.badges if badge.isVisible()]


def test_in_a_high_window_all_stand_there(row: BadgeRow) -> None:
    assert show(row, LOW + 1, grave=(ALLERGY,), others=(PLANS, CARE)) == [ALLERGY, PLANS, CARE]
    assert not row.more_button.isVisible()


def test_in_a_low_window_those_that_would_need_a_line_stand_behind_a_button_that_names_them(row: BadgeRow, told: list[str]) -> None:
    assert show(row, LOW - 1, grave=(ALLERGY,), others=(PLANS, CARE)) == [ALLERGY]
    assert row.more_button.isVisible()
    assert row.more_button.text() == "and 2 more"
    assert row.more_button.accessibleName() == f"and 2 more: {PLANS}, {CARE}"
    row.more_button.click()
    assert told == ["all"]


def test_in_a_low_window_what_has_room_in_the_line_stands_there(row: BadgeRow) -> None:
    assert show(row, LOW - 1, grave=(ALLERGY,), others=(CARE,)) == [ALLERGY, CARE]
    assert not row.more_button.isVisible()


def test_a_grave_one_is_never_behind_the_button(row: BadgeRow) -> None:
    assert show(row, LOW - 1, grave=(ALLERGY, WITHHELD, ORDER), others=(PLANS, CARE))[:3] == [ALLERGY, WITHHELD, ORDER]
    assert row.more_button.isVisible()


def test_where_none_is_grave_the_first_stands_there_whatever_it_takes(row: BadgeRow) -> None:
    assert show(row, LOW - 1, others=(PLANS * 2, CARE)) == [PLANS * 2]
    assert row.more_button.text() == "and 1 more"


def test_where_the_window_becomes_low_and_high_again_they_fold_and_unfold(row: BadgeRow) -> None:
    show(row, LOW + 1, grave=(ALLERGY,), others=(PLANS, CARE))
    for height, count in ((LOW - 1, 1), (LOW + 1, 3)):
        row.window().resize(WIDTH, height)
        tell_height(row.window())
        assert sum(badge.isVisible() for badge in row.badges) == count
