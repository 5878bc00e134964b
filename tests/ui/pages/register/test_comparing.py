"""The school system's export beside the register: one key, each difference settled and undone, the report, and back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark
from pupil_desk.services import register
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.talk.ask import Answers
from tests.ui.pages.register.conftest import AM, YESTERDAY, Room


@pytest.fixture
def ash(room: Room) -> Pupil:
    ash = pupils.add_pupil(
        room.desk,
        Pupil(surname="Ash", forename="Una", dob=date(2012, 1, 5), upn="H919200420013"),
        Enrolment(status="C", start_date=date(2026, 9, 2)),
    )
    register.mark(room.desk, [Mark(pupil_id=ash.id, day=YESTERDAY, session=AM, code="N")])
    return ash


def _compared(room: Room, answers: Answers, tmp_path: Path, code: str) -> None:
    path = tmp_path / "week.csv"
    path.write_text(f"UPN,Date,AM/PM,Mark\nH919200420013,23/11/2026,AM,{code}\nA000000000000,23/11/2026,AM,/\n", encoding="utf-8")
    answers.answers.append(path)
    room.press(Qt.Key.Key_F7)


def _code(room: Room, pupil: Pupil) -> str | None:
    return next(row for row in register.view(room.desk, YESTERDAY, YESTERDAY).rows if row.pupil_id == pupil.id).cells[YESTERDAY, AM].code


def test_a_difference_is_settled_by_what_the_school_system_says_once_agreed_and_undone(
    room: Room, ash: Pupil, answers: Answers, tmp_path: Path
) -> None:
    _compared(room, answers, tmp_path, "I")
    view = room.page.comparing
    assert view.words.text() == "23 Nov 2026 to 23 Nov 2026: 1 difference, 1 not settled."
    assert view.unread_label.text().startswith("1 row of the file could not be read. Row 3: ")
    row = [view.table.cell(0, name) for name in ("pupil", "theirs", "ours", "settled")]
    assert row == ["Ash, Una", "I, Ill (not an appointment)", "N, Reason not yet known", "Not settled"]
    answers.answers += [False, True]
    view.theirs_button.click()
    assert _code(room, ash) == "N"
    view.theirs_button.click()
    assert _code(room, ash) == "I"
    assert view.table.cell(0, "settled") == "The school system was right: changed here"
    assert not view.theirs_button.isEnabled()
    message = room.window.context.banner.message
    assert message is not None
    assert message.act is not None
    message.act[1]()
    assert _code(room, ash) == "N"
    assert view.table.cell(0, "settled") == "Not settled"


def test_ours_stands_changes_nothing_and_the_report_is_made(room: Room, ash: Pupil, answers: Answers, tmp_path: Path) -> None:
    _compared(room, answers, tmp_path, "I")
    view = room.page.comparing
    view.ours_button.click()
    assert _code(room, ash) == "N"
    assert view.words.text().endswith("1 difference, 0 not settled.")
    room.window.resize(1024, 768)
    QApplication.processEvents()
    place = next(n for n, column in enumerate(view.table.model_.columns) if column.key == "settled")
    view.table.setColumnWidth(place, 120)
    QApplication.processEvents()
    one = view.table.fontMetrics().lineSpacing()
    assert view.table.rowHeight(0) > 3 * one, "“We were right: to be corrected in the school system” is read whole"
    view.print_button.click()
    assert room.page.body.currentWidget() is room.page.printing.paper
    room.page.printing.paper.closed.emit()
    assert room.page.body.currentWidget() is view, "back to what was compared"
    view.close_button.click()
    assert room.page.body.currentWidget() is room.page.panes_


def test_what_is_not_settled_is_asked_about_before_the_list_goes(room: Room, ash: Pupil, answers: Answers, tmp_path: Path) -> None:
    _compared(room, answers, tmp_path, "I")
    answers.answers += [False, True]
    room.page.comparing.close_button.click()
    assert room.page.comparing.is_open
    room.page.comparing.close_button.click()
    assert not room.page.comparing.is_open


def test_a_file_that_is_no_list_of_marks_changes_nothing_in_view(room: Room, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "photo.csv"
    path.write_text("Colour\nred\n", encoding="utf-8")
    answers.answers.append(path)
    room.press(Qt.Key.Key_F7)
    assert room.page.body.currentWidget() is room.page.panes_
    assert room.window.context.banner.words


def test_that_it_was_compared_is_kept_and_said_the_next_time(room: Room, ash: Pupil, answers: Answers, tmp_path: Path) -> None:
    _compared(room, answers, tmp_path, "I")
    view = room.page.comparing
    assert view.before_label.isHidden()
    view.ours_button.click()
    view.close_button.click()
    _compared(room, answers, tmp_path, "I")
    assert view.before_label.text().endswith("1 difference, 0 settled as the school system had it, 1 as we had it.")
