"""Import: what a file would do is seen, decided and mended, and nothing is kept before the verb is pressed."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import logbook
from pupil_desk.store.tables import contacts, protections
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import as_role, pupil_called

type Written = Callable[..., Path]

UPN = "Y919110026001"  # Mia Ashdown's


def rows(page: ImportPage) -> list[tuple[str, str, str]]:
    """Row, outcome and what is wrong or differs, as they stand in the list."""
    table = page.proposed.table
    return [(table.cell(place, "number"), table.cell(place, "state"), table.cell(place, "why")) for place in range(len(table.rows))]


def surnames(desk: Desk) -> list[str]:
    return [pupil.surname for pupil in pupils.all_pupils(desk)]


def imports_logged(desk: Desk) -> list[str]:
    return [row.reason for row in logbook.rows(desk) if row.action == "import"]


NEW = ("surname,forename,dob,sex", "Kestrel,Nia,3/4/2012,F", "Larch,Sam,14/9/2011,M")


def test_lines_above_the_headings_are_named_before_anything_is_kept(page: ImportPage, answers: Answers, written: Written) -> None:
    answers.answers = [written("Pupil list for Year 9", "", *NEW)]
    page.source.choose_button.click()
    assert page.proposed.order.isVisibleTo(page)
    assert page.proposed.order.text() == "The headings stand in row 3. What stands above is not read: “Pupil list for Year 9”."


def test_a_chosen_file_is_seen_before_anything_is_kept(
    page: ImportPage, desk: Desk, answers: Answers, written: Written, context: Context
) -> None:
    path = written(*NEW)
    answers.answers = [path]
    before = surnames(desk)
    page.source.choose_button.click()
    assert page.proposed.isVisible()
    assert page.proposed.summary.text() == "file.csv, 2 rows read: 2 new, 0 changed, 0 unchanged, 0 refused."
    assert page.proposed.headings.text() == "4 of 4 headings understood."
    assert page.source.kind.currentText() == "Pupils"
    assert page.proposed.summary.text().startswith("file.csv, ")
    assert page.proposed.keep_button.text() == "&Import 2 pupils"
    assert context.memory.get("import/folder") == str(path.parent)
    assert surnames(desk) == before
    assert imports_logged(desk) == []


def test_the_verb_keeps_it_in_one_go_and_says_what_was_done(
    page: ImportPage, desk: Desk, written: Written, context: Context, went: list[tuple[str, str | None]]
) -> None:
    heard: list[Changed] = []
    context.news.changed.connect(heard.append)
    page.open_file(written(*NEW))
    page.proposed.keep_button.click()
    assert {"Kestrel", "Larch"} <= set(surnames(desk))
    assert imports_logged(desk) == ["pupils: 2 read, 2 added, 0 changed, 0 unchanged, 0 refused"]
    assert "2 rows read: 2 new, 0 changed, 0 unchanged, 0 refused." in page.outcome.lines.text()
    assert context.banner.words == "Imported: 2 rows were kept."
    assert "pupil" in heard[0].kinds
    assert page.source.kind.currentText() == "Work it out from the headings"
    next(each for each in page.stack.currentWidget().findChildren(QPushButton) if each.text() == "Go to &Pupils").click()
    assert went == [("pupils", None)]


def test_refused_rows_are_left_out_and_named_with_their_reason(page: ImportPage, desk: Desk, written: Written, answers: Answers) -> None:
    page.open_file(written("surname,forename,dob", "Kestrel,Nia,3/4/2012", "Larch,Sam,not a day"))
    assert page.proposed.summary.text() == "file.csv, 2 rows read: 1 new, 0 changed, 0 unchanged, 1 refused."
    page.proposed.filter.set_key("refused")
    page.proposed.filter.activated.emit(0)
    ((number, outcome, why),) = rows(page)
    assert (number, outcome) == ("3", "Refused")
    answers.answers = [True]
    page.proposed.keep_button.click()
    assert "Kestrel" in surnames(desk)
    assert "Larch" not in surnames(desk)
    assert f"Row 3 (Larch, Sam, not a day): {why}" in page.outcome.lines.text()


def test_a_refused_row_is_mended_in_place(qtbot: QtBot, page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012", "Kestrel,Nia,3/4/2012"))
    detail = page.proposed.detail
    assert next(iter(detail.cells)) == "dob"  # what is wrong comes first
    detail.cells["dob"].setText("1/3/2012")
    detail.mend_button.click()
    assert page.proposed.summary.text() == "file.csv, 2 rows read: 2 new, 0 changed, 0 unchanged, 0 refused."
    assert page.proposed.table.cell(0, "state") == "New"
    page.save()  # Ctrl+S
    larch = next(pupil for pupil in pupils.all_pupils(desk) if pupil.surname == "Larch")
    assert larch.dob.isoformat() == "2012-03-01"


def test_enter_in_a_list_leads_to_the_cell_that_is_wrong(qtbot: QtBot, page: ImportPage, written: Written) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012"))
    assert page.proposed.table.hasFocus()
    qtbot.keyClick(page.proposed.table, Qt.Key.Key_Return)
    cell = page.proposed.detail.cells["dob"]
    assert cell.hasFocus()
    cell.setText("1/3/2012")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert page.proposed.summary.text() == "file.csv, 1 row read: 1 new, 0 changed, 0 unchanged, 0 refused."


def test_mending_leaves_the_other_cells_as_they_stand(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written("surname,forename,dob,town", "Larch,Sam,31/2/2012,Wexbridge"))
    page.proposed.detail.cells["dob"].setText("1/3/2012")
    page.proposed.detail.mend_button.click()
    page.keep()
    assert next(p for p in pupils.all_pupils(desk) if p.surname == "Larch").town == "Wexbridge"


DIFFERS = ("upn,surname,forename,dob,town,phone", f"{UPN},Ashdown,Mia,5/3/2014,Wexbridge,01632 960111")


def test_what_differs_is_shown_old_and_new_and_taken_or_left(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written(*DIFFERS))
    ((_number, outcome, why),) = rows(page)
    assert outcome == "Changed"
    assert why == "Telephone: empty → 01632 960111; Town: Larkfield → Wexbridge" or why == (
        "Town: Larkfield → Wexbridge; Telephone: empty → 01632 960111"
    )
    mine = page.proposed.detail.answers["town", "mine"]
    assert mine.text() == "As held here: Larkfield"
    mine.click()
    assert "Town: stays Larkfield" in rows(page)[0][2]
    assert page.proposed.keep_button.text() == "&Import changes to 1 pupil"
    page.proposed.keep_button.click()
    mia = pupil_called(desk, "Mia")
    assert (mia.town, mia.phone) == ("Larkfield", "01632 960111")


def test_all_that_is_held_can_stay_as_it_is(page: ImportPage, desk: Desk, written: Written) -> None:
    page.open_file(written(*DIFFERS))
    page.proposed.mine_button.click()
    assert page.proposed.summary.text() == "file.csv, 1 row read: 0 new, 0 changed, 1 unchanged, 0 refused."
    assert not page.proposed.keep_button.isEnabled()
    page.proposed.theirs_button.click()
    assert page.proposed.keep_button.isEnabled()
    page.keep()
    assert pupil_called(desk, "Mia").town == "Wexbridge"


def test_unknown_headings_are_named(page: ImportPage, written: Written) -> None:
    page.open_file(written("surname,forename,dob,Tutor House,Colour", "Larch,Sam,1/3/2012,Oak,red"))
    assert page.proposed.headings.text() == "3 of 5 headings understood. No column, and kept under From files: “Tutor House” and “Colour”."
    assert not page.proposed.order.isVisible()


def test_a_court_order_is_said_plainly_and_put_on_the_pupil(page: ImportPage, desk: Desk, written: Written) -> None:
    lines = (
        "upn,surname,forename,relationship,parental_responsibility,Court Order",
        f"{UPN},Ashdown,Paul,PAF,Y,Yes",
        f"{UPN},Ashdown,Jo,CAR,N,",
        f"{UPN},Ashdown,Kit,REL,N,No",
    )
    page.open_file(written(*lines))
    assert page.source.kind.currentText() == "Contacts"
    assert page.proposed.order.isVisible()
    assert "“Court Order” says yes in 1 row." in page.proposed.order.text()
    assert page.proposed.headings.text() == "5 of 6 headings understood."
    assert page.proposed.keep_button.text() == "&Import 3 contacts"
    page.keep()
    mia = pupil_called(desk, "Mia").id
    (order,) = protections.of_pupil(desk.vault, mia, desk.today)
    paul = next(c for c in contacts.of_pupil(desk.vault, mia) if c.forename == "Paul")
    assert (order.kind, order.contact_id, order.reason) == ("order", paul.id, "from import: check")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n nothing of a table", "This is a picture (PNG), whatever its name says, and no table."),
        (b"PK\x03\x04 a broken workbook", ""),
        (b"alpha,beta\r\n1,2\r\n", "The headings fit none of the kinds of import."),
    ],
)
def test_a_wrong_or_damaged_file_says_so_and_changes_nothing(
    page: ImportPage, desk: Desk, tmp_path: Path, context: Context, data: bytes, words: str
) -> None:
    before = surnames(desk)
    path = tmp_path / "wrong.csv"
    path.write_bytes(data)
    page.open_file(path)
    assert context.banner.look == "problem"
    assert words in context.banner.words
    assert context.banner.words.endswith("Nothing was changed.")
    assert not page.proposed.isVisible()
    page.keep()
    assert surnames(desk) == before
    assert imports_logged(desk) == []


def test_a_file_that_is_gone_is_said(page: ImportPage, tmp_path: Path, context: Context) -> None:
    page.open_file(tmp_path / "gone.csv")
    assert context.banner.words == "There is no file gone.csv. Check the name and the folder."


def test_the_kind_can_be_changed_and_the_file_is_read_as_that(page: ImportPage, written: Written, context: Context) -> None:
    page.open_file(written(*NEW))
    page.source.kind.set_key("contacts")
    page.source.kind.activated.emit(2)
    assert page.stack.currentWidget() is page.headings, "what its headings mean can be said"
    assert "UPN" in context.banner.words
    page.open_file(written(*NEW, name="again.csv"))
    assert page.source.kind.currentText() == "Pupils"


def test_a_file_is_dropped_on_the_page(page: ImportPage, written: Written) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(written(*NEW)))])
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    assert page.proposed.summary.text().startswith("file.csv, 2 rows read")


def test_mended_rows_are_not_lost_without_a_question(page: ImportPage, written: Written, answers: Answers) -> None:
    page.open_file(written("surname,forename,dob", "Larch,Sam,31/2/2012"))
    page.proposed.detail.cells["dob"].setText("1/3/2012")
    page.proposed.detail.mend_button.click()
    other = written(*NEW, name="other.csv")
    answers.answers = [False, True]
    page.open_file(other)
    assert page.proposed.summary.text().startswith("file.csv, ")
    page.open_file(other)
    assert page.proposed.summary.text().startswith("other.csv, ")


def test_reading_again_or_as_another_kind_asks_too(page: ImportPage, written: Written, answers: Answers) -> None:
    page.open_file(written(*DIFFERS))
    page.proposed.detail.answers["town", "mine"].click()
    answers.answers = [False, False]
    page.refresh()
    page.source.kind.set_key("contacts")
    page.source.kind.activated.emit(2)
    assert page.source.kind.currentText() == "Pupils"
    assert "Town: stays Larkfield" in rows(page)[0][2]
    assert [asked.offers for asked in answers.questions] == [("Read the file again",), ("Read it as this kind",)]


def test_two_decisions_in_a_breath_both_count(
    open_page: Callable[[Context], ImportPage], context: Context, desk: Desk, written: Written
) -> None:
    jobs = LateJobs()
    page = open_page(dataclasses.replace(context, jobs=jobs))
    page.open_file(written(*DIFFERS, ",Larch,Sam,1/3/2012,,"))
    jobs.tell(0)
    page.proposed.detail.answers["town", "mine"].click()
    page.proposed.detail.answers["phone", "mine"].click()
    page.keep()
    for place in (1, 2, 3):
        jobs.tell(place)
    mia = pupil_called(desk, "Mia")
    assert (mia.town, mia.phone) == ("Larkfield", None)
    assert "Larch" in surnames(desk)
    assert page.outcome.lines.isVisible()


def test_a_decision_told_of_after_the_import_does_not_bring_the_file_back(
    open_page: Callable[[Context], ImportPage], context: Context, written: Written
) -> None:
    jobs = LateJobs()
    page = open_page(dataclasses.replace(context, jobs=jobs))
    page.open_file(written(*DIFFERS))
    jobs.tell(0)
    page.keep()
    page.proposed.mine_button.click()
    jobs.tell(1)
    jobs.tell(2)
    assert page.outcome.lines.isVisible()
    assert page.proposal is None


CHOICES = (
    "upn,recipient,choice,by,on,giver,channel",
    f"{UPN},youth-support,restrict,parent,1/9/2026,Ruth Ashdown,form",
    f"{UPN},post-16,restrict,parent,2/9/2026,Ruth Ashdown,phone",
)


def test_the_office_is_told_which_rows_are_not_its_own_to_enter(
    open_page: Callable[[Context], ImportPage], context: Context, desk: Desk, written: Written
) -> None:
    page = open_page(dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)))
    page.open_file(written(*CHOICES))
    assert page.proposed.refused.isVisible()
    assert page.proposed.refused.text() == (
        "Choices that did not come on a signed form stand in 1 row. Your role does not enter those, "
        "so you cannot import this file. Ask someone who may: assistant head and data officer."
    )
    assert not page.proposed.keep_button.isEnabled()
    page.keep()
    assert sharing.timeline(desk, pupil_called(desk, "Mia").id).choices == []


def test_the_assistant_head_may(open_page: Callable[[Context], ImportPage], context: Context, desk: Desk, written: Written) -> None:
    page = open_page(dataclasses.replace(context, desk=as_role(desk, Role.ASSISTANT_HEAD)))
    page.open_file(written(*CHOICES))
    assert not page.proposed.refused.isVisible()
    assert page.proposed.keep_button.text() == "&Import 2 choices"
    page.keep()
    assert len(sharing.timeline(desk, pupil_called(desk, "Mia").id).choices) == 2


def test_a_preview_that_is_no_longer_true_is_not_kept(page: ImportPage, desk: Desk, written: Written, context: Context) -> None:
    page.open_file(written(*DIFFERS))
    pupils.save_pupil(desk, dataclasses.replace(pupil_called(desk, "Mia"), town="Elsewhere"))
    page.keep()
    assert context.banner.look == "problem"
    assert pupil_called(desk, "Mia").town == "Elsewhere"
    assert page.proposed.keep_button.isEnabled()
    page.refresh()
    assert "Town: Elsewhere → Wexbridge" in rows(page)[0][2]


def test_everything_that_takes_the_focus_has_words(page: ImportPage, written: Written, nameless: Callable[[QWidget], list[str]]) -> None:
    assert nameless(page) == []
    page.open_file(written(*DIFFERS, ",Larch,Sam,31/2/2012,,"))
    assert nameless(page) == []
    page.proposed.table.selectRow(1)
    assert nameless(page) == []
