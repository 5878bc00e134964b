"""Exports: which there are, who would receive what, the protected confirmed by name, the file made and its receipt read again."""

import dataclasses
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from pupil_desk.basics.pc.drives import Drive
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, listing, offers
from pupil_desk.services.exports.export import Counts, ExportMade, Problem
from pupil_desk.services.exports.locking import open_locked as unlocked
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Stopped
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.pages.exports import ExportsPage, making
from pupil_desk.ui.pages.exports.choices import ExportChoices
from pupil_desk.ui.pages.exports.place import ExportPlace
from tests.ui.pages.made import as_role, pupil_called

PRIYA = "M919110026002"
YOUTH = "youth-support"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def page(qtbot: QtBot, context: Context, stick: Path) -> ExportsPage:
    return opened(qtbot, context, stick, YOUTH)


def opened(qtbot: QtBot, context: Context, stick: Path | None, name: str = "") -> ExportsPage:
    """The page, with an export of that name being prepared."""
    made = ExportsPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.on_change)
    context.jobs.known_error.connect(context.banner.problem)
    plug(made.making.choices.place, *([Drive(stick, "REGISTER (E:)", 12_300_000_000, 16_000_000_000)] if stick else []))
    made.resize(1000, 700)
    made.show()
    made.on_show(name or None)
    return made


def plug(place: ExportPlace, *drives: Drive) -> None:
    """Let these sticks be plugged in, and no other."""
    place.drives = lambda: list(drives)
    place.watch.plugged = lambda: tuple((drive.path, drive.label, drive.kind, drive.read_only) for drive in drives)


def choices(page: ExportsPage) -> ExportChoices:
    return page.making.choices


def rows(page: ExportsPage) -> list[tuple[str, ...]]:
    table = page.making.table
    return [tuple(table.cell(n, key) for key in ("pupil", "level", "by")) for n in range(len(table.rows))]


def in_workbook(path: Path, password: str = "") -> list[list[str]]:
    """The first sheet of a workbook, its heading too."""
    data = path.read_bytes()
    if password:
        (data,) = unlocked(path.name, data, password).values()
    return [[str(cell) for cell in row] for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()]


def make(page: ExportsPage, reason: str = "Autumn return") -> None:
    choices(page).reason.setText(reason)
    page.making.make_button.click()


def test_the_exports_are_grouped_say_what_is_due_and_lead_to_one(qtbot: QtBot, context: Context, stick: Path) -> None:
    page = opened(qtbot, context, stick)
    table = page.choosing.table
    shown = {table.cell(n, "title"): [table.cell(n, key) for key in ("due", "last", "who")] for n in range(len(table.rows))}
    assert shown["New pupils: return to the authority"] == ["5 pupils", "never", "Data officer"]
    assert shown["Pupils for the youth support service"][:2] == ["", "never"]
    groups = [table.cell(n, "group") for n in range(len(table.rows)) if table.cell(n, "group")]
    assert groups == list(dict.fromkeys(groups))  # each once, at the head of its own
    assert groups[0] == "Local authority"
    assert table.hasFocus() or not page.isActiveWindow()
    table.select(YOUTH)
    assert "Pupils on roll on the day who are 13 or older" in page.choosing.words.text()
    assert "Education and Skills Act 2008, section 72" in page.choosing.law.text()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.view is page.making
    qtbot.keyClick(choices(page).reason, Qt.Key.Key_Escape)
    assert page.view is page.choosing
    assert table.current() is not None
    assert table.current().id == YOUTH  # type: ignore[union-attr]


def test_each_export_of_ours_stands_in_one_group() -> None:
    named = [name for _group, names in offers.GROUPS for name in names]
    assert len(named) == len(set(named))
    assert {export.name for export in EXPORTS} <= set(named)


def test_the_preview_says_who_goes_with_what_who_decided_and_who_is_left_out(page: ExportsPage) -> None:
    assert page.making.counts.text() == (
        "3 pupils (2 minimum, 1 full), 2 left out: by the rule, at the pupil’s age that day (1); protected, and not confirmed by name (1)."
    )
    assert rows(page) == [
        ("Bramley, Theo", "Minimum", "The rule"),
        ("Dale, Owen", "Minimum", "The rule"),
        ("Élan, Zofia", "Full", "A parent"),
        ("Ashdown, Mia", "Left out", "The rule"),
        ("Chandra, Priya", "Left out: protected", "The rule"),
    ]
    page.making.table.selectRow(0)
    told = page.making.items.text()
    assert told.startswith("13 to 15, nobody has said anything")
    assert "Goes: legal surname, legal forename, address and date of birth." in told
    assert "Withheld: UPN" in told
    page.making.table.selectRow(3)
    assert page.making.items.text().startswith("Under 13: nothing is told before 5 March 2027. Nothing goes. Withheld: legal surname, ")


