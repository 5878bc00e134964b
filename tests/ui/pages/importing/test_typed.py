"""Import: what is typed into a row of the file stays until it is used, and a corrected row is called by what it is."""

import dataclasses
from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
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
