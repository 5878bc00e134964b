"""Fields that are folded away: one button shows and folds them, under one name; a screen reader hears which."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch import presses
from pupil_desk.ui.kit.words import column_of
from tests.ui.still import HalfASecond, click_and_watch


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


def test_a_field_that_a_button_of_its_form_leads_to_comes_into_view_once_the_pointer_is_calm_unless_that_is_stale(qtbot: QtBot) -> None:
    form = Form(Incident, today=date(2026, 11, 24), only=("place", "account", "damage"))
    lead, outside = QPushButton("Enter the damage"), QPushButton("Enter the damage, from beside it")
    area = scrolled(column_of(lead, form))
    window = column_of(area, outside)
    qtbot.addWidget(window)
    window.resize(500, 200)
    window.show()
    qtbot.waitExposed(window)
    bar, damage = area.verticalScrollBar(), form.fields["damage"]
    for button in (lead, outside):
        button.clicked.connect(lambda: form.focus("damage"))
    with HalfASecond.watched() as time:

        def click_at_the_top(button: QWidget) -> None:
            bar.setValue(0)
            assert click_and_watch(button, time) == []

        click_at_the_top(lead)
        assert bar.value() == 0, "another field would lie under the pointer that has just clicked"
        time.calm(window)
        assert bar.value() > 0
        assert not damage.visibleRegion().isEmpty()
        for since in (
            form.fields["place"].editor.field.setFocus,
            partial(form.show_record, Incident(kind="fight", day=date(2026, 11, 23), part="took_part")),
            partial(bar.setValue, 5),
        ):
            click_at_the_top(lead)
            since()
            at = bar.value()
            time.calm(window)
            assert bar.value() == at, "who is elsewhere by then, has saved it or has scrolled is led nowhere"
        click_at_the_top(outside)
        assert not damage.visibleRegion().isEmpty(), "at once: nothing moves where the pointer is"
