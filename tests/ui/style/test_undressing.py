"""Pages come and go all day: of what is taken apart nothing stays, not in Qt's own memory either."""

from datetime import date

import shiboken6
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QLineEdit, QScrollArea, QSpinBox, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.codebox import CodeBox
from pupil_desk.ui.kit.words import column_in, label
from pupil_desk.ui.style.look import dress, undress


def test_a_row_that_goes_ends_its_items_with_it() -> None:
    owner = QWidget()
    row = FlowLayout(owner, 4)
    for words in ("one", "two"):
        row.addWidget(label(words))
    items = list(row._items)
    shiboken6.delete(owner)
    assert not any(map(shiboken6.isValid, items))


def test_the_lines_within_boxes_are_undressed_before_a_view_goes(qtbot: QtBot) -> None:
    window = QStackedWidget()
    dress(window)
    qtbot.addWidget(window)
    view, part = QScrollArea(), QWidget()
    boxes = [CodeBox("sex", today=date(2026, 11, 24), name="Sex"), QSpinBox()]
    column_in(part, None, *boxes)
    view.setWidget(part)
    window.addWidget(view)
    window.show()
    lines = part.findChildren(QLineEdit)
    assert len(lines) == len(boxes)
    undress(view)
    assert all(line.styleSheet() for line in lines)
    for gone in (part, view):
        gone.deleteLater()


def test_qt_keeps_few_pictures_of_pages_that_have_gone() -> None:
    assert QPixmapCache.cacheLimit() <= 1_024
