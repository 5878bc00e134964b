"""The form in which a breach is reported, or something about it recorded: one for each kind of event, from its record."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.words import _
from pupil_desk.domain.governance.breach import Breach
from pupil_desk.domain.governance.breach_forms import FORMS, BreachEventKind, BreachReport
from pupil_desk.services.governance import breaches
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label
from pupil_desk.ui.style import tokens


class BreachForm(QWidget):
    """``done`` carries the breach once something was kept; it is empty where the person gives it up. ``edited`` comes as one types."""

    done = Signal(str)
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._breach: Breach | None = None
        self._kind = BreachEventKind.REPORTED
        self._form: Form[Any] | None = None
        self.title, self.intro = label("", "subhead"), label("", "muted")
        self.save_button = button(_("Rec&ord it (Ctrl+S)"), self.save, "primary", icon_name="check")
        self.cancel_button = button(_("Ba&ck (Esc)"), lambda: self.done.emit(""))
        self._place = QWidget()
        self._form_column = column_in(self._place)
        column_in(self, tokens.S, self.title, self.intro, growing(scrolled(self._place)), flow_of(self.save_button, self.cancel_button))

    @property
    def form(self) -> Form[Any]:
        """The fields in view."""
        assert self._form is not None, "begun before"
        return self._form

    @property
    def dirty(self) -> bool:
        return self._form is not None and self._form.dirty

    def begin_report(self) -> None:
        """An empty report; the moment is this one."""
        self._set(None, BreachEventKind.REPORTED, BreachReport, _("Report a breach"))
        self.intro.setText(
            _("Say what you know: the rest can follow. Where a report to the data protection regulator is due, it is due within 72 hours.")
        )

    def begin(self, breach: Breach, kind: BreachEventKind) -> None:
        """An empty form of that kind for a breach."""
        words, record_type = FORMS[kind]
        self._set(breach, kind, record_type, words)
        deadline = breaches.clock(self._context.desk, breach)
        self.intro.setText(_("{breach}. {clock}").format(breach=breaches.title(breach), clock=deadline.words))

    def _set(self, breach: Breach | None, kind: BreachEventKind, record_type: type, words: str) -> None:
        self.clear()
        desk = self._context.desk
        self._breach, self._kind = breach, kind
        self.title.setText(words)
        self._form = Form(record_type, today=desk.today)
        self._form.edited.connect(self.edited)
        self._form_column.addWidget(self._form)
        now = local_time(stamp(desk.clock.now()))
        self._form.show_record(
            None, **{name: value for name, value in (("day", now.date()), ("time", now.strftime("%H:%M"))) if name in self._form.fields}
        )

    def clear(self) -> None:
        """No form, and nothing typed."""
        if self._form is not None:
            self._form.hide()  # until Qt comes to delete it, it would be seen beneath the next
            self._form_column.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def focus(self) -> None:
        """The cursor into the first field."""
        self.form.focus()

    def save(self) -> bool:
        """Keep it; what stops that is said beside the fields."""
        report = self.form.submit()
        if report is None:
            return False
        desk, breach, kind = self._context.desk, self._breach, self._kind
        changed = self._context.attempt(
            lambda: breaches.report(desk, report) if breach is None else breaches.record(desk, breach.id, kind, report),
            on_refusal=self.form.show_problems,
        )
        if changed is None:
            return False
        self.clear()
        self._context.news.tell(changed)
        self._context.banner.success(_("The breach is on file. The data officer sees it.") if breach is None else _("It is on file."))
        self.done.emit(breach.id if breach is not None else _newest(breaches.listing(desk)))
        return True

    def draft(self) -> dict[str, Any]:
        """What is typed, and of what."""
        return {"breach": self._breach.id if self._breach else "", "kind": self._kind.value, "typed": self.form.draft()}

    def take_draft(self, texts: dict[str, str]) -> None:
        """Put back what was typed."""
        self.form.take_draft(texts)


def _newest(listing: list[Breach]) -> str:
    return max(listing, key=lambda breach: breach.number).id if listing else ""
