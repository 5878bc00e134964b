"""The Requests page: a request is recorded in few keys, its steps are done in order, it is answered with a letter, and closed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.requests import handling, looking, receiving
from pupil_desk.services.requests.looking import CaseStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.requests import RequestsPage
from tests.ui.pages.made import as_role, pupil_called

RECEIVED = date(2026, 11, 2)


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], RequestsPage]:
    def make() -> RequestsPage:
        page = RequestsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.on_show()
        if page.list.table.rows:
            assert page.list.table.current() is None, "no case is acted on that nobody chose"
            page.list.table.selectRow(0)
        return page

    return make


def asked(context: Context, kind: CaseKind = CaseKind.COPY, forename: str = "Theo", **items: object) -> RequestCase:
    pupil = pupil_called(context.desk, forename)
    told = {"pupil_id": pupil.id, "received": RECEIVED, "channel": "email", "requester": "Ms Joanna Bramley", "capacity": "parent"} | items
    case, _news = receiving.receive(context.desk, RequestCase(kind=kind, **told))  # type: ignore[arg-type]
    return case


def does(context: Context, case: RequestCase, kind: RequestEventKind, **items: object) -> None:
    handling.record(context.desk, RequestEvent(case_id=case.id, kind=kind, on=RECEIVED, **items))  # type: ignore[arg-type]


def current(page: RequestsPage) -> str:
    row = page.list.table.current()
    assert row is not None
    return row.id


def states(page: RequestsPage) -> dict[str, str]:
    table = page.view.steps.table
    return {table.cell(row, "words"): table.cell(row, "state") for row in range(len(table.rows))}


def kinds(context: Context, case: RequestCase) -> list[str]:
    return [event.kind for event in looking.case(context.desk, case.id).events]


def test_an_empty_list_says_what_to_do(open_page: Callable[[], RequestsPage]) -> None:
    page = open_page()
    assert page.list.empty.title.text() == "No request is open"
    assert "Ctrl+N" in page.list.empty.text.text()
    assert page.no_case.isVisible()


def test_a_request_is_recorded_with_the_keyboard_alone(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    page = open_page()
    page.begin_new()
    QTest.keyClicks(page.new.find_box, "bram")
    QTest.keyClick(page.new.find_box, Qt.Key.Key_Return)
    assert page.new.pupil_label.text() == "About Theo Bramley, 13 years old"
    assert [pick.text() for pick in page.new.picks] == ["Ms Joanna Bramley, mother", "Alan Bramley, father", "The pupil"]  # type: ignore[attr-defined]
    QTest.keyClick(page.new.picks[0], Qt.Key.Key_Return)
    page.new.form.fields["kind"].editor.take_text("copy")
    page.new.form.fields["channel"].editor.take_text("phone")
    assert page.save(), page.new.form.problems()
    (row,) = page.list.table.rows
    case = row.seen.case
    assert (case.requester, case.capacity, case.kind, case.channel, case.received) == (
        "Ms Joanna Bramley",
        "parent",
        "copy",
        "phone",
        date(2026, 11, 24),
    )
    assert case.contact_id
    assert page.view.title.text() == "A copy of the data: Theo Bramley"
    assert page.list.table.cell(0, "state") == "30 days left"
    assert context.banner.words == "Recorded as R2026-001."


def test_a_contact_under_an_order_is_marked(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    page = open_page()
    page.begin_new()
    page.new.take(pupil_called(context.desk, "Priya").id)
    assert "Mr Vikram Chandra, father, under an order" in [pick.text() for pick in page.new.picks]  # type: ignore[attr-defined]


def test_what_is_missing_is_said_at_the_fields_and_a_complaint_needs_no_pupil(
    context: Context, open_page: Callable[[], RequestsPage]
) -> None:
    page = open_page()
    page.begin_new()
    form = page.new.form
    form.take_draft({"kind": "copy", "channel": "letter", "requester": "Frances Marlow", "capacity": "other"})
    assert not page.save()
    assert "Choose the pupil" in form.summary.lines[0].words
    form.fields["kind"].editor.take_text("complaint")
    assert page.save()
    assert page.list.table.cell(0, "who") == "No pupil"


def test_the_same_request_twice_is_noticed(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    page.begin_new()
    page.new.take(pupil_called(context.desk, "Theo").id)
    page.new.form.fields["kind"].editor.take_text("copy")
    assert "of this kind about this pupil already" in page.new.before.text()


def test_leaving_a_new_request_asks_once(context: Context, open_page: Callable[[], RequestsPage], answers: Answers) -> None:
    page = open_page()
    page.begin_new()
    page.new.take(pupil_called(context.desk, "Theo").id)
    answers.answers = ["stay", "discard"]
    assert not page.leave()
    assert page.leave()
    assert page.body.currentWidget() is page.panes_


def test_the_list_says_what_is_late_and_what_stands_still(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context, received=date(2026, 10, 1))
    still = asked(context, CaseKind.PORTABLE)
    does(context, still, RequestEventKind.CLARIFICATION_ASKED)
    asked(context, received=date(2026, 10, 26))
    page = open_page()
    assert [page.list.table.cell(row, "state") for row in range(3)] == ["22 days late", "2 days left", "Stands still"]
    assert page.heading._text.text() == "3 requests to answer, 1 late, 1 due within a week."
    page.list.table.select(still.id)
    assert "The clock stands still since 2 November 2026: we asked what is meant." in page.view.days.text()


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


def test_what_a_step_lacks_is_said_and_what_was_typed_stays(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
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
    assert not steps.save()
    assert steps.panel.problem.text() == "Tick at least one."
    ticks = list(steps.panel.ticks.values())
    for tick in ticks[:3]:
        tick.click()
    assert steps.save()
    assert kinds(context, case) == ["searched"] * 3
    assert states(page)["Search the other places"] == f"3 of {len(ticks)}"
    assert len(steps.panel.ticks) == len(ticks) - 3


def test_no_exemption_is_an_answer_too_and_each_says_its_law(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.EXEMPTION)
    steps.panel.exemption.set_key("serious-harm-health")
    steps.panel._say_exemption()
    assert "schedule 3 paragraph 5" in steps.panel.advice.text()
    assert "How sure we are of this: medium-high." in steps.panel.advice.text()
    steps.panel.exemption.set_key("none")
    assert steps.save()
    assert kinds(context, case) == ["no-exemption"]


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


def test_another_case_is_not_shown_while_something_is_typed(
    context: Context, open_page: Callable[[], RequestsPage], answers: Answers
) -> None:
    first, second = asked(context, received=date(2026, 10, 1)), asked(context)
    page = open_page()
    page.view.steps.panel.note.setPlainText("Half a word")
    answers.answers = ["stay", "discard"]
    page.list.table.select(second.id)
    assert current(page) == first.id
    assert page.view.steps.panel.note.toPlainText() == "Half a word"
    page.list.table.select(second.id)
    assert page.view.overview is not None
    assert page.view.overview.case.id == second.id


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
    assert kinds(context, case) == ["extended"]
    (kept,) = looking.letters(context.desk, case.id)
    assert kept.words.endswith("PS: sorry")
    assert not page.dirty
    letters.letter_box.set_key(f"sent:{kept.id}")
    letters._show()
    assert letters.words.toPlainText() == kept.words
    assert letters.words.isReadOnly()
    assert not letters.act_row.isVisible()


def test_a_letter_is_saved_to_go_by_email(
    context: Context, open_page: Callable[[], RequestsPage], answers: Answers, tmp_path: Path
) -> None:
    case = asked(context, email="j@example.org")
    page = open_page()
    page.view.write_letter(RequestEventKind.ACKNOWLEDGED)
    assert page.view.letters.channel.key() == "email"
    answers.answers = [tmp_path]
    page.view.letters.save_pdf()
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["R2026-001-acknowledge.pdf"]
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


def test_a_case_is_closed_when_nothing_is_left_and_opened_again_with_a_reason(
    context: Context, open_page: Callable[[], RequestsPage], answers: Answers
) -> None:
    case = asked(context)
    page = open_page()
    page.close_case()
    assert "Still to do: Check who it is" in context.banner.words
    answers.answers = ["She rang"]
    page.withdraw()
    assert states(page) == {}
    page.close_case()
    assert context.banner.words == "R2026-001 is closed."
    assert page.list.tabs.tabText(1) == "Closed (1)"
    page.list.tabs.setCurrentIndex(1)
    assert page.heading.button_of("close").text() == "Open the &case again…"
    assert not page.heading._controls["correct"].isEnabled()
    answers.answers = ["She wants it after all"]
    page.close_case()
    assert looking.case(context.desk, case.id).standing is CaseStanding.OPEN


def test_what_was_recorded_is_put_right(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    page.correct()
    assert page.new.title.text() == "Put R2026-001 right"
    page.new.form.fields["received"].editor.take_text("27 10 2026")
    assert page.save()
    assert looking.case(context.desk, case.id).case.received == date(2026, 10, 27)
    assert looking.case(context.desk, case.id).case.pupil_id == case.pupil_id
    assert page.list.table.cell(0, "state") == "3 days left"


def test_the_places_are_the_units_own(context: Context, open_page: Callable[[], RequestsPage], answers: Answers) -> None:
    page = open_page()
    page.show_places()
    names = lambda: [page.places.table.cell(row, "name") for row in range(len(page.places.table.rows))]  # noqa: E731
    answers.answers = ["The blue box", "Paper files"]
    page.places.add()
    assert names()[-1] == "The blue box"
    page.places.table.selectRow(0)
    page.places.rename()
    assert names()[0] == "Paper files"
    page.places.table.choose_none()
    assert page.places.retire_button.toolTip() == "Choose a place first"
    page.places.table.selectRow(1)
    answers.answers = [False, True]
    page.places.retire()
    assert "E-mail and calendars" in names()
    page.places.retire()
    assert "“E-mail and calendars”" in answers.questions[-1].text
    assert "E-mail and calendars" not in names()
    page.places.back_button.click()
    assert page.body.currentWidget() is page.panes_


def test_a_draft_of_a_step_a_letter_and_a_new_request_comes_back(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    page.view.steps.panel.note.setPlainText("Passport")
    of_step = page.draft()
    page.discard()
    page.view.write_letter(RequestEventKind.ACKNOWLEDGED)
    page.view.letters.words.appendPlainText("PS")
    of_letter = page.draft()
    page.discard()
    page.begin_new()
    page.new.take(pupil_called(context.desk, "Priya").id)
    page.new.form.fields["requester"].editor.take_text("Meera")
    of_new = page.draft()
    page.discard()
    assert page.draft() is None
    for draft, typed in (
        (of_step, lambda again: again.view.steps.panel.note.toPlainText() == "Passport"),
        (of_letter, lambda again: again.view.letters.words.toPlainText().endswith("PS")),
        (of_new, lambda again: again.new.form.fields["requester"].editor.typed_text() == "Meera"),
    ):
        again = open_page()
        assert draft is not None
        again.take_draft(draft)
        assert typed(again)


def test_a_granted_restriction_shows_at_once_and_leads_to_the_record(
    context: Context, open_page: Callable[[], RequestsPage], went: list[tuple[str, str | None]]
) -> None:
    case = asked(context, CaseKind.RESTRICT)
    page = open_page()
    steps = page.view.steps
    steps.table.select(RequestEventKind.DECIDED)
    steps.panel.outcome.set_key("upheld")
    steps.panel.note.setPlainText("Until the address is settled")
    assert steps.save()
    assert [badge.words for badge in page.view.badges][1:] == ["Use restricted at the person’s request"]
    steps.table.select(RequestEventKind.CARRIED_OUT)
    steps._lead()
    assert went == [("pupils", case.pupil_id)]


def test_the_office_sees_what_it_recorded_and_no_more(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    context.desk = as_role(context.desk, Role.OFFICE)
    mine = asked(context, forename="Mia")
    page = open_page()
    assert [row.id for row in page.list.table.rows] == [mine.id]
    assert page.view.overview is None
    assert page.no_case.isVisible()
    assert page.no_case.title.text() == "The data officer handles requests", "nothing is said to be recorded before it is"
    assert page.heading.button_of("new").isEnabled()
    assert not page.heading.button_of("close").isEnabled()


def test_the_assistant_head_reads_and_records_nothing(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    context.desk = as_role(context.desk, Role.ASSISTANT_HEAD)
    page = open_page()
    assert page.view.title.text() == "A copy of the data: Theo Bramley"
    assert not page.view.steps.record_button.isEnabled()
    assert page.view.steps.record_button.toolTip() == "Data officer only"
    assert page.view.letters.body.currentWidget() is page.view.letters.empty


def test_a_link_opens_the_case_or_that_of_the_pupil(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    first, second = asked(context), asked(context, forename="Mia")
    page = open_page()
    page.on_show(second.id)
    assert current(page) == second.id
    page.on_show(first.pupil_id)
    assert current(page) == first.id


def test_words_find_cases(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    mia = asked(context, CaseKind.ERASE, "Mia")
    page = open_page()
    page.search()
    page.list.find_box.setText("mia dele")
    assert [row.id for row in page.list.table.rows] == [mia.id]
    page.list.find_box.setText("nobody")
    assert page.list.empty.title.text() == "No request has words like that"


def test_home_tells_what_is_due_and_leads_to_it(context: Context, qtbot: QtBot, went: list[tuple[str, str | None]]) -> None:
    case = asked(context, received=date(2026, 10, 1))
    home = HomePage(context)
    qtbot.addWidget(home)
    home.on_show()
    (line,) = [each for each in home.findChildren(LinkLine) if "a copy of the data" in each.words]
    assert line.words == "Bramley, Theo: a copy of the data, 22 days late. Next: check who it is"
    assert line.tone == "bad"
    line.click()
    assert went == [("requests", case.id)]


def test_from_a_record_it_stands_at_that_pupils_case_or_says_that_there_is_none(
    open_page: Callable[[], RequestsPage], context: Context
) -> None:
    asked(context, received=date(2026, 10, 1))
    case = asked(context, forename="Priya")
    page = open_page()
    page.on_show(pupil_called(context.desk, "Priya").id)
    assert current(page) == case.id
    assert context.banner.isHidden()
    page.on_show(pupil_called(context.desk, "Mia").id)
    assert page.list.table.current() is None
    assert page.view.overview is None
    assert context.banner.words.startswith("No request about this pupil is on file.")


def test_office_staff_are_told_that_they_recorded_none(open_page: Callable[[], RequestsPage], context: Context) -> None:
    asked(context)
    context.desk = as_role(context.desk, Role.OFFICE)
    page = open_page()
    page.on_show(pupil_called(context.desk, "Theo").id)
    assert context.banner.words.startswith("You have recorded no request about this pupil.")


def is_in_sight(page: RequestsPage, widget: QWidget) -> bool:
    """The whole of its height, within what is scrolled."""
    port = page.view.steps.area.viewport()
    top = widget.mapTo(port, QPoint(0, 0)).y()
    return widget.isVisible() and top >= 0 and top + widget.height() <= port.height()


def test_what_is_wrong_is_in_sight_and_another_step_begins_at_its_top(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    page.resize(1000, 640)  # where the fields are longer than their place
    steps = page.view.steps
    steps.table.select(RequestEventKind.SEARCHED)
    QApplication.processEvents()  # a person sees the fields laid out before they press anything
    assert not steps.save()
    assert is_in_sight(page, steps.panel.problem)
    assert steps.area.verticalScrollBar().value() > 0
    steps.table.select(RequestEventKind.EXEMPTION)
    assert steps.area.verticalScrollBar().value() == 0
