"""The letters of a case: a draft to be changed as one likes, looked at on paper, printed or saved; once it has gone, kept in the words that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestEventKind, RequestLetter
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.requests import letters, looking
from pupil_desk.services.requests.letters import LetterKind, LetterPaper, LetterSending
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, fill, flow_of, growing, label, labelled, name_label, row_layout
from pupil_desk.ui.pages.requests.part import CasePart
from pupil_desk.ui.style import tokens


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter ready to be shown on paper, what is recorded once it has gone, and whether the pupil is protected."""

    paper: LetterPaper
    sending: LetterSending
    guard: Guard


def ready_letter(desk: Desk, overview: RequestState, kind: LetterKind, sending: LetterSending, address: Sequence[str]) -> ReadyLetter:
    """The letter on paper, if it may go. Raises what stands in its way."""
    letters.may_send(desk, sending)
    pupil_ids = [overview.case.pupil_id] if overview.case.pupil_id else []
    pupil_guard = guard(desk, pupil_ids, "letter about a request", for_family=True)
    return ReadyLetter(letters.paper(desk, overview, kind, sending.letter.words, address), sending, pupil_guard)


POST, EMAIL = "post", "email"
_SENT = "sent:"
_LINES_OF_ADDRESS, _LINES_OF_OWN, _LINES_OF_WORDS = 6, 3, 12


