"""The dose log on the screen: what is unusual is asked about first, a wrong entry tells its story, and the list stands on the entry in the form."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import Medicine
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.care.doses import DosesList
from pupil_desk.ui.pages.pupils.record.care.health import HealthPart
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> PupilsPage:
    """Theo's doses, with a controlled medicine."""
    pupil_id = pupil_called(desk, "Theo").id
    agreed = {"consented_by": "Ada", "consented_on": date(2026, 9, 1)}
    for name, dose, controlled in (("Ritalin", "10 mg", True), ("Salbutamol", "2 puffs", False)):
        medicine = Medicine(pupil_id=pupil_id, name=name, dose=dose, taken="At noon", controlled=controlled, **agreed)  # type: ignore[arg-type]
        health.add_medicine(desk, medicine)
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1180, 800)
    made.show()
    made.on_show(pupil_id)
    made.view.turn_to("health")
    part = made.view.part
    assert isinstance(part, HealthPart)
    part.turn_to(part.doses)
    return made


def doses_of(page: PupilsPage) -> DosesList:
    part = page.view.part
    assert isinstance(part, HealthPart)
    return part.doses


def give(page: PupilsPage, **typed: str) -> bool:
    doses_of(page).add_button.click()
    choose(page, "Ritalin")
    doses_of(page).form.take_draft({"given_by": "Dee Marlowe", "witness": "Bo Reed"} | typed)
    return page.save()


def choose(page: PupilsPage, medicine: str) -> None:
    """Choose a medicine, as a person does."""
    box = doses_of(page).medicine_box
    box.setCurrentIndex(next(place for place in range(box.count()) if box.itemText(place).startswith(medicine)))
    box.activated.emit(box.currentIndex())


def righted(page: PupilsPage) -> None:
    """A dose of 9:50, and one of 9:40 that is put right."""
    assert give(page, given_time="9:40")
    doses_of(page).right_button.click()
    doses_of(page).form.take_draft({"given_time": "9:45", "reason": "The clock on the wall was wrong"})
    assert page.save()


