"""Our own exports: designed in three steps, previewed, approved; the draft that is typed is not lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.exports.own_export import OwnColumn
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.own import versions
from pupil_desk.services.pupils import lists
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.exports.own import OwnExports
from tests.ui.pages.made import as_role


def opened(qtbot: QtBot, context: Context) -> OwnExports:
    made = OwnExports(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.refresh()
    return made


def typed(view: OwnExports, **texts: str) -> None:
    for name, text in texts.items():
        view.form.fields[name].editor.take_text(text)


def choose(view: OwnExports, *labels: str) -> None:
    for text in labels:
        view.items.find_box.setText(text)
        view.items.offers.selectRow(0)
        view.items.flip()
    view.items.find_box.clear()


def standing(view: OwnExports) -> str:
    """As a screen reader says it of the first export."""
    words = view.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    return str(words).rpartition(": ")[2]


def design(view: OwnExports) -> None:
    typed(
        view,
        title="Summer meals",
        recipient="Larkfield Kitchen",
        purpose="To cook",
        basis="public-task",
        law="Education Act 1996, section 512",
    )
    choose(view, "Legal surname", "Legal forename", "Year group")


def test_it_is_designed_looked_at_saved_and_approved(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    lists.save_filter(desk, "Boys", [Condition("sex", "M")], for_all=False)
    view = opened(qtbot, context)
    assert not view.save_button.isEnabled()
    design(view)
    view.items.columns_table.select("pupil.year_group")
    view.items._move(-1)
    view.items.heading.selectAll()
    view.items.heading.insert("")
    view.items.heading.textEdited.emit("Year")
    assert view.items.columns == (
        OwnColumn("pupil.surname", "Legal surname"),
        OwnColumn("pupil.year_group", "Year"),
        OwnColumn("pupil.forename", "Legal forename"),
    )
    view.reach.look_button.click()
    everyone = len(view.reach.table.rows)
    view.reach.filter.setCurrentIndex(view.reach.filter.findText("Boys"))
    view.reach.filter.activated.emit(1)
    assert view.reach.table.rows == []  # what was seen no longer holds
    view.reach.look_button.click()
    assert 0 < len(view.reach.table.rows) < everyone
    assert "would go today" in view.reach.count.text()
    assert "Those of whom this is true: Sex: Male." in view.reach.words.text()

    assert not view.approve_button.isEnabled()
    view.save_button.click()
    assert not view.make_button.isEnabled()
    assert standing(view) == "draft, to be approved"
    assert "It cannot be made until a data officer approves it" in view.state.text()
    answers.answers.append(True)
    view.approve_button.click()
    assert "The privacy notice names it" in answers.questions[-1].text
    assert standing(view) == "approved"
    assert [export.name for export in versions.usable(desk)] == ["own-summer-meals"]
    with qtbot.waitSignal(view.export_wanted) as told:
        view.make_button.click()
    assert told.args == ["own-summer-meals"]
    assert not view.approve_button.isEnabled()

    typed(view, purpose="To cook and to shop")
    assert not view.make_button.isEnabled()  # what is typed is not what was approved
    view.save_button.click()
    assert standing(view) == "changed, to be approved"
    answers.answers.append(True)
    view.retire_button.click()
    assert versions.own_exports(desk) == []
    assert view.title.text() == "A new export"


def test_what_is_missing_is_said_where_it_is(qtbot: QtBot, context: Context) -> None:
    view = opened(qtbot, context)
    typed(view, title="Garage", basis="consent")
    assert view.consent_part.isVisible()
    assert not view.form.fields["law"].isVisible()
    view.save_button.click()
    assert {"Choose at least one item.", "Choose the consent that families are asked for."} <= {
        problem.message for problem in versions.problems(context.desk, view.typed_version())
    }
    assert view.form.summary.isVisible()
    assert view.steps.currentIndex() == 0
    view.form.focus("columns")
    assert view.items.isVisible()


def test_a_draft_is_put_back_as_it_was_typed(qtbot: QtBot, context: Context) -> None:
    view = opened(qtbot, context)
    design(view)
    draft = view.draft()
    assert draft is not None
    other = opened(qtbot, context)
    other.take_draft(draft)
    assert other.draft() == draft
    assert other.typed_version() == view.typed_version()
    other.discard()
    assert other.draft() is None


def test_the_office_looks_and_an_assistant_head_drafts(qtbot: QtBot, context: Context, desk: Desk) -> None:
    head = opened(qtbot, replace(context, desk=as_role(desk, Role.ASSISTANT_HEAD)))
    design(head)
    head.save_button.click()
    assert not head.approve_button.isEnabled()
    assert head.approve_button.toolTip() == "Data officer only"
    office = opened(qtbot, replace(context, desk=Desk(desk.vault, replace(desk.user, role=Role.OFFICE), desk.clock)))
    assert [office.table.cell(0, "title")] == ["Summer meals"]
    assert not any(door.isEnabled() for door in (office.save_button, office.new_button, office.approve_button, office.retire_button))
    office.items.flip()
    assert not office.dirty


@pytest.fixture
def view(qtbot: QtBot, context: Context) -> OwnExports:
    return opened(qtbot, context)


def test_everything_has_a_name(view: OwnExports, nameless: Callable[[Any], list[str]]) -> None:
    assert nameless(view) == []
    assert all(isinstance(pane, QWidget) for pane in view.panes())


def test_where_no_item_has_such_a_name_what_to_do_is_said(view: OwnExports) -> None:
    view.items.find_box.setText("zzz")
    assert view.items.offers.empty is not None
    assert view.items.offers.empty.accessibleDescription() == "Type other words, or empty the box to see all."
    assert view.items.offers.rows == []
