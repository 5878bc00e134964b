"""The lead takes a paper in with an entry, looks at it, writes it out under a lock and takes it out again, on the page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.safeguarding import papers, writing
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from tests.made_papers import a_jpeg, a_pdf
from tests.services.packs.test_writing import text_of
from tests.ui.pages.made import pupil_called
from tests.ui.pages.safeguarding.conftest import OpenPage, said


def with_a_file_received(open_page: OpenPage, desk: Desk) -> SafeguardingPage:
    theo = pupil_called(desk, "Theo")
    writing.enter(desk, SafeguardingEntry(pupil_id=theo.id, kind=EntryKind.RECEIVED, day=desk.today, school="Mill Lane School", way="hand"))
    page = open_page(theo.id)
    page.view.table.selectRow(0)
    return page


def add(page: SafeguardingPage, answers: Answers, path: Path, title: str) -> None:
    answers.answers = [path, title]
    page.heading._controls["paper"].trigger()  # type: ignore[union-attr]  # it stands under More


def test_a_paper_is_taken_in_looked_at_and_taken_out(
    open_page: OpenPage, kept_here: Desk, context: Context, answers: Answers, tmp_path: Path
) -> None:
    page = with_a_file_received(open_page, kept_here)
    assert page.view.papers.isHidden()
    scan, photograph = tmp_path / "scan0001.pdf", tmp_path / "letter.jpg"
    scan.write_bytes(a_pdf(3, "Their whole file"))
    photograph.write_bytes(a_jpeg())
    add(page, answers, scan, "The file of Mill Lane School")
    assert said(context) == "The paper is in the file."
    assert answers.questions[-1].text.startswith("It is kept with: File received of 24 November 2026, about Theo Bramley.")
    add(page, answers, photograph, "Letter of the social worker")
    table = page.view.papers.table
    assert [table.cell(row, "title") for row in range(2)] == ["The file of Mill Lane School", "Letter of the social worker"]
    assert table.cell(0, "pages") == "3"
    acts = (page.view.papers.view_button, page.view.papers.write_button, page.view.papers.out_button)
    assert not any(act.isEnabled() for act in acts), "nobody has chosen a paper"
    table.select(table.rows[0].id)
    assert all(act.isEnabled() for act in acts)
    page.view.papers.view_button.click()
    assert page.now is page.paper
    assert page.paper.title.text() == "The file of Mill Lane School"
    assert "Their whole file, page 3" in text_of(page.paper.view.data)
    assert page.paper.save_button.isHidden()
    page.paper.closed.emit()
    assert page.now is page.panes_
    assert not page.paper.view.data
    table.select(table.rows[1].id)
    answers.answers = [True]
    page.view.papers.out_button.click()
    assert answers.questions[-1].text.startswith("“Letter of the social worker”, of Theo Bramley, goes into no pack")
    assert [paper.title for paper in table.rows] == ["The file of Mill Lane School"]


def test_a_paper_is_written_out_under_a_lock(open_page: OpenPage, kept_here: Desk, answers: Answers, tmp_path: Path) -> None:
    page = with_a_file_received(open_page, kept_here)
    papers.add(kept_here, page.view.file.histories[0].now, papers.PaperToSeal("Minutes", 1, a_pdf()))  # type: ignore[union-attr]
    page.refresh()
    answers.answers = [True, tmp_path]
    page.view.papers.table.selectRow(0)
    page.view.papers.write_button.click()
    assert page.pack_view.title.text() == "Written out: Minutes, Theo Bramley"
    (file,) = tmp_path.glob("paper-*.pdf")
    assert "Individual plan" in text_of(unlocked_pdf(file.read_bytes(), page.pack_view.password.secret.toPlainText()))


def test_an_entry_that_is_amended_keeps_its_papers(open_page: OpenPage, kept_here: Desk) -> None:
    page = with_a_file_received(open_page, kept_here)
    papers.add(kept_here, page.view.file.histories[0].now, papers.PaperToSeal("Minutes", 1, a_pdf()))  # type: ignore[union-attr]
    page.refresh()
    page.amend()
    assert "papers" not in page.entry.form.fields
    page.entry.form.take_draft({"text": "14 pages"})
    assert page.save()
    assert [paper.title for paper in page.view.papers.table.rows] == ["Minutes"]


def test_to_what_is_struck_out_no_paper_is_added(open_page: OpenPage, kept_here: Desk) -> None:
    page = with_a_file_received(open_page, kept_here)
    papers.add(kept_here, page.view.file.histories[0].now, papers.PaperToSeal("Minutes", 1, a_pdf()))  # type: ignore[union-attr]
    page.refresh()
    writing.strike(kept_here, page.view.file.histories[0].now, "Of another pupil")  # type: ignore[union-attr]
    page.refresh()
    assert not page.heading._controls["paper"].isEnabled()
    listed = page.view.papers
    listed.table.selectRow(0)
    assert [each.isEnabled() for each in (listed.view_button, listed.write_button, listed.out_button)] == [True, False, False]


def test_the_list_of_papers_has_names(open_page: OpenPage, kept_here: Desk, nameless: Callable[[QWidget], list[str]], qtbot: QtBot) -> None:
    page = with_a_file_received(open_page, kept_here)
    papers.add(kept_here, page.view.file.histories[0].now, papers.PaperToSeal("Minutes", 1, a_pdf()))  # type: ignore[union-attr]
    page.refresh()
    assert page.view.papers.isVisible()
    assert nameless(page) == []
