"""This PC: what is said of it, the check of the installation, its report, and what is inside."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk import __version__
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.basics.pc.own_program import ProgramOutput
from pupil_desk.basics.pc.placement import Objection
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, this_pc
from pupil_desk.services.backup.this_pc import PcCheck, ThisPc
from pupil_desk.services.program import inside
from pupil_desk.services.program.inside import ProgramPart
from pupil_desk.services.selftest import Check
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.this_pc import ThisPcPage, outcome
from pupil_desk.ui.pages.this_pc import page as module
from pupil_desk.ui.style.look import Look
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import CLOCK, as_role

type OpenPage = Callable[[], ThisPcPage]

GOOD = [Check("engine", True, "SQLite 3.53.4"), Check("fonts", True, "8 faces load")]
BAD = [GOOD[0], Check("fonts", False, "One is missing. Install Pupil Desk again.")]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What this PC says: all well, unless a test says otherwise."""
    facts: dict[str, Any] = {"objection": None, "encryption": DiskEncryption.ON, "other_accounts": []}
    monkeypatch.setattr(this_pc, "look_round", lambda path: ThisPc(file_path=path, **facts))
    return facts


@pytest.fixture
def open_page(qtbot: QtBot, context: Context, seen: dict[str, Any]) -> OpenPage:
    context.jobs.known_error.connect(context.banner.problem)

    def make() -> ThisPcPage:
        page = ThisPcPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        page.on_show()
        return page

    return make


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """What the check finds."""
    checks = list(GOOD)
    monkeypatch.setattr(module, "check_installation", lambda _job: list(checks))
    return checks


def press(page: ThisPcPage, key: str) -> None:
    page.heading.button_of(key).click()


def signs(page: ThisPcPage) -> list[str]:
    return [line.split(" | ")[0] for line in page.place.words.splitlines()]


def titles(page: ThisPcPage) -> list[str]:
    return [line.split(" | ")[1] for line in page.place.words.splitlines()]


# -- this PC


