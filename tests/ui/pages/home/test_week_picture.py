"""The week's attendance as a picture, with the same in words."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.services.home.week import SchoolDay
from pupil_desk.ui.pages.home.week_picture import WeekPicture


def test_what_the_picture_shows_is_said_in_words_and_to_screen_readers(qtbot: QtBot) -> None:
    picture = WeekPicture()
    qtbot.addWidget(picture)
    picture.show_days([SchoolDay(date(2026, 11, 23), 110, 98), SchoolDay(date(2026, 11, 24), 0, 0)])
    assert picture.words.text() == "89.1 % of the sessions marked up to 24 Nov 2026 were attended."
    assert [(point.label, point.size, point.words) for point in picture.chart.points] == [
        ("Monday", 89.1, "89.1 % (98 of 110)"),
        ("Tuesday", None, "not marked yet"),
    ]
    assert picture.chart.accessibleDescription().endswith("Monday 89.1 % (98 of 110) and Tuesday not marked yet.")
    picture.show_days([])
    assert picture.isHidden()