def test_the_preview_and_the_pupils_recipients_are_papers_logged_when_printed(page: ExportsPage, desk: Desk, answers: Answers) -> None:
    page.paper.send = lambda _data, _parent, *, memory: True
    answers.answers = [True]
    page.print_()
    assert page.body.currentWidget() is page.paper
    page.paper.print_()
    assert "Priya Chandra" in answers.questions[0].text  # somebody protected is in it
    page.paper.closed.emit()
    page.making.table.opened.emit(page.making.table.rows[0])  # Theo
    page.print_()
    page.paper.print_()
    logged = [tuple(row) for row in desk.vault.rows("SELECT kind, reason FROM log WHERE reason LIKE 'who would receive what, printed'")]
    assert [kind for kind, _reason in logged] == ["export", "pupil"]


def test_of_one_pupil_every_recipient_is_shown_those_who_get_nothing_too(page: ExportsPage, desk: Desk) -> None:
    went: list[tuple[object, ...]] = []
    page.on_show(pupil_called(desk, "Theo").id)
    view, table = page.receiving, page.receiving.table
    assert page.tabs.currentWidget() is view
    shown = {
        table.cell(n, "export"): (table.cell(n, "recipient"), table.cell(n, "level"), table.cell(n, "by")) for n in range(len(table.rows))
    }
    assert len(shown) == len(EXPORTS)
    assert shown["Pupils for the youth support service"] == ("Youth support service", "Minimum", "The rule")
    assert shown["New pupils: return to the authority"] == ("Local authority", "Full", "The rule")
    assert shown["Common Transfer File"][1] == "Nothing"
    table.select(next(row.id for row in table.rows if row.export.name == "ctf"))
    assert view.words.text().startswith("Not among those whom it covers today: ")
    for row in table.rows:
        table.select(row.id)
        assert view.words.text().endswith(".")
        assert ".." not in view.words.text(), "a law that is a sentence already has its stop"
    page.context.go = lambda *where: bool(went.append(where)) or True
    view.told_button.click()
    assert went == [("pupils", f"{pupil_called(desk, 'Theo').id}#history///")]  # all that was told of Theo, not of everybody
    page.search()
    view.find_box.setText("chandra")
    view.find_box.chose.emit()
    assert table.cell(0, "level") == "Left out: protected"


def test_files_for_several_receivers_each_have_a_password_beside_their_name(page: ExportsPage, tmp_path: Path) -> None:
    files = tuple(FileMade(f"post-16-{name}.zip", 9, "0") for name in ("elm", "oak"))
    secrets = tuple((file.name, f"words-of-{file.name}") for file in files)
    result = page.result
    result.show_made(ExportMade("1", files, tmp_path / "r.txt", "", Counts(2, 2), (), secrets), on_stick=False)
    shown = [
        (each.secret.accessibleName(), each.secret.toPlainText()) for each in (result.password, *result.password.findChildren(Passphrase))
    ]
    assert shown == list(secrets)
    assert not result.passwords_note.isHidden()
    result.show_made(ExportMade("2", files[:1], tmp_path / "r.txt", "", Counts(1, 1), (), secrets[:1]), on_stick=False)
    assert result.password.secret.accessibleName() == "Password of the file"
    assert result.passwords_note.isHidden()
    result.forget()
    assert not any(each.secret.toPlainText() for each in (result.password, *result.password.findChildren(Passphrase)))


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
    assert result.receipt.toPlainText() == receipt.read_text("utf-8")
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
    answers.answers = ["leave"]
    assert page.leave()
    assert not page.result.password.showing
    assert page.leave()  # and then there is nothing more to ask


def test_a_paper_asked_for_twice_is_left_for_where_one_was(page: ExportsPage) -> None:
    for _time in range(2):
        page.making.print_()
    assert page.view is page.paper
    page.paper.closed.emit()
    assert page.view is page.making


def test_all_that_were_made_are_opened_by_one_name(page: ExportsPage) -> None:
    page.on_show("made")
    assert page.view is page.past


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


