"""Exports: who would receive what, the protected confirmed by name, the file made and its receipt read again."""

import csv
import dataclasses
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.drives import Drive
from pupil_desk.documents.locked_zip import unlocked
from pupil_desk.domain.attendance import Mark, Session
from pupil_desk.domain.staff import Role
from pupil_desk.services import pupils, register
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import listing
from pupil_desk.ui.kit.ask import Answers
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.exports import ExportsPage
from tests.ui.pages.made import as_role, pupil_called

PRIYA = "M919110026002"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def page(qtbot: QtBot, context: Context, stick: Path) -> ExportsPage:
    return opened(qtbot, context, stick)


def opened(qtbot: QtBot, context: Context, stick: Path | None) -> ExportsPage:
    made = ExportsPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.heard)
    context.jobs.known.connect(context.banner.problem)
    drives = [Drive(stick, "REGISTER (E:)", 12_300_000_000, 16_000_000_000)] if stick else []
    made.making.place.drives = lambda: drives
    made.resize(1000, 700)
    made.show()
    made.shown()
    return made


def rows(page: ExportsPage) -> list[tuple[str, ...]]:
    table = page.making.table
    return [tuple(table.cell(n, key) for key in ("pupil", "level", "by")) for n in range(len(table.rows))]


def in_zip(path: Path, password: str) -> list[dict[str, str]]:
    """The rows of the table in a locked file."""
    (data,) = unlocked(path.read_bytes(), password).values()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def make(page: ExportsPage, reason: str = "Autumn return") -> None:
    page.making.reason.setText(reason)
    page.making.make_button.click()


def test_which_exports_there_are_for_whom_by_what_law_and_who_may(page: ExportsPage) -> None:
    table = page.making.offers
    assert [table.cell(0, key) for key in ("title", "recipient", "law", "who")] == [
        "Pupils for the youth support service",
        "Youth support service",
        "Education and Skills Act 2008, section 72",
        "Data officer",
    ]


def test_the_preview_says_who_goes_with_what_who_decided_and_who_is_left_out(page: ExportsPage) -> None:
    assert page.making.counts.text() == "Today: 2 minimum, 1 full, 2 left out"
    assert rows(page) == [
        ("Bramley, Theo", "Minimum", "The rule"),
        ("Dale, Owen", "Minimum", "The rule"),
        ("Élan, Zofia", "Full", "A parent"),
        ("Ashdown, Mia", "Left out", "The rule"),
        ("Chandra, Priya", "Left out: protected", "The rule"),
    ]
    page.making.table.select(page.making.table.rows[0].id)
    told = page.making.items.text()
    assert told.startswith("13 to 15, nobody has said anything")
    assert "Goes: legal surname, legal forename, address and date of birth." in told
    assert "Withheld: UPN" in told
    page.making.table.select(page.making.table.rows[3].id)
    assert page.making.items.text() == "Under 13: nothing is told before 5 March 2027. Nothing goes."


def test_a_locked_file_is_made_with_its_receipt_and_its_password_once(
    page: ExportsPage, stick: Path, answers: Answers
) -> None:
    make(page)
    file, receipt = stick / "youth-support-2026-11-24-1000.zip", stick / "youth-support-2026-11-24-1000-receipt.txt"
    password = page.result.password.secret.toPlainText()
    told = {row["surname"]: row for row in in_zip(file, password)}
    assert set(told) == {"Bramley", "Dale", "Élan"}
    assert told["Bramley"]["sex"] == ""
    assert page.result.receipt.toPlainText() == receipt.read_text("utf-8")
    assert "Why:          Autumn return" in page.result.receipt.toPlainText()
    assert "In it: 3 pupils. Left out: 2." in page.result.lines.text()
    assert page.result.stick.isVisible()
    assert "by another way than the file" in page.result.password.secret.accessibleDescription()
    answers.answers = ["leave"]
    page.result.close_button.click()
    assert page.result.password.secret.toPlainText() == ""
    assert page.making.isVisible()
    assert page.making.reason.text() == ""


def test_the_page_is_not_left_with_a_password_that_nobody_noted(page: ExportsPage, answers: Answers) -> None:
    make(page)
    answers.answers = ["stay"]
    assert not page.leave()
    assert page.result.showing_password
    answers.answers = ["leave"]
    assert page.leave()
    assert not page.result.showing_password
    assert page.leave()  # and then there is nothing more to ask


def test_a_protected_pupil_goes_only_when_ticked_by_name(page: ExportsPage, desk: Desk, stick: Path) -> None:
    priya = pupil_called(desk, "Priya").id
    (tick,) = page.making.protected.ticks.values()
    assert tick.text() == "Send Priya Chandra anyway"
    assert tick.accessibleName() == "Send Priya Chandra anyway: address withheld and order or restriction"
    tick.setChecked(True)
    assert page.making.counts.text() == "Today: 3 minimum, 1 full, 1 left out"
    assert ("Chandra, Priya", "Minimum", "The rule") in rows(page)
    assert page.making.protected.ids == {priya}
    make(page)
    (path,) = stick.glob("*.zip")
    told = [row["surname"] for row in in_zip(path, page.result.password.secret.toPlainText())]
    assert "Chandra" in told


def test_a_tick_taken_away_holds_the_pupil_back_again(page: ExportsPage) -> None:
    (tick,) = page.making.protected.ticks.values()
    tick.setChecked(True)
    tick.setChecked(False)
    assert ("Chandra, Priya", "Left out: protected", "The rule") in rows(page)


def test_without_a_reason_nothing_is_made(page: ExportsPage, stick: Path) -> None:
    make(page, "   ")
    assert page.making.reason_problem.text() == "Enter why the export is made."
    assert list(stick.iterdir()) == []


