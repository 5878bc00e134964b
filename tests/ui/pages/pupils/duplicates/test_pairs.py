"""Find duplicates: the pairs, side by side, merged by a person alone, and parted again from the record."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils.duplicates.pairs import DuplicatesView
from pupil_desk.ui.pages.pupils.many.acts import MergeView
from pupil_desk.ui.pages.pupils.page import PupilsPage
from pupil_desk.ui.pages.pupils.record.history import events_of


def add(desk: Desk, surname: str, forename: str = "Bea", **items: object) -> Pupil:
    pupil = Pupil(surname=surname, forename=forename, dob=date(2012, 5, 6), **items)  # type: ignore[arg-type]
    return pupils.add_pupil(desk, pupil, Enrolment(status="C", start_date=date(2026, 9, 2)))


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    shown = PupilsPage(context)
    qtbot.addWidget(shown)
    shown.resize(1000, 760)
    shown.show()
    return shown


def seek(page: PupilsPage) -> DuplicatesView:
    page.show_duplicates()
    assert page.seeking.view is not None
    return page.seeking.view


def test_a_pair_is_merged_with_the_values_chosen_and_parted_again(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    kept, other = add(desk, "Quill", phone="0116 496 0001"), add(desk, "Quil", phone="0116 496 0002", town="Leicester")
    view = seek(page)
    assert view.table.cell(0, "who") == "Bea Quil and Bea Quill"
    assert view.compared.reason_label.text() == "Likely one person. The same forename and date of birth; the surnames differ by one letter."
    assert view.compared.answers.keys() == {"surname", "address", "phone"}
    assert view.compared.taken_items == ("address",)  # the record kept says nothing there
    view.compared.answers["phone"][1].click()
    answers.answers.append("The mother’s letter")
    view.merge_button.click()
    assert f"{other.ref} Bea Quil will stand under {kept.ref} Bea Quill" in answers.questions[-1].text
    now = pupils.record(desk, other.id).pupil
    assert (now.id, now.surname, now.phone, now.town) == (kept.id, "Quill", "0116 496 0002", "Leicester")
    assert not view.table.rows
    view.closed.emit()
    page.on_show(kept.id)
    assert other.ref not in [row.ref for row in page.list.table.rows]
    line = page.view.merged
    assert line.words.text().startswith(f"Also kept as {other.ref}, merged on 24 November 2026 by {desk.user.name}.")
    told = [(event.title, event.text) for event in events_of(page.context, kept.id)]
    assert (f"{other.ref} was merged with {kept.ref}", f"The mother’s letter. By {desk.user.name}.") in told
    answers.answers.append("They are cousins")
    line.part_button.click()
    assert line.isHidden()
    assert {kept.ref, other.ref} <= {row.ref for row in page.list.table.rows}
    assert pupils.record(desk, kept.id).pupil == kept


def test_a_pair_has_the_signs_of_what_is_known_of_either(page: PupilsPage, desk: Desk) -> None:
    one, _other = add(desk, "Quill"), add(desk, "Quil")
    health.add_item(desk, HealthItem(pupil_id=one.id, kind="A", what="Peanuts", severity="LIFE"))
    view = seek(page)
    index = view.table.model().index(0, 0)
    assert isinstance(index.data(Qt.ItemDataRole.DecorationRole), QPixmap)
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)) == "Records: Bea Quil and Bea Quill; life-threatening allergy"


def test_the_other_can_be_kept_and_the_merged_number_opens_it(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    kept, other = add(desk, "Quill"), add(desk, "Quil")
    view = seek(page)
    view.swap_button.click()
    answers.answers.append("The mother’s letter")
    view.merge_button.click()
    assert pupils.record(desk, kept.id).pupil.id == other.id
    page.on_show(kept.id)
    assert page.view.title.text() == "Bea Quil"
    assert page.list.table.current().id == other.id  # type: ignore[union-attr]


def test_two_people_are_not_proposed_again_and_later_goes_to_the_next(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    for surname in ("Quill", "Quil", "Reed", "Reid"):
        add(desk, surname, "Bea" if surname.startswith("Q") else "Cleo")
    view = seek(page)
    first = view.table.rows[0].id
    view.later_button.click()
    assert view.table.rows[1].id == first
    assert view.table.current() is view.table.rows[0]
    answers.answers.append(True)
    view.apart_button.click()
    assert [row.id for row in view.table.rows] == [first]
    view.begin()
    assert len(view.table.rows) == 1


def test_contacts_of_one_pupil_are_proposed_and_merged(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    pupil, another = add(desk, "Quill"), add(desk, "Ash", "Una")
    for whose, forename in ((pupil, "Ann"), (pupil, "Anne"), (another, "Ann")):
        contacts.add_contact(desk, Contact(pupil_id=whose.id, surname="Quill", forename=forename, relationship="PAM"))
    view = seek(page)
    assert view.table.cell(0, "who") == f"Ann Quill and Anne Quill, contacts of {pupil.ref}"
    assert len(view.table.rows) == 1
    answers.answers.append("One woman")
    view.merge_button.click()
    assert len(pupils.record(desk, pupil.id).contacts) == 1
    page.on_show(pupil.id)
    assert page.view.merged.words.text() == f"The contact Anne Quill was merged with another on 24 November 2026 by {desk.user.name}."


def test_the_office_looks_and_may_not_merge(qtbot: QtBot, context: Context, desk: Desk, desk_as: Callable[[Role], Desk]) -> None:
    add(desk, "Quill")
    add(desk, "Quil")
    context.desk = desk_as(Role.OFFICE)
    page = PupilsPage(context)
    qtbot.addWidget(page)
    view = seek(page)
    assert not view.merge_button.isEnabled()
    assert view.merge_button.toolTip() == "Assistant head and data officer only"
    assert view.compared.answers


def test_by_the_keyboard_alone(page: PupilsPage, desk: Desk, answers: Answers, nameless: Callable[[QWidget], list[str]]) -> None:
    kept = add(desk, "Quill")
    add(desk, "Quil")
    view = seek(page)
    assert view.table.hasFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.compared.answers["surname"][0].hasFocus()
    QApplication.processEvents()  # the new lines take their places
    QTest.keyClick(view.compared.answers["surname"][0], Qt.Key.Key_Right)
    assert view.compared.taken_items == ("surname",)
    view.merge_button.setFocus()
    answers.answers.append("The mother’s letter")
    QTest.keyClick(view.merge_button, Qt.Key.Key_Return)
    assert pupils.record(desk, kept.id).pupil.surname == "Quil"
    assert nameless(view) == []
    QTest.keyClick(view.table, Qt.Key.Key_Escape)
    assert page.body.currentWidget() is page.panes_


def test_the_reason_is_asked_for(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    both = add(desk, "Quill"), add(desk, "Quil")
    view = seek(page)
    answers.answers.append(None)
    view.merge_button.click()
    assert [pupils.record(desk, each.id).pupil for each in both] == list(both)
    assert view.table.rows


def test_nothing_found_says_so(page: PupilsPage, desk: Desk) -> None:
    add(desk, "Quill")
    view = seek(page)
    assert view.empty.title.text() == "No duplicates found"
    assert not view.merge_button.isEnabled()


def test_two_that_nothing_links_are_ticked_and_merged(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    kept, other = add(desk, "Quill"), add(desk, "Zander", "Olga")
    page.refresh()
    page.begin_choosing()
    page.list.ticks.set_ticks([kept.id, other.id])
    page.choosing.ticked_view.buttons["merge"].click()
    shown = page.choosing.view
    assert isinstance(shown, MergeView)
    assert shown.view.compared.reason_label.text() == "May be one person. Chosen by hand."
    answers.answers.append("She changed her name")
    shown.view.merge_button.click()
    assert pupils.record(desk, other.id).pupil.id == kept.id
    assert shown.view.empty.title.text() == "Nothing left to merge"
    shown.view.back_button.click()
    assert page.choosing.view is None
