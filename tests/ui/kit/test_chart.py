"""The chart: drawn as bars or a line, walked by keys, and told to who does not see it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.chart import Chart, Point
from pupil_desk.ui.style.look import Look, colours

POINTS = (
    Point("Year 7", 40.0, "40.0 %"),
    Point("Year 8", 80.0, "80.0 %"),
    Point("Year 9", None, "c", is_hidden=True),
    Point("Year 10", None, "–"),
    Point("Year 11", 0.0, "0.0 %"),
)


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    made = Chart()
    qtbot.addWidget(made)
    made.show_points(POINTS, highest=100, is_line=False, name="Chart: Attendance", description="Attendance by year group. Year 7: 40.0 %.")
    made.resize(600, made.sizeHint().height())
    made.show()
    return made


def filled(chart: Chart, at: int) -> int:
    """How many pixels of the bar's colour stand in the middle of a row."""
    picture: QImage = chart.grab().toImage()
    accent, y = QColor(colours().accent).rgb(), round(chart._spot(at))
    return sum(picture.pixel(x, y) == accent for x in range(picture.width()))


def test_a_bar_is_as_long_as_its_number_and_none_stands_where_there_is_none(chart: Chart) -> None:
    short, long, hidden, none, zero = (filled(chart, at) for at in range(5))
    assert long == pytest.approx(2 * short, abs=3)
    assert short > 100
    assert hidden == none == zero == 0


def test_a_hidden_one_is_hatched_so_that_it_is_not_taken_for_none(chart: Chart) -> None:
    picture = chart.grab().toImage()

    def inks(at: int) -> set[int]:
        y = round(chart._spot(at))
        return {picture.pixel(x, y + by) for x in range(picture.width()) for by in (-4, 0, 4)}

    assert len(inks(2)) > len(inks(3) - inks(2))
    assert QColor(colours().edge).rgb() in inks(2)


def test_keys_go_over_the_numbers_and_stay_within(chart: Chart, qtbot: QtBot) -> None:
    gone: list[int] = []
    chart.point_changed.connect(gone.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert gone == [1, 2, 1, 4, 4, 0, 0]


def test_a_click_goes_to_the_nearest(chart: Chart, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint

    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(300, round(chart._spot(3))))
    assert chart.current_index == 3


def test_a_screen_reader_has_the_sentence(chart: Chart) -> None:
    assert chart.accessibleName() == "Chart: Attendance"
    assert chart.accessibleDescription().startswith("Attendance by year group.")


def test_a_line_is_broken_where_a_number_is_hidden(chart: Chart) -> None:
    chart.show_points(POINTS, highest=100, is_line=True, name="C", description="T")
    assert chart._runs() == [[0, 1], [4]]
    assert not chart.grab().isNull()


def test_nothing_to_show_draws_nothing_and_keys_do_nothing(chart: Chart, qtbot: QtBot) -> None:
    for line in (True, False):
        chart.show_points((), highest=0, is_line=line, name="C", description="")
        qtbot.keyClick(chart, Qt.Key.Key_Down)
        assert chart.current_index == 0
        assert not chart.grab().isNull()


def test_it_grows_with_the_text(chart: Chart, look: Look) -> None:
    before = chart.sizeHint().height()
    look.set_text_size(200)
    try:
        chart.ensurePolished()
        assert chart.sizeHint().height() > 1.5 * before
    finally:
        look.set_text_size(100)


def test_a_small_one_has_upright_bars_as_tall_as_their_numbers_and_is_walked_alike(qtbot: QtBot) -> None:
    made = Chart(small=True)
    qtbot.addWidget(made)
    made.show_points(POINTS, highest=100, is_line=False, name="Attendance this term", description="Week of 2 Sep: 40.0 %.")
    made.resize(made.sizeHint())
    made.show()
    picture, accent = made.grab().toImage(), QColor(colours().accent).rgb()

    def tall(at: int) -> int:
        return sum(picture.pixel(round(made._spot(at)), y) == accent for y in range(picture.height()))

    assert tall(1) == pytest.approx(2 * tall(0), abs=2)
    assert tall(0) > 3
    assert tall(2) == tall(4) == 0
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.current_index == 1
