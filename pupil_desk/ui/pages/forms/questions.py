"""The questions of one form: each box as it was scanned beside what ticking it means, the proposed one chosen; and who signed, and when."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QPixmap
from PySide6.QtWidgets import QRadioButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.papers.paper_form import AnswerProposal, BoxReading
from pupil_desk.domain.pupils.details_check import WRONG, WrittenBeside
from pupil_desk.services.paper_forms.details import QUESTION
from pupil_desk.services.paper_forms.kind import FormQuestion
from pupil_desk.services.paper_forms.waiting import ConfirmedForm, WaitingForm
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import column_in, growing, label, labelled, row_in
from pupil_desk.ui.pages.forms.corrections import Corrections
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

NO_ANSWER = ""
_CUT = 44  # of a box that was cut out, at 100 %
_NOBODY = "nobody yet"


class QuestionBox(QWidget):
    """One question with its boxes. ``answered`` comes when the person chooses."""

    answered = Signal()

    def __init__(self, question: FormQuestion, proposal: AnswerProposal, cuttings: Mapping[str, bytes], title: str = "") -> None:
        super().__init__()
        self.question, self.proposal = question, proposal
        self._group = RadioGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        column = column_in(self, tokens.XS)
        if title:
            column.addWidget(label(title, "subhead"))
        column.addWidget(label(question.words, "" if title else "subhead"))
        if question.hint:
            column.addWidget(label(question.hint, "hint"))
        fine = proposal.read is BoxReading.TICKED or (proposal.read is BoxReading.EMPTY and question.may_be_empty)
        if not fine:
            words = (
                _("No box is ticked. Look at the page.")
                if proposal.read is BoxReading.EMPTY
                else _("The boxes are not clear. Look at the page.")
            )
            column.addWidget(Badge(words, "question", "check"))
        for answer in question.answers:
            column.addWidget(self._row(answer.key, answer.words, cuttings.get(f"{question.key}/{answer.key}")))
        column.addWidget(self._row(NO_ANSWER, _("Not ticked") if question.may_be_empty else _("No answer to this question"), None))
        self.proposed_answer = (proposal.answer or NO_ANSWER) if fine else None
        if self.proposed_answer is not None:
            self._buttons[self.proposed_answer].setChecked(True)
        self._group.buttonClicked.connect(lambda _button: self.answered.emit())

    def _row(self, key: str, words: str, cutting: bytes | None) -> QWidget:
        """A button, the box as it was scanned, and its words, which wrap; a click anywhere chooses it."""
        radio = QRadioButton()
        radio.setAccessibleName(words)
        if cutting:
            picture = QPixmap()
            picture.loadFromData(cutting)
            if picture.width() < sized(_CUT):  # a scan of few dots, in large text
                picture = picture.scaledToWidth(sized(_CUT), Qt.TransformationMode.SmoothTransformation)
            radio.setIcon(QIcon(picture))
            radio.setIconSize(QSize(sized(_CUT), sized(_CUT)))
        self._buttons[key] = radio
        self._group.add(radio, words)
        row = _Row(radio)
        row_in(row, tokens.S, radio, growing(label(words)))
        return row

    @property
    def answer(self) -> str | None:
        """The key of what is chosen, ``NO_ANSWER`` for none on the form; None while nothing is chosen."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self.answered.emit()

    def take_focus(self) -> None:
        """To what is chosen, else the first box."""
        next((button for button in self._buttons.values() if button.isChecked()), next(iter(self._buttons.values()))).setFocus()


class _Row(QWidget):
    """A click on the words chooses as one on the button does."""

    def __init__(self, chooses: QRadioButton) -> None:
        super().__init__()
        self._chooses = chooses

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._chooses.setFocus(Qt.FocusReason.MouseFocusReason)
        self._chooses.click()


