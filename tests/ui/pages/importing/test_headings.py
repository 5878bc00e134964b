"""A list of a system that is not known: what its headings mean is chosen on the page, remembered, and forgotten; so is the sheet of a workbook."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.services.imports.neighbouring import BEFORE, MAPPED, in_the_suite, tables

type Written = Callable[..., Path]

WELSH = ("Cyfenw,Enw cyntaf,Dyddiad geni,Dosbarth", "Pryce,Nia,4/3/2013,9N")


def choose(page: ImportPage, heading: str, words: str) -> None:
    """Choose a column, or to leave it out, as a person does in the box of a heading."""
    box = page.headings.boxes[heading]
    box.setCurrentIndex(box.findText(words))


def pick_kind(page: ImportPage, words: str) -> None:
    """Say what the file holds."""
    box = page.source.kind
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def test_a_newcomer_brings_in_the_list_of_a_system_that_is_not_known(
    page: ImportPage, desk: Desk, written: Written, answers: Answers, context: Context
) -> None:
    """Thirteen actions: two to choose the file, two for its kind, two for each of four headings, and one to import."""
    answers.answers = [written(*WELSH)]
    page.source.choose_button.click()
    assert "Say which kind it is" in context.banner.words
    pick_kind(page, "Pupils")
    assert page.stack.currentWidget() is page.headings
    assert "There is no column for “Legal surname”" in context.banner.words
    assert list(page.headings.boxes) == ["Cyfenw", "Enw cyntaf", "Dyddiad geni", "Dosbarth"]
    for heading, words in (
        ("Cyfenw", "Legal surname"),
        ("Enw cyntaf", "Legal forename"),
        ("Dyddiad geni", "Date of birth"),
        ("Dosbarth", "Leave out: not kept"),
    ):
        choose(page, heading, words)
    page.headings.use_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert (
        page.proposed.headings.text()
        == "3 of 4 headings understood. Left out, and not kept: “Dosbarth”. Some mean what was chosen for lists with these headings, which is remembered."
    )
    page.proposed.keep_button.click()
    assert "Pryce" in {pupil.surname for pupil in pupils.all_pupils(desk)}

    page.open_file(written(*WELSH[:1], "Rhys,Aled,5/3/2013,9N", name="next.csv"))
    pick_kind(page, "Pupils")
    assert page.stack.currentWidget() is page.proposed
    assert page.proposed.headings.text().endswith("which is remembered.")
    page.proposed.headings_button.click()
    assert page.headings.boxes["Cyfenw"].currentText() == "Legal surname"
    page.headings.forget_button.click()
    assert page.stack.currentWidget() is page.headings
    assert page.headings.boxes["Cyfenw"].currentText() == "Not decided: kept under From files"
    assert not page.headings.forget_button.isVisibleTo(page.headings)


def test_a_heading_that_is_not_known_can_be_mapped_though_the_list_is_read(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Main contact number", "Kestrel,Nia,3/4/2012,01632 960001"))
    assert "No column, and kept under From files: “Main contact number”." in page.proposed.headings.text()
    page.proposed.headings_button.click()
    assert next(iter(page.headings.boxes)) == "Main contact number", "what is to be decided comes first"
    choose(page, "Main contact number", "Telephone")
    page.headings.use_button.click()
    page.proposed.keep_button.click()
    assert next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Kestrel").phone == "01632 960001"


def test_the_headings_of_a_contact_say_so_and_stay_when_another_is_chosen(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Mother Name,Mother Mobile,Shoe", "Kestrel,Nia,3/4/2012,Jo Kestrel,07700 900111,4"))
    page.proposed.headings_button.click()
    assert (next(iter(page.headings.boxes)), page.headings.boxes["Mother Mobile"].currentText()) == ("Shoe", "Of a contact of the pupil")
    choose(page, "Shoe", "Leave out: not kept")
    page.headings.use_button.click()
    page.proposed.keep_button.click()
    nia = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Kestrel")
    assert [contact.mobile for contact in contacts.of_pupil(desk.vault, nia.id)] == ["07700 900111"]


def test_going_back_from_the_headings_changes_nothing(page: ImportPage, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Shoe", "Kestrel,Nia,3/4/2012,4"))
    page.proposed.headings_button.click()
    choose(page, "Shoe", "Leave out: not kept")
    page.headings.close_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert "No column, and kept under From files: “Shoe”." in page.proposed.headings.text()


def test_of_two_headings_that_mean_the_same_one_is_left_out(page: ImportPage, written: Written, context: Context) -> None:
    page.open_file(written("surname,forename,dob,surname", "Kestrel,Nia,3/4/2012,Other"))
    pick_kind(page, "Pupils")
    assert "“surname” and “surname (2)”" in context.banner.words
    choose(page, "surname (2)", "Leave out: not kept")
    page.headings.use_button.click()
    assert page.proposed.summary.text() == "file.csv, 1 row read: 1 new, 0 changed, 0 unchanged, 0 refused."


def test_nothing_is_kept_while_the_headings_are_looked_at(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Shoe", "Kestrel,Nia,3/4/2012,4"))
    page.proposed.headings_button.click()
    page.save()
    assert "Kestrel" not in {pupil.surname for pupil in pupils.all_pupils(desk)}


def test_another_sheet_of_a_workbook_is_chosen(page: ImportPage, tmp_path: Path) -> None:
    (path,) = (path for path in tables() if path.name == "x_two_sheets.xlsx")
    page.open_file(path)
    assert page.proposed.sheet.currentText() == "Year 7"
    first = page.proposed.table.cell(0, "row")
    page.proposed.sheet.setCurrentIndex(1)
    page.proposed.sheet.activated.emit(1)
    assert page.proposed.sheet.currentText() == "Year 8"
    assert page.proposed.table.cell(0, "row") != first


def test_a_table_of_one_sheet_offers_none(page: ImportPage, written: Written) -> None:
    page.open_file(written("surname,forename,dob", "Kestrel,Nia,3/4/2012"))
    assert not page.proposed.sheet_pair.isVisibleTo(page.proposed)


@pytest.mark.parametrize("path", in_the_suite(tables()))
def test_each_list_of_another_system_is_seen_on_the_page_as_by_command(page: ImportPage, path: Path) -> None:
    desk = page.context.desk
    mapping = MAPPED.get(path.name)
    by_command = run_import(desk, "pupils" if mapping else "auto", path.read_bytes(), path.name, mapping=mapping, dry_run=True)
    page.open_file(path)
    if mapping:
        pick_kind(page, "Pupils")
        page.proposed.headings_button.click()
        for heading, column in mapping.items():
            page.headings.boxes[heading].set_key(column or "-")
        page.headings.use_button.click()
    if by_command.read:
        assert page.proposal is not None
        assert outcome_of(page.proposal) == by_command
        assert page.stack.currentWidget() is page.proposed
    else:
        assert page.stack.currentWidget() is not page.proposed
    assert path.name not in BEFORE or by_command.refused == by_command.read


def test_a_list_read_as_another_kind_says_what_its_headings_mean_and_one_can_go_back(
    page: ImportPage, written: Written, context: Context
) -> None:
    """It said that a heading was to be named, on an empty page, and there was no way back."""
    page.open_file(written("upn,surname,forename,dob,Shoe", "Y919110026001,Kestrel,Nia,3/4/2012,4"))
    pick_kind(page, "Contacts")
    assert page.stack.currentWidget() is page.headings
    assert "These headings are those of the kind “Pupils”" in context.banner.words
    assert page.headings.close_button.isVisibleTo(page.headings)
    page.headings.close_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert page.source.kind.currentText() == "Pupils"


def test_what_is_chosen_is_remembered_though_nothing_is_imported(page: ImportPage, written: Written, answers: Answers) -> None:
    """All rows were refused, the file was put right, and everything had to be chosen again."""
    page.open_file(written(WELSH[0], "Pryce,Nia,31/2/2013,9N"))
    pick_kind(page, "Pupils")
    for heading, words in (("Cyfenw", "Legal surname"), ("Enw cyntaf", "Legal forename"), ("Dyddiad geni", "Date of birth")):
        choose(page, heading, words)
    page.headings.use_button.click()
    assert page.proposed.table.cell(0, "state") == "Refused"
    page.open_file(written(*WELSH, name="right.csv"))
    assert page.stack.currentWidget() is page.proposed
    assert page.proposed.table.cell(0, "state") == "New"
    page.keep()


def test_the_second_of_two_headings_is_kept_under_from_files(page: ImportPage, desk: Desk, written: Written) -> None:
    """To leave it out was all that could be said of it, and what is left out is not kept."""
    page.open_file(written("surname,forename,dob,Telephone,Telephone", "Kestrel,Nia,3/4/2012,01632 960001,01632 960002"))
    pick_kind(page, "Pupils")
    choose(page, "Telephone (2)", "Not decided: kept under From files")
    page.headings.use_button.click()
    assert "No column, and kept under From files: “Telephone (2)”." in page.proposed.headings.text()
    assert "Kept under From files" in [words.text() for words in page.proposed.detail.findChildren(QLabel)]
    page.keep()
    nia = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Kestrel")
    assert [value.value for value in several.of_pupil(desk.vault, NotTaken, nia.id)] == ["01632 960002"]


def test_a_column_is_found_by_typing_its_words_with_the_blank(page: ImportPage, written: Written, qtbot: QtBot) -> None:
    """The list opened at the blank, and «Legal f» took «Legal surname»."""
    page.open_file(written("surname,forename,dob,Shoe", "Kestrel,Nia,3/4/2012,4"))
    page.proposed.headings_button.click()
    box = page.headings.boxes["Shoe"]
    qtbot.keyClicks(box, "Legal f")
    assert (box.currentText(), box.view().isVisible()) == ("Legal forename", False)


def test_a_line_that_is_cut_says_so(page: ImportPage, written: Written) -> None:
    title = "Pupil list of the whole unit for the autumn term, printed by H Ellsworth on Friday"
    page.open_file(written(title, "surname,forename,dob", "Kestrel,Nia,3/4/2012"))
    assert "“Pupil list of the whole unit for the autumn term" in page.proposed.order.text()
    assert "…”." in page.proposed.order.text()
