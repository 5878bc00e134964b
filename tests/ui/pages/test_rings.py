"""The ring of the focus lies over no words, on the card of a pupil and where one answers by letters."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from tests.ui.drawn import Picture, under_rings
from tests.ui.pages.made import pupil_called
from tests.ui.whole import whole_window


@pytest.mark.parametrize("name", ["pupils", "sharing", "consents"])
def test_no_ring_lies_over_words(qtbot: QtBot, desk: Desk, tmp_path: Path, name: str) -> None:
    window = whole_window(qtbot, desk, tmp_path, 1366, 737)
    window.show()
    window.go(name, pupil_called(desk, "Theo").id)
    for _turn in range(8):
        QApplication.processEvents()
    assert list(under_rings(Picture(window))) == []
