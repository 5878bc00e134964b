"""Taking away on the screen: one record by its button, a pupil by the command; each asks why, and says what stands against it."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import bin as bins
from pupil_desk.services.care import dose_log, health
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.store.rows import several
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.changes import ChangesPage
from pupil_desk.ui.pages.changes.recycled import RecycleBin
from pupil_desk.ui.pages.pupils.page import PupilsPage
from pupil_desk.ui.pages.pupils.record.several import SeveralPart


@pytest.fixture
def zoe(desk: Desk) -> Pupil:
    made = pupils.add_pupil(
        desk, Pupil(surname="Quill", forename="Zoe", dob=date(2011, 3, 4)), Enrolment(status="C", start_date=date(2026, 9, 2))
    )
    contacts.add_contact(desk, Contact(pupil_id=made.id, surname="Quill", forename="Ada", relationship="PAM"))
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, zoe: Pupil) -> PupilsPage:
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.on_show(zoe.id)
    return made


def part_of(page: PupilsPage, key: str) -> SeveralPart[object]:
    page.view.turn_to(key)
    part = page.view.part
    assert isinstance(part, SeveralPart)
    return part


def test_a_contact_is_taken_away_with_the_reason_and_put_back_from_the_bin(
    page: PupilsPage, qtbot: QtBot, context: Context, desk: Desk, zoe: Pupil, answers: Answers
) -> None:
    part = part_of(page, "contacts")
    assert part.take_button is not None
    assert part.take_button.isEnabled()
    answers.answers = ["Typed in for the wrong pupil"]
    part.take_button.click()
    assert "Ada Quill goes from the record of Zoe Quill." in answers.questions[-1].text
    assert pupils.record(desk, zoe.id).contacts == []
    assert not part.take_button.isEnabled()
    changes = ChangesPage(context)
    qtbot.addWidget(changes)
    changes.resize(1100, 700)
    changes.show()
    changes.tabs.setCurrentIndex(1)
    pane = changes.pane
    assert isinstance(pane, RecycleBin)
    assert [pane.table.cell(0, key) for key in ("pupil", "record", "title", "why")] == [
        "Quill, Zoe",
        "Contact",
        "Ada Quill",
        "Typed in for the wrong pupil",
    ]
    pane.find_box.setText("nobody")
    assert pane.table.rows == []
    assert not pane.back.isEnabled()
    pane.find_box.setText("quill wrong")
    assert not pane.back.isEnabled()
    assert pane.back.toolTip() == "Choose a line first"
    pane.table.setFocus()
    qtbot.keyClick(pane.table, Qt.Key.Key_Down)
    pane.back.click()
    assert [contact.full_name for contact in pupils.record(desk, zoe.id).contacts] == ["Ada Quill"]
    assert pane.table.rows == []


def test_a_medicine_with_doses_is_told_to_stay(page: PupilsPage, desk: Desk, zoe: Pupil, answers: Answers) -> None:
    health.add_medicine(desk, Medicine(pupil_id=zoe.id, name="Salbutamol", dose="2 puffs", taken="When wheezing"))
    (medicine,) = several.of_pupil(desk.vault, Medicine, zoe.id)
    dose_log.give_dose(desk, dataclasses.replace(dose_log.dose_now(desk, medicine), given_by="Dee Marlowe", witness="Sam Hill"))
    assert bins.why_record_stays(desk, "medicine", medicine.id) == "Something on file refers to it, and would then refer to nothing: dose."


def test_stays_have_no_such_button(page: PupilsPage) -> None:
    assert part_of(page, "stays").take_button is None


def test_a_pupil_entered_by_mistake_goes_from_the_list_and_comes_back(page: PupilsPage, desk: Desk, zoe: Pupil, answers: Answers) -> None:
    answers.answers = ["Typed in twice"]
    page.take_away()
    assert zoe.id not in [row[0] for row in pupils.listing(desk)]
    (binned,) = [one for one in bins.waiting(desk) if one.kind == "pupil"]
    assert (binned.pupil, binned.reason) == ("Quill, Zoe", "Typed in twice")
    bins.put_back(desk, binned.key)
    whole = pupils.record(desk, zoe.id)
    assert (len(whole.stays), [contact.full_name for contact in whole.contacts]) == (1, ["Ada Quill"])


def test_a_pupil_of_whom_something_lasting_is_on_file_stays(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    priya = next(pupil for pupil in pupils.all_pupils(desk) if pupil.forename == "Priya")
    page.on_show(priya.id)
    page.take_away()
    assert answers.questions[-1].title == "This pupil cannot be taken away"
    assert priya.id in [row[0] for row in pupils.listing(desk)]
