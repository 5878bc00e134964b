"""Forms that are out: missing, waiting to be confirmed, or answered in another way."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import acknowledgement, kinds, out
from pupil_desk.services.paper_forms.out import OutstandingForm
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import NAME, Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, flow_of, growing, label, labelled, row_layout
from pupil_desk.ui.style import tokens

_GIVEN_UP = "given-up"  # no title of a form begins so small
_WITH_ON, _WITH_DAYS, _WITH_ASKED = 680, 760, 960  # widths at 100 % from which there is room for them


class NotBack(QWidget):
    """``opened`` carries the pupil of a line; ``reprint_requested`` the name of a form and the pupils for whom it is printed anew."""

    opened = Signal(str)
    reprint_requested = Signal(str, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._out_forms: list[OutstandingForm] = []
        self._given_up: list[OutstandingForm] = []
        self.form_choice = ChoiceBox([("", _("Every form"))], name=_("Which form"))
        self.count = label("", "label")
        self.empty = EmptyState("check-circle", _("Every form is back"), _("A form that is printed stands here until it comes back."))
        self.table: Table[OutstandingForm] = Table(
            _columns(context.desk),
            name=_("Forms that are not back"),
            several=True,
            empty=self.empty,
            memory=context.memory,
            memory_key="forms-out",
            stands_on_first=False,
        )
        self.again_button = button(_("Print a&gain…"), self._print_again, icon_name="printer")
        self.give_up_button = button(_("Wait &no longer…"), self.give_up, icon_name="prohibit")
        self.wait_button = button(_("Wait for it agai&n"), self.wait_again, icon_name="arrow-u-up-left")
        self.open_button = button(_("&Open the pupil (Enter)"), self._open)
        self._build()
        self.form_choice.currentIndexChanged.connect(lambda _place: self._show())
        self.table.opened.connect(lambda row: self.opened.emit(row.pupil.id))
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._selection_changed())
        self.table.always_give_way({"asked": _WITH_ASKED, "days": _WITH_DAYS, "on": _WITH_ON}, room_of=self)

    def _build(self) -> None:
        column_in(
            self,
            tokens.S,
            row_layout(labelled(_("&Which form"), self.form_choice), STRETCH),
            self.count,
            growing(self.table),
            flow_of(self.again_button, self.give_up_button, self.wait_button, self.open_button),
            top=tokens.M,
        )

    def refresh(self) -> None:
        """Ask which forms are out, and which were given up."""
        self._out_forms, self._given_up = out.out(self._context.desk), out.given_up(self._context.desk)
        current = self.form_choice.key()
        titles = list(dict.fromkeys(out_form.form.title for out_form in self._out_forms))
        choices = [("", _("Every form")), *((title, title) for title in titles)]
        if self._given_up:
            choices.append((_GIVEN_UP, _("No longer waited for ({count})").format(count=len(self._given_up))))
        self.form_choice.offer(choices, current)
        self._show()

    @property
    def missing(self) -> int:
        """How many are not back: neither come nor answered in another way."""
        return sum(_is_missing(out_form) for out_form in self._out_forms)

    def _show(self) -> None:
        selection = self.form_choice.key()
        is_given_up = selection == _GIVEN_UP
        rows = (
            self._given_up
            if is_given_up
            else [out_form for out_form in self._out_forms if not selection or out_form.form.title == selection]
        )
        missing, forms = sum(map(_is_missing, rows)), count_of(len(rows), _("form"), _("forms"))
        self.count.setText(
            _("{forms} no longer waited for").format(forms=forms)
            if is_given_up
            else _("{forms} out, {missing} of them not back").format(forms=forms, missing=missing)
        )
        self.wait_button.setVisible(is_given_up)
        self.give_up_button.setVisible(not is_given_up)
        self.table.show_rows(sorted(rows, key=lambda out_form: not _is_missing(out_form)))
        self._selection_changed()

    def _selection_changed(self) -> None:
        has_selection = bool(self.table.selected())
        for push_button in (self.again_button, self.give_up_button, self.wait_button):
            allow(push_button, has_selection, _("Choose a form first"))
        allow(self.open_button, len(self.table.selected()) == 1, _("Choose one form first"))

    def _open(self) -> None:
        selection = self.table.selected()
        if selection:
            self.opened.emit(selection[0].pupil.id)

    def _print_again(self) -> None:
        selection = self.table.selected()
        if not selection:
            return
        first, banner = selection[0].form, self._context.banner
        if any((out_form.form.form_kind, out_form.form.subject) != (first.form_kind, first.subject) for out_form in selection):
            banner.note(_("These lines are of several forms. Choose lines of one form at a time."))
            return
        named_form = kinds.printed_anew(self._context.desk, first.form_kind, first.subject)
        if named_form is not None:
            self.reprint_requested.emit(named_form.name, frozenset(out_form.pupil.id for out_form in selection))
        elif first.form_kind == acknowledgement.KIND.name:
            pupil_id = selection[0].pupil.id if len(selection) == 1 else None
            banner.note(
                _("This slip goes with an older edition of the notice. Print the current notice, which has a slip of its own."),
                act=(_("Go to N&otices"), lambda: self._context.go("notices", pupil_id)),
            )
        else:
            banner.note(_("This form is printed no more: what it asks about is over, or is not asked any longer."))

    def give_up(self) -> None:
        """Wait for the forms chosen no longer, with the reason."""
        selection = self.table.selected()
        if not selection:
            return
        title = (
            _("Wait for this form no longer?")
            if len(selection) == 1
            else _("Wait for {count} forms no longer?").format(count=len(selection))
        )
        text = _("{forms}. It stays on file with the reason. Should it come back all the same, it is read.")
        text = text.format(forms=some_of([f"{out_form.pupil.full_name}: {out_form.form.title}" for out_form in selection]))
        reason = self._context.ask.text(title, text, _("Why"), verb=_("Wait no longer"), stay=_("Keep waiting"))
        if reason is not None:
            ids = [out_form.id for out_form in selection]
            forms = count_of(len(ids), _("form"), _("forms"))
            if self._context.keep(lambda: out.give_up(self._context.desk, ids, reason)):
                self._context.banner.success(
                    _("No longer waited for: {forms}.").format(forms=forms), undo=(_("&Undo"), lambda: self._wait_for(ids))
                )

    def wait_again(self) -> None:
        """Wait again for those chosen that were given up."""
        self._wait_for([out_form.id for out_form in self.table.selected()])

    def _wait_for(self, ids: Sequence[str]) -> None:
        forms = count_of(len(ids), _("form"), _("forms"))
        if ids:
            self._context.keep(lambda: out.look_for_again(self._context.desk, ids), _("Waited for again: {forms}.").format(forms=forms))


def _is_missing(out_form: OutstandingForm) -> bool:
    return not (out_form.waits or out_form.answered or out_form.given_up)


def _columns(desk: Desk) -> tuple[Column[OutstandingForm], ...]:
    return (
        badged(
            desk,
            Column("name", _("Pupil"), lambda out_form: out_form.pupil.surname_first, stretch=True, most=NAME, width=20),
            lambda out_form: out_form.pupil.id,
        ),
        Column(
            "state",
            _("State"),
            _state,
            width=22,
            longest=_("Answered in another way, or past"),
            icon=lambda out_form: "warning" if _is_missing(out_form) else "check-circle",
        ),
        Column("form", _("Form"), lambda out_form: out_form.form.title, width=32),
        Column(
            "asked",
            _("Who was asked"),
            lambda out_form: out_form.form.asked,
            width=22,
            stretch=True,
            tip=lambda out_form: out_form.form.asked,
        ),
        Column("on", _("Printed on"), lambda out_form: short_date(out_form.form.on), width=12),
        Column("days", _("Days"), lambda out_form: str(out_form.days), align="right", width=6),
    )


def _state(out_form: OutstandingForm) -> str:
    if out_form.given_up:
        return _("No longer waited for")
    if out_form.waits:
        return _("Waits to be confirmed")
    return _("Answered in another way, or past") if out_form.answered else _("Not back")
