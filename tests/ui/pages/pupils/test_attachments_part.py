"""Papers kept, as the person meets them: added, opened, printed, saved out, set aside; by the keyboard alone, too."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.attachments.attachments import AttachmentsPart
from tests.made_papers import a_jpeg, a_pdf, a_zip
from tests.services.state import log_of
from tests.ui.pages.made import as_role, pupil_called


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "education_plan.pdf"
    file.write_bytes(a_pdf(2))
    return file


def open_page(qtbot: QtBot, context: Context, forename: str = "Theo") -> PupilsPage:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.on_show(pupil_called(context.desk, forename).id)
    page.view.turn_to("attachments")
    part = part_of(page)
    assert part.current_row is None, "no paper is acted on that nobody chose"
    if part.table.rows:
        part.table.selectRow(0)
    return page


def part_of(page: PupilsPage) -> AttachmentsPart:
    part = page.view.part
    assert isinstance(part, AttachmentsPart)
    return part


def on_file(desk: Desk, title: str = "Plan", data: bytes = b"", forename: str = "Theo") -> Attachment:
    """A paper that is there already."""
    pupil = pupil_called(desk, forename)
    looked = attachments.look_into(data or a_pdf(), "plan.pdf")
    attachments.add(desk, Attachment(pupil_id=pupil.id, title=title, kind="plan"), looked)
    return next(one for one in attachments.of_pupil(desk, pupil.id) if one.title == title)


def test_a_paper_is_chosen_looked_into_and_kept(qtbot: QtBot, context: Context, desk: Desk, answers: Answers, scan: Path) -> None:
    page = open_page(qtbot, context)
    part = part_of(page)
    assert part.table.empty is not None
    assert part.table.empty.isVisible()
    assert "at most 10 MB each" in part.room_line.text()
    answers.answers.append(scan)
    part.add_button.click()
    assert part.form.fields["title"].editor.typed_text() == "Education plan"
    assert part.file_line.text().startswith("PDF, 2 pages, ")
    assert attachments.of_pupil(desk, pupil_called(desk, "Theo").id) == []
    assert not page.save()  # the kind is still to be said
    part.form.take_draft({"kind": "plan", "received_from": "The main school"})
    part.subject_box.set_key(part.subject_box.itemData(1))
    assert page.save()
    assert [part.table.cell(0, key) for key in ("title", "kind", "from")] == ["Education plan", "Plan", "The main school"]
    (kept,) = attachments.of_pupil(desk, pupil_called(desk, "Theo").id)
    assert kept.about_kind == "enrolment"
    assert not page.dirty
    assert "Kept here since 24 Nov 2026." in part.file_line.text()
    assert scan.read_bytes() == a_pdf(2)


def test_what_cannot_be_kept_is_said_and_nothing_is_begun(qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path) -> None:
    told: list[str] = []
    context.jobs.known_error.connect(lambda error: told.append(error.message))
    page = open_page(qtbot, context)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(a_zip("word/document.xml"))
    answers.answers.append(letter)
    part_of(page).add_button.click()
    assert told == ["This is a Word, Excel or similar document. It cannot be shown here. Open it, save it as PDF, and add the PDF."]
    assert not page.dirty
    assert part_of(page).form.isHidden()


def test_hidden_details_of_a_photograph_are_said_to_be_left_out(qtbot: QtBot, context: Context, answers: Answers, tmp_path: Path) -> None:
    part = part_of(open_page(qtbot, context))
    photo = tmp_path / "IMG_1.jpg"
    photo.write_bytes(a_jpeg(taken_somewhere=True))
    answers.answers.append(photo)
    part.add_button.click()
    assert part.file_line.text().endswith("Hidden details, such as where a picture was taken, are left out.")


def drop(part: AttachmentsPart, *files: Path) -> bool:
    """Whether the part takes what is held over it; if so it is let go there."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    args = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with pytest.warns(DeprecationWarning, match="QDragEnterEvent"):
        over = QDragEnterEvent(QPointF(5, 5).toPoint(), *args)
    over.setAccepted(False)
    part.dragEnterEvent(over)
    if over.isAccepted():
        part.dropEvent(QDropEvent(QPointF(5, 5), *args))
    return over.isAccepted()


def test_a_file_is_dropped_on_the_part(qtbot: QtBot, context: Context, scan: Path) -> None:
    part = part_of(open_page(qtbot, context))
    assert not drop(part, scan, scan)
    assert drop(part, scan)
    assert part.form.fields["title"].editor.typed_text() == "Education plan"
    assert part.dirty


def test_enter_opens_a_paper_escape_closes_it_and_it_is_logged(qtbot: QtBot, context: Context, desk: Desk) -> None:
    paper = on_file(desk, data=a_pdf(3))
    part = part_of(open_page(qtbot, context))
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    shown = part.acts_of.paper
    assert shown.isVisible()
    assert (shown.title.text(), shown.view.page_count) == ("Plan", 3)
    assert not part.list_area.isVisible()
    shown.send = lambda data, _parent, memory, pages: data == a_pdf(3) and len(pages) == 3
    shown.print_button.click()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert part.list_area.isVisible()
    assert shown.view.data == b""
    acts = [(action, reason) for _user, action, about, reason in log_of(desk) if about == paper.id]
    assert acts == [("view", ""), ("read-record", "attachment printed")]


