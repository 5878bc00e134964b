"""Settings are found by their words, and rules beneath them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics import rulefacts
from pupil_desk.basics.rulefiles import RuleSet, apart
from pupil_desk.services.program import guides
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.settings import SettingsPage
from pupil_desk.ui.pages.settings.finding import found_rules


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.on_show()
    return made


def test_a_setting_is_found_by_its_words_and_shown(qtbot: QtBot, page: SettingsPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.search()
    qtbot.keyClicks(QApplication.focusWidget(), "minutes lock")
    assert [page.finder.matches.item(row).text() for row in range(page.finder.matches.count())] == [
        "Lock after so many minutes without input (Cautions)"
    ]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    field = page.form.fields["lock_minutes"]
    assert field.isVisible()
    assert field.isAncestorOf(QApplication.focusWidget())
    assert not page.form.fields["name"].isVisible()
    assert page.finder.matches.isHidden()


def test_what_is_no_item_is_found_too_and_what_nothing_says_is_told(qtbot: QtBot, page: SettingsPage) -> None:
    qtbot.keyClicks(page.finder.find_box, "half-term")
    qtbot.keyClick(page.finder.find_box, Qt.Key.Key_Return)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "School &year"
    qtbot.keyClicks(page.finder.find_box, "xyzzy")
    assert page.finder.matches.item(0).text() == "No setting says that."


def test_rules_whose_names_say_it_stand_beneath_every_setting(page: SettingsPage) -> None:
    def found(typed: str) -> list[str]:
        page.finder._find(typed)
        return [page.finder.matches.item(row).text() for row in range(page.finder.matches.count())]

    assert found("law")[0] == "Rules in force: law, periods, code lists (Rules)"
    assert "Main and commissioning schools (Who else is told)" in found("notice"), "by its hint"
    assert found("law asks privacy notice")[0] == "What the law asks of the privacy notice (Rules)"


def test_where_the_rules_are_read_a_key_in_the_box_starts_no_thread(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guides, "are_read", lambda: False)
    monkeypatch.setattr(type(context.making), "beside", lambda _making, _work: pytest.fail("a thread of its own"))
    rules = rulefacts.all_facts()
    assert len(found_rules(context, print)) == len(rules)
    with apart(RuleSet()):
        assert not rulefacts.are_read(), "by other rules"
