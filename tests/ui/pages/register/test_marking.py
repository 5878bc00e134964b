"""The register from the keyboard, in the real window: what is typed, what is in the file, what a person is told."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pupil_desk.domain.register.attendance import Session, Timetable
from pupil_desk.services import register
from pupil_desk.ui.kit.context import LOOKING_ONLY
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.register.wording import closed_words
from tests.ui.pages.register.conftest import AM, PM, TODAY, YESTERDAY, Room

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def line(room: Room) -> str:
    return room.page.heading.findChildren(QLabel)[1].text()


@pytest.mark.parametrize(
    "way",
    [
        (3, [KEY.Key_Down] * 3, 9, [KEY.Key_Down] * 5),  # the two exceptions that are farthest: after a code one is on the next pupil
        (10, [KEY.Key_Up] * 2, 4, [KEY.Key_Down] * 5),
        (0, [], 11, [KEY.Key_End]),
    ],
)
def test_twelve_pupils_with_two_exceptions_in_twelve_keystrokes(room: Room, way: tuple[int, list[KEY], int, list[KEY]]) -> None:
    first, there, second, on = way
    assert QApplication.focusWidget() is room.grid
    room.press(KEY.Key_F2)
    room.press(*there, "l", *on, "i")
    room.press(KEY.Key_S, held=CONTROL)
    expected = ["/"] * 12
    expected[first], expected[second] = "L", "I"
    assert room.kept() == expected
    assert room.kept(PM) == [None] * 12
    assert room.pressed <= 12
    assert not room.page.dirty


def test_typing_all_twelve_codes_goes_down_the_list(room: Room) -> None:
    room.press(*"//l/c2/i///b/")
    room.press(KEY.Key_S, held=CONTROL)
    assert room.kept() == ["/", "/", "L", "/", "C2", "/", "I", "/", "/", "/", "B", "/"]


def test_nothing_is_kept_before_saving_and_undo_takes_it_back(room: Room) -> None:
    room.press(KEY.Key_F2)
    room.press("l")
    assert room.kept() == [None] * 12
    assert "12 marks not saved yet" in line(room)
    room.press(KEY.Key_Z, held=CONTROL)
    assert room.draft() == ["/"] * 12
    room.press(KEY.Key_Z, held=CONTROL)
    assert not room.page.dirty
    assert "Morning: 12 of 12 not marked." in line(room)


def test_delete_clears_what_is_typed_and_never_what_is_kept(room: Room) -> None:
    room.enter(0, "/")
    room.grid.go(0, 0)
    room.press(KEY.Key_Delete)
    assert room.kept()[0] == "/"
    room.press(KEY.Key_Down, "l", KEY.Key_Up, KEY.Key_Delete)
    assert not room.page.dirty


@pytest.mark.parametrize("then", [KEY.Key_Return, KEY.Key_Down, KEY.Key_F3])
def test_c_alone_is_taken_when_one_moves_on(room: Room, then: KEY) -> None:
    room.press("c")
    assert room.draft() == []
    room.press(then)
    assert room.draft() == ["C"]
    assert room.grid.place == (1, 0)


def test_j_alone_is_no_code_and_a_wrong_sign_is_told(room: Room) -> None:
    room.press("j", KEY.Key_Return, "9")
    assert room.draft() == []
    assert "No code begins with 9" in room.page.context.banner.words


def test_escape_forgets_the_first_sign_only(room: Room) -> None:
    room.press("l", "c", KEY.Key_Escape)
    assert room.draft() == ["L"]
    assert room.grid.waiting == ""


def test_a_changed_entry_asks_for_the_reason_and_shows_its_history(room: Room, answers: Answers) -> None:
    pupil_id = room.enter(0, "N")
    room.grid.go(0, 0)
    answers.answers = ["Mother rang at ten"]
    room.press("i")
    room.press(KEY.Key_S, held=CONTROL)
    assert answers.questions[0].title == "Why is this entry changed?"
    assert room.kept()[0] == "I"
    assert [(e.code, e.reason) for e in register.entries(room.desk, pupil_id, TODAY, AM)] == [("N", ""), ("I", "Mother rang at ten")]
    room.grid.go(0, 0)
    newest, first = room.page.panel.history.texts()
    assert "Amended to I Ill" in newest
    assert "Mother rang at ten" in newest
    assert "Dee Marlowe, Data officer" in newest
    assert "Entered: N" in first
    assert "Amended" in room.page.panel.state.text()


def _undo(room: Room, words: str) -> None:
    message = room.window.banner.message
    assert message is not None
    assert message.act is not None
    assert message.act[0] == words
    message.act[1]()


def test_saving_is_undone_at_the_foot_and_what_stood_before_stands_again(room: Room, answers: Answers) -> None:
    room.enter(0, "B")
    answers.answers = ["It was the other pupil"]
    room.press(KEY.Key_Home, "l", "l")
    room.page.save()
    assert room.kept()[:3] == ["L", "L", None]
    _undo(room, "Undo saving")
    assert room.kept()[:3] == ["B", None, None]
    assert room.window.banner.words == "Undone: Saved 2 marks."
    pupil_id = register.view(room.desk, TODAY, TODAY).rows[0].pupil_id
    assert [(entry.code, entry.reason) for entry in register.entries(room.desk, pupil_id, TODAY, AM)] == [
        ("B", ""),
        ("L", "It was the other pupil"),
        ("B", "Undone at once"),
    ]
    room.press(KEY.Key_Home, KEY.Key_Down, "/")
    assert room.page.save(), "a session that was taken back is marked anew"
    assert room.kept()[1] == "/"


def test_marks_that_were_amended_since_are_not_undone(room: Room) -> None:
    room.press(KEY.Key_Home, "l")
    room.page.save()
    message = room.window.banner.message
    room.enter(0, "/", reason="She was here")
    assert message is not None
    assert message.act is not None
    message.act[1]()
    assert room.kept()[0] == "/"
    assert room.window.banner.words == "These marks were changed since. Look at the register again."


def test_without_a_reason_nothing_is_saved_and_nothing_is_lost(room: Room, answers: Answers) -> None:
    room.enter(0, "N")
    room.grid.go(0, 0)
    answers.answers = [None]
    room.press("i", "l")
    room.press(KEY.Key_S, held=CONTROL)
    assert room.kept()[:2] == ["N", None]
    assert room.draft() == ["I", "L"]


def test_the_same_code_again_is_no_change(room: Room) -> None:
    room.enter(0, "/")
    room.grid.go(0, 0)
    room.press("/")
    assert not room.page.dirty


def test_what_is_arranged_is_filled_and_a_kept_entry_is_left_alone(room: Room) -> None:
    row = register.view(room.desk, TODAY, TODAY).rows[2]
    register.add_timetable(room.desk, Timetable(pupil_id=row.pupil_id, since=date(2026, 11, 2), until=date(2026, 12, 18), tue_am="C2"))
    room.enter(5, "L")
    assert "C2 is expected" in room.grid.model_.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    room.press(KEY.Key_F2)
    room.press(KEY.Key_S, held=CONTROL)
    assert room.kept() == ["/", "/", "C2", "/", "/", "L", *["/"] * 6]


def test_what_was_planned_is_pale_ahead_and_confirmed_by_filling(room: Room) -> None:
    room.page._go_to(date(2026, 11, 25), is_week=False)
    room.press("/")
    assert "has begun" in room.page.context.banner.words
    room.press("v")
    room.press(KEY.Key_S, held=CONTROL)
    cell = register.view(room.desk, date(2026, 11, 25), date(2026, 11, 25)).rows[0].cells[date(2026, 11, 25), AM]
    assert (cell.code, cell.is_planned) == ("V", True)
    room.page.context.desk.clock.moment = room.desk.clock.now().replace(day=25)  # type: ignore[attr-defined]
    room.page.refresh()
    assert room.page.marking.sheet.cell_at(0, 0).missing
    room.press(KEY.Key_F2)
    room.press(KEY.Key_S, held=CONTROL)
    cell = register.view(room.desk, date(2026, 11, 25), date(2026, 11, 25)).rows[0].cells[date(2026, 11, 25), AM]
    assert (cell.code, cell.is_planned) == ("V", False)


def test_delete_takes_out_what_is_planned_and_can_be_undone(room: Room) -> None:
    tomorrow = date(2026, 11, 25)
    room.page._go_to(tomorrow, is_week=False)
    room.press("v")
    room.press(KEY.Key_S, held=CONTROL)
    room.grid.go(0, 0)
    room.press(KEY.Key_Delete)
    name = register.view(room.desk, tomorrow, tomorrow).rows[0].name
    assert room.window.banner.words == f"Taken out: V, planned for {name}, Wednesday morning."
    assert QApplication.focusWidget() is room.grid
    assert (tomorrow, AM) not in register.view(room.desk, tomorrow, tomorrow).rows[0].cells
    _undo(room, "Undo taking out")
    cell = register.view(room.desk, tomorrow, tomorrow).rows[0].cells[tomorrow, AM]
    assert (cell.code, cell.is_planned) == ("V", True)


def test_a_closed_day_says_why_and_takes_nothing(room: Room) -> None:
    room.page._go_to(date(2026, 11, 27), is_week=False)
    reason = "The unit is closed"
    assert reason in line(room)
    room.press("l", KEY.Key_F2)
    assert not room.page.dirty
    assert reason in room.page.panel.code.text()
    assert reason in room.window.banner.words
    fill = room.page.heading.button_of("fill")
    assert (fill.isEnabled(), fill.toolTip()) == (False, "The unit is closed.")
    room.page._go_to(TODAY, is_week=False)
    assert fill.isEnabled()


@pytest.mark.parametrize("pressed", ["l", KEY.Key_F2, KEY.Key_F3])
def test_what_is_said_of_a_closed_day_goes_with_it(room: Room, pressed: KEY | str) -> None:
    room.page._go_to(date(2026, 11, 28), is_week=False)
    room.press(pressed)
    assert room.window.banner.words
    room.page._go_to(TODAY, is_week=False)
    assert room.window.banner.words == ""
    assert "closed" not in line(room)


def test_minutes_late_and_a_note_go_with_the_mark(room: Room) -> None:
    room.press("l", KEY.Key_Up)
    room.page.panel.minutes.setFocus()
    room.press("12")
    room.page.panel.note.setFocus()
    room.press("The bus")
    room.press(KEY.Key_S, held=CONTROL)
    cell = register.view(room.desk, TODAY, TODAY).rows[0].cells[TODAY, AM]
    assert (cell.minutes_late, cell.note) == (12, "The bus")


def test_a_week_shows_ten_sessions_and_f3_goes_to_what_is_missing(room: Room) -> None:
    room.enter(0, "/", day=YESTERDAY)
    room.page._go_to(TODAY, is_week=True)
    assert room.grid.model_.columnCount() == 10
    room.grid.go(0, 0)
    room.press(KEY.Key_F3)
    assert room.grid.place == (1, 0)
    assert "47 marks missing" in line(room)


def test_in_a_week_the_cursor_goes_to_the_day_that_is_asked_for(room: Room) -> None:
    room.page._go_to(TODAY, is_week=True)
    room.grid.go(3, 0)  # Monday morning
    room.page.period.now.click()
    assert room.grid.place == (3, 2)
    room.page.period.box.setText("26 11 2026")
    room.page.period.box.editingFinished.emit()
    assert room.grid.place == (3, 6)
    room.page.period.step(1)
    assert (room.page.period.day, room.grid.place) == (date(2026, 12, 3), (3, 6))


def test_ctrl_and_the_arrows_turn_the_days_and_what_is_typed_is_not_left_out_of_sight(room: Room, answers: Answers) -> None:
    room.press("l")
    answers.answers = ["stay"]
    room.press(KEY.Key_Left, held=CONTROL)
    assert room.page.period.day == TODAY
    answers.answers = ["save"]
    room.press(KEY.Key_Left, held=CONTROL)
    assert room.page.period.day == YESTERDAY
    assert room.kept()[0] == "L"
    room.press(KEY.Key_D, held=CONTROL)
    room.press("24 11 2026", KEY.Key_Return)
    assert room.page.period.day == TODAY


def test_it_opens_at_a_pupil_and_a_day(room: Room) -> None:
    pupil_id = register.view(room.desk, TODAY, TODAY).rows[7].pupil_id
    room.page.on_show(pupil_id)
    assert room.grid.place[0] == 7
    room.page.on_show(f"{pupil_id}@{YESTERDAY}")
    assert room.page.period.day == YESTERDAY
    assert room.grid.place[0] == 7
    for session in Session:  # a link about the morning is not to lead to the mark of the afternoon
        room.page.on_show(f"{pupil_id}@{YESTERDAY}@{session}")
        assert room.grid.place == (7, list(Session).index(session))


def test_a_draft_comes_back_whole(room: Room) -> None:
    room.press("l", "i")
    draft = room.page.draft()
    assert draft is not None
    room.page.discard()
    assert room.page.draft() is None
    room.page._go_to(YESTERDAY, is_week=False)
    room.page.take_draft(draft)
    assert room.page.period.day == TODAY
    assert room.draft() == ["L", "I"]


def test_each_cell_is_said_in_words(room: Room, nameless: Callable[[QWidget], list[str]]) -> None:
    room.press("l")
    said = room.grid.model_.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ashdown, Mimi, Tuesday morning: L Late, before the register closed, not saved yet"
    assert nameless(room.page) == []


def test_it_says_that_it_sends_nothing_to_dfe(room: Room) -> None:
    assert "cannot make the daily transfer to DfE" in room.page.copy.text()


def test_a_code_can_be_picked_from_the_list(room: Room) -> None:
    panel = room.page.panel
    panel.setCurrentIndex(1)
    found = panel.codes.findItems("M   Medical", Qt.MatchFlag.MatchStartsWith)[0]
    panel.codes.itemActivated.emit(found)
    assert room.draft() == ["M"]
    assert QApplication.focusWidget() is room.grid


def test_the_week_is_seen_on_paper_before_it_is_printed(room: Room) -> None:
    room.enter(0, "L")
    room.press(KEY.Key_P, held=CONTROL)
    assert room.page.body.currentWidget() is room.page.printing.paper
    assert room.page.printing.paper.view.page_count == 1
    room.press(KEY.Key_Escape)
    assert room.page.body.currentWidget() is room.page.panes_
    room.page.print_term()
    assert room.page.printing.paper.view.page_count >= 4


def test_a_reason_for_closing_is_said_once() -> None:
    assert closed_words("Closed") == "The unit is closed"
    assert closed_words("Staff training") == "The unit is closed: Staff training"


def test_while_one_is_only_looking_nothing_can_be_typed_and_it_is_said(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.page.context.desk.vault, "read_only", "only looking")
    room.press("l", KEY.Key_F2)
    assert (room.page.dirty, room.draft(), room.page.context.banner.words) == (False, [], LOOKING_ONLY)
