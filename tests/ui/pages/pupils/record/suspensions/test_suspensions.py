"""The part «Suspensions»: a decision is made and counted, steps are ticked with their times, and one is cancelled."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.suspensions.suspension import SuspensionEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from tests.ui.pages.made import as_role
from tests.ui.pages.pupils.record.suspensions.made import DAY, codes, decide, marked, only_case, open_part


def test_a_decision_is_made_and_says_what_it_comes_to(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    assert part.below.isHidden()
    part.add_button.click()
    part.form.take_draft({"start": "26/11/2026", "sessions": "4", "reason_1": "DB"})
    assert part.comes_to.text().splitlines() == [
        "2 school days, 26 Nov 2026, morning to 30 Nov 2026, afternoon. Back 1 Dec 2026, morning.",
        "Saving marks 4 sessions E (suspended) in the register at once, those to come too: 26 Nov 2026, morning to 30 Nov 2026, afternoon.",
    ]
    assert page.save()
    assert [part.table.cell(0, key) for key in ("start", "until", "days", "standing")] == [
        "26 Nov 2026",
        "30 Nov 2026",
        "2",
        "Begins 26 Nov 2026",
    ]
    assert part.total.text() == "This school year: 2 of at most 45 school days, at all schools together."
    assert not part.below.isHidden()
    assert only_case(desk).halves[-1] == (date(2026, 11, 30), "PM")


def test_a_closed_day_is_refused_in_words(qtbot: QtBot, context: Context) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"start": "27/11/2026", "sessions": "2", "reason_1": "DB"})
    assert not page.save()
    assert part.form.summary.lines[0].words.startswith("The unit is closed on 27 November 2026.")


def test_all_that_is_wrong_is_said_at_once_each_at_its_field(qtbot: QtBot, context: Context) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"start": "27/11/2026", "reason_2": "DB", "reason_3": "DB"})
    assert not page.save()
    wrong = {name: field.problem.text() for name, field in part.form.fields.items() if field.problem.text()}
    assert list(wrong) == ["start", "sessions", "reason_1", "reason_3"]
    assert wrong["start"].startswith("The unit is closed on 27 November 2026.")
    assert wrong["sessions"].startswith("Number of sessions is missing.")
    assert len(part.form.summary.lines) == 4
    part.form.take_draft({"start": "no day", "sessions": "4"})
    assert not page.save()
    assert [name for name, field in part.form.fields.items() if field.problem.text()] == ["start", "reason_1", "reason_3"]


def test_a_step_is_ticked_with_its_time_and_taken_back(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.when.time.setText("8:45")
    part.when.note.setText("Mother, by phone")
    part.steps.boxes[SuspensionEventKind.TOLD_PARENTS].click()
    told = only_case(desk).step(SuspensionEventKind.TOLD_PARENTS)
    assert told is not None
    assert (told.on, told.time, told.note) == (date(2026, 11, 24), "08:45", "Mother, by phone")
    box = part.steps.boxes[SuspensionEventKind.TOLD_PARENTS]
    assert box.isChecked()
    assert box.accessibleDescription() == "Done 24 Nov 2026, 08:45, Mother, by phone"
    box.click()
    assert only_case(desk).step(SuspensionEventKind.TOLD_PARENTS) is None


def test_a_time_that_is_none_is_said_and_ticks_nothing(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.when.time.setText("noon")
    part.steps.boxes[SuspensionEventKind.TOLD_LA].click()
    assert [line.words for line in part.form.summary.lines] == ["Write the time like 9:30 or 14:05."]
    assert not part.steps.boxes[SuspensionEventKind.TOLD_LA].isChecked()


def test_it_is_cancelled_with_a_reason(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    answers.answers.append("New evidence")
    part.endings[SuspensionEventKind.CANCELLED].click()
    assert answers.questions[-1].text.startswith("Theo Bramley. ")
    assert part.table.cell(0, "standing") == "Cancelled, 24 Nov 2026"
    assert part.total.text().startswith("This school year: 0 of")
    assert part.endings[SuspensionEventKind.CANCELLED].isHidden()
    assert part.letter_button.isHidden(), "it would say that the decision stands"
    assert SuspensionEventKind.LETTER not in part.steps.boxes


def test_the_question_before_a_cancellation_tells_of_the_half_day_of_the_time_as_it_is_kept(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers
) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.when.day.set_text("26/11/2026")
    part.when.time.setText("9:00")
    answers.answers.append("New evidence")
    part.endings[SuspensionEventKind.CANCELLED].click()
    assert "The pupil may be back from 26 Nov 2026, morning. " in answers.questions[-1].text


def test_cancelled_on_a_saturday_the_pupil_may_be_back_on_the_next_school_day(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers
) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.when.day.set_text("28/11/2026")
    answers.answers.append("New evidence")
    part.endings[SuspensionEventKind.CANCELLED].click()
    assert "The pupil may be back from 30 Nov 2026, morning. " in answers.questions[-1].text
    assert context.banner.words.endswith(" No longer E in the register: 2 sessions, 30 Nov 2026, morning to 30 Nov 2026, afternoon.")


def test_the_office_reads_and_ticks(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    context.desk = as_role(desk, Role.OFFICE)
    _page, part = open_part(qtbot, context)
    assert not part.add_button.isEnabled()
    assert part.refusal.isVisible(), "why stands there for who uses no mouse"
    assert part.refusal.text() == part.add_button.accessibleDescription() == "Assistant head and data officer only"
    assert not part.endings[SuspensionEventKind.CANCELLED].isEnabled()
    part.steps.boxes[SuspensionEventKind.TOLD_LA].click()
    assert only_case(desk).step(SuspensionEventKind.TOLD_LA) is not None


def test_the_letter_is_seen_before_it_is_printed(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    answers.answers.append("0")
    part.letter_button.click()
    assert not part.letter.paper.isHidden()
    assert part.letter.paper.view.data.startswith(b"%PDF")
    part.letter.paper.closed.emit()
    assert part.letter.paper.isHidden()
    assert not part.table.isHidden()


def test_the_review_is_recorded_step_by_step_and_the_last_taken_back(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    decide(desk, category="PERM", start=date(2026, 11, 24), sessions=None)
    _page, part = open_part(qtbot, context)
    box = part.review
    assert box.so_far.text() == "Nothing is recorded of it yet."
    assert box.back_button.isHidden()
    part.when.note.setText("Minute 12")
    assert box.event_box.currentText() == "Choose…"
    assert not box.record_button.isEnabled()
    box.event_box.set_key(SuspensionEventKind.BOARD_UPHELD)
    box.record_button.click()
    assert box.so_far.text() == "The committee or board upheld the decision, 24 Nov 2026. Minute 12"
    assert box.until.text().startswith("An independent review may be asked for until")
    assert part.steps.boxes[SuspensionEventKind.BOARD_MET].isChecked()
    assert box.event_box.itemText(1) == "An independent review was asked for"
    assert not box.record_button.isEnabled()
    box.event_box.setCurrentIndex(1)
    box.record_button.click()
    box.event_box.set_key(SuspensionEventKind.PANEL_QUASHED)
    box.record_button.click()
    assert "considers it again by" in box.until.text()
    answers.answers = [True]
    box.back_button.click()
    assert len(box.so_far.text().splitlines()) == 2
    assert box.until.isHidden()


def test_the_review_of_another_schools_decision_is_not_ours(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk, school="919/4001")
    _page, part = open_part(qtbot, context)
    assert part.review.isHidden()


def test_the_office_reads_the_review(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    context.desk = as_role(desk, Role.OFFICE)
    _page, part = open_part(qtbot, context)
    assert not part.review.record_button.isEnabled()


def test_the_next_step_is_offered_in_place_until_none_is_left(qtbot: QtBot, context: Context, desk: Desk) -> None:
    """By the rule of Home's line: told, letter, told; each done with one button where one looks."""
    decide(desk)
    _page, part = open_part(qtbot, context)
    for words, kind in (
        ("Next: Tell the parents, without delay.", SuspensionEventKind.TOLD_PARENTS),
        ("Next: Give or send the letter to the family.", SuspensionEventKind.LETTER),
        ("Next: Tell the local authority, without delay: whatever the length.", SuspensionEventKind.TOLD_LA),
    ):
        assert part.next_act.words.text() == words
        recording = [button for button in part.next_act.buttons if not button.isHidden()][-1]
        qtbot.waitUntil(lambda kind=kind, recording=recording: recording.click() or only_case(desk).step(kind) is not None)
    assert part.next_act.isHidden()
    part.steps.boxes[SuspensionEventKind.TOLD_LA].click()
    assert part.next_act.isVisible()


