"""Whom a row is about is asked on the page, a single row is left out, the stays that begin are told, and what is to be picked by hand."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.basics.dates import show_date
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.services.imports.made import BEN, CAT, table
from tests.ui.pages.importing.test_page import NEW, UPN, rows
from tests.ui.pages.made import pupil_called

type Written = Callable[..., Path]


def test_who_a_row_without_a_number_is_about_is_asked_and_not_guessed(page: ImportPage, desk: Desk, written: Written) -> None:
    mia = pupil_called(desk, "Mia")
    page.open_file(written("surname,forename,dob,town", f"{mia.surname},{mia.forename},{mia.dob},Wexbridge"))
    assert page.proposed.table.cell(0, "state") == "To choose"
    assert page.proposed.waiting.text().startswith("1 row may be about a pupil who is here already")
    assert page.proposed.summary.text() == "file.csv, 1 row read: 0 new, 0 changed, 0 unchanged, 0 refused, 1 not decided (row 2)."
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
    assert (page.proposed.table.cell(0, "state"), page.proposed.waiting.text()) == ("Changed", "")
    page.keep()
    assert [pupil.town for pupil in pupils.all_pupils(desk) if pupil.forename == "Mia"] == ["Wexbridge"]


def test_a_single_row_is_left_out_and_taken_after_all(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012", "Larch,Tim,1/3/2012"))
    page.proposed.table.selectRow(0)
    assert page.proposed.detail.leave_button is not None
    page.proposed.detail.leave_button.click()
    assert page.proposed.table.cell(0, "state") == "Left out"
    assert page.proposed.summary.text() == "file.csv, 2 rows read: 1 new, 0 changed, 0 unchanged, 0 refused, 1 left out (row 2)."
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
    assert said in page.outcome.lines.text()


def test_what_became_of_each_row_is_told_afterwards_too(page: ImportPage, desk: Desk, written: Written, answers: Answers) -> None:
    """It said «2 unchanged» of a row of which nobody had decided and of one left out, and named neither."""
    mia = pupil_called(desk, "Mia")
    page.open_file(written("surname,forename,dob", f"{mia.surname},{mia.forename},{mia.dob}", "Larch,Sam,1/3/2012", "Larch,Tim,1/3/2012"))
    page.proposed.table.selectRow(1)
    assert page.proposed.detail.leave_button is not None
    page.proposed.detail.leave_button.click()
    assert [page.proposed.filter.itemText(place) for place in range(page.proposed.filter.count())] == [
        "All rows (3)",
        "New (1)",
        "To check (2)",
        "To choose (1)",
        "Left out (1)",
    ]
    answers.answers = [True]
    page.keep()
    assert page.outcome.lines.text().startswith(
        "3 rows read: 1 new, 0 changed, 0 unchanged, 0 refused, 1 not decided (row 2), 1 left out (row 3)."
    )
    assert "nobody said whether it is about a pupil who is here. Read the file in again to say it." in page.outcome.lines.text()
    assert "Say whether" not in page.outcome.lines.text()


def test_one_answer_is_given_for_all_rows_that_wait(page: ImportPage, desk: Desk, written: Written, answers: Answers) -> None:
    """54 rows had to be answered one by one."""
    run_import(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{BEN}\nHall|Ben|1/2/2012|{CAT}"))
    mia = pupil_called(desk, "Mia")
    lines = [f"{mia.surname},{mia.forename},{mia.dob},Wexbridge", "Hall,Ann,1/2/2012,Wexbridge", "Hall,Ben,1/2/2012,Wexbridge"]
    page.open_file(written("surname,forename,dob,town", *lines, "Larch,Tim,1/3/2012,Wexbridge"))
    assert page.proposed.waiting.text().startswith("3 rows may be about a pupil who is here already")
    answers.answers = [False, True]
    page.proposed.all_buttons["update"].click()
    assert (answers.questions[-1].title, page.proposed.table.cell(0, "state")) == ("One answer for 3 rows?", "To choose")
    page.proposed.all_buttons["update"].click()
    assert [page.proposed.table.cell(place, "state") for place in range(4)] == ["Changed", "Changed", "Changed", "New"]
    assert not page.proposed.waiting.isVisibleTo(page.proposed)
    page.keep()
    assert sum(pupil.town == "Wexbridge" for pupil in pupils.all_pupils(desk)) == 4


def test_the_focus_stays_where_one_answers(page: ImportPage, desk: Desk, written: Written, qtbot: QtBot, answers: Answers) -> None:
    """It jumped to the rail, for the row is shown anew."""
    mia = pupil_called(desk, "Mia")
    page.activateWindow()
    page.open_file(written("surname,forename,dob,town", f"{mia.surname},{mia.forename},{mia.dob},Wexbridge", "Larch,Tim,1/3/2012,"))
    page.proposed.detail.answers["", mia.id].setFocus()
    qtbot.keyClick(page.proposed.detail.answers["", mia.id], Qt.Key.Key_Space)
    assert page.proposed.table.cell(0, "state") == "Changed"
    assert page.proposed.detail.answers["", mia.id].hasFocus()
    page.proposed.table.selectRow(1)
    assert page.proposed.detail.leave_button is not None
    page.proposed.detail.leave_button.setFocus()
    qtbot.keyClick(page.proposed.detail.leave_button, Qt.Key.Key_Space)
    assert page.proposed.detail.leave_button.hasFocus()


def test_a_long_answer_wraps_and_no_row_is_cut_at_the_side(page: ImportPage, desk: Desk, written: Written) -> None:
    mia = pupil_called(desk, "Mia")
    page.open_file(written("surname,forename,dob", f"{mia.surname},{mia.forename},{mia.dob}"))
    answer = page.proposed.detail.answers["", mia.id]
    answer.setText("The same pupil: " + "Featherstonehaugh-Cholmondeley " * 4)
    assert answer.minimumSizeHint().width() < 200
    assert answer.heightForWidth(240) > answer.heightForWidth(2000)


def test_a_relationship_that_is_not_known_is_taken_as_other_with_one_press(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("upn,surname,forename,relationship", f"{UPN},Ashdown,Jo,Godmother", f"{UPN},Ashdown,Kit,Great Aunt"))
    assert page.proposed.unknown_button.text() == "Take “Godmother” and “Great Aunt” as “other”"
    assert [page.proposed.table.cell(row, "state") for row in (0, 1)] == ["Refused", "Refused"]
    page.proposed.unknown_button.click()
    assert [page.proposed.table.cell(row, "state") for row in (0, 1)] == ["New", "New"]
    assert not page.proposed.unknown_button.isVisibleTo(page.proposed)
    page.keep()
    held = {contact.forename: contact.relationship for contact in contacts.of_pupil(desk.vault, pupil_called(desk, "Mia").id)}
    assert (held["Jo"], held["Kit"]) == ("OTH", "OTH")


def test_after_an_import_what_was_warned_is_said_with_the_way_to_the_pupil_and_to_the_undo(
    page: ImportPage, context: Context, desk: Desk, written: Written
) -> None:
    """Ten warnings were gone, and nothing led to the pupil, to From files or to the undo."""
    page.open_file(written("surname,forename,dob,Shoe,Court Order", "Larch,Tim,1/3/2012,4,Yes"))
    page.keep()
    words = [told.text() for told in page.outcome.findChildren(QLabel)]
    tim = pupil_called(desk, "Tim")
    assert [link.words for link in page.outcome.links] == ["Larch, Tim (row 2)"]
    (told,) = (text for text in words if "A protection “order or restriction” was put on." in text)
    assert "2 values kept under From files" in told or "1 value kept under From files" in told
    assert "The pupil has no UPN yet." in told
    went: list[tuple[str, str]] = []
    context.go = lambda name, *ids: bool(went.append((name, *ids))) or True  # type: ignore[func-returns-value]
    page.outcome.links[0].click()
    page.outcome.undo_button.click()
    assert went[0] == ("pupils", tim.id)
    assert went[1][0] == "changes"
    assert went[1][1] == desk.vault.rows("SELECT id FROM import_made")[-1]["id"]


def test_no_row_is_left_behind_unasked(page: ImportPage, desk: Desk, written: Written, answers: Answers) -> None:
    mia = pupil_called(desk, "Mia")
    page.open_file(
        written("surname,forename,dob", "Kestrel,Nia,3/4/2012", "Larch,Sam,not a day", f"{mia.surname},{mia.forename},{mia.dob}")
    )
    answers.answers = [False]
    page.proposed.keep_button.click()
    asked = answers.questions[-1]
    assert (asked.title, asked.offers) == ("Import without 2 rows?", ("Import the others",))
    assert asked.text.splitlines()[:2] == [
        "Row 3 (Larch, Sam, not a day): refused",
        f"Row 4 (Ashdown, Mia, {show_date(mia.dob)}): nobody has decided on it",
    ]
    assert "Kestrel" not in [pupil.surname for pupil in pupils.all_pupils(desk)]
    row = page.proposed.table.current()
    assert row is not None
    assert (row.number, page.proposed.table.hasFocus() or not page.isActiveWindow()) == (3, True)


def test_what_take_all_leaves_to_be_picked_by_hand_is_said_before_and_until_it_is_picked(
    page: ImportPage, desk: Desk, written: Written, context: Context
) -> None:
    mia = pupil_called(desk, "Mia")
    pupils.save_pupil(desk, dataclasses.replace(mia, address_1="9 Mill Lane", town="Larkfield", county="Herts", postcode="AL28 3QN"))
    page.open_file(
        written("upn,surname,forename,dob,address_1,town,postcode", f"{UPN},Ashdown,Mia,5/3/2014,9 Mill Lane,Larkfield,AL30 1AA")
    )
    said = (
        "“Take all from the file” leaves 1 row to be picked by hand: the file has another postcode, with the first line held here. "
        "Until then what is held here stays."
    )
    assert page.proposed.order.text() == said
    page.proposed.theirs_button.click()
    assert page.proposed.order.text() == said
    assert context.banner.words == (
        "Nothing goes in by that: in 1 row the file has another postcode, with the first line held here. Pick it in the row."
    )
    page.proposed.table.selectRow(0)
    assert page.proposed.detail.answers["address_1", "mine"].isChecked()
    theirs = page.proposed.detail.answers["address_1", "theirs"]
    assert theirs.accessibleName() == "Address: From the file: 9 Mill Lane, Larkfield, AL30 1AA (then empty: County)"
    theirs.click()
    assert page.proposed.order.text() == ""
    assert "(then empty: County)" in rows(page)[0][2]
    page.proposed.mine_button.click()
    assert page.proposed.order.text() == "", "whoever keeps all as it is held leaves nothing to be picked"


def test_one_word_for_the_whole_file_says_what_it_did_and_why_not_more(
    page: ImportPage, desk: Desk, written: Written, context: Context
) -> None:
    mia = pupil_called(desk, "Mia")
    pupils.save_pupil(desk, dataclasses.replace(mia, address_1="9 Mill Lane", town="Larkfield", county="Herts", postcode="AL28 3QN"))
    theo = pupil_called(desk, "Theo")
    page.open_file(
        written(
            "upn,surname,forename,dob,address_1,town,postcode,sex",
            f"{UPN},Ashdown,Mia,5/3/2014,9 Mill Ln,Larkfield,AL28 3QN,",
            f",{theo.surname},{theo.forename},{theo.dob},,,,F",
        )
    )
    assert page.proposed.table.select(3)
    page.proposed.detail.answers["", theo.id].click()
    page.proposed.theirs_button.click()
    assert context.banner.words == (
        "In 1 row what differs goes in from the file. In 1 row what is held here stays until you pick it in the row: "
        "the file has another first line, or this one spelt otherwise, with the postcode held here."
    )
    page.proposed.mine_button.click()
    assert context.banner.words == "In 2 rows all stays as it is held here."
