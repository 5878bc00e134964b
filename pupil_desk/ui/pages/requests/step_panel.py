"""What is recorded of one step: the answer of a check, what was decided, which places were searched; the day, and a note."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import CHECKS, NEED_NOTE, CaseKind, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.steps import RequestStep
from pupil_desk.services.desk import Desk
from pupil_desk.services.requests import looking, places, recipients
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.offering import LastNameCompleter, NamesOffered
from pupil_desk.ui.kit.forms.tickbox import TickBox, TickColumns
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.announce import refuse
from pupil_desk.ui.kit.words import column_in, fill, label, name_label, passing_label, show_words, without_sign
from pupil_desk.ui.pages.requests.words import recorded_words
from pupil_desk.ui.style import tokens

_TICKED = frozenset({RequestEventKind.SEARCHED, RequestEventKind.RECIPIENT_TOLD})
_ADDS = _TICKED | {RequestEventKind.EXEMPTION}  # what is recorded anew stands beside what was recorded before
_NAMES_ITEMS = frozenset({CaseKind.RECTIFY, CaseKind.RESTRICT, CaseKind.ERASE})
_NOTE_LINES = 3
EXAM_MARKS = "exam-marks"


class StepPanel(QWidget):
    """Shows what a step asks for. ``edited`` comes with each change; ``events`` gives what is typed."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._overview: RequestState | None = None
        self._step: RequestStep | None = None
        self._as_shown: dict[str, Any] = {}
        self.recorded, self.again = (
            label(""),
            label(_("To change it, enter it anew below: then that counts. What was a mistake is taken back."), "hint"),
        )
        self.question, self.advice = label(""), label("", "hint")
        self.answer = ChoiceBox([("", _("Choose the answer")), *_codes("request_answer", desk)], name=_("Answer"))
        self.outcome = ChoiceBox([("", _("Choose what was decided")), *_codes("request_outcome", desk)], name=_("Decision"))
        self.exemption = ChoiceBox(
            [("", _("Choose")), ("none", _("No exemption is needed, or no further one")), *_codes("exemption", desk)], name=_("Exemption")
        )
        self.exemption.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.exemption.setMinimumContentsLength(20)
        self.ticks: dict[str, TickBox] = {}
        self._tick_names: dict[str, str] = {}
        self._ticks = QWidget()
        self._tick_column = column_in(self._ticks)
        self.items = QLineEdit()
        self.day = DateBox(today=desk.today, name=_("Day"))
        self.note = QPlainTextEdit(tabChangesFocus=True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * _NOTE_LINES + tokens.L)
        self._names: dict[QWidget, Any] = {}
        self.problem = passing_label("problem")  # whoever has the panel puts it beneath what records: between, its room would be a hole
        self._build()

    def _build(self) -> None:
        column = column_in(self, tokens.XS, self.recorded, self.again, self.question, self.advice)
        labelled_fields: tuple[tuple[QWidget, str], ...] = (
            (self.answer, _("&Answer")),
            (self.outcome, _("&Decision")),
            (self.exemption, _("E&xemption")),
            (self.items, _("Which &items, as the record calls them, with commas between")),
            (self.note, ""),
            (self.day, _("Da&y")),
        )
        for field, words in labelled_fields:
            if field is self.items:
                column.addWidget(self._ticks)
            name = name_label(words, field.line if isinstance(field, DateBox) else field)
            name.setContentsMargins(0, tokens.S, 0, 0)  # nearer to its own field than to the one above
            self._names[field] = name
            fill(column, name, field)
        self.edited.connect(self._clear)
        NamesOffered(self.items, LastNameCompleter(recipients.labels(), self.items))
        for box in (self.answer, self.outcome, self.exemption):
            box.activated.connect(lambda _place: self.edited.emit())
        self.exemption.activated.connect(lambda _place: self._say_exemption())
        self.items.textEdited.connect(lambda _text: self.edited.emit())
        self.day.edited.connect(self.edited)
        self.note.textChanged.connect(self.edited)

    def show_step(self, overview: RequestState | None, step: RequestStep | None) -> None:
        """Show what a step asks for; None shows nothing."""
        self._overview, self._step = overview, step
        kind = step.kind if step else None
        asks = {
            self.answer: kind in CHECKS,
            self.outcome: kind is RequestEventKind.DECIDED,
            self.exemption: kind is RequestEventKind.EXEMPTION,
            self.items: kind is RequestEventKind.DECIDED and overview is not None and overview.case.kind in _NAMES_ITEMS,
            self.day: step is not None,
            self.note: step is not None,
        }
        for field, visible in asks.items():
            field.setVisible(visible)
            self._names[field].setVisible(visible)
        show_words(self.recorded, recorded_words(overview, step) if overview is not None and step is not None else "")
        self.again.setVisible(bool(self.recorded.text()) and kind not in _ADDS)
        self.question.setText(step.question if step else "")
        self.question.setVisible(bool(step and step.question))
        self._fill_ticks(overview, step)
        self._empty()
        self._say_advice(overview, kind)
        if kind is not None:
            words = _NOTES.get(kind, _("Why, or what was found (&required)") if kind in NEED_NOTE else _("No&te (optional)"))
            self._names[self.note].setText(words)
            self.note.setAccessibleName(without_sign(words))
        self._as_shown = self.draft()
        self._clear()

    def tell(self, column: str, words: str) -> None:
        """Say what is wrong, and put the cursor where it is put right."""
        fields: dict[str, QWidget] = {
            "answer": self.answer,
            "outcome": self.outcome,
            "exemption": self.exemption,
            "on": self.day.line,
            "note": self.note,
        }
        field = fields.get(column, self.first())
        wrong = field if not field.isHidden() else self.first()
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        self.problem.setText(words)
        self.problem.show()
        for part in (wrong, self.problem):
            bring_into_view(part)
        refuse(self, words)

    def _clear(self) -> None:
        self.problem.clear()
        self.problem.hide()

    def _empty(self) -> None:
        for box in (self.answer, self.outcome, self.exemption):
            box.setCurrentIndex(0)
            box.view().keyboardSearch("")  # the letter typed for the step before is not the beginning of a word here
        self.items.clear()
        self.note.clear()
        self.day.set_day(self._desk.today if self._step else None)

    def _fill_ticks(self, overview: RequestState | None, step: RequestStep | None) -> None:
        while (item := self._tick_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.ticks, self._tick_names = {}, {}
        has_ticks = overview is not None and step is not None and step.kind in _TICKED
        self._ticks.setVisible(has_ticks)
        if overview is None or step is None or not has_ticks:
            return
        for key, words, hint in self._tick_choices(step):
            box = TickBox(words)
            box.setToolTip(hint)
            box.setAccessibleDescription(hint)
            box.clicked.connect(lambda _checked: self.edited.emit())
            self.ticks[key], self._tick_names[key] = box, words
        if self.ticks:
            columns = TickColumns(list(self.ticks.values()))  # so that all are in sight in a low window
            self._tick_column.addWidget(columns)
            columns.show()  # a box may be gone to at once
        if self.window() is self.note.window():
            tab_after(self.exemption, self.ticks.values())

    def _tick_choices(self, step: RequestStep) -> list[tuple[str, str, str]]:
        if step.kind is RequestEventKind.SEARCHED:
            return [(place.place_id, place.name, place.hint) for place in places.in_use(self._desk) if place.name in step.left]
        return [(name, name, "") for name in step.left]

    def _say_advice(self, overview: RequestState | None, kind: RequestEventKind | None) -> None:
        words = _ADVICE.get(kind, "") if kind else ""
        if overview is not None and kind is RequestEventKind.DECIDED:
            words = codelist("request_kind").codes[overview.case.kind].note
        self._advise(words)

    def _say_exemption(self) -> None:
        code = codelist("exemption").get(self.exemption.key())
        sure = _("How sure we are of this: {sure}.").format(sure=code.sure) if code and code.sure else ""
        deadline = ""
        if code is not None and code.code == EXAM_MARKS and self._overview is not None and self._desk.may(Action.READ_REQUESTS):
            deadline = _("In this case by {day} at the latest.").format(day=show_date(looking.marks_due(self._desk, self._overview)))
        self._advise(" ".join(part for part in (f"{code.law}.", code.note, deadline, sure) if part) if code else "")

    def _advise(self, words: str) -> None:
        show_words(self.advice, words)

    @property
    def dirty(self) -> bool:
        """Whether anything is typed or chosen."""
        return self._step is not None and self.draft() != self._as_shown

    def draft(self) -> dict[str, Any]:
        """What is typed and chosen."""
        return {
            "answer": self.answer.key(),
            "outcome": self.outcome.key(),
            "exemption": self.exemption.key(),
            "items": self.items.text(),
            "day": self.day.text(),
            "note": self.note.toPlainText(),
            "ticks": [key for key, box in self.ticks.items() if box.isChecked()],
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        for box, key in ((self.answer, "answer"), (self.outcome, "outcome"), (self.exemption, "exemption")):
            box.set_key(draft[key])
        self.items.setText(draft["items"])
        self.day.set_text(draft["day"])
        self.note.setPlainText(draft["note"])
        for key, tick in self.ticks.items():
            tick.setChecked(key in draft["ticks"])

    def events(self) -> Sequence[RequestEvent]:
        """What is recorded with what is typed: one event, or one for each place or recipient ticked."""
        if self._overview is None or self._step is None:
            return ()
        kind, case, exemption = self._step.kind, self._overview.case, self.exemption.key()
        if kind is RequestEventKind.EXEMPTION and exemption == "none":
            kind = RequestEventKind.NO_EXEMPTION
        event = RequestEvent(
            case_id=case.id,
            pupil_id=case.pupil_id,
            kind=kind,
            on=self.day.day() or self._desk.today,
            answer=self.answer.key() or None,
            outcome=self.outcome.key() or None,
            exemption=exemption if exemption not in ("", "none") else None,
            what=self.items.text().strip() or None,
            note=self.note.toPlainText().strip() or None,
        )
        if kind not in _TICKED:
            return (event,)
        return [self._of_tick(event, key) for key, box in self.ticks.items() if box.isChecked()]

    def _of_tick(self, event: RequestEvent, key: str) -> RequestEvent:
        place = key if event.kind == RequestEventKind.SEARCHED else None
        return RequestEvent(
            case_id=event.case_id,
            pupil_id=event.pupil_id,
            kind=event.kind,
            on=event.on,
            what=self._tick_names[key],
            place_id=place,
            note=event.note,
        )

    @property
    def day_is_read(self) -> bool:
        """Whether the day can be read; an empty one is today."""
        return self.day.day() is not None or not self.day.text().strip()

    def first(self) -> QWidget:
        """What takes the cursor: the first thing that is asked."""
        fields = (self.answer, self.outcome, self.exemption, *self.ticks.values(), self.items, self.note)
        return next((field for field in fields if not field.isHidden()), self.note)


_NOTES = {RequestEventKind.EXEMPTION: _("No&te (optional)"), RequestEventKind.REPLIED: _("How it was given, and &to whom")}
_ADVICE = {
    RequestEventKind.ACKNOWLEDGED: _("A short letter with our number and the day by which the answer comes."),
    RequestEventKind.IDENTITY_ASKED: _("Only if you do not know. Ask at once: the clock stands still from the question to the proof."),
    RequestEventKind.IDENTITY: _("Say how you know: met before, or which paper was seen. Keep no copy of it."),
    RequestEventKind.AUTHORITY: _("Say what you looked at: the record, a birth certificate, a signed paper."),
    RequestEventKind.COMPETENCE: _("Many pupils understand from 12 or 13 on; there is no fixed age. Say what you base it on."),
    RequestEventKind.PUPILS_WORD: _(
        "Ask the pupil alone, and say what the parent would be given. “Not needed” is only for what plainly serves the pupil: say why."
    ),
    RequestEventKind.CLARIFICATION_ASKED: _(
        "Only if you need it to find what is meant. The clock stands still from the question to the answer."
    ),
    RequestEventKind.EXTENDED: _("Only for what is complex, or for many requests of one person. Say why within the first month."),
    RequestEventKind.SEARCHED: _(
        "Tick the places that were searched, and those where there can be nothing. Add to the note what was found, and where it was put."
    ),
    RequestEventKind.EXEMPTION: _("Record each that you use. What is withheld is marked in the copy itself."),
    RequestEventKind.LOOKED_INTO: _(
        "What happened, whom you asked, and what the papers say. This stands in the letter, so name nobody who need not be named."
    ),
    RequestEventKind.PROTECTION: _("Go through what is given away for addresses, schools, names and numbers."),
    RequestEventKind.DELIVERY: _("Ask again by a telephone number on file. A file goes locked, its password another way."),
    RequestEventKind.CARRIED_OUT: _("Do it first, then record that it is done."),
    RequestEventKind.RECIPIENT_TOLD: _(
        "By the log of disclosures. Tick those who were told, and those who cannot be reached, with the reason."
    ),
    RequestEventKind.RECORD_GIVEN: _("The parent may look at it here, or have a copy at what it costs to copy."),
    RequestEventKind.REPLIED: _("Write the letter, or say here how the answer was given and to whom."),
}


def _codes(name: str, desk: Desk) -> list[tuple[str, str]]:
    return [(code.code, code.label) for code in codelist(name).choices(desk.today)]
