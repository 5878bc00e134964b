"""The record of one pupil on its page: seen, changed, saved."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import find, write


class TestRecord:
    def test_who_it_is_and_every_protection_is_in_sight(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "chandra")
        assert page.view.line.text() == "P0003, 15 years old, born 20 May 2011, Year 11. On roll: current (single registration here)"
        assert {badge.words for badge in page.view.badge_row.badges} == {"Address withheld", "Order or restriction: Mr Vikram Chandra"}
        assert all(badge.isVisible() for badge in page.view.badge_row.badges)
        room = page.view._facts.geometry()
        find(qtbot, page, "dale")
        assert page.view.badge_row.badges == []
        assert page.view.badge_row.in_their_place.isVisible()
        assert page.view.badge_row.in_their_place.text() == "On roll: current (single registration here)"
        assert page.view._facts.geometry() == room, "nothing moves from one pupil to the next"

    def test_saving_keeps_with_one_log_row_and_says_when(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        find(qtbot, page, "bramley")
        before = len(desk.vault.rows("SELECT seq FROM log"))
        write(page, "town", "Larkstone")
        write(page, "phone", "01632 960001")
        assert page.view.state.text() == "Not saved yet"
        assert page.save()
        assert page.view.state.text().startswith("Saved ")
        held = pupil_called(desk, "Theo")
        assert (held.town, held.phone) == ("Larkstone", "01632 960001")
        assert len(desk.vault.rows("SELECT seq FROM log")) == before + 1
        assert not page.dirty

    def test_escape_puts_back_and_can_be_undone(self, qtbot: QtBot, page: PupilsPage, desk: Desk, context: Context) -> None:
        find(qtbot, page, "bramley")
        write(page, "town", "Larkstone")
        qtbot.keyClick(page.view.parts["details"].form.fields["town"].editor.field, Qt.Key.Key_Escape)  # type: ignore[attr-defined]
        assert not page.dirty
        assert context.banner.words == "Put back as it was."
        context.banner._button.click()
        assert page.draft() == {"pupil_id": pupil_called(desk, "Theo").id, "part": "details", "typed": {"town": "Larkstone"}}

    def test_a_remark_goes_with_its_part_and_comes_back_with_it(self, qtbot: QtBot, page: PupilsPage, context: Context) -> None:
        find(qtbot, page, "bramley")
        write(page, "town", "Larkstone")
        page.view.put_back()
        QApplication.processEvents()
        page.view.turn_to("absence")
        assert context.banner.words == ""
        page.view.turn_to("details")
        assert context.banner.words == "Put back as it was."
        context.banner.undo()
        assert page.dirty

    def test_when_it_was_saved_is_said_in_its_part_and_until_it_is_undone(self, qtbot: QtBot, page: PupilsPage, context: Context) -> None:
        find(qtbot, page, "bramley")
        write(page, "town", "Larkstone")
        assert page.save()
        QApplication.processEvents()
        page.view.turn_to("contacts")
        assert page.view.state.text() == ""
        page.view.turn_to("details")
        write(page, "town", "Larkhill")
        assert page.save()
        assert page.view.state.text().startswith("Saved ")
        context.banner.undo()
        assert page.view.state.text() == ""

    def test_what_stops_is_said_at_the_foot_and_nothing_is_kept(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        find(qtbot, page, "bramley")
        write(page, "surname", "")
        assert not page.save()
        form = page.view.parts["details"].form  # type: ignore[attr-defined]
        assert form.summary.heading.text() == "There is a problem"
        assert [line.words for line in form.summary.lines] == ["Legal surname is missing. Enter it."]
        assert pupil_called(desk, "Theo").surname == "Bramley"

    def test_a_refusal_of_the_service_stands_in_the_same_place(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "bramley")
        write(page, "upn", "Y919110026001")
        assert not page.save()
        form = page.view.parts["details"].form  # type: ignore[attr-defined]
        assert [line.words for line in form.summary.lines] == ["Another pupil has this UPN: P0001. Check which of the two is right."]
        assert "Another pupil has this UPN" in form.fields["upn"].problem.text()

    def test_a_warning_stops_nothing_and_stays_in_sight(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        find(qtbot, page, "bramley")
        write(page, "email", "nobody")
        assert page.save()
        form = page.view.parts["details"].form  # type: ignore[attr-defined]
        assert form.summary.isVisible()
        assert form.summary.heading.text() == "Please check"
        assert pupil_called(desk, "Theo").email == "nobody"

    @pytest.mark.parametrize(
        ("answer", "shown", "town"),
        [("save", "Owen Dale", "Larkstone"), ("discard", "Owen Dale", "Larkfield"), ("stay", "Theo Bramley", "Larkfield")],
    )
    def test_another_pupil_asks_once(
        self, qtbot: QtBot, page: PupilsPage, desk: Desk, answers: Answers, answer: str, shown: str, town: str
    ) -> None:
        find(qtbot, page, "bramley")
        page.list.find_box.clear()
        write(page, "town", "Larkstone")
        answers.answers.append(answer)
        page.list.table.select(pupil_called(desk, "Owen").id)
        assert len(answers.questions) == 1
        assert page.view.title.text() == shown
        assert pupil_called(desk, "Theo").town == town
        assert page.dirty is (answer == "stay")
        current = page.list.table.current()
        assert current is not None
        assert current.id == page.view.record.pupil.id  # type: ignore[union-attr]

    def test_another_part_asks_too_so_that_saving_is_one_transaction(self, qtbot: QtBot, page: PupilsPage, answers: Answers) -> None:
        find(qtbot, page, "bramley")
        write(page, "town", "Larkstone")
        answers.answers.append("stay")
        page.view.turn_to("contacts")
        assert page.view.key == "details"
        answers.answers.append("discard")
        page.view.turn_to("contacts")
        assert page.view.key == "contacts"

    def test_typing_to_find_leaves_a_half_filled_form_alone(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "bramley")
        write(page, "town", "Larkstone")
        page.list.find_box.setFocus()
        find(qtbot, page, "dale", None)
        assert page.view.title.text() == "Theo Bramley"
        assert page.dirty

    def test_news_from_elsewhere_is_read(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        find(qtbot, page, "bramley")
        theo = pupil_called(desk, "Theo")
        pupils.save_pupil(desk, dataclasses.replace(theo, preferred_forename="Teddy"))
        page.on_change(Changed.of("pupil", ids=(theo.id,)))
        assert page.view.title.text() == "Teddy Bramley"

    def test_a_draft_comes_back_after_a_lock(self, qtbot: QtBot, page: PupilsPage, context: Context, desk: Desk) -> None:
        find(qtbot, page, "bramley")
        page.view.turn_to("contacts")
        page.view.part.form.take_draft({"mobile": "07700 900999"})  # type: ignore[attr-defined]
        draft = page.draft()
        assert draft is not None
        later = PupilsPage(context)
        qtbot.addWidget(later)
        later.on_show(draft["pupil_id"])
        later.take_draft(draft)
        assert later.view.title.text() == "Theo Bramley"
        assert later.view.key == "contacts"
        assert later.draft() == draft

    def test_leads_to_sharing_notices_and_requests_of_this_pupil(
        self, qtbot: QtBot, page: PupilsPage, desk: Desk, went: list[tuple[str, str | None]]
    ) -> None:
        assert not page.heading.button_of("sharing").isEnabled()
        assert page.heading.button_of("sharing").toolTip() == "Choose a pupil first."
        find(qtbot, page, "bramley")
        page.heading.button_of("sharing").click()
        for words in ("Notices", "Requests"):
            next(line for line in page.heading.findChildren(QAction) if line.text() == words).trigger()
        theo = pupil_called(desk, "Theo").id
        assert went == [("sharing", theo), ("notices", theo), ("requests", theo)]

    def test_the_sheet_is_previewed_from_memory_and_sent(self, qtbot: QtBot, page: PupilsPage, context: Context) -> None:
        find(qtbot, page, "bramley")
        page.print_()
        assert page.right.currentWidget() is page.paper
        assert page.paper.view.data.startswith(b"%PDF")
        sent: list[bytes] = []
        page.paper.send = lambda data, _parent, **_more: bool(sent.append(data) or True)
        page.print_()
        assert sent == [page.paper.view.data]
        assert context.banner.words == "Sent to the printer."
        page.paper.close_button.click()
        assert page.right.currentWidget() is page.view
        assert page.paper.view.data == b""

    def test_the_sheet_of_someone_protected_is_stamped_and_printed_after_a_question(
        self, qtbot: QtBot, page: PupilsPage, answers: Answers, desk: Desk
    ) -> None:
        find(qtbot, page, "chandra")
        page.print_()
        assert page.right.currentWidget() is page.paper
        sent: list[bytes] = []
        page.paper.send = lambda data, *_all, **_more: bool(sent.append(data)) or True
        answers.answers += [False, True]
        page.print_()
        assert sent == []
        assert answers.questions[0].title == "Something on this paper must be kept from someone"
        assert answers.questions[0].text.startswith("Priya Chandra: address withheld; order or restriction (Mr Vikram Chandra)")
        page.print_()
        assert "Protected. Keep this paper locked away" in PdfPages(sent[0]).words(0)
        rows = desk.vault.rows("SELECT object_id, reason FROM log WHERE action = 'print-protected'")
        assert [tuple(row) for row in rows] == [(pupil_called(desk, "Priya").id, "pupil’s sheet: address-withheld, order")]
