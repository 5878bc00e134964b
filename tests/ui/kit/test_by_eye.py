"""What a person would wince at: drawn on the screen and looked at, pixel by pixel where it must be."""

import pytest
from PySide6.QtCore import QMargins, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.summary import ProblemSummary
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.groups import RailPage
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.rail import Rail
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.talk.dialogs import _TextQuestion
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.style.colours import DARK, LIGHT, of_system, to_palette
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import Look, dress

HIGH_CONTRAST = QPalette(
    QColor("#ffffff"), QColor("#000000"), QColor("#ffffff"), QColor("#000000"), QColor("#808080"), QColor("#ffffff"), QColor("#000000")
)


def count(image: QImage, colour: str) -> int:
    """How many pixels are of that colour, as near as the smoothed edge of a glyph leaves them."""
    wanted = QColor(colour).getRgb()[:3]
    every = (image.pixelColor(x, y).getRgb() for x in range(image.width()) for y in range(image.height()))
    return sum(given[3] > 60 and max(abs(a - b) for a, b in zip(given, wanted, strict=False)) < 8 for given in every)


def test_the_icon_of_a_disabled_primary_button_is_seen(look: Look) -> None:
    drawn = icon("printer", QPalette.ColorRole.Base).pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert count(drawn, LIGHT.muted) > 5
    assert count(drawn, LIGHT.surface) == 0


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("enabled", [True, False])
def test_a_tick_is_seen_in_its_box(qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch, scheme: str, enabled: bool) -> None:
    colours = {"light": LIGHT, "dark": DARK, "contrast": of_system(HIGH_CONTRAST)}[scheme]
    monkeypatch.setattr(look, "_colours_wanted", lambda: colours)
    look._dress()
    try:
        box = TickBox("With its reply form", ticked=True)
        dress(box)
        box.setEnabled(enabled)
        qtbot.addWidget(box)
        box.resize(box.sizeHint())
        ticked = box.grab().toImage()
        ink = colours.on_accent if enabled else colours.surface
        ground = colours.accent if enabled else colours.muted
        assert count(ticked, ink) > 5
        assert count(ticked, ground) > 20
    finally:
        monkeypatch.undo()
        look._dress()


