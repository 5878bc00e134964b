"""A class or a trip on one page: who has a yes, marking a pile of forms, planning a trip, and the types."""

import dataclasses

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.views import put_views, views_on
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.consents.many import Many
from tests.ui.pages.consents.test_one import opened
from tests.ui.pages.made import as_role, pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ConsentsPage:
    made = opened(qtbot, context)
    made.tabs.setCurrentWidget(made.many)
    return made


def cells(many: Many, key: str = "standing") -> dict[str, str]:
    return {many.table.cell(place, "name"): many.table.cell(place, key) for place in range(len(many.table.rows))}


def planned(page: ConsentsPage, desk: Desk, name: str = "Climbing") -> str:
    """A trip planned on the page, with Mia and Theo on its list."""
    page.plan()
    page.occasion.form.take_draft({"name": name, "start": "3/12/2026", "about": "By minibus."})
    for forename in ("Mia", "Theo"):
        page.occasion.table.select(pupil_called(desk, forename).id)
        page.occasion.table.opened.emit(page.occasion.table.current())
    assert page.save()
    return occasions.occasions(desk)[0].occasion_id


def test_everyone_on_roll_for_one_consent_with_counts(page: ConsentsPage) -> None:
    assert cells(page.many) == dict.fromkeys(
        ("Ashdown, Mimi", "Bramley, Theo", "Chandra, Priya", "Dale, Owen", "Élan, Zofia"), "Not asked, all 5"
    )
    assert page.many.count.text() == "5 pupils: 5 not asked. 1 protected"
    page.many.subject.set_key("transport")
    assert cells(page.many)["Dale, Owen"] == "Not asked, all 2"


