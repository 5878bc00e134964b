"""Rules, in Settings: where each comes from; a pack is seen before it is taken, and taken back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefacts import RuleFacts
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.rules import packs
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.settings import SettingsPage
from pupil_desk.ui.window import Window
from tests.services.rules.made import REGULATOR, a_pack, corrections, ours
from tests.ui.pages.made import as_role
from tests.ui.whole import whole_window

__all__ = ["ours"]
pytestmark = pytest.mark.usefixtures("ours")
NEW, OLD = "Information Commission of the United Kingdom", "Information Commissioner’s Office (ICO)"


def opened(qtbot: QtBot, context: Context) -> SettingsPage:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    context.news.changed.connect(page.on_change)
    page.resize(1000, 700)
    page.show()
    page.on_show("rules")
    return page


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "stick.pupildesk-rules"
    path.write_bytes(a_pack(corrections()))
    return path


def regulator(desk: Desk) -> str:
    return regulator_on(desk.settings, desk.today).name


def test_every_rule_stands_there_with_its_source(qtbot: QtBot, context: Context) -> None:
    rules = opened(qtbot, context).rules
    assert rules.isVisible()
    assert rules.taken.text() == "No pack of rules is in force: these are the program’s own."
    assert rules.back_button.isHidden()
    place = next(place for place, rule in enumerate(rules.table.rows) if rule.name == REGULATOR)
    rules.table.selectRow(place)
    assert rules.says.text().startswith(
        "Who watches over data protection: Information Commissioner’s Office (ICO), law: Data Protection Act 2018"
    )
    assert rules.source.text().startswith("Source: Data (Use and Access) Act 2025, sections 117 to 119")
    assert ". Sure: that the Commission takes the Commissioner’s place is sure." in rules.source.text()


def test_rules_are_found_by_what_they_say_and_narrowed_down(qtbot: QtBot, context: Context) -> None:
    page = opened(qtbot, context)
    rules = page.rules
    rules.find_box.setText("names as long as anything")
    assert [(rule.label, rule.sure) for rule in rules.table.rows] == [("How long records are kept: Names", "low")]
    assert rules.says.text() == "How long records are kept: Names: As long as anything is kept that names the person"
    assert rules.counted.text() == "1 rule."
    rules.find_box.setText("no such rule")
    assert (list(rules.table.rows), rules.says.text(), rules.counted.text()) == ([], "", "0 rules.")
    rules.find_box.clear()
    rules.narrowing.set_key("NOT_SURE")
    assert {rule.sure for rule in rules.table.rows} == {"low", "medium"}
    rules.narrowing.set_key("OVERDUE")
    assert [rule for rule in rules.table.rows if not rule.is_old(context.desk.today)] == []
    for at in range(len(rules.table.model_.columns)):
        rules.narrowing.set_key("ALL")
        texts = [str(rules.table.model_.index(row, at).data()) for row in range(len(rules.table.rows))]
        assert [text for text in texts if text[:1] != text[:1].upper()] == []
    page.search()
    assert rules.find_box.hasFocus() or not page.isActiveWindow()


def test_a_pack_is_seen_taken_and_taken_back(qtbot: QtBot, context: Context, answers: Answers, pack: Path) -> None:
    rules, desk = opened(qtbot, context).rules, context.desk
    answers.answers = [pack]
    rules.read_button.click()
    assert rules.said.text() == "Corrections (pack of rules 1, 10 January 2027) would change 4 rules"
    assert (OLD, NEW) in {(change.old, change.new) for change in rules.changes.rows}
    assert all(not set("_[]{}") & set(change.label + change.old + change.new) for change in rules.changes.rows)
    assert "The privacy notice: a new edition, for 5 pupils: Mia Ashdown," in rules.whom.text()
    rules.changes.selectRow(0)
    assert rules.change.text() == (
        "School census, days and rules: Autumn, days of the attendance told. Now: Easter Monday to the day before the spring bank holiday."
        " Then: 20 April to the day before the spring bank holiday."
    )
    assert regulator(desk) == OLD
    rules.leave_button.click()
    assert (rules.currentIndex(), regulator(desk)) == (0, OLD)

    answers.answers = [pack]
    rules.read_button.click()
    rules.do_button.click()
    assert regulator(desk) == NEW
    assert context.banner.words == "Corrections (pack of rules 1, 10 January 2027) is in force."
    assert rules.taken.text() == "In force: Corrections (pack of rules 1, 10 January 2027), since 24 November 2026."

    rules.back_button.click()
    assert rules.said.text() == "Without Corrections (pack of rules 1, 10 January 2027), 4 rules would change"
    assert regulator(desk) == NEW
    rules.do_button.click()
    assert regulator(desk) == OLD
    assert context.banner.words == "Corrections (pack of rules 1, 10 January 2027) was taken back."
    assert rules.back_button.isHidden()


def test_a_rule_that_is_looked_for_while_a_pack_is_looked_at_is_shown(qtbot: QtBot, context: Context, answers: Answers, pack: Path) -> None:
    page = opened(qtbot, context)
    answers.answers = [pack]
    page.rules.read_button.click()
    page._show_rule(REGULATOR)
    rule = page.rules.table.current()
    assert (page.rules.table.isVisible(), rule.name if rule else "") == (True, REGULATOR)
    assert regulator(context.desk) == OLD


def test_a_pack_in_force_is_not_told_as_refused_where_reading_it_fails(
    qtbot: QtBot, context: Context, answers: Answers, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.jobs.known_error.connect(context.banner.problem)
    rules, desk, read = opened(qtbot, context).rules, context.desk, packs.rules
    answers.answers = [pack]
    rules.read_button.click()
    failures = [WrongUse("No memory is left.")]

    def reading(*asked: object) -> list[RuleFacts]:
        if failures:
            raise failures.pop()
        return read(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(packs, "rules", reading)
    rules.do_button.click()
    assert (regulator(desk), failures) == (NEW, [])
    assert context.banner.words == "Corrections (pack of rules 1, 10 January 2027) is in force."
    assert rules.taken.text().startswith("In force: Corrections")


def test_an_altered_pack_is_refused_with_a_sentence(qtbot: QtBot, context: Context, answers: Answers, pack: Path) -> None:
    context.jobs.known_error.connect(context.banner.problem)
    pack.write_bytes(pack.read_bytes().replace(b"Kingdom", b"Kingdoms"))
    rules = opened(qtbot, context).rules
    answers.answers = [pack]
    rules.read_button.click()
    assert context.banner.words == (
        "stick.pupildesk-rules is a pack of rules that was altered after it was signed, or is damaged. Nothing was changed. Ask for it again."
    )
    assert rules.currentIndex() == 0
    answers.answers = [None]
    rules.read_button.click()
    assert rules.currentIndex() == 0


def test_others_read_and_change_nothing(qtbot: QtBot, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    rules = opened(qtbot, context).rules
    assert rules.table.rows
    assert rules.read_button.isHidden()


def test_a_page_offers_the_codes_of_newer_rules_when_one_next_comes_to_it(qtbot: QtBot, desk: Desk, tmp_path: Path, pack: Path) -> None:
    window: Window = whole_window(qtbot, desk, tmp_path, 1100, 800)
    window.go("quality")
    before = window.page
    window.go("settings", "rules")
    window.context.ask.answers = [pack]  # type: ignore[attr-defined]
    rules = window.page.rules  # type: ignore[attr-defined]
    rules.read_button.click()
    rules.do_button.click()
    assert window.page.rules is rules, "the page in view stays as it is"  # type: ignore[attr-defined]
    window.go("quality")
    assert window.page is not before
    now = window.page
    window.go("home")
    window.go("quality")
    assert window.page is now
