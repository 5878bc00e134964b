"""A file is received, sent on in a pack, asked after and confirmed, by the lead on the page."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.transfer import TransferStep
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.services.safeguarding import writing
from pupil_desk.services.safeguarding.due import safeguarding_due
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.safeguarding.commands import why_not
from tests.services.packs.test_writing import text_of
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.safeguarding.conftest import OpenPage, said


def test_a_leavers_file_is_packed_sent_on_and_confirmed(
    open_page: OpenPage, kept_here: Desk, context: Context, answers: Answers, tmp_path: Path
) -> None:
    gwen = pupil_called(kept_here, "Gwen")  # left in July
    writing.write_concern(
        kept_here, SafeguardingEntry(pupil_id=gwen.id, kind=EntryKind.CONCERN, day=kept_here.today, text="Rang, in tears")
    )
    page = open_page(gwen.id)
    assert page.list.table.cell(0, "open") == "to send on, 1 to decide"
    assert page.view.transfer.text().startswith("Send the file on: by ")
    answers.answers = [True, tmp_path]
    page.outgoing.make_pack()
    assert answers.questions[0].text.startswith("Every entry of the file of Gwen Harlow goes into one locked file")
    (file,) = tmp_path.glob("pack-*.pdf")
    assert page.pack_view.title.text() == "The pack for the next lead: Gwen Harlow"
    password = page.pack_view.password.secret.toPlainText()
    assert unlocked_pdf(file.read_bytes(), password).startswith(b"%PDF")
    answers.answers = ["leave"]
    page.pack_view.done_button.click()
    assert page.now is page.panes_
    assert not page.pack_view.password.showing
    for kind, values in (
        (EntryKind.SENT, {"school": "Brook School", "way": "locked"}),
        (EntryKind.CONFIRMED, {"school_lead": "Pat Brook"}),
    ):
        page.begin_entry(kind)
        page.entry.form.take_draft(values)
        assert page.save(), kind
        assert said(context) == "The entry is in the file."
    assert page.view.transfer.isHidden()
    assert page.list.table.cell(0, "open") == "1 to decide"


def test_what_came_from_the_school_before_stands_in_the_chronology(open_page: OpenPage, kept_here: Desk) -> None:
    theo = pupil_called(kept_here, "Theo")
    page = open_page(theo.id)
    page.begin_entry(EntryKind.RECEIVED)
    page.entry.form.take_draft({"school": "Mill Lane School", "way": "hand", "text": "14 pages"})
    assert page.save()
    assert page.view.table.cell(0, "text") == "Mill Lane School. 14 pages"
    page.outgoing.print_receipt()
    text = " ".join(text_of(page.paper.view.data).split())
    assert "Receipt for a safeguarding file" in text
    assert "Theo Bramley" in text
    assert "14 pages" in text


def test_of_a_new_pupil_the_file_of_the_school_before_is_asked_for_until_it_came(open_page: OpenPage, kept_here: Desk) -> None:
    stay = Enrolment(status="C", start_date=kept_here.today)
    new = pupils.add_pupil(kept_here, Pupil(surname="Newby", forename="Nan", dob=date(2012, 5, 3)), stay)
    assert safeguarding_due(kept_here).transfers == {TransferStep.RECEIVE: (1, date(2026, 12, 2))}
    assert safeguarding_due(as_role(kept_here, Role.DATA_OFFICER)).transfers == {}, "the lead alone"
    page = open_page(new.id)
    assert [page.list.table.cell(0, key) for key in ("name", "open")] == ["Nan Newby", "to be asked for"]
    assert page.list.summary().startswith("0 safeguarding files, 1 ")
    assert page.view.transfer.text().startswith("Ask the school before for the file: by 2 December 2026")
    page.begin_entry(EntryKind.RECEIVED)
    page.entry.form.take_draft({"school": "Mill Lane School", "way": "none"})
    assert page.save()
    assert safeguarding_due(kept_here).transfers == {}
    assert page.list.table.cell(0, "open") == ""
    page.view.table.selectRow(0)
    assert why_not("receipt", page.view.history, has_file=True) == "Choose a file received"


def test_figures_are_a_paper_for_the_committee(open_page: OpenPage, kept_here: Desk, answers: Answers, qtbot: QtBot) -> None:
    theo = pupil_called(kept_here, "Theo")
    writing.write_concern(kept_here, SafeguardingEntry(pupil_id=theo.id, kind=EntryKind.CONCERN, day=kept_here.today, text="x"))
    page = open_page()
    answers.answers = ["2026"]
    page.outgoing.show_figures()
    assert answers.questions[0].title == "Figures of which year?"
    assert page.now is page.paper
    qtbot.waitUntil(page.paper.print_button.isEnabled)
    page.paper.closed.emit()
    assert page.now is page.panes_


def test_the_entries_in_view_are_printed_as_a_chronology(open_page: OpenPage, kept_here: Desk) -> None:
    theo = pupil_called(kept_here, "Theo")
    entries: list[dict[str, str]] = [
        {"kind": "concern", "text": "Came without a coat"},
        {"kind": "event", "text": "His aunt rang about the coat"},
        {"kind": "event", "text": "Of another pupil"},
        {"kind": "event", "text": "The coat was bought"},
        {"kind": "status", "status": "child-protection", "social_worker": "Ade Cole"},
    ]
    for entry in entries:
        writing.enter(kept_here, SafeguardingEntry(pupil_id=theo.id, day=kept_here.today, **entry))  # type: ignore[arg-type]  # all text
    page = open_page(theo.id)
    page.view.table.select(next(row.now.entry_id for row in page.view.table.rows if row.now.text == "The coat was bought"))
    history = page.view.history
    assert history is not None
    writing.strike(kept_here, history.now, "Of another pupil")
    page.refresh()
    page.view.asked.find_box.setText("COAT")
    assert [row.now.kind for row in page.view.table.rows] == ["event", "event", "concern"]
    page.view.asked.kind_box.setCurrentIndex(page.view.asked.kind_box.findData("event"))
    page.view.asked.kind_box.activated.emit(0)
    assert page.view.asked.count.text() == "2 of 5 entries"
    page.outgoing.print_chronology()
    text = " ".join(text_of(page.paper.view.data).split())
    assert "Event, with “COAT”" in text
    assert "Child protection plan since 24 November 2026. Social worker: Ade Cole." in text
    assert "His aunt rang about the coat" in text
    for left_out in ("Came without", "bought", "Of another"):
        assert left_out not in text
    page.paper.closed.emit()
    page.view.asked.find_box.setText("no such word")
    assert page.view.empty.isVisibleTo(page.view)
    gwen = pupil_called(kept_here, "Gwen")
    page.on_show(gwen.id)
    assert page.view.asked.asked.told() == "All", "of another file all entries are asked for"


def test_the_chronology_is_looked_at_printed_and_written_out_under_a_lock_alone(
    open_page: OpenPage, kept_here: Desk, context: Context, answers: Answers, tmp_path: Path
) -> None:
    theo = pupil_called(kept_here, "Theo")
    writing.enter(kept_here, SafeguardingEntry(pupil_id=theo.id, kind=EntryKind.EVENT, day=kept_here.today, text="The coat was bought"))
    page = open_page(theo.id)
    page.outgoing.print_chronology()
    assert page.now is page.paper
    assert "The coat was bought" in text_of(page.paper.view.data)
    assert page.paper.save_button.isHidden()
    printed: list[bytes] = []
    page.paper.send = lambda data, *_window, **_memory: not printed.append(data)  # type: ignore[func-returns-value]
    page.paper.print_button.click()
    assert said(context) == "Sent to the printer."
    assert len(printed) == 1
    answers.answers = [True, tmp_path]
    page.paper.lock_button.click()
    assert answers.questions[0].text.startswith("“Chronology”, of Theo Bramley, is written as a PDF that only its password opens.")
    assert page.pack_view.title.text() == "Written out: Chronology, Theo Bramley"
    (file,) = tmp_path.glob("chronology-*.pdf")
    assert "The coat was bought" in text_of(unlocked_pdf(file.read_bytes(), page.pack_view.password.secret.toPlainText()))
    answers.answers = ["leave"]
    page.pack_view.done_button.click()
    page.outgoing.show_blank_form()
    assert page.paper.lock_button.isHidden(), "it is of no pupil"


def test_of_a_protected_pupil_the_pack_is_asked_about_once_more(
    open_page: OpenPage, kept_here: Desk, answers: Answers, tmp_path: Path
) -> None:
    theo = pupil_called(kept_here, "Theo")
    withheld = Protection(pupil_id=theo.id, kind="address-withheld", reason="Court", since=kept_here.today)
    protections.set_protection(kept_here, withheld)
    page = open_page(theo.id)
    assert page.list.table.rows == []
    assert [badge.words for badge in page.view.badges] == ["Protected"]
    page.begin_entry(EntryKind.EVENT)
    page.entry.form.take_draft({"text": "Rang"})
    assert page.save()
    assert page.list.table.cell(0, "name") == "Theo Bramley"
    index = page.list.table.model().index(0, 0)
    assert "protected" in page.list.table.model().data(index, Qt.ItemDataRole.AccessibleTextRole).lower()
    answers.answers = [True, False]
    page.outgoing.make_pack()
    assert answers.questions[1].title == "Something on this paper must be kept from someone"
    assert list(tmp_path.glob("pack-*")) == []


def test_what_is_struck_out_is_counted_before_the_pack_is_made(open_page: OpenPage, kept_here: Desk, answers: Answers) -> None:
    theo = pupil_called(kept_here, "Theo")
    entry = SafeguardingEntry(pupil_id=theo.id, kind=EntryKind.EVENT, day=kept_here.today, text="Of somebody else")
    writing.enter(kept_here, entry)
    page = open_page(theo.id)
    writing.strike(kept_here, page.view.file.histories[0].now, "Of another pupil")  # type: ignore[union-attr]
    page.refresh()
    answers.answers = [False]
    page.outgoing.make_pack()
    assert answers.questions[0].text.endswith("Of 1 struck-out entry it has the kind, the day and the reason alone.")
