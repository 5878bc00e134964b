"""The main act of a page is within five Tab stops from where one stands when the page opens: counted by real Tab keys in the whole window."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import contacts, pupils
from tests.ui.whole import whole_window

MOST = 5


@pytest.mark.parametrize(
    ("page", "act"),
    [("exports", "Prepare it (Enter)"), ("notices", "Print…"), ("notices", "Record as given"), ("requests", "New request…")],
)
def test_the_main_act_is_within_five_tab_stops_of_the_opening(qtbot: QtBot, desk: Desk, tmp_path: Path, page: str, act: str) -> None:
    pupil = pupils.add_pupil(
        desk, Pupil(surname="Ash", forename="Una", dob=date(2012, 1, 5)), Enrolment(status="C", start_date=date(2026, 9, 2))
    )
    contacts.add_contact(
        desk, Contact(pupil_id=pupil.id, surname="Ash", forename="Jo", relationship="PAM", parental_responsibility=True, lives_with=True)
    )
    window = whole_window(qtbot, desk, tmp_path, 1366, 737)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(page)
    stops = []
    for _press in range(MOST):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget().accessibleName())
    assert any(stop.startswith(act) for stop in stops), stops
