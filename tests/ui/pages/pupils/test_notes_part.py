"""The part of the record with notes: written in a few keys, corrected, struck out, followed up; the restricted ones apart."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.notes.note_lists import NotesList, OrdinaryList
from pupil_desk.ui.pages.pupils.record.notes.notes import NotesPart
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.pupils.test_parts import open_page

SECRET = "Theo asked not to be sent home"


def write(desk: Desk, category: str, text: str, day: date, **more: object) -> None:
    note = Note(pupil_id=pupil_called(desk, "Theo").id, category=category, text=text, day=day, **more)  # type: ignore[arg-type]
    notes.add(desk, note)


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> PupilsPage:
    write(desk, "behaviour", "Left the room", date(2026, 11, 23), follow_up=date(2026, 11, 24))
    write(desk, "family", "Rang\nthe mother", date(2026, 11, 20))
    return open_page(qtbot, context, "Theo", "notes")


def part_of(page: PupilsPage) -> NotesPart:
    part = page.view.part
    assert isinstance(part, NotesPart)
    return part


def ordinary(page: PupilsPage) -> OrdinaryList:
    return part_of(page).ordinary


def texts(found: NotesList) -> list[str]:
    return [found.table.cell(row, "text") for row in range(len(found.table.rows))]


def words_of(page: PupilsPage) -> str:
    """All that the record shows, seen or not."""
    shown = [each.text() for each in page.view.findChildren(QLabel)] + [
        each.toPlainText() for each in page.view.findChildren(QPlainTextEdit)
    ]
    part = part_of(page)
    return "\n".join([*shown, *texts(part.ordinary), *texts(part.restricted)])


def test_the_newest_stand_first_and_a_category_is_chosen(page: PupilsPage) -> None:
    found = ordinary(page)
    assert texts(found) == ["Left the room", "Rang the mother"]
    found.filter.set_key("family")
    found.filter.activated.emit(found.filter.currentIndex())
    assert texts(found) == ["Rang the mother"]


def test_a_note_is_written_in_four_keys_beside_its_text(qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
    window = page.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keys = 0

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(QApplication.focusWidget() or page, key, modifier)

    press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    found = ordinary(page)
    qtbot.waitUntil(lambda: found.adding)
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Read a whole book")
    assert page.save()  # Ctrl+S is the window's
    assert keys + 1 == 4
    (new,) = [held.now for held in notes.of_pupil(desk, pupil_called(desk, "Theo").id) if held.now.category == "achievement"]
    assert (new.text, new.day) == ("Read a whole book", date(2026, 11, 24))
    assert texts(found)[0] == "Read a whole book"


def test_a_correction_shows_what_it_said_before_on_request(page: PupilsPage) -> None:
    found = ordinary(page)
    found.table.selectRow(0)
    assert found.earlier_box.isHidden()
    found.form.take_draft({"text": "Left the room at ten"})
    assert page.save()
    assert texts(found)[0] == "Left the room at ten"
    assert found.earlier_box.text() == "What it said &before (1)"
    assert found.wordings.isHidden()
    found.earlier_box.click()
    assert [each.text() for each in found.wordings.findChildren(QLabel)] == [
        "Dee Marlowe, 24 Nov 2026, 10:00",
        "Behaviour, 23 Nov 2026, look at it again on 24 Nov 2026",
        "Left the room",
    ]
    assert "Last changed by Dee Marlowe" in found.state.text()


def test_a_note_is_struck_out_and_followed_up(page: PupilsPage, answers: Answers) -> None:
    found = ordinary(page)
    assert found.strike_button.isHidden(), "no note is acted on that nobody chose"
    found.table.selectRow(0)
    assert not found.done_button.isHidden()
    found.done_button.click()
    assert "Looked at again on 24 Nov 2026" in found.state.text()
    assert found.done_button.isHidden()
    answers.answers = ["Meant for another pupil"]
    found.strike_button.click()
    assert answers.questions[-1].text.startswith("Theo Bramley. Behaviour, 23 Nov 2026: “Left the room” It stays on file")
    assert texts(found)[0] == "Struck out: Left the room"
    assert "Meant for another pupil" in found.state.text()
    field = found.form.fields["text"].editor.field
    assert isinstance(field, QPlainTextEdit)
    assert field.isReadOnly()
    assert not found.strike_button.isEnabled()


def test_a_concern_is_ticked_as_restricted_and_goes_to_the_other_list(page: PupilsPage, context: Context) -> None:
    found, part = ordinary(page), part_of(page)
    found.begin_new()
    found.form.take_draft({"category": "Safeguarding concern"})
    assert found.tick.isChecked()
    assert not found.tick.isEnabled()
    found.form.take_draft({"category": "Behaviour"})
    assert (found.tick.isChecked(), found.tick.isEnabled()) == (False, True)
    found.tick.setChecked(True)
    found.form.take_draft({"text": SECRET})
    assert page.save()
    assert context.banner.words == "Kept among the restricted notes."
    assert SECRET not in texts(found)
    assert part.tabs.tabText(1) == "&Restricted (1)"
    part.tabs.setCurrentIndex(1)
    assert texts(part.restricted) == [SECRET]
    assert part.restricted.badge.words == "Restricted"


def test_an_ordinary_note_is_restricted_once_it_is_agreed(page: PupilsPage, answers: Answers) -> None:
    found = ordinary(page)
    assert found.restrict_button.isHidden()
    found.table.selectRow(0)
    answers.answers = [False]
    found.restrict_button.click()
    assert answers.questions[-1].text.startswith("Theo Bramley. Behaviour, 23 Nov 2026: “Left the room” From now on")
    assert texts(found) == ["Left the room", "Rang the mother"]
    answers.answers = [True]
    found.restrict_button.click()
    assert texts(found) == ["Rang the mother"]
    assert part_of(page).tabs.tabText(1) == "&Restricted (1)"


def test_someone_not_named_sees_that_there_is_one_and_whom_to_ask(qtbot: QtBot, context: Context, desk: Desk) -> None:
    lead = as_role(desk, Role.ASSISTANT_HEAD)
    readers.set_reader(desk, lead.user, may=True, reason="Designated safeguarding lead")
    write(lead, "safeguarding", SECRET, date(2026, 11, 24))
    page = open_page(qtbot, context, "Theo", "notes")
    part = part_of(page)
    part.tabs.setCurrentIndex(1)
    assert texts(part.restricted) == []
    assert "Read only by those named for it: Olu Brand." in part.restricted.readers_label.text()
    assert "You cannot read 1 further note on file." in part.restricted.readers_label.text()
    page.view.turn_to("history")
    page.view.turn_to("notes")
    assert SECRET not in words_of(page)
    assert "Safeguarding" not in "\n".join(texts(part.ordinary))


def test_restricted_notes_are_opened_only_by_turning_to_them(qtbot: QtBot, context: Context, desk: Desk) -> None:
    write(desk, "safeguarding", SECRET, date(2026, 11, 24))

    def readings() -> int:
        return len(desk.vault.rows("SELECT 1 FROM log WHERE action = 'view' AND kind = 'restricted_note'"))

    page = open_page(qtbot, context, "Theo", "notes")
    page.view.turn_to("history")
    page.view.turn_to("notes")
    assert readings() == 0
    part_of(page).tabs.setCurrentIndex(1)
    assert readings() == 1


def test_what_is_typed_comes_back_from_a_draft_with_its_tick(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    found = ordinary(page)
    found.begin_new()
    found.tick.setChecked(True)
    found.form.take_draft({"category": "Health", "text": SECRET})
    typed = page.view.draft()
    page.view.discard()
    again = open_page(qtbot, context, "Theo", "details")
    again.view.take_draft(typed)
    assert ordinary(again).tick.isChecked()
    assert ordinary(again).form.fields["text"].editor.typed_text() == SECRET


@pytest.mark.parametrize(("category", "kind"), [("behaviour", "note"), ("safeguarding", "restricted_note")])
def test_a_line_of_home_leads_to_the_note_itself(qtbot: QtBot, context: Context, desk: Desk, category: str, kind: str) -> None:
    write(desk, category, SECRET, date(2026, 11, 20), follow_up=date(2026, 11, 24))
    write(desk, category, "A later one", date(2026, 11, 23))
    (due,) = notes.notes_due(desk)
    page = open_page(qtbot, context, "Mia", "details")
    page.on_show(str(Place(due.pupil_id, "notes", kind, due.note_id, "text")))
    found = part_of(page).current
    assert found is (part_of(page).restricted if kind == "restricted_note" else part_of(page).ordinary)
    assert found.form.fields["text"].editor.typed_text() == SECRET


def test_a_click_on_the_tab_of_the_restricted_brings_the_cursor_into_it(qtbot: QtBot, page: PupilsPage) -> None:
    window, part = page.window(), part_of(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar = part.tabs.tabBar()
    for place, first in ((1, part.restricted.add_button), (0, part.ordinary.table)):
        page.view.contents.focus()
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
        qtbot.waitUntil(first.hasFocus)
