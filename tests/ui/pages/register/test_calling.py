"""From absent to called, by group and by name, in the real window: what is counted are real keys and clicks."""

import dataclasses
from datetime import UTC, date, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QApplication

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.register import calling
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.store.tables import told
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.register.sheet import RegisterSheet
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours
from tests.ui.pages.register.conftest import TODAY, Room

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def click_name(room: Room, row: int) -> None:
    """One real click on the pupil's name, at the left of the row."""
    room.pressed += 1
    header = room.grid.verticalHeader()
    place = QPoint(8, header.sectionViewportPosition(row) + header.sectionSize(row) // 2)
    room.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def give_contacts(room: Room, row: int) -> str:
    """A mother to be called first and a father after her; returns the pupil's id."""
    pupil = register.view(room.desk, TODAY, TODAY).rows[row]
    for priority, forename, relationship, mobile in ((1, "Jane", "PAM", "07700 900001"), (2, "Tom", "PAF", "07700 900002")):
        contacts.add_contact(
            room.desk,
            Contact(pupil_id=pupil.pupil_id, surname="Ives", forename=forename, relationship=relationship, mobile=mobile, order=priority),
        )
    return pupil.pupil_id


def lines(room: Room) -> list[str]:
    shown = room.page.calls.lines
    return [shown.item(place).text() for place in range(shown.count())]


def test_twelve_pupils_two_absent_and_whom_to_call_in_six_actions(room: Room) -> None:
    give_contacts(room, 3)
    give_contacts(room, 9)
    room.press(KEY.Key_F2)
    click_name(room, 3)
    room.press("n")
    click_name(room, 9)
    room.press("n")
    room.press(KEY.Key_S, held=CONTROL)
    assert room.pressed <= 6
    assert room.kept() == ["/", "/", "/", "N", "/", "/", "/", "/", "/", "N", "/", "/"]
    assert room.page.calls.isVisible()
    rows = register.view(room.desk, TODAY, TODAY).rows
    called = ["1. Jane Ives, mother\n07700 900001", "2. Tom Ives, father\n07700 900002"]
    assert lines(room) == [rows[3].name, *called, rows[9].name, *called]


def test_whom_something_is_kept_from_is_said_beside_the_name_of_who_is_absent(room: Room, answers: Answers) -> None:
    pupil_id = give_contacts(room, 0)
    order = Protection(pupil_id=pupil_id, kind=ORDER, reason="Court order", since=date(2026, 9, 1))
    protections.set_protection(room.desk, order)
    health.add_item(room.desk, HealthItem(pupil_id=pupil_id, kind="A", what="Peanuts", severity="LIFE"))
    name = register.view(room.desk, TODAY, TODAY).rows[0].name
    room.press("n")
    shown = room.page.calls.lines
    head = shown.item(0)
    assert head.text() == f"{name} – life-threatening allergy, protected"
    assert isinstance(head.data(Qt.ItemDataRole.DecorationRole), QPixmap)
    assert str(shown.item(1).data(Qt.ItemDataRole.AccessibleTextRole)).startswith(head.text())
    room_left = shown.viewport().width() - 2 * tokens.L - head.data(Qt.ItemDataRole.DecorationRole).width()
    words = QFontMetrics(head.font()).boundingRect(0, 0, room_left, 10_000, Qt.TextFlag.TextWordWrap, head.text())
    assert shown.visualItemRect(head).height() >= words.height()
    assert lines(room)[1:3] == ["Before you ring anybody, ask the office.", "1. Jane Ives, mother\n07700 900001"]
    warning = shown.item(1)
    assert warning.font().bold(), "it is seen before the numbers"
    assert isinstance(warning.data(Qt.ItemDataRole.DecorationRole), QPixmap)
    assert warning.foreground().color().name() == colours().bad.lower()
    answers.answers = ["Is ill"]
    room.press(KEY.Key_F4)
    assert notes.of_pupil(room.desk, pupil_id)[0].now.text.startswith("Called Jane Ives, mother at"), "the order names none of them"


def test_one_key_records_the_call_as_a_note_with_who_when_and_what(room: Room, answers: Answers) -> None:
    pupil_id = give_contacts(room, 0)
    room.press("n")
    assert room.page.calls.isVisible()
    answers.answers = ["No answer; rings back"]
    room.press(KEY.Key_F4)
    note = notes.of_pupil(room.desk, pupil_id)[0].now
    assert note.category == "family"
    assert note.day == TODAY
    assert note.text == ("Called Jane Ives, mother at 13:30 about the absence on the morning of 24 November 2026: No answer; rings back")
    assert f"{note.text} ({room.desk.user.name})" in lines(room)
    assert QApplication.focusWidget() is room.grid
    assert room.draft() == ["N"]


def test_who_was_called_is_marked_counted_and_the_call_can_be_undone(room: Room, answers: Answers) -> None:
    pupil_id = give_contacts(room, 0)
    give_contacts(room, 1)
    room.press("n")
    room.press("n")
    room.grid.go(0, 0)
    rows = register.view(room.desk, TODAY, TODAY).rows
    notes.add(room.desk, Note(pupil_id=pupil_id, category="family", text="About the trip", day=TODAY))
    answers.answers = ["No answer"]
    room.press(KEY.Key_F4)
    assert f"{rows[0].name} – called" in lines(room)
    assert rows[1].name in lines(room)
    assert room.page.calls.words.text().endswith("1 of 2 still to be called")
    message = room.window.context.banner.message
    assert message is not None
    assert message.act is not None
    message.act[1]()
    assert rows[0].name in lines(room)
    assert room.page.calls.words.text().endswith("2 of 2 still to be called")
    late = dataclasses.replace(room.desk, clock=FixedClock(datetime(2026, 12, 4, 9, tzinfo=UTC)))
    calling.record_call(late, calling.call_note(late, (pupil_id, TODAY, Session.AM), "Jane Ives", "Ill all week"))
    (to_call,) = calling.to_call(late, [pupil_id], TODAY, Session.AM)
    assert (to_call.is_called, len(to_call.notes_of_contact)) == (True, 2), "a call ten days later is about that absence too"
    struck = [history.now for history in notes.of_pupil(room.desk, pupil_id) if history.now.struck]
    assert [note.struck for note in struck] == ["Undone at once"]


def test_no_number_is_hidden_once_a_scroll_bar_narrows_the_list(room: Room, answers: Answers) -> None:
    """Each line is as tall as its words need in the room that is left, the call that was recorded too."""
    for row in range(12):
        give_contacts(room, row)
    room.window.resize(900, 620)
    room.press(KEY.Key_F2)
    for row in range(11, -1, -1):
        click_name(room, row)
        room.press("n")
    room.press(KEY.Key_S, held=CONTROL)
    answers.answers.append("No answer, tried both numbers, and left a message with the neighbour who takes her in after school")
    room.press(KEY.Key_F4)
    QApplication.processEvents()
    shown = room.page.calls.lines
    assert shown.verticalScrollBar().isVisible()
    room_left = shown.viewport().width()
    for place in range(shown.count()):
        item = shown.item(place)
        words = shown.fontMetrics().boundingRect(0, 0, room_left - 2 * tokens.L, 10_000, Qt.TextFlag.TextWordWrap, item.text())
        assert shown.visualItemRect(item).height() >= words.height(), item.text()
        assert shown.visualItemRect(item).width() <= room_left


def test_the_key_records_about_the_pupil_in_whose_cell_one_stands(room: Room, answers: Answers) -> None:
    first, second = give_contacts(room, 0), give_contacts(room, 1)
    room.press("n")
    room.press("n")
    room.grid.go(1, 0)
    room.page.calls.choose(first)
    answers.answers = ["No answer"]
    room.press(KEY.Key_F4)
    assert [len(notes.of_pupil(room.desk, pupil_id)) for pupil_id in (first, second)] == [0, 1]


def test_the_key_after_an_absence_is_about_the_pupil_just_marked_though_the_next_is_absent_too(room: Room, answers: Answers) -> None:
    first, second = give_contacts(room, 0), give_contacts(room, 1)
    room.grid.go(1, 0)
    room.press("n")
    room.grid.go(0, 0)
    room.press("n")
    answers.answers = ["No answer", "No answer"]
    room.press(KEY.Key_F4)
    assert [len(notes.of_pupil(room.desk, pupil_id)) for pupil_id in (first, second)] == [1, 0]
    room.grid.go(0, 0)
    room.grid.go(1, 0)
    room.press(KEY.Key_F4)
    assert [len(notes.of_pupil(room.desk, pupil_id)) for pupil_id in (first, second)] == [1, 1]


def test_whom_to_call_is_told_of_the_whole_unit_whichever_group_is_in_view(room: Room) -> None:
    give_contacts(room, 0)
    room.press("n")
    told = lines(room)
    assert told
    room.page.marking.sheet = RegisterSheet(room.page.marking.sheet.view, room.page.marking.unsaved, room.page.marking.sheet.rows[5:])
    room.page.calls.show_absent(room.page.marking.sheet, 0, again=True)
    assert lines(room) == told


def test_nothing_is_recorded_without_words(room: Room, answers: Answers) -> None:
    pupil_id = give_contacts(room, 0)
    room.press("n")
    answers.answers = [None]
    room.press(KEY.Key_F4)
    assert notes.of_pupil(room.desk, pupil_id) == []


def test_whom_an_order_names_is_not_called(room: Room) -> None:
    pupil_id = give_contacts(room, 0)
    father = next(contact for contact in pupils.record(room.desk, pupil_id).contacts if contact.forename == "Tom")
    protections.set_protection(
        room.desk, Protection(pupil_id=pupil_id, contact_id=father.id, kind=ORDER, reason="Court order", since=date(2026, 9, 1))
    )
    room.press("n")
    assert not any("Tom" in line for line in lines(room))


def test_a_group_alone_is_in_view_and_marked(room: Room) -> None:
    rows = register.view(room.desk, TODAY, TODAY).rows
    pupils.save_pupil(room.desk, dataclasses.replace(pupils.record(room.desk, rows[5].pupil_id).pupil, year_group="9"))
    ninth = [place for place, row in enumerate(register.view(room.desk, TODAY, TODAY).rows) if row.year_group == "9"]
    room.page.refresh()
    box = room.page.narrow.group
    box.setFocus()
    room.press(*"year 9")
    assert box.currentText() == "Year 9"
    assert [row.name for row in room.page.marking.sheet.rows] == [rows[place].name for place in ninth]
    room.press(KEY.Key_F2)
    room.press(KEY.Key_S, held=CONTROL)
    assert [place for place, code in enumerate(room.kept()) if code] == ninth
    assert 1 < len(ninth) < 12


def test_an_entry_out_of_sight_still_needs_its_reason(room: Room, answers: Answers) -> None:
    rows = register.view(room.desk, TODAY, TODAY).rows
    pupils.save_pupil(room.desk, dataclasses.replace(pupils.record(room.desk, rows[2].pupil_id).pupil, year_group="9"))
    room.enter(0, "N")
    room.grid.go(0, 0)
    room.press("i")
    room.page.narrow.group.setFocus()
    room.press(*"year 9")
    answers.answers = ["Mother rang"]
    room.press(KEY.Key_S, held=CONTROL)
    assert answers.questions[0].title == "Why is this entry changed?"
    assert room.kept()[0] == "I"


def test_a_name_is_found_as_it_is_typed(room: Room) -> None:
    room.press(KEY.Key_F, held=CONTROL)
    room.press("ki")
    assert room.page.marking.sheet.rows[room.grid.place[0]].name == "King, Lola"
    room.press(KEY.Key_Return, "l")
    assert [mark.code for mark in room.page.marking.unsaved.marks] == ["L"]
    assert room.page.narrow.find_box.text() == ""


def test_the_social_worker_is_told_and_that_is_recorded_and_undone_beside_the_list(room: Room, answers: Answers) -> None:
    save_settings(room.desk, dataclasses.replace(room.desk.settings, told_social_care="Larkshire Children’s Services"))
    pupil_id = give_contacts(room, 0)
    needs.add_care(room.desk, CarePeriod(pupil_id=pupil_id, kind="CIN", worker="Jo Hale", worker_reach="01632 960222"))
    room.press("n")
    assert "Social worker: Jo Hale, 01632 960222" in lines(room)
    answers.answers = ["phone"]
    room.page.calls.told_button.click()
    assert "Social worker: Jo Hale, 01632 960222 – told of this absence" in lines(room)
    assert told.of_pupil(room.desk.vault, pupil_id)[0]["recipient"] == "Children’s social care: Jo Hale"
    room.window.banner.undo()
    assert "Social worker: Jo Hale, 01632 960222" in lines(room)


def test_the_call_sheet_is_shown_before_it_is_printed(room: Room) -> None:
    give_contacts(room, 0)
    room.press("n")
    room.press(KEY.Key_S, held=CONTROL)
    room.page.calls.sheet_button.click()
    assert room.page.body.currentWidget() is room.page.printing.paper
    assert room.page.printing.paper.view.page_count == 1
