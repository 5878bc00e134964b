"""Several pupils are ticked in the list, by mouse and by keyboard, and something is done with them."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.lists import all_columns
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.acts import PlainPaper
from tests.ui.pages.pupils.made import find, names, said, views

TICK = 4 + len(all_columns())  # the column, which stands first


@pytest.fixture
def choosing(page: PupilsPage) -> PupilsPage:
    page.heading.button_of("several").click()
    return page


def ticked(page: PupilsPage) -> list[str]:
    return [name for name, row in zip(names(page), page.list.table.rows, strict=True) if page.list.ticks.holds(row.id)]


def click(qtbot: QtBot, page: PupilsPage, row: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = page.list.table.visualRect(page.list.table.model_.index(row, 0)).center()
    qtbot.mouseClick(page.list.table.viewport(), Qt.MouseButton.LeftButton, held, QPoint(place))


def test_nobody_is_ticked_at_first_and_nothing_can_be_done_but_lists_of_everyone_in_the_list(choosing: PupilsPage, desk: Desk) -> None:
    assert not choosing.list.table.isColumnHidden(TICK)
    assert choosing.choosing.ticked_view.count.text() == "0 pupils ticked"
    assert choosing.choosing.ticked_view.names_label.text() == (
        "Nobody yet. These are then of everyone in the list: List of plans, Exams by day, Exam entries and Accident book."
    )
    doors = choosing.choosing.ticked_view.buttons
    assert {key for key, door in doors.items() if door.isEnabled()} == {"plan-list", "exam-days", "exam-entries", "accident-book"}
    rows = {row.name.partition(" –")[0]: row for row in choosing.list.table.rows}
    owen, theo, priya = (rows[name] for name in ("Dale, Owen", "Bramley, Theo", "Chandra, Priya"))
    for row in (owen, theo):
        accidents.add(desk, Accident(pupil_id=row.id, day=desk.today, place="hall", account="Fell", injury="cut", body_part="knee"))
    doors["accident-book"].click()
    view = choosing.choosing.view
    assert isinstance(view, PlainPaper)
    assert ("Dale, Owen" in said(view), "Bramley, Theo" in said(view)) == (True, True)
    assert ("Protected" in said(view), bool(view.paper.guard)) == (False, False), "Priya Chandra, who is protected, is not on it"
    view.closed.emit()
    accidents.add(desk, Accident(pupil_id=priya.id, day=desk.today, place="hall", account="Fell", injury="cut", body_part="knee"))
    doors["accident-book"].click()
    assert [guarded.pupil.id for guarded in view.paper.guard.guarded] == [priya.id]
    view.closed.emit()
    choosing.list.ticks.set_ticks([owen.id])
    doors["accident-book"].click()
    assert ("Dale, Owen" in said(view), "Bramley, Theo" in said(view)) == (True, False)


def test_lists_of_everyone_are_spoken_of_where_they_are_in_use_and_want_somebody_in_the_list(
    qtbot: QtBot, choosing: PupilsPage, desk: Desk
) -> None:
    view = choosing.choosing.ticked_view
    find(qtbot, choosing, "nobody is called so", key=None)
    told = {key: view.buttons[key].toolTip() for key in ("accident-book", "labels")}
    assert told == {"accident-book": "Nobody is in the list.", "labels": "Tick pupils first."}
    settings.save_settings(desk, replace(desk.settings, enters_exams=False, keeps_plans=False))
    view.say()
    assert view.names_label.text() == "Nobody yet. These are then of everyone in the list: Accident book."
    settings.save_settings(desk, replace(desk.settings, keeps_accidents=False))
    view.say()
    assert view.names_label.text() == "Nobody yet."


def test_a_click_and_space_tick_and_no_record_is_looked_at(qtbot: QtBot, choosing: PupilsPage, desk: Desk) -> None:
    click(qtbot, choosing, 1)
    click(qtbot, choosing, 3)
    assert ticked(choosing) == ["Bramley, Theo", "Dale, Owen"]
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_Space)
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_Down)
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_Space)
    assert ticked(choosing) == ["Bramley, Theo", "Élan, Zofia"]
    assert choosing.choosing.ticked_view.count.text() == "2 pupils ticked"
    assert choosing.choosing.ticked_view.names_label.text() == "Bramley, Theo; Élan, Zofia."
    spoken = choosing.list.table.model_.index(1, TICK).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Tick: Ticked"
    assert views(desk) == 0


def test_shift_ticks_a_stretch_and_a_key_ticks_all(qtbot: QtBot, choosing: PupilsPage) -> None:
    click(qtbot, choosing, 1)
    click(qtbot, choosing, 3, Qt.KeyboardModifier.ShiftModifier)
    assert ticked(choosing) == ["Bramley, Theo", "Chandra, Priya", "Dale, Owen"]
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(ticked(choosing)) == 5
    choosing.choosing.ticked_view.none_button.click()
    assert not ticked(choosing)


def test_a_name_and_enter_tick_the_first_found_and_ticks_stay_over_searches(qtbot: QtBot, choosing: PupilsPage) -> None:
    find(qtbot, choosing, "dale")
    find(qtbot, choosing, "ash")
    assert ticked(choosing) == ["Ashdown, Mia (Mimi)"]
    choosing.list.find_box.clear()
    assert ticked(choosing) == ["Ashdown, Mia (Mimi)", "Dale, Owen"]


def test_a_year_group_is_ticked_from_the_menu(choosing: PupilsPage) -> None:
    choosing.choosing.ticked_view.years.aboutToShow.emit()
    offers = {line.text(): line for line in choosing.choosing.ticked_view.years.actions()}
    assert list(offers) == ["Year 7 (1)", "Year 9 (1)", "Year 11 (2)", "Year 12 (1)"]
    offers["Year 11 (2)"].trigger()
    assert ticked(choosing) == ["Chandra, Priya", "Élan, Zofia"]


def test_esc_opens_records_again_and_forgets_the_ticks(qtbot: QtBot, choosing: PupilsPage) -> None:
    click(qtbot, choosing, 1)
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_Escape)
    assert choosing.list.table.isColumnHidden(TICK)
    assert choosing.right.currentWidget() is choosing.choose
    click(qtbot, choosing, 2)
    assert choosing.view.title.text() == "Priya Chandra"
    choosing.heading.button_of("several").click()
    assert not ticked(choosing)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (Qt.KeyboardModifier.ControlModifier, ["Bramley, Theo", "Dale, Owen"]),
        (Qt.KeyboardModifier.ShiftModifier, ["Bramley, Theo", "Chandra, Priya", "Dale, Owen"]),
    ],
)
def test_ctrl_or_shift_and_a_click_begin_the_choosing(
    qtbot: QtBot, page: PupilsPage, held: Qt.KeyboardModifier, expected: list[str]
) -> None:
    click(qtbot, page, 1)
    click(qtbot, page, 3, held)
    assert page.choosing.is_on
    assert ticked(page) == expected
    assert not page.heading.button_of("print").isEnabled()


def test_a_pupil_asked_for_from_elsewhere_ends_the_choosing(choosing: PupilsPage) -> None:
    choosing.list.ticks.set_ticks([choosing.list.table.rows[0].id])
    choosing.on_show(choosing.list.table.rows[3].id)
    assert choosing.view.title.text() == "Owen Dale"
    assert choosing.list.table.isColumnHidden(TICK)


def test_a_paper_takes_the_page_and_gives_it_back(qtbot: QtBot, choosing: PupilsPage, context: Context) -> None:
    click(qtbot, choosing, 1)
    choosing.choosing.ticked_view.buttons["emergency"].click()
    view = choosing.choosing.view
    assert isinstance(view, PlainPaper)
    assert choosing.body.currentWidget() is view
    assert view.paper.view._pages is not None
    words = view.paper.view._pages.words(0)
    assert "Bramley" in words
    assert "Dale" not in words
    context.news.tell(Changed.of("pupil"))
    choosing.on_change(Changed.of("pupil"))
    assert choosing.body.currentWidget() is view
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert choosing.body.currentWidget() is choosing.panes_
    assert ticked(choosing) == ["Bramley, Theo"]


def test_ticks_that_go_are_said_and_can_be_had_again(qtbot: QtBot, choosing: PupilsPage, context: Context) -> None:
    click(qtbot, choosing, 1)
    click(qtbot, choosing, 3)
    choosing.choosing.ticked_view.done_button.click()
    assert not choosing.choosing.is_on
    assert context.banner.words == "2 pupils no longer ticked: Theo Bramley and Owen Dale."
    context.banner.undo()
    assert ticked(choosing) == ["Bramley, Theo", "Dale, Owen"]
    assert context.banner.words == ""
    choosing.begin_new()
    assert context.banner.words == "2 pupils no longer ticked: Theo Bramley and Owen Dale.", "on whatever way they go"


def test_a_problem_is_not_replaced_by_the_offer_to_tick_them_again(qtbot: QtBot, choosing: PupilsPage, context: Context) -> None:
    click(qtbot, choosing, 1)
    context.banner.problem("The letters cannot be written. Make room.")
    choosing.choosing.ticked_view.done_button.click()
    assert not choosing.choosing.is_on
    assert context.banner.words == "The letters cannot be written. Make room."


def test_of_many_whose_ticks_go_the_first_ones_are_named_and_how_many_more(qtbot: QtBot, choosing: PupilsPage, context: Context) -> None:
    for number in range(7):
        stay = Enrolment(status="C", start_date=date(2026, 9, 2))
        pupils.add_pupil(context.desk, Pupil(surname=f"Zed{number}", forename="Ann", dob=date(2012, 3, number + 1)), stay)
    choosing.on_change(Changed.of("pupil"))
    view = choosing.choosing.ticked_view
    click(qtbot, choosing, 0)
    view.tick_all()
    view.done_button.click()
    told = context.banner.words
    assert told.startswith("12 pupils no longer ticked: Mimi Ashdown, ")
    assert told.count(", ") == 4
    assert told.endswith(" and 7 more.")


def test_with_nobody_ticked_nothing_is_said(choosing: PupilsPage, context: Context) -> None:
    choosing.choosing.ticked_view.done_button.click()
    assert context.banner.words == ""


def test_what_was_done_with_them_stays_to_be_undone(choosing: PupilsPage, context: Context) -> None:
    choosing.list.ticks.set_ticks([choosing.list.table.rows[0].id])
    context.banner.success("Year group changed for 1 pupil.", undo=("Undo…", print))
    choosing.choosing.ticked_view.done_button.click()
    assert context.banner.words == "Year group changed for 1 pupil."


def test_names_are_whole_while_guests_are_ticked_too(choosing: PupilsPage) -> None:
    choosing.list.leavers_tick.setChecked(True)
    table = choosing.list.table
    keys = [column.key for column in table.model_.columns]
    assert not any(table.isColumnHidden(keys.index(key)) for key in ("tick", "standing"))
    assert table.horizontalHeader().length() <= table.viewport().width()
    short = [column.shorter(row)[-1] for column in table.model_.columns[:1] if column.shorter for row in table.rows]
    assert short
    assert all(table.columnWidth(0) >= table.fontMetrics().horizontalAdvance(name) + 30 for name in short)
    choosing.resize(1600, 700)
    QApplication.processEvents()
    assert not any(table.isColumnHidden(keys.index(key)) for key in ("age", "year")), "where there is room they are there"


def test_done_stands_still_whatever_is_in_the_list(qtbot: QtBot, choosing: PupilsPage) -> None:
    done = choosing.choosing.ticked_view.done_button

    def place() -> QPoint:
        for _turn in range(4):
            QApplication.processEvents()
        return done.mapTo(choosing, QPoint())

    before = place()
    choosing.list.open_filter()
    assert place() == before
    find(qtbot, choosing, "ash", key=None)
    assert place() == before
    choosing.list.table.setFocus()
    qtbot.keyClick(choosing.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert place() == before


def test_whoever_comes_back_to_what_is_done_with_several_types_into_no_field_out_of_sight(qtbot: QtBot, choosing: PupilsPage) -> None:
    click(qtbot, choosing, 1)
    choosing.choosing.ticked_view.buttons["workbook"].click()
    qtbot.waitUntil(lambda: choosing.choosing.view is not None)
    choosing.on_show()
    focused = QApplication.focusWidget()
    assert choosing.choosing.view is not None
    assert choosing.choosing.view.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert choosing.choosing.view is None
    assert ticked(choosing) == ["Bramley, Theo"]