def test_the_cursor_goes_on_to_the_next_step(qtbot: QtBot, context: Context, desk: Desk) -> None:
    """To the words of what is recorded at once, from which Tab goes on; to the button itself where it leads on, as to the letter."""
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"start": "26/11/2026", "sessions": "4", "reason_1": "DB"})
    part.form.focus("reason_1")
    assert page.save()
    first = part.next_act.buttons[0]
    focus = page.window().focusWidget()
    assert focus is part.next_act
    assert focus.accessibleName() == "Next: Tell the parents, without delay."
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert only_case(desk).step(SuspensionEventKind.TOLD_PARENTS) is None, "a stray Enter records nothing"
    qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert only_case(desk).step(SuspensionEventKind.TOLD_PARENTS) is not None
    assert page.window().focusWidget() is first
    assert first.text() == "Make the letter…"
    part.table.setFocus()
    part.letter.paper.show()
    part.letter.close()
    assert page.window().focusWidget() is first


def test_what_is_recorded_of_a_step_is_undone_at_the_foot(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.next_act.buttons[0].click()
    assert context.banner.words == "Recorded: Parents told, or the pupil of 18."
    message = context.banner.message
    assert message is not None
    assert message.act is not None
    message.act[1]()
    assert only_case(desk).step(SuspensionEventKind.TOLD_PARENTS) is None
    assert context.banner.words == "Taken back: Parents told, or the pupil of 18."
    assert part.next_act.words.text() == "Next: Tell the parents, without delay."


def test_a_new_decision_begins_with_the_first_session_that_has_no_saved_mark(qtbot: QtBot, context: Context, desk: Desk) -> None:
    """So that no mark that is saved is changed unasked."""
    marked(desk, DAY, (Session.AM, "/"))
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"sessions": "1", "reason_1": "DB"})
    assert part.comes_to.text().startswith("0.5 school days, 24 Nov 2026, afternoon to 24 Nov 2026, afternoon.")
    assert "become E" not in part.comes_to.text()
    assert page.save()
    assert codes(desk, DAY) == ["/", "E"]


