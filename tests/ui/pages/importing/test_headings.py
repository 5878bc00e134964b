"""A list of a system that is not known: what its headings mean is chosen on the page, remembered, and forgotten; so is the sheet of a workbook."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import outcome_of, run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.services.imports.neighbouring import BEFORE, MAPPED, tables

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
    assert "There is no column for «Legal surname»" in context.banner.words
    assert list(page.headings.boxes) == ["Cyfenw", "Enw cyntaf", "Dyddiad geni", "Dosbarth"]
    for heading, words in (
        ("Cyfenw", "Legal surname"),
        ("Enw cyntaf", "Legal forename"),
        ("Dyddiad geni", "Date of birth"),
        ("Dosbarth", "Leave out"),
    ):
        choose(page, heading, words)
    page.headings.use_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert page.proposed.headings.text() == "3 of 4 headings understood. Left out: «Dosbarth»."
    page.proposed.keep_button.click()
    assert "Pryce" in {pupil.surname for pupil in pupils.all_pupils(desk)}

    page.open_file(written(*WELSH[:1], "Rhys,Aled,5/3/2013,9N", name="next.csv"))
    pick_kind(page, "Pupils")
    assert page.stack.currentWidget() is page.proposed
    assert page.proposed.headings.text().endswith("Some mean what was chosen for such a list before.")
    page.proposed.headings_button.click()
    assert page.headings.boxes["Cyfenw"].currentText() == "Legal surname"
    page.headings.forget_button.click()
    assert page.stack.currentWidget() is page.headings
    assert page.headings.boxes["Cyfenw"].currentText() == "Not decided"
    assert not page.headings.forget_button.isVisibleTo(page.headings)


def test_a_heading_that_is_not_known_can_be_mapped_though_the_list_is_read(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Main contact number", "Kestrel,Nia,3/4/2012,01632 960001"))
    assert "Not read: «Main contact number»." in page.proposed.headings.text()
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
    choose(page, "Shoe", "Leave out")
    page.headings.use_button.click()
    page.proposed.keep_button.click()
    nia = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Kestrel")
    assert [contact.mobile for contact in contacts.of_pupil(desk.vault, nia.id)] == ["07700 900111"]


def test_going_back_from_the_headings_changes_nothing(page: ImportPage, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Shoe", "Kestrel,Nia,3/4/2012,4"))
    page.proposed.headings_button.click()
    choose(page, "Shoe", "Leave out")
    page.headings.close_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert "Not read: «Shoe»." in page.proposed.headings.text()


def test_of_two_headings_that_mean_the_same_one_is_left_out(page: ImportPage, written: Written, context: Context) -> None:
    page.open_file(written("surname,forename,dob,surname", "Kestrel,Nia,3/4/2012,Other"))
    pick_kind(page, "Pupils")
    assert "«surname» and «surname (2)»" in context.banner.words
    choose(page, "surname (2)", "Leave out")
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


@pytest.mark.parametrize("path", tables(), ids=lambda path: path.name)
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
    assert "These headings are those of the kind «Pupils»" in context.banner.words
    assert page.headings.close_button.isVisibleTo(page.headings)
    page.headings.close_button.click()
    assert page.stack.currentWidget() is page.proposed
    assert page.source.kind.currentText() == "Pupils"
