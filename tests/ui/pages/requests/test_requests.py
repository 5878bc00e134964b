"""The Requests page: a request is recorded in few keys, listed, found, closed, and put right."""

import dataclasses
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.requests.case import CaseKind, RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.requests import RequestsPage
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.requests.made import asked, current, does, states


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


def test_a_parent_of_an_adult_asks_by_what_the_pupil_signed(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    theo = pupil_called(context.desk, "Theo")
    pupils.save_pupil(context.desk, dataclasses.replace(theo, dob=date(2008, 5, 6)))
    page = open_page()
    page.begin_new()
    page.new.take(theo.id)
    QTest.keyClick(page.new.picks[0], Qt.Key.Key_Return)
    assert page.new.form.fields["capacity"].label.text() == "They ask as (required)"
    assert page.new.form.fields["capacity"].editor.typed_text() == "agent"


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


def test_what_is_asked_for_is_in_the_list_in_an_office_s_window(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    page = open_page()
    page.resize(1134, 690)  # as the page stands in a window of 1366 by 768
    kinds = [column.key for column in page.list.table.model_.columns].index("kind")
    assert not page.list.table.isColumnHidden(kinds)


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
    answers.answers.insert(0, "stay")
    page.list.find_box.setText("nobody")
    page.refresh()  # as any job does that ends meanwhile, over a question that is open: it asks none of its own
    assert (page.view.steps.panel.note.toPlainText(), current(page)) == ("Half a word", first.id)
    page.list.table.select(second.id)
    assert page.view.overview is not None
    assert page.view.overview.case.id == second.id


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
    context.banner.undo()
    assert context.banner.words == "Undone: R2026-001 is open."
    assert looking.case(context.desk, case.id).standing is CaseStanding.ANSWERED, "as it stood before: withdrawn"
    page.list.table.select(case.id)
    page.close_case()
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
    new_button = page.heading.button_of("new")
    assert (new_button.property("look"), page.places.add_button.property("look")) == ("", "primary"), "one main act is in view"
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
    assert (page.body.currentWidget(), new_button.property("look")) == (page.panes_, "primary")


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


def test_a_case_can_be_closed_as_soon_as_one_comes_back_to_it(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    case = asked(context)
    page = open_page()
    assert page.list.choose(case.id)
    part = page.view.parts[0]
    part.wants.emit(QWidget())
    page.view.edited.emit()
    assert not page.heading.button_of("close").isEnabled()
    part.wants.emit(None)
    assert page.heading.button_of("close").isEnabled()


def test_the_assistant_head_reads_and_records_nothing(context: Context, open_page: Callable[[], RequestsPage]) -> None:
    asked(context)
    context.desk = as_role(context.desk, Role.ASSISTANT_HEAD)
    page = open_page()
    assert page.view.title.text() == "A copy of the data: Theo Bramley"
    assert not page.view.steps.record_button.isEnabled()
    assert page.view.steps.record_button.toolTip() == "Data officer only"
    page.view.steps.table.setFocus()
    assert not page.save()
    assert context.banner.words == "Data officer only"
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
    home.show()
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
    assert context.banner.words == ""
    page.on_show(pupil_called(context.desk, "Mia").id)
    assert page.list.table.current() is None
    assert page.view.overview is None
    assert (page.no_case.title.text(), context.banner.words) == ("No request about this pupil is on file", "")
    page.list.table.selectRow(0)
    page.list.table.choose_none()
    page._show(None)
    assert page.no_case.title.text() == "No request is chosen", "that was said of the pupil come from"


def test_office_staff_are_told_that_they_recorded_none(open_page: Callable[[], RequestsPage], context: Context) -> None:
    asked(context)
    context.desk = as_role(context.desk, Role.OFFICE)
    page = open_page()
    page.on_show(pupil_called(context.desk, "Theo").id)
    assert page.no_case.title.text() == "You have recorded no request about this pupil"
