"""The list is narrowed by conditions and shows the columns that a colleague has chosen; an item is changed for several pupils."""

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services import changes
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import lists, pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import CodeBox
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.changes.page import ChangesPage
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.change import ChangeView
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import find, names


def ask(page: PupilsPage, question: str, answer: str = "") -> None:
    panel = page.list.filter
    panel.question.set_key(question)
    field = panel.answers.currentWidget()
    if isinstance(field, CodeBox):
        field.take_text(answer)
    elif field is panel.answer_box:
        panel.answer_box.setText(answer)
    else:
        field.set_key(answer)  # type: ignore[attr-defined]
    panel.add_button.click()


def chips(page: PupilsPage) -> list[str]:
    return [chip.text() for chip in page.list.chips.chips]


def _stops(start: QWidget, end: QWidget) -> Iterator[QWidget]:
    """What Tab comes to between these two, greyed or not."""
    following = start.nextInFocusChain()
    while following is not end:
        if following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisible():
            yield following
        following = following.nextInFocusChain()


class TestFilter:
    def test_the_keys_open_it_and_escape_closes_it(self, qtbot: QtBot, page: PupilsPage) -> None:
        assert not page.list.filter.isVisible()
        qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert page.list.filter.isVisible()
        assert page.list.filter.question.hasFocus()
        qtbot.keyClick(page.list.filter.question, Qt.Key.Key_Escape)
        assert not page.list.filter.isVisible()
        assert page.list.find_box.hasFocus()

    def test_tab_goes_through_it_between_the_columns_and_the_list(self, page: PupilsPage) -> None:
        page.list.filter_button.click()
        stops = list(_stops(page.list.columns_button, page.list.table))
        panel = page.list.filter
        assert stops == [
            panel.question,
            panel.answers.currentWidget(),
            panel.add_button,
            panel.saved_button,
            panel.save_button,
            panel.clear_button,
        ]

    def test_tab_goes_from_each_question_to_its_answer(self, qtbot: QtBot, page: PupilsPage) -> None:
        page.list.filter_button.click()
        panel = page.list.filter
        for question in ("plan-kind", "plan-due", "year-group"):
            panel.question.set_key(question)
            panel.question.setFocus()
            qtbot.keyClick(panel.question, Qt.Key.Key_Tab)
            assert panel.answers.currentWidget().hasFocus(), question
            qtbot.keyClick(panel.answers.currentWidget(), Qt.Key.Key_Tab)
            assert panel.add_button.hasFocus(), question

    def test_conditions_narrow_the_list_together_and_their_chips_take_them_away(self, page: PupilsPage) -> None:
        page.list.filter_button.click()
        ask(page, "year-group", "11")
        assert names(page) == ["Chandra, Priya", "Élan, Zofia"]
        assert page.list.count.text() == "2 matches"
        ask(page, "protected")
        assert names(page) == ["Chandra, Priya"]
        assert chips(page) == ["Year group: Year 11", "Protected"]
        page.list.chips.chips[0].click()
        assert chips(page) == ["Protected"]
        page.list.filter.clear_button.click()
        assert len(names(page)) == 5
        assert not page.list.chips.isVisible()

    def test_finding_goes_on_within_it(self, qtbot: QtBot, page: PupilsPage) -> None:
        ask(page, "year-group", "11")
        find(qtbot, page, "pri", key=None)
        assert names(page) == ["Chandra, Priya"]
        find(qtbot, page, "mia", key=None)
        assert names(page) == []
        assert page.list.empty.title.text() == "No pupil meets all of this"

    def test_the_same_question_again_takes_the_place_of_the_first(self, page: PupilsPage) -> None:
        ask(page, "age", "12")
        ask(page, "age", "15-16")
        assert chips(page) == ["Age today: 15 to 16"]
        assert names(page) == ["Chandra, Priya", "Dale, Owen", "Élan, Zofia"]

    def test_who_is_here_looks_among_guests_and_leavers(self, page: PupilsPage) -> None:
        ask(page, "here", "guest")
        assert names(page) == ["Frost, Ivy"]
        assert page.list.table.cell(0, "standing") == "Guest"

    def test_those_hidden_are_told_of(self, page: PupilsPage) -> None:
        ask(page, "status", "G")
        assert names(page) == []
        assert page.list.empty.title.text() == "Nobody on roll is found"
        page.list.empty.button.click()
        assert names(page) == ["Frost, Ivy"]

    def test_an_answer_that_cannot_be_is_told_and_nothing_is_narrowed(self, page: PupilsPage) -> None:
        page.list.filter_button.click()
        ask(page, "age", "old")
        assert "14-16" in page.list.filter.problem.text()
        assert page.list.filter.problem.isVisible()
        assert not page.list.filter.hint.isVisible(), "the same is not said twice: the list keeps the room"
        assert len(names(page)) == 5

    def test_nothing_moves_as_another_question_is_chosen(self, qtbot: QtBot, page: PupilsPage) -> None:
        """The pointer is on the row that it chose, and what lies beneath is *Save…* or what stands beside it."""
        panel = page.list.filter
        page.list.filter_button.click()
        places = set()
        for place in range(panel.question.count()):
            panel.question.setCurrentIndex(place)
            qtbot.waitUntil(lambda: panel.layout().activate() is False)
            places.add((panel.add_button.mapTo(panel, QPoint()).y(), panel.save_button.mapTo(panel, QPoint()).y()))
        assert len(places) == 1, places

    def test_it_is_saved_and_taken_up_again(self, page: PupilsPage, answers: Answers, desk: Desk) -> None:
        ask(page, "year-group", "11")
        answers.answers += ["Year 11", "all"]
        page.list.filter.save_button.click()
        page.list.filter.set_conditions(())
        page.list.filter.saved_menu.aboutToShow.emit()
        offered = page.list.filter.saved_menu.actions()
        assert offered[0].text() == "Year 11 (for everyone)"
        offered[0].trigger()
        assert chips(page) == ["Year group: Year 11"]
        answers.answers += [True]
        page.list.filter.remove(lists.saved_filters(desk)[0])
        assert lists.saved_filters(desk) == []

    def test_a_saved_filter_that_cannot_be_read_is_not_used_in_part(self, page: PupilsPage, context: Context, desk: Desk) -> None:
        one = lists.save_filter(desk, "Two", [Condition("year-group", "11"), Condition("sex", "F")], for_all=False)
        with desk.vault.transaction():
            desk.vault.execute("UPDATE list_filter_condition SET question = 'shoe-size' WHERE filter_id = ? AND place = 1", (one.id,))
        page.list.filter.take(lists.saved_filters(desk)[0])
        assert "shoe-size" in context.banner.words
        assert len(names(page)) == 5

    def test_all_that_it_finds_are_ticked_at_once(self, page: PupilsPage) -> None:
        page.heading.button_of("several").click()
        ask(page, "year-group", "11")
        assert page.choosing.ticked_view.all_button.text() == "Tick &all in the list (2)"  # as soon as the list is narrowed
        page.choosing.ticked_view.all_button.click()
        assert len(page.list.ticks.ids) == 2

    def test_emergency_contacts_are_of_those_it_shows(self, page: PupilsPage, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[object] = []
        monkeypatch.setattr(
            "pupil_desk.ui.pages.pupils.papers.show_emergency_contacts", lambda _page, _context, ids, _show: asked.append(ids)
        )
        page.show_emergency_contacts()
        ask(page, "born-in", "3")
        page.show_emergency_contacts()
        assert asked == [None, [page.list.table.rows[0].id]]

    def test_a_pupil_led_to_from_elsewhere_is_shown_whatever_it_says(self, page: PupilsPage, desk: Desk) -> None:
        ask(page, "year-group", "11")
        page.on_show(str(pupil_called(desk, "Mia").id))
        assert "Ashdown, Mia (Mimi)" in names(page)
        assert chips(page) == []


def visible(page: PupilsPage) -> list[str]:
    table = page.list.table
    return [column.key for place, column in enumerate(table.model_.columns) if not table.isColumnHidden(place)]


def choose(page: PupilsPage, *keys: str) -> None:
    menu = page.list.column_menu
    menu.fill()
    for action in menu.actions():
        if action.data() in keys:
            action.toggle()


class TestColumns:
    def test_none_is_chosen_at_first_and_nothing_more_is_asked(self, page: PupilsPage, monkeypatch: pytest.MonkeyPatch) -> None:
        assert set(visible(page)) <= {"name", "age", "year"}
        monkeypatch.setattr(lists, "cells", lambda *_all: pytest.fail("asked for columns that nobody chose"))
        page.list.refresh()

    def test_a_chosen_one_is_shown_ordered_by_and_there_the_next_time(self, qtbot: QtBot, page: PupilsPage, context: Context) -> None:
        choose(page, "upn", "dob")
        assert visible(page)[-2:] == ["dob", "upn"]
        assert page.list.table.cell(0, "dob") == "5 Mar 2014"
        assert page.list.table.cell(0, "upn") == "Y919110026001"
        page.list.table.order.emit("more-dob", False)
        assert [page.list.table.cell(place, "dob") for place in (0, 4)] == ["1 Jun 2010", "5 Mar 2014"]
        page.list.table.order.emit("more-upn", True)
        assert names(page)[0] == "Ashdown, Mia (Mimi)"
        again = PupilsPage(context)
        qtbot.addWidget(again)
        again.on_show()
        assert "dob" in visible(again)

    def test_one_chosen_at_another_pc_has_a_width_here(self, qtbot: QtBot, context: Context, desk: Desk) -> None:
        lists.choose_columns(desk, ["town"])
        context.memory.keep("columns/pupils", [150, 58, 58, 70, *(0 for _column in lists.all_columns()), 58])
        made = PupilsPage(context)
        qtbot.addWidget(made)
        made.on_show()
        place = [column.key for column in made.list.table.model_.columns].index("town")
        assert made.list.table.columnWidth(place) > 50
        assert made.list.table.columnWidth(1) == 58

    def test_an_order_by_a_column_that_is_taken_away_is_by_name_again(self, page: PupilsPage) -> None:
        choose(page, "dob")
        page.list.table.order.emit("more-dob", False)
        choose(page, "dob")
        assert "dob" not in visible(page)
        assert names(page)[0] == "Ashdown, Mia (Mimi)"

    def test_what_the_law_protects_most_says_so_in_the_menu(self, page: PupilsPage) -> None:
        assert [action.data() for action in page.list.column_menu.actions() if "special category" in action.text()] == [
            "sen_provision",
            "plans",
        ]


@pytest.fixture
def change(page: PupilsPage, desk: Desk) -> ChangeView:
    page.heading.button_of("several").click()
    page.list.leavers_tick.setChecked(True)
    page.list.ticks.set_ticks(row.id for row in page.list.table.rows)
    page.choosing.ticked_view.buttons["change"].click()
    assert isinstance(page.choosing.view, ChangeView)
    return page.choosing.view


def lines(view: ChangeView) -> list[tuple[str, str, str]]:
    return [
        (view.lines.cell(place, "pupil"), view.lines.cell(place, "now"), view.lines.cell(place, "will_be"))
        for place in range(len(view.lines.rows))
    ]


class TestChange:
    def test_nothing_is_shown_or_changed_before_a_value_is_entered(self, change: ChangeView) -> None:
        assert change.title.text() == "Change 7 pupils"
        assert lines(change) == []
        assert not change.change_button.isEnabled()

    def test_the_lines_say_what_becomes_of_each_and_one_button_does_it(
        self, page: PupilsPage, change: ChangeView, desk: Desk, context: Context, went: list[tuple[str, str | None]]
    ) -> None:
        assert change.editor is not None
        change.editor.take_text("11")
        change.look()
        assert lines(change)[0] == ("Ashdown, Mia", "Year 7", "Year 11")
        assert change.lines.cell(2, "why_not") == "Is so already"
        assert change.change_button.text() == "&Change 4 pupils"
        assert change.count.text() == "3 of 7 stay as they are."
        change.change_button.click()
        assert [pupil.year_group for pupil in pupils.all_pupils(desk)] == ["11"] * 7
        assert page.choosing.view is None
        assert len(page.list.ticks.ids) == 7
        assert context.banner.words == "Year group changed for 4 pupils."
        context.banner._button.click()
        act = changes.recent(desk)[0]
        assert went[-1] == ("changes", act.key)
        assert (act.source, act.why_not) == ("bulk", "")

    def test_everyone_goes_up_a_year_with_nothing_to_type(self, change: ChangeView, desk: Desk) -> None:
        change.change_choice.set_key("year-up")
        change.change_choice.activated.emit(1)
        assert not change.editor
        assert lines(change)[0] == ("Ashdown, Mia", "Year 7", "Year 8")
        change.save()
        assert [pupil.year_group for pupil in pupils.all_pupils(desk)] == ["8", "10", "12", "13", "12", "10", "11"]

    def test_a_value_is_taken_away_only_when_that_is_said(self, change: ChangeView, desk: Desk) -> None:
        change.no_value.setChecked(True)
        assert lines(change)[0] == ("Ashdown, Mia", "Year 7", "Empty")
        change.no_value.setChecked(False)
        assert lines(change) == []

    def test_a_value_that_cannot_be_is_told(self, change: ChangeView) -> None:
        assert change.editor is not None
        change.editor.take_text("fortieth")
        change.look()
        assert change.problem.isVisible()
        assert not change.change_button.isEnabled()


def test_the_page_of_changes_opens_at_the_act_it_is_led_to(qtbot: QtBot, change: ChangeView, context: Context, desk: Desk) -> None:
    change.change_choice.set_key("year-up")
    change.change_choice.activated.emit(1)
    change.save()
    act = changes.recent(desk)[0].key
    pupils.save_pupil(desk, dataclasses.replace(pupil_called(desk, "Mia"), town="Elsewhere"))
    made = ChangesPage(context)
    qtbot.addWidget(made)
    made.on_show(act)
    chosen = made.pane.acts.current()  # type: ignore[attr-defined]
    assert chosen.key == act
