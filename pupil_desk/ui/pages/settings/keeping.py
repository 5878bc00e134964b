"""How long things are kept, class by class: the sentence that people read, and a form of what it is made from."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.governance.retention import CONSENT, NAME, RetentionClass
from pupil_desk.domain.governance.retention_form import KeptFor, class_from, form_of
from pupil_desk.services.erasure import periods
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label, name_label
from pupil_desk.ui.style import tokens

_SHOWN = 6  # versions
_ONE_EVENT = ("least_event", "least_years")


class RetentionSettings(QWidget):
    """Choose a class, change what its time is made from, see what that would do, and keep it; or go back to what we propose."""

    edited = Signal()

    def __init__(self, context: Context, *, readonly: bool) -> None:
        super().__init__()
        self.context, self._readonly = context, readonly
        desk = context.desk
        self.class_box = ChoiceBox(
            [
                (retention_class.name, retention_class.label)
                for retention_class in desk.schedule.classes.values()
                if retention_class.name != NAME
            ],
            name=_("What is kept"),
        )
        self.sentence, self.note, self.history = label("", "subhead"), label("", "hint"), label("", "hint")
        self.form = Form(KeptFor, today=desk.today, readonly=readonly)
        self.reset_button = button(_("As &proposed…"), self.reset)
        if readonly:
            self.reset_button.hide()
        self._lay_out()
        self.form.edited.connect(self._on_edited)
        self.class_box.currentIndexChanged.connect(lambda _place: self.show_kept())

    def _lay_out(self) -> None:
        name = name_label(_("&What is kept"), self.class_box)
        bar = flow_of(self.class_box, self.reset_button)  # in large text the button has a line of its own
        explanation = _(
            "The privacy notice, the record of processing and what is due to be erased all follow from this. A changed time makes a new edition of the notice."
        )
        column_in(
            self, tokens.S, label(explanation, "hint"), name, bar, self.sentence, self.note, self.form, self.history, STRETCH, top=tokens.L
        )

    @property
    def retention_class(self) -> RetentionClass:
        """The class chosen, as it holds today."""
        return self.context.desk.schedule[self.class_box.key()]

    def show_kept(self) -> None:
        """The class chosen as it is kept."""
        retention_class = self.retention_class
        self.sentence.setText(retention_class.sentence)
        self.note.setText(retention_class.note)
        events = [event.value for event in periods.events_of(retention_class.name)]
        for name in ("event", "least_event"):
            self.form.limit_codes(name, events)
        for name in _ONE_EVENT:
            self.form.fields[name].setVisible(len(events) > 1)
        self.form.fields["hurt_years"].setVisible(retention_class.name == CONSENT)
        self.form.show_record(form_of(retention_class))
        self.history.setText("\n".join(f"{heading}: {sentence}" for heading, sentence in periods.history(self.context.desk)[:_SHOWN]))
        self._on_edited()

    @property
    def dirty(self) -> bool:
        """Whether another time is typed than is kept."""
        return self.form.dirty

    def _on_edited(self) -> None:
        self.class_box.setEnabled(not self.dirty)
        self.class_box.setToolTip(_("Save or put back what you have changed first") if self.dirty else "")
        self.edited.emit()

    def save(self) -> bool:
        """Keep it, once the person has seen what would change; False when it was not kept."""
        entry = self.form.submit()
        if entry is None:
            return False
        desk, retention_class = self.context.desk, class_from(entry, self.retention_class)
        wrong = periods.problems(desk, retention_class, entry.holds_from or desk.today)
        if wrong:
            self.form.show_problems(wrong)
            return False
        change = periods.would_change(desk, retention_class)
        if not self.context.ask.confirm(_("Keep it so from now on?"), f"{self.class_box.currentText()}\n{change.words}", _("Keep it so")):
            return False
        return self._save_with(
            lambda: periods.save(desk, retention_class, entry.holds_from), _("Kept. The privacy notice is a new edition from that day.")
        )

    def reset(self) -> None:
        """Back to what we propose, once the person has seen what would change."""
        desk, name = self.context.desk, self.class_box.key()
        change = periods.would_change(desk, periods.proposal(name))
        if self.context.ask.confirm(
            _("Go back to what is proposed?"), f"{self.class_box.currentText()}\n{change.words}", _("Go back")
        ) and self._save_with(lambda: periods.reset(desk, name), _("It is as proposed.")):
            self.show_kept()

    def _save_with(self, work: Any, message: str) -> bool:
        changed = self.context.attempt(work, on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self.form.put_back()
        self.context.news.tell(changed)
        self.context.banner.success(message)
        return True

    def draft(self) -> dict[str, Any]:
        """What is typed of the class chosen: for a draft."""
        return {"class": self.class_box.key(), "form": self.form.draft()} if self.dirty else {}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft:
            self.class_box.set_key(draft["class"])
            self.form.take_draft(draft["form"])