def test_for_an_upload_plain_is_proposed_and_said_why(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> None:
    page = opened(qtbot, context, stick, "ctf")
    file = choices(page).file
    assert file.plain.isChecked()
    assert file.advice.text().startswith("Proposed, since its receiver’s upload takes only a plain file.")
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)), stick, "ctf")
    assert choices(page).file.locked.isChecked()


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


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_others_see_the_preview_and_who_may_make_it(qtbot: QtBot, context: Context, desk: Desk, stick: Path, role: Role) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, role)), stick, YOUTH)
    assert len(rows(page)) == 5
    assert not page.making.make_button.isEnabled()
    assert page.making.role_hint.text() == "Data officer only: you can look, and print the list."
    assert not choices(page).file.plain.isEnabled()
    assert not choices(page).isVisible()  # nothing of what is needed only to make it
    choices(page).reason.setText("Autumn return")
    page.making.make()
    assert list(stick.iterdir()) == []
    page.making.back.emit()
    page.on_show("contact-sheet")
    assert not choices(page).file.keep.isVisible()
    (tick,) = choices(page).protected.ticks.values()
    assert not tick.isEnabled()
    assert tick.toolTip() == "Data officer only"


def test_office_staff_start_on_what_they_may_make(qtbot: QtBot, context: Context, desk: Desk, stick: Path) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)), stick)
    row = page.choosing.table.current()
    assert row is not None
    assert (row.id, row.allowed) == ("contact-sheet", True)


def test_what_is_being_made_waits_under_its_tab_while_one_looks_at_a_pupil(page: ExportsPage) -> None:
    choices(page).reason.setText("Autumn return")
    page.making.table.opened.emit(page.making.table.rows[0])
    assert page.view is page.receiving
    page.tabs.setCurrentIndex(0)
    assert page.view is page.making
    assert choices(page).reason.text() == "Autumn return"
    page.making.back.emit()
    assert page.view is page.choosing


def test_by_keyboard_alone(qtbot: QtBot, context: Context, stick: Path) -> None:
    page = opened(qtbot, context, stick)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.choosing.table.select(YOUTH)
    qtbot.keyClick(page.choosing.table, Qt.Key.Key_Return)
    assert choices(page).reason.hasFocus()
    qtbot.keyClicks(choices(page).reason, "Autumn return")
    qtbot.keyClick(choices(page).reason, Qt.Key.Key_Return)
    assert len(list(stick.glob("*.xlsx"))) == 1
    assert page.result.password.copy.hasFocus()


def test_everything_that_takes_the_focus_has_words(
    qtbot: QtBot, context: Context, stick: Path, nameless: Callable[[QWidget], list[str]]
) -> None:
    page = opened(qtbot, context, stick)
    assert nameless(page) == []
    for name in (YOUTH, "la-attendance", "la-new-pupil"):
        page.on_show(name)
        assert nameless(page) == []
    make(page)
    assert nameless(page) == []
    page._put_away()
    page.tabs.setCurrentWidget(page.receiving)
    assert nameless(page) == []


def test_what_is_wrong_in_a_record_opens_its_field(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> None:
    went: list[tuple[str, str]] = []
    page = opened(qtbot, dataclasses.replace(context, go=lambda name, place="": went.append((name, place)) or True), stick, "la-new-pupil")
    problems, theo = page.making.problems, pupil_called(desk, "Theo")
    mia = pupil_called(desk, "Mia")
    assert problems.heading.text().startswith("Please check ")
    line = next(line for line in problems.lines if line.words == "Mimi Ashdown: The sex is missing, which the admission register shows.")
    line.click()
    assert went == [("pupils", f"{mia.id}#details/pupil//sex")]
    stay = pupils.record(desk, theo.id).stays[0]
    problems.show_problems(
        [Problem(theo, "enrolment.start_date", "No starting day.", stops=True), Problem(theo, "mark.code", "A mark is missing.")]
    )
    assert (
        problems.heading.text()
        == "There is a problem: 1 line keeps a pupil out of the file. Please check 1 thing. Each line opens the field."
    )
    for line in problems.lines:
        line.click()
    assert went[1:] == [("pupils", f"{theo.id}#stays/enrolment/{stay.id}/start_date"), ("register", theo.id)]


def test_an_export_is_made_for_one_pupil_found_by_name(qtbot: QtBot, context: Context, stick: Path) -> None:
    page = opened(qtbot, context, stick, "la-new-pupil")
    only, box = choices(page).only_for, choices(page).only_for.find_box
    box.setText("bram")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert [row[0] for row in rows(page)] == ["Bramley, Theo"]
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
