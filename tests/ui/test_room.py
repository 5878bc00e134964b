"""How much of the work is seen at once on a screen of 1366 by 768: rows of the register, and fields of a record."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import ALLERGY, SEVERE
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.find_pupil import FindBox
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.figures import FiguresPage
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.suspensions.suspensions import SuspensionsPart
from pupil_desk.ui.pages.register import RegisterPage
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window
from tests.ui.pages.made import CLOCK, pupil_called
from tests.ui.scenes import busiest
from tests.ui.whole import FRAME, LOW_WINDOWS, whole_window


@pytest.fixture
def window(qtbot: QtBot, invented_desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, invented_desk, tmp_path, 1366, 768 - FRAME)
    made.show()
    return made


def _is_whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def _seen(form: Form) -> list[str]:  # type: ignore[type-arg]
    """The fields of a form whose editor is seen whole."""
    return [name for name, field in form.fields.items() if _is_whole(field.editor.field)]


def test_the_register_shows_twelve_rows(window: Window) -> None:
    window.go("register")
    QApplication.processEvents()
    page = window.page
    assert isinstance(page, RegisterPage)
    assert page.grid.viewport().height() // page.grid.verticalHeader().defaultSectionSize() >= 12


def test_the_names_of_the_register_stand_in_one_line(window: Window) -> None:
    window.go("register")
    page = window.page
    assert isinstance(page, RegisterPage)
    rows, role = page.grid.model_.rowCount(), Qt.ItemDataRole.DecorationRole
    before = [page.grid.model_.headerData(row, Qt.Orientation.Vertical, role).deviceIndependentSize().width() for row in range(rows)]
    assert len(set(before)) == 1, "with a sign before it or without"


def test_the_details_of_a_pupil_show_eight_fields(window: Window) -> None:
    window.go("pupils", pupil_called(window.context.desk, "Priya").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("details")
    QApplication.processEvents()
    assert len(_seen(page.view.part.form)) >= 8  # type: ignore[attr-defined]


def test_a_new_decision_stands_beneath_a_low_list(window: Window) -> None:
    window.go("pupils", pupil_called(window.context.desk, "Theo").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("suspensions")
    part = page.view.part
    assert isinstance(part, SuspensionsPart)
    part.add_button.click()
    QApplication.processEvents()
    assert len(_seen(part.form)) >= 4, "kind, first day, first session, number of sessions"


@pytest.mark.parametrize("percent", [100, 150])
def test_the_foot_is_one_line_where_there_is_room(window: Window, look: Look, percent: int) -> None:
    foot = window.foot
    look.set_text_size(percent)
    window.resize(1366, 768)
    foot.unit.setText("Larkfield Unit")
    window.show_backup(CLOCK.now())
    QApplication.processEvents()
    assert len({part.mapTo(foot, part.rect().center()).y() for part in (foot.backup, foot.unit, foot.user)}) == 1
    assert all(part.width() >= part.sizeHint().width() for part in (foot.backup, foot.unit, foot.user)), "no word of it is cut"
    look.set_text_size(100)
    foot.unit.setText("Larkfield Education Support Centre")
    window.resize(911, 600)
    QApplication.processEvents()
    assert foot.backup.geometry().bottom() < foot.user.mapTo(foot.backup.parentWidget(), foot.user.rect().topLeft()).y()


@pytest.mark.parametrize(("width", "height", "percent"), [(911, 481, 100), (1366, 737, 150), (1366, 737, 200)])
def test_the_foot_of_a_low_window_is_one_line_high(window: Window, look: Look, width: int, height: int, percent: int) -> None:
    foot = window.foot
    look.set_text_size(percent)
    try:
        window.resize(width, height)
        _settle()
        line = max(24, window.banner._words.fontMetrics().lineSpacing())
        assert foot.height() < line * 1.5
        assert all(part.isVisible() and part.width() >= part.sizeHint().width() for part in (foot.backup, foot.unit, foot.user))
        window.banner.success("Photographs and videos: on displays inside the unit. Yes, by Ms Rachel.", undo=("&Undo", lambda: None))
        _settle()
        assert not window.banner._words.is_cut_at(window.banner._words.width()), "who is signed in gives way to what is said"
        assert window.banner._button.visibleRegion().boundingRect().height() >= 24
        assert foot.height() < line * 1.5
        assert not foot.backup.isVisible()
        window.banner.problem("The stick is full. Use another one. " * 20)
        _settle()
        assert window.banner.width() > foot.width() * 0.95, "what is long has the whole line"
        window.banner.dismiss()
        _settle()
        assert window.banner.look == "success", "what can be undone is said again"
        window.banner.dismiss()
        _settle()
        assert foot.backup.isVisible()
    finally:
        look.set_text_size(100)


def test_whoever_turns_to_an_empty_list_comes_to_what_can_be_used(window: Window) -> None:
    window.go("exports")
    page = window.page
    page.tabs.widget(0).findChildren(QTableView)[0].setFocus()  # type: ignore[attr-defined]
    page.tabs.setCurrentIndex(3)  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.tabs.tabBar(), "there is nothing in the list, and no button that acts"  # type: ignore[attr-defined]
    window.go("pupils", pupil_called(window.context.desk, "Priya").id)
    pupils = window.page
    assert isinstance(pupils, PupilsPage)
    pupils.view.turn_to("details")
    pupils.view.part.form.focus()  # type: ignore[attr-defined]
    pupils.view.turn_to("suspensions")
    QApplication.processEvents()
    part = pupils.view.part
    assert isinstance(part, SuspensionsPart)
    assert QApplication.focusWidget() is part.add_button


def test_a_tab_that_is_made_when_it_is_first_turned_to_has_the_cursor_where_it_begins(window: Window) -> None:
    window.go("consents")
    page = window.page
    assert isinstance(page, ConsentsPage)
    assert isinstance(QApplication.focusWidget(), FindBox)
    page.tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.many.subject


LISTS = (
    "pupils",
    "register",
    "sharing",
    "notices",
    "consents",
    "forms",
    "requests",
    "exports",
    "data-protection",
    "quality",
    "changes",
    "log",
    "users",
)


def _settle() -> None:
    for _turn in range(8):
        QApplication.processEvents()


def _rows_in_sight(window: Window) -> int:
    """For how many whole rows the list of the page has room in sight, with what is left free beneath one that ends with its rows."""
    views = [view for view in window.page.findChildren(QTableView) if view.isVisible()]
    return max(_room_of(view) // view.verticalHeader().defaultSectionSize() for view in views)


def _room_of(view: QTableView) -> int:
    seen = view.viewport().visibleRegion().boundingRect().height()
    column = view.parentWidget().layout()
    spaces = [column.itemAt(place).spacerItem() for place in range(column.count())] if isinstance(view, ShortTable) else []
    return seen + sum(space.geometry().height() for space in spaces if space is not None)


def test_in_a_low_window_the_rows_of_each_list_are_seen(low_window: tuple[Window, int]) -> None:
    window, least = low_window
    seen = {}
    for page in LISTS:
        assert window.go(page)
        _settle()
        seen[page] = _rows_in_sight(window)
    assert {page: rows for page, rows in seen.items() if rows < least} == {}


def test_in_a_low_window_no_column_is_cut_at_the_edge_of_its_list(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    for page, name in {"log": "Log", "changes": "Recent changes", "quality": "What to check"}.items():
        assert window.go(page)
        _settle()
        table = next(view for view in window.page.findChildren(QTableView) if view.accessibleName() == name)
        assert table.isVisible(), page
        assert table.model().rowCount(), page
        assert table.horizontalHeader().length() <= table.viewport().width(), page


def test_in_a_low_window_the_chart_of_the_figures_is_seen(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("figures")
    _settle()
    page = window.page
    assert isinstance(page, FiguresPage)
    assert page.figure_view.chart.visibleRegion().boundingRect().height() >= page.figure_view.chart.height() * 3 // 4


def test_in_a_low_window_the_fields_of_the_settings_are_seen(low_window: tuple[Window, int]) -> None:
    window, least = low_window
    window.go("settings")
    _settle()
    assert sum(len(_seen(form)) for form in window.page.findChildren(Form)) >= least


@pytest.mark.parametrize("page", ["consents", "sharing"])
def test_in_a_low_window_whose_choice_is_recorded_is_seen_with_the_button(low_window: tuple[Window, int], page: str) -> None:
    window, _least = low_window
    window.go(page, busiest(window.context.desk))
    _settle()
    view = window.page.pupil_view  # type: ignore[attr-defined]
    view.panel.form.fields["note"].editor.field.setFocus()
    _settle()
    assert _is_whole(view.head.title)
    assert _is_whole(view.panel.record_button)


def test_in_a_low_window_an_empty_part_of_a_record_shows_what_begins_it(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("pupils", busiest(window.context.desk))
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("attendance-before")
    _settle()
    part = page.view.part
    assert not part.table.rows  # type: ignore[attr-defined]
    assert _is_whole(part.add_button)  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["consents", "sharing"])
def test_in_a_low_window_what_finds_a_pupil_gives_way_to_the_pupil_until_it_is_asked_for(
    low_window: tuple[Window, int], qtbot: QtBot, page: str
) -> None:
    window, _least = low_window
    someone = busiest(window.context.desk)
    window.go(page)
    _settle()
    view = window.page.pupil_view  # type: ignore[attr-defined]
    assert view.find_box.isVisible()
    window.go(page, someone)
    _settle()
    assert not view.find_box.isVisible()
    assert _is_whole(view.head.all_button)
    assert _is_whole(view.head.title)
    window.page.search()
    assert QApplication.focusWidget() is view.find_box
    qtbot.keyClick(view.find_box, Qt.Key.Key_Escape)
    _settle()
    assert (view.find_box.isVisible(), view.head.title.isVisible()) == (False, True), "back where one works"
    qtbot.mouseClick(view.head.all_button, Qt.MouseButton.LeftButton)
    _settle()
    assert QApplication.focusWidget() is view.find_box
    assert view.matches_table.isVisible()
    assert not view.head.title.isVisible()
    window.resize(1366, 1500)
    view.open(someone)
    _settle()
    assert view.find_box.isVisible(), "a high window has room for both"
    assert not view.head.all_button.isVisible()


def test_in_a_low_window_the_words_of_an_export_are_seen_in_whole_lines(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("exports")
    _settle()
    choosing = window.page.tabs.widget(0)  # type: ignore[attr-defined]
    area = choosing._detail_area
    line = choosing.words.fontMetrics().lineSpacing()
    assert (area.viewport().height() // line, area.viewport().height() % line) == (2, 0)


def test_at_150_per_cent_both_sessions_of_the_register_are_in_sight(qtbot: QtBot, training_desk: Desk, tmp_path: Path) -> None:
    window = whole_window(qtbot, training_desk, tmp_path, *LOW_WINDOWS["at 150 %"][:2])
    window.show()
    window.go("register")
    _settle()
    page = window.page
    assert isinstance(page, RegisterPage)
    assert page.grid.horizontalScrollBar().maximum() == 0
    box, group = page.narrow.find_box, page.period.now
    assert box.mapTo(page, box.rect().center()).y() == group.mapTo(page, group.rect().center()).y(), (
        "what narrows it stands in the line of the day"
    )
    assert page.narrow.find_box.placeholderText() == "Find (Ctrl+F)"


@pytest.mark.parametrize("low_window", ["at 150 %"], indirect=True)
def test_at_150_per_cent_six_fields_of_a_record_are_seen_and_whom_to_call_without_scrolling(low_window: tuple[Window, int]) -> None:
    """From a name to the number of whom to call first, a severe allergy and today's mark in one picture."""
    window, _least = low_window
    desk = window.context.desk
    allergies = desk.vault.rows("SELECT pupil_id FROM health_item WHERE kind = ? AND severity = ?", (ALLERGY, SEVERE))
    window.go("pupils", busiest(desk, of_those={str(pupil_id) for (pupil_id,) in allergies}))
    page = window.page
    assert isinstance(page, PupilsPage)
    _settle()
    whole = [part.accessibleName() for part in page.view.part.findChildren(QWidget) if _is_whole(part)]
    assert any("mother: " in words for words in whole)
    assert any(words.startswith("SEVERE allergy") for words in whole)
    assert any(words.startswith("Morning:") for words in whole)
    page.view.turn_to("details")
    _settle()
    assert _seen(page.view.part.form)[:6] == ["forename", "surname", "middle_names", "preferred_forename", "preferred_surname", "dob"]  # type: ignore[attr-defined]
    window.resize(window.width(), 900)
    _settle()
    grid = page.view.part.form._grids[0][0]  # type: ignore[attr-defined]
    assert grid.getItemPosition(2)[:2] == (1, 0), "a high window has two columns, and the middle names begin the second row"