def test_where_the_day_is_marked_it_begins_on_the_next(qtbot: QtBot, context: Context, desk: Desk) -> None:
    marked(desk, DAY, (Session.AM, "/"), (Session.PM, "B"))
    _page, part = open_part(qtbot, context)
    part.add_button.click()
    record = part.form.fields["start"].reading().value, part.form.fields["session"].reading().value
    assert record == (date(2026, 11, 25), "AM")


def test_saved_marks_that_become_e_are_named_by_session_before_and_asked_about(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers
) -> None:
    marked(desk, DAY, (Session.AM, "/"), (Session.PM, "B"))
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"start": "24/11/2026", "session": "AM", "sessions": "2", "reason_1": "DB"})
    named = part.comes_to.text().splitlines()[2:]
    assert named[0] == "These saved marks become E (suspended):"
    assert [line.split(",")[1].split(":")[0].strip() for line in named[1:]] == ["morning", "afternoon"]
    answers.answers = [False]
    assert not page.save()
    assert answers.questions[-1].text.startswith("Theo Bramley. ")
    assert named[1] in answers.questions[-1].text
    assert codes(desk, DAY) == ["/", "B"]
    answers.answers = [True]
    assert page.save()
    assert codes(desk, DAY) == ["E", "E"]
    assert "become E" not in part.comes_to.text()


def test_a_second_click_on_a_step_does_not_take_the_next(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.next_act.buttons[0].click()
    assert part.next_act.words.text().startswith("Next: Give or send the letter")
    for button in part.next_act.buttons:
        button.click()
    assert only_case(desk).step(SuspensionEventKind.LETTER) is None


def test_the_letter_is_offered_where_it_is_the_next_step(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.steps.boxes[SuspensionEventKind.TOLD_PARENTS].click()
    assert [button.text() for button in part.next_act.buttons if not button.isHidden()] == ["Make the letter…", "It is done: record it now"]


def test_what_it_comes_to_leaves_the_field_in_sight_in_which_one_types(qtbot: QtBot, context: Context) -> None:
    page, part = open_part(qtbot, context)
    page.resize(1182, 700)  # beside the rail at 1366 by 768
    part.add_button.click()
    field = part.form.fields["reason_1"].editor.field
    QApplication.processEvents()
    words = field.itemText(field.findData("VA"))
    assert field.lineEdit().width() > field.fontMetrics().horizontalAdvance(words), "what tells one reason from another stands at its end"
    page.resize(900, 560)
    part.list_area.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    foot = field.mapTo(part.list_area.viewport(), QPoint(0, field.height())).y()
    page.resize(900, 560 + foot + 4 - part.list_area.viewport().height())  # it is the last in sight
    QApplication.processEvents()
    field.setFocus()
    part.form.take_draft({"start": "26/11/2026", "sessions": "4", "reason_1": "DB"})
    QApplication.processEvents()
    assert len(part.comes_to.text().splitlines()) == 2
    qtbot.waitUntil(lambda: field.mapTo(part.list_area.viewport(), QPoint(0, field.height())).y() <= part.list_area.viewport().height())
    assert field.mapTo(part.list_area.viewport(), QPoint(0, 0)).y() >= 0