class LettersPart(CasePart):
    """``shows`` carries a letter to be looked at on paper, and printed or saved there; nothing is recorded until the person says that it went.

    ``was_given`` comes when that is recorded.
    """

    name = "letters"
    title = _("&Letters")

    shows = Signal(object)
    was_given = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._overview: RequestState | None = None
        self._sent_letters: list[RequestLetter] = []
        self._drafted, self._sent_as = "", ("", "", "")
        self.letter_box = ChoiceBox(name=_("Which letter"))
        self.letter_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.letter_box.setMinimumContentsLength(20)
        self.recipient = ChoiceBox(name=_("To which recipient"))
        self.own_words, self.address, self.words = QPlainTextEdit(), QPlainTextEdit(), QPlainTextEdit()
        self.channel = ChoiceBox(
            [(code.code, code.label) for code in codelist("notice_channel").choices(context.desk.today)], name=_("How it is sent")
        )
        self.day = DateBox(today=context.desk.today, name=_("When it was sent"))
        self.day.setMinimumWidth(self.fontMetrics().horizontalAdvance("Wednesday 27 September 2026 "))
        self.look_button = button(_("Look at it, prin&t or save"), self.look, "primary", icon_name="printer")
        self.record_button = button(_("Record as &given"), self.record, icon_name="check")
        self.again_button = button(_("&Begin again"), self.begin_again, icon_name="arrow-counter-clockwise")
        self.acts = (self.look_button, self.again_button, self.record_button)
        self._may = context.desk.may(Action.HANDLE_REQUEST)
        self._build()

    def _build(self) -> None:
        for field, lines in ((self.own_words, _LINES_OF_OWN), (self.address, _LINES_OF_ADDRESS), (self.words, _LINES_OF_WORDS)):
            field.setTabChangesFocus(True)
            tall = field.fontMetrics().lineSpacing() * lines + tokens.L
            field.setMinimumHeight(tall)
            if field is not self.words:
                field.setMaximumHeight(tall)
        self.own_name = name_label("", self.own_words)
        self.address.setAccessibleName(_("Address on the envelope"))
        self.words.setAccessibleName(_("What it says"))
        self.hint = label("", "hint")
        self.recipient_row = labelled(_("To which recipient"), self.recipient)
        sent = row_layout(labelled(_("How it is sent"), self.channel), labelled(_("When it was sent"), self.day), STRETCH, spacing=tokens.M)
        self.act_row = flow_of(*self.acts)
        only_for(self.context.desk, Action.HANDLE_REQUEST, *self.acts)
        area = scrolled(self._typed_fields())
        area.setMinimumHeight(tokens.HUGE * 2)  # so that the page itself stands still on a small screen
        letter = column_of(labelled(_("Lette&r"), self.letter_box), sent, self.act_row, growing(area))
        self.empty = EmptyState("envelope-simple", _("No letter was sent in this case"))
        self.body = Body(letter, self.empty)
        self.column.addWidget(self.body, 1)
        self.letter_box.activated.connect(lambda _place: self._turn())
        self.recipient.activated.connect(lambda _place: self.begin_again())
        self.own_words.textChanged.connect(self._own_typed)
        for changed in (self.words.textChanged, self.address.textChanged, self.day.edited, self.channel.activated):
            changed.connect(lambda *_how: self.edited.emit())

    def _typed_fields(self) -> QWidget:
        """What is typed, one field above the other."""
        content = QWidget()
        column = column_in(content, tokens.XS, self.hint, self.recipient_row, self.own_name, self.own_words)
        for words, field, stretch in ((_("A&ddress"), self.address, 0), (_("What it sa&ys"), self.words, 1)):
            fill(column, name_label(words, field), growing(field, stretch))
        return content

    def show_case(self, overview: RequestState | None) -> None:
        """Show the letters of a case: those it can need, and those that were sent. Of the same case what is typed stays."""
        is_same_case = overview is not None and self._overview is not None and overview.case.id == self._overview.case.id
        letter_key = self.letter_box.key() if is_same_case else ""
        if is_same_case and self.dirty:
            self._overview = overview
            return
        self._overview = overview
        self._sent_letters = looking.letters(self.context.desk, overview.case.id) if overview else []
        self.letter_box.clear()
        for letter in letters.letters_offered(overview) if overview is not None and overview.open and self._may else ():
            self.letter_box.addItem(letter.title, letter.name)
        for sent_letter in reversed(self._sent_letters):
            title = codelist("request_letter").label_of(sent_letter.letter)
            self.letter_box.addItem(
                _("Sent {day}: {title}").format(day=short_date(sent_letter.on), title=title), f"{_SENT}{sent_letter.id}"
            )
        self.letter_box.set_key(letter_key)
        if self.letter_box.currentIndex() < 0:
            self.letter_box.setCurrentIndex(0 if self.letter_box.count() else -1)
        self.body.setCurrentIndex(0 if self.letter_box.count() else 1)
        self._show()

    def turn_to(self, step: RequestEventKind) -> None:
        """The letter that goes with a step."""
        letter = letters.letter_for(self._overview, step) if self._overview else None
        if letter is not None and self.leave():
            self.letter_box.set_key(letter.name)
            self._show()

    def _turn(self) -> None:
        """Another letter was chosen; what is typed is asked about first."""
        letter_key = self.letter_box.key()
        if self.dirty:
            self.letter_box.set_key(self._kind_shown)
            if not self.leave():
                return
            self.letter_box.set_key(letter_key)
        self._show()

    def _show(self) -> None:
        """The draft of the letter chosen, or the words of one that was sent."""
        kind, sent_letter = self._kind(), self._chosen_sent()
        self._kind_shown = self.letter_box.key()
        self.recipient.clear()
        if kind is not None and kind.event is RequestEventKind.RECIPIENT_TOLD and self._overview is not None:
            left = next((step.left for step in self._overview.steps if step.kind is RequestEventKind.RECIPIENT_TOLD), ())
            for name in left:
                self.recipient.addItem(name, name)
        self.recipient_row.setVisible(kind is not None and kind.event is RequestEventKind.RECIPIENT_TOLD)
        for part in (self.own_words, self.own_name):
            part.setVisible(bool(kind and kind.own))
        self.own_name.setText(kind.own if kind else "")
        self.own_words.setAccessibleName(kind.own if kind else "")
        for field in (self.address, self.words):
            field.setReadOnly(kind is None)
        self.act_row.setVisible(kind is not None)
        if sent_letter is not None:
            self.address.setPlainText(sent_letter.sent_to)
            self.words.setPlainText(sent_letter.words)
            self.channel.set_key(sent_letter.channel)
            self.day.set_day(sent_letter.on)
            self.hint.setText(_("This letter was sent. It cannot be changed."))
        else:
            self.begin_again()
        self.channel.setEnabled(kind is not None)
        self.day.setEnabled(kind is not None)

    def begin_again(self) -> None:
        """The draft as the program writes it; what was typed goes."""
        kind, overview = self._kind(), self._overview
        self._fill(self.own_words, "")
        if kind is None or overview is None:
            self._fill(self.words, "")
            self._fill(self.address, "")
            self.hint.clear()
            return
        recipient = self.recipient.key()
        self._fill(self.address, "\n".join(letters.address_of(self.context.desk, overview, kind, recipient)))
        self._draft()
        self.channel.set_key(EMAIL if overview.case.email and kind.event is not RequestEventKind.RECIPIENT_TOLD else POST)
        self.day.set_day(self.context.desk.today)
        self._sent_as = self._sending_typed
        self.hint.setText(_hint(kind))
        self.edited.emit()

    def _draft(self) -> None:
        kind, overview = self._kind(), self._overview
        if kind is not None and overview is not None:
            self._drafted = letters.draft(self.context.desk, overview, kind, self.own_words.toPlainText(), self.recipient.key())
            self._fill(self.words, self._drafted)

    def _own_typed(self) -> None:
        """What is typed in own words goes into the letter at once, unless the letter itself has been changed."""
        if self.words.toPlainText() == self._drafted:
            self._draft()
        self.edited.emit()

    def _fill(self, field: QPlainTextEdit, text: str) -> None:
        with QSignalBlocker(field):
            field.setPlainText(text)

    def _kind(self) -> LetterKind | None:
        key = self.letter_box.key()
        return letters.kind_named(key) if key and not key.startswith(_SENT) else None

    def _chosen_sent(self) -> RequestLetter | None:
        return next((letter for letter in self._sent_letters if f"{_SENT}{letter.id}" == self.letter_box.key()), None)

    @property
    def dirty(self) -> bool:
        """Whether a letter was changed by hand, or how it goes, and has not gone."""
        changed = self.words.toPlainText() != self._drafted or self._sending_typed != self._sent_as
        return self._kind() is not None and (changed or bool(self.own_words.toPlainText().strip()))

    @property
    def _sending_typed(self) -> tuple[str, str, str]:
        """The address, how it is sent, and when."""
        return self.address.toPlainText(), self.channel.key(), self.day.text()

    def save(self) -> bool:
        """What is typed of a letter is kept when it is recorded as given: look at it first."""
        self.look()
        return False

    def leave(self) -> bool:
        """Whether the letter may be left: it is kept nowhere until it is recorded as given."""
        if not self.dirty:
            return True
        words = _("The letter is not recorded as given. What you typed is kept only when it is.")
        choices = (Choice("discard", _("Throw the letter away"), "danger"), Choice("stay", _("Stay here"), "primary"))
        if self.context.ask.choose(_("Leave this letter?"), words, choices, safe="stay") == "stay":
            return False
        self.discard()
        return True

    def discard(self) -> None:
        """The draft as the program writes it."""
        self.begin_again()

    def draft(self) -> dict[str, Any]:
        """For a draft: which letter, and what is typed of it."""
        texts = {name: field.toPlainText() for name, field in (("own", self.own_words), ("words", self.words), ("address", self.address))}
        return {"letter": self.letter_box.key(), "channel": self.channel.key(), "day": self.day.text(), **texts}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.letter_box.set_key(draft["letter"])
        self._show()
        self._fill(self.own_words, draft["own"])
        self._fill(self.address, draft["address"])
        self.channel.set_key(draft["channel"])
        self.day.set_text(draft["day"])
        self.words.setPlainText(draft["words"])

    # what is done with it

    def _sending(self) -> LetterSending | None:
        kind, overview = self._kind(), self._overview
        if kind is None or overview is None:
            return None
        recipient = self.recipient.key() or overview.case.requester
        letter = RequestLetter(
            case_id=overview.case.id,
            pupil_id=overview.case.pupil_id,
            letter=kind.name,
            sent_to=recipient,
            channel=self.channel.key(),
            on=self.day.day() or self.context.desk.today,
            words=self.words.toPlainText(),
        )
        return LetterSending(letter=letter, own=self.own_words.toPlainText(), recipient=self.recipient.key())

    def _ready(self) -> ReadyLetter | None:
        """The letter on paper, if it may go; what stands in its way is said."""
        sending, kind, overview = self._sending(), self._kind(), self._overview
        if sending is None or kind is None or overview is None:
            return None
        address = [line.strip() for line in self.address.toPlainText().split("\n") if line.strip()]
        return self.context.attempt(lambda: ready_letter(self.context.desk, overview, kind, sending, address))

    def look(self) -> None:
        """Show it on paper, to be printed or saved there."""
        ready = self._ready()
        if ready is not None:
            self.shows.emit(ready)

    def on_printed(self, ready: ReadyLetter) -> None:
        """It was printed or saved, and has not gone yet: that is for the person to say."""
        letters.log_print(self.context.desk, ready.sending)
        self.hint.setText(_("Nothing is recorded yet. Once the letter has gone, say how and when, and press “Record as given”."))
        self.record_button.setFocus()

    def record(self) -> None:
        """It has gone, as the person says: keep its words, and the step it does."""
        if self.day.day() is None:
            self.context.banner.problem(Known(_("Enter the day on which the letter was sent, such as 27 3 2007.")))
            return
        ready = self._ready()
        if ready is None:
            return
        self._drafted, self._sent_as = self.words.toPlainText(), self._sending_typed
        self._fill(self.own_words, "")
        words = _("Recorded. The letter is kept with the case, word for word.")
        if self.context.keep(lambda: letters.record_sent(self.context.desk, ready.sending), words):
            self.was_given.emit()

    def print_(self) -> None:
        """Ctrl+P: look at it."""
        self.look()

    def first(self) -> QWidget:
        """Which letter."""
        return self.letter_box


def _hint(kind: LetterKind) -> str:
    """What is recorded once the letter has gone."""
    if kind.event is None:
        return _("Write what stands in square brackets. The letter is kept with the case.")
    step = codelist("request_event").label_of(kind.event)
    return _("Write what stands in square brackets. Once it has gone, this step is recorded: {step}.").format(step=step)
