"""The record with its many parts: each is made when it is turned to, and reached by keyboard, list and box alike."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import place_reviews, placements
from pupil_desk.store.file.vault import Vault
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch import making
from pupil_desk.ui.kit.words import without_sign
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.pupils.record.places.placements import PlacementsPart
from pupil_desk.ui.pages.pupils.record.record import RecordView
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import write


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_show(pupil_called(context.desk, "Theo").id)
    return made


def test_no_form_is_made_before_a_pupil_is_chosen(qtbot: QtBot, context: Context) -> None:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    assert page.findChildren(RecordView) == []
    assert not page.dirty
    assert page.save()
    assert page.draft() is None


def test_a_part_is_made_when_it_is_first_turned_to(page: PupilsPage) -> None:
    assert list(page.view.parts) == ["card"]
    page.view.turn_to("stays")
    assert list(page.view.parts) == ["card", "stays"]


def test_the_window_has_its_turn_while_a_part_is_made_and_asks_the_part_before(
    page: PupilsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_STEP", 0.0)
    context.making.in_steps = True
    turns: list[tuple[str, bool, bool]] = []
    beat = QTimer(page, interval=0)
    beat.timeout.connect(lambda: turns.append((page.view.key, page.dirty, context.making.is_under_way)))
    beat.start()
    page.view.turn_to("health")
    beat.stop()
    assert set(turns) == {("card", False, True)}
    assert page.view.key == "health"
    assert page.view.part.isVisible()


def test_page_down_goes_through_every_part_and_round(qtbot: QtBot, page: PupilsPage) -> None:
    seen = []
    for _part in PARTS:
        seen.append(page.view.key)
        assert page.view.part.isVisible()
        qtbot.keyClick(page.view.contents.list, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert seen == [key for key, _words, _kind in PARTS]
    assert page.view.key == seen[0]
    qtbot.keyClick(page.view.contents.list, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.view.key == seen[-1]


def test_arrows_and_typing_turn_in_the_list(qtbot: QtBot, page: PupilsPage) -> None:
    page.view.contents.list.setFocus()
    qtbot.keyClick(page.view.contents.list, Qt.Key.Key_Down)
    assert page.view.key == "details"
    qtbot.keyClicks(page.view.contents.list, "what")
    assert page.view.key == "history"


def test_ctrl_j_goes_to_the_parts_and_enter_into_the_one_chosen(qtbot: QtBot, page: PupilsPage) -> None:
    page.list.find_box.setFocus()
    qtbot.keyClick(page.list.find_box, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert page.view.contents.list.hasFocus()
    qtbot.keyClicks(page.view.contents.list, "con")
    assert page.view.key == "contacts"
    qtbot.keyClick(page.view.contents.list, Qt.Key.Key_Return)
    assert page.view.part.isAncestorOf(page.focusWidget())


@pytest.mark.parametrize(("width", "beside"), [(720, True), (500, False)])
def test_a_narrow_record_has_a_box_in_place_of_the_list(qtbot: QtBot, context: Context, width: int, beside: bool) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(900, 700)
    view = RecordView(context, lambda: True)
    view.setParent(place)
    view.resize(width, 600)
    place.show()
    QApplication.processEvents()
    assert view.contents.has_list is beside
    assert view.contents.list.isVisible() is beside
    assert view.contents.box.isVisible() is not beside
    view.contents.box.setCurrentIndex(2)
    assert view.key == "contacts"
    assert view.contents.list.currentRow() == view.contents.box.currentIndex() == 2


def test_what_is_typed_is_asked_for_before_another_part_is_shown(page: PupilsPage, answers: Answers) -> None:
    write(page, "town", "Larkstone")
    answers.answers.append("stay")
    page.view.contents.list.setCurrentRow(2)
    assert page.view.key == "details"
    assert page.view.contents.list.currentRow() == 1
    answers.answers.append("discard")
    page.view.contents.list.setCurrentRow(2)
    assert page.view.key == "contacts"
    assert not page.dirty


@pytest.mark.acceptance(5)
def test_a_full_disk_is_said_and_what_was_typed_stays(page: PupilsPage, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_vault: Vault, _sql: str) -> None:
        raise CannotWrite("The disk that holds the file is full.")

    write(page, "town", "Larkstone")
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "_run", full)
        assert not page.save()
    assert context.banner.words == "The disk that holds the file is full."
    assert page.dirty
    assert page.save()
    assert pupil_called(context.desk, "Theo").town == "Larkstone"


def test_a_draft_comes_back_in_a_part_that_was_not_made_yet(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    page.view.turn_to("contacts")
    page.view.part.form.take_draft({"title": "Mx"})  # type: ignore[attr-defined]
    draft = page.draft()
    assert draft is not None
    later = PupilsPage(context)
    qtbot.addWidget(later)
    later.on_show()
    later.take_draft(draft)
    assert later.view.key == "contacts"
    assert later.draft() == draft


def test_list_and_box_are_read_out(page: PupilsPage) -> None:
    lines = QAccessible.queryAccessibleInterface(page.view.contents.list)
    assert lines.text(QAccessible.Text.Name) == "Parts of the record"
    assert page.view.contents.box.accessibleName() == "Parts of the record"
    assert lines.child(0).text(QAccessible.Text.Name) == "At a glance"


def test_tab_comes_to_a_part_made_late_before_the_buttons_beneath(page: PupilsPage) -> None:
    page.view.turn_to("contacts")
    page.view.part.form.take_draft({"title": "Mx"})  # type: ignore[attr-defined]
    page.view.contents.list.setFocus()
    order: list[QWidget] = []
    for _step in range(60):
        page.view.focusNextChild()
        now = QApplication.focusWidget()
        assert now is not None
        order.append(now)
        if now is page.view.back_button:
            break
    assert page.view.part.isAncestorOf(order[0])
    assert order[-2:] == [page.view.save_button, page.view.back_button]


def test_shift_f1_in_a_field_says_where_its_value_comes_from(qtbot: QtBot, page: PupilsPage, answers: Answers) -> None:
    write(page, "town", "Larkstone")
    form = page.view.part.form  # type: ignore[attr-defined]
    assert page.save()
    form.focus("town")
    qtbot.keyClick(form.fields["town"].editor.field, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert answers.questions[-1].title == "Where this comes from: Town"
    assert "Dee Marlowe typed it on 24 November 2026, 10:00. Before: Larkfield." in answers.questions[-1].text


def test_shift_f1_outside_a_field_says_what_to_do(qtbot: QtBot, page: PupilsPage, answers: Answers) -> None:
    page.view.contents.list.setFocus()
    qtbot.keyClick(page.view.contents.list, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert answers.questions[-1].text == "Put the cursor into a field of a record on file first."


def test_a_list_with_nothing_in_it_says_which_button_begins_the_first(page: PupilsPage) -> None:
    page.view.turn_to("placements")
    group = page.view.parts["placements"]
    assert isinstance(group, PlacementsPart)
    part = group.places
    assert not part.table.rows
    assert part.table.empty.text.text() == f"Press “{without_sign(part.add_button.text())}” to begin."


def test_a_place_elsewhere_is_typed_from_the_list_of_providers(page: PupilsPage, desk: Desk) -> None:
    mia = pupil_called(desk, "Mia")
    placements.add(desk, Placement(pupil_id=mia.id, provider="Marden Farm", start_date=desk.today, setting="OTH"))
    page.on_show(mia.id)
    page.view.turn_to("placements")
    group = page.view.parts["placements"]
    assert isinstance(group, PlacementsPart)
    for several in group.lists:  # the place, and a review of it
        group.turn_to(several)
        line = several.form.fields["provider"].editor.field
        assert isinstance(line, QLineEdit)
        completer = line.completer()
        assert completer is not None
        completer.setCompletionPrefix("farm")
        assert completer.currentCompletion() == "Marden Farm"
    group.reviews.begin_new()
    group.reviews.form.take_draft({"found": "Came to all", "decision": "ends"})
    assert group.reviews.save()
    assert [review.provider for review in place_reviews.of_pupil(desk, BoughtPlaceReview, mia.id)] == ["Marden Farm"]
    page.on_show(pupil_called(desk, "Theo").id)
    page.view.turn_to("placements")
    group.turn_to(group.reviews)
    completer.setCompletionPrefix("farm")
    assert completer.currentCompletion() == "", "a place of another pupil, which would be refused"