def test_a_click_beside_the_words_of_a_tick_box_does_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    other, box = QPushButton("Other"), TickBox("Guests too")
    column.addWidget(other)
    column.addWidget(box)
    qtbot.addWidget(window)
    window.resize(600, 200)
    window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 10, box.height() // 2))
    assert not box.isChecked()
    assert not box.hasFocus()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(40, box.height() // 2))
    assert box.isChecked()
    qtbot.waitUntil(box.hasFocus)


def test_a_row_that_wraps_keeps_its_margins(qtbot: QtBot) -> None:
    place = QWidget()
    row = FlowLayout(place, 4)
    row.setContentsMargins(QMargins(10, 20, 30, 40))
    inside = QLabel("words")
    row.addWidget(inside)
    qtbot.addWidget(place)
    place.resize(300, 200)
    place.show()
    assert inside.pos() == QPoint(10, 20)
    assert row.heightForWidth(300) == inside.sizeHint().height() + 60
    assert row.sizeHint().width() == inside.sizeHint().width() + 40


def test_panes_have_their_shares_when_they_were_sized_out_of_sight(qtbot: QtBot) -> None:
    panes = Panes(QListWidget(), QListWidget(), shares=(3, 1))
    qtbot.addWidget(panes)
    panes.resize(816, 300)
    panes.show()
    left, right = panes.sizes()
    assert left == pytest.approx(3 * right, rel=0.05)


def test_a_badge_and_a_banner_change_colour_with_the_scheme(qtbot: QtBot, look: Look) -> None:
    badge, banner = Badge("Address withheld", "shield-warning", "bad"), Banner()
    for each in (badge, banner):
        qtbot.addWidget(each)
    banner.note("Look at this.")
    try:
        look.set_scheme("dark")
        assert count(badge._picture.pixmap().toImage(), DARK.bad) > 5
        assert count(banner._kind.pixmap().toImage(), DARK.check) > 5
    finally:
        look.set_scheme("light")


def test_the_current_page_is_told_from_the_one_under_the_mouse(qtbot: QtBot, look: Look) -> None:
    rail = Rail([RailPage("home", "Home", "house"), RailPage("pupils", "Pupils", "users")])
    dress(rail)
    qtbot.addWidget(rail)
    rail.mark("pupils")
    rail.resize(184, 400)
    rail.show()
    view = rail.list.viewport()
    first, second = (rail.list.visualItemRect(rail.list.item(place)) for place in range(2))
    qtbot.mouseMove(view, first.center())
    QApplication.processEvents()
    drawn = view.grab().toImage()
    assert count(drawn.copy(first), LIGHT.accent_soft) == 0
    assert count(drawn.copy(first), LIGHT.accent) == 0
    assert count(drawn.copy(second), LIGHT.accent_soft) > 100
    assert count(drawn.copy(second), LIGHT.accent) > 20


def test_an_empty_state_stands_in_lines_and_not_word_under_word(qtbot: QtBot) -> None:
    empty = EmptyState("users", "")
    qtbot.addWidget(empty)
    empty.resize(500, 300)
    empty.show()
    empty.say("Nobody here has a name like that", "Try another list.")
    assert empty.title.width() >= empty.title.fontMetrics().horizontalAdvance("Nobody here has a name like that")


def test_an_empty_state_narrows_with_its_page_and_keeps_every_line(qtbot: QtBot) -> None:
    empty = EmptyState(
        "users", "Nobody here has a name like that", "Everything that is typed on this page stays, and nothing is lost. " * 3
    )
    qtbot.addWidget(empty)
    empty.resize(900, 400)
    empty.show()
    assert empty.text.width() > 400
    assert empty.minimumSizeHint().width() < 250, "what was wide once does not keep the page from growing narrow"
    empty.resize(250, 600)
    assert empty.width() == 250
    assert empty.text.height() >= empty.text.heightForWidth(empty.text.width())
    assert abs(empty.text.geometry().center().x() - empty.rect().center().x()) <= 1


def test_a_hidden_view_asks_for_no_room() -> None:
    small, tall = QLabel("small"), QWidget()
    tall.setMinimumSize(900, 900)
    body = Body(small, tall)
    assert body.minimumSizeHint().height() < 100
    body.setCurrentWidget(tall)
    assert body.minimumSizeHint() == QSize(900, 900)


def test_what_was_saved_is_said_without_a_tint_and_ends_what_was_said_before(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.success("Put back as it was.", act=("&Undo", lambda: None))
    banner.quietly("Saved 09:12.")
    assert (banner.words, banner.look, banner._button.isHidden()) == ("Saved 09:12.", "said", True)
    banner.problem("The stick is full.")
    banner.quietly("Saved 09:13.")
    assert banner.words == "The stick is full."


def test_a_question_with_a_field_begins_in_it_and_the_verb_comes_before_cancel(qtbot: QtBot) -> None:
    question = _TextQuestion(None, "Add a user", "", "Name", Choice("yes", "Add", "primary"), check=lambda _text: "")
    qtbot.addWidget(question)
    question.show()
    question.activateWindow()
    qtbot.waitUntil(question.edit.hasFocus)
    assert question.buttons["yes"].x() < question.buttons["cancel"].x()


def test_the_icon_of_a_button_follows_the_text_size(qtbot: QtBot, look: Look) -> None:
    made = button("&Print…", lambda: None, icon_name="printer")
    dress(made)
    qtbot.addWidget(made)
    made.show()
    before = made.sizeHint().height()
    try:
        look.set_text_size(200)
        assert made.sizeHint().height() > before
        assert made.iconSize().width() == 36
    finally:
        look.set_text_size(100)


def test_the_palette_of_the_schemes_greys_what_is_disabled() -> None:
    for colours in (LIGHT, DARK):
        greyed = to_palette(colours).color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        assert greyed == QColor(colours.disabled)


def test_tab_goes_from_the_summary_through_its_lines_to_the_fields(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    summary, field, last = ProblemSummary(lambda _name: None), QLineEdit(), QPushButton("Last")
    for each in (summary, field, last):
        column.addWidget(each)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    summary.show_problems((Problem("dob", "unreadable", "Not a date."), Problem("upn", "missing", "Enter the UPN.")))
    qtbot.waitUntil(summary.hasFocus)
    for wanted in (*summary.lines, field, last):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is wanted
