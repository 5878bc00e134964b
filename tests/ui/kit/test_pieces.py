"""The smaller pieces: banner, heading, empty state, timeline, shown-once secret, memory."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.logs import report_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import MOST, Command, Heading
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView
from pupil_desk.ui.kit.talk import banner as banner_module
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.talk.uncaught import UncaughtErrors
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.words import STRETCH, column_of, flow_of, label, line
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.colours import LIGHT
from pupil_desk.ui.style.look import Look, dress


class TestBanner:
    def test_a_success_loses_its_tint_and_a_problem_does_not(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(banner_module, "FADES_AFTER", 20)
        banner = Banner()
        qtbot.addWidget(banner)
        banner.success("Saved.")
        assert banner.words == "Saved."
        qtbot.waitUntil(lambda: banner.look == "said")
        assert banner.words == "Saved."
        banner.success("Saved.")
        banner.problem("The stick is full.")
        qtbot.wait(60)
        assert (banner.words, banner.look) == ("The stick is full.", "problem")

    def test_what_was_done_can_be_undone(self, qtbot: QtBot) -> None:
        banner, undone = Banner(), []
        qtbot.addWidget(banner)
        banner.success("27 pupils imported.", act=("&Undo", lambda: undone.append(1)))
        qtbot.mouseClick(banner._button, Qt.MouseButton.LeftButton)
        assert undone == [1]
        assert banner.words == ""


class TestHeading:
    def commands(self, run: Callable[[], object], count: int = 2) -> list[Command]:
        more = [Command(f"c{number}", f"Command {number}", run) for number in range(count - 1)]
        return [Command("export", "&Export", run, action=Action.EXPORT, shortcut="Ctrl+E"), *more]

    def test_what_the_role_lacks_is_disabled_and_says_who_may(self, qtbot: QtBot, desk_as: Callable[[Role], Desk]) -> None:
        heading = Heading("Exports", self.commands(lambda: None), desk=desk_as(Role.OFFICE))
        qtbot.addWidget(heading)
        button = heading.button_of("export")
        assert not button.isEnabled()
        assert button.toolTip() == button.accessibleDescription() == "Data officer only"
        heading.enable("export", True)
        assert not button.isEnabled()

    def test_what_the_role_includes_runs(self, qtbot: QtBot, desk: Desk) -> None:
        run: list[int] = []
        heading = Heading("Exports", self.commands(lambda: run.append(1)), desk=desk)
        qtbot.addWidget(heading)
        qtbot.mouseClick(heading.button_of("export"), Qt.MouseButton.LeftButton)
        assert run == [1]

    def test_a_command_that_cannot_be_used_now_says_why(self, qtbot: QtBot, desk: Desk) -> None:
        heading = Heading("Exports", self.commands(lambda: None), desk=desk)
        qtbot.addWidget(heading)
        heading.enable("export", False, "Choose a pupil first")
        assert heading.button_of("export").toolTip() == "Choose a pupil first"
        heading.enable("export", True)
        assert heading.button_of("export").toolTip() == "(Ctrl+E)"

    def test_the_rest_stands_in_more(self, qtbot: QtBot, desk: Desk) -> None:
        heading = Heading("Exports", self.commands(lambda: None, MOST + 2), desk=desk)
        qtbot.addWidget(heading)
        texts = [button.text() for button in heading.findChildren(type(heading.button_of("export")))]
        assert texts == ["&Export", "Command 0", "Command 1", "Command 2", "Command 3", "Command 4", "&More"]


def test_an_empty_state_gives_the_first_action(qtbot: QtBot) -> None:
    run: list[int] = []
    empty = EmptyState("users", "No pupils yet", "Import them.", ("Import pupils", lambda: run.append(1)))
    qtbot.addWidget(empty)
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert run == [1]
    assert empty.accessibleName() == "No pupils yet"


class TestTimeline:
    def test_it_is_read_in_words_and_opened_by_keyboard(self, qtbot: QtBot) -> None:
        line = TimelineView("Choices")
        qtbot.addWidget(line)
        restricted = TimelineEvent(date(2026, 9, 14), "Restricted by Mrs Ashworth", "On a signed form", "bad", "c1")
        assert (
            line.selectionBehavior() is TimelineView.SelectionBehavior.SelectRows
        )  # by which the ring goes around one event, as in a table
        line.show_events([restricted, TimelineEvent(date(2025, 9, 1), "Started at the unit")])
        assert line.texts() == ["14 September 2026: Restricted by Mrs Ashworth. On a signed form", "1 September 2025: Started at the unit."]
        with qtbot.waitSignal(line.opened) as opened:
            qtbot.keyClick(line, Qt.Key.Key_Return)
        assert opened.args == [restricted]

    def test_it_draws(self, qtbot: QtBot) -> None:
        line = TimelineView("Choices")
        qtbot.addWidget(line)
        line.show_events([TimelineEvent(date(2026, 9, 14), "Restricted", "By a form. " * 30, "bad")])
        line.resize(300, 300)
        assert not line.grab().isNull()
        assert line.sizeHintForRow(0) > 3 * line.fontMetrics().height()

    def test_empty_it_says_so(self, qtbot: QtBot) -> None:
        line = TimelineView("Choices", empty="Nobody has said anything yet.")
        qtbot.addWidget(line)
        assert line.texts() == ["Nobody has said anything yet."]


class TestPassphrase:
    @pytest.fixture
    def secret(self, qtbot: QtBot) -> Passphrase:
        made = Passphrase("Password of this file")
        qtbot.addWidget(made)
        made.show_secret("amber-kettle-92")
        return made

    def test_it_is_copied_and_cleared(self, secret: Passphrase, qtbot: QtBot) -> None:
        qtbot.mouseClick(secret.copy, Qt.MouseButton.LeftButton)
        assert QApplication.clipboard().text() == "amber-kettle-92"
        secret.clear_clipboard()
        assert QApplication.clipboard().text() == ""

    def test_another_copy_is_left_alone(self, secret: Passphrase) -> None:
        QApplication.clipboard().setText("mine")
        secret.clear_clipboard()
        assert QApplication.clipboard().text() == "mine"

    def test_it_is_forgotten(self, secret: Passphrase, qtbot: QtBot) -> None:
        qtbot.mouseClick(secret.copy, Qt.MouseButton.LeftButton)
        secret.forget()
        assert "amber" not in secret.secret.toPlainText() + QApplication.clipboard().text()
        assert secret.isHidden()


class TestMemory:
    def test_what_is_put_is_there_the_next_time(self, tmp_path: Path) -> None:
        path = tmp_path / "deep" / "window.json"
        Memory(path).keep("last/folder", "D:/")
        assert Memory(path).get("last/folder") == "D:/"
        Memory(path).keep("last/folder", None)
        assert Memory(path).get("last/folder", "none") == "none"

    @pytest.mark.parametrize("text", ["", "[1]", "{", "\x00"])
    def test_a_damaged_file_is_forgotten(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "window.json"
        path.write_text(text)
        memory = Memory(path)
        assert memory.get("a") is None
        memory.keep("a", 1)
        assert Memory(path).get("a") == 1


def test_a_tick_is_seen(qtbot: QtBot) -> None:
    box = TickBox("&Send this pupil")
    qtbot.addWidget(box)
    dress(box)
    assert box.accessibleName() == "Send this pupil"
    before = box.grab().toImage()
    box.click()
    assert box.isChecked()
    shown = box.grab().toImage()
    assert shown != before
    colours = {shown.pixelColor(x, y).name() for x in range(box.height()) for y in range(box.height())}
    assert {LIGHT.accent, LIGHT.on_accent} <= colours


class TestDateBox:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("14/9/26", "Monday 14 September 2026"),
            ("2026-02-30", "February 2026 has 28 days."),
            ("9/14/2026", "There is no month 14. Write the day first, then the month."),
            ("today", "Tuesday 24 November 2026"),
            ("Yesterday ", "Monday 23 November 2026"),
            ("tomorrow", "Wednesday 25 November 2026"),
            ("", ""),
        ],
    )
    def test_it_says_what_it_understood(self, qtbot: QtBot, typed: str, words: str) -> None:
        box = DateBox(today=date(2026, 11, 24), name="Day")
        qtbot.addWidget(box)
        qtbot.keyClicks(box.line, typed)
        assert box.reading_label.text() == words

    @pytest.mark.parametrize(("is_birthday", "typed"), [(False, "23/9/2026"), (False, "31/2/2026"), (True, "27/3/07")])
    def test_what_it_understood_moves_nothing_beneath_it(self, qtbot: QtBot, is_birthday: bool, typed: str) -> None:
        box, beneath = DateBox(today=date(2026, 11, 24), is_birthday=is_birthday), QPushButton("Beneath")
        window = column_of(box, beneath, STRETCH)
        qtbot.addWidget(window)
        window.resize(200, 200)
        window.show()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        before = beneath.pos()
        qtbot.keyClicks(box.line, typed)
        QApplication.processEvents()
        assert box.reading_label.isVisible()
        assert beneath.pos() == before

    def test_beside_others_the_day_in_words_has_one_line_and_no_room_is_kept_for_a_second(self, qtbot: QtBot, look: Look) -> None:
        box = DateBox(today=date(2026, 11, 24))
        row = flow_of(box, QPushButton("Beside"))
        dress(row)
        qtbot.addWidget(row)
        row.resize(600, 200)
        row.show()
        box.set_day(date(2026, 9, 23))
        QApplication.processEvents()
        one_line = box.reading_label.fontMetrics().height()
        assert one_line <= box.reading_label.height() < 2 * one_line
        assert box.height() <= box.line.height() + box.reading_label.height() + tokens.XS

    def test_a_hint_stands_beneath_the_line_and_beneath_the_day_once_one_is_typed(self, qtbot: QtBot) -> None:
        box, hint, beneath = DateBox(today=date(2026, 11, 24)), label("Empty while it goes on", "hint"), QPushButton("Beneath")
        box.put_hint(hint)
        window = column_of(box, beneath, STRETCH)
        qtbot.addWidget(window)
        window.resize(240, 200)
        window.show()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        before = beneath.pos()
        assert hint.y() - box.line.geometry().bottom() <= tokens.XS
        qtbot.keyClicks(box.line, "23/9/2026")
        QApplication.processEvents()
        assert box.line.geometry().bottom() < box.reading_label.y() < hint.y()
        assert beneath.pos() == before
        box.line.clear()
        QApplication.processEvents()
        assert hint.y() - box.line.geometry().bottom() <= tokens.XS

    def test_a_day_goes_in_and_out(self, qtbot: QtBot) -> None:
        box = DateBox(today=date(2026, 11, 24))
        qtbot.addWidget(box)
        box.set_day(date(2026, 9, 14))
        assert box.text() == "14 9 2026"
        assert box.day() == date(2026, 9, 14)

    def test_a_day_that_is_said_is_written_out_and_read_by_a_form(self, qtbot: QtBot) -> None:
        box = DateBox(today=date(2026, 11, 24))
        qtbot.addWidget(box)
        qtbot.keyClicks(box.line, "yesterday")
        assert (box.text(), box.day()) == ("23 11 2026", date(2026, 11, 23))
        qtbot.keyClick(box.line, Qt.Key.Key_Return)
        assert box.line.text() == "23 11 2026"


class TestContext:
    def test_what_is_kept_is_told_to_all(self, context: Context) -> None:
        told: list[Changed] = []
        context.news.changed.connect(told.append)
        assert context.keep(lambda: Changed.of("pupil"), "Saved.")
        assert told == [Changed.of("pupil")]
        assert context.banner.words == "Saved."

    def test_what_is_refused_is_told_in_the_banner(self, context: Context) -> None:
        def refuse() -> Changed:
            raise CannotWrite("The disk is full.")

        assert not context.keep(refuse, "Saved.")
        assert context.banner.words == "The disk is full."
        assert context.banner.look == "problem"


class TestUncaughtErrors:
    def crash(self) -> BaseException:
        try:
            {}["Marker-Zeta"]
        except KeyError as error:
            return error
        raise AssertionError

    def test_a_bug_is_told_without_the_words_it_carries(self, caplog: pytest.LogCaptureFixture) -> None:
        answers, error = Answers(), self.crash()
        UncaughtErrors(lambda known: None, answers).caught(type(error), error, error.__traceback__)
        assert "KeyError in Pupil Desk" in answers.questions[0].text
        assert "Marker-Zeta" not in answers.questions[0].text + caplog.text
        assert "KeyError" in caplog.text

    def test_a_report_names_no_folder(self) -> None:
        error = self.crash()
        assert str(Path(__file__).parent) not in report_of(type(error), error.__traceback__)
        assert "test_pieces.py:" in report_of(type(error), error.__traceback__)

    def test_an_error_of_the_world_goes_to_the_banner(self) -> None:
        told: list[object] = []
        error = CannotWrite("Full.")
        UncaughtErrors(told.append, Answers()).caught(CannotWrite, error, None)
        assert told == [error]


def test_a_row_that_wraps_gives_what_grows_the_room_that_is_left_and_is_as_tall_as_its_lines(qtbot: QtBot) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    bar = QWidget()
    row = FlowLayout(bar, 8)
    first, grows = QPushButton("Choose a file"), QLineEdit()
    row.addWidget(first)
    row.addWidget(grows)
    column.addWidget(bar)
    column.addStretch(1)
    qtbot.addWidget(around)
    around.resize(700, 300)
    around.show()
    assert grows.geometry().right() == bar.rect().right()
    around.resize(first.width() + 60, 300)
    qtbot.waitUntil(lambda: grows.y() > first.y())
    qtbot.waitUntil(lambda: bar.height() >= grows.geometry().bottom())


def test_a_line_wraps_only_where_it_must(qtbot: QtBot) -> None:
    words = line("Find a pupil by name or number (Ctrl+F)", "label")
    dress(words)
    qtbot.addWidget(words)
    alone = words.sizeHint()
    assert alone.height() <= words.fontMetrics().height() + 4
    assert words.heightForWidth(alone.width() // 2) >= 2 * words.fontMetrics().height()
    assert words.minimumSizeHint().width() < alone.width() / 2