def press(qtbot: QtBot, doses: DosesList, row: int) -> None:
    place = doses.table.visualRect(doses.table.model_.index(row, 0)).center()
    qtbot.mouseClick(doses.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_second_dose_of_the_day_is_kept_once_the_question_is_answered(page: PupilsPage, answers: Answers) -> None:
    assert give(page, given_time="9:40")
    assert answers.questions == []
    answers.answers = ["back", "save"]
    assert not give(page, amount="20 mg")
    (question,) = answers.questions
    assert question.offers == ("back", "save"), "the safe answer first"
    for words in (
        "Ritalin, 20 mg, 24 November 2026, 10:00",
        "Written: 10 mg, At noon.",
        "09:40, 10 mg, by Dee Marlowe",
        "2 times on that day, 20 minutes apart",
    ):
        assert words in question.text
    assert len(doses_of(page).table.rows) == 1
    assert doses_of(page).adding, "what is typed is still there"
    assert page.save()
    assert len(doses_of(page).table.rows) == 2


def test_what_cannot_be_kept_is_said_and_not_asked_about(page: PupilsPage, answers: Answers) -> None:
    assert not give(page, witness="", amount="20 mg")
    assert answers.questions == []
    assert "needs a witness" in doses_of(page).form.fields["witness"].problem.text()


def test_what_the_medicine_requires_is_marked(page: PupilsPage) -> None:
    doses = doses_of(page)
    labels = lambda: [doses.form.fields[name].label.text() for name in ("witness", "reason")]  # noqa: E731
    doses.add_button.click()
    choose(page, "Ritalin")
    assert labels() == ["Witness (required)", "Why it is put right"]
    choose(page, "Salbutamol")
    assert labels() == ["Witness", "Why it is put right"]
    choose(page, "Ritalin")
    doses.form.take_draft({"given_by": "Dee Marlowe", "witness": "Bo Reed"})
    assert page.save()
    doses.right_button.click()
    assert labels() == ["Witness (required)", "Why it is put right (required)"]


def test_where_there_are_several_medicines_the_cursor_is_on_which_it_was(page: PupilsPage) -> None:
    doses = doses_of(page)
    doses.add_button.click()
    assert doses.medicine_box.currentText() == "Choose one"
    assert doses.window().focusWidget() is doses.medicine_box
    doses.form.take_draft({"amount": "10 mg", "given_by": "Dee Marlowe", "witness": "Bo Reed"})
    assert not page.save()
    assert [line.words for line in doses.form.summary.lines] == ["Choose the medicine that was given."]
    assert doses.health_record().doses == [], "no medicine is logged that nobody chose"
    choose(page, "Ritalin")
    assert page.save()
    doses.add_button.click()
    assert doses.medicine_box.currentText() == "Choose one", "not the one of before either"
    doses.form.take_draft({"given_by": "Bo Reed", "given_time": "8:15"})
    typed = doses.draft()
    doses.put_back()
    doses.take_draft(typed)
    assert doses.medicine_box.currentText() == "Choose one"
    assert [doses.form.fields[name].editor.typed_text() for name in ("given_by", "given_time")] == ["Bo Reed", "8:15"], "after a lock too"


def test_a_dose_of_yesterday_is_entered_of_a_medicine_that_is_over_today(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    doses = doses_of(page)
    for medicine in doses.health_record().medicines:
        health.save_medicine(desk, dataclasses.replace(medicine, end_date=date(2026, 11, 23)))
    page.refresh()
    doses.add_button.click()
    choose(page, "Ritalin, 10 mg, until 23 Nov 2026")
    doses.form.take_draft({"given_by": "Dee Marlowe", "witness": "Bo Reed", "given_on": "23 11 2026", "given_time": "15:00"})
    assert page.save()
    assert answers.questions == []
    assert [dose.given_on for dose in doses.health_record().doses] == [date(2026, 11, 23)]


def test_a_wrong_entry_says_beneath_the_list_why_and_by_whom_it_was_put_right(page: PupilsPage, qtbot: QtBot) -> None:
    righted(page)
    doses = doses_of(page)
    wrong = next(place for place, dose in enumerate(doses.table.rows) if not dose.corrects)
    press(qtbot, doses, wrong)
    assert doses.title.text() == "Ritalin, 24 November 2026, 09:40, 10 mg"
    assert doses.story.text() == (
        "Given by Dee Marlowe. Witness: Bo Reed. This entry is wrong and counts no more. "
        "It was put right by Dee Marlowe: Ritalin, 24 November 2026, 09:45, 10 mg. Why: The clock on the wall was wrong"
    )
    press(qtbot, doses, 1 - wrong)
    assert "takes the place of another, which was wrong: Ritalin, 24 November 2026, 09:40, 10 mg" in doses.story.text()
    assert not doses.story.isHidden()


def test_what_a_line_says_of_the_entry_is_never_cut(page: PupilsPage) -> None:
    """The column was as wide as the words that stood in it first, when none was wrong yet."""
    righted(page)
    table = doses_of(page).table
    place = [column.key for column in table.model_.columns].index("state")
    for row in range(len(table.rows)):
        assert table.fontMetrics().horizontalAdvance(table.cell(row, "state")) < table.columnWidth(place)
    assert table.columnViewportPosition(place) + table.columnWidth(place) <= table.viewport().width()


def test_staying_goes_back_to_the_entry_in_the_form_which_its_heading_names(page: PupilsPage, qtbot: QtBot, answers: Answers) -> None:
    answers.answers = ["save", "stay"]
    assert give(page, given_time="9:00")
    assert give(page, given_time="9:40")
    doses = doses_of(page)
    press(qtbot, doses, 1)
    chosen = doses.table.selected()
    doses.right_button.click()
    assert doses.title.text() == "Put right: Ritalin, 24 November 2026, 09:00, 10 mg"
    assert doses.table.selected() == chosen
    press(qtbot, doses, 0)
    assert [question.title for question in answers.questions][1:], "it was asked"
    assert (doses.table.selected(), doses.table.current(), doses.adding) == (chosen, chosen[0], True)
