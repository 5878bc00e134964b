"""What saving a decision does to the register, what is undone at the foot, and where the cursor is after an act."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.suspensions.suspension import SuspensionEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from tests.ui.pages.pupils.record.suspensions.made import DAY, codes, decide, only_case, open_part


def _codes_of(desk: Desk, *days: date) -> list[str]:
    return [code for day in days for code in codes(desk, day)]


def test_what_saving_does_to_the_register_is_what_it_does(qtbot: QtBot, context: Context, desk: Desk) -> None:
    """Of lunchtimes nothing; of one put right the sessions that are E no more too."""
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"category": "LNCH", "start": "26/11/2026", "session": "PM", "sessions": "2", "reason_1": "DB"})
    assert part.comes_to.text().endswith("No mark of the register changes.")
    part.form.take_draft({"category": "SUSP", "session": "AM", "sessions": "4"})
    assert page.save()
    assert "Saving marks" not in part.comes_to.text()
    part.form.take_draft({"sessions": "1"})
    assert part.comes_to.text().splitlines()[-1] == (
        "Saving marks 1 session E (suspended) in the register at once, those to come too: "
        "26 Nov 2026, morning to 26 Nov 2026, morning. 3 sessions are E no more."
    )
    assert page.save()
    assert _codes_of(desk, date(2026, 11, 26), date(2026, 11, 30)) == ["E", "", "", ""]


def _undo(context: Context) -> None:
    message = context.banner.message
    assert message is not None
    assert message.act is not None
    assert message.act[0] == "&Undo"
    message.act[1]()


def test_a_decision_just_saved_is_undone_at_the_foot(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"start": "26/11/2026", "sessions": "4", "reason_1": "DB"})
    assert page.save()
    assert context.banner.words == (
        "Saved: Suspension from 26 Nov 2026. Marked E (suspended) in the register: 4 sessions, "
        "26 Nov 2026, morning to 30 Nov 2026, afternoon."
    )
    _undo(context)
    assert context.banner.words == (
        "Undone: Suspension from 26 Nov 2026. No longer E in the register: 4 sessions, 26 Nov 2026, morning to 30 Nov 2026, afternoon."
    )
    assert part.table.cell(0, "standing") == "Entered by mistake"
    assert _codes_of(desk, date(2026, 11, 26), date(2026, 11, 30)) == [""] * 4
    assert page.window().focusWidget() is part.table


def test_what_was_put_right_of_a_decision_is_undone_at_the_foot(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    page, part = open_part(qtbot, context)
    part.form.take_draft({"reason_1": "VA"})
    assert page.save()
    assert only_case(desk).suspension.reason_1 == "VA"
    _undo(context)
    assert only_case(desk).suspension.reason_1 == "DB"


def test_the_pupil_is_back_is_offered_from_the_first_day(
    qtbot: QtBot, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    assert part.endings[SuspensionEventKind.SERVED].isHidden()
    assert not part.endings[SuspensionEventKind.MISTAKEN].isHidden()
    monkeypatch.setattr(desk.clock, "moment", desk.clock.now().replace(day=26))
    part._reveal()
    assert not part.endings[SuspensionEventKind.SERVED].isHidden()


def test_after_an_act_the_cursor_is_where_one_goes_on(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    """On the step that was ticked, on what the review may come to next, on the next step or the line of the list."""
    decide(desk, category="PERM", start=DAY, sessions=None)
    page, part = open_part(qtbot, context)
    box = part.steps.boxes[SuspensionEventKind.TOLD_LA]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert page.window().focusWidget() is part.steps.boxes[SuspensionEventKind.TOLD_LA]
    part.review.event_box.set_key(SuspensionEventKind.BOARD_UPHELD)
    part.review.record_button.setFocus()
    qtbot.keyClick(part.review.record_button, Qt.Key.Key_Space)
    assert page.window().focusWidget() is part.review.event_box
    part.review.back_button.setFocus()
    answers.answers = [True]
    qtbot.keyClick(part.review.back_button, Qt.Key.Key_Space)
    assert page.window().focusWidget() is part.review.event_box
    mistake = part.endings[SuspensionEventKind.MISTAKEN]
    mistake.setFocus()
    answers.answers = ["The wrong pupil"]
    qtbot.keyClick(mistake, Qt.Key.Key_Space)
    assert part.table.cell(0, "standing") == "Entered by mistake"
    assert page.window().focusWidget() in (part.table, part.next_act, *part.next_act.buttons)


def test_entered_by_mistake_reads_as_such_and_is_undone_at_the_foot(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    answers.answers = ["The wrong pupil"]
    part.endings[SuspensionEventKind.MISTAKEN].click()
    assert [part.table.cell(0, key) for key in ("until", "days", "standing")] == ["", "0", "Entered by mistake"]
    assert part.comes_to.text() == "Entered by mistake: it counts nothing, and nothing is marked for it."
    assert _codes_of(desk, date(2026, 11, 26), date(2026, 11, 30)) == [""] * 4
    marks = "4 sessions, 26 Nov 2026, morning to 30 Nov 2026, afternoon."
    assert context.banner.words.endswith(f" No longer E in the register: {marks}")
    _undo(context)
    assert context.banner.words.endswith(f" Marked E again in the register: {marks}")
    assert [part.table.cell(0, key) for key in ("days", "standing")] == ["2", "Begins 26 Nov 2026"]
    assert _codes_of(desk, date(2026, 11, 26), date(2026, 11, 30)) == ["E"] * 4


def test_what_is_typed_comes_to_is_in_sight_at_the_foot(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    page.resize(1100, 600)
    part.add_button.click()
    part.form.take_draft({"start": "26/11/2026", "sessions": "4", "reason_1": "DB"})
    for place in ("minimum", "maximum"):
        bar = part.list_area.verticalScrollBar()
        bar.setValue(getattr(bar, place)())
        assert part.comes_to.visibleRegion().boundingRect().size() == part.comes_to.size()
    assert page.save()
    assert part.list_area.isAncestorOf(part.comes_to)


def test_a_day_that_is_none_records_nothing_of_today(qtbot: QtBot, context: Context, desk: Desk) -> None:
    decide(desk)
    _page, part = open_part(qtbot, context)
    part.when.day.line.setText("31/2")
    part.steps.boxes[SuspensionEventKind.TOLD_LA].click()
    assert [line.words for line in part.form.summary.lines] == ["February has 28 or 29 days."]
    assert only_case(desk).step(SuspensionEventKind.TOLD_LA) is None
