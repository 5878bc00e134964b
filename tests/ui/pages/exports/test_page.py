"""Exports: which there are, who would receive what, and who sees it."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.documents.papers.receipt import Counts, FileMade
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, offers
from pupil_desk.services.exports.export import Problem
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.pages.exports import ExportsPage
from tests.ui.pages.exports.made import YOUTH, choices, make, opened, rows
from tests.ui.pages.made import as_role, pupil_called


def test_the_exports_are_grouped_say_who_is_not_sent_yet_and_lead_to_one(qtbot: QtBot, context: Context, stick: Path) -> None:
    page = opened(qtbot, context, stick)
    table = page.choosing.table
    shown = {table.cell(n, "title"): [table.cell(n, key) for key in ("waiting", "last", "who")] for n in range(len(table.rows))}
    assert shown["New pupils: return to the authority"] == ["5 pupils", "never", "Data officer"]
    assert shown["Pupils for the youth support service"][:2] == ["", "never"]
    groups = [table.cell(n, "group") for n in range(len(table.rows)) if table.cell(n, "group")]
    assert groups == list(dict.fromkeys(groups))  # each once, at the head of its own
    assert groups[0] == "Local authority"
    assert table.hasFocus() or not page.isActiveWindow()
    table.select(YOUTH)
    assert "Pupils on roll on the day who are 13 or older" in page.choosing.words.text()
    assert "Education and Skills Act 2008, section 72" in page.choosing.law.text()
    head, about = page.heading.geometry(), page.heading._text.text()
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        assert page.heading._text.text() == about, "no tab goes from under the pointer"
    page.tabs.setCurrentIndex(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.view is page.making
    page.heading.set_title("An export", "For whom it is, and by what law. " * 9)
    assert page.body.y() > page.heading.geometry().bottom() > head.bottom(), "what is beneath stands where it stays before the next click"
    assert page.heading.height() == page.heading.heightForWidth(page.heading.width())
    qtbot.keyClick(choices(page).reason, Qt.Key.Key_Escape)
    assert page.view is page.choosing
    assert table.current() is not None
    assert table.current().id == YOUTH  # type: ignore[union-attr]


def test_the_words_on_an_export_do_not_scroll_to_blank(qtbot: QtBot, context: Context, stick: Path) -> None:
    choosing = opened(qtbot, context, stick).choosing
    for row in choosing.table.rows:
        choosing.table.select(row.id)
        QApplication.processEvents()
        content = choosing.law.parentWidget()
        assert content is not None
        spare = content.height() - choosing.law.geometry().bottom() - 1
        assert spare == 0 or content.height() <= choosing._detail_area.viewport().height(), row.id


def test_no_choice_moves_what_can_be_chosen(page: ExportsPage, tmp_path: Path, answers: Answers) -> None:
    """A list closes over what is beneath it: whatever was chosen, that stays under the pointer."""
    file, place, folder = choices(page).file, choices(page).place, tmp_path / "there already"
    folder.mkdir()
    (folder / "roll-2026-11-20-receipt.txt").touch()

    def places() -> list[QPoint]:
        QApplication.processEvents()
        boxes = (place.box, place.folder_button, file.format_box, file.locked, file.lock_box, file.plain, file.keep)
        return [box.mapTo(choices(page), QPoint(0, 0)) for box in boxes]

    before = places()
    for choose in (
        lambda: file.format_box.set_key("csv"),
        lambda: file.plain.setChecked(True),
        lambda: file.locked.setChecked(True),
        lambda: answers.answers.append(folder),
        place.choose,
    ):
        choose()
        assert places() == before
    assert place.on_it.text() == "There already: 1 export of ours."
    assert place.on_it.isVisible()


def test_each_export_of_ours_stands_in_one_group() -> None:
    named = [name for _group, names in offers.GROUPS for name in names]
    assert len(named) == len(set(named))
    assert {export.name for export in EXPORTS} <= set(named)


def test_the_preview_says_who_goes_with_what_who_decided_and_who_is_left_out(page: ExportsPage) -> None:
    assert page.making.counts.text() == (
        "3 pupils (2 minimum, 1 full), 2 left out: because of the pupil’s age on that day (1); protected, and not confirmed by name (1)."
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


def test_files_for_several_receivers_each_have_a_password_beside_their_name(qtbot: QtBot, page: ExportsPage, tmp_path: Path) -> None:
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
    assert isinstance(page.context.ask, Answers)
    page.context.ask.answers.append("stay")  # the password is not noted yet
    with qtbot.waitSignal(result.delivery_wanted) as wanted:
        result.next_act.buttons[0].click()
    assert wanted.args == ["2"]
    result.forget()
    assert not any(each.secret.toPlainText() for each in (result.password, *result.password.findChildren(Passphrase)))


def test_a_paper_asked_for_twice_is_left_for_where_one_was(page: ExportsPage) -> None:
    for _time in range(2):
        page.making.print_()
    assert page.view is page.paper
    page.paper.closed.emit()
    assert page.view is page.making


def test_all_that_were_made_are_opened_by_one_name(page: ExportsPage) -> None:
    page.on_show("made")
    assert page.view is page.past


def test_where_none_was_made_the_empty_list_leads_to_one(page: ExportsPage) -> None:
    page.on_show("made")
    assert page.view is page.past
    assert page.past.table.empty is not None
    page.past.table.empty.button.click()
    assert (page.tabs.currentIndex(), page.view) == (0, page.making), "with the export that is being prepared there"


def test_for_an_upload_plain_is_proposed_and_said_why(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> None:
    page = opened(qtbot, context, stick, "ctf")
    file = choices(page).file
    assert file.plain.isChecked()
    assert file.advice.text().startswith("Proposed, since its receiver’s upload takes only a plain file.")
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)), stick, "ctf")
    assert choices(page).file.locked.isChecked()


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


@pytest.mark.usefixtures("guard")
def test_no_line_of_a_problem_comes_under_a_pointer_that_has_just_clicked(qtbot: QtBot, context: Context, stick: Path, desk: Desk) -> None:
    making = opened(qtbot, context, stick, "la-new-pupil").making
    before, mia = making.problems.lines, pupil_called(desk, "Mia")
    making.look()
    assert making.problems.lines is before, "the same stay as they are"
    changed = pupils.save_pupil(desk, dataclasses.replace(mia, sex="F"))
    qtbot.mouseClick(making.counts, Qt.MouseButton.LeftButton)
    context.news.tell(changed)
    assert making.problems.lines is before
    qtbot.waitUntil(lambda: making.problems.lines is not before)
    assert not [line for line in making.problems.lines if line.words.startswith("Mimi Ashdown: The sex")]
