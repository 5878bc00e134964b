"""Record how two parents' contradiction was settled: what holds, by what, since when, and where the paper is."""

from typing import Any

from PySide6.QtCore import Signal

from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.choice import PARENT, SETTLED, WishStep
from pupil_desk.services.sharing import wishes
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.entry import EntryPanel
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.pages.sharing.words import recipient_words


class SettlePanel(EntryPanel[WishStep]):
    """``record_saved`` carries what was changed; ``closed`` comes when the person is done, or turns back."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, Form(WishStep, today=context.desk.today, only=("choice", "settlement", "on", "note")))
        self._recipient, self._pupil_id = "", ""
        self.title = label("", "subhead")
        for name in ("choice", "settlement", "note"):
            words = self.form.fields[name].label
            words.setText(_("{label} (required)").format(label=words.text()))
        hint = self.form.fields["note"].hint
        hint.setText(_("Where the order or the agreement is kept, and what it says"))
        hint.show()
        help_ = _("By a court’s order, or a written agreement of both parents. What a parent says later counts beside it again.")
        self.lay_out((self.title, label(help_, "muted")), (self.form,), back=(_("Back (Esc)"), self.close_))
        self.form.edited.connect(self.edited)

    def begin(self, pupil_id: str, recipient: str) -> None:
        """An empty settlement about this recipient."""
        self._pupil_id, self._recipient = pupil_id, recipient
        self.title.setText(_("{recipient}: how was it settled?").format(recipient=recipient_words(recipient)))
        self.form.show_record(None, pupil_id=pupil_id, recipient=recipient, step=SETTLED, by=PARENT, on=self.context.desk.today)
        self.form.focus("choice")

    @property
    def dirty(self) -> bool:
        return bool(self._pupil_id) and self.form.dirty

    def save(self) -> bool:
        """Record it; False when it could not be, and the form or the banner has said why."""
        step = self.form.submit()
        if step is None:
            return False
        changed = self.attempt(lambda: wishes.settle(self.context.desk, step))
        if changed is None:
            return False
        self.discard()
        self.record_saved.emit(changed, _("It is settled."))
        self.closed.emit()
        return True

    def discard(self) -> None:
        """Give up what is typed."""
        self.form.put_back()

    def close_(self) -> None:
        """Turn back; what is typed is given up only after a question."""
        if self.dirty and not self.context.ask.confirm(
            _("Leave without recording?"), _("You have typed something that is not recorded yet."), _("Discard"), danger=True
        ):
            return
        self.discard()
        self.closed.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"recipient": self._recipient, "typed": self.form.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.form.take_draft(draft["typed"])
