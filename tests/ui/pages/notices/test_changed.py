"""What changed in a notice: all of the line one is on is read, and the list above ends with a whole row."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.notices.change import NoticeChange
from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.pages.notices.changed import Changes
from pupil_desk.ui.style.look import Look, dress


def _shown(qtbot: QtBot, number: int, after: str, height: int = 320) -> tuple[QWidget, Changes]:
    place = QWidget()
    changes = Changes()
    changes.setParent(place)
    dress(place)
    qtbot.addWidget(place)
    place.resize(600, 600)
    changes.resize(560, height)
    place.show()
    changes.show_changes(
        [NoticeChange("section-added", (str(place),), f"There is a new part, “{place}”.", after=after) for place in range(number)],
        none="Nothing would change",
    )
    QApplication.processEvents()
    return place, changes


def _rows_seen(changes: Changes) -> float:
    table = changes.table
    return table.viewport().height() / table.verticalHeader().defaultSectionSize()


def test_all_that_is_said_of_a_change_is_read_beneath_a_long_list(qtbot: QtBot, look: Look) -> None:
    _place, changes = _shown(qtbot, 12, "# A title\n\nWe keep the day on which you came.")
    area = changes._detail_area
    assert area.verticalScrollBar().maximum() == 0
    assert changes.after.visibleRegion().boundingRect() == changes.after.rect()
    assert _rows_seen(changes) >= 4
    assert abs(_rows_seen(changes) - round(_rows_seen(changes))) < 0.15, "no row is cut"


def test_a_list_of_few_ends_with_its_rows_and_the_words_stand_right_beneath(qtbot: QtBot, look: Look) -> None:
    _place, changes = _shown(qtbot, 2, "# A title")
    assert changes.table.height() == height_of(changes.table, 2)
    assert 0 < changes._detail_area.y() - changes.table.geometry().bottom() <= 8


def test_what_is_very_long_scrolls_in_half_of_the_room(qtbot: QtBot, look: Look) -> None:
    _place, changes = _shown(qtbot, 12, "We keep the day on which you came. " * 40)
    area = changes._detail_area
    assert area.verticalScrollBar().isVisible()
    assert 0.4 * changes.height() < area.height() <= changes.height() / 2
    changes.resize(560, 240)
    QApplication.processEvents()
    assert area.height() <= 120, "and gives way with the window"
    assert _rows_seen(changes) >= 2
