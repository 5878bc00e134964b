"""Files read in: the newest first; undoing one says by kind what would go back, asks, does it, and says when it was done."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure.file_names import forget_file_names
from pupil_desk.services.imports.kinds import LEFT_OUT_ROW
from pupil_desk.services.imports.proposal import answer
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.changes import ChangesPage
from pupil_desk.ui.pages.changes.read_in import ImportsView
from pupil_desk.ui.pages.changes.recent import RecentActs
from tests.services.imports.made import table


@pytest.fixture
def pane(qtbot: QtBot, context: Context, desk: Desk) -> ImportsView:
    run_import(
        desk,
        "pupils",
        table("surname | forename | dob | town\nBeck | Ben | 06/02/2011 | Ware\nCole | Cat | 06/02/2012 | Ware"),
        "Year 9.csv",
    )
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
    assert [pane.table.cell(0, key) for key in ("kind", "file", "who", "read", "added", "undone")] == [
        "Pupils",
        "Year 9.csv",
        "Dee Marlowe",
        "2",
        "2",
        "",
    ]
    assert not pane.undo.isEnabled()
    assert pane.undo.toolTip() == "Choose a file first"
    pane.table.selectRow(0)
    answers.answers = [False]
    pane.undo.click()
    assert answers.questions[-1].text == (
        "Pupils (Year 9.csv), read in on 24 Nov 2026 10:00 by Dee Marlowe.\n\nGoes back:\nPupil, taken away: 2. Beck, Ben; Cole, Cat"
    )
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


def test_rows_of_which_nothing_was_taken_are_named_and_the_name_of_the_file_is_in_no_log(pane: ImportsView, desk: Desk) -> None:
    proposal = propose(desk, "pupils", table("surname | forename | dob\nDale | Dan | 06/02/2011\nElm | Eve | 06/02/2012"), "Dale Dan.csv")
    keep(desk, answer(proposal, 3, LEFT_OUT_ROW))
    pane.refresh()
    pane.table.selectRow(0)
    assert pane.detail_label.text().startswith(
        "Dale Dan.csv, read in by Dee Marlowe: 2 rows, 1 added, 0 changed, 0 unchanged, 0 refused, 1 left out (row 3)."
    )
    assert not any("Dale" in (row["reason"] or "") for row in desk.vault.rows("SELECT * FROM log"))


def test_the_name_of_a_file_goes_with_the_pupil_it_names(desk: Desk) -> None:
    source = "surname | forename | dob\nDale | Dan | 06/02/2011"
    run_import(desk, "pupils", table(source), "dan_dale.csv")
    run_import(desk, "pupils", table(source.replace("Dan", "Eve") + "\nElm | Ed | 06/02/2011"), "Year 9.csv")
    dan = next(pupil for pupil in pupils.all_pupils(desk) if pupil.forename == "Dan")
    with desk.vault.transaction():
        assert forget_file_names(desk.vault, dan.id) == 1
    assert [row["name"] for row in desk.vault.rows("SELECT name FROM import_file")] == ["Year 9.csv"]
