"""An export is made on its page: the protected confirmed by name, where it goes, its password, its receipt, and what stops it."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.pc.drives import Drive
from pupil_desk.documents.papers.receipt import unwrapped
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import listing
from pupil_desk.services.home import deadlines
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils import pupils
from pupil_desk.services.receipts import noted, seals
from pupil_desk.services.unit import clock_doubt, settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Stopped
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.exports import ExportsPage, making
from pupil_desk.ui.pages.exports.making import check_holder
from tests.ui.pages.exports.made import PRIYA, YOUTH, choices, in_workbook, make, opened, plug, rows
from tests.ui.pages.made import pupil_called


def test_a_locked_workbook_is_made_with_its_receipt_its_papers_and_its_password_once(
    page: ExportsPage, stick: Path, answers: Answers
) -> None:
    make(page)
    file, receipt = stick / "youth-support-2026-11-24-1000.xlsx", stick / "youth-support-2026-11-24-1000-receipt.txt"
    result = page.result
    password = result.password.secret.toPlainText()
    heading, *told = in_workbook(file, password)
    assert [row[0] for row in told] == ["Bramley", "Dale", "Élan"]
    assert told[0][heading.index("sex")] == ""
    assert seals.seals(page.context.desk.vault) in [unit.seals for unit in noted.noted()]
    assert result.receipt.toPlainText() == unwrapped(receipt.read_text("utf-8"))
    assert "Why:          Autumn return" in result.receipt.toPlainText()
    # of the September Guarantee a sheet too
    assert "In it: 3 pupils, 4 rows. Left out: 2." in result.lines.text()
    assert result.stick.isVisible()
    assert "by another way than the file" in result.password.secret.accessibleDescription()
    for wanted in (result.sheet_button, result.receipt_button):
        wanted.click()
        assert page.body.currentWidget() is page.paper
        assert page.paper.view.data.startswith(b"%PDF")
        page.paper.closed.emit()
    assert result.password.showing  # looking at a paper takes nothing away
    answers.answers = ["leave"]
    result.close_button.click()
    assert result.password.secret.toPlainText() == ""
    assert page.choosing.isVisible()
    assert page.choosing.table.cell(page.choosing.table.currentIndex().row(), "last") == "24 Nov 2026"


def test_an_earlier_reason_is_taken_with_one_click(page: ExportsPage, answers: Answers) -> None:
    make(page)
    answers.answers = ["leave"]
    page.result.close_button.click()
    page.on_show(YOUTH)
    assert choices(page).reason.text() == ""
    (again,) = choices(page).earlier_lines
    assert again.words == "As before: Autumn return"
    again.click()
    assert choices(page).reason.text() == "Autumn return"


def test_the_page_is_not_left_with_a_password_that_nobody_noted(page: ExportsPage, answers: Answers) -> None:
    make(page)
    answers.answers = ["stay"]
    assert not page.leave()
    assert page.result.password.showing
    assert [line for line in page.result.password.opens.splitlines() if line.startswith("File: ")], "a lock keeps which file it opens"
    answers.answers = ["leave"]
    assert page.leave()
    assert not page.result.password.showing
    assert page.leave()  # and then there is nothing more to ask


def test_a_protected_pupil_goes_only_when_ticked_by_name(page: ExportsPage, desk: Desk, stick: Path) -> None:
    priya = pupil_called(desk, "Priya").id
    (tick,) = choices(page).protected.ticks.values()
    assert tick.text() == "Send Priya Chandra anyway"
    assert tick.accessibleName() == "Send Priya Chandra anyway: address withheld and order or restriction"
    tick.setChecked(True)
    assert ("Chandra, Priya", "Minimum", "The rule") in rows(page)
    tick.setChecked(False)
    assert ("Chandra, Priya", "Left out: protected", "The rule") in rows(page)
    tick.setChecked(True)
    assert choices(page).protected.ids == {priya}
    make(page)
    (path,) = stick.glob("*.xlsx")
    assert "Chandra" in [row[0] for row in in_workbook(path, page.result.password.secret.toPlainText())]
    page._put_away()
    page.on_show(YOUTH)
    assert choices(page).protected.ids == frozenset()  # the next time anew


def test_without_a_reason_nothing_is_made(page: ExportsPage, stick: Path) -> None:
    make(page, "   ")
    assert choices(page).reason_problem.text() == "Enter why the export is made."
    assert list(stick.iterdir()) == []


@pytest.mark.acceptance(50)
def test_a_plain_file_is_advised_against_and_needs_a_word_typed(page: ExportsPage, stick: Path, answers: Answers) -> None:
    file = choices(page).file
    assert file.locked.isChecked()
    assert file.advice.text().startswith("Excel and LibreOffice open it by themselves.")
    file.format_box.set_key("csv")
    assert "needs 7-Zip" in file.advice.text()
    file.plain.setChecked(True)
    assert file.advice.text().startswith("Advised against.")
    assert page.making.file_hint.text() == "Table as text (CSV), plain"
    answers.answers = [None]
    make(page)
    assert list(stick.iterdir()) == []
    assert "tells of 3 pupils to anyone who finds the stick" in answers.questions[0].text
    answers.answers = ["plain"]
    make(page)
    (path,) = stick.glob("*.csv")
    assert path.read_text("utf-8-sig").count("\n") == 4
    assert page.result.password.isHidden()
    assert page.result.sheet_button.isHidden()
    assert not page.result.password.showing


def test_while_the_clock_is_in_doubt_it_is_asked_first_and_a_yes_ends_the_doubt(page: ExportsPage, stick: Path, answers: Answers) -> None:
    context = page.context
    context.desk = dataclasses.replace(context.desk, clock=FixedClock(context.desk.clock.now() - timedelta(days=23)))
    answers.answers = [False]
    make(page)
    (question,) = answers.questions
    assert question.title == "Is today 1 November 2026?"
    assert "in doubt. It says 1 November 2026 at" in question.text
    assert "would be judged by 1 November 2026" in question.text
    assert list(stick.iterdir()) == []
    answers.answers = [True]
    make(page)
    assert list(stick.glob("youth-support-2026-11-01*.xlsx"))
    answers.answers = ["leave"]
    page.result.close_button.click()
    assert clock_doubt.standing(context.desk) == ""


def test_who_will_hold_the_whole_unit_is_asked_before_it_is_made(page: ExportsPage, stick: Path, answers: Answers) -> None:
    page.on_show("whole-unit")
    answers.answers = [None]
    make(page, "A new program")
    assert list(stick.iterdir()) == []
    question = answers.questions[0]
    assert question.title == "The whole unit, to move on: who will hold it?"
    for words in ("a written contract", "Protected pupils go only if you choose each by name", "restricted notes"):
        assert words in question.text
    assert check_holder(" ").startswith("Enter the name of the organisation")
    assert check_holder("x" * 121) == "Use at most 120 characters."
    assert check_holder("Acme Records") == ""
    answers.answers = ["Acme Records"]
    make(page, "A new program")
    assert "Acme Records (whoever keeps our records for us" in page.result.receipt.toPlainText()
    assert {path.suffix for path in stick.iterdir()} == {".zip", ".txt"}
    assert page.result.password.showing


def test_a_stick_comes_and_goes_by_itself_and_one_that_cannot_be_written_to_is_not_chosen(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = opened(qtbot, context, None, YOUTH)
    place = choices(page).place
    assert place.watch.active
    assert place.none.isVisible()
    make(page)
    assert place.problem.text() == "Choose where to make the export: a stick, or another folder."
    folder, old = tmp_path / "stick", tmp_path / "old"
    plug(place, Drive(old, "OLD (F:)", 0, 10, read_only=True))
    place.watch.ask()
    assert place.problem.text() == "OLD (F:) is write-protected. Move the small switch on its side, or use another stick."
    folder.mkdir()
    (folder / "register-2026-10-01-0900-receipt.txt").touch()
    (folder / "unit.pupilbackup").touch()
    plug(place, Drive(old, "OLD (F:)", 0, 10, read_only=True), Drive(folder, "REGISTER (E:)", 940_000_000, 16_000_000_000))
    place.watch.ask()
    assert [place.box.itemText(n) for n in range(2)] == ["OLD (F:): write-protected", "REGISTER (E:): 940 MB free"]
    assert place.folder == folder
    assert place.on_it.text() == "There already: 1 export of ours and 1 backup."
    assert not place.box.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    plug(place, Drive(folder, "REGISTER (E:)", 900, 16_000_000_000))
    place.watch.ask()
    assert "not enough room on REGISTER (E:)" in place.problem.text()
    plug(place)
    place.watch.ask()
    assert place.on_it.isVisible(), "it is still there, as a folder"
    folder.rename(tmp_path / "pulled")
    place.look()
    assert place.none.isVisible()
    page.tabs.setCurrentWidget(page.past)
    assert not place.watch.active


def test_another_folder_is_remembered_and_is_no_stick(page: ExportsPage, answers: Answers, tmp_path: Path, context: Context) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    answers.answers = [folder]
    choices(page).place.choose()
    make(page)
    assert len(list(folder.iterdir())) == 2
    assert not page.result.stick.isVisible()
    assert context.memory.get("exports/folder") == str(folder)


def test_a_stick_that_was_pulled_is_said_and_nothing_counts_as_made(page: ExportsPage, stick: Path, context: Context, desk: Desk) -> None:
    stick.rmdir()
    make(page)
    assert context.banner.look == "problem"
    assert listing.past_exports(desk) == []
    assert page.making.make_button.isEnabled()
    assert choices(page).reason.text() == "Autumn return"


def test_who_stops_it_is_told_that_nothing_was_made(page: ExportsPage, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object, **_named: object) -> None:
        raise Stopped

    monkeypatch.setattr(making, "run_export", stopped)
    make(page)
    assert context.banner.words == "Stopped. Nothing was made, and nothing is left in the folder."
    assert page.view is page.making
    assert page.making.make_button.isEnabled()


def test_what_is_being_made_waits_under_its_tab_while_one_looks_at_a_pupil(qtbot: QtBot, page: ExportsPage) -> None:
    choices(page).reason.setText("Autumn return")
    page.making.table.opened.emit(page.making.table.rows[0])
    assert page.view is page.receiving
    qtbot.mouseClick(page.tabs.tabBar(), Qt.MouseButton.LeftButton, pos=page.tabs.tabBar().tabRect(0).center())
    assert page.view is page.making
    QApplication.processEvents()
    assert page.focusWidget() is choices(page).reason, "the list that is hidden has no keys"
    assert choices(page).reason.text() == "Autumn return"
    page.making.back.emit()
    assert page.view is page.choosing


def test_that_nobody_is_in_it_is_asked_before_it_is_made(qtbot: QtBot, context: Context, stick: Path, answers: Answers) -> None:
    page = opened(qtbot, context, stick, "la-sickness")
    assert page.making.counts.text().startswith("Nobody is in it today.")
    answers.answers += [False, True]
    make(page)
    assert answers.questions[-1].title == "Nobody is in it. Make it all the same?"
    assert listing.past_exports(context.desk) == []
    make(page)
    assert len(listing.past_exports(context.desk)) == 1


def test_where_home_counts_fewer_the_preview_says_how_many_and_why(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> None:
    pupils.add_pupil(desk, Pupil(surname="Ivory", forename="Ada", dob=date(2012, 5, 6)), Enrolment(status="C", start_date=date(2025, 9, 3)))
    words = "Home counts the 5 of this school year; the others are earlier ones that were never returned."
    page = opened(qtbot, context, stick)
    table = page.choosing.table
    table.select("la-new-pupil")
    assert (table.cell(table.currentIndex().row(), "waiting"), len(deadlines.returns_due(desk).entries)) == ("6 pupils", 5)
    page.on_show("la-new-pupil")
    assert page.making.counts.text() == f"5 pupils, 1 left out: protected, and not confirmed by name (1). {words}"
    page.on_show("lrs-uln")
    assert "Home" not in page.making.counts.text()


def test_an_export_is_made_for_one_pupil_found_by_name(qtbot: QtBot, context: Context, stick: Path) -> None:
    page = opened(qtbot, context, stick, "la-new-pupil")
    assert "Home" not in page.making.counts.text(), "it counts the same"
    only, box = choices(page).only_for, choices(page).only_for.find_box
    box.setText("bram")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert [row[0] for row in rows(page)] == ["Bramley, Theo"]
    assert "Home" not in page.making.counts.text(), "those asked for by name go whether or not they were returned before"
    make(page, "Asked for by telephone")
    (path,) = stick.glob("la-new-pupil*.xlsx")
    assert len(in_workbook(path, page.result.password.secret.toPlainText())) == 2
    page._put_away()
    page.on_show("la-new-pupil")
    assert only.ids is None
    box.setText("bram")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    only._flow.itemAt(0).widget().click()  # type: ignore[union-attr]
    assert only.ids is None


def test_a_period_is_taken_from_those_at_hand_or_typed(qtbot: QtBot, context: Context, desk: Desk, stick: Path) -> None:
    theo = dataclasses.replace(pupil_called(desk, "Theo"), upn=PRIYA)
    pupils.save_pupil(desk, theo)
    register.mark(desk, [Mark(pupil_id=theo.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    page = opened(qtbot, context, stick, "register")
    period = choices(page).period
    assert [row[0] for row in rows(page)] == ["Bramley, Theo"]
    assert period.ready.currentText() == "The school year so far"
    period.ready.setCurrentIndex(2)  # the half term before
    assert rows(page) == []
    qtbot.keyClicks(period.until.line, "x")
    assert period.problem.isVisible()
    assert period.ready.currentText() == "Other days"
    make(page)
    assert list(stick.iterdir()) == []  # nothing is made for days that cannot be read


def test_a_protected_pupil_goes_into_the_register_once_confirmed(
    qtbot: QtBot, context: Context, desk: Desk, stick: Path, answers: Answers
) -> None:
    priya = dataclasses.replace(pupil_called(desk, "Priya"), upn=PRIYA)
    pupils.save_pupil(desk, priya)
    register.mark(desk, [Mark(pupil_id=priya.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    page = opened(qtbot, context, stick, "register")
    assert rows(page) == [("Chandra, Priya", "Left out: protected", "")]
    (tick,) = choices(page).protected.ticks.values()
    tick.click()
    assert [row[1] for row in rows(page)] == ["Full"]
    choices(page).file.plain.setChecked(True)
    answers.answers = ["plain"]
    make(page)
    assert PRIYA in in_workbook(next(stick.glob("register*.xlsx")))[1]


def test_words_that_may_name_another_pupil_are_asked_about_before_the_file_is_made(
    qtbot: QtBot, context: Context, desk: Desk, stick: Path, answers: Answers
) -> None:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools="Hill School, 919/4001"))
    stay = Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001")
    ash, birch = (
        pupils.add_pupil(desk, Pupil(surname=surname, forename="Zoë", dob=date(2012, 5, 4)), stay) for surname in ("Ash", "Birch")
    )
    notes.add(desk, Note(pupil_id=ash.id, category="school", text=f"Sat beside {birch.full_name}.", day=desk.today))
    page = opened(qtbot, context, stick, "school-week")
    answers.answers = [False]
    make(page)
    assert list(stick.iterdir()) == []
    assert answers.questions[0].title == "Make the file as it stands?"
    assert "Zoë Ash: A note for the school may name another pupil or family: “Zoë Birch”." in answers.questions[0].text
    answers.answers = [True]
    make(page)
    assert len(list(stick.glob("*919-4001*"))) == 1
