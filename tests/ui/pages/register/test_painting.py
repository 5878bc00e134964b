"""Closed, still to come and not marked are told apart in the register without colour: by strokes, in a contrast theme where all grounds are one."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication

from pupil_desk.ui.style.look import Look
from tests.ui.pages.register.conftest import TODAY, Room
from tests.ui.style.test_contrast_themes import palette_of

CLOSED = date(2026, 11, 27)  # an INSET day of the unit
TOMORROW = date(2026, 11, 25)


def _strokes(room: Room, day: date, *, in_corner: bool = False) -> float:
    """The share of a cell in which nothing is entered or expected that is drawn on, within its edges; or of its corner, where no words stand."""
    sheet = room.grid.model_.sheet
    assert sheet is not None
    column = [day for day, _session in sheet.columns].index(day)
    row = next(row for row in range(1, len(sheet.rows)) if not sheet.cell_at(row, column).code and not sheet.cell_at(row, column).expected)
    place: QRect = room.grid.visualRect(room.grid.model_.index(row, column)).adjusted(4, 4, -4, -4)
    assert room.grid.viewport().rect().contains(place)
    if in_corner:
        place.setSize(QSize(8, 8))
    cell = room.grid.viewport().grab(place).toImage()
    pixels = [cell.pixelColor(x, y).lightness() for x in range(cell.width()) for y in range(cell.height())]
    ground = max(set(pixels), key=pixels.count)
    return sum(abs(pixel - ground) > 40 for pixel in pixels) / len(pixels)


@pytest.mark.parametrize("is_week", [True, False])
def test_closed_to_come_and_not_marked_differ_in_strokes(room: Room, look: Look, monkeypatch: pytest.MonkeyPatch, is_week: bool) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(look, "_high_contrast", lambda: True)
        patch.setattr(look, "_system_palette", lambda: palette_of("night sky"))
        look.set_scheme("light")
        found = {}
        for name, day in (("not marked", TODAY), ("to come", TOMORROW), ("closed", CLOSED)):
            room.page._go_to(day, is_week=is_week)
            room.window.resize(1366, 780)
            QApplication.processEvents()
            room.grid.go(0, 0)
            found[name] = _strokes(room, day), _strokes(room, day, in_corner=True)
    look.set_scheme("light")
    assert [found[name][1] > 0 for name in ("not marked", "to come", "closed")] == [False, False, True]
    assert 0 < found["not marked"][0] != found["to come"][0]


def test_what_has_not_begun_says_so_and_looks_as_open_as_any(room: Room) -> None:
    painter = room.grid.itemDelegate()
    room.page._go_to(TOMORROW, is_week=False)
    cell = room.grid.current()
    assert cell is not None
    assert cell.open
    assert not cell.has_begun
    assert painter._label(cell, "") == "not begun"  # type: ignore[attr-defined]
    room.page._go_to(TODAY, is_week=False)
    cell = room.grid.current()
    assert cell is not None
    assert painter._label(cell, "") == "not marked"  # type: ignore[attr-defined]


def test_without_room_for_words_what_is_not_marked_has_a_ring_and_what_is_to_come_nothing(room: Room) -> None:
    room.page._go_to(TODAY, is_week=True)
    room.window.resize(900, 780)
    QApplication.processEvents()
    for column in range(10):
        room.grid.setColumnWidth(column, 30)
    room.grid.go(0, 0)
    assert _strokes(room, TODAY) > 0
    assert _strokes(room, TOMORROW) == 0
