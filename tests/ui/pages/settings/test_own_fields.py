"""Settings, Own fields: one of each kind is made by what is typed there, and then stands on the form of a pupil, in the menus of the list and in the bulk change."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.own_field import OwnField
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.unit import own_fields
from pupil_desk.services.unit.own_fields import OwnFieldState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils.list.columns import ColumnMenu, MoreColumns
from pupil_desk.ui.pages.settings import SettingsPage
from pupil_desk.ui.pages.settings.own_fields import OwnFields, words_of
from tests.services.unit.own_fields.made import KINDS, LABELS, NAMES, field
from tests.ui.pages.made import as_role


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], SettingsPage]:
    def make() -> SettingsPage:
        page = SettingsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        page.on_show("fields")
        return page

    return make


def test_a_field_and_a_rule_are_found_by_their_names_and_shown(
    open_page: Callable[[], SettingsPage], context: Context, qtbot: QtBot
) -> None:
    own_fields.make(context.desk, field("yes-no"))
    page = open_page()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for name, shown in (("Has a locker", lambda: page.own_fields), ("Penalty notices", lambda: page.rules)):
        qtbot.keyClicks(page.finder.find_box, name)
        qtbot.keyClick(page.finder.find_box, Qt.Key.Key_Return)
        table = shown().table
        assert table.isVisible()
        assert table.hasFocus()
        assert table.model_.index(table.currentIndex().row(), 0).data() == name


def typed(own_field: OwnField) -> dict[str, str]:
    names = ("record", "label", "kind", "values", "reason", "purpose", "basis", "special", "retention")
    return {name: getattr(own_field, name) or "" for name in names}


def made(part: OwnFields) -> list[str]:
    return [state.own_field.name for state in part.table.rows]


def test_one_of_each_kind_is_made_and_stands_on_form_and_list(
    open_page: Callable[[], SettingsPage], context: Context, answers: Answers, qtbot: QtBot
) -> None:
    page = open_page()
    part = page.own_fields
    for kind in KINDS:
        part.begin()
        part.form.take_draft(typed(field(kind)))
        answers.answers.append(True)
        assert page.dirty
        assert page.save(), [problem.message for problem in part.form.problems()]
        assert not page.dirty
    assert made(part) == list(NAMES.values())
    assert "A new edition of the privacy notice is due" in context.banner.words
    form: Form[Pupil] = Form(Pupil, today=context.desk.today)
    qtbot.addWidget(form)
    assert [form.fields[name].item.label for name in NAMES.values()] == list(LABELS.values())
    menu = ColumnMenu(MoreColumns(context.desk), page)
    assert [action.text() for action in menu.actions()][-5:] == list(LABELS.values())
    part.table.select("own_code_4")
    assert "What it is held for: To know it at the door" in part.says.text()
    assert "Its list: Badger; Otter; Fox" in part.says.text()


def test_what_is_wrong_is_said_beside_it_and_nothing_is_made_unasked(open_page: Callable[[], SettingsPage], answers: Answers) -> None:
    page = open_page()
    part = page.own_fields
    part.begin()
    part.form.take_draft({**typed(field("text")), "label": "Gender"})
    assert not page.save()
    assert "read as something else" in part.form.summary.problems[0].message
    part.form.take_draft({"label": "Locker key"})
    answers.answers.append(False)
    assert not page.save()
    assert made(part) == []


def test_a_list_and_a_law_are_asked_for_only_where_there_is_one(open_page: Callable[[], SettingsPage], qtbot: QtBot) -> None:
    part = open_page().own_fields
    part.begin()
    assert part.form.fields["values"].isHidden()
    assert part.form.fields["law"].isHidden()
    part.form.take_draft({"kind": "code", "basis": "LEGAL_OBLIGATION"})
    qtbot.waitUntil(lambda: not part.form.fields["values"].isHidden() and not part.form.fields["law"].isHidden())


def test_one_is_withdrawn_with_a_reason_and_leaves_the_form(
    open_page: Callable[[], SettingsPage], context: Context, answers: Answers, qtbot: QtBot
) -> None:
    own_fields.make(context.desk, field("code"))
    part = open_page().own_fields
    part.table.select("own_code_1")
    answers.answers.append("No houses any more")
    part.withdraw_button.click()
    assert "Withdrawn: No houses any more" in part.says.text()
    assert not part.withdraw_button.isEnabled()
    form: Form[Pupil] = Form(Pupil, today=context.desk.today)
    qtbot.addWidget(form)
    assert "own_code_1" not in form.fields


def test_others_than_the_data_officer_see_them_and_change_nothing(open_page: Callable[[], SettingsPage], context: Context) -> None:
    own_fields.make(context.desk, field("code"))
    context.desk = as_role(context.desk, Role.OFFICE)
    part = open_page().own_fields
    assert len(part.table.rows) == 1
    assert not part.add_button.isVisible()


def test_of_one_that_is_called_otherwise_than_it_was_made_both_names_are_said() -> None:
    words = words_of(OwnFieldState(field("text", label="Tutor group"), "Tutor group (own)", 3))
    assert "Made as “Tutor group”." in words
    assert "this one is “Tutor group (own)” everywhere, in imports too" in words
    assert "Made as" not in words_of(OwnFieldState(field("text"), LABELS["text"], 3))


def test_after_a_lock_the_tab_is_in_view_in_which_somebody_typed(open_page: Callable[[], SettingsPage]) -> None:
    page = open_page()
    page.own_fields.add_button.click()
    page.own_fields.form.take_draft({"label": "Locker key"})
    draft = page.draft()
    assert draft is not None
    again = open_page()
    again.on_show("unit")
    again.take_draft(draft)
    assert again.tabs.tabText(again.tabs.currentIndex()) == "Own fields"
    label = again.own_fields.form.fields["label"].editor
    assert (label.isVisible(), label.typed_text()) == (True, "Locker key")


def test_what_a_field_is_held_for_is_chosen_by_words_alone(open_page: Callable[[], SettingsPage]) -> None:
    part = open_page().own_fields
    part.begin()
    boxes = [part.form.fields[name].editor.box for name in ("record", "kind", "purpose", "basis", "special", "retention")]  # type: ignore[attr-defined]
    offered = [box.itemText(place) for box in boxes for place in range(box.count())]
    assert "Public task, Article 6(1)(e)" in offered
    assert [words for words in offered if re.search(r"\([A-Z_]{2,}\)", words)] == []


def test_a_value_of_several_words_of_a_list_of_ones_own_stands_once(open_page: Callable[[], SettingsPage], context: Context) -> None:
    open_page()
    _changed, made_field = own_fields.make(context.desk, field("code", values="Red team\nBlue team"))
    box = Form(Pupil, today=context.desk.today).fields[made_field.name].editor.box  # type: ignore[attr-defined]
    offered = [words for words in map(box.itemText, range(box.count())) if words]
    assert offered == ["Red team", "Blue team"]
