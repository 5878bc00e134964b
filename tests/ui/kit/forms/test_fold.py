"""Fields that are folded away: one button shows and folds them, under one name; a screen reader hears which."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.ui.kit.forms.form import Form


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