def test_a_plain_file_needs_a_word_typed(page: ExportsPage, stick: Path, answers: Answers) -> None:
    page.making.plain.setChecked(True)
    answers.answers = [None]
    make(page)
    assert list(stick.iterdir()) == []
    assert "tells of 3 pupils to anyone who finds the stick" in answers.asked[0].text
    answers.answers = ["plain"]
    make(page)
    (path,) = stick.glob("*.csv")
    assert [row["surname"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))] == [
        "Bramley",
        "Dale",
        "Élan",
    ]
    assert page.result.password.isHidden()
    assert not page.result.showing_password


def test_sticks_are_offered_by_label_and_room_and_looked_for_again(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = opened(qtbot, context, None)
    assert page.making.place.none.isVisible()
    assert page.making.place.folder is None
    make(page)
    assert context.banner.words.startswith("Choose where to make the export")
    folder = tmp_path / "stick"
    folder.mkdir()
    page.making.place.drives = lambda: [Drive(folder, "REGISTER (E:)", 940_000_000, 16_000_000_000)]
    page.refresh()
    assert page.making.place.box.currentText() == "REGISTER (E:): 940 MB free"
    assert not page.making.place.none.isVisible()


def test_another_folder_is_remembered_and_is_no_stick(
    page: ExportsPage, answers: Answers, tmp_path: Path, context: Context
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    answers.answers = [folder]
    page.making.place.choose()
    make(page)
    assert len(list(folder.iterdir())) == 2
    assert not page.result.stick.isVisible()
    assert context.memory.get("exports/folder") == str(folder)


def test_a_stick_that_was_pulled_is_said_and_nothing_counts_as_made(
    page: ExportsPage, stick: Path, context: Context, desk: Desk
) -> None:
    stick.rmdir()
    make(page)
    assert context.banner.look == "problem"
    assert listing.made(desk) == []
    assert page.making.make_button.isEnabled()
    assert page.making.reason.text() == "Autumn return"


def test_past_exports_stand_there_with_their_receipts(
    page: ExportsPage, answers: Answers, stick: Path, context: Context
) -> None:
    make(page)
    receipt = page.result.receipt.toPlainText()
    page.tabs.setCurrentIndex(1)
    table = page.past.table
    assert [table.cell(0, key) for key in ("at", "recipient", "by", "rows", "left", "how")] == [
        "24 Nov 2026 10:00", "Youth support service", "Dee Marlowe", "3", "2", "locked",
    ]  # fmt: skip
    assert page.past.receipt.toPlainText() == receipt
    answers.answers = [stick]
    page.past.check_files()
    assert context.banner.words == "youth-support-2026-11-24-1000.zip: the same as on the receipt."
    path = stick / "youth-support-2026-11-24-1000.zip"
    path.write_bytes(path.read_bytes()[:-1])
    answers.answers = [stick]
    page.past.check_files()
    assert (context.banner.look, context.banner.words) == (
        "problem", "youth-support-2026-11-24-1000.zip: not the same as on the receipt.",
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_others_see_the_preview_and_who_may_make_it(
    qtbot: QtBot, context: Context, desk: Desk, stick: Path, role: Role
) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, role)), stick)
    assert page.making.counts.text() == "Today: 2 minimum, 1 full, 2 left out"
    assert not page.making.make_button.isEnabled()
    assert page.making.who.text() == "Data officer only"
    assert not page.making.plain.isEnabled()
    (tick,) = page.making.protected.ticks.values()
    assert not tick.isEnabled()
    assert tick.toolTip() == "Data officer only"
    page.making.reason.setText("Autumn return")
    page.making.make()
    assert list(stick.iterdir()) == []


def test_by_keyboard_alone(qtbot: QtBot, page: ExportsPage, stick: Path) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.making.reason.setFocus()
    qtbot.keyClicks(page.making.reason, "Autumn return")
    qtbot.keyClick(page.making.reason, Qt.Key.Key_Return)
    assert len(list(stick.glob("*.zip"))) == 1
    assert page.result.password.copy.hasFocus()


def test_everything_that_takes_the_focus_has_words(page: ExportsPage, nameless: Callable[[QWidget], list[str]]) -> None:
    assert nameless(page) == []
    make(page)
    assert nameless(page) == []


def to_register(page: ExportsPage) -> None:
    page.making.offers.select("register")


def test_a_protected_pupil_goes_into_the_register_once_confirmed(
    qtbot: QtBot, context: Context, desk: Desk, stick: Path, answers: Answers
) -> None:
    priya = dataclasses.replace(pupil_called(desk, "Priya"), upn=PRIYA)
    pupils.save_pupil(desk, priya)
    register.mark(desk, [Mark(pupil_id=priya.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    page = opened(qtbot, context, stick)
    to_register(page)
    assert rows(page) == [("Chandra, Priya", "Left out: protected", "")]
    assert page.making.protected.isVisible()
    (tick,) = page.making.protected.ticks.values()
    assert tick.accessibleName() == "Send Priya Chandra anyway: address withheld and order or restriction"
    tick.click()
    assert [row[1] for row in rows(page)] == ["Full"]
    page.making.plain.setChecked(True)
    answers.answers = ["plain"]
    make(page)
    assert PRIYA in next(stick.glob("register*.csv")).read_text("utf-8-sig")


def test_the_office_confirms_nobody_for_the_register(qtbot: QtBot, context: Context, desk: Desk, stick: Path) -> None:
    priya = dataclasses.replace(pupil_called(desk, "Priya"), upn=PRIYA)
    pupils.save_pupil(desk, priya)
    register.mark(desk, [Mark(pupil_id=priya.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)), stick)
    to_register(page)
    (tick,) = page.making.protected.ticks.values()
    assert not tick.isEnabled()
