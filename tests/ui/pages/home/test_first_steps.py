"""The first steps on Home: what is left leads there, what is done is named, and they are hidden, shown again and gone."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.home.first_steps import FirstStep
from pupil_desk.services.unit import units
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.home import looking
from pupil_desk.ui.pages.home.duty_card import DutyLine
from pupil_desk.ui.pages.home.first_steps import FirstSteps

STEPS = [
    FirstStep("Pupils", "Read in a list", "import", None, True),
    FirstStep("School year", "Confirm the terms", "settings", "year", False),
]


def test_what_is_left_leads_there_and_what_is_done_is_named(qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]) -> None:
    steps = FirstSteps(context)
    qtbot.addWidget(steps)
    steps.show_steps(STEPS)
    steps.show()
    assert steps.heading.text() == "First steps: 1 of 2 done"
    assert steps.done.text() == "Done: Pupils"
    (line,) = steps.findChildren(DutyLine)
    line.click()
    assert went == [("settings", "year")]
    steps.hide_button.click()
    assert steps.heading.isHidden()
    assert steps.card is None
    again = FirstSteps(context)
    qtbot.addWidget(again)
    again.show_steps(STEPS)
    assert again.heading.isHidden()
    again.show_button.click()
    assert not again.heading.isHidden()
    again.show_steps([STEPS[0]])
    assert again.isHidden()


def test_in_the_training_unit_it_is_the_first_hour(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "is_training", lambda _desk: True)
    steps = FirstSteps(context)
    qtbot.addWidget(steps)
    steps.show_steps(STEPS)
    assert steps.heading.text() == "First hour: 1 of 2 done"
    steps.hide_button.click()
    monkeypatch.undo()
    of_unit = FirstSteps(context)
    qtbot.addWidget(of_unit)
    assert not of_unit.is_hidden


def test_home_of_the_training_unit_leads_through_the_hour_and_of_another_through_its_beginning(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [step.name for step in looking.look(desk, lambda *_place: True, lambda: None).steps][:2] == ["Pupils", "People"]
    monkeypatch.setattr(looking, "is_training", lambda _desk: True)
    assert [step.name for step in looking.look(desk, lambda *_place: True, lambda: None).steps][:2] == ["Find", "Correct"]
