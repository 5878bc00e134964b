"""The steps of a request are done in order, and it is answered with a letter."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.services.requests import looking
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.style import tokens
from tests.ui.pages.requests.made import asked, does, kinds, states


def test_steps_are_recorded_one_after_the_other(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    steps = page.view.steps
    assert steps.table.current() is not None
    assert steps.title_of.text() == "Check who it is"
    steps.panel.answer.set_key("yes")
    steps.panel.note.setPlainText("Known for a year")
    assert page.dirty
    assert page.save()
    assert not page.dirty
    assert states(page)["Check who it is"].startswith("Done 24 Nov")
    assert steps.title_of.text() == "Check the right to ask"  # on to the next
    assert kinds(context, case) == ["identity-checked"]


def test_each_step_is_named_whole(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    table = page.view.steps.table
    for wide in (900, 1158):
        page.resize(wide, 690)
        for _turn in range(4):
            QApplication.processEvents()
        for row, step in enumerate(table.rows):
            option = QStyleOptionViewItem()
            table.initViewItemOption(option)
            option.rect = table.visualRect(table.model_.index(row, 0))
            table.itemDelegate().initStyleOption(option, table.model_.index(row, 0))  # type: ignore[attr-defined]
            place = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table)
            room = QRect(0, 0, place.width() - 2 * (tokens.S + tokens.XS), 0)
            needed = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, step.words)
            assert needed.height() <= table.rowHeight(row), step.words
    assert table.rowHeight(1) > table.rowHeight(0), "«Ask who it is (stops th…» was all that one saw"
    table.select(RequestEventKind.REPLIED)
    assert page.view.steps.panel.note.accessibleName() == "How it was given, and to whom"


def test_after_a_step_the_cursor_stands_where_the_next_one_begins(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    does(context, case, RequestEventKind.AUTHORITY, answer="yes")
    does(context, case, RequestEventKind.COMPETENCE, answer="no", note="Talked it over")
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.IDENTITY)
    steps.panel.answer.set_key("yes")
    assert page.save()
    assert steps.title_of.text() == "Search the other places"
    first, second, *_others = steps.panel.ticks.values()
    assert page.window().focusWidget() is first
    assert first.y() == second.y()  # side by side, so that all are in sight


def test_a_step_that_is_done_shows_what_was_decided(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    does(context, case, RequestEventKind.IDENTITY, answer="no", note="Nobody here knows her")
    page = open_page()
    panel = page.view.steps.panel
    page.view.steps.table.select(RequestEventKind.IDENTITY)
    assert panel.recorded.text() == "2 November 2026. No: Nobody here knows her"
    assert panel.recorded.isVisible()
    assert panel.again.isVisible()
    page.view.steps.table.select(RequestEventKind.AUTHORITY)
    assert not panel.recorded.isVisible()
    assert not panel.again.isVisible()
    does(context, case, RequestEventKind.NO_EXEMPTION)
    page.refresh()
    page.view.steps.table.select(RequestEventKind.EXEMPTION)
    assert panel.recorded.text() == "2 November 2026. No further exemption needed"
    assert not panel.again.isVisible()
    page.view.steps.table.setFocus()
    assert not page.save()
    assert panel.problem.text() == "It is recorded already. Enter what is to count instead and press “Record it”, or take it back."
    does(context, case, RequestEventKind.ACKNOWLEDGED)
    page.refresh()
    page.view.steps.table.select(RequestEventKind.ACKNOWLEDGED)
    assert not page.save()
    page.view.steps.record_button.click()
    assert states(page)["Say that we have it"].startswith("Done 24 Nov"), "the day was wrong, and the one in the box counts"


def test_what_a_step_lacks_is_said_and_what_was_typed_stays(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    page.view.steps.table.setFocus()
    assert not page.save(), "on a step in the list too it is said why nothing is recorded"
    assert page.view.steps.panel.problem.text() == "Choose the answer."
    page.view.steps.panel.note.setPlainText("Passport")
    assert not page.save()
    assert page.view.steps.panel.problem.text() == "Choose the answer."
    assert page.view.steps.panel.note.toPlainText() == "Passport"
    page.view.steps.panel.answer.set_key("yes")
    page.view.steps.panel.day.set_text("31 31 2026")
    assert not page.save()
    assert page.view.steps.panel.problem.text() == "Enter the day, such as 27 3 2007."
    assert kinds(context, case) == []


def test_places_are_ticked_together_and_those_left_stay(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.SEARCHED)
    steps.table.setFocus()
    assert not page.save(), "the step is chosen in the list: it is said what it lacks"
    assert steps.panel.problem.text() == "Tick at least one."
    ticks = list(steps.panel.ticks.values())
    for tick in ticks[:3]:
        tick.click()
    assert steps.save()
    assert kinds(context, case) == ["searched"] * 3
    assert states(page)["Search the other places"] == f"3 of {len(ticks)}"
    assert len(steps.panel.ticks) == len(ticks) - 3
    for tick in steps.panel.ticks.values():
        tick.click()
    assert steps.save()
    steps.table.select(RequestEventKind.SEARCHED)
    assert not steps.panel.ticks  # all are done, and nothing is left to tick


def test_no_exemption_is_an_answer_too_and_each_says_its_law(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.EXEMPTION)
    steps.panel.exemption.set_key("serious-harm-health")
    steps.panel._say_exemption()
    assert "schedule 3 paragraph 5" in steps.panel.advice.text()
    assert "How sure we are of this: medium." in steps.panel.advice.text()
    steps.panel.exemption.set_key("none")
    assert steps.save()
    assert kinds(context, case) == ["no-exemption"]


def test_the_answer_of_a_copy_leads_to_its_tab(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.DELIVERY)
    assert not steps.lead_button.isVisible()
    steps.table.select(RequestEventKind.REPLIED)
    assert steps.lead_button.text() == "Go to the copy"
    steps.lead_button.click()
    assert page.view.part().name == "copy"


def test_a_step_is_taken_back_with_a_reason(context: Context, open_page: Callable[[], RequestsPage], answers: Answers) -> None:
    case = asked(context)
    does(context, case, RequestEventKind.IDENTITY, answer="yes")
    page = open_page()
    page.view.steps.table.select(RequestEventKind.IDENTITY)
    assert page.view.steps.back_button.isVisible()
    answers.answers = [None, "Of another case"]
    page.view.steps.take_back()
    assert kinds(context, case) == ["identity-checked"]
    page.view.steps.take_back()
    assert kinds(context, case) == []
    page.view.tabs.setCurrentWidget(page.view.happened)
    told = page.view.happened.timeline.texts()
    assert told[0].startswith(
        "24 November 2026: Entry taken back. Identity checked, 2 November 2026\nOf another case\nRecorded by Dee Marlowe"
    )
    assert "counts no more" in told[1]


def test_a_letter_is_drafted_printed_and_kept(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    page.view.steps.table.select(RequestEventKind.EXTENDED)
    page.view.steps._letter()
    letters = page.view.letters
    assert page.view.part() is letters
    assert letters.letter_box.key() == "extend"
    letters.look()
    assert "Write what stands in square brackets first: [Why we need longer]" in context.banner.words
    letters.own_words.setPlainText("There are 400 pages.")
    assert "There are 400 pages." in letters.words.toPlainText()
    letters.words.appendPlainText("PS: sorry")
    letters.own_words.setPlainText("There are 500 pages.")  # the letter was changed by hand, and stays
    assert "500" not in letters.words.toPlainText()
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert kinds(context, case) == []  # nothing is recorded before it is printed
    page.paper.send = lambda *_args, **_more: True  # type: ignore[assignment]
    page.print_()
    assert page.body.currentWidget() is page.panes_
    assert kinds(context, case) == []  # nor by printing alone: a letter that is printed has not gone
    assert letters.hint.text().startswith("Nothing is recorded yet.")
    assert page.dirty
    letters.channel.set_key("by-hand")
    letters.day.set_day(date(2026, 11, 20))
    letters.record_button.click()
    assert page.view.part() is page.view.steps  # on to the next step
    assert page.window().focusWidget() is page.view.steps.panel.first()
    assert kinds(context, case) == ["extended"]
    (kept,) = looking.letters(context.desk, case.id)
    assert kept.words.endswith("PS: sorry")
    assert (kept.channel, kept.on) == ("by-hand", date(2026, 11, 20))
    assert not page.dirty
    letters.letter_box.set_key(f"sent:{kept.id}")
    letters._show()
    assert letters.words.toPlainText() == kept.words
    assert letters.words.isReadOnly()
    assert not letters.act_row.isVisible()


def test_a_letter_is_saved_to_go_by_email_and_recorded_once_it_has_gone(
    context: Context, open_page: Callable[[], RequestsPage], answers: Answers, tmp_path: Path
) -> None:
    case = asked(context, email="j@example.org")
    page = open_page()
    page.view.write_letter(RequestEventKind.ACKNOWLEDGED)
    assert page.view.letters.channel.key() == "email"
    page.view.letters.look()
    answers.answers = [tmp_path / "letter.pdf"]
    page.paper.save_button.click()
    assert answers.questions[-1].text == "letter-about-a-request-2026-11-24.pdf"
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert kinds(context, case) == []  # saving is not sending
    page.view.letters.record_button.click()
    assert [letter.channel for letter in looking.letters(context.desk, case.id)] == ["email"]
    assert kinds(context, case) == ["acknowledged"]


def test_a_letter_that_was_begun_is_not_lost_unasked(context: Context, open_page: Callable[[], RequestsPage], answers: Answers) -> None:
    asked(context)
    page = open_page()
    page.view.write_letter(RequestEventKind.ACKNOWLEDGED)
    page.view.letters.words.appendPlainText("PS")
    answers.answers = ["stay", "stay", "discard"]
    page.view.tabs.setCurrentIndex(0)
    assert page.view.part() is page.view.letters
    page.view.letters.letter_box.setCurrentIndex(1)
    page.view.letters._turn()
    assert page.view.letters.words.toPlainText().endswith("PS")
    page.view.tabs.setCurrentIndex(0)
    assert page.view.part() is page.view.steps


def is_in_sight(page: RequestsPage, widget: QWidget) -> bool:
    """The whole of its height, within the page."""
    top = widget.mapTo(page, QPoint(0, 0)).y()
    return widget.isVisible() and not widget.visibleRegion().isEmpty() and top >= 0 and top + widget.height() <= page.height()


def test_what_is_wrong_is_in_sight_and_another_step_begins_at_its_top(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    page.resize(1000, 640)  # where the fields are longer than their place
    steps = page.view.steps
    steps.table.select(RequestEventKind.SEARCHED)
    QApplication.processEvents()  # a person sees the fields laid out before they press anything
    assert not steps.save()
    assert is_in_sight(page, steps.panel.problem)
    bar = steps.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    steps.table.select(RequestEventKind.EXEMPTION)
    assert steps.area.verticalScrollBar().value() == 0
