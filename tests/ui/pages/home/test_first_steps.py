"""The first steps on Home: what is left leads there, what is done is named, and they are hidden, shown again and gone."""

import dataclasses

from pytestqt.qtbot import QtBot

from pupil_desk.services.home.step import FirstStep
from pupil_desk.ui.kit.context import Context
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


def test_in_the_training_unit_it_is_the_first_hour_hidden_by_itself(qtbot: QtBot, context: Context) -> None:
    steps = FirstSteps(context)
    qtbot.addWidget(steps)
    steps.show_steps([dataclasses.replace(step, of_hour=True) for step in STEPS])
    assert steps.heading.text() == "First hour: 1 of 2 done"
    steps.hide_button.click()
    assert steps.is_hidden
    steps.show_steps(STEPS)
    assert not steps.is_hidden
    assert steps.heading.text() == "First steps: 1 of 2 done"
