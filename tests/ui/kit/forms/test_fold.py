"""Fields that are folded away: one button shows and folds them, under one name; a screen reader hears which."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch import presses


def test_the_button_keeps_its_name_and_says_whether_it_is_folded(qtbot: QtBot) -> None:
    form = Form(Incident, today=date(2026, 11, 24), only=("place", "damage"), folds=(("Damage done", ("damage",)),))
    qtbot.addWidget(form)
    form.show()
    (fold,) = form.folds
    assert (fold.is_open, fold.button.accessibleName(), fold.button.accessibleDescription()) == (False, "Damage done", "Folded")
    fold.button.click()
    assert (fold.is_open, fold.button.accessibleName(), fold.button.accessibleDescription()) == (True, "Damage done", "")
    qtbot.keyClick(fold.button, Qt.Key.Key_Space)
    assert (fold.is_open, fold.button.accessibleDescription()) == (False, "Folded")


def test_what_unfolds_is_brought_into_view_once_the_pointer_is_calm(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [20]  # ms until it is
    monkeypatch.setattr(presses, "calm_in", lambda _place: left[0])
    form = Form(Incident, today=date(2026, 11, 24), only=("place", "account", "damage"), folds=(("Damage done", ("damage",)),))
    area = scrolled(form)
    qtbot.addWidget(area)
    area.resize(500, 230)
    area.show()
    (fold,) = form.folds
    area.ensureWidgetVisible(fold.button)
    QApplication.processEvents()
    field, before = form.fields["damage"], fold.button.mapTo(area, QPoint(0, 0))
    fold.button.click()
    QApplication.processEvents()
    assert fold.button.mapTo(area, QPoint(0, 0)) == before, "another field would lie under the pointer that has just clicked"
    left[0] = 0
    qtbot.waitUntil(lambda: fold.button.mapTo(area, QPoint(0, 0)).y() < before.y())
    assert not field.visibleRegion().isEmpty()