def test_another_pupil_closes_the_paper(qtbot: QtBot, context: Context, desk: Desk) -> None:
    on_file(desk)
    page = open_page(qtbot, context)
    part = part_of(page)
    part.acts_of.open_button.click()
    assert part.acts_of.paper.isVisible()
    page.on_show(pupil_called(desk, "Owen").id)
    assert not part.acts_of.paper.isVisible()
    assert part.acts_of.paper.view.data == b""


def test_a_copy_is_saved_out_once_the_person_has_read_what_that_means(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    paper = on_file(desk)
    part = part_of(open_page(qtbot, context))
    answers.answers += [False]
    part.acts_of.copy_button.click()
    target = tmp_path / "copy.pdf"
    answers.answers += [True, target]
    part.acts_of.copy_button.click()
    assert target.read_bytes() == a_pdf()
    assert answers.questions[-2].text.startswith("“Plan”, of Theo Bramley. The copy is not encrypted")
    offered = answers.questions[-1].text
    assert offered.endswith("-plan.pdf")
    assert "Bramley" not in offered
    assert [action for _user, action, about, _reason in log_of(desk) if about == paper.id] == ["save-attachment"]


def test_a_paper_is_set_aside_brought_back_and_removed(qtbot: QtBot, context: Context, desk: Desk, answers: Answers) -> None:
    on_file(desk)
    part = part_of(open_page(qtbot, context))
    assert part.acts_of.remove_button.isHidden()
    answers.answers.append("Another pupil’s")
    part.acts_of.aside_button.click()
    assert answers.questions[-1].text.startswith("“Plan”, of Theo Bramley.")
    assert part.table.cell(0, "state") == "Set aside"
    assert part.file_line.text().endswith("Set aside on 24 Nov 2026: Another pupil’s")
    part.acts_of.back_button.click()
    assert part.table.cell(0, "state") == ""
    answers.answers += ["Another pupil’s", "remove"]
    part.acts_of.aside_button.click()
    part.acts_of.remove_button.click()
    assert answers.questions[-1].text.startswith("“Plan”, of Theo Bramley.")
    assert not part.table.rows
    assert attachments.of_pupil(desk, pupil_called(desk, "Theo").id) == []


def test_the_office_saves_no_copy_and_removes_nothing(qtbot: QtBot, context: Context, desk: Desk) -> None:
    paper = on_file(desk)
    attachments.set_aside(desk, paper, "Scanned badly")
    context.desk = as_role(desk, Role.OFFICE)
    acts = part_of(open_page(qtbot, context)).acts_of
    assert acts.open_button.isEnabled()
    for each in (acts.copy_button, acts.remove_button):
        assert not each.isEnabled()
        assert each.toolTip()


def test_where_a_paper_belongs_is_changed_and_put_back(qtbot: QtBot, context: Context, desk: Desk) -> None:
    on_file(desk)
    page = open_page(qtbot, context)
    part = part_of(page)
    assert not page.dirty
    part.subject_box.set_key(part.subject_box.itemData(1))
    part.subject_box.activated.emit(1)
    assert page.dirty
    page.view.put_back()
    assert part.subject_box.key() == ""
    assert not page.dirty
    part.subject_box.set_key(part.subject_box.itemData(1))
    assert page.save()
    assert part.subject_box.currentText() == "Stay from 2 Sep 2026"


def test_a_draft_asks_for_the_file_again(qtbot: QtBot, context: Context, answers: Answers, scan: Path) -> None:
    page = open_page(qtbot, context)
    part = part_of(page)
    answers.answers.append(scan)
    part.add_button.click()
    part.form.take_draft({"kind": "plan"})
    draft = page.view.draft()
    assert b"%PDF" not in repr(draft).encode()
    page.view.put_back()
    page.view.take_draft(draft)
    assert part.form.fields["kind"].editor.typed_text() == "plan"
    assert part.file_line.text() == "No file is chosen yet."
    part.form.take_draft({"title": "Education plan"})
    assert not page.save()
    assert [line.words for line in part.form.summary.lines] == ["Choose the file first."]
    answers.answers.append(scan)
    part.choose_button.click()
    assert page.save()
    assert part.table.cell(0, "title") == "Education plan"


def test_the_keyboard_alone_adds_and_corrects(qtbot: QtBot, context: Context, desk: Desk, answers: Answers, scan: Path) -> None:
    page = open_page(qtbot, context)
    part = part_of(page)
    answers.answers.append(scan)
    part.add_button.setFocus()
    qtbot.keyClick(part.add_button, Qt.Key.Key_Space)
    assert page.focusWidget() is part.form.fields["title"].editor.field
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(page.focusWidget(), "Plan")
    assert page.save()
    assert part.table.cell(0, "kind") == "Plan"
    seen = set()
    for _step in range(40):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.add(page.focusWidget())
    assert {part.acts_of.open_button, part.acts_of.copy_button, part.acts_of.aside_button, part.subject_box} <= seen


def test_the_window_goes_on_while_a_file_is_looked_into(
    qtbot: QtBot, context: Context, answers: Answers, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, look_at = threading.Event(), attachments.look_at

    def slow(path: Path) -> attachments.PreparedFile:
        assert goes_on.wait(10)
        return look_at(path)

    monkeypatch.setattr(attachments, "look_at", slow)
    context.jobs = Jobs()
    part = part_of(open_page(qtbot, context))
    answers.answers.append(scan)
    part.add_button.click()
    assert not part.adding
    goes_on.set()  # only the window's own thread comes here: had it looked into the file itself, it would wait for ever
    qtbot.waitUntil(lambda: part.adding)
    context.jobs.close()
