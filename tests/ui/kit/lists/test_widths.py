"""What room is left goes where words would be cut, and then to all alike."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.widths import Stretch, share_room, words_width
from pupil_desk.ui.pages.pupils.record.care.needs import days
from pupil_desk.ui.style import tokens


def test_long_words_have_their_room_before_any_column_has_more_than_its_own() -> None:
    assert share_room(400, {0: Stretch(80, 250, 0), 3: Stretch(80, 90, 0)}) == {0: 280, 3: 120}


def test_where_there_is_too_little_the_long_give_way_and_none_beneath_its_least() -> None:
    assert share_room(200, {0: Stretch(80, 250, 0), 1: Stretch(40, 60, 0)}) == {0: 140, 1: 60}
    assert share_room(-50, {0: Stretch(80, 250, 0), 1: Stretch(40, 60, 0)}) == {0: 80, 1: 40}


def test_none_is_wider_than_its_most() -> None:
    assert share_room(700, {0: Stretch(80, 100, 200), 1: Stretch(80, 100, 0)}) == {0: 200, 1: 500}


def test_what_the_words_of_others_leave_goes_to_words_that_are_cut_and_then_to_who_stretches() -> None:
    def widths(room: int) -> dict[int, int]:
        return share_room(room, {0: Stretch(80, 250, 0), 1: Stretch(100, 160, 0, last=True), 2: Stretch(100, 120, 0, last=True)})

    assert widths(600) == {0: 320, 1: 160, 2: 120}  # each has room for its words, and the first takes the rest
    assert widths(500) == {0: 250, 1: 130, 2: 120}  # who lacks least comes first
    assert widths(400) == {0: 200, 1: 100, 2: 100}  # the words of the first have no room either


def test_one_whose_words_come_first_leaves_the_others_what_they_keep() -> None:
    def shared(room: int) -> dict[int, int]:
        return share_room(room, {0: Stretch(80, 280, 0, first=220), 1: Stretch(100, 300, 0)})

    assert shared(400) == {0: 280, 1: 120}
    assert shared(350) == {0: 220, 1: 130}, "where its words have no room, what the shortest take"
    assert shared(300) == {0: 200, 1: 100}


def test_the_longest_name_and_the_most_signs_of_another_are_not_added_up(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    names = Column[str]("name", "Name", str, signs=lambda row: [("first-aid", "bad")] * (3 if row == "Fern, Mia" else 1))
    long = "Nightingale, Idris, born 24 Nov 2011"
    assert words_width(names, [long, "Fern, Mia"], metrics) == words_width(names, [long], metrics)
    assert words_width(names, ["Fern, Mia"], metrics) > metrics.horizontalAdvance("Fern, Mia") + 3 * tokens.ICON


def test_a_heading_of_two_lines_is_as_wide_as_the_longer_one(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    one = Column[str]("absence", "Unauthorised", str, width=20)
    two = Column[str]("absence", "Unauthorised\nabsence", str, width=20)
    assert words_width(two, ["1.8 %"], metrics) == words_width(one, ["1.8 %"], metrics)


def test_a_day_of_a_period_is_whole_though_the_first_in_the_list_had_none(qapp: QApplication) -> None:
    """A list of the record is sized by the pupil it first shows: «19 Jan 20…» stood where that one's was not known."""
    metrics = QFontMetrics(qapp.font())
    for column in days(SenPeriod):
        assert words_width(column, [SenPeriod(provision="K")], metrics) >= metrics.horizontalAdvance("19 Jan 2026") + 2 * tokens.M
