"""The page Schools: whom to ask there is kept, Friday's files are one press away, and clashes are listed with what each register says."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.schools import charging, clashes, places, schools
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import schools as store
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_register import clashes_card
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.schools import SchoolsPage
from tests.ui.pages.made import pupil_called

HILL, MOOR = "919/4001", "919/4011"
MONDAY = date(2026, 11, 16)


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> SchoolsPage:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    theo = pupil_called(desk, "Theo")
    for school in (HILL, MOOR):
        places.add(desk, SchoolPlace(pupil_id=theo.id, school=school, kind="bought", start_date=MONDAY))
    made = SchoolsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.on_show()
    return made


def test_whom_to_ask_at_a_school_is_kept(page: SchoolsPage, desk: Desk, answers: Answers) -> None:
    table = page.contacts.table
    assert [table.cell(row, name) for row in range(2) for name in ("name", "pupils", "named", "password")] == [
        *("Hill School (919/4001)", "1", "yes", "none yet"),
        *("The school with the DfE number 919/4011", "1", "no", "none yet"),
    ]
    to_choose = page.contacts.none_chosen
    assert to_choose is not None
    assert (to_choose.isVisible(), to_choose.title.text()) == (True, "Choose a school")
    page.contacts.go_to(HILL)
    assert to_choose.isHidden()
    assert page.contacts.refusal.isHidden()
    page.contacts.form.take_draft({"contact": "Ms Okafor, attendance", "contact_email": "okafor@hill.example"})
    assert page.dirty
    draft = page.draft()
    assert draft is not None
    page.put_back()
    assert not page.dirty
    page.take_draft(draft)
    assert page.save()
    school = store.of_number(desk.vault, HILL)
    assert school is not None
    assert (school.contact, school.contact_email) == ("Ms Okafor, attendance", "okafor@hill.example")
    page.contacts.form.take_draft({"lead": "Mr Holt"})
    answers.answers.append("discard")
    page.contacts.go_to(MOOR)
    assert "does not name the school with the DfE number 919/4011" in page.contacts.refusal.text()
    assert not page.dirty
    page.contacts.go_to(HILL)
    shown = page.contacts.form.record_shown
    assert shown is not None
    assert (shown.contact, shown.lead) == ("Ms Okafor, attendance", None)


def test_the_files_and_the_marks_are_one_press_away_and_a_password_is_made(
    page: SchoolsPage, desk: Desk, answers: Answers, went: list[tuple[str, str | None]]
) -> None:
    page.heading.button_of("files").click()
    page.heading.button_of("marks").click()
    assert went == [("exports", "school-week"), ("import", None)]
    new_password = page.heading.button_of("password")
    assert (new_password.isEnabled(), new_password.toolTip()) == (False, "Choose a school"), "the first school is nobody's choice"
    assert page.contacts.current is None
    assert page.contacts.form.isHidden()
    page.contacts.go_to(HILL)
    answers.answers.append(True)
    new_password.click()
    (words,) = store.passwords(desk.vault).values()
    assert page.password.secret.toPlainText() == words
    assert page.contacts.table.cell(0, "password") == "made"
    answers.answers.append("leave")
    assert page.leave()
    assert not page.password.showing


def test_clashes_say_what_each_register_says_and_lead_to_the_session_and_to_whom_to_ask(
    page: SchoolsPage, desk: Desk, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(desk, "Theo")
    register.mark(desk, [Mark(pupil_id=theo.id, day=MONDAY, session=session, code="D") for session in Session], reason="Entered late")
    rows = [f"{theo.surname},{theo.forename},{MONDAY},{session},{code},{HILL}" for session, code in (("AM", "D"), ("PM", "/"))]
    table = "\n".join(["surname,forename,date,session,code,school", *rows])
    run_import(desk, "school-marks", table.encode())
    page.tabs.setCurrentWidget(page.clashes)
    page.clashes.refresh()
    listed = page.clashes.table
    assert [[listed.cell(row, name) for name in ("day", "session", "ours", "theirs", "kind")] for row in range(len(listed.rows))] == [
        ["16 Nov 2026", "AM", "D", "D", "Both say D: each expects the pupil at the other"]
    ]
    assert page.clashes.count.text() == "1 clash in the last six weeks."
    listed.opened.emit(listed.rows[0])
    assert went[-1] == ("register", f"{theo.id}@2026-11-16@AM")
    assert not page.clashes.print_button.isEnabled(), "nobody chose a clash"
    assert page.clashes.whom_to_ask.text() == "Choose a clash: whom to ask at the school is shown here."
    listed.selectRow(0)
    assert page.clashes.whom_to_ask.text() == f"Whom to ask at Hill School ({HILL}): Nobody is entered under Contacts"
    schools.save(desk, School(number=HILL, contact="Ms Okafor", contact_phone="01632 960401"))
    page.clashes.refresh()
    assert page.clashes.whom_to_ask.text() == f"Whom to ask at Hill School ({HILL}): Ms Okafor, 01632 960401"
    (line,) = clashes_card(home.tasks(desk).clashes, desk.today, page.context.go).lines
    assert line.words == f"{theo.full_name}, 16 Nov 2026 AM: our register and that of Hill School ({HILL}) contradict each other"
    line.go()
    assert went[-1] == ("schools", "clashes")
    assert (page.clashes.told_button.isEnabled(), page.clashes.not_told_button.isEnabled()) == (True, False)
    page.clashes.told_button.click()
    assert listed.cell(0, "told") == "24 Nov 2026"
    place = [column.key for column in listed.model_.columns].index("told")
    assert listed.columnViewportPosition(place) + listed.columnWidth(place) <= listed.viewport().width()
    assert place < [column.key for column in listed.model_.columns].index("kind"), "before what may be long"
    assert home.tasks(desk).clashes == []
    assert (page.clashes.told_button.isEnabled(), page.clashes.not_told_button.isEnabled()) == (False, True)
    page.clashes.not_told_button.click()
    assert listed.cell(0, "told") == ""
    page.clashes.print_button.click()
    assert page.body.currentWidget() is page.paper
    page.paper.send = lambda *_args, **_more: True  # type: ignore[assignment]
    page.paper.print_()
    assert home.tasks(desk).clashes == []
    page.paper.closed.emit()
    page.tabs.setCurrentWidget(page.contacts)
    looked: list[str] = []
    page.clashes.refresh = lambda: looked.append("clashes")  # type: ignore[method-assign]
    page.on_show("clashes")
    assert page.tabs.currentWidget() is page.clashes
    assert looked == ["clashes"], "read once"
    settings.save_settings(desk, dataclasses.replace(desk.settings, records_schools=False))
    assert home.tasks(desk).clashes == []


def test_a_paper_is_of_the_clashes_chosen_and_for_their_one_school(page: SchoolsPage, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    register.mark(desk, [Mark(pupil_id=theo.id, day=MONDAY, session=session, code="D") for session in Session], reason="Entered late")
    told = (("AM", HILL), ("PM", HILL), ("AM", MOOR))
    rows = [f"{theo.surname},{theo.forename},{MONDAY},{session},D,{school}" for session, school in told]
    run_import(desk, "school-marks", "\n".join(["surname,forename,date,session,code,school", *rows]).encode())
    page.tabs.setCurrentWidget(page.clashes)
    page.clashes.refresh()
    listed, print_button = page.clashes.table, page.clashes.print_button
    listed.selectAll()
    assert (print_button.isEnabled(), "Choose clashes with one school" in print_button.toolTip()) == (False, True)
    flags = QItemSelectionModel.SelectionFlag
    for row, clash in enumerate(listed.rows):
        if (clash.school, clash.clash.session) != (HILL, Session.AM):
            listed.selectionModel().setCurrentIndex(listed.model_.index(row, 0), flags.Deselect | flags.Rows)
    assert [row.school for row in listed.selected()] == [HILL]
    wanted: list[list[PupilClash]] = []
    page.clashes.paper_wanted.connect(wanted.append)
    print_button.click()
    assert ([[row.school for row in rows] for rows in wanted], page.body.currentWidget()) == ([[HILL]], page.paper)
    page.paper.send = lambda *_args, **_more: True  # type: ignore[assignment]
    page.paper.print_()
    assert [(row.school, row.clash.session) for row in clashes.open_clashes(desk) if row.told_on] == [(HILL, Session.AM)]


def test_a_place_agreed_is_entered_in_the_record(qtbot: QtBot, context: Context, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    record = PupilsPage(context)
    qtbot.addWidget(record)
    record.resize(1000, 700)
    record.show()
    record.on_show(theo.id)
    record.view.turn_to("school-places")
    part = record.view.part
    part.current.add_button.click()  # type: ignore[attr-defined]
    part.current.form.take_draft({"school": HILL, "kind": "directed", "days": "Mon, Tue", "price": "85", "price_per": "day"})  # type: ignore[attr-defined]
    assert record.save()
    (place,) = places.of_pupil(desk, theo.id)
    assert (place.school, place.kind, place.start_date, place.days, place.price) == (HILL, "directed", desk.today, "Mon, Tue", "85")
    part.turn_to(part.reviews)  # type: ignore[attr-defined]
    part.current.add_button.click()  # type: ignore[attr-defined]
    part.current.form.take_draft({"found": "Eight of ten", "decision": "goes-on", "next_review": "1 Feb 2027"})  # type: ignore[attr-defined]
    assert record.save()
    assert [(row.school, row.decision, row.next_review) for row in part.current.table.rows] == [(HILL, "goes-on", date(2027, 2, 1))]  # type: ignore[attr-defined]
    assert places.of_pupil(desk, theo.id)[0].review_day == date(2027, 2, 1)


def test_the_statement_of_charges_is_shown_for_a_half_term(page: SchoolsPage, desk: Desk, answers: Answers) -> None:
    (term, *_earlier) = charging.half_terms(desk)
    answers.answers.append(term.id)
    page.contacts.go_to(HILL)
    page.heading.button_of("charges").click()
    assert page.body.currentWidget() is page.paper
    page.paper.closed.emit()
    assert page.body.currentWidget() is page.tabs


def test_without_a_school_the_way_to_the_settings_is_there(qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]) -> None:
    page = SchoolsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    assert len(page.contacts.table.rows) == 0
    assert page.contacts.table.empty is not None
    page.contacts.table.empty.button.click()
    assert went == [("settings", "told_schools")]
