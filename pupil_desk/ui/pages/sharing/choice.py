"""Record a choice: the two questions of the reply form, who said it, when and how, and what it would change.

One question of the reply form: Restrict, Allow, or nothing said, each with its letter.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.sharing.choice import ALLOW, OWN_WORD_FROM, PARENT, PUPIL, RESTRICT, Choice
from pupil_desk.domain.sharing.sharing import Decision, post_16_providers, youth_support_service
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action, who_may
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.entry import SaidPanel
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.lettered import Lettered
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.words import flow_of, label
from pupil_desk.ui.pages.sharing.givers import GiverFields
from pupil_desk.ui.pages.sharing.words import change_words, recipient_words
from pupil_desk.ui.style import tokens


class SharingAnswer(Lettered):
    """What was said about one recipient. ``letter`` carries a letter that another question may know."""

    letter = Signal(str)

    def __init__(self, question: str, *, restrict: str, allow: str) -> None:
        letters = {_letter(restrict): RESTRICT, _letter(allow): ALLOW}
        super().__init__(question, {RESTRICT: restrict, ALLOW: allow, "": _("Nothing said")}, letters, above=question, gap=tokens.L)

    def type_letter(self, text: str) -> bool:
        """Tell every letter on: the other question may have it."""
        if text.isalpha():
            self.letter.emit(text)
        return text.isalpha()


def _letter(words: str) -> str:
    return words[words.index("&") + 1].upper()


NOTE_LINES = 3  # so that the whole choice is in sight
_FIELDS = ("by", "on", "channel", "note")


class ChoicePanel(SaidPanel[Choice]):
    """One answer to each of the two questions, or to one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Form(Choice, today=context.desk.today, only=_FIELDS), note_lines=NOTE_LINES, limited=Action.RECORD_CHOICE)
        self._now: Mapping[str, Decision | None] = {}
        self._capacity = PARENT
        self.answers = {
            youth_support_service().name: SharingAnswer(
                recipient_words(youth_support_service().name), restrict=_("&Restrict (No)"), allow=_("&Allow (Yes)")
            ),
            post_16_providers().name: SharingAnswer(
                recipient_words(post_16_providers().name), restrict=_("R&estrict (No)"), allow=_("A&llow (Yes)")
            ),
        }
        self.giver_fields = GiverFields(context)
        self.form.elsewhere |= {"choice": self.focus_first, "giver": self.giver_fields.giver.setFocus}
        self.summary_label = label("", "muted")
        self._build()
        for answer in self.answers.values():
            answer.changed.connect(lambda: self.form.mended("choice"))
            answer.changed.connect(self._changed)
            answer.letter.connect(self._letter)
            answer.finished.connect(self._go_on)
        self.form.edited.connect(self._changed)
        self.giver_fields.changed.connect(lambda: self.form.mended("giver"))
        self.giver_fields.changed.connect(self._changed)

    def _build(self) -> None:
        questions = flow_of(*self.answers.values(), spacing=tokens.L)
        help_ = label(_("As it stands on the signed form: press the underlined letters, then Ctrl+S."), "muted")
        self.lay_out(
            (label(_("Record a choice"), "subhead"), Spare(help_)),
            (questions, self.giver_fields, self.form, self.giver_fields.papers),
            (self.summary_label, self.effect),
            back=(_("Put back (Esc)"), self.put_back),
            spacing=tokens.M,
        )
        if not self.context.desk.may(Action.RECORD_CHOICE):
            words = _("Other ways than a signed form: {who} only.").format(who=who_may(Action.RECORD_CHOICE))
            layout = self.form.fields["channel"].layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.count() - 1, label(words, "muted"))

    def show_record(self, record: PupilRecord, now: Mapping[str, Decision | None]) -> None:
        """An empty choice of this pupil: by whom it is today, a signed form, today. ``now`` is what is told today."""
        self.record, self._now = record, now
        self.fill()

    def fill(self) -> None:
        """Nothing said yet, on a signed form, today."""
        if self.record is None:
            return
        today, pupil = self.context.desk.today, self.record.pupil
        self.filling = True
        self._capacity = PUPIL if age_on(pupil.dob, today) >= OWN_WORD_FROM else PARENT
        self.giver_fields.show_record(self.record, self._capacity)
        for answer in self.answers.values():
            answer.set_key("")
        self.form.show_record(
            None, pupil_id=pupil.id, recipient=youth_support_service().name, choice=RESTRICT, by=self._capacity, on=today, channel="form"
        )
        self.filling = False
        self._changed()

    def givers(self) -> list[str]:
        return self.giver_fields.names

    def _letter(self, letter: str) -> None:
        for answer in self.answers.values():
            if answer.take_letter(letter):
                return

    def _go_on(self) -> None:
        """To who said it, where that is open, else to recording."""
        (self.giver_fields.giver if self.giver_fields.is_open else self.record_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        if self.filling:
            return
        self._follow_right()
        for line, words in ((self.summary_label, self._summary()), (self.effect, self._effect())):
            line.setText(words)
            line.setVisible(bool(words))
        self.tell()

    def _follow_right(self) -> None:
        """With another right come other givers."""
        capacity = self.form.fields["by"].editor.typed_text()
        if capacity == self._capacity or capacity not in (PARENT, PUPIL) or self.record is None:
            return
        self._capacity = capacity
        self.giver_fields.show_record(self.record, capacity)

    def _choices_typed(self, choice: Choice) -> list[Choice]:
        name, contact_id = self.giver_fields.known_as or self.giver_fields.name or None, self.giver_fields.contact_id
        return [
            dataclasses.replace(choice, recipient=recipient, choice=answer.key, giver=name, contact_id=contact_id)
            for recipient, answer in self.answers.items()
            if answer.key
        ]

    def _summary(self) -> str:
        """Who, when and how in one line, in sight where the fields are scrolled away."""
        choice = self.form.record()
        if choice is None or not self.dirty:
            return ""
        right = codelist("capacity").label_of(choice.by).lower()
        speaker = _("{name} as {right}").format(name=self.giver_fields.name or _("someone not named"), right=right)
        parts = [_("Said by {who}").format(who=speaker), show_date(choice.on), codelist("channel").label_of(choice.channel).lower()]
        return ", ".join(part for part in parts if part) + "."

    def _effect(self) -> str:
        entry = self.form.record()
        if entry is None or self.record is None:
            return ""
        lines, on_file = [], sharing.SharingRecord.of(self.context.desk, self.record.pupil.id)
        for choice in self._choices_typed(entry):
            problems = sharing.check_choice(choice, self.record.pupil.dob, self.context.desk.today)
            if problems:
                return problems[0].message
            as_kept = wishes.full(on_file, choice, choice.contact_id, self.giver_fields.known_as)
            after = sharing.decision_with(self.context.desk, as_kept)
            lines.append(change_words(choice.recipient, self._now.get(choice.recipient), after))
        return "\n".join(lines)

    @property
    def dirty(self) -> bool:
        """Whether anything is said or typed and not recorded."""
        has_answer = any(answer.key for answer in self.answers.values())
        return self.record is not None and (has_answer or self.form.dirty or self.giver_fields.dirty)

    @property
    def complete(self) -> bool:
        has_answer = any(answer.key for answer in self.answers.values())
        return has_answer and not self.giver_fields.is_open and self.form.record() is not None

    def save(self) -> bool:
        """Record what was said; False when it could not be, and the form or the banner has said why."""
        entry = self.form.submit()
        if entry is None or self.record is None:
            return False
        choices = self._choices_typed(entry)
        problems = self._problems(choices)
        if problems:
            self.form.show_problems(problems)
            return False
        effect = self.effect.text()
        changed = self.attempt(
            lambda: wishes.answer(
                self.context.desk,
                choices,
                contact_id=self.giver_fields.contact_id,
                known_as=self.giver_fields.known_as,
                evidence_id=self.giver_fields.evidence_id,
            )
        )
        if changed is None:
            return False
        self.fill()
        self.record_saved.emit(changed, effect)
        return True

    def _problems(self, choices: Sequence[Choice]) -> tuple[Problem, ...]:
        """What the form alone can say; the rest is checked where it is recorded."""
        if not choices:
            return (Problem("choice", "missing", _("Choose Restrict or Allow for at least one of the two.")),)
        if self.giver_fields.is_open:
            return (Problem("giver", "missing", _("Choose who said it.")),)
        action = sharing.action_for(choices[0])  # all are said in one way
        if self.context.desk.may(action):
            return ()
        words = _("Your role records choices from a signed form only. Ask: {who}.").format(who=who_may(action))
        return (Problem("channel", "not_allowed", words),)

    def focus_first(self) -> None:
        """Put the cursor on the first question."""
        self.answers[youth_support_service().name].focus()

    def draft(self) -> dict[str, Any]:
        """What is said and typed, for a draft."""
        return {
            "answers": {name: answer.key for name, answer in self.answers.items()},
            "typed": self.form.draft(),
            "who": self.giver_fields.draft(),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``typed_text`` gave."""
        for name, key in draft["answers"].items():
            self.answers[name].set_key(key)
        self.form.take_draft(draft["typed"])
        self.giver_fields.take_draft(draft["who"])
