"""Registers that came back, in the real window: read in, decided, confirmed and taken back by keys."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import SheetBox, SheetSpan
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register.sheets import printing, waiting
from pupil_desk.ui.pages.forms import FormsPage
from tests import scans
from tests.registers import crossed
from tests.ui.pages.register.conftest import TODAY

KEY = Qt.Key


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return Desk(desk.vault, desk.user, FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))


def press(qtbot: QtBot, page: FormsPage, *keys: KEY | str) -> None:
    for key in keys:
        at = QApplication.focusWidget() or page
        if isinstance(key, str):
            qtbot.keyClicks(at, key)
        else:
            qtbot.keyClick(at, key)


def box(place: int, code: str) -> str:
    return SheetBox(place, TODAY, Session.AM, code).key


def codes(desk: Desk) -> list[str | None]:
    return [
        row.cells[TODAY, Session.AM].code if (TODAY, Session.AM) in row.cells else None for row in register.view(desk, TODAY, TODAY).rows
    ]


def test_a_class_is_confirmed_by_keys_what_is_doubtful_is_decided_first_and_undo_brings_the_page_back(
    page: FormsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = page.context.desk
    batch = printing.make_sheets(desk, SheetSpan.DAY, TODAY)
    printing.record_printed(desk, batch)
    count = len(batch.sheets[0].pupil_ids)
    crosses = [box(place, "/") for place in range(count)]
    path = tmp_path / "registers.pdf"
    path.write_bytes(scans.as_pdf([crossed(batch, *crosses, box(1, "L"))]))

    page.read_in([path])

    assert page.tabs.currentWidget() is page.registers
    assert QApplication.focusWidget() is page.registers.table
    assert [question.session.place for question in page.registers.questions] == [1]
    assert "1 session to decide" in page.registers.words.text()
    assert page.registers.marks.cell(0, "marks") == "Tue / –"
    assert page.registers.marks.cell(1, "marks") == "Tue ? –"

    press(qtbot, page, KEY.Key_Return)  # to what is open
    assert QApplication.focusWidget() is page.registers.questions[0].box
    assert codes(desk) == [None] * count
    press(qtbot, page, "l")
    assert page.registers.marks.cell(1, "marks") == "Tue L –"
    assert page.dirty
    press(qtbot, page, KEY.Key_Return)  # all is decided: Enter in the last answer leads to the button, and confirms nothing by itself
    assert codes(desk) == [None] * count
    assert QApplication.focusWidget() is page.registers.confirm_button
    press(qtbot, page, KEY.Key_Return)

    assert codes(desk) == ["L" if place == 1 else "/" for place in range(count)]
    assert not page.dirty
    assert waiting.waiting(desk) == []
    assert f"Confirmed: all pupils, {count} marks." in page.context.banner.words
    page.context.banner.undo()
    assert codes(desk) == [None] * count
    assert [row.id for row in page.registers.table.rows] == [batch.sheets[0].id]


def test_a_class_of_26_with_four_sessions_to_decide_is_confirmed_in_eleven_acts(page: FormsPage, qtbot: QtBot, tmp_path: Path) -> None:
    """Two pages, of which one is clear. By real keys, and how long it takes: ``tests/tasks/test_register_on_paper.py``."""
    desk = page.context.desk
    for place in range(26 - len(register.view(desk, TODAY, TODAY).rows)):
        pupil = Pupil(surname=f"Moss{chr(97 + place)}", forename="Ada", dob=date(2012, 1, 9))
        pupils.add_pupil(desk, pupil, Enrolment(status="C", start_date=date(2026, 9, 2)))
    batch = printing.make_sheets(desk, SheetSpan.DAY, TODAY)
    printing.record_printed(desk, batch)
    twice = [[1, 3, 5, 7], []]
    path = tmp_path / "registers.pdf"
    pages = [
        crossed(
            replace(batch, sheets=(sheet,)), *(box(at, "/") for at in range(len(sheet.pupil_ids))), *(box(at, "L") for at in marked_twice)
        )
        for sheet, marked_twice in zip(batch.sheets, twice, strict=True)
    ]
    path.write_bytes(scans.as_pdf(pages))
    page.read_in([path])

    acts = 0
    while page.registers.table.rows:
        if QApplication.focusWidget() in [question.box for question in page.registers.questions if question.answer is None]:
            press(qtbot, page, "l")
            acts += 1
        press(qtbot, page, KEY.Key_Return)
        acts += 1

    assert codes(desk) == ["L" if at in twice[0] else "/" for at in range(26)]
    assert acts == 11, "to the first that is asked; of each its code and Enter; to confirm; and the clear page"


def test_what_was_read_wrong_is_said_otherwise_before_it_is_confirmed(page: FormsPage, qtbot: QtBot, tmp_path: Path) -> None:
    desk = page.context.desk
    batch = printing.make_sheets(desk, SheetSpan.DAY, TODAY)
    printing.record_printed(desk, batch)
    path = tmp_path / "registers.pdf"
    path.write_bytes(scans.as_pdf([crossed(batch, box(0, "/"))]))
    page.read_in([path])
    page.registers.marks.setFocus()
    page.registers.marks.selectRow(0)
    press(qtbot, page, KEY.Key_Return)
    assert QApplication.focusWidget() is page.registers.questions[0].box
    press(qtbot, page, "n")
    draft = page.draft()
    assert draft is not None
    page.discard()
    assert not page.dirty
    page.take_draft(draft)
    page.registers.confirm()
    assert codes(desk)[0] == "N"
