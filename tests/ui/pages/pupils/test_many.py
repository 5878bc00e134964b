"""Class list, labels and letters on the screen: what is chosen is what is shown, printed, logged and recorded."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.many.class_list import ClassListColumn
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs, Job, Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.class_list import ClassListView
from pupil_desk.ui.pages.pupils.many.frame import ActView
from pupil_desk.ui.pages.pupils.many.labels import LabelsView
from pupil_desk.ui.pages.pupils.many.letters import LettersView
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import log, printer, said


class TestClassList:
    def test_it_is_there_at_once_and_follows_what_is_chosen(self, begun: Callable[[str], ActView], qtbot: QtBot) -> None:
        view = begun("class-list")
        assert isinstance(view, ClassListView)
        assert view.paper.title.text() == "Class list, 5 pupils"
        assert "1 Ashdown, Mimi 7 2 Bramley, Theo 9" in said(view)
        view.ticks[ClassListColumn.BORN].click()
        assert "5 Mar 2014" in said(view)
        qtbot.keyClicks(view.blanks, "Paid, Coach")
        view.title.setFocus()
        qtbot.keyClicks(view.title, "Trip")
        qtbot.waitUntil(lambda: "Trip" in said(view))
        assert view.title.hasFocus()
        assert "Paid Coach" in said(view)

    def test_printing_is_logged_for_each_pupil(
        self, begun: Callable[[str], ActView], page: PupilsPage, desk: Desk, answers: Answers
    ) -> None:
        answers.answers.append(True)  # somebody in the list is protected
        view = begun("class-list")
        assert isinstance(view, ClassListView)
        sent: list[bytes] = []
        view.paper.send = printer(sent)  # type: ignore[assignment]
        page.print_()
        assert len(sent) == 1
        assert log(desk, "class list printed: year") == 5

    def test_telephone_numbers_of_a_protected_pupil_stay_at_the_office(self, begun: Callable[[str], ActView], answers: Answers) -> None:
        view = begun("class-list")
        assert isinstance(view, ClassListView)
        view.ticks[ClassListColumn.CALL].click()
        assert not answers.questions
        assert said(view).count("Details are kept at the office") == 1
        assert "07700" in said(view)

    def test_what_was_ticked_is_remembered_but_for_telephone_numbers(
        self, begun: Callable[[str], ActView], answers: Answers, context: Context
    ) -> None:
        view = begun("class-list")
        assert isinstance(view, ClassListView)
        for column in (ClassListColumn.AGE, ClassListColumn.CALL):
            view.ticks[column].click()
        again = ClassListView(context)
        assert [column for column, box in again.ticks.items() if box.isChecked()] == [ClassListColumn.YEAR, ClassListColumn.AGE]


class TestLabels:
    def test_addresses_are_shown_and_those_left_out_are_named(self, begun: Callable[[str], ActView]) -> None:
        view = begun("labels")
        assert isinstance(view, LabelsView)
        assert view.paper.title.text() == "5 labels"
        assert view.left_out.isHidden()
        view.kind.set_key("address")
        view.kind.activated.emit(view.kind.currentIndex())
        assert "Ms Joanna Bramley 4 Larch Way Larkfield AL28 2QN" in said(view)
        assert view.left_out.title.text() == "2 not made"
        assert "The address must be kept from someone: Dr Meera Chandra (for Priya Chandra)." in view.left_out.lines.text()

    def test_another_sheet_offers_as_many_places_to_begin(self, begun: Callable[[str], ActView]) -> None:
        view = begun("labels")
        assert isinstance(view, LabelsView)
        view.start.set_key("20")
        view.sheet.set_key("8")
        view.sheet.activated.emit(view.sheet.currentIndex())
        assert view.start.count() == 8
        assert view.start.key() == "1"
        view.start.set_key("8")
        view.start.activated.emit(7)
        assert view.paper.view.page_count == 2


class TestLetters:
    @pytest.fixture
    def letters(self, begun: Callable[[str], ActView], desk: Desk) -> LettersView:
        letter_templates.save_template(
            desk, LetterTemplate(name="A visit", subject="A visit", body="Dear {{salutation}}\n\nCome on {{ask: day}}.")
        )
        view = begun("letters")
        assert isinstance(view, LettersView)
        view.letter.setCurrentText("A visit")
        view.letter.activated.emit(view.letter.currentIndex())
        return view

    def test_every_household_gets_one_and_those_without_are_named(self, letters: LettersView) -> None:
        assert letters.questions["day"].hasFocus()
        assert letters.paper.title.text() == "5 letters for 4 pupils"
        assert "Dear Ms Bramley Come on [day]." in said(letters)
        assert "Is under an order or restriction: Mr Vikram Chandra (for Priya Chandra)." in letters.left_out.lines.text()

    def test_nothing_is_printed_before_what_is_asked_for_is_typed(
        self, letters: LettersView, page: PupilsPage, context: Context, desk: Desk, qtbot: QtBot
    ) -> None:
        sent: list[bytes] = []
        letters.send = printer(sent)  # type: ignore[assignment]
        letters.paper.print_button.click()
        assert not sent
        assert "Fill in “day” first" in context.banner.words
        qtbot.keyClicks(letters.questions["day"], "Monday")
        qtbot.waitUntil(lambda: "Come on Monday." in said(letters))
        page.print_()
        assert len(sent) == 1
        assert log(desk, "letter") == 4
        rows = desk.vault.rows("SELECT letter, sent_to FROM letter_sent")
        assert {(row["letter"], row["sent_to"]) for row in rows} >= {("A visit", "Ms Joanna Bramley"), ("A visit", "Alan Bramley")}
        assert len(rows) == 5
        assert page._go_to(pupil_called(desk, "Theo").id)
        page.view.turn_to("history")
        told = [text for text in page.view.part.timeline.texts() if "Letter printed: A visit" in text]  # type: ignore[attr-defined]
        assert len(told) == 2
        assert any("For Alan Bramley. Printed by Dee Marlowe." in text for text in told)

    def test_they_are_saved_as_pdf_once_what_is_asked_for_is_typed(
        self, letters: LettersView, answers: Answers, context: Context, desk: Desk, qtbot: QtBot, tmp_path: Path
    ) -> None:
        letters.paper.save_button.click()
        assert "Fill in “day” first" in context.banner.words
        qtbot.keyClicks(letters.questions["day"], "Monday")
        qtbot.waitUntil(lambda: "Come on Monday." in said(letters))
        answers.answers += [True, tmp_path / "letters.pdf"] if letters.paper.guard else [tmp_path / "letters.pdf"]
        letters.paper.save_button.click()
        assert (tmp_path / "letters.pdf").read_bytes().startswith(b"%PDF")
        assert len(desk.vault.rows("SELECT letter FROM letter_sent")) == 5

    def test_a_withheld_address_needs_a_second_look(self, letters: LettersView, answers: Answers) -> None:
        assert letters.withheld.text() == "Make 1 letter to a &withheld address too"
        answers.answers += [False, True]
        letters.withheld.click()
        assert not letters.withheld.isChecked()
        letters.withheld.click()
        assert letters.paper.title.text() == "6 letters for 5 pupils"
        assert "Dear Dr Chandra" in said(letters)

    def test_pupils_from_16_can_be_written_to_themselves(self, letters: LettersView) -> None:
        letters.addressing.set_key("pupils")
        letters.addressing.activated.emit(1)
        assert letters.paper.title.text() == "1 letter for 1 pupil"
        assert "Dear Owen" in said(letters)

    def test_what_the_unit_has_not_entered_leads_to_settings(self, letters: LettersView, desk: Desk) -> None:
        letters.letter.setCurrentText("Welcome")
        letters.letter.activated.emit(letters.letter.currentIndex())
        assert not letters.lacks.isHidden()
        assert "“unit telephone” and “head”" in letters.lacks_words.text()
        assert not letters.paper.print_button.isEnabled()
        settings_service.save_settings(desk, dataclasses.replace(desk.settings, head="Jo Head", phone="01632 960142"))
        letters.make()
        assert letters.lacks.isHidden()


class TestTemplates:
    @pytest.fixture
    def letters(self, begun: Callable[[str], ActView]) -> LettersView:
        view = begun("letters")
        assert isinstance(view, LettersView)
        return view

    def test_the_first_question_takes_the_focus(self, letters: LettersView) -> None:
        assert letters.template is not None
        assert letters.template.name == "Concern about attendance"
        assert letters.questions["Day by which to call"].hasFocus()

    def test_a_new_letter_is_written_with_a_field_from_the_menu(self, letters: LettersView, desk: Desk, qtbot: QtBot) -> None:
        letters.new.click()
        qtbot.keyClicks(letters.editor.name, "Bus pass")
        qtbot.keyClicks(letters.editor.subject, "A pass for ")
        (forename,) = [line for line in letters.editor.insert.menu().actions() if line.text() == "Pupil’s forename"]
        letters.editor.subject.setFocus()
        forename.trigger()
        letters.editor.body.setFocus()
        qtbot.keyClicks(letters.editor.body, "Hello ")
        forename.trigger()
        letters.editor.save_button.click()
        assert letters.letter.currentText() == "Bus pass"
        assert "A pass for Theo Hello Theo" in said(letters)
        assert next(one.name for one in letter_templates.templates(desk)) == "Bus pass"

    def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(self, letters: LettersView, desk: Desk, page: PupilsPage) -> None:
        letters.change.click()
        letters.editor.body.setPlainText("Hello {{mood}}")
        letters.editor.name.setText("")
        assert page.dirty
        assert not page.save()
        assert letters.editor.problems["body"].text() == "There is no field called “mood”. Take one from Insert a field."
        assert letters.editor.problems["name"].isVisible()
        assert QApplication.focusWidget() is letters.editor.name
        assert letters.editor.body.toPlainText() == "Hello {{mood}}"
        assert desk.vault.rows("SELECT 1 FROM letter_template") == []

    def test_leaving_what_is_not_saved_is_asked_about(self, letters: LettersView, answers: Answers) -> None:
        letters.change.click()
        letters.editor.body.setPlainText("Other words")
        answers.answers += [False, True]
        letters.editor.close_button.click()
        assert letters.stack.currentIndex() == 1
        letters.editor.close_button.click()
        assert letters.stack.currentIndex() == 0

    def test_a_draft_goes_over_a_lock(self, letters: LettersView, page: PupilsPage, context: Context, qtbot: QtBot) -> None:
        letters.change.click()
        letters.editor.body.setPlainText("Half a thought")
        draft = page.draft()
        assert draft is not None
        fresh = PupilsPage(context)
        qtbot.addWidget(fresh)
        fresh.show()
        fresh.on_show()
        fresh.take_draft(draft)
        assert isinstance(fresh.choosing.view, LettersView)
        assert fresh.choosing.view.editor.body.toPlainText() == "Half a thought"
        assert len(fresh.list.ticks.ids) == 5
        assert fresh.dirty

    def test_esc_in_the_editor_puts_back_with_a_way_to_undo(self, letters: LettersView, page: PupilsPage, qtbot: QtBot) -> None:
        letters.change.click()
        letters.editor.body.setPlainText("Half a thought")
        qtbot.keyClick(letters.editor.body, Qt.Key.Key_Escape)
        assert "Half" not in letters.editor.body.toPlainText()
        assert page.choosing.view is letters

    def test_one_is_taken_out_of_use(self, letters: LettersView, answers: Answers) -> None:
        letters.letter.setCurrentText("Trip")
        letters.letter.activated.emit(letters.letter.currentIndex())
        letters.change.click()
        answers.answers.append(True)
        letters.editor.remove_button.click()
        assert letters.letter.findText("Trip") < 0
        assert letters.stack.currentIndex() == 0


def test_everything_that_takes_the_focus_has_a_name(
    begun: Callable[[str], ActView], page: PupilsPage, nameless: Callable[[QWidget], list[str]]
) -> None:
    for key in ("class-list", "labels", "letters"):
        view = begun(key)
        assert nameless(view) == []
        view.closed.emit()
    assert nameless(page.choosing.ticked_view) == []


class _Held(Jobs):
    """Keeps work back until it is let go, in whatever order."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Callable[[], None]] = []

    def _submit[T](self, job: Job, work: Callable[[Job], T]) -> None:
        self.held.append(lambda: ImmediateJobs._submit(self, job, work))  # type: ignore[arg-type]


def test_what_comes_late_for_an_earlier_choice_is_not_shown(begun: Callable[[str], ActView], context: Context) -> None:
    view = begun("class-list")
    assert isinstance(view, ClassListView)
    context.jobs = jobs = _Held()
    view.ticks[ClassListColumn.BORN].click()
    view.ticks[ClassListColumn.YEAR].click()
    for let_go in reversed(jobs.held):
        let_go()
    assert "5 Mar 2014" in said(view)
    assert "Year group" not in said(view)
    jobs.close()
