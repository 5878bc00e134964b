"""The questions of a form that waits: what whoever confirms it is told beside what each box means."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.paper_form import AnswerProposal, BoxReading
from pupil_desk.services.consents import wrong_medicines
from pupil_desk.services.paper_forms.kind import FormAnswer, FormQuestion
from pupil_desk.ui.pages.forms.questions import QuestionBox


def test_what_to_choose_by_what_is_written_on_the_form_is_said_where_there_is_something_to_say(qtbot: QtBot) -> None:
    answers = (FormAnswer("yes", "Yes: give it."), FormAnswer("no", "No: do not give it."))
    shown = []
    for hint in (wrong_medicines.CORRECTED, ""):
        box = QuestionBox(
            FormQuestion("ritalin", "May we give Ben this medicine?", answers, hint), AnswerProposal(BoxReading.TICKED, "yes"), {}
        )
        qtbot.addWidget(box)
        shown.append([line.text() for line in box.findChildren(QLabel)])
    assert shown[0][:2] == ["May we give Ben this medicine?", wrong_medicines.CORRECTED]
    assert len(shown[1]) == len(shown[0]) - 1
