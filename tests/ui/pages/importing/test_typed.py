"""Import: what is typed into a row of the file stays until it is used, and a corrected row is called by what it is."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import IMPORTS
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from pupil_desk.ui.pages.importing.model import cell_words
from tests.ui.pages.importing.test_page import NEW, Written, surnames
from tests.ui.pages.late import LateJobs

TWO_WRONG = ("surname,forename,dob", "Larch,Sam,31/2/2012", "Kestrel,Nia,31/4/2012")


def test_what_is_typed_into_a_row_is_there_again_after_another_row_was_looked_at(page: ImportPage, written: Written) -> None:
    page.open_file(written(*TWO_WRONG))
    page.proposed.table.selectRow(0)
    page.proposed.detail.cells["dob"].setText("1/3/2012")
    page.proposed.table.selectRow(1)
    assert page.proposed.detail.cells["dob"].text() == "31/4/2012"
    page.proposed.table.selectRow(0)
    assert page.proposed.detail.cells["dob"].text() == "1/3/2012"
    page.proposed.detail.mend_button.click()
    assert page.proposed.detail.typed == []
    assert page.proposed.table.cell(0, "state") == "New"


def test_from_a_mended_row_enter_goes_on_to_the_next_that_is_wrong_and_then_to_the_import(
    qtbot: QtBot, page: ImportPage, desk: Desk, written: Written
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_file(written(*TWO_WRONG, "Rowan,Ash,5/6/2012"))
    proposed = page.proposed
    for number, day in ((2, "1/3/2012"), (3, "2/4/2012")):
        current = proposed.table.current()
        assert current is not None
        assert current.number == number
        cell = proposed.detail.cells["dob"]
        cell.setFocus()
        cell.setText(day)
        qtbot.keyClick(cell, Qt.Key.Key_Return)
        if number == 2:
            assert proposed.detail.cells["dob"].hasFocus(), "of the next row that is refused"
    assert proposed.keep_button.hasFocus()
    qtbot.keyClick(proposed.keep_button, Qt.Key.Key_Space)
    assert {"Larch", "Kestrel", "Rowan"} <= set(surnames(desk))


@pytest.mark.usefixtures("guard")
def test_no_button_comes_under_the_pointer_when_a_remark_has_nothing_more_to_say(qtbot: QtBot, page: ImportPage, written: Written) -> None:
    page.resize(1100, 760)
    page.open_file(written("surname,forename,dob", "Larch,Sam,1/3/2012", "Larch,Sam,1/3/2012"))
    remark, button = page.proposed.order, page.proposed.keep_button
    remark.say("Something of the file.")
    QApplication.processEvents()
    before = button.mapTo(page, QPoint(0, 0))
    QTest.mouseClick(button.parentWidget() or button, Qt.MouseButton.LeftButton)
    remark.say("")
    QApplication.processEvents()
    assert (remark.text(), remark.isEnabled(), button.mapTo(page, QPoint(0, 0))) == ("", False, before)
    qtbot.waitUntil(remark.isHidden)


def test_a_corrected_row_that_is_still_refused_is_not_called_mended(page: ImportPage, written: Written) -> None:
    page.open_file(written(*TWO_WRONG))
    page.proposed.detail.cells["dob"].setText("30/2/2012")
    page.proposed.detail.mend_button.click()
    said = [words.text() for words in page.proposed.detail._content.findChildren(QLabel)]
    assert "You have corrected this row, and it cannot be read in yet." in said
    assert "Date of birth: February 2012 has 29 days." in said
    assert not any("mended" in words for words in said)


def test_an_import_and_a_close_ask_first_about_what_was_typed_and_not_used(
    page: ImportPage, desk: Desk, written: Written, answers: Answers
) -> None:
    page.open_file(written(*NEW, "Larch,Sam,31/2/2012"))
    before = surnames(desk)
    page.proposed.table.selectRow(len(page.proposed.table.rows) - 1)
    next(iter(page.proposed.detail.cells.values())).setText("typed")
    answers.answers = [False, False]
    page.keep()
    assert surnames(desk) == before
    assert not page.may_close()
    assert [asked.title for asked in answers.questions] == ["Import without what you typed?", "Lose what you mended?"]


def test_what_is_asked_before_an_import_is_asked_of_the_rows_that_were_mended_a_moment_before(
    open_page: Callable[[Context], ImportPage], context: Context, desk: Desk, answers: Answers, written: Written
) -> None:
    """The row that was mended is among those in view as refused, until it has been worked out what it comes to."""
    jobs = LateJobs()
    page = open_page(dataclasses.replace(context, jobs=jobs))
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012", "Kestrel,Nia,3/4/2012", "Quill,Ann,31/4/2012"))
    jobs.tell(0)
    page.proposed.table.selectRow(0)
    page.proposed.detail.cells["dob"].setText("1/3/2012")
    page.proposed.detail.mend_button.click()
    page.keep()
    assert not answers.questions
    answers.answers = [True]
    jobs.tell(1)
    assert [(asked.title, "Larch" in asked.text, "Quill" in asked.text) for asked in answers.questions] == [
        ("Import without 1 row?", False, True)
    ]
    jobs.tell(2)
    assert page.outcome.lines.isVisible()
    assert {"Larch", "Kestrel"} <= set(surnames(desk))


def test_a_day_that_a_computer_wrote_is_shown_as_the_office_writes_it() -> None:
    kind = next(kind for kind in IMPORTS if any(item.name == "dob" for item in kind.columns))
    cells = [("dob", "2012-11-30"), ("dob", "30/11/2012"), ("dob", "2012-13-30"), ("surname", "2012-11-30")]
    assert [cell_words(kind, *cell) for cell in cells] == ["30 November 2012", "30/11/2012", "2012-13-30", "2012-11-30"]