class Questions(QWidget):
    """One form that waits. ``changed`` comes with each choice, ``entered`` with Enter in a line of a slip."""

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        waiting_form: WaitingForm,
        cuttings: Mapping[str, bytes],
        givers: list[tuple[str | None, str]],
        today: date,
        row_pictures: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self.waiting_form = waiting_form
        self.corrections = Corrections(waiting_form.parts, row_pictures, today) if waiting_form.parts else None
        many = len(waiting_form.questions) > 1  # a single question is its own heading
        titles = [
            _("Question {number} of {all}").format(number=place, all=len(waiting_form.questions)) if many else ""
            for place in range(1, len(waiting_form.questions) + 1)
        ]
        self.boxes = [
            QuestionBox(question, waiting_form.proposals[question.key], cuttings, title)
            for question, title in zip(waiting_form.questions, titles, strict=True)
        ]
        choices = [(giver or "", name) for giver, name in givers]
        if len(waiting_form.addressees) > 1:
            choices.insert(0, (_NOBODY, _("Look who signed")))
        self.giver = ChoiceBox(choices, name=_("Who signed"))
        self.giver.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.giver.setMinimumContentsLength(16)
        self.unsigned = TickBox(_("N&obody has signed it"))
        self.day = DateBox(today=today, name=_("Signed on"))
        self.day.set_day(waiting_form.read_on)
        column = column_in(self, tokens.M)
        if waiting_form.missing_pages:
            column.addWidget(Badge(_("A page of this form is not there yet"), "warning", "check"))
        for sentence in waiting_form.since_printed:
            column.addWidget(label(sentence, "check"))
        for box in self.boxes:
            column.addWidget(box)
            box.answered.connect(self.changed)
        if self.corrections is not None:
            column.addWidget(self.corrections)
            self.corrections.entered.connect(self.entered)
            self.corrections.edited.connect(self.changed)
            self.changed.connect(self._show_corrections)
            self.corrections.setVisible(self._says_wrong)
        column.addWidget(labelled(_("Who si&gned, or was asked"), self.giver))
        column.addWidget(self.unsigned)
        column.addWidget(labelled(_("Signed o&n, as written on the form"), self.day))
        column.addStretch(1)
        self._proposed = self.draft()

    @property
    def _says_wrong(self) -> bool:
        """Whether it is chosen that something on a slip is wrong."""
        return any(box.question.key == QUESTION and box.answer == WRONG for box in self.boxes)

    def _show_corrections(self) -> None:
        corrections = self.corrections
        if corrections is not None and corrections.isHidden() == self._says_wrong:
            once_calm(self, lambda: corrections.setVisible(self._says_wrong))

    @property
    def corrections_readable(self) -> bool:
        """Whether what is typed of a slip can be kept; else it says so and takes the focus."""
        return self.corrections is None or not self._says_wrong or self.corrections.readable

    @property
    def dirty(self) -> bool:
        """Whether the person has chosen or typed something else than is proposed."""
        return self.draft() != self._proposed

    def draft(self) -> dict[str, Any]:
        """What is chosen and typed, as ``take_draft`` takes it."""
        answers = {box.question.key: box.answer for box in self.boxes if box.answer is not None}
        beside = {"beside": self.corrections.draft()} if self.corrections is not None else {}
        return {"answers": answers, "giver": self.giver.key(), "unsigned": self.unsigned.isChecked(), "day": self.day.text(), **beside}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        for box in self.boxes:
            if (answer := draft["answers"].get(box.question.key)) is not None:
                box.choose(answer)
        self.giver.set_key(draft["giver"])
        self.unsigned.setChecked(draft["unsigned"])
        self.day.set_text(draft["day"])
        if self.corrections is not None and "beside" in draft:
            self.corrections.take_draft(draft["beside"])

    def answers(self) -> dict[str, str]:
        """What is chosen, question to answer; questions without one left out."""
        return {box.question.key: box.answer for box in self.boxes if box.answer}

    def first_open(self) -> QuestionBox | None:
        """The first question of which nothing is chosen."""
        return next((box for box in self.boxes if box.answer is None), None)

    @property
    def giver_open(self) -> bool:
        """Whether it has not been said who signed."""
        return self.giver.key() == _NOBODY

    def read(self) -> ConfirmedForm | None:
        """What the person says; None while a question, the signer or the day is open."""
        day = self.day.day()
        if day is None or self.giver_open or self.first_open() is not None:
            return None
        handwriting = self.corrections.handwriting if self.corrections is not None and self._says_wrong else WrittenBeside()
        giver_id = self.giver.key() or None
        return ConfirmedForm(
            self.waiting_form.id, self.answers(), giver_id, day, is_signed=not self.unsigned.isChecked(), handwriting=handwriting
        )
