"""The parts of the record: contacts, stays, protections, and what happened."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.consents import ConsentsPart
from pupil_desk.ui.pages.pupils.record.contacts import ContactsPart
from pupil_desk.ui.pages.pupils.record.details import DetailsPart
from pupil_desk.ui.pages.pupils.record.history import HistoryPart
from pupil_desk.ui.pages.pupils.record.protections import ProtectionsPart
from pupil_desk.ui.pages.pupils.record.stays import StaysPart
from tests.ui.pages.made import as_role, pupil_called


def open_page(qtbot: QtBot, context: Context, forename: str, part: str) -> PupilsPage:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.on_show(pupil_called(context.desk, forename).id)
    page.view.turn_to(part)
    return page


def contacts_of(page: PupilsPage) -> ContactsPart:
    part = page.view.part
    assert isinstance(part, ContactsPart)
    return part


def test_contacts_say_who_holds_responsibility_and_who_is_under_an_order(qtbot: QtBot, context: Context) -> None:
    part = contacts_of(open_page(qtbot, context, "Priya", "contacts"))
    assert [part.table.cell(place, "name") for place in (0, 1)] == ["Dr Meera Chandra", "Mr Vikram Chandra – order or restriction"]
    assert part.table.cell(1, "relationship") == "Father, parental responsibility"


def test_a_contact_is_corrected(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "contacts")
    contacts_of(page).form.take_draft({"mobile": "07700 900111"})
    assert page.save()
    first, _second = pupils.record(desk, pupil_called(desk, "Theo").id).contacts
    assert first.mobile == "07700 900111"
    assert contacts_of(page).table.cell(0, "phone") == "07700 900111"


def test_a_contact_is_added_and_shown(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "contacts")
    part = contacts_of(page)
    part.add_button.click()
    assert part.title.text() == "New contact"
    assert part.form.fields["order"].editor.typed_text() == "3"
    part.form.take_draft({"surname": "Quill", "relationship": "SWR", "phone": "01632 960002"})
    assert page.save()
    current = part.table.current()
    assert current is not None
    assert (current.surname, current.order) == ("Quill", 3)
    assert part.title.text() == "Quill"


def test_another_contact_asks_when_something_is_typed(qtbot: QtBot, context: Context, answers: Answers) -> None:
    page = open_page(qtbot, context, "Theo", "contacts")
    part = contacts_of(page)
    part.form.take_draft({"title": "Mx"})
    answers.answers.append("stay")
    part.table.selectRow(1)
    assert part.title.text() == "Ms Joanna Bramley"
    answers.answers.append("discard")
    part.table.selectRow(1)
    assert part.title.text() == "Alan Bramley"
    assert not page.dirty


def test_a_stay_is_closed_today_and_the_pupil_leaves_the_roll(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    assert part.table.cell(0, "end") == "Open"
    part.close_button.click()
    assert page.save()
    assert part.table.cell(0, "end") == "24 Nov 2026"
    assert pupils.record(desk, pupil_called(desk, "Theo").id).stays[0].end_date == date(2026, 11, 24)
    assert not part.close_button.isEnabled()


def test_a_stay_that_ends_before_it_begins_is_refused(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.form.take_draft({"end_date": "1/9/2026"})
    assert not page.save()
    assert [line.words for line in part.form.summary.lines] == ["The leaving day is before the starting day. Correct one of the two."]


def test_a_further_stay_is_added(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Gwen", "stays")
    assert page.view.badge_row.in_their_place.text() == "Left on 17 July 2026", "no gap where a pupil has no badge"
    assert page.view.line.text().endswith("Year 11")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.add_button.click()
    part.form.take_draft({"start_date": "23 11 2026"})
    assert page.save()
    assert page.view.badge_row.in_their_place.text() == "On roll: current (single registration here)"


def protections_of(page: PupilsPage) -> ProtectionsPart:
    part = page.view.part
    assert isinstance(part, ProtectionsPart)
    return part


def test_a_protection_of_a_contact_is_set_and_seen_at_the_top(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "protections")
    part = protections_of(page)
    assert part.form.isHidden()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    part.add_button.click()
    assert [part.person_box.itemText(place) for place in range(part.person_box.count())] == [
        "Choose one",
        "Theo Bramley, the pupil",
        "Ms Joanna Bramley, mother",
        "Alan Bramley, father",
        "Somebody who is not among the contacts",
    ]
    part.form.take_draft({"kind": "order", "reason": "Court order"})
    assert not page.save()
    assert [line.words for line in part.form.summary.lines] == ["Choose whom it protects or names."]
    part.person_box.setCurrentIndex(1)
    assert not page.save()
    assert [line.words for line in part.form.summary.lines] == [
        "An order or restriction says who may not be told: choose that contact, or somebody who is not among them."
    ]
    part.form.take_draft({"kind": "address-withheld"})
    part.person_box.setCurrentIndex(4)
    assert not page.save()
    assert [line.words for line in part.form.summary.lines] == ["Choose the pupil or the contact whom it protects."]
    assert pupils.record(context.desk, pupil_called(context.desk, "Theo").id).protections == [], "of nobody whom nobody chose"
    part.person_box.setCurrentIndex(3)
    part.form.take_draft({"kind": "order", "reason": "Court order"})
    assert page.save()
    assert [badge.words for badge in page.view.badge_row.badges] == ["Order or restriction: Alan Bramley"]
    part.add_button.click()
    part.person_box.setCurrentIndex(4)
    assert part.person_box.hasFocus(), "the first question stands above the form"
    part.form.take_draft({"kind": "order", "reason": "Court order about an uncle"})
    assert page.save()
    part.table.size_columns()  # as where it is the first of them
    page.view.turn_to("consents")
    consents = page.view.part
    assert isinstance(consents, ConsentsPart)
    for width in (940, 1040, 1170, 1220, 1400):
        page.resize(width, 700)
        for shown in (consents, part):
            page.view.turn_to("protections" if shown is part else "consents")
            QApplication.processEvents()
            assert shown.table.isVisible()
            assert shown.table.horizontalScrollBar().maximum() == 0, width
    assert part.title.isVisible()
    assert part.title.text() == "Court order about an uncle. Since 24 Nov 2026, until lifted.", "what has no room in the list"
    whom = {"Alan Bramley", "Somebody who is not among the contacts"}
    assert {part.table.cell(place, "whom") for place in range(2)} == whom
    told = {section.name: section.entries for section in sheet.everything(context.desk, pupil_called(context.desk, "Theo").id)}
    assert {entry.facts[0][3] for entry in told["protections"]} == whom, "the pupil’s sheet says it as the list does"
    assert "Bramley, Theo" in [page.list.table.cell(place, "name") for place in range(len(page.list.table.rows))]


def test_lifting_needs_a_reason_and_is_kept(qtbot: QtBot, context: Context, answers: Answers) -> None:
    page = open_page(qtbot, context, "Priya", "protections")
    part = protections_of(page)
    kind = part.table.cell(0, "kind")
    assert not part.lift_button.isEnabled()
    assert part.lift_button.toolTip() == "Choose a protection first"
    part.lift_button.click()
    assert answers.questions == [], "no protection is lifted that nobody chose"
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Down)
    answers.answers.append(None)
    part.lift_button.click()
    assert answers.questions[-1].title == "Lift this protection?"
    assert answers.questions[-1].text.startswith("Priya Chandra")
    assert kind in answers.questions[-1].text
    assert len(part.table.rows) == 2
    answers.answers.append("The order has ended")
    part.lift_button.click()
    assert len(part.table.rows) == 1
    page.view.turn_to("history")
    history = page.view.part
    assert isinstance(history, HistoryPart)
    lifted = [text for text in history.timeline.texts() if "Protection lifted" in text]
    assert len(lifted) == 1
    assert kind.lower() in lifted[0]
    assert "The order has ended. Lifted by Dee Marlowe." in lifted[0]


def test_the_office_sees_who_may_lift(qtbot: QtBot, context: Context, desk: Desk) -> None:
    context.desk = as_role(desk, Role.OFFICE)
    part = protections_of(open_page(qtbot, context, "Priya", "protections"))
    assert part.add_button.isEnabled()
    assert not part.lift_button.isEnabled()
    assert part.lift_button.toolTip() == "Assistant head and data officer only"


@pytest.mark.parametrize(
    ("forename", "words"),
    [
        ("Zofia", "14 September 2026: Youth support service: allow. Said by Halina Élan as parent. Signed form. Form in file 3."),
        (
            "Priya",
            "24 November 2026: Protection set: order or restriction. Court order of May 2026. In force from 11 May 2026. Set by Dee Marlowe.",
        ),
        ("Gwen", "17 July 2026: Stay ends."),
    ],
)
def test_what_happened_is_told_in_words(qtbot: QtBot, context: Context, forename: str, words: str) -> None:
    part = open_page(qtbot, context, forename, "history").view.part
    assert isinstance(part, HistoryPart)
    assert words in part.timeline.texts()


def test_a_change_of_the_record_is_told_with_before_and_after(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    page.view.part.form.take_draft({"town": "Larkstone"})  # type: ignore[attr-defined]
    assert page.save()
    page.view.turn_to("history")
    part = page.view.part
    assert isinstance(part, HistoryPart)
    assert part.timeline.texts()[0] == "24 November 2026: Changed: Town. Was: Larkfield. Now: Larkstone. Changed by Dee Marlowe."


@pytest.mark.parametrize(("height", "has_room"), [(700, False), (900, True)])
def test_a_section_that_one_jumps_to_stands_whole_in_view_with_its_heading_or_from_that_on(
    qtbot: QtBot, context: Context, height: int, *, has_room: bool
) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    page.resize(1000, height)
    part = page.view.part
    assert isinstance(part, DetailsPart)
    area: QWidget = part.form
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    fields = [field for field in part.form.fields.values() if field.item.section is Section.ADDRESS]
    for before in (0, area.verticalScrollBar().maximum()):
        area.verticalScrollBar().setValue(before)
        next(link for link in part.findChildren(QPushButton) if link.accessibleName() == "Go to Address and contact details").click()
        assert part.form.fields["address_1"].editor.field.hasFocus() or not page.isActiveWindow()
        places = [QRect(each.mapTo(area.viewport(), QPoint()), each.size()) for each in (part.form.headings[Section.ADDRESS], *fields)]
        if has_room:
            assert all(area.viewport().rect().contains(place) for place in places), before
        else:
            assert places[0].top() == 0
            assert places[-1].bottom() > area.viewport().height()