def test_narrowed_by_year_and_name_and_to_those_without_a_yes(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    many = page.many
    many.subject.set_key("transport")
    many.year.set_key("11")
    assert list(cells(many)) == ["Chandra, Priya", "Élan, Zofia"]
    many.year.set_key("")
    qtbot.keyClicks(many.find_box, "ash")
    assert list(cells(many)) == ["Ashdown, Mimi"]
    many.table.selectRow(0)
    qtbot.keyClick(many.table, "y")
    many.find_box.clear()
    many.open_only.setChecked(True)
    assert "Ashdown, Mimi" not in cells(many)


def test_a_trip_is_planned_and_a_pile_of_forms_marked_by_keys(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context, answers: Answers
) -> None:
    planned(page, desk)
    many = page.many
    assert many.subject.currentText() == "Climbing, 3 December 2026"
    assert cells(many) == {"Ashdown, Mimi": "Not asked", "Bramley, Theo": "Not asked"}
    assert many.table.hasFocus()
    qtbot.keyClick(many.table, "y")
    assert set(cells(many).values()) == {"Not asked"}, "nobody chose a pupil yet"
    assert context.banner.words == "Choose a pupil first: with the arrow keys or a click."
    qtbot.keyClick(many.table, Qt.Key.Key_Down)
    qtbot.keyClick(many.table, "y")  # one parent: nothing is asked
    assert cells(many)["Ashdown, Mimi"] == "Yes"
    assert context.banner.words == "Recorded for 1 pupil: said yes."
    many.table.select(pupil_called(desk, "Theo").id)
    answers.answers.append(_holder(desk, "Alan"))
    qtbot.keyClick(many.table, "n")
    assert answers.questions[-1].title == "Who signed the form?"
    assert cells(many) == {"Ashdown, Mimi": "Yes", "Bramley, Theo": "No"}
    assert many.count.text() == "2 pupils: 1 yes, 1 no"
    assert many.table.cell(1, "why") == "Alan Bramley said no on 24 November 2026."


def _holder(desk: Desk, forename: str) -> str:
    row = desk.vault.first_row("SELECT id FROM contact WHERE forename = ?", (forename,))
    assert row is not None
    return str(row["id"])


def test_who_signed_may_be_left_open_and_nothing_is_kept(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    planned(page, desk)
    page.many.table.selectAll()
    answers.answers.append("")
    qtbot.keyClick(page.many.table, "y")
    assert set(cells(page.many).values()) == {"Not asked"}


def test_a_mark_is_undone_at_once(qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context) -> None:
    planned(page, desk)
    page.many.table.selectRow(0)
    qtbot.keyClick(page.many.table, "y")
    context.banner._button.click()
    assert cells(page.many)["Ashdown, Mimi"] == "Not asked"
    assert context.banner.words == "Undone. The entries stay readable, and count for nothing."


def test_those_missing_are_reminded_each_parent_of_them(qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context) -> None:
    planned(page, desk)
    page.many.table.selectRow(0)
    qtbot.keyClick(page.many.table, "y")
    page.many.table.selectAll()
    qtbot.keyClick(page.many.table, "r")
    assert (
        page.many.table.cell(0, "why") == "Mrs Ruth Ashdown said yes on 24 November 2026."
    )  # the last day of the trip stands above the list
    assert page.many.table.cell(1, "why") == "Asked on 24 November 2026, no reply from Ms Joanna Bramley and Alan Bramley."
    page.many.table.select(pupil_called(desk, "Mia").id)
    qtbot.keyClick(page.many.table, "r")
    assert context.banner.words == "There is nobody left to remind: everyone has answered."


def test_forms_for_all_who_have_not_answered_and_the_leaders_list(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    planned(page, desk)
    page.many.table.selectRow(0)
    qtbot.keyClick(page.many.table, "y")
    page.print_()
    assert page.paper.title.text() == "2 forms for 1 pupil"  # Theo's two households
    page.paper.closed.emit()
    for door in (page.print_easy, page.print_large):
        door()
        assert page.paper.title.text() == "2 forms for 1 pupil"
        page.paper.closed.emit()
    page.print_leader()
    assert page.paper.title.text() == "Climbing"
    page.paper.closed.emit()
    occasions.put_on(desk, occasions.occasions(desk)[0].occasion_id, [pupil_called(desk, "Priya").id])
    asked_before = len(answers.questions)
    page.print_leader()
    assert page.body.currentWidget() is page.paper  # it is seen; asked about is what leaves the screen
    assert len(answers.questions) == asked_before
    answers.answers.append(False)
    page.paper.print_()
    assert answers.questions[-1].title.startswith("Something on ")


def test_a_changed_trip_asks_whether_families_are_asked_again(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    planned(page, desk)
    page.many.table.selectRow(0)
    qtbot.keyClick(page.many.table, "y")
    page.change()
    page.occasion.form.take_draft({"start": "10/12/2026"})
    answers.answers.append("again")
    assert page.save()
    assert cells(page.many)["Ashdown, Mimi"] == "Lapsed"
    assert page.many.subject.currentText() == "Climbing, 10 December 2026"
    page.change()
    answers.answers.append(True)
    page.occasion.cancel_button.click()
    assert "Climbing" not in page.many.subject.currentText()


def test_a_year_is_put_on_the_list_at_once_and_space_takes_off(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    page.plan()
    editor = page.occasion
    editor.year.set_key("11")
    editor.all_button.click()
    assert editor.count.text() == "On the list: 2 pupils"
    editor.table.select(pupil_called(desk, "Zofia").id)
    qtbot.keyClick(editor.table, Qt.Key.Key_Space)
    assert editor.on_list == {pupil_called(desk, "Priya").id}
    (row,) = (place for place, pupil in enumerate(editor.table.rows) if pupil.forename == "Zofia")
    for is_on, clicked in ((True, 0), (False, 0), (False, 1)):
        box = editor.table.visualRect(editor.table.model_.index(row, clicked))
        qtbot.mouseClick(editor.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        assert (pupil_called(desk, "Zofia").id in editor.on_list) is is_on, "a click turns the box, and on the name nothing"
    assert not page.save()
    assert editor.form.summary.lines[0].words == "Name is missing. Enter it."
    draft = page.draft()
    assert draft is not None
    answers.answers.append("discard")
    editor.close_button.click()
    assert page.body.currentWidget() is page.tabs
    page.take_draft(draft)
    assert page.occasion.on_list == {pupil_called(desk, "Priya").id}


def test_a_type_is_changed_by_a_data_officer_as_a_new_edition(page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    page.tabs.setCurrentWidget(page.types)
    page.types.table.select("transport")
    page.types.form.take_draft({"name": "Staff car"})
    assert page.dirty
    assert page.save()
    assert types.type_named(desk, "transport").edition == 2
    assert page.types.title.text() == "Staff car"
    page.types.begin()
    page.types.form.take_draft({"name": "School bus"})
    assert page.save()
    assert types.types(desk)[-1].name == "School bus"
    page.types.table.select("transport")
    answers.answers += [False, True]
    page.types.retire()
    assert "transport" in [one.consent_type for one in types.types(desk)]
    page.types.retire()
    assert "“Staff car”" in answers.questions[-1].text
    assert page.types.title.text() == "Staff car"
    assert "transport" not in [one.consent_type for one in types.types(desk)]


def test_what_the_law_fixes_cannot_be_typed_over_and_others_only_read(
    qtbot: QtBot, page: ConsentsPage, context: Context, desk: Desk
) -> None:
    page.tabs.setCurrentWidget(page.types)
    page.types.table.select("biometrics")
    fields = page.types.form.fields
    assert fields["parents"].editor.field.property("readonly") is True
    assert not fields["written"].editor.field.isEnabled()
    assert fields["purpose"].editor.field.property("readonly") is not True
    assert "What the law fixes cannot be changed here." in page.types.edition_line.text()
    other = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.ASSISTANT_HEAD)))
    other.tabs.setCurrentWidget(other.types)
    assert not other.types.new_button.isEnabled()
    assert other.types.new_button.toolTip() == "Data officer only"


def test_no_type_is_filled_in_or_taken_out_of_use_before_one_is_chosen(page: ConsentsPage) -> None:
    page.tabs.setCurrentWidget(page.types)
    pane = page.types
    assert pane.table.current() is None
    assert (pane.title.text(), pane.form.isVisible()) == ("Choose a consent on the left", False)
    buttons = (pane.save_button, pane.back_button, pane.new_button, pane.retire_button)
    assert [push_button.isEnabled() for push_button in buttons] == [False] * 4
    pane.table.select("transport")
    assert pane.form.isVisible()
    assert [push_button.isEnabled() for push_button in buttons] == [False, False, True, True]


def test_where_the_sentence_has_no_room_the_list_says_what_is_so_and_then_who(page: ConsentsPage, desk: Desk, qtbot: QtBot) -> None:
    planned(page, desk)
    table = page.many.table
    table.selectAll()
    qtbot.keyClick(table, "r")
    place = [column.key for column in table.model_.columns].index("why")
    said = []
    for width in (2000, 330):
        table.setColumnWidth(place, width)
        option = QStyleOptionViewItem()
        option.font, option.fontMetrics = table.font(), table.fontMetrics()
        index = table.model_.index(1, place)
        option.rect = QRect(0, 0, width, 32)
        table.itemDelegateForColumn(place).initStyleOption(option, index)
        said.append(option.text)
    assert said == [
        "Asked on 24 November 2026, no reply from Ms Joanna Bramley and Alan Bramley.",
        "Asked, no reply: Ms Joanna Bramley and Alan Bramley",
    ]
    assert table.cell(1, "why") == said[0]  # as a screen reader hears it


def test_a_lock_keeps_which_consent_or_trip_is_in_view(qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context) -> None:
    """Replies entered after it would else be of the first consent in the list."""
    planned(page, desk)
    chosen = page.many.subject.key()
    assert chosen != (first := next(iter(page.many.subjects)))
    kept, again = views_on(page), opened(qtbot, context)
    put_views(again, kept)
    assert (again.tabs.currentWidget(), again.many.subject.key()) == (again.many, chosen)
    put_views(again, [["SubjectBox", "no longer there"]])
    assert again.many.subject.key() == chosen != first


def test_where_nobody_is_so_called_the_empty_list_says_so(qtbot: QtBot, page: ConsentsPage) -> None:
    many = page.many
    qtbot.keyClicks(many.find_box, "xyz")
    assert not many.table.rows
    assert many.empty.title.text() == "Nobody in this list has a name or number like that"
    assert many.empty.accessibleName() == many.empty.title.text()
    many.find_box.clear()
    assert len(many.table.rows) == 5
    many._all = []
    qtbot.keyClicks(many.find_box, "ash")
    assert many.empty.title.text() == "Nobody to show", "there is nobody to find"


def test_back_on_the_tab_the_letters_mark_the_row_that_is_chosen(qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context) -> None:
    planned(page, desk)
    page.many.table.selectRow(0)
    page.many.search()
    for back in (
        lambda: qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier),
        lambda: page.tabs.setCurrentWidget(page.many),
    ):
        page.many.search()
        page.tabs.setCurrentWidget(page.pupil_view)
        page.pupil_view.search()
        back()
        assert page.tabs.currentWidget() is page.many
        assert page.many.table.hasFocus()
    page.many.search()
    page.on_show(None)
    assert page.many.table.hasFocus(), "and back on the page"
    qtbot.keyClick(page.many.table, "y")
    assert cells(page.many)["Ashdown, Mimi"] == "Yes"
    page.many.table.choose_none()
    page.on_show(None)
    assert page.many.find_box.hasFocus(), "nobody is chosen: one is found first"


def test_a_list_of_consents_that_is_opened_by_a_click_and_left_gives_the_keys_back_to_the_row(
    qtbot: QtBot, page: ConsentsPage, desk: Desk
) -> None:
    planned(page, desk)
    many = page.many
    many.table.selectRow(0)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        many.subject.setFocus()
        qtbot.mouseClick(many.subject, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(many.subject.view().isVisible)
        qtbot.keyClick(many.subject.view(), key)
        qtbot.waitUntil(lambda: page.window().focusWidget() is many.table)
        assert many.subject.currentText() == "Climbing, 3 December 2026"
    many.subject.setFocus()
    qtbot.mouseClick(many.subject, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(many.subject.view().isVisible)
    qtbot.keyClick(many.subject.view(), Qt.Key.Key_Up)
    qtbot.keyClick(many.subject.view(), Qt.Key.Key_Return)
    qtbot.wait(0)
    assert many.subject.currentText() != "Climbing, 3 December 2026"
    assert page.window().focusWidget() is many.subject, "another consent: whose answers those letters would be is looked at first"


def test_on_a_trip_the_pupils_stand_by_surname_whoever_has_something_severe(page: ConsentsPage, desk: Desk) -> None:
    """Replies are entered in that order; the paper for the leader has the gravest first."""
    planned(page, desk)
    names = list(cells(page.many))
    health.add_item(desk, HealthItem(pupil_id=pupil_called(desk, "Theo").id, kind="C", what="Epilepsy", severity="SEV"))
    page.many.refresh()
    assert list(cells(page.many)) == names == ["Ashdown, Mimi", "Bramley, Theo"]
    assert page.many.purpose.text() == "3 December 2026. By minibus."
