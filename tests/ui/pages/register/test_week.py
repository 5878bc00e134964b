"""The week in a window: what tells namesakes apart takes no room from the days."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.pupils import pupils
from tests.ui.pages.register.conftest import TODAY, Room


def test_in_a_week_what_tells_namesakes_apart_stands_below_the_name_and_no_day_is_out_of_sight(room: Room) -> None:
    pupils.add_pupil(
        room.desk, Pupil(surname="Nash", forename="Ben", dob=date(2010, 11, 24)), Enrolment(status="C", start_date=date(2026, 9, 2))
    )
    room.window.resize(1366, 737)
    room.page.refresh()
    room.page._go_to(TODAY, is_week=True)
    QApplication.processEvents()
    grid, names = room.grid, [str(room.grid.model_.headerData(row, Qt.Orientation.Vertical)) for row in range(room.grid.model_.rowCount())]
    namesakes = [row for row, name in enumerate(names) if "Nash" in name]
    assert [names[row] for row in namesakes] == ["Nash, Ben,\nborn 24 Nov 2010", "Nash, Ben,\nborn 9 Jan 2012"]
    assert all(grid.rowHeight(row) >= 2 * grid.fontMetrics().height() for row in namesakes)
    assert grid.rowHeight(0) < grid.rowHeight(namesakes[0])
    assert grid.horizontalScrollBar().maximum() == 0
    room.page._go_to(TODAY, is_week=False)
    assert "Nash, Ben, born 9 Jan 2012" in [grid.model_.headerData(row, Qt.Orientation.Vertical) for row in range(grid.model_.rowCount())]
    assert len({grid.rowHeight(row) for row in range(grid.model_.rowCount())}) == 1
