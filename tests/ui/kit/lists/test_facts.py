"""Facts that are read: each beneath its name, and those before are gone."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.facts import Facts


def in_view(facts: Facts) -> list[str]:
    labels = [found for found in facts.findChildren(QLabel) if found.isVisible()]
    return [found.text() for found in sorted(labels, key=lambda found: found.mapTo(facts, found.rect().topLeft()).y())]


def test_each_fact_stands_beneath_its_name_and_others_take_the_place_of_those_before(qtbot: QtBot) -> None:
    facts = Facts((("Where", "Yard"), ("Members of staff", "Sam Whitlock")))
    qtbot.addWidget(facts)
    facts.show()
    assert in_view(facts) == ["Where", "Yard", "Members of staff", "Sam Whitlock"]
    facts.show_facts((("Day", "24 November 2026"),))
    qtbot.waitUntil(lambda: in_view(facts) == ["Day", "24 November 2026"])
    assert facts.text == "Day: 24 November 2026"
