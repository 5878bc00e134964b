"""A concern is written by anybody, by keys alone, with marks on the body; it is not read back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.safeguarding.body_map import sentences_of, sides_of
from pupil_desk.domain.safeguarding.entry import SafeguardingEntry
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.ui.kit.context import Context, new_with
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.safeguarding.conftest import OpenPage, said
from tests.ui.still import HalfASecond

Tab, Enter, Down = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down
type Type = Callable[..., None]


@pytest.fixture
def type_keys(qtbot: QtBot) -> Type:
    def type_(*parts: str | Qt.Key) -> None:
        for part in parts:
            focused = QApplication.focusWidget()
            assert focused is not None
            (qtbot.keyClicks if isinstance(part, str) else qtbot.keyClick)(focused, part)

    return type_


def words_in_view(page: SafeguardingPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_one_of_the_office_writes_one_by_keys_and_reads_nothing(
    open_page: OpenPage, kept_here: Desk, context: Context, type_keys: Type
) -> None:
    office = as_role(kept_here, Role.OFFICE)
    page = open_page(new_with(""), office)
    assert "Dee Marlowe will read it. Once it is saved you cannot read it back" in words_in_view(page)
    type_keys("theo", Enter, "He came in with a mark on his arm.", Tab, "I fell, he said.")
    page.entry.marks.figures["front"].setFocus()
    type_keys(Down, Down, Enter, "Round bruise, 2 cm, blue")
    assert page.save(), words_in_view(page)
    assert said(context) == "The concern about Theo Bramley is saved. Dee Marlowe will read it."
    assert "mark on his arm" not in words_in_view(page)
    assert not page.panes_.isVisible()
    assert not page.dirty
    context.desk = kept_here
    theo = pupil_called(kept_here, "Theo")
    (history,) = files.of_pupil(kept_here, theo.id).histories
    entry = history.now
    assert (entry.text, entry.pupil_words, history.author) == ("He came in with a mark on his arm.", "I fell, he said.", "Olu Brand")
    assert sentences_of(entry.body_map) == ["Front, chest, in the middle: Round bruise, 2 cm, blue"]


def test_it_is_about_a_sister_too(
    open_page: OpenPage, kept_here: Desk, context: Context, type_keys: Type, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = open_page(new_with(pupil_called(kept_here, "Theo").id))
    page.entry.also.add_button.click()
    type_keys("gwen", Enter, "They come without lunch.")
    assert "Also about Gwen" in words_in_view(page)
    draft = page.draft()
    assert page.save(), words_in_view(page)
    assert "about Theo Bramley and Gwen Harlow is saved" in said(context)
    gwen = pupil_called(kept_here, "Gwen")
    assert [history.now.text for history in files.of_pupil(kept_here, gwen.id).histories] == ["They come without lunch."]
    assert draft is not None
    time_typed = draft["typed"]["time"]
    monkeypatch.setattr(kept_here.clock, "moment", kept_here.clock.now() + timedelta(minutes=50))
    page.take_draft(draft)
    assert page.entry.form.fields["time"].editor.typed_text() == time_typed
    assert list(page.entry.also.names) == [gwen.id]
    page.entry.also.none_button.click()
    assert page.entry.also.names == {}
    also = page.entry.also
    with HalfASecond.watched() as time:
        also.add_button.click()
        type_keys("gwen")
        for press in (QTest.mouseClick, QTest.mouseDClick):
            press(also.finder.matches.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
        qtbot.mouseClick(also.add_button, Qt.MouseButton.LeftButton)
        time.calm(page)
        type_keys(Qt.Key.Key_Escape)
    assert list(also.names) == [gwen.id]
    assert "Also about Gwen" in words_in_view(page), "taken by mouse, and a further one looked for at once and left"
    assert also.none_button.isVisible()
    assert not also.finder.isVisible()


def test_a_blank_form_is_printed_for_who_has_no_sign_in(open_page: OpenPage, kept_here: Desk, qtbot: QtBot) -> None:
    office = as_role(kept_here, Role.OFFICE)
    told = plain_text(writing.blank_form(office))
    assert "If a child is in danger now, tell Dee Marlowe at once." in told
    for name in ("text", "pupil_words", "body_map", "people", "day", "time", "place"):
        assert item_named(SafeguardingEntry, name).label in told
    page = open_page(None, office)
    page.outgoing.show_blank_form()
    assert page.now is page.paper
    qtbot.waitUntil(page.paper.print_button.isEnabled)
    page.paper.closed.emit()
    assert page.now is page.for_all


def test_from_a_record_it_is_about_that_pupil(open_page: OpenPage, kept_here: Desk) -> None:
    theo = pupil_called(kept_here, "Theo")
    page = open_page(new_with(theo.id))
    assert page.entry.finder.pupil_id == theo.id
    assert page.entry.finder.chosen_label.text() == "Theo Bramley"
    assert page.entry.form.fields["text"].editor.field.hasFocus()


def test_a_click_on_the_figure_places_a_mark_that_needs_words(page: SafeguardingPage, qtbot: QtBot, type_keys: Type) -> None:
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    figure = page.entry.marks.figures["back"]
    spot = QPoint(round(figure.width() * 0.42), round(figure.height() * 147 / 200))
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton, pos=spot)
    assert page.entry.marks.table.cell(0, "part") == "Back, back of the left knee"
    page.entry.form.take_draft({"text": "Seen at PE."})
    assert not page.save()
    assert "Say what is seen at mark 1, or take it out." in words_in_view(page)
    type_keys("Graze")
    assert page.save()


@pytest.mark.parametrize(("view", "x", "words"), [("front", 58, "Front, chest, left side"), ("back", 58, "Back, upper back, right side")])
def test_a_mark_on_what_lies_across_says_on_which_side_of_the_pupil(page: SafeguardingPage, view: str, x: int, words: str) -> None:
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    page.entry.marks.place(view, x, 54)
    assert page.entry.marks.table.cell(0, "part") == words


def test_the_figures_say_which_side_is_the_pupils_left(page: SafeguardingPage) -> None:
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    (front, back) = (page.entry.marks.figures[view] for view in ("front", "back"))
    assert (sides_of("front"), sides_of("back")) == (("Right", "Left"), ("Left", "Right"))
    for figure in (front, back):
        corners = [figure.rect().adjusted(0, 0, -3 * figure.width() // 4, -9 * figure.height() // 10)]
        corners.append(corners[0].translated(3 * figure.width() // 4, 0))
        drawn = figure.grab().toImage()
        ground = drawn.pixel(figure.width() // 3, 2)
        for corner in corners:
            scaled = corner.x(), corner.y(), corner.width(), corner.height()
            assert any(
                drawn.pixel(x, y) != ground
                for x in range(scaled[0], scaled[0] + scaled[2])
                for y in range(scaled[1], scaled[1] + scaled[3])
            )


@pytest.mark.parametrize("wide", [1182, 700])
def test_the_words_of_a_mark_are_in_sight_as_one_types_them(page: SafeguardingPage, qtbot: QtBot, type_keys: Type, wide: int) -> None:
    page.resize(wide, 700)  # as the page stands in a window of 1366 by 768
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    QApplication.processEvents()
    figure = page.entry.marks.figures["front"]
    bring_into_view(figure)
    figure.setFocus()
    type_keys(Down, Enter)
    box = page.entry.marks.words_box
    qtbot.waitUntil(lambda: box.hasFocus() and box.visibleRegion().boundingRect() == box.rect())


def test_without_a_pupil_or_what_was_seen_it_is_not_saved(page: SafeguardingPage, kept_here: Desk) -> None:
    page.begin_concern()
    assert not page.save()
    assert [problem.column for problem in page.entry.form.summary.problems] == ["text"]
    assert "Choose the pupil whom it is about." in words_in_view(page)
    page.entry.form.take_draft({"text": "Seen"})
    assert not page.save()
    assert "Choose the pupil whom it is about." in words_in_view(page)
    assert files.listing(kept_here) == []


def test_without_its_day_it_is_not_saved(page: SafeguardingPage, kept_here: Desk) -> None:
    page.begin_concern()
    page.entry.form.take_draft({"text": "Seen", "day": ""})
    assert not page.save()
    assert [problem.column for problem in page.entry.form.summary.problems] == ["day"]
    assert files.listing(kept_here) == []


def test_what_is_typed_comes_back_after_a_lock(page: SafeguardingPage, open_page: OpenPage) -> None:
    theo = pupil_called(page.context.desk, "Theo")
    page.begin_concern(theo.id)
    page.entry.form.take_draft({"text": "Half a sentence"})
    page.entry.marks.place("front", 27, 58)
    draft = page.draft()
    assert draft is not None
    page.discard()
    again = open_page()
    again.take_draft(draft)
    assert again.entry.form.fields["text"].editor.typed_text() == "Half a sentence"
    assert again.entry.finder.pupil_id == theo.id
    assert again.entry.marks.table.cell(0, "part") == "Front, right upper arm"


def test_leaving_what_is_typed_asks(page: SafeguardingPage, answers: Answers) -> None:
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    page.entry.form.take_draft({"text": "Half a sentence"})
    answers.answers = ["stay"]
    page.entry.closed.emit()
    assert page.dirty
    answers.answers = ["discard"]
    page.entry.closed.emit()
    assert page.now is page.panes_


def test_tab_goes_from_the_pupil_through_the_form_and_the_marks_to_save(page: SafeguardingPage, type_keys: Type) -> None:
    page.begin_concern(pupil_called(page.context.desk, "Theo").id)
    stops = []
    for _number in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.append(focused)
        type_keys(Tab)
    entry = page.entry
    names = ("text", "pupil_words", "people")
    assert stops[:3] == [entry.form.fields[name].editor.field for name in names]
    assert stops[3:7] == [*entry.marks.figures.values(), entry.save_button, entry.back_button]
