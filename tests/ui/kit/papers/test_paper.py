"""A paper that leaves the screen, printed or saved as PDF: asked once where somebody is protected, logged either way, its file named after nobody."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import NOBODY, Guard, Guarded
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.papers.printing import NoPrinter
from pupil_desk.ui.kit.talk.ask import Answers
from tests.made_papers import a_pdf


@pytest.fixture
def paper(qtbot: QtBot, context: Context) -> Paper:
    made = Paper(context, "The card")
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_it_is_saved_where_one_says_and_logged_as_one_that_is_printed(
    paper: Paper, context: Context, answers: Answers, tmp_path: Path
) -> None:
    gone: list[str] = []
    paper.show_pdf("First-aid card, Bea Quill", a_pdf(1), lambda: gone.append("logged"), guard=Guard("first-aid card"))
    answers.answers = [None]
    paper.save_button.click()
    assert gone == []
    assert not list(tmp_path.glob("*.pdf"))
    answers.answers = [tmp_path / "card"]
    paper.save_button.click()
    assert answers.questions[-1].text == "first-aid-card-2026-11-24.pdf"  # nothing of a pupil
    assert (tmp_path / "card.pdf").read_bytes() == a_pdf(1)
    assert gone == ["logged"]
    assert context.banner.words == "Saved as card.pdf. It is not locked: delete it once it is no longer needed."


def test_of_a_paper_that_tells_of_nobody_it_says_only_where_it_is(paper: Paper, context: Context, answers: Answers, tmp_path: Path) -> None:
    paper.show_pdf("Quick card: office", a_pdf(1), guard=NOBODY)
    answers.answers = [tmp_path / "card"]
    paper.save_button.click()
    assert context.banner.words == "Saved as card.pdf."


def test_somebody_protected_in_it_is_asked_about_first_and_logged(
    paper: Paper, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = Guarded(Pupil(id="p", surname="Quill", forename="Bea", dob=date(2012, 5, 6)), ("address-withheld",), "address withheld")
    paper.show_pdf("Card", a_pdf(1), guard=Guard("first-aid card", (guarded,)))
    logged: list[Guard] = []
    monkeypatch.setattr("pupil_desk.ui.kit.papers.paper.confirmed", lambda _desk, paper_guard: logged.append(paper_guard))
    answers.answers = [False]
    paper.save_button.click()
    assert answers.questions[-1].offers == ("Save it",)
    assert "Bea Quill: address withheld" in answers.questions[-1].text
    assert not logged
    answers.answers = [True, tmp_path / "card.pdf"]
    paper.save_button.click()
    assert logged == [paper.guard]


def test_a_paper_of_no_pupil_is_named_by_its_title(paper: Paper) -> None:
    paper.show_pdf("Receipt to sign", a_pdf(1), guard=NOBODY)
    assert paper.file_name == "receipt-to-sign-2026-11-24.pdf"


def no_printer(*_args: object, **_more: object) -> bool:
    raise NoPrinter("No printer is set up on this PC.")


@pytest.mark.parametrize(
    ("saves", "said"),
    [
        (True, lambda words: words == "No printer is set up on this PC. Or save the paper as PDF, to print it elsewhere."),
        (False, lambda words: words == "No printer is set up on this PC."),
    ],
)
def test_without_a_printer_it_leads_to_saving_only_where_one_can_save(
    paper: Paper, context: Context, saves: bool, said: Callable[[str], bool]
) -> None:
    paper.show_pdf("Card", a_pdf(1), guard=NOBODY, saves=saves)
    paper.send = no_printer  # type: ignore[assignment]
    paper.print_button.click()
    assert said(context.banner.words), context.banner.words
    assert paper.save_button.isVisible() is saves


def test_while_one_only_looks_no_paper_leaves_the_screen(paper: Paper, context: Context, answers: Answers, tmp_path: Path) -> None:
    """What could not be logged is not printed or saved: not by its buttons, and not by what prints at once."""
    context.desk.vault.read_only = "only looking"
    gone: list[str] = []
    paper.send = lambda *_what, **_how: gone.append("printed") or True
    paper.show_pdf("Evacuation sheet", a_pdf(1), lambda: gone.append("logged"), guard=NOBODY)
    for out in (paper.print_button, paper.save_button):
        assert not out.isEnabled()
        assert out.toolTip() == LOOKING_ONLY
    answers.answers = [tmp_path / "card.pdf"]
    for leave in (paper.print_, paper.print_at_once, paper.save_as_pdf):
        leave()
        assert context.banner.words == LOOKING_ONLY
    assert gone == []
    assert not list(tmp_path.glob("*.pdf"))


def test_esc_is_the_paper_s_and_not_of_what_it_stands_in(qtbot: QtBot, context: Context) -> None:
    record, heard = QWidget(), []
    qtbot.addWidget(record)
    made = Paper(context, "The card", record)
    QVBoxLayout(record).addWidget(made)
    shortcut_within(record, "Esc", lambda: heard.append("put back"))
    made.closed.connect(lambda: heard.append("closed"))
    record.show()
    record.activateWindow()
    qtbot.waitUntil(record.isActiveWindow)
    made.close_button.setFocus()
    QTest.keyClick(record.windowHandle(), Qt.Key.Key_Escape)
    assert heard == ["closed"]
