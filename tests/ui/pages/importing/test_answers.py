"""Whom a row is about is asked on the page, a single row is left out, and the stays that begin are told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.pages.importing import ImportPage
from tests.ui.pages.importing.test_page import NEW
from tests.ui.pages.made import pupil_called

type Written = Callable[..., Path]


def test_who_a_row_without_a_number_is_about_is_asked_and_not_guessed(page: ImportPage, desk: Desk, written: Written) -> None:
    mia = pupil_called(desk, "Mia")
    page.open_file(written("surname,forename,dob,town", f"{mia.surname},{mia.forename},{mia.dob},Wexbridge"))
    assert page.proposed.table.cell(0, "state") == "To choose"
    assert page.proposed.order.text().startswith("1 row may be about a pupil who is here already.")
    assert not page.proposed.keep_button.isEnabled()
    answers = page.proposed.detail.answers
    assert [button.text() for (column, _key), button in answers.items() if not column] == [
        f"The same pupil: {mia.legal_name}, {mia.ref}, {mia.upn}",
        "Another pupil: add as new",
        "Leave the row out",
    ]
    answers["", "new"].click()
    assert page.proposed.table.cell(0, "state") == "New"
    page.proposed.detail.answers["", mia.id].click()
    assert (page.proposed.table.cell(0, "state"), page.proposed.order.text()) == ("Changed", "")
    page.keep()
    assert [pupil.town for pupil in pupils.all_pupils(desk) if pupil.forename == "Mia"] == ["Wexbridge"]


def test_a_single_row_is_left_out_and_taken_after_all(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012", "Larch,Tim,1/3/2012"))
    page.proposed.table.selectRow(0)
    assert page.proposed.detail.leave_button is not None
    page.proposed.detail.leave_button.click()
    assert page.proposed.table.cell(0, "state") == "Left out"
    assert page.proposed.summary.text() == "file.csv, 2 rows read: 1 new, 0 changed, 1 unchanged, 0 refused."
    page.proposed.detail.leave_button.click()
    assert page.proposed.table.cell(0, "state") == "Refused"
    page.proposed.detail.leave_button.click()
    page.keep()
    assert [pupil.forename for pupil in pupils.all_pupils(desk) if pupil.surname == "Larch"] == ["Tim"]


def test_the_stay_of_a_new_pupil_is_said_in_the_same_words_before_and_after(page: ImportPage, written: Written) -> None:
    page.open_file(written(*NEW))
    said = page.proposed.stays.text()
    assert "2 stays: " in said
    assert "without a first day, open" in said
    assert any("Stay at the unit" in words.text() for words in page.proposed.detail.findChildren(QLabel))
    page.keep()
    assert said in page.outcome_lines.text()
