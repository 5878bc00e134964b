"""A list of few rows ends with them; one with more than there is room for scrolls."""

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in
from pupil_desk.ui.style.look import Look, dress


def _list_over_words(qtbot: QtBot) -> tuple[ShortTable[str], QLabel, QWidget]:
    people: ShortTable[str] = ShortTable(
        [Column("name", "Name", str, stretch=True)], name="People", id_of=str, empty=EmptyState("user", "Nobody yet", "Add somebody.")
    )
    page, words = QWidget(), QLabel("What is said of it")
    column_in(page, 8, people, words, STRETCH)
    dress(page)
    qtbot.addWidget(page)
    page.resize(500, 600)
    page.show()
    return people, words, page


def _gap(people: ShortTable[str], words: QLabel, last: int) -> int:
    """The pixels from the foot of the row to the words."""
    QApplication.processEvents()
    row = people.visualRect(people.model_.index(last, 0))
    return words.y() - people.y() - people.viewport().y() - row.bottom()


def test_the_words_beneath_stand_right_under_the_last_row(qtbot: QtBot, look: Look) -> None:
    people, words, _page = _list_over_words(qtbot)
    for names in (["Nia"], ["Nia", "Ruby", "Ines", "Theo"]):
        people.show_rows(names)
        assert 0 < _gap(people, words, len(names) - 1) <= 16
        assert not people.verticalScrollBar().isVisible()
    look.set_text_size(200)
    try:
        assert 0 < _gap(people, words, 3) <= 16
    finally:
        look.set_text_size(100)


def test_one_of_more_rows_than_there_is_room_for_scrolls(qtbot: QtBot) -> None:
    people, words, _page = _list_over_words(qtbot)
    people.show_rows([f"Pupil {number}" for number in range(40)])
    QApplication.processEvents()
    assert people.verticalScrollBar().isVisible()
    assert words.geometry().bottom() < 600


def test_why_it_is_empty_is_seen_whole(qtbot: QtBot) -> None:
    people, _words, _page = _list_over_words(qtbot)
    people.show_rows([])
    QApplication.processEvents()
    assert people.empty is not None
    assert people.viewport().height() >= people.empty.minimumSizeHint().height()


def test_in_a_narrow_place_why_it_is_empty_is_not_left_out(qtbot: QtBot) -> None:
    people, _words, page = _list_over_words(qtbot)
    assert people.empty is not None
    people.show_rows([])
    people.empty.say("No export of your own yet", "Such as the names of those on a work placement, for the employer, with consent. " * 2)
    page.resize(200, 600)
    QApplication.processEvents()
    assert people.empty.text.isVisible()
    assert people.empty.text.visibleRegion().boundingRect() == people.empty.text.rect()
