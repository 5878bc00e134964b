"""Files read in: the newest first; undoing one says by kind what would go back, asks, does it, and says when it was done."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.changes import ChangesPage
from pupil_desk.ui.pages.changes.read_in import ImportsView
from pupil_desk.ui.pages.changes.recent import RecentActs
from tests.services.imports.made import table


@pytest.fixture
def pane(qtbot: QtBot, context: Context, desk: Desk) -> ImportsView:
    run_import(desk, "pupils", table("surname | forename | dob | town\nBeck | Ben | 06/02/2011 | Ware\nCole | Cat | 06/02/2012 | Ware"))
    made = ChangesPage(context)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    made.tabs.setCurrentIndex(2)
    found = made.pane
    assert isinstance(found, ImportsView)
    return found


def test_an_import_is_undone_after_a_question_and_the_list_says_so(pane: ImportsView, desk: Desk, answers: Answers) -> None:
    before = len(pupils.all_pupils(desk))
    assert [pane.table.cell(0, key) for key in ("kind", "who", "read", "added", "undone")] == ["Pupils", "Dee Marlowe", "2", "2", ""]
    assert not pane.undo.isEnabled()
    assert pane.undo.toolTip() == "Choose a file first"
    pane.table.selectRow(0)
    answers.answers = [False]
    pane.undo.click()
    assert answers.questions[-1].text == "Pupils, read in on 24 Nov 2026 10:00 by Dee Marlowe.\n\nGoes back:\nPupil, taken away: 2"
    assert len(pupils.all_pupils(desk)) == before
    answers.answers = [True]
    pane.undo.click()
    assert len(pupils.all_pupils(desk)) == before - 2
    assert pane.table.cell(0, "undone") != ""
    assert "Undone 24 Nov 2026" in pane.detail_label.text()
    pane.undo.click()
    assert (answers.questions[-1].title, answers.questions[-1].text) == ("Nothing would go back", "Everything in it has gone back already.")


def test_recent_changes_lead_to_it(pane: ImportsView, qtbot: QtBot, context: Context) -> None:
    page = ChangesPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    recent = page.pane
    assert isinstance(recent, RecentActs)
    assert recent.acts.cell(0, "about") == "2 pupils"
    recent.acts.selectRow(0)
    assert not recent.undo.isEnabled()
    assert "Files read in" in recent.reason_label.text()
