"""What the survey of every window measures in its picture is found where it is planted, and nothing is found in a window in order."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.style.look import dress
from tests.ui.drawn import Picture, cut, painted_over, under_rings, unseen

_WHOLE, _SCALE = QRect(), 1.75


def in_order(window: QWidget) -> None:
    for top, part in enumerate((QLabel("Legal surname", window), QLineEdit("Nia", window), QPushButton("Save", window))):
        part.setGeometry(20, 20 + 50 * top, 200, 36)


def pale_words(window: QWidget) -> None:
    label = QLabel("Legal surname", window)
    label.setStyleSheet("color: #999999")
    label.setGeometry(20, 20, 200, 36)


def pale_icon(window: QWidget) -> None:
    label, sign = QLabel(window), QPixmap(QSize(18, 18))
    sign.fill("#f3f4f6")
    label.setPixmap(sign)
    label.setGeometry(20, 20, 40, 36)


def pale_edge(window: QWidget) -> None:
    line = QLineEdit(window)
    line.setStyleSheet("border: 1px solid #eeeeee")
    line.setGeometry(20, 20, 200, 36)


def pale_cell(window: QWidget) -> None:
    table = QTableWidget(1, 1, window)
    cell = QTableWidgetItem("Kestrel, Nia")
    cell.setForeground(QColor("#bbbbbb"))
    table.setItem(0, 0, cell)
    table.setGeometry(20, 20, 300, 120)


def low_label(window: QWidget) -> None:
    QLabel("Legal surname, as it stands", window).setGeometry(20, 20, 200, 9)


def narrow_button(window: QWidget) -> None:
    QPushButton("Put the record back as it was", window).setGeometry(20, 20, 100, 36)


def narrow_tick(window: QWidget) -> None:
    QCheckBox("Put the record back as it was", window).setGeometry(20, 20, 110, 36)


def narrow_list(window: QWidget) -> None:
    box = QComboBox(window)
    box.addItem("Who has not answered in this year")
    box.setGeometry(20, 20, 100, 36)


def one_on_another(window: QWidget) -> None:
    QLabel("Legal surname", window).setGeometry(20, 20, 200, 36)
    QLineEdit("Nia", window).setGeometry(QRect(100, 40, 200, 36))


def words_close_above(window: QWidget) -> None:
    QLabel("Jump gladly", window).setGeometry(20, 20, 200, 22)
    QLineEdit("Nia", window).setGeometry(20, 40, 200, 36)


def test_words_under_the_ring_of_the_focus_are_found(qtbot: QtBot) -> None:
    for plant, names in ((words_close_above, ["Jump gladly"]), (in_order, [])):
        window = QWidget()
        qtbot.addWidget(window)
        plant(window)
        dress(window)
        window.resize(400, 240)
        window.show()
        lying = list(under_rings(Picture(window)))
        assert [name for name in names if any(f"lies over QLabel «{name}»" in words for words in lying)] == names
        assert len(lying) == len(names)


def found(window: QWidget) -> list[str]:
    picture = Picture(window)
    return [*unseen(picture), *cut(picture), *painted_over(window)]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (pale_words, "is drawn with a contrast"),
        (pale_icon, "is drawn with a contrast"),
        (pale_edge, "has an edge with a contrast"),
        (pale_cell, "is drawn with a contrast"),
        (low_label, "is cut at its"),
        (narrow_button, "is cut at its"),
        (narrow_tick, "is cut at its"),
        (narrow_list, "is cut at its"),
        (one_on_another, "stand on one another"),
    ],
)
def test_what_is_wrong_in_the_picture_is_found(qtbot: QtBot, plant: Callable[[QWidget], None], said: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    plant(window)
    dress(window)
    window.resize(400, 240)
    window.show()
    assert any(said in wrong for wrong in found(window))


def grey_edge_beside_a_letter(window: QWidget) -> None:
    line, stroke = QLineEdit(window), QWidget(window)
    line.setStyleSheet("border: 1px solid #89919a")  # 3.2 from its ground, as an edge of 1 pixel is at 125 %
    line.setGeometry(20, 20, 200, 36)
    stroke.setStyleSheet("background: #d8d9da")
    stroke.setGeometry(34, 30, 1, 16)


def button_of_a_low_window(window: QWidget) -> None:
    push_button = QPushButton("Undo", window)
    push_button.setProperty("look", "line")
    push_button.setGeometry(20, 20, 100, 36)


@pytest.mark.parametrize("plant", [in_order, grey_edge_beside_a_letter, button_of_a_low_window])
def test_nothing_is_wrong_with_a_window_in_order(qtbot: QtBot, plant: Callable[[QWidget], None]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    plant(window)
    dress(window)
    window.resize(400, 240)
    window.show()
    assert found(window) == []


class _At175(QWidget):
    """Drawn as on a screen at 175 %."""

    def grab(self, rectangle: QRect = _WHOLE) -> QPixmap:
        drawn = QPixmap(self.size() * _SCALE)
        drawn.setDevicePixelRatio(_SCALE)
        self.render(drawn)
        return drawn


def test_a_filled_label_that_begins_half_way_through_a_pixel_is_not_cut(qtbot: QtBot) -> None:
    window = _At175()
    qtbot.addWidget(window)
    words = QLabel("Training unit", window)
    words.setObjectName("training")
    words.setGeometry(22, 14, 170, 36)  # at 38.5 and 24.5 of the screen's pixels
    dress(window)
    window.resize(400, 240)
    window.show()
    assert list(cut(Picture(window))) == []
