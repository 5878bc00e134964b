"""Changes on the screen: the list, its filters, what an act changed, and undoing it after a question."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import bulk, contacts, pupils
from pupil_desk.store.tables import staff
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.changes import ChangesPage
from pupil_desk.ui.pages.changes.recent import RecentActs
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look
from tests.ui.whole import whole_window


@pytest.fixture
def mia(desk: Desk) -> Pupil:
    """Mia, whose town was just changed, and who has a contact more."""
    mia = next(pupil for pupil in pupils.all_pupils(desk) if pupil.forename == "Mia")
    pupils.save_pupil(desk, dataclasses.replace(mia, town="Coldharbour", county="Herts"))
    contacts.add_contact(desk, Contact(pupil_id=mia.id, surname="Fern", relationship="DOC"))
    return pupils.record(desk, mia.id).pupil


@pytest.fixture
def page(qtbot: QtBot, context: Context, mia: Pupil) -> ChangesPage:
    made = ChangesPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.on_show()
    return made


@pytest.fixture
def recent(page: ChangesPage) -> RecentActs:
    pane = page.pane
    assert isinstance(pane, RecentActs)
    return pane


def test_the_newest_act_is_first_with_what_it_changed_beside_it(recent: RecentActs) -> None:
    assert [recent.acts.cell(row, "what") for row in (0, 1)] == ["Added: contact", "Changed: town and county"]
    assert recent.acts.cell(0, "about") == "Ashdown, Mia"
    recent.acts.selectRow(1)
    assert [(recent.lines.cell(row, "what"), recent.lines.cell(row, "before"), recent.lines.cell(row, "after")) for row in (0, 1)] == [
        ("Town", "Larkfield", "Coldharbour"),
        ("County", "", "Herts"),
    ]


def test_undo_says_what_would_go_back_asks_and_does_it(
    recent: RecentActs, context: Context, desk: Desk, mia: Pupil, answers: Answers
) -> None:
    told: list[object] = []
    context.news.changed.connect(told.append)
    recent.acts.selectRow(1)
    answers.answers = [False]
    recent.undo_act()
    assert pupils.record(desk, mia.id).pupil.town == "Coldharbour", "asked first"
    assert answers.questions[-1].text == (
        "Ashdown, Mia: Changed: town and county, 24 Nov 2026 10:00, by Dee Marlowe.\n\nGoes back:\nAshdown, Mia. Town: Larkfield\nAshdown, Mia. County: empty"
    )
    answers.answers = [True]
    recent.undo_act()
    assert (pupils.record(desk, mia.id).pupil.town, pupils.record(desk, mia.id).pupil.county) == ("Larkfield", None)
    assert context.banner.words == "Undone: 2 changes put back."
    assert recent.acts.cell(0, "how") == "Undoing"
    assert told


def test_what_stays_is_told_before_and_what_nothing_would_come_of_is_not_asked(
    recent: RecentActs, desk: Desk, mia: Pupil, answers: Answers
) -> None:
    pupils.save_pupil(desk, dataclasses.replace(mia, town="Ware", county=None))
    recent.refresh()
    recent.acts.selectRow(2)
    recent.undo_act()
    assert (answers.questions[-1].kind, answers.questions[-1].title) == ("tell", "Nothing would go back")
    assert "Ashdown, Mia. Town: Changed since; it says now: Ware." in answers.questions[-1].text


def test_filters_by_pupil_and_maker(qtbot: QtBot, recent: RecentActs, desk: Desk) -> None:
    every = recent.acts.model_.rowCount()
    recent.pupil.setText("chand")
    qtbot.waitUntil(lambda: 0 < recent.acts.model_.rowCount() < every)
    assert {recent.acts.cell(row, "about") for row in range(recent.acts.model_.rowCount())} == {"Chandra, Priya"}
    recent.pupil.setText("nobody at all")
    qtbot.waitUntil(lambda: recent.acts.model_.rowCount() == 0)
    assert not recent.undo.isEnabled()
    recent.pupil.clear()
    recent.actor_box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: recent.acts.model_.rowCount() == every)
    assert recent.count.text() == f"{every} changes."


def test_another_persons_act_is_not_undone_by_the_office(qtbot: QtBot, context: Context, desk: Desk, mia: Pupil) -> None:
    member = StaffMember(id="office", name="Olive Office", role=Role.OFFICE)
    with desk.vault.transaction():
        staff.add(desk.vault, member)
    pane = RecentActs(dataclasses.replace(context, desk=Desk(desk.vault, member, desk.clock)))
    qtbot.addWidget(pane)
    pane.refresh()
    pane.acts.selectRow(0)
    assert not pane.undo.isEnabled()
    assert pane.reason_label.text() == "Another person did this. An assistant head or a data officer may undo it."


def test_enter_opens_the_pupil(recent: RecentActs, mia: Pupil, went: list[tuple[str, str | None]]) -> None:
    recent.acts.opened.emit(recent.acts.rows[0])
    assert went == [("pupils", mia.id)]


def test_beside_the_list_nothing_is_said_of_a_change_until_one_is_chosen(recent: RecentActs) -> None:
    assert recent.acts.current() is None
    assert recent.no_lines.isVisible()
    assert [words.text() for words in (recent.no_lines.title, recent.no_lines.text) if words.isVisible()] == [
        "Choose a change on the left",
        "What it changed is shown here.",
    ]
    recent.acts.selectRow(0)
    assert not recent.no_lines.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_in_changes_a_name_and_what_tells_its_namesakes_apart_are_whole(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path, look: Look, percent: int
) -> None:
    look.set_text_size(percent)
    try:
        window = whole_window(qtbot, training_desk, tmp_path, 1366, 768)
        window.show()
        window.go("changes")
        QApplication.processEvents()
        table = window.page.pane.acts  # type: ignore[attr-defined]
        row = next(row for row in range(len(table.rows)) if "Nightingale, Idris" in table.cell(row, "about"))
        place = table.model_.index(row, 1)
        option = QStyleOptionViewItem()
        option.initFrom(table)
        option.rect, option.decorationSize = table.visualRect(place), table.iconSize()
        table.itemDelegateForColumn(1).initStyleOption(option, place)
        assert option.text.startswith("Nightingale, Idris"), "the name is the last to be cut"
        assert option.text.endswith((", born 24 Nov 2010", ", 24 Nov 2010") if percent == 100 else ", 2010"), "the year is enough"
        assert percent == 200 or not option.icon.isNull(), "no sign gives way to the day"
        sign = 0 if option.icon.isNull() else option.decorationSize.width()  # it gives way before the name is cut
        assert table.columnWidth(1) > option.fontMetrics.horizontalAdvance(option.text) + sign
        assert table.horizontalScrollBar().maximum() == 0
    finally:
        look.set_text_size(100)


def test_what_an_act_changed_of_several_pupils_is_whole_in_as_many_lines_as_it_needs(recent: RecentActs, desk: Desk) -> None:
    everyone = [pupil.id for pupil in pupils.all_pupils(desk)]
    address, body = "a.longish.person@northern.example.sch.uk", "The Behaviour and Attendance Partnership of the Northern Schools"
    bulk.change_all(desk, everyone, "school_email", address)
    bulk.change_all(desk, everyone, "commissioned_by", body)
    recent.refresh()
    lines = recent.lines
    for act, words in ((0, body), (1, address)):
        recent.acts.selectRow(act)
        for _turn in range(4):
            QApplication.processEvents()
        assert lines.cell(0, "after") == words
        assert lines.isColumnHidden(2), "nothing was there before"
        assert lines.horizontalHeader().length() <= lines.viewport().width(), "nothing is beyond the edge"
        option = QStyleOptionViewItem()
        option.initFrom(lines)
        lines.itemDelegate().initStyleOption(option, lines.model_.index(0, 3))  # type: ignore[attr-defined]
        room = QRect(0, 0, lines.columnWidth(3) - 2 * tokens.S, 0)
        needed = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, option.text)
        assert needed.width() <= room.width()
        assert needed.height() <= lines.rowHeight(0)
        assert lines.rowHeight(0) > 2 * option.fontMetrics.height()
