"""Record what somebody said about the consents chosen: what, who, when and how, and how it then stands.

What was said or done about a consent: one of six, each with its letter.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.case import Verdict
from pupil_desk.domain.consents.consent import (
    ANSWERS,
    ASKED,
    EVENT_FORM,
    EXCUSED,
    GIVEN,
    REFUSED,
    REMINDED,
    REQUEST,
    WITHDRAWN,
    ConsentEvent,
)
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.services.attachments import attachments
from pupil_desk.services.consents import recording
from pupil_desk.services.consents.recording import CheckedEntry, ConsentEntry
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action, who_may
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.entry import SaidPanel
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.lettered import Lettered
from pupil_desk.ui.kit.words import column_layout, label, name_label, show_words
from pupil_desk.ui.pages.consents.words import if_it_was, standing_words
from pupil_desk.ui.style import tokens

_LETTERS = {"Y": GIVEN, "N": REFUSED, "T": WITHDRAWN, "A": ASKED, "R": REMINDED, "E": EXCUSED}


class AnswerButtons(Lettered):
    """A code of «consent_step», or nothing."""

    def __init__(self) -> None:
        words = {
            GIVEN: _("Yes"),
            REFUSED: _("No"),
            WITHDRAWN: _("Takes the yes back"),
            ASKED: _("Asked"),
            REMINDED: _("Reminded"),
            EXCUSED: _("Excused: need not be asked"),
            "": _("Nothing said"),
        }
        super().__init__(_("What was said or done"), words, _LETTERS, above=_("What was said or done (Y, N, T, A, R, E)"), gap=tokens.XS)

    def set_request(self, is_request: bool) -> None:
        """A request to be left out says what each answer does."""
        self.buttons[GIVEN].setText(_("To be left out") if is_request else _("Yes"))
        self.buttons[REFUSED].setText(_("Takes part") if is_request else _("No"))


_NOTE_LINES = 2  # so that the whole is in sight
_TWO_COLUMNS = 400  # width at 100 % from which the day and how it came stand side by side: no field of these is wide


class RecordPanel(SaidPanel[ConsentEvent]):
    """What is recorded is said of each of ``rows``, the consents chosen. ``recorded`` carries what was changed, what it did in words, and the entries."""

    recorded = Signal(object, str, list)

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Form(ConsentEvent, today=context.desk.today, only=EVENT_FORM, two_from=_TWO_COLUMNS),
            note_lines=_NOTE_LINES,
            limited=Action.RECORD_CONSENT,
        )
        self.rows: Sequence[PupilConsent] = ()
        self._asked_of = ""  # the pupil of whom it was chosen who said it
        self.answer = AnswerButtons()
        self.giver = ChoiceBox(name=_("Who said it, or was asked"))
        self.giver.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.giver.setMinimumContentsLength(14)
        self.paper = ChoiceBox(name=_("Paper kept that shows it"))
        self.paper.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.paper.setMinimumContentsLength(14)
        self.form.elsewhere.update(what=self.answer.focus, giver=self.giver.setFocus)
        self.subject_label = label("", "label")
        pairs = (_("Said by, or &asked (required)"), self.giver), (_("Paper &kept that shows it"), self.paper)
        who_field, paper = (column_layout(name_label(words, box, wraps=False), box) for words, box in pairs)
        self.lay_out(
            (label(_("Record what was said"), "subhead"), self.subject_label),
            (self.answer, who_field, self.form, paper),
            (self.effect,),
            back=(_("Put back (Esc)"), self.put_back),
        )
        self.answer.changed.connect(lambda: self.form.mended("what"))
        self.giver.currentIndexChanged.connect(lambda _place: self.form.mended("giver"))
        self.answer.changed.connect(self._changed)
        self.answer.finished.connect(self._go_on)
        self.giver.currentIndexChanged.connect(lambda _place: self._changed())
        self.paper.currentIndexChanged.connect(lambda _place: self._changed())
        self.form.edited.connect(self._changed)

    def _go_on(self) -> None:
        """To who said it, where that is open, else to recording."""
        (self.record_button if self.giver.key() else self.giver).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self, record: PupilRecord, rows: Sequence[PupilConsent]) -> None:
        """Nothing said yet about these consents of this pupil: on a signed form, today."""
        new_pupil = self.record is None or self.record.pupil.id != record.pupil.id
        self.record, self.rows = record, rows
        if new_pupil:
            self._fill_papers(record)
        self.fill()

    def _fill_papers(self, record: PupilRecord) -> None:
        papers: list[Attachment] = attachments.of_pupil(self.context.desk, record.pupil.id)
        self.paper.offer([("", _("None")), *((paper.id, paper.title) for paper in papers)])

    def fill(self) -> None:
        """Nothing said yet, on a signed form, today."""
        if self.record is None:
            return
        self.filling = True
        self.subject_label.setText(self._subject_words())
        self.answer.set_request(any(row.type.basis == REQUEST for row in self.rows))
        self.answer.set_key("")
        self._fill_people()
        self.paper.setCurrentIndex(0)
        self.form.show_record(
            None, pupil_id=self.record.pupil.id, what="", by=PARENT, asked_about="", on=self.context.desk.today, channel="form"
        )
        self.filling = False
        self._changed()

    def _fill_people(self) -> None:
        """The one person whose word is missing, or was given, is chosen; of several it is asked who it was, once for each pupil."""
        assert self.record is not None
        chosen = self.giver.key() if self._asked_of == self.record.pupil.id else ""
        self._asked_of = self.record.pupil.id
        people = [(contact.id, contact.full_name) for contact in self.record.contacts if contact.parental_responsibility]
        missing = {giver for row in self.rows for giver in row.verdict.missing}
        able = missing or {giver for row in self.rows for giver in row.verdict.by}
        pupil = (PUPIL, _("{name} (the pupil)").format(name=self.record.pupil.full_name))
        self.giver.ask_for([*people, pupil], able.pop() if len(able) == 1 else chosen)

    def _subject_words(self) -> str:
        if not self.rows:
            return _("Choose a consent in the list first.")
        if len(self.rows) == 1:
            return self.rows[0].title
        return _("{consents} chosen: what you record is said of each").format(
            consents=count_of(len(self.rows), _("consent"), _("consents"))
        )

    def _changed(self) -> None:
        if self.filling:
            return
        show_words(self.effect, self._effect())
        self.tell()

    def _entries(self, event: ConsentEvent, giver: str) -> list[ConsentEntry]:
        """What ``giver`` says. Uses of one type go together; each occasion and each medicine for itself."""
        assert self.record is not None
        groups: dict[tuple[str, str | None, str | None], list[str]] = {}
        for row in self.rows:
            key = (row.type.consent_type, row.occasion.occasion_id if row.occasion else None, row.medicine.id if row.medicine else None)
            groups.setdefault(key, []).append(row.use)
        is_answer = self.answer.key in ANSWERS
        return [
            ConsentEntry(
                pupil_id=self.record.pupil.id,
                consent_type=consent_type,
                step=self.answer.key,
                giver=giver,
                day=event.on,
                channel=event.channel,
                uses=tuple(uses) if is_answer else ("",),
                occasion_id=occasion,
                medicine_id=medicine,
                valid_to=event.valid_to,
                note=event.note,
                evidence=self.paper.key() or None,
            )
            for (consent_type, occasion, medicine), uses in groups.items()
        ]

    def _effect(self) -> str:
        event = self.form.record()
        if event is None or not self.answer.key or not self.rows:
            return ""
        try:
            if not self.giver.key():
                return self._effect_of_any(event)
            after = self._after(event, self.giver.key())
        except Known as error:
            return error.message
        if isinstance(after, str):
            return after
        return _("It then stands: {words}. {reason}").format(words=standing_words(self.rows[0].type, after), reason=after.reason)

    def _after(self, event: ConsentEvent, giver: str) -> Verdict | str:
        """How the first consent chosen would stand if ``giver`` said it; or what is wrong with that."""
        entries = self._entries(event, giver)
        wrong = [problem.message for entry in entries for problem in recording.ready(self.context.desk, entry).problems]
        return wrong[0] if wrong else recording.after(self.context.desk, entries[0])

    def _effect_of_any(self, event: ConsentEvent) -> str:
        """The same while it is not chosen who said it: how it stands if it was one of those who may sign, where that is the same for each."""
        assert self.record is not None
        consent_type = self.rows[0].type
        able = dict(recording.signers(self.context.desk, self.record.pupil, consent_type, event.on, self.rows[0].occasion))
        verdicts = [self._after(event, giver) for giver in able] or [self._after(event, "")]
        stood = [after for after in verdicts if isinstance(after, Verdict)]
        if not stood:
            return str(verdicts[0])
        if len(stood) < len(verdicts) or len({(after.standing, after.differ, after.until) for after in stood}) > 1:
            return _("Choose who said it, or was asked.")
        words = if_it_was(list(able.values()), standing_words(consent_type, stood[0]), stood[0].end)
        return _("{words} Choose who it was.").format(words=words)

    @property
    def dirty(self) -> bool:
        """Whether anything is said or typed and not recorded."""
        return self.record is not None and bool(self.rows) and (bool(self.answer.key) or self.form.dirty)

    @property
    def complete(self) -> bool:
        return bool(self.answer.key and self.giver.key()) and self.form.record() is not None

    def save(self) -> bool:
        """Record what was said; False when it could not be, and the form or the banner has said why."""
        event = self.form.submit()
        if event is None or self.record is None:
            return False
        if not self.answer.key:
            self.form.show_problems((Problem("what", "missing", _("Choose what was said or done.")),))
            return False
        if not self.giver.key():
            self.form.show_problems((Problem("giver", "missing", _("Choose who said it, or was asked.")),))
            return False
        entries = self._entries(event, self.giver.key())
        denied = next((entry for entry in entries if not self.context.desk.may(recording.action_for(entry.step, entry.channel))), None)
        if denied is not None:
            words = _("Your role records answers from a signed form only. Ask: {who}.").format(who=who_may(Action.RECORD_CONSENT))
            self.form.show_problems((Problem("channel", "not_allowed", words),))
            return False
        effect = self.effect.text()
        checked: list[CheckedEntry] = []

        def keep() -> Changed:
            checked.extend(recording.ready(self.context.desk, entry) for entry in entries)
            return recording.record(self.context.desk, checked)

        changed = self.attempt(keep)
        if changed is None:
            return False
        self.answer.set_key("")
        self.fill()
        self.recorded.emit(changed, effect, checked)
        return True

    def focus_first(self) -> None:
        """Put the cursor on the first question."""
        self.answer.focus()

    def draft(self) -> dict[str, Any]:
        """What is said and typed, for a draft."""
        return {"what": self.answer.key, "who": self.giver.key(), "typed": self.form.draft(), "paper": self.paper.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.giver.set_key(draft["who"])
        self.paper.set_key(draft["paper"])
        self.form.take_draft(draft["typed"])
        self.answer.set_key(draft["what"])