def test_a_pc_that_is_safe_says_so_and_where_the_file_lies(open_page: OpenPage, context: Context, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    backups.make(context.desk, tmp_path / "stick")
    page = open_page()
    assert signs(page) == ["Fine"] * 4
    assert str(context.desk.vault.path.parent) in page.place.words
    assert "24 November 2026 at" in page.place.words


def test_what_is_to_be_seen_to_stands_first_with_what_to_do(open_page: OpenPage, seen: dict[str, Any]) -> None:
    seen.update(objection=Objection.REMOTE, encryption=DiskEncryption.NOT_KNOWN, other_accounts=["STAFF"])
    page = open_page()
    assert signs(page) == ["See to this", "See to this", "Find out", "Find out"]
    assert titles(page) == ["Where the file is kept", "The last proved backup", "The lock of the disk", "Who else can get at the folder"]
    assert "STAFF" in page.place.words
    assert "Ask your technician" in page.place.words


@pytest.mark.parametrize(
    ("days", "sign"), [(-1, "See to this"), (0, "Fine"), (2, "Fine"), (3, "Find out"), (6, "Find out"), (7, "See to this")]
)
def test_a_backup_grows_old(
    open_page: OpenPage, context: Context, tmp_path: Path, days: int, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    backups.make(context.desk, tmp_path / "stick")
    monkeypatch.setattr(CLOCK, "moment", CLOCK.moment + timedelta(days=days))
    page = open_page()
    assert signs(page)[titles(page).index("The last proved backup")] == sign
    assert (f"{days} days ago" in page.place.words) is (days >= backups.DUE)


def test_it_looks_again_by_f5_and_after_a_backup(open_page: OpenPage, context: Context, seen: dict[str, Any], tmp_path: Path) -> None:
    page = open_page()
    assert signs(page)[0] == "See to this"  # no backup yet
    (tmp_path / "stick").mkdir()
    context.news.tell(backups.make(context.desk, tmp_path / "stick")[1])
    assert signs(page) == ["Fine"] * 4
    seen["encryption"] = DiskEncryption.OFF
    page.refresh()
    assert titles(page)[0] == "The lock of the disk"


def test_rules_whose_day_to_look_again_has_come_are_listed(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_page().rules.text().startswith("Every rule is within its day.")
    monkeypatch.setattr(CLOCK, "moment", CLOCK.moment + timedelta(days=100))
    words = open_page().rules.text().splitlines()
    assert words[0].endswith(" rules are past the day on which they were to be looked at again:")
    assert "Who watches over data protection, checked on 28 November 2026" in words
    assert words[-1] == "Ask whoever looks after Pupil Desk for newer ones."


def test_it_draws_without_checking_the_installation(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "answer_of", lambda *_args: pytest.fail("a check was begun"))
    page = open_page()
    assert page.outcome.isHidden()
    assert not page.heading.button_of("save").isEnabled()
    assert page.heading.button_of("save").toolTip() == "Check this installation first"


@pytest.mark.parametrize("role", list(Role))
def test_everyone_may_look_and_check(open_page: OpenPage, context: Context, found: list[Check], role: Role) -> None:
    context.desk = as_role(context.desk, role)
    page = open_page()
    press(page, "check")
    assert page.outcome.isVisible()


# -- the check


def test_an_installation_in_order_is_said_in_a_line(open_page: OpenPage, found: list[Check]) -> None:
    page = open_page()
    press(page, "check")
    assert page.outcome.title.text() == "This installation is in order"
    assert not page.outcome.failed.isVisible()
    assert not page.outcome.passed.isVisible()
    page.outcome.fold.click()
    assert page.outcome.passed.isVisible()
    assert page.outcome.passed.words == "Fine | Engine | SQLite 3.53.4.\nFine | Fonts | 8 faces load."
    page.outcome.fold.click()
    assert not page.outcome.passed.isVisible()
    assert page.heading.button_of("check").isEnabled()


def test_what_failed_is_shown_with_what_to_do_and_takes_the_focus(open_page: OpenPage, found: list[Check], qtbot: QtBot) -> None:
    found[:] = BAD
    page = open_page()
    page.activateWindow()
    press(page, "check")
    assert page.outcome.title.text() == "1 check of 2 failed"
    assert page.outcome.failed.words == "See to this | Fonts | One is missing. Install Pupil Desk again."
    assert page.outcome.failed.accessibleDescription() == "See to this: Fonts. One is missing. Install Pupil Desk again."
    assert page.focusWidget() is page.outcome.failed
    assert page.outcome.fold.text() == "S&how what passed: 1 check"


def test_it_cannot_be_begun_twice(open_page: OpenPage, context: Context, found: list[Check]) -> None:
    context.jobs = LateJobs()
    page = open_page()
    press(page, "check")
    assert not page.heading.button_of("check").isEnabled()
    context.jobs.tell(0)
    assert page.heading.button_of("check").isEnabled()


def test_who_went_on_meanwhile_is_told_and_led_back(
    open_page: OpenPage, context: Context, found: list[Check], went: list[tuple[str, str | None]]
) -> None:
    found[:] = BAD
    context.jobs = LateJobs()
    page = open_page()
    press(page, "check")
    page.hide()
    context.jobs.tell(0)
    assert (context.banner.look, context.banner.words) == ("problem", "1 check of 2 failed.")
    context.banner._button.click()
    assert went == [("this-pc", None)]


def test_the_check_is_the_programs_own_command(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, context: Context) -> None:
    begun: list[list[str]] = []

    def answer(words: list[str], told: Callable[[str], None]) -> ProgramOutput:
        begun.append(words)
        for line in ("", "3/18 Checking: fonts", "a warning of the system"):
            told(line)
        checks = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in BAD]
        return ProgramOutput(1, json.dumps({"ok": False, "checks": checks}))

    steps: list[tuple[int, int, str]] = []
    context.jobs.started.connect(lambda job: job.stepped.connect(lambda _job, *step: steps.append(step)))
    monkeypatch.setattr(outcome, "answer_of", answer)
    page = open_page()
    press(page, "check")
    assert begun[0][-3:] == ["self-test", "--json", "--steps"]
    assert steps == [(0, 0, ""), (3, 18, "Checking: fonts"), (0, 0, "")]
    assert page.outcome.failed.count == 1


@pytest.mark.parametrize(
    "answer",
    [ProgramOutput(1, ""), ProgramOutput(0, "no JSON"), ProgramOutput(0, "{}"), ProgramOutput(0, '{"checks": [1]}'), OSError("gone")],
)
def test_a_command_that_does_not_answer_is_a_broken_installation(
    open_page: OpenPage, context: Context, answer: ProgramOutput | OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_args: object) -> ProgramOutput:
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(outcome, "answer_of", silent)
    page = open_page()
    press(page, "check")
    assert context.banner.look == "problem"
    assert "Install Pupil Desk again." in context.banner.words
    assert page.outcome.isHidden()
    assert page.heading.button_of("check").isEnabled()


def test_stopped_it_says_nothing_and_can_be_begun_again(open_page: OpenPage, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_words: list[str], told: Callable[[str], None]) -> ProgramOutput:
        context.jobs.stop_all()
        told("1/18 Checking: engine")
        raise AssertionError("it went on")

    monkeypatch.setattr(outcome, "answer_of", endless)
    page = open_page()
    press(page, "check")
    assert page.outcome.isHidden()
    assert context.banner.words == ""
    assert page.heading.button_of("check").isEnabled()


# -- the report, and what is inside


def test_the_report_is_saved_as_text(open_page: OpenPage, context: Context, answers: Answers, found: list[Check], tmp_path: Path) -> None:
    found[:] = BAD
    page = open_page()
    press(page, "check")
    answers.answers = [tmp_path / "check.txt"]
    press(page, "save")
    text = (tmp_path / "check.txt").read_text(encoding="utf-8")
    assert text.startswith(f"Pupil Desk {__version__}")
    assert "FAILED  fonts: One is missing. Install Pupil Desk again." in text
    assert context.desk.settings.name not in text
    assert answers.questions[-1].text == "pupil-desk-check.txt"
    assert context.banner.look == "success"


def test_a_report_that_cannot_be_saved_is_said(
    open_page: OpenPage, context: Context, answers: Answers, found: list[Check], tmp_path: Path
) -> None:
    page = open_page()
    press(page, "check")
    answers.answers = [tmp_path / "none" / "check.txt", None]
    press(page, "save")
    assert context.banner.look == "problem"
    press(page, "save")  # cancelled


def test_the_version_and_the_parts_of_an_installed_copy(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "parts", lambda: [ProgramPart("lxml", "6.1.3", "BSD-3-Clause"), ProgramPart("odd", "1", "")])
    page = open_page()
    assert page.version.text() == f"Pupil Desk {__version__}"
    assert page.parts is not None
    cells = [[page.parts.cell(row, key) for key in ("name", "version", "licence")] for row in range(2)]
    assert cells == [["lxml", "6.1.3", "BSD-3-Clause"], ["odd", "1", "see the folder licences"]]


def test_a_checkout_says_that_the_list_comes_with_an_installed_copy(open_page: OpenPage) -> None:
    assert open_page().parts is None


def test_everything_has_a_name(open_page: OpenPage, found: list[Check], nameless: Any) -> None:
    found[:] = BAD
    page = open_page()
    press(page, "check")
    page.outcome.fold.click()
    assert nameless(page) == []


@pytest.mark.parametrize("width", [900, 1125, 1425])
def test_no_line_is_cut_at_large_text(open_page: OpenPage, qtbot: QtBot, look: Look, width: int) -> None:
    look.set_text_size(150)
    try:
        page = open_page()
        window = scrolled(page)  # as in the program's window, which is no higher than its screen
        qtbot.addWidget(window)
        window.resize(width, 600)
        window.show()
        page.place.show_checks([PcCheck(None, "A thing looked at", "Words that say what was seen and what to do. " * 4)] * 4)
        for _turn in range(3):
            QApplication.processEvents()
        lines = [line for line in page.place.findChildren(QLabel) if line.text().startswith("Words that")]
        assert len(lines) == 4
        assert all(line.height() >= line.heightForWidth(line.width()) for line in lines)
    finally:
        look.set_text_size(100)


def test_in_large_text_the_cards_grow_with_their_words(open_page: OpenPage, look: Look) -> None:
    page = open_page()
    page.resize(1318, 700)
    look.set_text_size(150)
    try:
        QApplication.processEvents()
        assert page.place.maximumWidth() == 1440
        assert page.place.width() > 1200, "no third of the page is empty beside them"
    finally:
        look.set_text_size(100)
