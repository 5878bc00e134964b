"""The groups of Home: what is later folds, a card is one stop of Tab, the cursor stays, the columns, and what the first picture costs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.services.backup import backups
from pupil_desk.store.file.vault import Vault
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import CardLine, Duty, When
from pupil_desk.ui.pages.home.duty_card import DutyLine
from pupil_desk.ui.pages.home.group import DutyGroup
from tests.ui.pages.home.seen import duty_lines, titles


def test_what_is_later_is_folded_until_it_is_opened_which_is_remembered(qtbot: QtBot, context: Context) -> None:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    made.on_show()
    later = made.groups[When.LATER]
    assert "Gaps in records" not in titles(made)
    assert later.fold.text().startswith("Later, or without a day: ")
    later.fold.click()
    assert "Gaps in records" in titles(made)
    again = HomePage(context)
    qtbot.addWidget(again)
    again.show()
    again.on_show()
    assert "Gaps in records" in titles(again)


def test_a_card_is_one_stop_of_tab_and_the_arrows_go_from_line_to_line(
    page: HomePage, qtbot: QtBot, went: list[tuple[str, str | None]]
) -> None:
    stops = [line.duty.name for line in duty_lines(page) if line.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["New pupils", "Backup", "Turning 13, 16 or 18"]
    first = duty_lines(page)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    card = page.groups[When.OVERDUE].card
    assert card is not None
    assert len(card.lines) == 6
    qtbot.keyClick(first, Qt.Key.Key_Down)
    now = page.window().focusWidget()
    assert now is card.lines[1]
    assert [line for line in card.lines if line.focusPolicy() & Qt.FocusPolicy.TabFocus] == [now]
    qtbot.keyClick(now, Qt.Key.Key_Return)
    assert went == [("exports", "la-new-pupil")]
    qtbot.keyClick(now, Qt.Key.Key_Home)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert card.lines == [first]


def test_a_card_is_a_group_to_a_screen_reader_by_the_name_of_what_is_in_it(page: HomePage) -> None:
    card = page.groups[When.OVERDUE].card
    told = QAccessible.queryAccessibleInterface(card)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.Grouping, "Overdue")


def test_the_cursor_stays_on_its_line_when_something_has_changed(page: HomePage, context: Context, tmp_path: Path) -> None:
    backups.make(context.desk, tmp_path)
    next(line for line in duty_lines(page) if line.duty.name == "Notices to give").setFocus()
    page.on_change(Changed.of("backup"))
    now = page.window().focusWidget()
    assert "Backup" not in titles(page)
    assert isinstance(now, DutyLine)
    assert now.duty.name == "Notices to give"


def test_two_columns_where_there_is_room_and_one_where_there_is_not(page: HomePage, qtbot: QtBot) -> None:
    def beside() -> bool:
        overdue, later = page.groups[When.OVERDUE], page.groups[When.LATER]
        return later.mapTo(page, QPoint(0, 0)).x() > overdue.mapTo(page, overdue.rect().topRight()).x()

    page.resize(1736, 900)
    qtbot.waitUntil(beside)
    page.resize(1182, 700)
    qtbot.waitUntil(lambda: not beside())


def test_the_first_picture_asks_the_file_nothing(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is asked beside the work; with all of it no more than so many questions, however many pupils there are."""
    asked: list[str] = []
    real = Vault.rows
    monkeypatch.setattr(Vault, "rows", lambda vault, sql, *params: asked.append(sql) or real(vault, sql, *params))
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(
        context.jobs,
        "run",
        lambda owner, work, then, *, title, after=None: waiting.append(lambda: then(work(Job(title, owner, then, after)))),
    )
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    made.on_show()
    assert asked == []
    assert made.waiting.isVisible()
    waiting[0]()
    assert titles(made)
    assert len(asked) <= 157


def test_the_cursor_begins_on_the_first_thing_to_do_and_stays_where_it_is_put(qtbot: QtBot, context: Context) -> None:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    made.on_show()
    now = made.window().focusWidget()
    assert made.groups[When.OVERDUE].card is not None
    assert now is made.groups[When.OVERDUE].card.lines[0]  # before the first steps, which can wait
    made.heading.button_of("calendar").setFocus()
    made.refresh()
    assert made.window().focusWidget() is made.heading.button_of("calendar")


@pytest.mark.usefixtures("guard")
def test_no_line_comes_under_a_pointer_that_has_just_clicked(page: HomePage, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    before = titles(page)
    backups.make(context.desk, tmp_path)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().center())
    page.on_change(Changed.of("backup"))
    assert titles(page) == before
    qtbot.waitUntil(lambda: titles(page) != before)
    assert "Backup" in before
    assert "Backup" not in titles(page)


@pytest.mark.usefixtures("guard")
def test_the_first_lines_wait_too_where_one_has_just_clicked(context: Context, qtbot: QtBot) -> None:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.show()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.rect().center())
    made.on_show()
    assert titles(made) == []
    assert made.waiting.isVisible()
    qtbot.waitUntil(lambda: bool(titles(made)))


def test_a_group_that_reads_as_before_is_not_made_anew(page: HomePage, context: Context, tmp_path: Path) -> None:
    lines = {line.duty.name: line for line in duty_lines(page)}
    backups.make(context.desk, tmp_path)
    page.on_change(Changed.of("backup"))
    assert "Backup" not in titles(page)
    same = [line for line in duty_lines(page) if lines.get(line.duty.name) is line]
    assert [line.duty.name for line in same][:1] == ["New pupils"]


def test_a_line_that_reads_as_before_leads_to_those_whom_it_now_concerns(qtbot: QtBot, context: Context) -> None:
    went: list[str] = []
    group = DutyGroup(When.TODAY, context.memory)
    qtbot.addWidget(group)

    def shown(*whom: str) -> None:
        items = tuple(CardLine(f"Ash, Al: {number}", partial(went.append, one)) for number, one in enumerate(whom))
        group.show_duties([Duty("Ill", "Ash, Al: words", items[0].go, "check"), Duty("Notes", "3 notes", items[0].go, "check", items)])

    shown("p1", "p2", "p3")
    assert group.card is not None
    ill, notes = group.card.lines
    assert isinstance(notes, DutyLine)
    group.card.show_items(notes, shown=True)
    shown("p4", "p5", "p6")
    assert group.card.lines[:2] == [ill, notes], "nothing that reads the same is made anew"
    for line in group.card.lines:
        line.click()
    assert went == ["p4", "p4", "p4", "p5", "p6"]
    group.card.show_items(notes, shown=False)
    shown("p7", "p8", "p9")
    group.card.show_items(notes, shown=True)
    group.card.lines[-1].click()
    assert went[-1] == "p9"
